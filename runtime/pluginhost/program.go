package pluginhost

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"golang.org/x/sync/semaphore"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// program is what all loads of one plugin with the same settings and grants
// share: its code and its guests.
type program struct {
	host     *Host
	key      [32]byte
	holders  int // guarded by Host.mu
	id       lilypad.PluginID
	manifest hostapi.Manifest
	hook     hostapi.Hook
	minor    uint16
	source   Source
	settings []byte // the settings record
	warmUp   []byte // an empty batch
	granted  []string
	opened   Source // without Wasm, for decisions
	constant Record // what all records of it have in common; without the snapshot
	log      *slog.Logger
	logs     logLimit
	tally    *tally
	breaker  breaker

	gate    chan struct{}        // holds one token while someone is inside; guards loading, and what follows
	live    atomic.Pointer[pool] // nil until the first call, and after a time without calls; read without the gate
	referee *referee             // nil until the first question
	closed  bool
}

// name puts the plugin and its hook into a refusal.
func (p *program) name(r *Refusal) error {
	r.Plugin, r.Hook = p.String(), p.manifest.Hook
	return r
}

func (p *program) String() string {
	if p.manifest.Name == "" {
		return p.id.String()
	}
	return plain(p.manifest.Name+"@"+p.manifest.Version, maxName)
}

// take returns a guest and the pool to give it back to, and sets how long the
// turn waited.
func (p *program) take(ctx context.Context, t *turn) (*pool, *guest, *Refusal) {
	if live := p.live.Load(); live != nil {
		if g := live.spare(); g != nil {
			return live, g, nil // at once: a look at the clock would take longer
		}
	}
	defer func() { t.wait = time.Since(t.began) }()
	for {
		pool, r := p.ready(ctx)
		if r != nil {
			return nil, nil, r
		}
		g, r := pool.take(ctx)
		if r != errUnloaded {
			return pool, g, r
		}
		if r := p.lock(ctx); r != nil {
			return nil, nil, r
		}
		p.unlock() // who unloaded it is done
	}
}

// ready loads the plugin unless it is, and returns its guests. The engine
// cannot be interrupted while it translates, so who gives up leaves it to that;
// the code is for whoever else holds the program, and for CacheDir if there is
// one. Closing the host waits for both.
func (p *program) ready(ctx context.Context) (*pool, *Refusal) {
	if live := p.live.Load(); live != nil {
		return live, nil
	}
	if r := p.lock(ctx); r != nil {
		return nil, r
	}
	if live := p.live.Load(); live != nil {
		p.unlock()
		return live, nil
	}
	if !p.host.hold(p) {
		p.unlock()
		return nil, refusef(RuleClosed, "it was closed")
	}
	type result struct {
		live *pool
		r    *Refusal
	}
	done := make(chan result, 1)
	go func() { // close waits for it at the gate, and Host.Close if it is the last holder
		live, r := p.load(ctx)
		if r == nil {
			p.live.Store(live)
			p.tally.count(func(s *Stat) { s.Loads++ })
		}
		p.unlock()
		p.host.release(p)
		done <- result{live, r}
	}()
	select {
	case loaded := <-done:
		return loaded.live, loaded.r
	case <-ctx.Done():
		return nil, cancelled(ctx)
	}
}

// lock passes the gate of a program that is not closed.
func (p *program) lock(ctx context.Context) *Refusal {
	select {
	case p.gate <- struct{}{}:
	case <-ctx.Done():
		return cancelled(ctx)
	}
	if p.closed {
		p.unlock()
		return refusef(RuleClosed, "it was closed")
	}
	return nil
}

func (p *program) unlock() { <-p.gate }

// load makes code and the first guest of the module, and publishes nothing
// that does not answer the conformance vectors.
func (p *program) load(ctx context.Context) (*pool, *Refusal) {
	runtime, code, r := p.translated(ctx)
	if r != nil {
		return nil, r
	}
	live := &pool{program: p, runtime: runtime, code: code, last: time.Now()}
	live.slots = semaphore.NewWeighted(live.all())
	g, r := p.fresh(ctx, runtime, code)
	if r == nil {
		var err error
		if live.state, err = g.freeze(p.host.config.Restore); err != nil {
			g.close()
			r = systemFault(err)
		}
	}
	if r != nil {
		_ = code.Close(context.Background()) // both hold memory only
		_ = runtime.Close(context.Background())
		return nil, r
	}
	live.free = append(live.free, g)
	if r := live.conform(ctx); r != nil {
		live.close()
		return nil, r
	}
	return live, nil
}

// fresh makes a guest that went through its start.
func (p *program) fresh(ctx context.Context, runtime wazero.Runtime, code wazero.CompiledModule) (*guest, *Refusal) {
	g, r := p.instantiate(ctx, runtime, code)
	if r != nil {
		return nil, r
	}
	if r := g.start(); r != nil {
		g.close()
		return nil, r
	}
	return g, nil
}

// translated is the module's code. What is not in the cache is translated one
// module at a time, since the worst take seconds and much memory.
func (p *program) translated(ctx context.Context) (wazero.Runtime, wazero.CompiledModule, *Refusal) {
	wasm, known := p.kept()
	if !known {
		select {
		case p.host.translating <- struct{}{}:
			defer func() { <-p.host.translating }()
		case <-ctx.Done():
			return nil, nil, cancelled(ctx)
		}
		var r *Refusal
		if wasm, r = p.rewrite(ctx); r != nil {
			return nil, nil, r
		}
	}
	engine := wazero.NewRuntimeConfig() // the compiler, on processors that it knows
	if p.host.config.Interpreter {
		engine = wazero.NewRuntimeConfigInterpreter()
	}
	runtime, code, r := p.compile(ctx, engine.WithCompilationCache(p.host.cache), wasm)
	if r == nil && !known {
		if r = p.keep(wasm); r != nil {
			_ = runtime.Close(ctx) // memory only
		}
	}
	return runtime, code, r
}

// compile turns a rewritten module into code of a runtime of its own.
func (p *program) compile(ctx context.Context, config wazero.RuntimeConfig, wasm []byte) (wazero.Runtime, wazero.CompiledModule, *Refusal) {
	runtime := wazero.NewRuntimeWithConfig(ctx, features(config).WithMemoryLimitPages(p.manifest.Memory/pageSize))
	err := errors.Join(exportWASI(ctx, runtime), exportCapabilities(ctx, runtime, p.granted), exportRefill(ctx, runtime))
	if err != nil {
		_ = runtime.Close(ctx) // memory only
		return nil, nil, refusef(RuleImport, "%v", err)
	}
	code, err := translate(ctx, runtime, wasm)
	if err != nil {
		_ = runtime.Close(ctx) // memory only
		return nil, nil, refusef(RuleWasm, "%s", plain(err.Error(), maxText))
	}
	return runtime, code, nil
}

func features(config wazero.RuntimeConfig) wazero.RuntimeConfig {
	return config.WithCoreFeatures(api.CoreFeaturesV2.SetEnabled(api.CoreFeatureSIMD, false)).WithDebugInfoEnabled(false)
}

// translate has the engine validate and compile a module. The engine panics
// on some invalid ones (found by FuzzTranslate), which must not end the node; so
// it works in this goroutine alone.
func translate(ctx context.Context, r wazero.Runtime, wasm []byte) (code wazero.CompiledModule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine gave up: %v", r)
		}
	}()
	return r.CompileModule(ctx, wasm)
}

// unload frees what an idle plugin has in memory, unless it was used since.
// Its next call loads it again.
func (p *program) unload(since time.Time) {
	select {
	case p.gate <- struct{}{}:
	default:
		return // it is being loaded, or closed
	}
	defer p.unlock()
	if live := p.live.Load(); live != nil && live.closeIdle(since) {
		p.live.Store(nil)
		p.dismiss()
		p.tally.unloaded()
	}
}

// close waits for calls to end and frees everything.
func (p *program) close() {
	p.gate <- struct{}{}
	defer p.unlock()
	p.closed = true
	if live := p.live.Swap(nil); live != nil {
		live.close()
	}
	p.dismiss()
}
