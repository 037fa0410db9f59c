package pluginhost_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/fuel"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

func sourceFor(hook string, g guestModule, more ...string) pluginhost.Source {
	wasm := g.bytes()
	return pluginhost.Source{Wasm: wasm, Manifest: manifestFor(hook, wasm, more...)}
}

// load loads a plugin into a host that keeps its decisions.
func load(t testing.TB, src pluginhost.Source) (*pluginhost.Plugin, *[]pluginhost.Decision) {
	t.Helper()
	var kept []pluginhost.Decision
	h := newHost(t, pluginhost.Config{CacheDir: cache, OnDecision: func(_ context.Context, d pluginhost.Decision) { kept = append(kept, d) }})
	p, err := h.Load(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	return p, &kept
}

func TestPlugin_Match_splitsBatches(t *testing.T) {
	p, kept := load(t, sourceFor("match", uniform("match", 32, 1)))
	offers := make([]hostapi.Offer, 10_000)
	for i := range offers {
		offers[i].Labels = make([]hostapi.Label, i%7)
	}
	got, err := p.Match(context.Background(), 7, hostapi.Job{Engine: hostapi.EngineWasm}, offers)
	if err != nil {
		t.Fatal(err)
	}
	want := hostapi.Score{Score: 0x0101010101010101, Arg0: 0x0101010101010101, Arg1: 0x0101010101010101, Decision: hostapi.DecisionRank, Reason: 0x0101}
	if len(got) != len(offers) || slices.ContainsFunc(got, func(s hostapi.Score) bool { return s != want }) {
		t.Errorf("%d scores, want %d like %v", len(got), len(offers), want)
	}
	asked := 0
	for _, d := range *kept {
		if len(d.Input) > hostapi.DefaultArena {
			t.Errorf("a message of %d bytes", len(d.Input))
		}
		in, err := hostapi.DecodeMatchInput(d.Input)
		if err != nil || in.Now != 7 {
			t.Errorf("recorded input: %v, now %d", err, in.Now)
		}
		asked += len(in.Offers)
	}
	if asked != len(offers) || len(*kept) < 3 {
		t.Errorf("%d offers in %d batches, want %d in at least 3", asked, len(*kept), len(offers))
	}
}

func TestPlugin_Match_refusesGiantItem(t *testing.T) {
	p, _ := load(t, sourceFor("match", uniform("match", 32, 1), `"arena":65536`))
	offer := hostapi.Offer{Region: hostapi.Some(strings.Repeat("x", 65536))}
	_, err := p.Match(context.Background(), 7, hostapi.Job{Engine: hostapi.EngineWasm}, []hostapi.Offer{{}, offer})
	wantRefusal(t, err, pluginhost.RuleArena, "item 1")
}

func TestPlugin_refusesOtherHook(t *testing.T) {
	p, _ := load(t, sourceFor("match", uniform("match", 32, 1)))
	_, err := p.Allow(context.Background(), 7, []hostapi.Module{module})
	wantRefusal(t, err, pluginhost.RuleExport, "allow")
}

func TestPlugin_Admit_holdsPriceRule(t *testing.T) {
	const standing = 100
	for _, tc := range []struct {
		name   string
		answer hostapi.Answer
		price  int32
		ok     bool
	}{
		{"take at the standing price", hostapi.AnswerTake, 0, true},
		{"take at the same price in words", hostapi.AnswerTake, standing, true},
		{"take for less", hostapi.AnswerTake, standing - 1, true},
		{"take for more", hostapi.AnswerTake, standing + 1, false},
		{"decline", hostapi.AnswerDecline, 0, true},
		{"decline, ask for more", hostapi.AnswerDecline, standing + 1, true},
		{"decline, ask for less", hostapi.AnswerDecline, standing - 1, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			hook := slices.Concat(store(16, tc.price), store(40, int32(tc.answer)), answer(48, 1, 32, 48))
			p, _ := load(t, sourceFor("admit", guest("lilypad_admit_1", 32, hook)))
			request := hostapi.Request{StandingPrice: standing, Engine: hostapi.EngineWasm}
			_, err := p.Admit(context.Background(), 7, hostapi.Node{Weekday: hostapi.WeekdayFriday}, []hostapi.Request{request})
			if tc.ok && err != nil {
				t.Error(err)
			}
			if !tc.ok {
				wantRefusal(t, err, pluginhost.RuleOutput, "standing price of 100")
			}
		})
	}
}

func TestHost_Load_sharesWhatIsEqual(t *testing.T) {
	h := newHost(t, pluginhost.Config{CacheDir: t.TempDir() + "/cache"})
	src := source(honest())
	var wg sync.WaitGroup
	plugins := make([]*pluginhost.Plugin, 10)
	for i := range plugins {
		wg.Go(func() {
			p, err := h.Load(context.Background(), src)
			if err != nil {
				t.Error(err)
				return
			}
			plugins[i] = p
			wantAllowed(t, p)
		})
	}
	wg.Wait()
	for _, p := range plugins[1:] {
		p.Close()
		p.Close() // of one holder, once
	}
	wantAllowed(t, plugins[0])
	plugins[0].Close()
	_, err := plugins[0].Allow(context.Background(), 7, []hostapi.Module{module})
	wantRefusal(t, err, pluginhost.RuleClosed, "")

	again, err := h.Load(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	wantAllowed(t, again)
	h.Close()
	_, err = again.Allow(context.Background(), 7, []hostapi.Module{module})
	wantRefusal(t, err, pluginhost.RuleClosed, "")
	_, err = h.Open(src)
	wantRefusal(t, err, pluginhost.RuleClosed, "")
}

func TestHost_Open_startsWithTheFirstCall(t *testing.T) {
	h := newHost(t, pluginhost.Config{})
	p, err := h.Open(source(honest().with(guestFunc{export: "_initialize", body: unreachable})))
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Allow(context.Background(), 7, []hostapi.Module{module})
	wantRefusal(t, err, pluginhost.RuleTrap, "_initialize")
	p, err = h.Open(source(honest()))
	if err != nil {
		t.Fatal(err)
	}
	wantAllowed(t, p)
}

func TestPlugin_waitsForAFreeInstance(t *testing.T) {
	h := newHost(t, pluginhost.Config{Calls: 1, Wait: 20 * time.Millisecond})
	src := source(guest("lilypad_allow_1", 24, append(slices.Clone(endless), 0)), `"fuel":{"base":9000000000}`)
	p, err := h.Load(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	errs := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := p.Allow(ctx, 7, []hostapi.Module{module})
			errs <- err
		}()
	}
	first := <-errs
	wantRefusal(t, first, pluginhost.RulePool, "1 calls")
	if lilypad.CodeOf(first) != lilypad.Unavailable {
		t.Errorf("code %s, want unavailable", lilypad.CodeOf(first))
	}
	cancel()
	wantRefusal(t, <-errs, pluginhost.RuleCancelled, "")
}

func TestPlugin_callerGivesUp(t *testing.T) {
	p, _ := load(t, source(guest("lilypad_allow_1", 24, append(slices.Clone(endless), 0)), `"fuel":{"base":9000000000}`))
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err := p.Allow(ctx, 7, []hostapi.Module{module})
	wantRefusal(t, err, pluginhost.RuleCancelled, "")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v hides why", err)
	}
}

// A guest that counts its calls in memory must count one each time.
func TestPlugin_startsFreshForEachBatch(t *testing.T) {
	counter := slices.Concat(
		i32(scratchAt), i32(scratchAt), []byte{0x28, 2, 0}, i32(1), []byte{0x6a, 0x36, 2, 0}, // scratch++
		get(2), i32(scratchAt), []byte{0x28, 2, 0}, []byte{0x36, 2, 16}, // arg0 = scratch
	)
	p, _ := load(t, source(honest(counter...)))
	for range 20 {
		got, err := p.Allow(context.Background(), 7, []hostapi.Module{module})
		if err != nil {
			t.Fatal(err)
		}
		if got[0].Arg0 != 1 {
			t.Fatalf("call %d of this instance", got[0].Arg0)
		}
	}
}

// A guest that fills its arena finds nothing of that there the next time, nor
// of an earlier and longer message.
func TestPlugin_startsWithNothingButTheInput(t *testing.T) {
	const arenaEnd = arenaAt + 1<<16
	fill := func(start, n []byte) []byte { return slices.Concat(start, i32(0xee), n, []byte{0xfc, 11, 0}) }
	behind := slices.Concat(get(2), i32(64), []byte{0x6a})
	g := honest(slices.Concat(
		get(0), get(1), []byte{0x6a, 0x21, 4}, // at = behind the message
		[]byte{0x03, 0x40},                                                       // loop
		get(5), i64(31), []byte{0x7e}, get(4), []byte{0x29, 3, 0, 0x7c, 0x21, 5}, // sum = 31*sum + the eight bytes there
		get(4), i32(8), []byte{0x6a, 0x22, 4}, i32(arenaEnd), []byte{0x49, 0x0d, 0, 0x0b}, // until its end
		fill(get(0), slices.Concat(get(2), get(0), []byte{0x6b})),
		fill(behind, slices.Concat(i32(arenaEnd), behind, []byte{0x6b})),
		get(2), get(5), []byte{0x37, 3, 16}, // arg0 = sum
	)...)
	g.funcs[2].locals = []byte{2, 1, 0x7f, 1, 0x7e}
	p, _ := load(t, source(g, `"arena":65536`, `"fuel":{"base":10000000}`))
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		m := module
		m.Repository = strings.Repeat("r", r.IntN(50_000))
		got, err := p.Allow(context.Background(), 7, []hostapi.Module{m})
		if err != nil {
			t.Fatal(err)
		}
		if got[0].Arg0 != 0 {
			t.Fatalf("behind a message with %d bytes of text: %x", len(m.Repository), got[0].Arg0)
		}
	}
}

func TestPlugin_Replay(t *testing.T) {
	src := source(honest(), `"settings":{"type":"object","properties":{
		"floor":{"type":"integer","default":3},
		"quiet":{"type":"object","default":{},"properties":{"from":{"type":"string","default":"22:00"}}},
		"deny":{"type":"array","items":{"type":"string"},"default":["a","b"]},
		"open":{"type":"boolean"}}}`)
	src.Settings = map[string]any{"open": true, "deny": []string{"c"}}
	p, kept := load(t, src)
	wantAllowed(t, p)
	if len(*kept) != 1 {
		t.Fatalf("%d decisions, want 1", len(*kept))
	}
	d := (*kept)[0]
	settings := hostapi.Settings{Settings: []hostapi.Setting{
		{Key: "deny", Type: hostapi.SettingTypeList, Int: 1},
		{Key: "deny.0", Type: hostapi.SettingTypeText, Text: "c"},
		{Key: "floor", Type: hostapi.SettingTypeInt, Int: 3},
		{Key: "open", Type: hostapi.SettingTypeBool, Int: 1},
		{Key: "quiet.from", Type: hostapi.SettingTypeText, Text: "22:00"},
	}}
	stored, err := settings.Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	warmUp, err := (&hostapi.AllowInput{}).Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := pluginhost.Record{
		Module: p.ID(), Hook: "allow", API: "1.0", Settings: sha256.Sum256(stored),
		Rewriter: fuel.Version, Prices: fuel.PriceTable, Memory: hostapi.MaxMemory, Arena: hostapi.DefaultArena, Depth: fuel.DepthBudget,
		WarmUp: sha256.Sum256(warmUp), Snapshot: d.Record.Snapshot,
		Input: sha256.Sum256(d.Input), Budget: hostapi.DefaultFuel.Budget(1, len(d.Input)), Fuel: d.Record.Fuel, Output: sha256.Sum256(d.Output),
	}
	if want.Snapshot == (lilypad.Hash{}) || want.Fuel == 0 {
		t.Errorf("%+v has no snapshot or no fuel", d.Record)
	}
	if diff := cmp.Diff(want, d.Record); diff != "" {
		t.Error(diff)
	}
	for range 3 {
		got, err := p.Replay(context.Background(), d.Input, nil)
		if err != nil || !bytes.Equal(got.Output, d.Output) || got.Record != d.Record {
			t.Fatalf("replayed %x, %+v, %v; want %x, %+v", got.Output, got.Record, err, d.Output, d.Record)
		}
	}
	if _, err := p.Replay(context.Background(), d.Input[1:], nil); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("broken input: %v", err)
	}
	other, err := (&hostapi.CompareInput{}).Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Replay(context.Background(), other, nil); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("input of another hook: %v", err)
	}
}

func TestConfig_OnDecision_tellsOfFailures(t *testing.T) {
	p, kept := load(t, source(guest("lilypad_allow_1", 24, unreachable)))
	_, err := p.Allow(context.Background(), 7, []hostapi.Module{module})
	if len(*kept) != 1 || (*kept)[0].Output != nil || !errors.Is((*kept)[0].Err, err) || (*kept)[0].Record.Output != (lilypad.Hash{}) {
		t.Errorf("got %+v, want one decision without an answer", *kept)
	}
}

func TestPlugin_Reason(t *testing.T) {
	p, _ := load(t, source(honest(), `"reasons":{"7":{"en":"needs {0} MB, has {1}","de":"braucht {0} MB, hat {1}"},"8":{"en":"a\u001b[2Jb\u202ec\n`+strings.Repeat("x", 4000)+`"}}`))
	for _, tc := range []struct {
		lang   string
		number uint16
		want   string
	}{
		{"en", 7, "needs 1 MB, has 2"},
		{"de", 7, "braucht 1 MB, hat 2"},
		{"fr", 7, "needs 1 MB, has 2"},
		{"en", 9, "reason 9 (1, 2)"},
	} {
		if got := p.Reason(tc.lang, tc.number, 1, 2); got != tc.want {
			t.Errorf("%s %d: %q, want %q", tc.lang, tc.number, got, tc.want)
		}
	}
	if got := p.Reason("en", 8, 0, 0); !strings.HasPrefix(got, "a?[2Jb?c?xxx") || len(got) > 1024 {
		t.Errorf("unsafe words: %d bytes, %.20q", len(got), got)
	}
}
