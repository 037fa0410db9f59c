package provider

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// run executes an open job, from wherever it stands, and signs its result.
func (p *Provider) run(ctx context.Context, r record) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
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
	if r, _ = p.records.Get(r.ID); r.Stage != stageOpen {
		return nil // it ended while it waited for a slot
	}
	x := p.Executors[r.Posting.Work.Needs.Engine]
	handle, err := p.start(ctx, x, r)
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	logs := p.stream(ctx, x, handle, r.ID)
	outcome, err := x.Wait(ctx, handle)
	logs()
	if now, _ := p.records.Get(r.ID); now.Stage == stageFinal {
		return x.Stop(context.WithoutCancel(ctx), handle)
	}
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	return p.deliver(ctx, r, outcome)
}

// noResult gives a job up when its executor says that trying again is useless.
func (p *Provider) noResult(ctx context.Context, r record, err error) error {
	switch lilypad.CodeOf(err) {
	case lilypad.Invalid, lilypad.Unauthorized, lilypad.Conflict:
		p.Logger.Error("job cannot run here", "job", r.ID, "error", err)
		p.devices.free(r.ID)
		return p.edit(ctx, r.ID, func(r *record) { r.Stage, r.Reason = stageFailed, err.Error() })
	}
	return err
}

// start takes the running job back, or starts it in a clean folder.
func (p *Provider) start(ctx context.Context, x execution.Executor, r record) (execution.Handle, error) {
	if r.Handle != "" {
		err := x.Recover(ctx, r.Handle)
		if err == nil || lilypad.CodeOf(err) != lilypad.NotFound {
			return r.Handle, err
		}
	}
	p.devices.free(r.ID) // what its former run had
	dir := p.dir(r.ID)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	in, err := bundle.ReadInputs(ctx, p.Store, r.Posting.Work.Inputs)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	if err := in.Extract(ctx, p.Store, filepath.Join(dir, "inputs")); err != nil {
		return "", err
	}
	devices, err := p.devices.take(r.ID, r.Posting.Work.Needs)
	if err != nil {
		return "", err
	}
	handle, err := x.Start(ctx, execution.Job{
		ID: r.Deal.Body.ID().String()[2:], Spec: r.Spec, Dir: dir, Devices: devices, Seed: lilypad.Hash(r.Posting.Work.Inputs),
	})
	if err != nil {
		p.devices.free(r.ID)
		return "", err
	}
	return handle, p.edit(ctx, r.ID, func(r *record) { r.Handle, r.Devices = handle, devices })
}

// deliver signs the result of an ended job.
func (p *Provider) deliver(ctx context.Context, r record, o execution.Outcome) error {
	if err := p.Faulty.spoil(p.dir(r.ID)); err != nil {
		return err
	}
	out, err := bundle.PutOutputs(ctx, p.Store, p.dir(r.ID), o, p.Offer.HardwareClass)
	if err != nil {
		return p.noResult(ctx, r, err)
	}
	signed, err := wallet.Sign(ctx, p.Key, p.Ledger.Domain(), lilypad.Result{Deal: r.Deal.Body.ID(), Result: out.Hash()})
	if err != nil {
		return err
	}
	p.devices.free(r.ID)
	p.Logger.Info("job ended", "job", r.ID, "end", o.End, "exit_code", o.ExitCode, "wall_ms", o.WallMS)
	return p.edit(ctx, r.ID, func(r *record) {
		r.Delivery = &api.Delivery{Result: signed, Outputs: out, WallMS: o.WallMS}
		if r.Stage == stageOpen { // else the chain has gone another way meanwhile
			r.Stage = stageDelivered
		}
	})
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
