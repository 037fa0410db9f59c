package pluginhost

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

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
	settings []byte // the settings record
	warmUp   []byte // an empty batch
	granted  []string
	logs     logLimit

	gate    chan struct{} // holds one token while someone is inside; guards what follows
	wasm    []byte        // until it is compiled
	runtime wazero.Runtime
	pool    *pool
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

// ready compiles and starts the plugin, once, and returns its guests.
func (p *program) ready(ctx context.Context) (*pool, *Refusal) {
	select {
	case p.gate <- struct{}{}:
	case <-ctx.Done():
		return nil, cancelled(ctx)
	}
	defer func() { <-p.gate }()
	if p.closed {
		return nil, refusef(RuleClosed, "it was closed")
	}
	if p.pool != nil {
		return p.pool, nil
	}
	r := p.compile(ctx)
	if r != nil && p.runtime != nil {
		_ = p.runtime.Close(context.Background()) // memory only
		p.runtime = nil
	}
	return p.pool, r
}

// compile turns the module into code and its first guest. The fuel rewriter
// comes between the static policy, which Host.check has enforced, and the
// engine.
func (p *program) compile(ctx context.Context) *Refusal {
	p.runtime = wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2.SetEnabled(api.CoreFeatureSIMD, false)).
		WithMemoryLimitPages(p.manifest.Memory/pageSize).
		WithCompilationCache(p.host.cache).
		WithCloseOnContextDone(true).
		WithDebugInfoEnabled(false))
	err := errors.Join(exportWASI(ctx, p.runtime), exportCapabilities(ctx, p.runtime, p.granted))
	if err != nil {
		return refusef(RuleImport, "%v", err)
	}
	code, err := translate(ctx, p.runtime, p.wasm)
	if err != nil {
		return refusef(RuleWasm, "%s", plain(err.Error(), maxText))
	}
	start := func(ctx context.Context) (*guest, *Refusal) { return p.instance(ctx, code) }
	first, r := start(ctx)
	if r != nil {
		return r
	}
	p.pool = newPool(p.host.config.Calls, p.host.config.Wait, first, start)
	p.wasm = nil
	return nil
}

// translate has the engine validate and compile a module. The engine panics
// on some invalid ones (found by FuzzInspect), which must not end the node; so
// it works in this goroutine alone.
func translate(ctx context.Context, r wazero.Runtime, wasm []byte) (code wazero.CompiledModule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine gave up: %v", r)
		}
	}()
	return r.CompileModule(ctx, wasm)
}

// instance starts a guest within the time limit for it.
func (p *program) instance(ctx context.Context, code wazero.CompiledModule) (*guest, *Refusal) {
	ctx, cancel := context.WithTimeoutCause(ctx, p.host.config.StartTime, errTimeLimit)
	defer cancel()
	c, g := p.call(), &guest{size: p.manifest.Arena}
	var err error
	g.mod, err = p.runtime.InstantiateModule(experimental.WithMemoryAllocator(c.in(ctx), &g.memory), code,
		wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		g.memory.Free()
		return nil, c.explain(ctx, "instantiate", err)
	}
	if r := g.start(ctx, c, p); r != nil {
		g.close()
		return nil, r
	}
	return g, nil
}

// call is what the host functions need during a call.
func (p *program) call() *call {
	return &call{
		logger: p.host.config.Log.With(slog.String("plugin", p.String()), slog.String("hook", p.manifest.Hook)),
		limit:  &p.logs,
		minor:  p.minor,
	}
}

// close waits for calls to end and frees everything.
func (p *program) close() {
	p.gate <- struct{}{}
	defer func() { <-p.gate }()
	p.closed = true
	if p.pool != nil {
		p.pool.close()
		_ = p.runtime.Close(context.Background()) // memory only
	}
}

// Record says what an answer followed from. Equal records but for Output
// would be a defect: whoever has the plugin can compute the answer again.
type Record struct {
	Module   lilypad.PluginID `json:"module"`
	Hook     string           `json:"hook"`
	API      string           `json:"api"`
	Settings lilypad.Hash     `json:"settings"` // SHA-256 of the settings record
	Memory   uint32           `json:"memory"`   // bytes
	Arena    uint32           `json:"arena"`    // bytes
	WarmUp   lilypad.Hash     `json:"warm_up"`  // SHA-256
	Input    lilypad.Hash     `json:"input"`    // SHA-256
	Output   lilypad.Hash     `json:"output"`   // SHA-256; zero without an answer
}

func (p *program) record(in, out []byte) Record {
	r := Record{
		Module: p.id, Hook: p.manifest.Hook, API: p.manifest.API,
		Settings: sha256.Sum256(p.settings), Memory: p.manifest.Memory, Arena: p.manifest.Arena,
		WarmUp: sha256.Sum256(p.warmUp), Input: sha256.Sum256(in),
	}
	if out != nil {
		r.Output = sha256.Sum256(out)
	}
	return r
}
