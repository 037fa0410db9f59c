package pluginhost_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/snapshot"
)

// when runs code if the 32 bits of the message at an offset are v.
func when(offset byte, v int32, code []byte) []byte {
	return slices.Concat(get(0), []byte{0x28, 2, offset}, i32(v), []byte{0x46, 0x04, 0x40}, code, []byte{0x0b})
}

const (
	countAt = 12 // in a message: the number of items
	timeAt  = 24
)

var seven = []hostapi.Module{module} // asked at the time 7

func loadIn(t *testing.T, h *pluginhost.Host, src pluginhost.Source) *pluginhost.Plugin {
	t.Helper()
	p, err := h.Load(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func statOf(h *pluginhost.Host, p *pluginhost.Plugin) pluginhost.Stat {
	all := h.Stats()
	return all[slices.IndexFunc(all, func(s pluginhost.Stat) bool { return s.ID == p.ID() })]
}

// A guest that answers one item, and never ends about two.
func TestPlugin_spentFuelIsNoJudgementOfABatch(t *testing.T) {
	g := uniform("match", 32, 1)
	g.funcs[2].body = slices.Concat(when(timeAt, 7, when(countAt, 2, endless)), g.funcs[2].body)
	p, kept := load(t, sourceFor("match", g, `"fuel":{"base":100000}`))
	got, err := p.Match(context.Background(), 7, hostapi.Job{Engine: hostapi.EngineWasm}, make([]hostapi.Offer, 2))
	if err != nil || len(got) != 2 {
		t.Fatalf("got %v, %v; want two scores", got, err)
	}
	if len(*kept) != 3 {
		t.Fatalf("%d calls, want one of both and one of each", len(*kept))
	}
	both, alone := (*kept)[0], (*kept)[1]
	wantRefusal(t, both.Err, pluginhost.RuleFuel, "budget of 100000")
	if both.Record.Fuel <= both.Record.Budget || alone.Record.Fuel == 0 || alone.Record.Fuel > alone.Record.Budget {
		t.Errorf("spent %d of %d together and %d alone", both.Record.Fuel, both.Record.Budget, alone.Record.Fuel)
	}
}

func TestPlugin_spentFuelOfOneItemIsRefused(t *testing.T) {
	p, _ := load(t, sourceFor("match", guest("lilypad_match_1", 32, append(slices.Clone(endless), 0)), `"fuel":{"item":100000}`))
	_, err := p.Match(context.Background(), 7, hostapi.Job{Engine: hostapi.EngineWasm}, make([]hostapi.Offer, 2))
	wantRefusal(t, err, pluginhost.RuleFuel, "item 0 alone")
}

func TestPlugin_hostFunctionsCostFuel(t *testing.T) {
	g := honest(slices.Concat(i32(arenaAt), i32(100), callFunc(0))...)
	g.imports = []guestImport{{"lilypad", "log", funcLog}}
	src := source(g, `"capabilities":["log"],"fuel":{"base":1000}`)
	src.Grants = []string{hostapi.CapLog}
	p, kept := load(t, src)
	wantAllowed(t, p)
	if spent := (*kept)[0].Record.Fuel; spent < 300 || spent > 1000 {
		t.Errorf("a line of 100 bytes took %d", spent)
	}
}

func TestBreaker_opensAndTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHost(t, pluginhost.Config{Breaker: pluginhost.Breaker{Faults: 3, Within: time.Minute, Cool: time.Minute}})
		p := loadIn(t, h, source(honest(when(timeAt, 9, unreachable)...)))
		good := loadIn(t, h, source(honest()))
		ask := func(now uint64) error {
			_, err := p.Allow(context.Background(), hostTime(now), seven)
			return err
		}
		for _, step := range []struct {
			after time.Duration
			now   uint64
			rule  pluginhost.Rule // empty: it answers
			state pluginhost.BreakerState
		}{
			{0, 9, pluginhost.RuleTrap, pluginhost.BreakerClosed},
			{0, 9, pluginhost.RuleTrap, pluginhost.BreakerClosed},
			{2 * time.Minute, 9, pluginhost.RuleTrap, pluginhost.BreakerClosed}, // the others are too long ago
			{0, 9, pluginhost.RuleTrap, pluginhost.BreakerClosed},
			{0, 7, "", pluginhost.BreakerClosed},
			{0, 9, pluginhost.RuleTrap, pluginhost.BreakerOpen},
			{0, 7, pluginhost.RuleBreaker, pluginhost.BreakerOpen},
			{59 * time.Second, 7, pluginhost.RuleBreaker, pluginhost.BreakerOpen},
			{2 * time.Second, 9, pluginhost.RuleTrap, pluginhost.BreakerOpen}, // the trial
			{59 * time.Second, 7, pluginhost.RuleBreaker, pluginhost.BreakerOpen},
			{2 * time.Second, 7, "", pluginhost.BreakerClosed},
			{0, 9, pluginhost.RuleTrap, pluginhost.BreakerClosed},
		} {
			time.Sleep(step.after)
			err := ask(step.now)
			switch {
			case step.rule != "":
				wantRefusal(t, err, step.rule, "")
			case err != nil:
				t.Errorf("%v, want an answer", err)
			}
			if got := statOf(h, p).Breaker; got != step.state {
				t.Errorf("after %+v it is %s", step, got)
			}
			wantAllowed(t, good)
		}
		if n := statOf(h, p).Opened; n != 2 {
			t.Errorf("it opened %d times, want 2", n)
		}
	})
}

func TestBreaker_saysWhenItTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHost(t, pluginhost.Config{Breaker: pluginhost.Breaker{Faults: 1}})
		p := loadIn(t, h, source(guest("lilypad_allow_1", 24, unreachable)))
		_, err := p.Allow(context.Background(), 7, seven)
		wantRefusal(t, err, pluginhost.RuleTrap, "")
		again := time.Now().Add(30 * time.Second).UTC().Format(time.RFC3339)
		_, err = p.Allow(context.Background(), 7, seven)
		wantRefusal(t, err, pluginhost.RuleBreaker, again)
	})
}

func TestBreaker_toleratesStatuses(t *testing.T) {
	p, _ := load(t, source(guest("lilypad_allow_1", 24, i32(-1))))
	for range 20 {
		_, err := p.Allow(context.Background(), 7, seven)
		wantRefusal(t, err, pluginhost.RuleStatus, "bad input")
	}
}

func TestHost_unloadsIdlePlugins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHost(t, pluginhost.Config{Idle: time.Minute})
		p := loadIn(t, h, source(honest()))
		for range 3 {
			time.Sleep(50 * time.Second)
			wantAllowed(t, p)
		}
		if s := h.Stats()[0]; s.Unloads != 0 {
			t.Errorf("a plugin in use was unloaded %d times", s.Unloads)
		}
		time.Sleep(2 * time.Minute)
		if s := h.Stats()[0]; s.Unloads != 1 {
			t.Errorf("unloaded %d times, want once", s.Unloads)
		}
		wantAllowed(t, p)
		if s := h.Stats()[0]; s.Loads != 2 || s.Calls != 4 {
			t.Errorf("%d loads and %d calls, want 2 and 4", s.Loads, s.Calls)
		}
	})
}

func TestHost_Stats(t *testing.T) {
	h := newHost(t, pluginhost.Config{})
	grow := slices.Concat(i32(1), []byte{0x40, 0, 0x1a}) // memory.grow drop
	p := loadIn(t, h, source(honest(slices.Concat(when(timeAt, 8, grow), when(timeAt, 9, unreachable))...)))
	for _, now := range []uint64{7, 8, 9, 7} {
		_, _ = p.Allow(context.Background(), hostTime(now), seven) // what fails is counted
	}
	s := h.Stats()[0]
	want := pluginhost.Stat{
		Plugin: "guest@1.0.0", ID: p.ID(), Hook: "allow", Calls: 4, Items: 4, Loads: 1, Resets: 2,
		Refusals: map[pluginhost.Rule]uint64{pluginhost.RuleTrap: 1},
		Discards: map[string]uint64{pluginhost.DiscardGrown: 1, pluginhost.DiscardCall: 1},
	}
	got := s
	got.Fuel, got.Time, got.Wait, got.Pages, got.Latency = 0, 0, 0, 0, want.Latency
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	calls := uint64(0)
	for _, n := range s.Latency {
		calls += n
	}
	if s.Fuel == 0 || s.Time == 0 || s.Pages == 0 || calls != 4 {
		t.Errorf("got %+v", s)
	}
	p.FellBack()
	if n := h.Stats()[0].Fallbacks; n != 1 {
		t.Errorf("%d fallbacks, want 1", n)
	}
}

// Whichever way memory is restored, on whatever host, and by whatever engine,
// the record is the same.
func TestRecord_doesNotDependOnTheHost(t *testing.T) {
	ticks := slices.Concat( // scratch++, and arg0 of the answer
		i32(scratchAt), i32(scratchAt), []byte{0x28, 2, 0}, i32(1), []byte{0x6a, 0x36, 2, 0},
		get(2), i32(scratchAt), []byte{0x28, 2, 0}, []byte{0x36, 2, 16})
	var first pluginhost.Record
	for i, m := range snapshot.Methods() {
		var kept []pluginhost.Decision
		h := newHost(t, pluginhost.Config{
			Interpreter: i%2 == 1,
			Restore:     snapshot.Options{Method: m, Every: 2},
			OnDecision:  func(_ context.Context, d pluginhost.Decision) { kept = append(kept, d) },
		})
		p := loadIn(t, h, source(honest(ticks...)))
		for range 10 {
			wantAllowed(t, p)
		}
		if i == 0 {
			first = kept[0].Record
		}
		for _, d := range kept {
			if diff := cmp.Diff(first, d.Record); diff != "" {
				t.Fatalf("%s: %s", m, diff)
			}
		}
	}
}

func TestConfig_Wanted_choosesDecisions(t *testing.T) {
	type marked struct{}
	told := 0
	h := newHost(t, pluginhost.Config{
		OnDecision: func(context.Context, pluginhost.Decision) { told++ },
		Wanted:     func(ctx context.Context) bool { return ctx.Value(marked{}) != nil },
	})
	p := loadIn(t, h, source(honest()))
	for _, ctx := range []context.Context{context.Background(), context.WithValue(context.Background(), marked{}, true)} {
		if _, err := p.Allow(ctx, 7, seven); err != nil {
			t.Fatal(err)
		}
	}
	if told != 1 {
		t.Errorf("told of %d decisions, want 1", told)
	}
}

func TestHost_Load_holdsVectorsAgainst(t *testing.T) {
	trap := slices.Concat(when(countAt, 0, slices.Concat(store(0, 16), store(4, 0), store(8, 24), i32(16), []byte{0x0f})), unreachable)
	nonsense := slices.Concat(when(countAt, 0, slices.Concat(store(0, 16), store(4, 0), store(8, 24), i32(16), []byte{0x0f})), i32(3))
	h := newHost(t, pluginhost.Config{})
	for rule, hook := range map[pluginhost.Rule][]byte{pluginhost.RuleTrap: trap, pluginhost.RuleOutput: nonsense} {
		_, err := h.Load(context.Background(), source(bare("lilypad_allow_1", hook)))
		wantRefusal(t, err, rule, "conformance vector allow-")
	}
}

// A file of the cache that was cut off, or changed, is made again.
func TestHost_Load_distrustsBrokenCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	src := source(honest())
	for range 3 {
		h := newHost(t, pluginhost.Config{CacheDir: dir})
		wantAllowed(t, loadIn(t, h, src))
		files, err := filepath.Glob(filepath.Join(dir, "fuel", "*"))
		if err != nil || len(files) != 1 {
			t.Fatalf("files %v, %v; want one", files, err)
		}
		b, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)-1]++
		if err := os.WriteFile(files[0], b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPlugin_Referee(t *testing.T) {
	p, kept := load(t, source(honest(when(timeAt, 9, unreachable)...)))
	_, _ = p.Allow(context.Background(), 7, seven)
	_, _ = p.Allow(context.Background(), 9, seven)
	for _, d := range *kept {
		got, err := p.Referee(context.Background(), d.Input, nil)
		if diff := cmp.Diff(d.Record, got.Record); diff != "" || (err == nil) != (d.Err == nil) {
			t.Errorf("%v: %s", err, diff)
		}
	}
}

func TestConfig_Sample_hasTheRefereeJudge(t *testing.T) {
	doubts := make(chan pluginhost.Disagreement, 1)
	var mu sync.Mutex
	var kept []pluginhost.Decision
	h := newHost(t, pluginhost.Config{
		Sample: 0.02,
		OnDecision: func(_ context.Context, d pluginhost.Decision) {
			mu.Lock()
			defer mu.Unlock()
			kept = append(kept, d)
		},
		OnDisagreement: func(d pluginhost.Disagreement) { doubts <- d },
	})
	p := loadIn(t, h, source(honest()))
	refereed := func() uint64 { return h.Stats()[0].Refereed }
	for refereed() == 0 { // the first decision is taken, in the background
		wantAllowed(t, p)
	}
	forged := kept[0]
	forged.Record.Fuel++
	for !p.Sample(forged) {
		time.Sleep(time.Millisecond)
	}
	d := <-doubts
	if d.Decision.Record.Fuel != forged.Record.Fuel || d.Referee.Record != kept[0].Record {
		t.Errorf("got %+v", d)
	}
	if s := h.Stats()[0]; s.Disagreed != 1 || s.RefereeTime == 0 {
		t.Errorf("%d disagreements in %s", s.Disagreed, s.RefereeTime)
	}
}

func TestPlugin_survivesPanicOfTheEngine(t *testing.T) {
	p, _ := load(t, source(honest()))
	wantRefusal(t, p.InstantiateNothing(), pluginhost.RuleTrap, "instantiate")
	wantAllowed(t, p)
}
