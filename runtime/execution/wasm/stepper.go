package wasm

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"
)

const (
	stepExport       = "lilypad_step"
	initializeExport = "_initialize"

	// stepBudget is the fuel of one step, some minutes: what a referee runs at
	// most. It is the same on every node, since it is part of how a job ends.
	stepBudget = 100_000_000_000

	// stepSlice is the fuel between two looks at the job's time.
	stepSlice = 10_000_000

	// traceFile stands beside stdout and says the root of the trace, 0x and hex.
	traceFile = "trace"
)

// Steps calls use with a module that runs in steps, for job, as the party of
// a dispute or its referee needs it. It takes the place of the job's run:
// job.Dir is emptied but for its inputs, and has what the steps write.
//
// # Errors
//
// Invalid for a module that is no stepper, Exhausted for a job that passes its
// limits: such a one cannot be divided; what Start and use return.
func (e *Executor) Steps(ctx context.Context, job execution.Job, use func(context.Context, bisection.Program) error) error {
	m, release, err := e.take(ctx, job)
	if err != nil {
		return err
	}
	defer release()
	if m.program == nil {
		return lilypad.Errorf(lilypad.Invalid, "wasm %s exports no %s: it does not run in steps", job.Spec.Wasm, stepExport)
	}
	if limit := uint64(e.Limits().RAM(job.Spec)); m.memory > limit {
		return lilypad.Errorf(lilypad.Exhausted, "wasm %s begins with %d bytes of memory, the job has %d", job.Spec.Wasm, m.memory, limit)
	}
	var used error
	h, err := e.Table.Start(job, func(run context.Context, r *jobrun.Run) (jobrun.Exit, error) {
		s, err := e.open(run, r, m)
		if err != nil {
			return jobrun.Exit{}, err
		}
		defer s.close()
		defer context.AfterFunc(ctx, s.stop)()
		used = use(s.ctx, s)
		if used != nil && s.ctx.Err() != nil && ctx.Err() == nil && !jobrun.Detached(run) {
			used = &lilypad.Error{Code: lilypad.Exhausted, Msg: "the job passed its limits", Err: used}
		}
		return s.exit, nil
	})
	if err != nil {
		return err
	}
	_, err = e.Wait(context.WithoutCancel(ctx), h)
	return errors.Join(used, err)
}

// stepper is a run of a module in steps. Each step has an instance of its own,
// so nothing but memory, globals and the clock goes from one to the next.
type stepper struct {
	*program
	ctx     context.Context // of the run, with the job's time
	stop    context.CancelFunc
	runtime wazero.Runtime
	run     *jobrun.Run
	mounts  wazero.FSConfig
	roots   []*os.Root
	quota   *quota
	exit    jobrun.Exit
	wrote   bool // a last step was run here
}

var _ bisection.Program = (*stepper)(nil)

// runSteps runs a module to its end, and leaves the root of its trace.
func (e *Executor) runSteps(ctx context.Context, r *jobrun.Run, m *module) (jobrun.Exit, error) {
	s, err := e.open(ctx, r, m)
	if err != nil {
		return jobrun.Exit{}, err
	}
	defer s.close()
	if m.memory > s.limit() {
		return tooSmall(r, m.memory, s.limit()), nil
	}
	trace, _, err := bisection.Run(s.ctx, s)
	if err != nil {
		return s.exit, err
	}
	root := trace.Commit().Trace
	return s.exit, os.WriteFile(filepath.Join(r.Job.Dir, traceFile), []byte(root.String()), 0o644)
}

// open readies the job's folders and begins its time; the caller calls close.
func (e *Executor) open(ctx context.Context, r *jobrun.Run, m *module) (*stepper, error) {
	s := &stepper{program: m.program, runtime: e.runtime, run: r, quota: newQuota(r)}
	var err error
	if s.roots, s.mounts, err = mount(r, s.quota); err != nil {
		closeAll(s.roots)
		return nil, err
	}
	s.ctx, s.stop = r.Begin(ctx, time.Now())
	return s, nil
}

func (s *stepper) close() {
	s.stop()
	closeAll(s.roots)
}

func (s *stepper) limit() uint64 { return uint64(s.run.Limits.RAM(s.run.Job.Spec)) }

// Genesis is the memory and the globals that the module's file says.
func (s *stepper) Genesis(ctx context.Context) (*bisection.State, error) {
	begins := uint64(s.least) * pageSize
	if begins > s.limit() { // wazero would panic
		return nil, lilypad.Errorf(lilypad.Exhausted, "the stepper begins with %d bytes of memory, the job has %d", begins, s.limit())
	}
	b := make([]byte, begins)
	for _, d := range s.data {
		copy(b[d.at:], d.bytes)
	}
	limit := &allowance{limit: s.limit()}
	instance, err := s.runtime.InstantiateModule(limit.in(ctx), s.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, fmt.Errorf("instantiate stepper: %w", err)
	}
	defer instance.Close(ctx)
	st := &bisection.State{Bytes: b}
	st.Pages, st.Globals = s.least, s.globals(instance)
	return st, nil
}

func (s *stepper) globals(m api.Module) (list []uint64) {
	for i := range s.mutable {
		list = append(list, m.ExportedGlobal(globalName(i)).Get())
	}
	return list
}

// Step calls _initialize for the first step and lilypad_step for each other.
func (s *stepper) Step(ctx context.Context, st *bisection.State) error {
	if st.Ended || len(st.Globals) != s.mutable || st.Pages < s.least || uint64(st.Pages)*pageSize > s.limit() {
		return lilypad.Errorf(lilypad.Invalid, "the state after step %d is none of this module", st.Step)
	}
	if err := s.clean(); err != nil {
		return err
	}
	st.Step++
	now := &clock{ns: int64(st.Clock)}
	stdout, stderr := &tally{to: s.run.Stdout, sum: sha256.New()}, &tally{to: s.run.Stderr}
	limit := &allowance{limit: s.limit(), bytes: st.Bytes}
	before := *s.quota
	ctx, meter := withMeter(ctx)
	instance, err := s.runtime.InstantiateModule(limit.in(ctx), s.compiled,
		guest(s.run, s.mounts, now, stepSeed(s.run.Job.Seed, st.Step)).
			WithStdout(stdout).WithStderr(stderr).WithStartFunctions())
	if err != nil {
		return fmt.Errorf("instantiate step %d: %w", st.Step, err)
	}
	defer instance.Close(context.WithoutCancel(ctx))
	for i, v := range st.Globals {
		instance.ExportedGlobal(globalName(i)).(api.MutableGlobal).Set(v)
	}
	if m := instance.Memory(); m != nil {
		m.Grow(st.Pages - s.least)
	}
	done, err := s.call(ctx, instance, meter, st.Step)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	st.Fuel += meter.spent()
	st.Clock = uint64(now.ns)
	wrote := stdout.n+stderr.n > 0 || s.quota.disk != before.disk || s.quota.files != before.files
	exit := &sys.ExitError{}
	switch {
	case errors.As(err, &exit):
		return s.end(ctx, st, stdout, jobrun.Exit{Code: int(min(exit.ExitCode(), maxExit)), OutOfMemory: limit.denied.Load()})
	case err != nil:
	case limit.denied.Load():
		err = errors.New("it asked for more memory than the job has")
	case done:
		return s.end(ctx, st, stdout, jobrun.Exit{})
	case s.quota.open > len(s.roots): // wazero has opened the folders themselves
		err = fmt.Errorf("it left %d files open: between steps a stepper is memory and globals alone", s.quota.open-len(s.roots))
	case wrote:
		err = errors.New("it wrote, and was not the last: a stepper writes in its last step alone")
	}
	if err != nil {
		fmt.Fprintf(s.run.Stderr, "wasm trap: step %d: %v\n", st.Step, err)
		return s.end(ctx, st, stdout, jobrun.Exit{Code: exitTrap, OutOfMemory: limit.denied.Load()})
	}
	st.Globals = s.globals(instance)
	if m := instance.Memory(); m != nil {
		st.Bytes, _ = m.Read(0, m.Size())
		st.Pages = m.Size() / pageSize
	}
	return nil
}

func (s *stepper) call(ctx context.Context, instance api.Module, m *meter, step uint64) (done bool, err error) {
	m.start(instance)
	name := stepExport
	if step == 1 {
		name = initializeExport
	}
	f := instance.ExportedFunction(name)
	if f == nil {
		return false, nil // a module without _initialize: its first step does nothing
	}
	results, err := f.Call(ctx)
	if err != nil || len(results) == 0 {
		return false, err
	}
	switch v := uint32(results[0]); v {
	case 0, 1:
		return v == 1, nil
	default:
		return false, fmt.Errorf("%s returned %d: 0 goes on, 1 is the end", stepExport, v)
	}
}

// end makes st the last state.
func (s *stepper) end(ctx context.Context, st *bisection.State, stdout *tally, exit jobrun.Exit) error {
	s.exit, s.wrote = exit, true
	r := bisection.Result{ExitCode: exit.Code, OutOfMemory: exit.OutOfMemory && exit.Code != 0}
	stdout.sum.Sum(r.Stdout[:0])
	for _, o := range s.run.Job.Spec.Outputs {
		files, err := hashFiles(ctx, s.run.Output(o), o.Name)
		if err != nil {
			return fmt.Errorf("hash output %s: %w", o.Name, err)
		}
		r.Files = append(r.Files, files...)
	}
	st.Ended, st.Bytes, st.Pages, st.Globals = true, nil, 0, nil
	st.Output = r.Hash()
	return nil
}

// clean removes what a last step wrote: who runs steps again begins without.
func (s *stepper) clean() error {
	if !s.wrote {
		return nil
	}
	for _, o := range s.run.Job.Spec.Outputs {
		entries, err := os.ReadDir(s.run.Output(o))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := os.RemoveAll(filepath.Join(s.run.Output(o), e.Name())); err != nil {
				return err
			}
		}
	}
	*s.quota = *newQuota(s.run)
	s.wrote = false
	return nil
}

// hashFiles lists all files below dir, by paths that begin with name.
func hashFiles(ctx context.Context, dir, name string) (files []bisection.File, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		sum, err := hashFile(ctx, path)
		files = append(files, bisection.File{Path: name + "/" + filepath.ToSlash(rel), Sum: sum})
		return err
	})
	return files, err
}

// hashFile reads a file piece by piece: it may have all of the job's disk.
func hashFile(ctx context.Context, path string) (sum lilypad.Hash, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	w := sha256.New()
	_, err = io.Copy(w, reader{ctx, f})
	w.Sum(sum[:0])
	return sum, err
}

// reader ends with its context.
type reader struct {
	ctx  context.Context
	from io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.from.Read(p)
}

// stepSeed is what a step's random numbers come from.
func stepSeed(seed lilypad.Hash, step uint64) [32]byte {
	return sha256.Sum256(binary.BigEndian.AppendUint64(seed[:], step))
}

// tally is a writer that knows how much, and what, went through it.
type tally struct {
	to  io.Writer
	sum hash.Hash // or nil
	n   int
}

func (t *tally) Write(p []byte) (int, error) {
	t.n += len(p)
	if t.sum != nil {
		t.sum.Write(p)
	}
	return t.to.Write(p)
}
