package mediator

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// maxRuns bounds what a scheme may ask of one mediator.
const maxRuns = 3

// decide runs the case as far as it goes and signs the verdict when there is
// one.
func (m *Mediator) decide(ctx context.Context, r record, job api.Job) error {
	w := job.Posting.Work
	scheme, err := m.Policies.Scheme(ctx, w.Scheme)
	if err != nil {
		return err
	}
	comparator, err := m.Policies.Comparator(ctx, w.Comparator)
	if err != nil {
		return err
	}
	head, err := m.Ledger.Head(ctx)
	if err != nil {
		return err
	}
	seen, err := m.look(ctx, r, job)
	if err != nil {
		return err
	}
	cs := r.clone().Case
	if cs == nil {
		cs = m.newCase(r, job, seen)
	}
	if d := job.Delivery; seen > 0 {
		cases.AddResult(cs, seen, hostapi.None, 0, hostapi.Result{
			Content: hostapi.Bytes32(d.Outputs.Plain), Size: d.Outputs.Size, WallTime: d.WallMS, Status: hostapi.RunStatus(d.Outputs.Status),
		})
	}
	runner := cases.Runner{Scheme: scheme, Comparator: comparator, Order: func(context.Context, hostapi.Action) (hostapi.Party, error) {
		return m.party(head.Time, w.Needs), nil
	}}
	for {
		decision, err := runner.Advance(ctx, head.Time, cs)
		if err != nil {
			return err
		}
		if decision != nil {
			return m.sign(ctx, r, job, cs, decision)
		}
		open, disputes := cases.Open(cs), cases.Disputes(cs)
		if len(open)+len(disputes) == 0 {
			return m.await(ctx, r, job, cs)
		}
		if err := m.Fleet.Check(w.Needs); err != nil && len(open) > 0 {
			return m.leave(ctx, r.ID, seen > 0, err)
		}
		for _, order := range disputes {
			if err := m.verify(ctx, job, cs, order, head.Time, seen > 0); err != nil {
				return err
			}
		}
		for _, order := range open {
			if err := m.run(ctx, job, cs, order, head.Time); err != nil {
				return err
			}
		}
	}
}

// await keeps a case that nothing can be done about now.
func (m *Mediator) await(ctx context.Context, r record, job api.Job, cs *hostapi.Case) error {
	if r.Case != nil && len(r.Case.Events) == len(cs.Events) {
		return nil
	}
	terms := job.Terms()
	return m.edit(ctx, r.ID, func(r *record) {
		r.Case, r.Terms, r.Facts.Result = cs, &terms, job.Facts.Result
	})
}

// leave gives up a case whose job no machine here can ever run: that says
// nothing of the result, and a refund for it would cost an honest provider its
// price. While there is no result to run again, it waits for one.
func (m *Mediator) leave(ctx context.Context, id lilypad.JobID, shown bool, why error) error {
	if !shown {
		return nil
	}
	m.Logger.Error("case left to the others", "job", id, "error", why)
	return m.edit(ctx, id, func(r *record) { r.NotMine = true })
}

func (m *Mediator) newCase(r record, job api.Job, seen lilypad.Time) *hostapi.Case {
	o, d := job.Posting.Offer.Body, job.Deal.Body
	params := make([]hostapi.Param, len(job.Posting.Work.Parameters))
	for i, p := range job.Posting.Work.Parameters {
		params[i] = hostapi.Param{Key: p.Key, Value: p.Value}
	}
	seed := settlement.DrawSeed(job.Facts.CreatorSeed, job.Facts.ProviderSeed, d.ID())
	cs := &hostapi.Case{
		ID: hostapi.Bytes32(r.ID), Opened: uint64(r.Challenged), Deadline: uint64(r.Deadline - settlement.VerdictMargin(o)), Challenged: hostapi.Some(uint64(r.Challenged)),
		Seed: hostapi.Some(hostapi.Bytes32(seed)), Phase: hostapi.PhaseMediation, Price: uint64(d.Price),
		ProviderStake: uint64(o.ProviderStake), CreatorStake: uint64(o.CreatorStake), MediationFee: uint64(o.MediationFee),
		LatePenalty: uint64(o.LatePenalty), AuditRate: uint32(o.AuditBPS), MaxRuns: maxRuns, Params: params,
	}
	// The claim may be older than the challenge, and time never runs back.
	opened := min(seen, r.Challenged)
	cases.AddParty(cs, opened, hostapi.Party{
		Address: hostapi.Bytes20(d.Provider), Operator: hostapi.Bytes20(d.Provider), Stake: uint64(o.ProviderStake), Fee: uint64(d.Price), Standing: hostapi.StandingProvider,
	})
	return cs
}

// look fetches the claimed result, and notes when it was there or when it was
// looked for in vain. A solver that does not answer is waited for: whether the
// result came late must not depend on it.
func (m *Mediator) look(ctx context.Context, r record, job api.Job) (seen lilypad.Time, err error) {
	head, err := m.Ledger.Head(ctx)
	if err != nil {
		return 0, err
	}
	here, err := m.fetch(ctx, r, job)
	switch {
	case err != nil || here && r.Seen > 0:
		return r.Seen, err
	case here:
		seen = job.Delivery.At
		if r.Missed > 0 {
			seen = max(seen, r.Missed+1)
		}
		return seen, m.edit(ctx, r.ID, func(r *record) {
			r.Seen, r.Trees = seen, append(job.Posting.Trees(), job.Delivery.Trees()...)
		})
	case r.Missed == head.Time:
		return 0, nil
	}
	return 0, m.edit(ctx, r.ID, func(r *record) { r.Missed = head.Time })
}

// fetch tells whether the claimed result can be had and is what was signed.
func (m *Mediator) fetch(ctx context.Context, r record, job api.Job) (bool, error) {
	d := job.Delivery
	if d == nil || job.Deal == nil || d.Result.Body.Deal != job.Deal.Body.ID() || d.Outputs.Hash() != job.Facts.Result {
		return false, nil
	}
	err := m.bring(ctx, r, job)
	switch lilypad.CodeOf(err) {
	case lilypad.NotFound, lilypad.Invalid, lilypad.Exhausted:
		m.Logger.Warn("claimed result cannot be had", "job", job.ID, "error", err)
		return false, nil
	}
	return err == nil, err
}

func (m *Mediator) party(now lilypad.Time, n lilypad.Needs) hostapi.Party {
	return hostapi.Party{
		Address: hostapi.Bytes20(m.Key.Address()), Operator: hostapi.Bytes20(m.Key.Address()),
		HardwareClass: hostapi.Bytes32(m.Fleet.Class(n)), Since: uint64(now), Standing: hostapi.StandingMediator,
	}
}

// run executes the job here and adds what came of it.
func (m *Mediator) run(ctx context.Context, job api.Job, cs *hostapi.Case, order hostapi.Ordered, now lilypad.Time) error {
	out, outcome, err := m.execute(ctx, job)
	switch lilypad.CodeOf(err) {
	case lilypad.Unavailable, lilypad.Timeout, lilypad.Internal:
		if err != nil {
			return err
		}
	}
	if err != nil {
		m.Logger.Warn("job cannot be run again here", "job", job.ID, "error", err)
		cases.AddMissing(cs, now, order.Key, order.Who, hostapi.AbsenceFault)
		return nil
	}
	cases.AddResult(cs, now, order.Key, order.Who, hostapi.Result{
		Content: hostapi.Bytes32(out.Plain), Size: out.Size, WallTime: outcome.WallMS, Status: hostapi.RunStatus(out.Status),
	})
	return nil
}

func (m *Mediator) execute(ctx context.Context, job api.Job) (lilypad.Outputs, execution.Outcome, error) {
	none, w := lilypad.Outputs{}, job.Posting.Work
	spec, dir, err := m.prepare(ctx, job)
	if err != nil {
		return none, execution.Outcome{}, err
	}
	defer os.RemoveAll(dir)
	place, err := m.Fleet.Take(ctx, dir, w.Needs)
	if err != nil {
		return none, execution.Outcome{}, err
	}
	defer m.Fleet.Free(dir)
	x := place.Executor
	handle, err := x.Start(ctx, execution.Job{ID: filepath.Base(dir), Spec: spec, Dir: dir, Devices: place.Devices, Seed: lilypad.Hash(w.Inputs)})
	if err != nil {
		return none, execution.Outcome{}, err
	}
	outcome, err := x.Wait(ctx, handle)
	if err != nil { // it may run on, in a folder and on devices that are given back now
		return none, outcome, errors.Join(err, execution.Halt(ctx, x, handle))
	}
	out, err := bundle.PutOutputs(ctx, m.Store, dir, outcome, place.Class)
	return out, outcome, err
}

// prepare renders a job and makes a folder for it, which the caller removes.
func (m *Mediator) prepare(ctx context.Context, job api.Job) (spec lilypad.Spec, dir string, err error) {
	w := job.Posting.Work
	if err := m.inputs(ctx, job); err != nil {
		return spec, "", err
	}
	in, err := bundle.ReadInputs(ctx, m.Store, w.Inputs)
	if err != nil {
		return spec, "", err
	}
	if err := m.Modules.Verify(ctx, job.Posting.Module, in.Template); err != nil {
		return spec, "", err
	}
	if spec, err = m.Modules.Render(in.Template, in.Params, w.Needs.Engine, job.Posting.Module); err != nil {
		return spec, "", err
	}
	spec.Timeout = w.Needs.Timeout
	if err := os.MkdirAll(m.Dir, 0o700); err != nil {
		return spec, "", err
	}
	if dir, err = os.MkdirTemp(m.Dir, "case-"); err != nil {
		return spec, "", err
	}
	err = in.Extract(ctx, m.Store, filepath.Join(dir, "inputs"))
	if err == nil {
		err = m.Models.Place(ctx, spec.Models, dir)
	}
	if err != nil {
		return spec, "", errors.Join(err, os.RemoveAll(dir))
	}
	return spec, dir, nil
}

// sign makes the opinion: a verdict that names the transcript, stored as a
// tree that anyone can replay.
func (m *Mediator) sign(ctx context.Context, r record, job api.Job, cs *hostapi.Case, d *cases.Decision) error {
	verdict, err := wallet.Sign(ctx, m.Key, m.Ledger.Domain(), lilypad.Verdict{
		Deal: job.Deal.Body.ID(), Result: job.Facts.Result, Outcome: d.Outcome, Transcript: d.Transcript.Hash(),
	})
	if err != nil {
		return err
	}
	file, err := json.Marshal(cases.File{
		Job: r.ID, Deal: job.Deal.Body.ID(), By: m.Key.Address(), Scheme: job.Posting.Work.Scheme, Transcript: d.Transcript,
	})
	if err != nil {
		return err
	}
	id, _, err := storage.PutFiles(ctx, m.Store, []storage.Entry{storage.Bytes(cases.FileName, file)})
	if err != nil {
		return err
	}
	terms := job.Terms()
	m.Logger.Info("verdict", "job", r.ID, "outcome", d.Outcome, "transcript", d.Transcript.Hash())
	return m.edit(ctx, r.ID, func(r *record) {
		r.Facts.Result = job.Facts.Result
		r.Terms, r.Case, r.Opinion = &terms, cs, &api.Opinion{Mediator: m.Key.Address(), Verdict: verdict, Transcript: id}
	})
}
