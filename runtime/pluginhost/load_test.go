package pluginhost_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// cache is shared by tests that are not about compilation.
var cache string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "pluginhost") // 0700
	if err != nil {
		panic(err)
	}
	cache = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func newHost(t testing.TB, config pluginhost.Config) *pluginhost.Host {
	t.Helper()
	h, err := pluginhost.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h
}

// wantRefusal checks that err names plugin, hook and rule.
func wantRefusal(t *testing.T, err error, rule pluginhost.Rule, about string) {
	t.Helper()
	r, ok := errors.AsType[*pluginhost.Refusal](err)
	if !ok {
		t.Fatalf("got %v, want a refusal", err)
	}
	if r.Rule != rule || !strings.Contains(r.Msg, about) {
		t.Errorf("got %v, want rule %s and %q", err, rule, about)
	}
	if !strings.Contains(err.Error(), r.Plugin) || r.Plugin == "" {
		t.Errorf("%v does not name the plugin", err)
	}
	if lilypad.CodeOf(err) != r.Code() {
		t.Errorf("%v unwraps to %s, want %s", err, lilypad.CodeOf(err), r.Code())
	}
}

func TestHost_Load_refuses(t *testing.T) {
	log := guestImport{"lilypad", "log", funcLog}
	manyFuncs := honest()
	for range 50_001 {
		manyFuncs.funcs = append(manyFuncs.funcs, guestFunc{})
	}
	edited := func(edit func(*pluginhost.Source)) pluginhost.Source {
		s := source(honest())
		edit(&s)
		return s
	}
	imports := func(ims ...guestImport) guestModule {
		g := honest()
		g.imports = ims
		return g
	}
	module := func(edit func(*guestModule)) pluginhost.Source {
		g := honest()
		edit(&g)
		return source(g)
	}
	const settings = `"settings":{"type":"object","additionalProperties":false,"required":["floor"],"properties":{"floor":{"type":"integer","minimum":1},"free":{}}}`
	with := func(settings map[string]any, manifest string) pluginhost.Source {
		s := source(honest(), manifest)
		s.Settings = settings
		return s
	}
	for _, tc := range []struct {
		name  string
		src   pluginhost.Source
		rule  pluginhost.Rule
		about string
	}{
		{"too many bytes", edited(func(s *pluginhost.Source) { s.Wasm = make([]byte, 8<<20+1) }), pluginhost.RuleSize, "at most"},
		{"other bytes than pinned", edited(func(s *pluginhost.Source) { s.Pin[0]++ }), pluginhost.RuleDigest, "pinned"},
		{"other bytes than in the manifest", edited(func(s *pluginhost.Source) { s.Wasm = append(s.Wasm, 0, 1, 0) }), pluginhost.RuleDigest, "manifest"},
		{"no manifest", edited(func(s *pluginhost.Source) { s.Manifest = nil }), pluginhost.RuleManifest, ""},
		{"unknown key", source(honest(), `"fue":1`), pluginhost.RuleManifest, "fue"},
		{"key twice", source(honest(), `"Name":"other"`), pluginhost.RuleManifest, "twice"},
		{"more after the manifest", edited(func(s *pluginhost.Source) { s.Manifest = append(s.Manifest, "{}"...) }), pluginhost.RuleManifest, "follows"},
		{"memory in parts of pages", source(honest(), `"memory":100000`), pluginhost.RuleManifest, "memory"},

		{"no wasm", pluginhost.Source{Wasm: []byte("#!/bin/sh"), Manifest: manifestFor("allow", []byte("#!/bin/sh"))}, pluginhost.RuleWasm, "not a WebAssembly"},
		{"cut off", module(func(g *guestModule) { g.extra = []byte{11, 5} }), pluginhost.RuleWasm, "too soon"},
		{"function of a type that is not there", source(honest().with(guestFunc{typ: 48})), pluginhost.RuleWasm, "type 48"},
		{"section twice", module(func(g *guestModule) { g.extra = []byte{10, 1, 0} }), pluginhost.RuleWasm, "order"},
		{"invalid code", source(honest().with(guestFunc{body: []byte{0x6a}})), pluginhost.RuleWasm, ""},
		{"SIMD", source(honest().with(guestFunc{body: append([]byte{0xfd, 12}, make([]byte, 16)...), export: "x"})), pluginhost.RuleFeature, ""},
		{"tail call", source(honest().with(guestFunc{body: []byte{0x12, 0}, typ: funcArena})), pluginhost.RuleFeature, ""},
		{"atomics", source(honest().with(guestFunc{body: []byte{0xfe, 3, 0}})), pluginhost.RuleFeature, ""},
		{"exceptions", source(honest().with(guestFunc{body: []byte{0x08, 0}})), pluginhost.RuleFeature, ""},
		{"sets an undeclared global", source(honest().with(guestFunc{body: slices.Concat(i32(1), []byte{0x24, 7})})), pluginhost.RuleWasm, ""},
		{"sets an undeclared local", source(honest().with(guestFunc{body: slices.Concat(i32(1), []byte{0x21, 7})})), pluginhost.RuleWasm, ""},
		{"branches to an undeclared label", source(honest().with(guestFunc{body: []byte{0x0c, 9}})), pluginhost.RuleWasm, ""},
		{"calls an undeclared function", source(honest().with(guestFunc{body: callFunc(99)})), pluginhost.RuleWasm, ""},

		{"too many functions", source(manyFuncs), pluginhost.RuleSize, "functions"},
		{"giant function", source(honest().with(guestFunc{body: bytes.Repeat([]byte{1}, 1<<20)})), pluginhost.RuleSize, "one function"},
		{"too many locals", source(honest().with(guestFunc{locals: []byte{1, 0xff, 0xff, 3, 0x7f}})), pluginhost.RuleSize, "locals"},
		{"long name", source(honest().with(guestFunc{export: strings.Repeat("x", 300)})), pluginhost.RuleSize, "name"},
		{"huge table", module(func(g *guestModule) { g.table = limits(1<<30, 1<<30) }), pluginhost.RuleSize, "table"},

		{"WASI file", source(imports(guestImport{"wasi_snapshot_preview1", "path_open", funcType0})), pluginhost.RuleImport, "path_open"},
		{"other module", source(imports(guestImport{"env", "log", funcLog})), pluginhost.RuleImport, `"env"."log"`},
		{"no such host function", source(imports(guestImport{"lilypad", "exec", funcLog})), pluginhost.RuleImport, "exec"},
		{"other signature", source(imports(guestImport{"lilypad", "log", funcArena})), pluginhost.RuleImport, "signature"},
		{"capability not declared", source(imports(log)), pluginhost.RuleGrant, "manifest"},
		{"capability not granted", source(imports(log), `"capabilities":["log"]`), pluginhost.RuleGrant, "not granted"},
		{"reserved import", source(imports(guestImport{"__lilypad", "fuel", funcLog})), pluginhost.RuleReserved, "__lilypad"},
		{"reserved export", source(honest().with(guestFunc{export: "__lilypad_fuel"})), pluginhost.RuleReserved, "__lilypad_fuel"},

		{"start section", source(guestModule{start: true, memory: limits(1, 1), funcs: append([]guestFunc{{}}, honest().funcs...)}), pluginhost.RuleStart, "start"},
		{"command", source(honest().with(guestFunc{export: "_start"})), pluginhost.RuleStart, "reactor"},
		{"no hook", source(guest("lilypad_match_1", 32, nil)), pluginhost.RuleExport, "lilypad_allow_1"},
		{"hook of a later version", source(guest("lilypad_allow_2", 32, unreachable)), pluginhost.RuleExport, "lilypad_allow_1"},
		{"hook with another signature", source(honest().with(guestFunc{export: "lilypad_allow_1"})), pluginhost.RuleExport, "signature () ()"},
		{"no memory", module(func(g *guestModule) { g.memory = nil; g.noMemory = true }), pluginhost.RuleMemory, "one memory"},
		{"memory not exported", module(func(g *guestModule) { g.noMemory = true }), pluginhost.RuleMemory, "exported"},
		{"memory above the cap", module(func(g *guestModule) { g.memory = limits(1025, 1025) }), pluginhost.RuleMemory, "1024 pages"},
		{"memory above the manifest", source(honest(), `"memory":65536`), pluginhost.RuleMemory, "1 pages"},
		{"shared memory", module(func(g *guestModule) { g.memory = []byte{3, 1, 2} }), pluginhost.RuleFeature, "shared"},
		{"mutable reference", module(func(g *guestModule) { g.globals = [][]byte{{0x70, 1, 0xd0, 0x70, 0x0b}} }), pluginhost.RuleGlobal, "funcref"},

		{"setting missing", with(nil, settings), pluginhost.RuleSettings, "floor"},
		{"setting out of range", with(map[string]any{"floor": 0}, settings), pluginhost.RuleSettings, "floor: "},
		{"setting unknown", with(map[string]any{"floor": 1, "flor": 2}, settings), pluginhost.RuleSettings, "flor"},
		{"setting with a fraction", with(map[string]any{"floor": 1, "free": 1.5}, settings), pluginhost.RuleSettings, "free"},
		{"setting null", with(map[string]any{"floor": 1, "free": nil}, settings), pluginhost.RuleSettings, "free"},
		{"settings without a schema", with(map[string]any{"floor": 1}, `"summary":""`), pluginhost.RuleSettings, "floor"},
		{"schema that is none", with(nil, `"settings":{"type":"objekt"}`), pluginhost.RuleSettings, "schema"},
		{"schema with references", with(nil, `"settings":{"$ref":"file:///etc/passwd"}`), pluginhost.RuleSettings, "$ref"},

		{"trap in _initialize", source(honest().with(guestFunc{export: "_initialize", body: unreachable})), pluginhost.RuleTrap, "unreachable"},
		{"trap in a data segment", module(func(g *guestModule) {
			g.extra = slices.Concat([]byte{11}, uleb(10), []byte{1, 0}, i32(0x7ffffff), []byte{0x0b, 1, 'x'})
		}), pluginhost.RuleTrap, ""},
		{"arena outside memory", source(honest().with(guestFunc{export: "lilypad_arena", typ: funcArena, body: i32(0x7ffffff0)})), pluginhost.RuleArena, "memory"},
		{"arena unaligned", source(honest().with(guestFunc{export: "lilypad_arena", typ: funcArena, body: i32(65537)})), pluginhost.RuleArena, "aligned"},
		{"arena at null", source(honest().with(guestFunc{export: "lilypad_arena", typ: funcArena, body: i32(0)})), pluginhost.RuleArena, ""},
		{"settings refused by the guest", source(honest().with(guestFunc{export: "lilypad_configure", typ: funcCall, body: i32(-4)})), pluginhost.RuleSettings, "settings refused"},
		{"trap in the warm-up", source(honest().with(guestFunc{export: "lilypad_allow_1", typ: funcCall, body: unreachable})), pluginhost.RuleTrap, "lilypad_allow_1"},
		{"answer to nothing", source(honest().with(guestFunc{export: "lilypad_allow_1", typ: funcCall, body: i32(8)})), pluginhost.RuleOutput, "empty batch"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := newHost(t, pluginhost.Config{}).Load(context.Background(), tc.src)
			wantRefusal(t, err, tc.rule, tc.about)
		})
	}
}

func TestHost_Load_runsTheHonest(t *testing.T) {
	p, err := newHost(t, pluginhost.Config{}).Load(context.Background(), source(honest()))
	if err != nil {
		t.Fatal(err)
	}
	wantAllowed(t, p)
}

func wantAllowed(t *testing.T, p *pluginhost.Plugin) {
	t.Helper()
	got, err := p.Allow(context.Background(), 7, []hostapi.Module{module})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Permission != hostapi.PermissionAllow {
		t.Errorf("got %v, want one that allows", got)
	}
}

var module = hostapi.Module{Role: hostapi.RoleSolver, Engine: hostapi.EngineWasm, Listing: hostapi.ListingListed}

func TestNew_refusesSharedCache(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := pluginhost.New(pluginhost.Config{CacheDir: dir})
	if lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
		t.Errorf("got %v, want invalid with a remedy", err)
	}
}

func TestNew_refusesLimitsOutOfRange(t *testing.T) {
	for _, config := range []pluginhost.Config{
		{Calls: -1},
		{Wait: -1},
		{Sample: 0.03},
		{Breaker: pluginhost.Breaker{Cool: -1}},
		{Unrestored: true, Sample: 0.01},
		{Unrestored: true, OnDecision: func(context.Context, pluginhost.Decision) {}},
	} {
		if _, err := pluginhost.New(config); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%+v: %v, want invalid", config, err)
		}
	}
}

func TestNew_makesPrivateCache(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "cache")
	h := newHost(t, pluginhost.Config{CacheDir: dir})
	if _, err := h.Load(context.Background(), source(honest())); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v; want 0700", info.Mode(), err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*", "*")); len(files) == 0 {
		t.Error("nothing was cached")
	}
}

// Who gives up does not wait for the engine, which cannot be interrupted. What
// it makes is there for the next one, and closing waits for it.
func TestHost_Load_returnsWhenGivenUp(t *testing.T) {
	branches := bytes.Repeat(asm.Code(asm.I32(1), asm.If()), 2000) // of a function; some seconds in all
	m := honest()
	for range 12 {
		m = m.with(guestFunc{body: branches})
	}
	src := source(m)
	h := newHost(t, pluginhost.Config{CacheDir: filepath.Join(t.TempDir(), "cache")})
	ctx, cancel := context.WithCancel(context.Background())
	errs := make(chan error)
	for range 2 {
		go func() {
			_, err := h.Load(ctx, src)
			errs <- err
		}()
	}
	for !h.Translating() {
		time.Sleep(time.Millisecond)
	}
	cancel()
	for range 2 {
		wantRefusal(t, <-errs, pluginhost.RuleCancelled, "gave up")
	}
	if !h.Translating() {
		t.Error("Load waited for the engine")
	}
	wantAllowed(t, loadIn(t, h, src))
}

// A program whose last holder is just closing it is no longer the host's to
// close, but uses the code that the host frees.
func TestHost_Close_waitsForLastHolder(t *testing.T) {
	h, err := pluginhost.New(pluginhost.Config{})
	if err != nil {
		t.Fatal(err)
	}
	p := loadIn(t, h, source(honest()))
	release := p.Hold()
	go p.Close()
	for h.Held() > 0 {
		time.Sleep(time.Millisecond)
	}
	closed := make(chan error)
	go func() { closed <- h.Close() }()
	select {
	case err := <-closed:
		t.Fatalf("the host was closed before its program: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	release()
	if err := <-closed; err != nil {
		t.Error(err)
	}
}
