package driver

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// lives is how many lives of the driver a call may see before it gives up.
const lives = 5

// do makes one call, again in the driver's next life when this one was lost.
// A driver that lets a call pass its limit is ended; zero: there is none.
func do[A any](ctx context.Context, e *Executor, call string, limit time.Duration, tries int, f func(context.Context, wire.DriverClient) (A, error)) (a A, err error) {
	for try := 1; ; try++ {
		s, err := e.session(ctx)
		if err != nil {
			return a, err
		}
		a, err = bounded(ctx, limit, func(ctx context.Context) (A, error) { return f(ctx, s.rpc) })
		switch {
		case err == nil:
			return a, nil
		case ctx.Err() != nil:
			return a, ctx.Err()
		case answered(err):
			return a, e.callError(s, call, err)
		}
		told := e.callError(s, call, err)
		e.lose(s)
		if try == tries || status.Code(err) == codes.DeadlineExceeded {
			return a, told
		}
	}
}

// bounded keeps the caller's deadline from the wire: the driver would pass it a
// moment earlier than the caller, which looks as if it had not answered.
func bounded[A any](caller context.Context, limit time.Duration, f func(context.Context) (A, error)) (A, error) {
	ctx, stop := context.WithCancel(context.WithoutCancel(caller))
	defer stop()
	defer context.AfterFunc(caller, stop)()
	if limit > 0 {
		var end context.CancelFunc
		ctx, end = context.WithTimeout(ctx, limit)
		defer end()
	}
	return f(ctx)
}

// answered tells whether the driver is well, though the call was not.
func answered(err error) bool {
	return faultFromWire(err) != nil || status.Code(err) == codes.Unimplemented || status.Code(err) == codes.ResourceExhausted
}

// Fingerprint implements [execution.Executor].
func (e *Executor) Fingerprint(ctx context.Context) (execution.Fingerprint, error) {
	w, err := e.found(ctx)
	if err != nil {
		return execution.Fingerprint{}, err
	}
	return foundFromWire(w, e.cfg.Engine)
}

func (e *Executor) found(ctx context.Context) (*wire.Found, error) {
	return do(ctx, e, "Fingerprint", e.cfg.Deadlines.Answer, lives, func(ctx context.Context, d wire.DriverClient) (*wire.Found, error) {
		return d.Fingerprint(ctx, &wire.Nothing{})
	})
}

// models refuses a spec with models where the driver does not say that it gives
// them to its jobs: one that does not know of them would leave them out.
func (e *Executor) models(ctx context.Context, spec lilypad.Spec) error {
	if len(spec.Models) == 0 {
		return nil
	}
	w, err := e.found(ctx)
	if err == nil && !w.GetModels() {
		err = lilypad.Errorf(lilypad.Invalid, "driver %s gives its jobs no models", e.cfg.Path).Try("update the driver")
	}
	return err
}

// Check implements [execution.Checker]; a driver without the ability agrees to
// all.
func (e *Executor) Check(ctx context.Context, spec lilypad.Spec) error {
	if err := e.models(ctx, spec); err != nil {
		return err
	}
	_, err := do(ctx, e, "Check", e.cfg.Deadlines.Answer, lives, func(ctx context.Context, d wire.DriverClient) (*wire.Nothing, error) {
		return d.Check(ctx, specToWire(spec))
	})
	return err
}

// Start implements [execution.Executor]. When the driver is lost meanwhile it
// is Unavailable, and the job may be started again.
func (e *Executor) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	if err := jobrun.Check(job, e.cfg.Engine); err != nil {
		return "", err
	}
	if err := e.models(ctx, job.Spec); err != nil {
		return "", err
	}
	w, err := do(ctx, e, "Start", e.cfg.Deadlines.Start, 1, func(ctx context.Context, d wire.DriverClient) (*wire.Handle, error) {
		return d.Start(ctx, jobToWire(job))
	})
	if err != nil {
		return "", err
	}
	h, err := handleFromWire(w)
	if err == nil {
		e.keep(h)
	}
	return h, err
}

// Wait implements [execution.Executor]. A driver that is lost meanwhile is
// started again and takes the job back; NotFound when it cannot.
func (e *Executor) Wait(ctx context.Context, h execution.Handle) (execution.Outcome, error) {
	w, err := do(ctx, e, "Wait", 0, lives, func(ctx context.Context, d wire.DriverClient) (*wire.Outcome, error) {
		return d.Wait(ctx, handleToWire(h))
	})
	if err != nil {
		if lilypad.CodeOf(err) == lilypad.NotFound {
			e.drop(h)
		}
		return execution.Outcome{}, err
	}
	e.drop(h)
	return outcomeFromWire(w)
}

// Stop implements [execution.Executor].
func (e *Executor) Stop(ctx context.Context, h execution.Handle) error {
	_, err := do(ctx, e, "Stop", e.cfg.Deadlines.Answer, lives, func(ctx context.Context, d wire.DriverClient) (*wire.Nothing, error) {
		return d.Stop(ctx, handleToWire(h))
	})
	return err
}

// Recover implements [execution.Executor].
func (e *Executor) Recover(ctx context.Context, h execution.Handle) error {
	_, err := do(ctx, e, "Recover", e.cfg.Deadlines.Answer, lives, func(ctx context.Context, d wire.DriverClient) (*wire.Nothing, error) {
		return d.Recover(ctx, handleToWire(h))
	})
	if err == nil {
		e.keep(h)
	}
	return err
}

// Reap implements [execution.Executor].
func (e *Executor) Reap(ctx context.Context, keep []execution.Handle) (int, error) {
	kept := &wire.Kept{}
	for _, h := range keep {
		kept.Handles = append(kept.Handles, string(h))
	}
	w, err := do(ctx, e, "Reap", e.cfg.Deadlines.Reap, lives, func(ctx context.Context, d wire.DriverClient) (*wire.Reaped, error) {
		return d.Reap(ctx, kept)
	})
	if err != nil {
		return 0, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for h := range e.jobs {
		if !slices.Contains(keep, h) {
			delete(e.jobs, h)
		}
	}
	return int(w.GetJobs()), nil
}

// Logs implements [execution.Executor]. After a loss of the driver it goes on
// where it was.
func (e *Executor) Logs(ctx context.Context, h execution.Handle, stdout, stderr io.Writer) error {
	out, errs := &resumed{w: stdout}, &resumed{w: stderr}
	_, err := do(ctx, e, "Logs", 0, lives, func(ctx context.Context, d wire.DriverClient) (struct{}, error) {
		out.skip, errs.skip = out.written, errs.written
		return struct{}{}, copyLog(ctx, d, h, out, errs)
	})
	return errors.Join(err, out.err, errs.err)
}

// copyLog returns nil too when a writer takes no more, which says why itself.
func copyLog(ctx context.Context, d wire.DriverClient, h execution.Handle, stdout, stderr *resumed) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	stream, err := d.Logs(ctx, handleToWire(h))
	if err != nil {
		return err
	}
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		to := stdout
		if chunk.GetStderr() {
			to = stderr
		}
		if to.write(chunk.GetText()) != nil {
			return nil
		}
	}
}

// resumed is a log of which the reader has a part already.
type resumed struct {
	w             io.Writer
	written, skip int64
	err           error
}

func (r *resumed) write(p []byte) error {
	known := min(r.skip, int64(len(p)))
	r.skip -= known
	n, err := r.w.Write(p[known:])
	r.written += int64(n)
	r.err = err
	return err
}
