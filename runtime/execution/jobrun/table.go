package jobrun

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Files of a job's folder, beside inputs/ and outputs/.
const (
	stdoutFile   = "stdout"
	stderrFile   = "stderr"
	exitCodeFile = "exitCode"
	outcomeFile  = "outcome.json"
)

// Exit codes of jobs that were broken off, the same in every engine. They are
// those of timeout(1), and of a shell whose child got SIGKILL, SIGINT or SIGXFSZ.
const (
	exitTimedOut    = 124
	exitOutOfMemory = 137
	exitCancelled   = 130
	exitExceeded    = 153
)

// Exit is how the job's program ended by itself.
type Exit struct {
	Code        int
	OutOfMemory bool // it ran into its memory limit
}

// Body runs a job. It calls Begin when the job's program begins. When ctx ends
// first it must return context.Cause(ctx); any other error but [Exceeded] and
// [ErrLost] is the host's fault, and the job is refused.
type Body func(ctx context.Context, r *Run) (Exit, error)

// Run is one job while it runs.
type Run struct {
	Job            execution.Job
	Limits         Limits
	Stdout, Stderr *Log

	began   time.Time
	cancel  context.CancelCauseFunc
	done    chan struct{} // closed when outcome is written
	after   func()
	outcome execution.Outcome
	err     error
}

// Begin starts the job's time, or had started it before a restart of the node.
// The context it returns ends with that time; the caller calls stop.
func (r *Run) Begin(ctx context.Context, at time.Time) (timed context.Context, stop context.CancelFunc) {
	r.began = at
	return context.WithDeadline(ctx, at.Add(r.Limits.Time(r.Job.Spec)))
}

// After sets what is done when the outcome is stored and before Wait returns,
// such as the removal of what the job left in its engine.
func (r *Run) After(f func()) { r.after = f }

// Refuse breaks the job off for a reason that people will read. What another
// host would see of the job must not be the reason: that is Exceed's.
func (r *Run) Refuse(format string, args ...any) {
	r.cancel(refusal{fmt.Sprintf(format, args...)})
}

// Exceed breaks the job off because it passed a limit that each run of it
// passes, on every host.
func (r *Run) Exceed(format string, args ...any) { r.cancel(Exceeded(format, args...)) }

// Exceeded is the error of a body whose program left more than it may. Such a
// job fails with code 153 and leaves no output but its stderr: what it had
// written when it was caught is not the same in each run.
func Exceeded(format string, args ...any) error { return excess{fmt.Sprintf(format, args...)} }

// Output is the host's folder for an output of the job.
func (r *Run) Output(o lilypad.Output) string {
	return filepath.Join(r.Job.Dir, "outputs", o.Name)
}

type refusal struct{ reason string }

func (r refusal) Error() string { return r.reason }

type excess struct{ reason string }

func (e excess) Error() string { return e.reason }

var (
	errStopped  = errors.New("stopped")
	errDetached = lilypad.Errorf(lilypad.Unavailable, "the executor was closed while the job ran")
)

// ErrLost is in the error of a body that does not know how its job ends: the
// engine does not answer, or somebody else ended the job there. The job gets no
// outcome, Wait returns the error, and Recover finds what became of it.
var ErrLost = lilypad.Errorf(lilypad.Unavailable, "the job was lost")

// Table holds the jobs that run now. Use [NewTable].
type Table struct {
	limits Limits
	owned  sync.WaitGroup

	mu     sync.Mutex                // guards runs and closed
	runs   map[execution.Handle]*Run // nil: reserved
	closed bool
}

// NewTable returns an empty table. Close ends it.
func NewTable(limits Limits) *Table {
	return &Table{limits: limits.WithDefaults(), runs: map[execution.Handle]*Run{}}
}

// Limits returns the limits with their defaults filled in.
func (t *Table) Limits() Limits { return t.limits }

// HandleOf returns the handle of a job.
func HandleOf(job execution.Job) execution.Handle {
	return execution.Handle(job.ID + "@" + job.Dir)
}

// Split returns the job id and the job's folder that a handle holds.
func Split(h execution.Handle) (id, dir string) {
	id, dir, _ = strings.Cut(string(h), "@")
	return id, dir
}

// Start empties the job's folder but for its inputs and runs body.
//
// # Errors
//
// Conflict when the job runs already; Unavailable after Close.
func (t *Table) Start(job execution.Job, body Body) (execution.Handle, error) {
	h := HandleOf(job)
	if err := t.reserve(h); err != nil {
		return "", err
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	r := &Run{Job: job, Limits: t.limits, began: time.Now(), cancel: cancel, done: make(chan struct{})}
	err := r.prepare()
	t.mu.Lock()
	defer t.mu.Unlock()
	if err == nil && t.closed {
		err = errors.Join(errDetached, r.Stdout.close(), r.Stderr.close())
	}
	if err != nil {
		delete(t.runs, h)
		cancel(err)
		return "", fmt.Errorf("prepare job folder: %w", err)
	}
	t.runs[h] = r
	t.owned.Go(func() {
		defer cancel(nil)
		exit, err := body(ctx, r)
		// A harmful program may have ended by itself, after its last write was cut.
		if Harmful(ctx) || ctx.Err() != nil && errors.Is(err, context.Canceled) {
			err = context.Cause(ctx)
		}
		r.finish(exit, err)
		t.mu.Lock()
		delete(t.runs, h)
		t.mu.Unlock()
		close(r.done)
	})
	return h, nil
}

// reserve keeps a place for a job while its folder is made ready.
func (t *Table) reserve(h execution.Handle) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return errDetached
	}
	if _, taken := t.runs[h]; taken {
		id, _ := Split(h)
		return lilypad.Errorf(lilypad.Conflict, "job %s runs already", id)
	}
	t.runs[h] = nil
	return nil
}

func (r *Run) prepare() error {
	for _, name := range []string{outcomeFile, exitCodeFile, "trace", "outputs"} {
		if err := os.RemoveAll(filepath.Join(r.Job.Dir, name)); err != nil {
			return err
		}
	}
	for _, o := range r.Job.Spec.Outputs {
		if err := os.MkdirAll(r.Output(o), 0o755); err != nil {
			return err
		}
	}
	var err error
	if r.Stdout, err = r.log(stdoutFile); err != nil {
		return err
	}
	if r.Stderr, err = r.log(stderrFile); err != nil {
		r.Stdout.close()
	}
	return err
}

func (r *Run) log(name string) (*Log, error) {
	return newLog(filepath.Join(r.Job.Dir, name), r.Limits.LogBytes, func() {
		r.Exceed("%s passed its limit of %d bytes", name, r.Limits.LogBytes)
	}, func(err error) {
		r.Refuse("the host cannot write %s: %v", name, err)
	})
}

func (r *Run) finish(exit Exit, err error) {
	err = errors.Join(err, r.Stdout.close(), r.Stderr.close())
	if errors.Is(err, errDetached) || errors.Is(err, ErrLost) {
		r.err = err
		return
	}
	r.outcome = outcomeOf(exit, err)
	r.outcome.WallMS = uint64(time.Since(r.began).Milliseconds())
	if over, ok := errors.AsType[excess](err); ok {
		r.err = r.discard(over.reason)
	}
	if r.err == nil {
		r.err = r.write()
	}
	if r.err == nil && r.after != nil {
		r.after()
	}
}

func outcomeOf(exit Exit, err error) execution.Outcome {
	switch {
	case errors.Is(err, errStopped):
		return execution.Outcome{End: execution.Cancelled, ExitCode: exitCancelled}
	case errors.Is(err, context.DeadlineExceeded):
		return execution.Outcome{End: execution.TimedOut, ExitCode: exitTimedOut}
	}
	if over, ok := errors.AsType[excess](err); ok {
		return execution.Outcome{End: execution.Failed, ExitCode: exitExceeded, Reason: over.reason}
	}
	switch {
	case err != nil:
		return execution.Outcome{End: execution.Refused, ExitCode: exitCancelled, Reason: err.Error()}
	case exit.Code == 0:
		return execution.Outcome{End: execution.Succeeded}
	case exit.OutOfMemory:
		return execution.Outcome{End: execution.OutOfMemory, ExitCode: exitOutOfMemory}
	}
	return execution.Outcome{End: execution.Failed, ExitCode: exit.Code}
}

// discard empties stdout and the outputs, and says why in stderr, which nobody
// compares.
func (r *Run) discard(why string) error {
	err := os.Truncate(filepath.Join(r.Job.Dir, stdoutFile), 0)
	f, openErr := os.OpenFile(filepath.Join(r.Job.Dir, stderrFile), os.O_APPEND|os.O_WRONLY, 0)
	if openErr != nil {
		return errors.Join(err, openErr)
	}
	_, writeErr := fmt.Fprintln(f, why)
	err = errors.Join(err, writeErr, f.Close())
	for _, o := range r.Job.Spec.Outputs {
		err = errors.Join(err, os.RemoveAll(r.Output(o)), os.Mkdir(r.Output(o), 0o755))
	}
	return err
}

// write stores the outcome last and in one step: a job with an outcome is whole.
func (r *Run) write() error {
	code := strconv.Itoa(r.outcome.ExitCode)
	if err := os.WriteFile(filepath.Join(r.Job.Dir, exitCodeFile), []byte(code), 0o644); err != nil {
		return err
	}
	b, err := json.Marshal(r.outcome)
	if err != nil {
		return err
	}
	path := filepath.Join(r.Job.Dir, outcomeFile)
	if err := os.WriteFile(path+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func (t *Table) find(h execution.Handle) *Run {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.runs[h]
}

// Runs tells whether the job has not ended yet, in this table.
func (t *Table) Runs(h execution.Handle) bool { return t.find(h) != nil }

// Wait implements [execution.Executor].
func (t *Table) Wait(ctx context.Context, h execution.Handle) (execution.Outcome, error) {
	r := t.find(h)
	if r == nil {
		return ended(h)
	}
	select {
	case <-r.done:
		return r.outcome, r.err
	case <-ctx.Done():
		return execution.Outcome{}, ctx.Err()
	}
}

func ended(h execution.Handle) (o execution.Outcome, err error) {
	id, dir := Split(h)
	b, err := os.ReadFile(filepath.Join(dir, outcomeFile))
	if errors.Is(err, os.ErrNotExist) {
		return o, lilypad.Errorf(lilypad.NotFound, "no job %.140q runs here or has ended here", id)
	}
	if err == nil {
		err = json.Unmarshal(b, &o)
	}
	if err != nil {
		return o, fmt.Errorf("read outcome of job %s: %w", id, err)
	}
	return o, nil
}

// Recover finds a job that runs in this table or has ended in its folder.
//
// # Errors
//
// NotFound when the job died with its process.
func (t *Table) Recover(h execution.Handle) error {
	if t.find(h) != nil {
		return nil
	}
	_, err := ended(h)
	return err
}

// Stop tells the job to end; it does not wait. To stop an ended job is no error.
//
// # Errors
//
// NotFound when there is no such job.
func (t *Table) Stop(h execution.Handle) error {
	if r := t.find(h); r != nil {
		r.cancel(errStopped)
		return nil
	}
	_, err := ended(h)
	return err
}

// Logs implements [execution.Executor].
func (t *Table) Logs(ctx context.Context, h execution.Handle, stdout, stderr io.Writer) error {
	_, dir := Split(h)
	r := t.find(h)
	if r == nil {
		if _, err := ended(h); err != nil {
			return err
		}
		return errors.Join(copyFile(stdout, filepath.Join(dir, stdoutFile)), copyFile(stderr, filepath.Join(dir, stderrFile)))
	}
	errs := make(chan error, 1)
	go func() { errs <- r.Stderr.follow(ctx, filepath.Join(dir, stderrFile), stderr) }()
	err := r.Stdout.follow(ctx, filepath.Join(dir, stdoutFile), stdout)
	return errors.Join(err, <-errs)
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// Reap stops the jobs whose handle is not in keep, waits for their end and
// returns how many they were.
func (t *Table) Reap(ctx context.Context, keep []execution.Handle) (int, error) {
	kept := map[execution.Handle]bool{}
	for _, h := range keep {
		kept[h] = true
	}
	var gone []*Run
	t.mu.Lock()
	for h, r := range t.runs {
		if r != nil && !kept[h] {
			r.cancel(errStopped)
			gone = append(gone, r)
		}
	}
	t.mu.Unlock()
	for i, r := range gone {
		select {
		case <-r.done:
		case <-ctx.Done():
			return i, ctx.Err()
		}
	}
	return len(gone), nil
}

// Close lets go of all jobs and waits until their bodies have returned. They
// get no outcome: Recover decides later what became of them. It returns nil.
func (t *Table) Close() error {
	t.mu.Lock()
	t.closed = true
	for _, r := range t.runs {
		if r != nil {
			r.cancel(errDetached)
		}
	}
	t.mu.Unlock()
	t.owned.Wait()
	return nil
}

// Harmful tells a body whether ctx ended because the job did harm, so that it
// deserves no grace.
func Harmful(ctx context.Context) bool {
	_, refused := errors.AsType[refusal](context.Cause(ctx))
	_, exceeded := errors.AsType[excess](context.Cause(ctx))
	return refused || exceeded
}

// Detached tells a body whether ctx ended because the table was closed, so
// that a job outside this process may go on.
func Detached(ctx context.Context) bool {
	return errors.Is(context.Cause(ctx), errDetached)
}
