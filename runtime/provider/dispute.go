package provider

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// maxTraces bounds the traces that are kept between questions: 32 bytes for
// each step of a job. One that is dropped costs another run.
const maxTraces = 4

// answer replies to what the creator asks about the trace of a delivered result.
func (p *Provider) answer(ctx context.Context, id lilypad.JobID) (time.Duration, error) {
	r, known := p.records.Get(id)
	if !known || r.Stage != stageDelivered || r.Posting.Private() || p.withholds(r) || !p.canStep(r) {
		return 0, nil
	}
	job, err := p.Market.Job(ctx, id)
	q := job.Question
	switch code := lilypad.CodeOf(err); {
	case err != nil && (code == lilypad.NotFound || code == lilypad.Unauthorized):
		return 0, nil
	case err != nil || q == nil || job.Reply != nil && job.Reply.Round == q.Round:
		return 0, err
	}
	asked, err := q.Asked()
	if err != nil {
		p.Logger.Warn("no game asks that", "job", id, "error", err)
		return 0, nil
	}
	_, _, err = bundle.OpenOutput(ctx, p.Store, r.Delivery.Outputs.Plain, bundle.Trace)
	if lilypad.CodeOf(err) == lilypad.NotFound { // it passed a limit: there are no steps to speak of
		p.Logger.Warn("asked about a result without a trace", "job", id)
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	p.Logger.Info("asked about the trace", "job", id, "round", q.Round, "kind", q.Kind, "index", q.Index)
	b, err := p.find(ctx, r, asked)
	switch lilypad.CodeOf(err) {
	case lilypad.Invalid, lilypad.Exhausted:
		p.Logger.Warn("question about the trace is not answered", "job", id, "error", err)
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	tree, _, err := storage.PutFiles(ctx, p.Market, []storage.Entry{storage.Bytes(api.AnswerFile, b)})
	if err != nil {
		return 0, err
	}
	return 0, ignoreConflict(p.Market.Reply(ctx, id, api.Reply{Round: q.Round, Tree: tree}))
}

// canStep spares jobs of other engines a look at the solver.
func (p *Provider) canStep(r record) bool {
	return slices.ContainsFunc(p.Fleet.For(r.Posting.Work.Needs), func(x execution.Executor) bool {
		_, ok := x.(execution.Stepper)
		return ok
	})
}

// find runs the job again where its trace is not at hand, or where a state of
// it is wanted.
func (p *Provider) find(ctx context.Context, r record, q bisection.Question) (b []byte, err error) {
	p.mu.Lock()
	player := bisection.Player{Trace: p.traces[r.ID]}
	p.mu.Unlock()
	if player.Trace != nil && q.Kind != bisection.AskSegment {
		return player.Answer(ctx, q)
	}
	err = p.inSteps(ctx, r, func(ctx context.Context, m bisection.Program) error {
		if player.Program = m; player.Trace == nil {
			if player.Trace, _, err = bisection.Run(ctx, m); err != nil {
				return err
			}
			p.keepTrace(r.ID, player.Trace)
		}
		b, err = player.Answer(ctx, q)
		return err
	})
	return b, err
}

func (p *Provider) keepTrace(id lilypad.JobID, t *bisection.Trace) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for old := range p.traces {
		if len(p.traces) < maxTraces {
			break
		}
		delete(p.traces, old)
	}
	p.traces[id] = t
}

func (p *Provider) dropTrace(id lilypad.JobID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.traces, id)
}

// inSteps calls use with the job's steps, in a place and a folder of their own.
// Invalid where the job has no steps.
func (p *Provider) inSteps(ctx context.Context, r record, use func(context.Context, bisection.Program) error) (err error) {
	dir, key := p.dir(r.ID)+"-steps", "steps of "+r.ID.String()
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := p.prepare(ctx, r, dir); err != nil {
		return err
	}
	place, err := p.Fleet.Take(ctx, key, r.Posting.Work.Needs)
	if err != nil {
		return err
	}
	defer p.Fleet.Free(key)
	x, ok := place.Executor.(execution.Stepper)
	if !ok {
		return lilypad.Errorf(lilypad.Invalid, "engine %s runs no job in steps", r.Posting.Work.Needs.Engine)
	}
	job := execution.Job{
		ID: r.Deal.Body.ID().String()[2:] + "-steps", Spec: r.Spec, Dir: dir, Devices: place.Devices, Seed: lilypad.Hash(r.Posting.Work.Inputs),
	}
	return x.Steps(ctx, job, func(ctx context.Context, m bisection.Program) error { return use(ctx, p.Faulty.program(m)) })
}
