package provider

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// run executes an open job, from wherever it stands, and signs its result.
func (p *Provider) run(ctx context.Context, r record) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p.mu.Lock()
	p.stops[r.ID] = stop
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.stops, r.ID)
		p.mu.Unlock()
	}()
	x, handle, err := p.start(ctx, r)
	if now, _ := p.records.Get(r.ID); err != nil && now.Stage != stageOpen {
		return nil // it ended while it waited for a place; another step clears up
	}
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	r, _ = p.records.Get(r.ID) // with its place
	logs := func() {}
	if !r.Posting.Private() { // the solver would read along
		logs = p.stream(ctx, x, handle, r.ID)
	}
	outcome, err := x.Wait(ctx, handle)
	logs()
	if now, _ := p.records.Get(r.ID); now.Stage == stageFinal {
		return nil // so does another step here
	}
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	return p.deliver(ctx, r, outcome)
}

// noResult gives a job up when its executor says that trying again is useless.
func (p *Provider) noResult(ctx context.Context, r record, err error) error {
	if ctx.Err() != nil {
		return err // it was broken off, which says nothing of the job
	}
	switch lilypad.CodeOf(err) {
	case lilypad.Invalid, lilypad.Unauthorized, lilypad.Conflict:
		p.Logger.Error("job cannot run here", "job", r.ID, "error", err)
		p.Fleet.Free(r.ID.String())
		return p.edit(ctx, r.ID, func(r *record) { r.Stage, r.Reason = stageFailed, err.Error() })
	}
	return err
}

// start takes the running job back, or starts it in a clean folder where there
// is room.
func (p *Provider) start(ctx context.Context, r record) (execution.Executor, execution.Handle, error) {
	if r.Handle != "" {
		x := p.Fleet.Executor(r.Machine, r.Posting.Work.Needs.Engine)
		if x == nil {
			return nil, "", lilypad.Errorf(lilypad.Unavailable, "machine %q, on which the job runs, is not there", r.Machine)
		}
		err := x.Recover(ctx, r.Handle)
		if err == nil || lilypad.CodeOf(err) != lilypad.NotFound {
			return x, r.Handle, err
		}
		p.Fleet.Free(r.ID.String()) // what its former run had
		if err := p.edit(ctx, r.ID, func(r *record) { r.Handle = "" }); err != nil {
			return nil, "", err
		}
	}
	if err := p.prepare(ctx, r, p.dir(r.ID)); err != nil {
		return nil, "", err
	}
	place, err := p.Fleet.Take(ctx, r.ID.String(), r.Posting.Work.Needs)
	if err != nil {
		return nil, "", err
	}
	handle, err := p.startAt(ctx, r, place)
	if err != nil {
		p.Fleet.Free(r.ID.String())
	}
	return place.Executor, handle, err
}

// prepare makes a folder for the job. It holds no place meanwhile: models may
// take long to come.
func (p *Provider) prepare(ctx context.Context, r record, dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	in, err := bundle.ReadInputs(ctx, p.Store, r.Posting.Work.Inputs)
	if err != nil {
		return err
	}
	if err := p.Modules.Verify(ctx, r.Posting.Module, in.Template); err != nil { // so that an executor finds it, in a new process too
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := in.Extract(ctx, p.Store, filepath.Join(dir, "inputs")); err != nil {
		return err
	}
	return p.Models.Place(ctx, r.Spec.Models, dir)
}

func (p *Provider) startAt(ctx context.Context, r record, place fleet.Place) (execution.Handle, error) {
	handle, err := place.Executor.Start(ctx, execution.Job{
		ID: r.Deal.Body.ID().String()[2:], Spec: r.Spec, Dir: p.dir(r.ID), Devices: place.Devices, Seed: lilypad.Hash(r.Posting.Work.Inputs),
	})
	if err != nil {
		return "", err
	}
	err = p.edit(ctx, r.ID, func(r *record) {
		r.Handle, r.Machine, r.Devices, r.Class = handle, place.Machine, place.Devices, place.Class
	})
	if err != nil { // nobody would find it again
		return "", errors.Join(err, execution.Halt(ctx, place.Executor, handle))
	}
	return handle, nil
}

// clear takes from a job that is over all that it has here. It may still run, if
// it was not delivered: nobody pays for that.
func (p *Provider) clear(ctx context.Context, r record) error {
	if x := p.Fleet.Executor(r.Machine, r.Posting.Work.Needs.Engine); x != nil && r.Handle != "" && r.Delivery == nil {
		if err := execution.Halt(ctx, x, r.Handle); err != nil {
			return err
		}
	}
	p.Fleet.Free(r.ID.String())
	p.dropTrace(r.ID)
	return os.RemoveAll(p.dir(r.ID))
}

// deliver signs the result of an ended job.
func (p *Provider) deliver(ctx context.Context, r record, o execution.Outcome) error {
	if err := p.Faulty.spoil(p.dir(r.ID)); err != nil {
		return err
	}
	if err := p.spoilTrace(ctx, r); err != nil {
		return err
	}
	out, err := bundle.PutOutputs(ctx, p.Store, p.dir(r.ID), o, r.Class)
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	sealed, err := p.seal(ctx, r, out)
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	signed, err := wallet.Sign(ctx, p.Key, p.Ledger.Domain(), lilypad.Result{Deal: r.Deal.Body.ID(), Result: out.Hash()})
	if err != nil {
		return err
	}
	p.Fleet.Free(r.ID.String())
	p.Logger.Info("job ended", "job", r.ID, "end", o.End, "exit_code", o.ExitCode, "reason", o.Reason, "wall_ms", o.WallMS)
	err = p.edit(ctx, r.ID, func(r *record) {
		r.Delivery = &api.Delivery{Result: signed, Outputs: out, Sealed: sealed, WallMS: o.WallMS}
		if r.Stage == stageOpen { // else the chain has gone another way meanwhile
			r.Stage = stageDelivered
		}
	})
	if err != nil {
		return err
	}
	return os.RemoveAll(p.dir(r.ID)) // the store has it all
}

// stream passes what the job prints to the creator until it ends; the
// returned function waits for the rest.
func (p *Provider) stream(ctx context.Context, x execution.Executor, h execution.Handle, id lilypad.JobID) (wait func()) {
	var wg sync.WaitGroup
	out, errs := &logWriter{p: p, ctx: ctx, id: id, stream: bundle.Stdout}, &logWriter{p: p, ctx: ctx, id: id, stream: bundle.Stderr}
	wg.Go(func() {
		if err := x.Logs(ctx, h, out, errs); err != nil && ctx.Err() == nil {
			p.Logger.Warn("log not streamed", "job", id, "error", err)
		}
	})
	return wg.Wait
}

// logWriter sends what is written to the solver, up to a bound per stream.
type logWriter struct {
	p      *Provider
	ctx    context.Context
	id     lilypad.JobID
	stream string
	sent   int
}

// maxStreamed is how much of a job's log is streamed; all of it is in the
// result, within the executor's own limit.
const maxStreamed = 1 << 20

func (w *logWriter) Write(b []byte) (int, error) {
	n := len(b)
	b = b[:min(n, maxStreamed-w.sent)]
	w.sent += len(b)
	for len(b) > 0 {
		piece := b[:min(len(b), 48<<10)]
		b = b[len(piece):]
		if err := w.p.Market.Log(w.ctx, w.id, api.LogChunk{Stream: w.stream, Data: piece}); err != nil {
			w.sent = maxStreamed // nobody listens; the result has it all
			break
		}
	}
	return n, nil
}
