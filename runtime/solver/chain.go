package solver

import (
	"context"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
)

// batchRetry is how long a batch rests after the chain did not take it.
const batchRetry = time.Second

// open sends the deals of these jobs to the chain in one transaction.
func (s *Solver) open(ctx context.Context, ids []lilypad.JobID) {
	var terms []settlement.Terms
	for _, id := range ids {
		if r, err := s.get(ctx, id); err == nil && r.Phase == api.PhaseOpening {
			terms = append(terms, r.Terms())
		}
	}
	if len(terms) == 0 {
		return
	}
	_, skips, err := s.Ledger.Open(ctx, terms)
	s.afterBatch(ctx, "open", ids, skips, err)
}

// settle pays the jobs that have a receipt in one transaction.
func (s *Solver) settle(ctx context.Context, ids []lilypad.JobID) {
	var list []settlement.Settlement
	for _, id := range ids {
		if r, err := s.get(ctx, id); err == nil && r.live() && r.Receipt != nil && r.Deal != nil {
			list = append(list, settlement.Settlement{Terms: r.Terms(), Receipt: *r.Receipt})
		}
	}
	if len(list) == 0 {
		return
	}
	_, skips, err := s.Ledger.Settle(ctx, list)
	s.afterBatch(ctx, "settle", ids, skips, err)
}

// afterBatch deals with what was left out. What went through is told by the
// chain's own events.
func (s *Solver) afterBatch(ctx context.Context, step string, ids []lilypad.JobID, skips []settlement.Skip, err error) {
	if err != nil {
		s.Logger.Warn("batch failed and is tried again", "step", step, "jobs", len(ids), "error", err)
		for _, id := range ids {
			s.steps.WakeIn(id, batchRetry)
		}
		return
	}
	for _, skip := range skips {
		s.Logger.Info("deal skipped", "step", step, "job", skip.Job, "reason", skip.Reason)
		after := s.refresh
		if step == "open" {
			after = s.notOpened
		}
		if err := after(ctx, skip.Job, skip.Reason); err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
			s.Logger.Warn("job not updated and tried again", "job", skip.Job, "step", step, "error", err)
			s.steps.WakeIn(skip.Job, batchRetry)
		}
	}
}

// notOpened finds out why the chain skipped a deal: it is open already, the
// creator cannot pay, or the provider cannot.
func (s *Solver) notOpened(ctx context.Context, id lilypad.JobID, reason string) error {
	status, err := s.Ledger.Status(ctx, id)
	if err != nil {
		return err
	}
	if status.State != lilypad.StateNone && status.State != lilypad.StateApproved {
		return s.refresh(ctx, id, reason)
	}
	r, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	unfunded := s.checkFunds(ctx, r.Posting.Offer.Body)
	if code := lilypad.CodeOf(unfunded); unfunded != nil && code != lilypad.Exhausted && code != lilypad.Conflict {
		return unfunded // it is not known yet
	}
	return s.edit(ctx, id, func(_ *book, r *record) error {
		if r.Phase != api.PhaseOpening {
			return nil
		}
		if unfunded != nil {
			r.Phase, r.Reason = api.PhaseWithdrawn, unfunded.Error()
			return nil
		}
		r.refuse(api.Refusal{Provider: r.Provider, By: "settlement", Rule: reason})
		r.release()
		return nil
	})
}

// checkFunds tells whether the creator could pay for the offer now.
func (s *Solver) checkFunds(ctx context.Context, o lilypad.JobOffer) error {
	acct, err := s.Ledger.Account(ctx, o.Creator)
	if err != nil {
		return err
	}
	if o.Epoch != acct.Epoch {
		return lilypad.Errorf(lilypad.Conflict, "the offer names epoch %d, the creator's is %d", o.Epoch, acct.Epoch).Try("sign it again")
	}
	if need := o.MaxPrice + o.SolverFee + o.CreatorStake; acct.Free < need {
		return lilypad.Errorf(lilypad.Exhausted, "not enough funds: %s has %s LILY free, the job needs %s", o.Creator, acct.Free, need).
			Try("lilypad wallet fund %s --deposit --amount %s", o.Creator, need-acct.Free)
	}
	return nil
}

// follow applies the chain's events to the book, in order, cursor included.
func (s *Solver) follow(ctx context.Context) error {
	return s.Ledger.Follow(ctx, s.book.cursor, func(batch settlement.Batch) error {
		var ids []lilypad.JobID
		tell := map[lilypad.JobID][]lilypad.Address{}
		err := s.do(ctx, func(b *book) error {
			b.cursor, b.moved = batch.Cursor, true
			for _, e := range batch.Events {
				if r, ok := b.jobs[e.Job]; ok {
					_ = b.change(r, func() error { r.observe(e); return nil })
					ids = append(ids, e.Job)
					tell[e.Job] = r.parties()
				}
			}
			return nil
		})
		for _, id := range ids {
			s.hub.Publish(api.Changed(id), unique(tell[id])...)
		}
		return err
	})
}

// observe adds what an event brought to light; it may come twice.
func (r *record) observe(e settlement.Event) {
	st := settlement.Status{Deadline: e.Deadline, Path: e.Path, Outcome: e.Outcome}
	switch e.Kind {
	case settlement.Opened:
		st.State = lilypad.StateOpen
	case settlement.Submitted:
		st.State, r.Facts.Result = lilypad.StateSubmitted, e.Result
	case settlement.Challenged:
		st.State, r.Facts.CreatorSeed = lilypad.StateChallenged, e.Seed
	case settlement.Revealed:
		st.State, r.Facts.ProviderSeed = lilypad.StateDrawn, e.Seed
	case settlement.Finished:
		st.State = lilypad.StateFinal
	default:
		return
	}
	r.apply(st)
}

// live lists the open deals for the keeper: the solver sees to it that none is
// forgotten when its parties are gone.
func (s *Solver) live(ctx context.Context) ([]keeper.Deal, error) {
	var out []keeper.Deal
	err := s.do(ctx, func(b *book) error {
		replicated := map[lilypad.JobID]bool{}
		for _, r := range b.jobs {
			replicated[r.Posting.Parent] = true
		}
		for id, r := range b.jobs {
			if r.OnChain <= lilypad.StateApproved || r.Deal == nil {
				continue
			}
			d := keeper.Deal{Terms: r.Terms(), Facts: r.Facts, State: r.OnChain, Deadline: r.Deadline, Patience: s.Patience}
			if r.OnChain == lilypad.StateOpen || r.OnChain == lilypad.StateDrawn || replicated[id] {
				d.Patience += time.Duration(r.needs().Timeout) * time.Second // somebody runs it
			}
			if r.OnChain == lilypad.StateDrawn {
				d.Rest = r.Deadline - settlement.VerdictMargin(r.Posting.Offer.Body)
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}
