//go:build !race

// The race detector makes compiling these Go guests a matter of minutes.

package decisions_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// cacheDir saves compiling the guests for every test.
var cacheDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "decisions-*")
	if err != nil {
		panic(err)
	}
	cacheDir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func newHost(t testing.TB, c pluginhost.Config) *pluginhost.Host {
	t.Helper()
	c.CacheDir = cacheDir
	h, err := pluginhost.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

func open(t testing.TB, h *pluginhost.Host, hook hostapi.Hook, name string, settings map[string]any) *pluginhost.Plugin {
	t.Helper()
	b, err := plugins.Lookup(hook, name)
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := b.Wasm()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(b.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Open(pluginhost.Source{Wasm: wasm, Manifest: manifest, Pin: b.ID(), Settings: settings, Grants: b.Manifest.Capabilities})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func builtinWasm(id lilypad.PluginID) ([]byte, error) {
	p, err := plugins.ByID(id)
	if err != nil {
		return nil, err
	}
	return p.Wasm()
}

// request is a job that a provider with a standing price of 5 is asked about.
func request(id byte) hostapi.Request {
	return hostapi.Request{ID: hostapi.Bytes32{id}, Engine: hostapi.EngineWasm, StandingPrice: 5, MaxPrice: 9, Timeout: 100, ModuleName: "cowsay:v0.0.4"}
}

func node() hostapi.Node {
	return hostapi.Node{Address: hostapi.Bytes20{1}, Weekday: hostapi.WeekdayMonday, Slots: 1, Deposit: 1000}
}

// logBuiltins asks one plugin of every hook and returns what was logged.
func logBuiltins(t *testing.T, trees storage.Store) []*decisions.Entry {
	t.Helper()
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	h := newHost(t, pluginhost.Config{OnDecision: l.Observe, Wanted: l.Wanted})
	ctx := decisions.As(context.Background(), "provider-1")
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := open(t, h, hostapi.HookMatch, "cheapest", nil).Match(ctx, 1, hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 9}, []hostapi.Offer{{Price: 7}, {Price: 6}})
	check(err)
	for _, floor := range []int{0, 6} {
		p := open(t, h, hostapi.HookAdmit, "standing", map[string]any{"price_floor": floor})
		_, err = p.Admit(ctx, 1, node(), []hostapi.Request{request(1), request(2)})
		check(err)
	}
	_, err = open(t, h, hostapi.HookAllow, "list", nil).Allow(ctx, 1, []hostapi.Module{{Role: hostapi.RoleProvider, Engine: hostapi.EngineWasm, Listing: hostapi.ListingUnlisted}})
	check(err)
	_, err = open(t, h, hostapi.HookMediate, "optimistic", nil).Mediate(ctx, 100, []hostapi.Case{{
		Phase: hostapi.PhaseReview, Now: 100, Deadline: 1000, MaxRuns: 3,
		Events: []hostapi.Event{
			{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Who: 0, Re: hostapi.None}},
			{Result: &hostapi.Result{Who: 0, Re: hostapi.None, Status: hostapi.RunStatusSucceeded, Content: hostapi.Bytes32{1}}},
		},
	}})
	check(err)
	var roots [2]hostapi.Bytes32
	for i, text := range []string{"[1]", "[2]"} {
		id, _, err := storage.PutFiles(ctx, trees, []storage.Entry{storage.Bytes("out.json", []byte(text))})
		check(err)
		roots[i] = hostapi.Bytes32(id)
	}
	_, err = open(t, h, hostapi.HookCompare, "numeric", nil).Compare(ctx, 1, []hostapi.Pair{{ARoot: roots[0], BRoot: roots[1], Engine: hostapi.EngineWasm}}, trees)
	check(err)
	check(l.Close())
	return readAll(t, dir)
}

func TestReplayer_repeatsEveryHook(t *testing.T) {
	trees := memory.New()
	entries := logBuiltins(t, trees)
	hooks := map[string]bool{}
	for _, referee := range []bool{false, true} {
		r := &decisions.Replayer{Host: newHost(t, pluginhost.Config{}), Wasm: builtinWasm, Store: func(string) storage.Getter { return trees }, Referee: referee}
		defer r.Close()
		for _, e := range entries {
			hooks[e.Record.Hook] = true
			v, err := r.Replay(t.Context(), e)
			if err != nil || !v.Identical || len(v.Differences) > 0 || v.Plugin != e.Plugin || v.ID != e.ID() {
				t.Errorf("%s, referee %v: %+v, %v", e.Plugin, referee, v, err)
			}
		}
	}
	if len(hooks) != len(hostapi.Hooks) {
		t.Errorf("only %v", slices.Sorted(maps.Keys(hooks)))
	}
}

// A thousand questions, no two alike, of hooks in turn.
func TestReplayer_repeatsAThousand(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, decisions.Config{Dir: dir})
	h := newHost(t, pluginhost.Config{OnDecision: l.Observe})
	match, admit := open(t, h, hostapi.HookMatch, "best-fit", nil), open(t, h, hostapi.HookAdmit, "reputation", nil)
	const n = 1000
	for i := range uint64(n / 2) {
		offers := make([]hostapi.Offer, 1+i%7)
		for j := range offers {
			offers[j] = hostapi.Offer{Price: 1 + i*uint64(j)%13, CPU: uint32(i), JobsOk: uint32(j)}
		}
		if _, err := match.Match(t.Context(), 1, hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 9, CPU: uint32(i % 5)}, offers); err != nil {
			t.Fatal(err)
		}
		r := request(byte(i))
		r.InputSize, r.CreatorOk, r.CreatorTimeouts = i, uint32(i%11), uint32(i%3)
		if _, err := admit.Admit(t.Context(), 1, node(), []hostapi.Request{r}); err != nil {
			t.Fatal(err)
		}
	}
	_ = l.Close()
	r := &decisions.Replayer{Host: newHost(t, pluginhost.Config{}), Wasm: builtinWasm}
	defer r.Close()
	identical := 0
	for _, e := range readAll(t, dir) {
		v, err := r.Replay(t.Context(), e)
		if err != nil || !v.Identical {
			t.Fatalf("%+v, %v", v, err)
		}
		identical++
	}
	if identical != n {
		t.Errorf("%d identical", identical)
	}
}

// A forged entry is told from a true one by what was forged.
func TestReplayer_namesForgedFields(t *testing.T) {
	trees := memory.New()
	var e *decisions.Entry
	for _, x := range logBuiltins(t, trees) {
		if strings.HasPrefix(x.Plugin, "standing@") {
			e = x
		}
	}
	r := &decisions.Replayer{Host: newHost(t, pluginhost.Config{}), Wasm: builtinWasm}
	defer r.Close()
	for name, tc := range map[string]struct {
		forge func(*decisions.Entry)
		want  []string
	}{
		"nothing":            {func(*decisions.Entry) {}, nil},
		"output":             {func(e *decisions.Entry) { e.Output[16] ^= 1 }, []string{"output from byte 16"}},
		"output cut":         {func(e *decisions.Entry) { e.Output = e.Output[:20] }, []string{"output from byte 20"}},
		"no output":          {func(e *decisions.Entry) { e.Output = nil }, []string{"output"}},
		"input":              {func(e *decisions.Entry) { e.Input[24] ^= 1 }, []string{"record.input"}},
		"fuel":               {func(e *decisions.Entry) { e.Record.Fuel++ }, []string{"record.fuel"}},
		"budget":             {func(e *decisions.Entry) { e.Record.Budget++ }, []string{"record.budget"}},
		"settings hash":      {func(e *decisions.Entry) { e.Record.Settings[0] ^= 1 }, []string{"record.settings"}},
		"price table":        {func(e *decisions.Entry) { e.Record.Prices++ }, []string{"record.prices"}},
		"rewriter":           {func(e *decisions.Entry) { e.Record.Rewriter-- }, nil},
		"snapshot":           {func(e *decisions.Entry) { e.Record.Snapshot[0] ^= 1 }, []string{"record.snapshot"}},
		"output and its sum": {func(e *decisions.Entry) { e.Output[16] ^= 1; e.Record.Output[0] ^= 1 }, []string{"record.output", "output from byte 16"}},
	} {
		t.Run(name, func(t *testing.T) {
			forged := *e
			forged.Input, forged.Output = bytes.Clone(e.Input), bytes.Clone(e.Output)
			tc.forge(&forged)
			v, err := r.Replay(t.Context(), &forged)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range v.Differences {
				got = append(got, d.Field)
				if d.Recorded == d.Replayed {
					t.Errorf("%s is %s in both", d.Field, d.Recorded)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" || v.Identical != (tc.want == nil) {
				t.Errorf("identical %v\n%s", v.Identical, diff)
			}
		})
	}
}

func TestReplayer_Replay_saysWhatIsMissing(t *testing.T) {
	entries := logBuiltins(t, memory.New())
	none := func(id lilypad.PluginID) ([]byte, error) { return nil, lilypad.Errorf(lilypad.NotFound, "no %s", id) }
	for name, r := range map[string]*decisions.Replayer{
		"its module": {Host: newHost(t, pluginhost.Config{}), Wasm: none},
		"the trees":  {Host: newHost(t, pluginhost.Config{}), Wasm: builtinWasm, Store: func(string) storage.Getter { return memory.New() }},
	} {
		e := entries[0] // the last one asked: compare
		if _, err := r.Replay(t.Context(), e); lilypad.CodeOf(err) != lilypad.NotFound {
			t.Errorf("without %s: %v", name, err)
		}
		r.Close()
	}
	fault := *entries[0]
	fault.Rule, fault.Error, fault.Output = pluginhost.RulePool, "busy", nil
	r := &decisions.Replayer{Host: newHost(t, pluginhost.Config{}), Wasm: none}
	if v, err := r.Replay(t.Context(), &fault); err != nil || v.Unanswered != "busy" || v.Identical {
		t.Errorf("a host's own fault: %+v, %v", v, err)
	}
}

// An exported comparison replays where nothing else is.
func TestExport_carriesTheTrees(t *testing.T) {
	trees := memory.New()
	e := logBuiltins(t, trees)[0]
	if f, err := decisions.Export(t.Context(), e, memory.New()); lilypad.CodeOf(err) != lilypad.NotFound || f.ID != e.ID() || f.Blocks != nil {
		t.Errorf("without its trees: %d blocks, %v", len(f.Blocks), err)
	}
	f, err := decisions.Export(t.Context(), e, trees)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	again, err := decisions.ReadFile(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	r := &decisions.Replayer{Host: newHost(t, pluginhost.Config{}), Wasm: builtinWasm}
	defer r.Close()
	if v, err := r.ReplayFile(t.Context(), &again); err != nil || !v.Identical {
		t.Errorf("%+v, %v", v, err)
	}
	again.Blocks = nil
	if _, err := r.ReplayFile(t.Context(), &again); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("without its trees: %v", err)
	}
	again.Role = "somebody else" // which no answer depends on
	again.Blocks = f.Blocks
	if v, err := r.ReplayFile(t.Context(), &again); err != nil || v.Identical || v.ID != f.ID || v.Differences[0].Field != "id" {
		t.Errorf("under another's name: %+v, %v", v, err)
	}
}
