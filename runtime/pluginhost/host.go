package pluginhost

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Config configures a [Host]. The zero value is a host that keeps compiled
// code in memory, logs nothing and records nothing.
type Config struct {
	// CacheDir is a folder of this host's own for compiled code; it is made
	// with mode 0700. Whoever can write to it can run code as this process.
	CacheDir string
	Log      *slog.Logger // what plugins say

	Calls     int           // at once in one plugin; 0: the number of CPUs
	Wait      time.Duration // for one of them to end; 0: 10 s
	CallTime  time.Duration // of one batch; 0: 5 s
	StartTime time.Duration // of one instance; 0: 10 s

	// OnDecision is given every batch that a plugin was asked about, answered
	// or not, in the goroutine and with the context of the caller.
	OnDecision func(context.Context, Decision)
}

// Host loads plugins. Loads of the same plugin, settings and grants share
// compiled code and instances. Safe for concurrent use.
type Host struct {
	config Config
	cache  wazero.CompilationCache

	mu       sync.Mutex // guards what follows
	programs map[[32]byte]*program
	closed   bool
}

// New returns a host.
//
// # Errors
//
// Invalid when others can read or write CacheDir, or a number is negative;
// Internal when CacheDir cannot be made.
func New(config Config) (*Host, error) {
	if config.Calls < 0 || min(config.Wait, config.CallTime, config.StartTime) < 0 {
		return nil, lilypad.Errorf(lilypad.Invalid, "plugin host: calls and times are not negative")
	}
	config.Log = cmp.Or(config.Log, slog.New(slog.DiscardHandler))
	config.Calls = cmp.Or(config.Calls, runtime.NumCPU())
	config.Wait = cmp.Or(config.Wait, 10*time.Second)
	config.CallTime = cmp.Or(config.CallTime, 5*time.Second)
	config.StartTime = cmp.Or(config.StartTime, 10*time.Second)
	cache, err := openCache(config.CacheDir)
	if err != nil {
		return nil, err
	}
	return &Host{config: config, cache: cache, programs: map[[32]byte]*program{}}, nil
}

// openCache relies on the engine to key what it stores by its own version,
// the processor and the module's digest.
func openCache(dir string) (wazero.CompilationCache, error) {
	if dir == "" {
		return wazero.NewCompilationCache(), nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "plugin cache", Err: err}
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "plugin cache", Err: err}
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return nil, lilypad.Errorf(lilypad.Invalid, "plugin cache %s has mode %v: others could change the code in it", dir, mode).
			Try("chmod 700 %s", dir)
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "plugin cache", Err: err}
	}
	return cache, nil
}

// Close waits for the calls that are running, ends all plugins and frees
// their code. Plugins answer no more afterwards.
func (h *Host) Close() error {
	h.mu.Lock()
	programs := h.programs
	h.programs, h.closed = nil, true
	h.mu.Unlock()
	for _, p := range programs {
		p.close()
	}
	return h.cache.Close(context.Background())
}

// share returns the program for what was checked: the one that is there, or
// fresh.
func (h *Host) share(fresh *program) (*program, *Refusal) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, refusef(RuleClosed, "its host was closed")
	}
	p, ok := h.programs[fresh.key]
	if !ok {
		p = fresh
		h.programs[p.key] = p
	}
	p.holders++
	return p, nil
}

// release gives back what share returned.
func (h *Host) release(p *program) {
	h.mu.Lock()
	p.holders--
	last := p.holders == 0 && h.programs[p.key] == p
	if last {
		delete(h.programs, p.key)
	}
	h.mu.Unlock()
	if last {
		p.close()
	}
}

// Source is a plugin and how its operator wants it.
type Source struct {
	Wasm     []byte           // not to be changed afterwards
	Manifest []byte           // manifest.json
	Pin      lilypad.PluginID // what the operator or a deal names; zero: any
	Settings map[string]any   // by the manifest's schema; what is absent gets its default
	Grants   []string         // capabilities it may have
}

// Open checks everything about a plugin that needs no running: sizes,
// digests, manifest, static policy, settings. It is compiled and started with
// its first call. Close the plugin when it is not needed any more.
//
// # Errors
//
// A [Refusal].
func (h *Host) Open(src Source) (*Plugin, error) {
	fresh, r := h.check(src)
	if r == nil {
		var shared *program
		if shared, r = h.share(fresh); r == nil {
			return &Plugin{host: h, program: shared}, nil
		}
	}
	return nil, fresh.name(r)
}

// Load is Open, and then starts the plugin: validation by the engine,
// compilation, an instance with its arena, settings and warm-up.
//
// # Errors
//
// A [Refusal].
func (h *Host) Load(ctx context.Context, src Source) (*Plugin, error) {
	p, err := h.Open(src)
	if err != nil {
		return nil, err
	}
	if _, r := p.program.ready(ctx); r != nil {
		p.Close()
		return nil, p.program.name(r)
	}
	return p, nil
}

// check refuses what can be refused without running it, cheapest first.
func (h *Host) check(src Source) (*program, *Refusal) {
	p := &program{host: h, id: sha256.Sum256(src.Wasm), wasm: src.Wasm, gate: make(chan struct{}, 1)}
	if len(src.Wasm) > maxWasm {
		return p, refusef(RuleSize, "%d bytes; at most %d", len(src.Wasm), maxWasm)
	}
	if !src.Pin.IsZero() && src.Pin != p.id {
		return p, refusef(RuleDigest, "it is %s; pinned is %s", p.id, src.Pin)
	}
	m, r := parseManifest(src.Manifest)
	if r != nil {
		return p, r
	}
	p.manifest = m
	p.hook, _ = hostapi.ParseHook(m.Hook)      // checked with the manifest
	p.minor, _ = m.MinorVersion()              // too
	want, _ := lilypad.ParsePluginID(m.SHA256) // too
	if want != p.id {
		return p, refusef(RuleDigest, "it is %s; its manifest is for %s", p.id, want)
	}
	o, r := inspect(src.Wasm)
	if r != nil {
		return p, r
	}
	if r := o.check(m, p.hook, src.Grants); r != nil {
		return p, r
	}
	settings, r := resolve(m.Settings, src.Settings)
	if r != nil {
		return p, r
	}
	var err error
	if p.settings, err = settings.Append(nil, p.minor); err != nil {
		return p, refusef(RuleSettings, "%v", err)
	}
	if p.warmUp, err = warmUps[p.hook].Append(nil, p.minor); err != nil {
		return p, refusef(RuleManifest, "no warm-up: %v", err)
	}
	p.identify(src)
	return p, nil
}

// identify computes the key under which loads share a program.
func (p *program) identify(src Source) {
	for _, c := range p.manifest.Capabilities {
		if slices.Contains(src.Grants, c) {
			p.granted = append(p.granted, c)
		}
	}
	slices.Sort(p.granted)
	text, err := json.Marshal([]any{p.id, sha256.Sum256(src.Manifest), p.settings, p.granted})
	if err != nil {
		panic(err) // digests, bytes and names always marshal
	}
	p.key = sha256.Sum256(text)
}
