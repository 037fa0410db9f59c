package wasm

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/sysfs"
	"github.com/tetratelabs/wazero/sys"
)

const (
	exitTrap = 134 // of a guest that trapped, as of a process that aborts
	maxExit  = 255 // of a process; a larger code must not come to look like success
)

// features leaves out what lets a guest grow its tables, which take the host's
// memory uncounted.
const features = api.CoreFeaturesV2 &^ api.CoreFeatureReferenceTypes

// Config sets up an Executor.
type Config struct {
	Modules  Modules // required
	CacheDir string  // of compiled modules, private to the user; "": memory only
	// Compiler is a command that calls [Compile] with the folder that is
	// appended to it, its standard input and its standard output. It needs a
	// CacheDir. Empty: this process compiles, which a hostile module can end.
	Compiler []string
	Limits   jobrun.Limits
}

// Executor runs WASI commands. Close ends it.
type Executor struct {
	*jobrun.Table
	cfg     Config
	runtime wazero.Runtime
	cache   wazero.CompilationCache
	shelf   *shelf
}

var (
	_ execution.Executor = (*Executor)(nil)
	_ execution.Checker  = (*Executor)(nil)
	_ execution.Stepper  = (*Executor)(nil)
)

// New returns an executor.
//
// # Errors
//
// Invalid without Modules, or with a Compiler and no CacheDir; any error of making CacheDir.
func New(ctx context.Context, cfg Config) (*Executor, error) {
	if cfg.Modules == nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "the wasm executor needs a source of modules")
	}
	if cfg.Compiler != nil && cfg.CacheDir == "" {
		return nil, lilypad.Errorf(lilypad.Invalid, "a compiler of its own needs a cache folder")
	}
	cache := wazero.NewCompilationCache()
	if cfg.CacheDir != "" {
		if err := os.MkdirAll(cfg.CacheDir, 0o700); err != nil {
			return nil, fmt.Errorf("make compile cache: %w", err)
		}
		var err error
		if cache, err = wazero.NewCompilationCacheWithDir(cfg.CacheDir); err != nil {
			return nil, fmt.Errorf("open compile cache: %w", err)
		}
	}
	rt := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().
		WithCoreFeatures(features).WithCompilationCache(cache).WithCloseOnContextDone(true))
	if err := errors.Join(exportWASI(ctx, rt), exportRefill(ctx, rt)); err != nil {
		return nil, errors.Join(err, rt.Close(ctx), cache.Close(ctx))
	}
	return &Executor{
		Table: jobrun.NewTable(cfg.Limits), cfg: cfg, runtime: rt, cache: cache,
		shelf: &shelf{
			runtime: rt, source: cfg.Modules, compiler: cfg.Compiler, dir: cfg.CacheDir, patience: maxCompileTime, workers: 1,
			kept: map[lilypad.Hash]*module{},
		},
	}, nil
}

// Close ends all jobs without an outcome, and frees the runtime.
func (e *Executor) Close() error {
	ctx := context.Background()
	return errors.Join(e.Table.Close(), e.runtime.Close(ctx), e.cache.Close(ctx))
}

// Fingerprint reports the whole machine; a guest uses no GPU and one core.
func (e *Executor) Fingerprint(context.Context) (execution.Fingerprint, error) {
	dir := e.cfg.CacheDir
	if dir == "" {
		dir = os.TempDir()
	}
	capacity, err := hardware.Capacity(dir)
	return execution.Fingerprint{Engine: lilypad.EngineWasm, Version: "wasi preview 1", Capacity: capacity}, err
}

// Prepare compiles a module, so that its first job starts at once.
func (e *Executor) Prepare(ctx context.Context, digest lilypad.Hash) error {
	_, release, err := e.shelf.take(ctx, digest)
	if err == nil {
		release()
	}
	return err
}

// Check refuses a spec that breaks a rule, or whose module is not to be had.
func (e *Executor) Check(ctx context.Context, spec lilypad.Spec) error {
	if err := jobrun.CheckSpec(spec, lilypad.EngineWasm); err != nil {
		return err
	}
	_, err := e.cfg.Modules.Wasm(ctx, spec.Wasm)
	return err
}

// Start implements [execution.Executor]. It compiles the module first when it
// is new; that takes no part of the job's time.
func (e *Executor) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	m, release, err := e.take(ctx, job)
	if err != nil {
		return "", err
	}
	run := e.run
	if m.program != nil {
		run = e.runSteps
	}
	h, err := e.Table.Start(job, func(ctx context.Context, r *jobrun.Run) (jobrun.Exit, error) {
		defer release()
		return run(ctx, r, m)
	})
	if err != nil {
		release()
	}
	return h, err
}

// take returns the module of a job that this executor can run.
func (e *Executor) take(ctx context.Context, job execution.Job) (*module, func(), error) {
	if err := jobrun.Check(job, lilypad.EngineWasm); err != nil {
		return nil, nil, err
	}
	switch s := job.Spec; {
	case s.Network:
		return nil, nil, lilypad.Errorf(lilypad.Invalid, "a wasm job has no network")
	case s.Resources.GPUs > 0 || len(job.Devices) > 0:
		return nil, nil, lilypad.Errorf(lilypad.Invalid, "a wasm job has no GPU")
	}
	return e.shelf.take(ctx, job.Spec.Wasm)
}

// Stop implements [execution.Executor]. A guest knows no signals: it ends at once.
func (e *Executor) Stop(_ context.Context, h execution.Handle) error { return e.Table.Stop(h) }

// Recover implements [execution.Executor]: a job dies with its node.
func (e *Executor) Recover(_ context.Context, h execution.Handle) error { return e.Table.Recover(h) }

func (e *Executor) run(ctx context.Context, r *jobrun.Run, m *module) (jobrun.Exit, error) {
	roots, mounts, err := mount(r, newQuota(r))
	defer closeAll(roots)
	if err != nil {
		return jobrun.Exit{}, err
	}
	ctx, stop := r.Begin(ctx, time.Now())
	defer stop()
	limit := &allowance{limit: uint64(r.Limits.RAM(r.Job.Spec))}
	if m.memory > limit.limit {
		return tooSmall(r, m.memory, limit.limit), nil
	}
	instance, err := e.runtime.InstantiateModule(limit.in(ctx), m.compiled, guest(r, mounts, &clock{}, r.Job.Seed))
	if instance != nil {
		instance.Close(ctx)
	}
	if ctx.Err() != nil {
		return jobrun.Exit{}, context.Cause(ctx)
	}
	exit := jobrun.Exit{OutOfMemory: limit.denied.Load()}
	if status, ok := errors.AsType[*sys.ExitError](err); ok {
		exit.Code = int(min(status.ExitCode(), maxExit))
	} else if err != nil {
		fmt.Fprintln(r.Stderr, "wasm trap:", err)
		exit.Code = exitTrap
	}
	return exit, nil
}

// tooSmall is the end of a guest that does not fit from the start.
func tooSmall(r *jobrun.Run, begins, limit uint64) jobrun.Exit {
	fmt.Fprintf(r.Stderr, "wasm begins with %d bytes of memory, the job has %d\n", begins, limit)
	return jobrun.Exit{Code: exitTrap, OutOfMemory: true}
}

func closeAll(roots []*os.Root) {
	for _, root := range roots {
		root.Close()
	}
}

// mount opens the job's folders for the guest.
func mount(r *jobrun.Run, q *quota) (roots []*os.Root, cfg wazero.FSConfig, err error) {
	cfg = wazero.NewFSConfig()
	add := func(dir, path string, write bool) error {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return err
		}
		roots = append(roots, root)
		cfg = cfg.(sysfs.FSConfig).WithSysFSMount(&tree{root: root, quota: q, write: write}, path)
		return nil
	}
	err = add(filepath.Join(r.Job.Dir, "inputs"), "/inputs", false)
	for _, folder := range jobrun.ModelFolders(r.Job.Spec.Models) {
		err = errors.Join(err, add(execution.ModelFile(r.Job.Dir, folder), folder, false))
	}
	for _, o := range r.Job.Spec.Outputs {
		err = errors.Join(err, add(r.Output(o), o.Path, true))
	}
	return roots, cfg, err
}

// guest is all that a guest can see.
func guest(r *jobrun.Run, mounts wazero.FSConfig, now *clock, seed [32]byte) wazero.ModuleConfig {
	spec := r.Job.Spec
	argv := append([]string{"module"}, spec.Args...)
	if len(spec.Entrypoint) > 0 {
		argv = slices.Concat(spec.Entrypoint, spec.Args)
	}
	cfg := wazero.NewModuleConfig().WithName("").WithArgs(argv...).
		WithStdout(r.Stdout).WithStderr(r.Stderr).WithFSConfig(mounts).
		WithRandSource(rand.NewChaCha8(seed)).
		WithWalltime(now.walltime, sys.ClockResolution(tick)).
		WithNanotime(now.nanotime, sys.ClockResolution(tick)).
		WithNanosleep(now.sleep)
	if spec.WorkDir != "" {
		cfg = cfg.WithEnv("PWD", spec.WorkDir) // WASI has no working folder; Go guests look here
	}
	for _, kv := range spec.Env {
		key, value, _ := strings.Cut(kv, "=")
		cfg = cfg.WithEnv(key, value)
	}
	return cfg
}
