//go:build !race

package decisions_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

var admissions = struct {
	take, takeAt, declines, quotes func(...uint64) hostapi.Admission
}{
	take: func(...uint64) hostapi.Admission { return hostapi.Admission{Answer: hostapi.AnswerTake} },
	takeAt: func(p ...uint64) hostapi.Admission {
		return hostapi.Admission{Answer: hostapi.AnswerTake, Price: p[0]}
	},
	declines: func(...uint64) hostapi.Admission {
		return hostapi.Admission{Answer: hostapi.AnswerDecline, Reason: 3}
	},
	quotes: func(p ...uint64) hostapi.Admission {
		return hostapi.Admission{Answer: hostapi.AnswerDecline, Price: p[0], Reason: 1, Arg0: 5, Arg1: p[0]}
	},
}

// admission is an entry as the plugin standing would have left it, made by hand.
func admission(t testing.TB, now uint64, running uint32, r hostapi.Request, said hostapi.Admission) *decisions.Entry {
	t.Helper()
	b, err := plugins.Lookup(hostapi.HookAdmit, "standing")
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(b.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	in := hostapi.AdmitInput{Now: now, Node: node(), Requests: []hostapi.Request{r}}
	in.Node.Slots, in.Node.Running = 2, running
	input, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	output, err := hostapi.AppendAdmissions(nil, hostapi.Minor, []hostapi.Admission{said})
	if err != nil {
		t.Fatal(err)
	}
	return &decisions.Entry{
		Record: pluginhost.Record{Hook: "admit", Module: b.ID(), Input: sha256.Sum256(input)}, Plugin: "standing@1.0.0", Role: "provider-1",
		At: time.Unix(int64(now), 0).UTC(), Input: input, Output: output, Source: decisions.Source{Manifest: manifest, Settings: []byte("{}")},
	}
}

func priced(id byte, price uint64) hostapi.Request {
	r := request(id)
	r.StandingPrice = price
	return r
}

// history is a small log whose figures can be worked out on paper: a provider
// of two slots and no queue, jobs of 100 seconds.
func history(t testing.TB) []*decisions.Entry {
	a := admissions
	return []*decisions.Entry{
		admission(t, 0, 0, priced(1, 5), a.declines()),
		admission(t, 10, 0, priced(2, 5), a.declines()),
		admission(t, 50, 0, priced(3, 7), a.take()), // with 1 and 2 there is no slot for it
		admission(t, 120, 1, priced(4, 6), a.take()),
		admission(t, 300, 0, priced(5, 5), a.quotes(8)),
		admission(t, 301, 0, priced(5, 8), a.take()), // offered again
		admission(t, 500, 0, priced(6, 5), a.takeAt(4)),
	}
}

func TestTrial_admit(t *testing.T) {
	h := newHost(t, pluginhost.Config{})
	for name, tc := range map[string]struct {
		settings map[string]any
		busy     time.Duration
		want     decisions.Report
	}{
		// Takes all: 1 and 2 for 5, not 3, 4 for 6, 5 at once for 5, 6 for 5.
		"takes all": {nil, 0, decisions.Report{
			Same: 1,
			Is:   decisions.Tally{Words: map[string]int{"take": 5, "no room": 1}, Price: 5 + 5 + 6 + 5 + 5},
			Changes: []decisions.Change{
				{Was: "decline", Is: "take", Reason: "the module is on the deny list", Count: 2, Price: 10},
				{Was: "take", Is: "another price", Count: 2, Price: 5 - 8 + 5 - 4},
				{Was: "take", Is: "no room", Count: 1, Price: -7},
			},
		}},
		// Jobs that are over in 30 seconds leave room for 3.
		"short jobs": {nil, 30 * time.Second, decisions.Report{
			Same: 2,
			Is:   decisions.Tally{Words: map[string]int{"take": 6}, Price: 5 + 5 + 7 + 6 + 5 + 5},
			Changes: []decisions.Change{
				{Was: "decline", Is: "take", Reason: "the module is on the deny list", Count: 2, Price: 10},
				{Was: "take", Is: "another price", Count: 2, Price: -2},
			},
		}},
		// A floor of 7 asks more for all but 3 and 5, which comes again for 8.
		"a floor": {map[string]any{"price_floor": 7}, 0, decisions.Report{
			Same: 2,
			Is:   decisions.Tally{Words: map[string]int{"take": 2, "quote": 4}, Price: 7 + 8, Quoted: 4 * 7},
			Changes: []decisions.Change{
				{Was: "decline", Is: "quote", Reason: "the price of … micro-LILY is below the floor of …", Count: 2},
				{Was: "take", Is: "quote", Reason: "the price of … micro-LILY is below the floor of …", Count: 2, Price: -4 - 6},
			},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			trial := decisions.Trial{Plugin: open(t, h, hostapi.HookAdmit, "standing", tc.settings), Busy: tc.busy}
			got, err := trial.Run(t.Context(), history(t))
			if err != nil {
				t.Fatal(err)
			}
			tc.want.Plugin, tc.want.Hook, tc.want.Seen = "standing@1.0.0", "admit", 6
			tc.want.Was = decisions.Tally{Words: map[string]int{"take": 4, "decline": 2}, Price: 7 + 6 + 8 + 4}
			if diff := cmp.Diff(&tc.want, got, cmpopts.IgnoreFields(decisions.Change{}, "Examples")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for _, c := range got.Changes {
				if len(c.Examples) == 0 || len(c.Examples) > c.Count || c.Examples[0].Name != "cowsay:v0.0.4" {
					t.Errorf("examples of %s: %+v", c.Is, c.Examples)
				}
			}
		})
	}
}

// A plugin that decides as the recorded one did changes nothing.
func TestTrial_sameAnswers(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	h := newHost(t, pluginhost.Config{OnDecision: l.Observe})
	p := open(t, h, hostapi.HookAdmit, "standing", map[string]any{"price_floor": 6, "maximum_queue": 2})
	for i := range 50 {
		n := node()
		n.Slots, n.Running, n.Queued = 2, uint32(i%3), uint32(i%5)
		if _, err := p.Admit(t.Context(), 100, n, []hostapi.Request{priced(byte(i), uint64(4+i%5))}); err != nil {
			t.Fatal(err)
		}
	}
	_ = l.Close()
	trial := decisions.Trial{Plugin: p}
	got, err := trial.Run(t.Context(), readAll(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if got.Seen != 50 || got.Same != 50 || len(got.Changes) != 0 {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff(got.Was, got.Is); diff != "" {
		t.Error(diff)
	}
}

// Of several plugins that were asked the same, the hardest word was what
// happened, and what the host was at fault for did not.
func TestTrial_joinsPluginsOfOneHook(t *testing.T) {
	a := admissions
	busy := admission(t, 200, 0, priced(3, 5), a.declines())
	busy.Output, busy.Rule, busy.Error = nil, pluginhost.RulePool, "busy"
	entries := []*decisions.Entry{
		admission(t, 0, 0, priced(1, 5), a.take()), admission(t, 0, 0, priced(1, 5), a.declines()), admission(t, 0, 0, priced(1, 5), a.quotes(8)),
		admission(t, 100, 0, priced(2, 5), a.takeAt(3)), admission(t, 100, 0, priced(2, 5), a.takeAt(4)),
		busy, admission(t, 200, 0, priced(3, 5), a.take()),
	}
	trial := decisions.Trial{Plugin: open(t, newHost(t, pluginhost.Config{}), hostapi.HookAdmit, "standing", nil)}
	got, err := trial.Run(t.Context(), entries)
	if err != nil {
		t.Fatal(err)
	}
	want := decisions.Tally{Words: map[string]int{"decline": 1, "take": 2}, Price: 4 + 5}
	if diff := cmp.Diff(want, got.Was); diff != "" || got.Seen != 3 || got.Is.Price != 15 {
		t.Errorf("%+v\n%s", got, diff)
	}
}

func TestTrial_match(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	h := newHost(t, pluginhost.Config{OnDecision: l.Observe})
	job := hostapi.Job{ID: hostapi.Bytes32{1}, Engine: hostapi.EngineWasm, MaxPrice: 100, CPU: 1000}
	offers := []hostapi.Offer{
		{Provider: hostapi.Bytes20{1}, Price: 5, CPU: 64_000, JobsOk: 10},
		{Provider: hostapi.Bytes20{2}, Price: 9, CPU: 1000, JobsOk: 10},
	}
	if _, err := open(t, h, hostapi.HookMatch, "cheapest", nil).Match(t.Context(), 1, job, offers); err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	trial := decisions.Trial{Plugin: open(t, h, hostapi.HookMatch, "best-fit", nil)}
	got, err := trial.Run(t.Context(), readAll(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if got.Seen != 1 || got.Same != 0 || got.Was.Price != 5 || got.Is.Price != 9 || len(got.Changes) != 1 || got.Changes[0].Is != "another choice" {
		t.Errorf("%+v", got)
	}
}

func TestTrial_Run_refusesOtherHooks(t *testing.T) {
	h := newHost(t, pluginhost.Config{})
	trial := decisions.Trial{Plugin: open(t, h, hostapi.HookMatch, "cheapest", nil)}
	if _, err := trial.Run(t.Context(), history(t)); err == nil {
		t.Error("a match plugin was tried on admissions")
	}
}

// The sample is part of what users see: a change of it is meant, or a mistake.
func TestSample_isPinned(t *testing.T) {
	sum := sha256.New()
	jobs := decisions.Sample()
	for _, e := range jobs {
		sum.Write(e.Input)
	}
	const want = "e3e9588e241073d7"
	if got := fmt.Sprintf("%x", sum.Sum(nil)[:8]); got != want || len(jobs) != 1000 {
		t.Errorf("%d jobs, %s; want %s", len(jobs), got, want)
	}
}

func TestTrial_sample(t *testing.T) {
	h := newHost(t, pluginhost.Config{})
	first := open(t, h, hostapi.HookAdmit, "standing", nil)
	same := decisions.Trial{Plugin: first, First: first}
	got, err := same.Run(t.Context(), decisions.Sample())
	if err != nil {
		t.Fatal(err)
	}
	if got.Seen != 1000 || got.Same != 1000 || got.Is.Words["take"] < 500 || got.Is.Words["no room"] == 0 || got.Fault != "" {
		t.Errorf("%+v", got)
	}
	careful := decisions.Trial{Plugin: open(t, h, hostapi.HookAdmit, "reputation", nil), First: first}
	if got, err = careful.Run(t.Context(), decisions.Sample()); err != nil || len(got.Changes) == 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestShadowReports(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	h := newHost(t, pluginhost.Config{OnDecision: l.Observe})
	first, shadow := open(t, h, hostapi.HookAdmit, "standing", nil), open(t, h, hostapi.HookAdmit, "standing", map[string]any{"price_floor": 7})
	other := open(t, h, hostapi.HookMatch, "cheapest", nil) // of another hook: not asked
	ctx := decisions.WithShadows(decisions.As(t.Context(), "provider-1"), nil, shadow, other)
	for i := range 10 {
		if _, err := first.Admit(ctx, 1, node(), []hostapi.Request{priced(byte(i), uint64(5+i%4))}); err != nil {
			t.Fatal(err)
		}
	}
	for s := l.Stats(); s.Kept < 20; s = l.Stats() {
		time.Sleep(time.Millisecond)
	}
	_ = l.Close()
	reports, err := decisions.ShadowReports(readAll(t, dir))
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	// Prices are 5 6 7 8 5 6 7 8 5 6; the floor asks more for three 5 and three 6.
	r := reports[0]
	if r.Seen != 10 || r.Same != 4 || r.Was.Price != 63 || r.Is.Price != 30 || r.Is.Words["quote"] != 6 || r.Is.Quoted != 42 {
		t.Errorf("%+v", r)
	}
}

func BenchmarkTrial(b *testing.B) {
	h := newHost(b, pluginhost.Config{})
	trial := decisions.Trial{Plugin: open(b, h, hostapi.HookAdmit, "standing", nil)}
	var entries []*decisions.Entry
	for i := range 1000 {
		r := priced(0, 5)
		r.ID = sha256.Sum256(fmt.Append(nil, i))
		entries = append(entries, admission(b, uint64(i*60), 0, r, admissions.take()))
	}
	if _, err := trial.Run(b.Context(), entries); err != nil { // compiles it
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := trial.Run(b.Context(), entries); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/1000-jobs")
}
