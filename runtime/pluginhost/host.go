package pluginhost

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/snapshot"
)

// Config configures a [Host]. The zero value is a host that keeps compiled
// code in memory, logs nothing and records nothing.
type Config struct {
	// CacheDir is a folder of this host's own for compiled code; it is made
	// with mode 0700. Whoever can write to it can run code as this process.
	CacheDir string
	Log      *slog.Logger // what plugins say, and which of them are left alone

	Calls   int              // at once in one plugin; 0: the number of CPUs
	Wait    time.Duration    // for one of them to end; 0: 10 s
	Idle    time.Duration    // a plugin that is not asked so long is not kept in memory; 0: 10 min; negative: it is
	Restore snapshot.Options // of a guest's memory between batches
	Breaker Breaker

	// Unrestored leaves guests the memory that they wrote, to measure what
	// restoring takes. Answers may then depend on earlier ones, so such a host
	// tells of no decisions.
	Unrestored bool

	// Interpreter has plugins run in the engine's interpreter, some fifty times
	// as slow. Answers, fuel and snapshots are the same.
	Interpreter bool

	// OnDecision is given every batch that a plugin was asked about, answered
	// or not, in the goroutine and with the context of the caller. To keep and
	// hash a batch costs more than a small one takes: Wanted, if there is one,
	// tells which are to be given.
	OnDecision func(context.Context, Decision)
	Wanted     func(context.Context) bool

	// Sample is the share of all CPUs, at most 0.02, that the referee may take
	// to run decisions again; 0: none. OnDisagreement is given those that it
	// does not confirm, in a goroutine of the host.
	Sample         float64
	OnDisagreement func(Disagreement)
}

// Host loads plugins. Loads of the same plugin, settings and grants share
// compiled code and instances. Safe for concurrent use.
type Host struct {
	config  Config
	cache   wazero.CompilationCache
	sampler sampler
	stop    context.CancelFunc
	work    sync.WaitGroup // in the background until stop, and programs that are being closed

	translating chan struct{} // holds one token while a module is

	mu       sync.Mutex // guards what follows
	programs map[[32]byte]*program
	tallies  map[lilypad.PluginID]*tally
	closed   bool
}

// maxSample is the most that checking may take of the CPUs.
const maxSample = 0.02

// New returns a host.
//
// # Errors
//
// Invalid when others can read or write CacheDir, a number is out of its range
// or two fields exclude each other; Internal when CacheDir cannot be made.
func New(config Config) (*Host, error) {
	b := &config.Breaker
	if config.Calls < 0 || min(config.Wait, b.Within, b.Cool) < 0 || config.Sample < 0 || config.Sample > maxSample {
		return nil, lilypad.Errorf(lilypad.Invalid, "plugin host: calls and times are not negative, and a sample is from 0 to %g", maxSample)
	}
	if config.Unrestored && (config.OnDecision != nil || config.Sample > 0) {
		return nil, lilypad.Errorf(lilypad.Invalid, "plugin host: nobody could repeat what guests decide whose memory is not restored")
	}
	config.Log = cmp.Or(config.Log, slog.New(slog.DiscardHandler))
	config.Calls = cmp.Or(config.Calls, runtime.NumCPU())
	config.Wait = cmp.Or(config.Wait, 10*time.Second)
	config.Idle = cmp.Or(config.Idle, 10*time.Minute)
	*b = Breaker{cmp.Or(b.Faults, 5), cmp.Or(b.Within, time.Minute), cmp.Or(b.Cool, 30*time.Second)}
	cache, err := openCache(config.CacheDir)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	h := &Host{
		config: config, cache: cache, stop: stop,
		programs: map[[32]byte]*program{}, tallies: map[lilypad.PluginID]*tally{},
		translating: make(chan struct{}, 1),
	}
	h.sampler = sampler{host: h, share: config.Sample, cases: make(chan func(context.Context), 1)}
	if config.Sample > 0 {
		h.work.Go(func() { h.sampler.run(ctx) })
	}
	if config.Idle > 0 {
		h.work.Go(func() { h.sweep(ctx) })
	}
	return h, nil
}

// sweep unloads plugins that nobody asks.
func (h *Host) sweep(ctx context.Context) {
	tick := time.NewTicker(max(h.config.Idle/4, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			h.mu.Lock()
			programs := slices.Collect(maps.Values(h.programs))
			h.mu.Unlock()
			for _, p := range programs {
				p.unload(now.Add(-h.config.Idle))
			}
		}
	}
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
	h.stop()
	h.work.Wait()
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
		p.tally = h.tallyOf(p)
		h.programs[p.key] = p
	}
	p.holders++
	return p, nil
}

// hold is share for a program that has holders.
func (h *Host) hold(p *program) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.programs[p.key] != p {
		return false
	}
	p.holders++
	return true
}

// release gives back what share returned.
func (h *Host) release(p *program) {
	h.mu.Lock()
	p.holders--
	last := p.holders == 0 && h.programs[p.key] == p
	if last {
		delete(h.programs, p.key)
		h.work.Add(1) // Close does not find it, and must not close the cache before
	}
	h.mu.Unlock()
	if last {
		p.close()
		h.work.Done()
	}
}
