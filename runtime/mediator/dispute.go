package mediator

import (
	"context"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// verify looks whether what the creator handed in shows that the claimed result
// is wrong, by one step that is run here. That nothing is shown says nothing of
// the result: the scheme then has the whole job run.
func (m *Mediator) verify(ctx context.Context, job api.Job, cs *hostapi.Case, order hostapi.Ordered, now lilypad.Time, here bool) error {
	why := hostapi.AbsenceDeclined
	if here && !job.Proof.IsZero() && !job.Posting.Private() {
		proof, f, err := m.try(ctx, job)
		switch code := lilypad.CodeOf(err); {
		case err == nil:
			m.Logger.Info("shown wrong by one step", "job", job.ID, "step", f.Step, "of", f.Steps, "files", proof.Files(), "proof", job.Proof)
			c := proof.Commit
			cases.AddCommit(cs, now, order.Key, 0, hostapi.Commit{Steps: f.Steps, Trace: hostapi.Bytes32(c.Trace), Last: hostapi.Bytes32(c.Last.Root())})
			cases.AddSegment(cs, now, order.Key, 0, hostapi.Segment{
				Step: f.Step, Start: hostapi.Bytes32(f.Start), Claimed: hostapi.Bytes32(f.Claimed), Ran: hostapi.Bytes32(f.Ran), Proof: hostapi.Bytes32(job.Proof),
			})
			return nil
		case code == lilypad.Unavailable || code == lilypad.Internal:
			return err
		}
		m.Logger.Warn("the proof does not hold", "job", job.ID, "proof", job.Proof, "error", err)
		why = hostapi.AbsenceFault
	}
	cases.AddMissing(cs, now, order.Key, order.Who, why)
	return nil
}

// try fetches the proof and runs its step, if it has one. What the step takes is
// made last, in the room that the job has here.
func (m *Mediator) try(ctx context.Context, job api.Job) (*bisection.Proof, bisection.Finding, error) {
	var none bisection.Finding
	claim, err := bundle.ReadClaim(ctx, m.Store, job.Delivery.Outputs)
	if err != nil {
		return nil, none, err
	}
	limits := bisection.Limits{Memory: uint64(job.Posting.Work.Needs.RAMMB) * 1_000_000}
	if m.Fleet.Check(job.Posting.Work.Needs) != nil {
		limits.Memory = bisection.Page // no step is run here, but that files are wrong needs none
	}
	if _, err := storage.Copy(ctx, m.Store, m.Market, job.Proof, storage.Limits{Size: limits.Proof(), Files: 1}); err != nil {
		return nil, none, err
	}
	b, err := bundle.ReadOutput(ctx, m.Store, job.Proof, api.AnswerFile, int64(limits.Proof()))
	if err != nil {
		return nil, none, err
	}
	proof, err := bisection.ParseProof(b, limits)
	if err == nil {
		err = proof.About(claim)
	}
	if err != nil {
		return nil, none, err
	}
	if proof.Files() {
		f, err := proof.Check(ctx, nil, claim)
		return proof, f, err
	}
	f := none
	err = m.inSteps(ctx, job, func(ctx context.Context, p bisection.Program) (err error) {
		f, err = proof.Check(ctx, p, claim)
		return err
	})
	return proof, f, err
}

// inSteps calls use with the steps of a job.
func (m *Mediator) inSteps(ctx context.Context, job api.Job, use func(context.Context, bisection.Program) error) error {
	w := job.Posting.Work
	spec, dir, err := m.prepare(ctx, job)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	place, err := m.Fleet.Take(ctx, dir, w.Needs)
	if err != nil {
		return err
	}
	defer m.Fleet.Free(dir)
	x, ok := place.Executor.(execution.Stepper)
	if !ok {
		return lilypad.Errorf(lilypad.Invalid, "engine %s runs no job in steps", w.Needs.Engine)
	}
	return x.Steps(ctx, execution.Job{ID: filepath.Base(dir), Spec: spec, Dir: dir, Devices: place.Devices, Seed: lilypad.Hash(w.Inputs)}, use)
}
