package node_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// variant is a plugin under another name and version, and with another digest.
func variant(t *testing.T, p pluginstore.Package, name, version string) pluginstore.Package {
	t.Helper()
	m := p.Info
	m.Name, m.Version = name, version
	return pack(t, append(bytes.Clone(p.Wasm), wasmasm.Section(0, wasmasm.Name(name+version))...), m)
}

func builtin(t *testing.T, hook hostapi.Hook, name string) pluginstore.Package {
	t.Helper()
	p, err := plugins.Lookup(hook, name)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := node.BuiltinPackage(p)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// pack makes a package of a module and what its manifest is to say.
func pack(t *testing.T, wasm []byte, m hostapi.Manifest) pluginstore.Package {
	t.Helper()
	m.SHA256 = fmt.Sprintf("%x", sha256.Sum256(wasm))
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := pluginstore.NewPackage(wasm, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// badTime is the block time at which a moody plugin traps.
const badTime = 0x7777

// moody is a plugin that answers every item with a record of ones.
func moody(t *testing.T, hook hostapi.Hook, stride int32) pluginstore.Package {
	t.Helper()
	const call = "iiii>i"
	in, out := wasmasm.Code(0x20, 0), wasmasm.Code(0x20, 2)
	count := wasmasm.Code(in, 0x28, 2, 12)
	size := wasmasm.Code(count, wasmasm.I32(stride), wasmasm.I32Mul)
	total := wasmasm.Code(size, wasmasm.I32(16), wasmasm.I32Add)
	decide := wasmasm.Code(
		in, 0x28, 2, 24, wasmasm.I32(badTime), wasmasm.I32Ne, wasmasm.I32Eqz, 0x04, 0x40, wasmasm.Unreachable, wasmasm.End,
		out, wasmasm.I32(0), wasmasm.I32(16), 0xfc, 11, 0, // memory.fill of the header
		out, wasmasm.I32(16), wasmasm.I32Add, wasmasm.I32(1), size, 0xfc, 11, 0, // and of the records
		out, total, 0x36, 2, 0, out, count, 0x36, 2, 4, out, wasmasm.I32(stride), 0x3b, 1, 8, total,
	)
	wasm := wasmasm.Module{Memory: wasmasm.Limits(32, 32), Funcs: []wasmasm.Func{
		{Export: hostapi.ExportArena, Type: "i>i", Body: wasmasm.I32(1 << 16)},
		{Export: hostapi.ExportConfigure, Type: call, Body: wasmasm.I32(0)},
		{Export: hook.Export(), Type: call, Body: decide},
	}}.Bytes()
	schema := json.RawMessage(`{"type": "object", "additionalProperties": false, "properties": {"mood": {"type": "integer"}}}`)
	return pack(t, wasm, hostapi.Manifest{Name: "moody", Version: "1.0.0", Hook: hook.String(), API: "1.0", Settings: schema, License: "MIT", Source: "here"})
}

// desk is a node without roles, with its store.
type desk struct {
	*testing.T
	*node.Desk
	store *pluginstore.Store
	dir   string // of the store
}

// sharedHost lasts as long as the tests, so that each plugin is compiled once.
var sharedHost = sync.OnceValues(func() (*pluginhost.Host, error) { return pluginhost.New(pluginhost.Config{}) })

func newDesk(t *testing.T) desk {
	t.Helper()
	host, err := sharedHost()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "plugins")
	store := pluginstore.New(dir)
	d, err := node.NewDesk(host, store, map[hostapi.Hook]string{hostapi.HookMatch: "cheapest", hostapi.HookAllow: "list"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return desk{t, d, store, dir}
}

func (d desk) install(p pluginstore.Package) {
	d.Helper()
	if err := d.store.Install(d.Context(), p, "", true); err != nil {
		d.Fatal(err)
	}
}

func (d desk) enable(p pluginstore.Package, e pluginstore.Entry) []node.PluginStatus {
	d.Helper()
	e.Plugin, e.Grants = p.ID, p.Info.Capabilities
	if _, err := d.store.Enable(d.Context(), e, p.Info, false); err != nil {
		d.Fatal(err)
	}
	return d.adopt()
}

func (d desk) adopt() []node.PluginStatus {
	d.Helper()
	status, err := d.Adopt(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	return status
}

func (d desk) wantMatch(at lilypad.Time, by string) {
	d.Helper()
	if got, err := d.Match(d.Context(), at); err != nil || got != by {
		d.Errorf("%q ranked, %v; want %s", got, err, by)
	}
}

func TestLineup_fallsBackAsItsOperatorChose(t *testing.T) {
	d, p := newDesk(t), moody(t, hostapi.HookMatch, 32)
	d.install(p)
	d.enable(p, pluginstore.Entry{})
	d.wantMatch(0, "moody")
	for range 8 { // until its breaker is open, and after
		d.wantMatch(badTime, "cheapest")
	}
	if s := d.Report()[0]; s.Failed != 8 || !strings.Contains(s.Failing, string(pluginhost.RuleBreaker)) || s.Since.IsZero() {
		t.Errorf("reported as %+v", s)
	}
	d.enable(p, pluginstore.Entry{Fallback: pluginstore.FallbackRefuse})
	if by, err := d.Match(t.Context(), badTime); err == nil {
		t.Errorf("%s ranked in its place", by)
	}
	d.enable(p, pluginstore.Entry{Fallback: pluginstore.FallbackNative})
	d.wantMatch(badTime, "")
}

// Also what the configuration names has a fallback, and who it fails is told.
func TestLineup_configuredFallsBack(t *testing.T) {
	d, p := newDesk(t), variant(t, moody(t, hostapi.HookMatch, 32), "mine", "1.0.0")
	if err := d.Configure(t.Context(), p, pluginstore.FallbackRefuse); err != nil {
		t.Fatal(err)
	}
	d.wantMatch(0, "mine")
	if by, err := d.Match(t.Context(), badTime); err == nil {
		t.Errorf("%q ranked in its place", by)
	}
	if err := d.Configure(t.Context(), p, pluginstore.FallbackNative); err != nil {
		t.Fatal(err)
	}
	d.wantMatch(badTime, "")
	got, err := d.Ranker().MatchStored(t.Context(), badTime, hostapi.Job{Engine: hostapi.EngineWasm}, [][]byte{stored(t, hostapi.Offer{Price: 7}), stored(t, hostapi.Offer{Price: 3})})
	if err != nil || len(got) != 2 || got[0].Decision != hostapi.DecisionRank || got[0].Score >= got[1].Score {
		t.Errorf("the node itself ranks %+v, %v; want the cheaper one first", got, err)
	}
	told := d.Configured()
	if c := told[len(told)-1]; c.Failed != 2 || c.Failing == "" || c.Fallback != pluginstore.FallbackNative || c.Plugin != p.ID {
		t.Errorf("reported as %+v", c)
	}
	for _, s := range d.Stats() {
		if s.ID == p.ID && s.Fallbacks != 2 {
			t.Errorf("%d fallbacks are counted", s.Fallbacks)
		}
	}
	list := variant(t, moody(t, hostapi.HookAllow, 24), "broken", "1.0.0")
	for fallback, want := range map[pluginstore.Fallback]bool{pluginstore.FallbackRefuse: false, pluginstore.FallbackSkip: true} {
		if err := d.Configure(t.Context(), list, fallback); err != nil {
			t.Fatal(err)
		}
		if err := d.Allow(t.Context(), badTime, hostapi.RoleCreator, "cowsay"); (err == nil) != want {
			t.Errorf("%s: allowed with %v", fallback, err)
		}
	}
}

func stored(t *testing.T, o hostapi.Offer) []byte {
	t.Helper()
	item, err := o.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// A refusal is told in the words of the version that made it.
func TestRanker_Reason_afterAHotReload(t *testing.T) {
	d, base := newDesk(t), builtin(t, hostapi.HookMatch, "cheapest")
	r, unreliable := d.Ranker(), [][]byte{stored(t, hostapi.Offer{Price: 1, JobsFailed: 100})}
	var said []hostapi.Score
	for i := range 20 {
		base.Info.Reasons = map[uint16]map[string]string{1: {"en": fmt.Sprint("words ", i)}}
		p := variant(t, base, "demo", fmt.Sprintf("1.0.%d", i))
		d.install(p)
		d.enable(p, pluginstore.Entry{})
		scores, err := r.MatchStored(t.Context(), 0, hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 2}, unreliable)
		if err != nil || scores[0].Decision != hostapi.DecisionRefuse {
			t.Fatalf("%+v, %v", scores, err)
		}
		said = append(said, scores[0])
	}
	for i, s := range said {
		want := fmt.Sprint("words ", i)
		if i < 4 {
			want = "refused by a plugin that was replaced meanwhile" // 16 are remembered
		}
		if got := r.Reason(s); got != want {
			t.Errorf("refusal %d: %q, want %q", i, got, want)
		}
	}
}

// A fallback is counted for one that never was loaded, as for one that traps.
func TestLineup_Stats_countsFallbacks(t *testing.T) {
	d, p := newDesk(t), variant(t, moody(t, hostapi.HookMatch, 32), "counted", "1.0.0")
	d.install(p)
	for i, settings := range []string{`{"mood": "odd"}`, `{"mood": 1}`} {
		d.enable(p, pluginstore.Entry{Settings: []byte(settings)})
		d.wantMatch(badTime, "cheapest")
		var got []pluginhost.Stat
		for _, s := range d.Stats() {
			if s.ID == p.ID {
				got = append(got, s)
			}
		}
		if len(got) != 1 || got[0].Plugin != "counted@1.0.0" || got[0].Hook != "match" || got[0].Fallbacks != uint64(i+1) {
			t.Errorf("counted %+v after %d fallbacks", got, i+1)
		}
	}
}

// A rule that cannot be asked is not taken to be kept.
func TestLineup_brokenRuleAllowsNothing(t *testing.T) {
	d, p := newDesk(t), moody(t, hostapi.HookAllow, 24)
	d.install(p)
	d.enable(p, pluginstore.Entry{Role: "provider"})
	if err := d.Allow(t.Context(), badTime, hostapi.RoleProvider, "cowsay"); err == nil {
		t.Error("the provider allows it")
	}
	if err := d.Allow(t.Context(), badTime, hostapi.RoleCreator, "cowsay"); err != nil {
		t.Errorf("the creator does not ask it: %v", err)
	}
	d.enable(p, pluginstore.Entry{Role: "provider", Fallback: pluginstore.FallbackSkip})
	if err := d.Allow(t.Context(), badTime, hostapi.RoleProvider, "cowsay"); err != nil {
		t.Errorf("the configured one allows it: %v", err)
	}
}

func TestLineup_allowAddsToTheConfiguredList(t *testing.T) {
	d, p := newDesk(t), variant(t, builtin(t, hostapi.HookAllow, "list"), "strict", "1.0.0")
	d.install(p)
	d.enable(p, pluginstore.Entry{Settings: []byte(`{"rules": [{"action": "deny", "name": "cowsay:*"}]}`)})
	err := d.Allow(t.Context(), badTime, hostapi.RoleSolver, "cowsay")
	if lilypad.CodeOf(err) != lilypad.Unauthorized || !strings.Contains(err.Error(), "allow plugin strict") {
		t.Errorf("cowsay: %v", err)
	}
	if err := d.Allow(t.Context(), badTime, hostapi.RoleSolver, "thumbnail"); err != nil {
		t.Errorf("thumbnail: %v", err)
	}
}

// The last good version stays, until it may not be run any more.
func TestLineup_keepsTheLastGoodVersion(t *testing.T) {
	d := newDesk(t)
	p := moody(t, hostapi.HookMatch, 32)
	good, bad := variant(t, p, "demo", "1.0.0"), variant(t, p, "demo", "2.0.0")
	d.install(good)
	d.install(bad)
	d.enable(good, pluginstore.Entry{})
	d.wantMatch(0, "demo")
	status := d.enable(bad, pluginstore.Entry{Settings: []byte(`{"mood": "good"}`)})
	if status[0].Instead != "match/demo@1.0.0" || !strings.Contains(status[0].Refused, "mood") {
		t.Errorf("reported as %+v", status[0])
	}
	d.wantMatch(0, "demo")
	if err := d.store.Remove(t.Context(), good.ID, false); err != nil {
		t.Fatal(err)
	}
	if status := d.adopt(); status[0].Instead != "" {
		t.Errorf("what was removed is still used: %+v", status[0])
	}
	d.wantMatch(0, "cheapest")
}

func TestLineup_shadowDecidesNothing(t *testing.T) {
	d, p := newDesk(t), variant(t, moody(t, hostapi.HookMatch, 32), "demo", "1.0.0")
	d.install(p)
	d.enable(p, pluginstore.Entry{Shadow: true})
	d.wantMatch(0, "cheapest")
	d.enable(p, pluginstore.Entry{})
	d.wantMatch(0, "demo")
	if status := d.enable(p, pluginstore.Entry{Shadow: true}); len(status) != 2 {
		t.Errorf("in its own shadow: %+v", status)
	}
	d.wantMatch(0, "demo")
}

// However many a file names, one ranks; the next is asked when it does not.
func TestLineup_oneRanks(t *testing.T) {
	d := newDesk(t)
	calm, p := variant(t, builtin(t, hostapi.HookMatch, "best-fit"), "calm", "1.0.0"), moody(t, hostapi.HookMatch, 32)
	var doc struct {
		Plugins []pluginstore.Entry `json:"plugins"`
	}
	for _, p := range []pluginstore.Package{p, calm, p} {
		d.install(p)
		doc.Plugins = append(doc.Plugins, d.enable(p, pluginstore.Entry{})[0].Entry)
	}
	doc.Plugins[2].Fallback = pluginstore.FallbackRefuse
	for _, tt := range []struct {
		from int
		by   string
	}{{1, "calm"}, {0, "calm"}} {
		text, err := json.Marshal(map[string]any{"plugins": doc.Plugins[tt.from:]})
		if err == nil {
			err = os.WriteFile(filepath.Join(d.dir, "enabled.json"), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		d.adopt()
		d.wantMatch(badTime, tt.by)
	}
}

// What was disabled is not asked while others are loaded, nor what may not be
// run any more; what stays is.
func TestLineup_slowLoadDelaysNoRemoval(t *testing.T) {
	for name, end := range map[string]func(d desk, p pluginstore.Package) error{
		"disabled": func(d desk, _ pluginstore.Package) error {
			_, err := d.store.Disable(d.Context(), "match/moody", false)
			return err
		},
		"not there any more": func(d desk, p pluginstore.Package) error {
			return os.RemoveAll(filepath.Join(d.dir, "sha256", strings.TrimPrefix(p.ID.String(), "sha256:")))
		},
	} {
		t.Run(name, func(t *testing.T) { testSlowLoad(t, end) })
	}
}

func testSlowLoad(t *testing.T, end func(desk, pluginstore.Package) error) {
	d := newDesk(t)
	ranks, rule := moody(t, hostapi.HookMatch, 32), moody(t, hostapi.HookAllow, 24)
	slow := variant(t, builtin(t, hostapi.HookAdmit, "standing"), "slow", "1.0.0")
	for _, p := range []pluginstore.Package{ranks, rule} {
		d.install(p)
		d.enable(p, pluginstore.Entry{})
	}
	checked := false
	d.Bring(slow, func() {
		d.wantMatch(0, "cheapest")
		if err := d.Allow(t.Context(), 0, hostapi.RoleSolver, "cowsay"); err != nil {
			t.Errorf("the enabled list: %v", err)
		}
		if err := d.Allow(t.Context(), badTime, hostapi.RoleSolver, "cowsay"); err == nil {
			t.Error("a rule that is enabled is not asked meanwhile")
		}
		checked = true
	})
	if err := end(d, ranks); err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.Enable(t.Context(), pluginstore.Entry{Plugin: slow.ID}, slow.Info, true); err != nil {
		t.Fatal(err)
	}
	if status := d.adopt(); !checked || status[len(status)-1].Refused != "" {
		t.Errorf("loaded %v, reported as %+v", checked, status)
	}
}

// What deals name can be named once it is enabled; when it is retired, open
// deals are still judged by it.
func TestLineup_whatDealsName(t *testing.T) {
	d, p := newDesk(t), variant(t, builtin(t, hostapi.HookCompare, "exact"), "exact", "9.0.0")
	d.install(p)
	check := func(when string, name, forNew, forOpen bool) {
		t.Helper()
		id, err := d.Find("exact")
		if gotNew, gotOpen := d.Knows(p.ID); err != nil || (id == p.ID) != name || gotNew != forNew || gotOpen != forOpen {
			t.Errorf("%s: its name is %v, for new deals %v, for open ones %v; %v", when, id == p.ID, gotNew, gotOpen, err)
		}
	}
	d.adopt()
	check("installed", false, false, false)
	d.enable(p, pluginstore.Entry{})
	check("enabled", true, true, true)
	if _, err := d.store.Disable(t.Context(), "compare/exact", false); err != nil {
		t.Fatal(err)
	}
	d.adopt()
	check("retired", false, false, true)

	other := p.Info
	other.Version = "9.1.0"
	if err := d.store.Remove(t.Context(), p.ID, true); err != nil {
		t.Fatal(err)
	}
	q := pack(t, p.Wasm, other)
	d.install(q)
	d.enable(q, pluginstore.Entry{})
	if version, err := d.Version(p.ID); err != nil || version != "9.1.0" {
		t.Errorf("installed with another manifest: it is %s, %v", version, err)
	}
}

// Callers never see a plugin that is closed, however often it changes.
func TestLineup_changesUnderLoad(t *testing.T) {
	d := newDesk(t)
	var versions []pluginstore.Package
	for _, v := range []string{"1.0.0", "1.0.1"} {
		versions = append(versions, variant(t, moody(t, hostapi.HookMatch, 32), "demo", v))
		d.install(versions[len(versions)-1])
	}
	ctx, cancel := context.WithCancel(t.Context())
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for ctx.Err() == nil {
				if _, err := d.Match(t.Context(), 0); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 32 {
		d.enable(versions[i%2], pluginstore.Entry{Fallback: pluginstore.FallbackRefuse})
		if _, err := d.store.Disable(t.Context(), "match/demo", false); i%4 == 3 && err == nil {
			d.adopt()
		}
	}
	cancel()
	callers.Wait()
}

func TestJoinAdmissions(t *testing.T) {
	const standing = 10
	take := func(price uint64) hostapi.Admission {
		return hostapi.Admission{Answer: hostapi.AnswerTake, Price: price}
	}
	decline := func(price uint64, reason uint16) hostapi.Admission {
		return hostapi.Admission{Answer: hostapi.AnswerDecline, Price: price, Reason: reason}
	}
	host, err := sharedHost()
	if err != nil {
		t.Fatal(err)
	}
	pkg := moody(t, hostapi.HookAdmit, 40)
	p, err := host.Open(pluginhost.Source{Wasm: pkg.Wasm, Manifest: pkg.Manifest})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	reason := func(n int) string { return fmt.Sprintf("admit plugin moody: reason %d (0, 0)", n) }
	for name, tt := range map[string]struct {
		said []hostapi.Admission
		want provider.Admission
	}{
		"one takes it":                 {[]hostapi.Admission{take(0)}, provider.Admission{}},
		"one takes it for less":        {[]hostapi.Admission{take(7)}, provider.Admission{Price: 7}},
		"both for less":                {[]hostapi.Admission{take(7), take(8)}, provider.Admission{Price: 8}},
		"one for less":                 {[]hostapi.Admission{take(7), take(0)}, provider.Admission{}},
		"one wants more":               {[]hostapi.Admission{take(7), decline(12, 1)}, provider.Admission{Declined: reason(1), Price: 12}},
		"both want more":               {[]hostapi.Admission{decline(13, 1), decline(12, 2)}, provider.Admission{Declined: reason(1), Price: 13}},
		"the other wants more":         {[]hostapi.Admission{decline(12, 1), decline(13, 2)}, provider.Admission{Declined: reason(2), Price: 13}},
		"one wants more, one declines": {[]hostapi.Admission{decline(12, 1), decline(0, 2)}, provider.Admission{Declined: reason(2)}},
		"one declines":                 {[]hostapi.Admission{take(0), decline(0, 3)}, provider.Admission{Declined: reason(3)}},
	} {
		if got := node.JoinAdmissions(p, standing, tt.said...); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}
