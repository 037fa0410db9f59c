package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad/sdk/driver"
)

func main() {
	driver.Serve(func(s driver.Settings) (driver.Driver, error) {
		return &engine{settings: s, runs: map[string]*run{}}, nil
	})
}

type engine struct {
	settings driver.Settings

	mu   sync.Mutex      // guards runs
	runs map[string]*run // that have not ended, by handle
}

// run is one job while it runs.
type run struct {
	job     driver.Job
	stop    context.CancelCauseFunc
	done    chan struct{} // closed when outcome is kept
	outcome driver.Outcome
	err     error
}

var (
	errStopped = errors.New("stopped")
	errClosed  = &driver.Error{Code: driver.Unavailable, Msg: "the driver was closed while the job ran"}
)

func (e *engine) Fingerprint(context.Context) (driver.Fingerprint, error) {
	return driver.Fingerprint{
		Engine: "process", Version: runtime.GOOS + "/" + runtime.GOARCH,
		Capacity: driver.Resources{CPUMilli: uint32(runtime.NumCPU()) * 1000, RAMMB: 1000, DiskMB: 1000},
	}, nil
}

func (e *engine) Start(_ context.Context, job driver.Job) (string, error) {
	if job.Spec.Engine != "process" || len(job.Spec.Entrypoint) == 0 {
		return "", &driver.Error{Code: driver.Invalid, Msg: "the spec names no program", Remedy: "set its entrypoint"}
	}
	h := job.ID + "@" + job.Dir
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.runs[h] != nil {
		return "", &driver.Error{Code: driver.Conflict, Msg: "job " + job.ID + " runs already"}
	}
	if err := driver.Prepare(job); err != nil {
		return "", err
	}
	ctx, stop := context.WithCancelCause(context.Background())
	r := &run{job: job, stop: stop, done: make(chan struct{})}
	timed, end := context.WithTimeout(ctx, time.Duration(or(job.Spec.Timeout, or(e.settings.Timeout, 1800)))*time.Second)
	command := slices.Concat(job.Spec.Entrypoint, job.Spec.Args)
	cmd := exec.CommandContext(timed, command[0], command[1:]...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = job.Dir, slices.Concat([]string{"PATH=" + os.Getenv("PATH")}, job.Spec.Env), time.Second
	began := time.Now()
	err := r.start(cmd)
	if err != nil {
		end()
		stop(nil)
		return "", &driver.Error{Code: driver.Invalid, Msg: err.Error()}
	}
	e.runs[h] = r
	go func() {
		err := cmd.Wait()
		if r.err = errClosed; !errors.Is(context.Cause(ctx), errClosed) {
			r.outcome = outcomeOf(timed, err)
			r.outcome.WallMS = uint64(time.Since(began).Milliseconds())
			r.err = driver.Finish(job, r.outcome)
		}
		end()
		stop(nil)
		e.mu.Lock()
		delete(e.runs, h)
		e.mu.Unlock()
		close(r.done)
	}()
	return h, nil
}

func (r *run) start(cmd *exec.Cmd) error {
	for name, to := range map[string]*io.Writer{"stdout": &cmd.Stdout, "stderr": &cmd.Stderr} {
		f, err := os.Create(filepath.Join(r.job.Dir, name))
		if err != nil {
			return err
		}
		defer f.Close() // the program has its own
		*to = f
	}
	return cmd.Start()
}

func outcomeOf(ctx context.Context, err error) driver.Outcome {
	exit, ended := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil:
		return driver.Outcome{End: driver.Succeeded}
	case errors.Is(context.Cause(ctx), errStopped):
		return driver.Outcome{End: driver.Cancelled, ExitCode: 130}
	case ctx.Err() != nil:
		return driver.Outcome{End: driver.TimedOut, ExitCode: 124}
	case ended && exit.ExitCode() > 0:
		return driver.Outcome{End: driver.Failed, ExitCode: exit.ExitCode()}
	}
	return driver.Outcome{End: driver.Refused, ExitCode: 130, Reason: err.Error()}
}

// find returns a running job, or nil and the outcome of one that has ended.
func (e *engine) find(handle string) (*run, driver.Outcome, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if r := e.runs[handle]; r != nil {
		return r, driver.Outcome{}, nil
	}
	o, err := driver.Ended(folder(handle))
	return nil, o, err
}

func folder(handle string) string {
	_, dir, _ := strings.Cut(handle, "@")
	return dir
}

func (e *engine) Wait(ctx context.Context, handle string) (driver.Outcome, error) {
	r, o, err := e.find(handle)
	if r == nil {
		return o, err
	}
	select {
	case <-r.done:
		return r.outcome, r.err
	case <-ctx.Done():
		return driver.Outcome{}, ctx.Err()
	}
}

func (e *engine) Stop(_ context.Context, handle string) error {
	r, _, err := e.find(handle)
	if r != nil {
		r.stop(errStopped)
	}
	return err
}

func (e *engine) Recover(_ context.Context, handle string) error {
	_, _, err := e.find(handle)
	return err
}

// Logs reads the files until the job has ended, and once more then.
func (e *engine) Logs(ctx context.Context, handle string, stdout, stderr io.Writer) error {
	r, _, err := e.find(handle)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	if r != nil {
		done = r.done
	} else {
		close(done)
	}
	var files [2]*os.File
	for i, name := range []string{"stdout", "stderr"} {
		if files[i], err = os.Open(filepath.Join(folder(handle), name)); err != nil {
			return err
		}
		defer files[i].Close()
	}
	for ended := false; ; {
		for i, w := range []io.Writer{stdout, stderr} {
			if _, err := io.Copy(w, files[i]); err != nil {
				return err
			}
		}
		if ended {
			return nil
		}
		select {
		case <-done:
			ended = true
		case <-time.After(50 * time.Millisecond): // nobody tells when a file has grown
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (e *engine) Reap(_ context.Context, keep []string) (int, error) {
	return e.end(errStopped, keep), nil
}

// Close ends the jobs, without an outcome: after a restart they are not found,
// and may be started again.
func (e *engine) Close() error {
	e.end(errClosed, nil)
	return nil
}

// end kills the jobs that are not in keep, and returns how many those were.
func (e *engine) end(why error, keep []string) int {
	var gone []*run
	e.mu.Lock()
	for h, r := range e.runs {
		if !slices.Contains(keep, h) {
			r.stop(why)
			gone = append(gone, r)
		}
	}
	e.mu.Unlock()
	for _, r := range gone {
		<-r.done
	}
	return len(gone)
}

func or(v, otherwise uint32) uint32 {
	if v == 0 {
		return otherwise
	}
	return v
}
