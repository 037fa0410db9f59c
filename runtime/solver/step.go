package solver

import (
	"context"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// step does the next thing for a job.
func (s *Solver) step(ctx context.Context, id lilypad.JobID) (time.Duration, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return 0, err
	}
	switch r.Phase {
	case api.PhaseWaiting:
		again := time.Duration(0)
		if len(r.silent) > 0 {
			again = silentFor
		}
		s.matches.Add(id)
		return again, nil
	case api.PhaseProposed:
		return s.awaitAnswer(ctx, r)
	case api.PhaseOpening:
		s.opens.Add(id)
	case api.PhaseRunning, api.PhaseDelivered:
		if r.Receipt != nil {
			s.settles.Add(id)
		}
	case api.PhaseMediation:
		if vs := agreed(r); vs != nil {
			return 0, s.resolve(ctx, r, vs)
		}
	}
	return 0, nil
}

// refuse notes why a provider will not get the job.
func (r *record) refuse(why api.Refusal) {
	if r.Refused == nil {
		r.Refused = map[lilypad.Address]api.Refusal{}
	}
	r.Refused[why.Provider] = why
}

// awaitAnswer asks again after a restart and passes over a silent provider.
func (s *Solver) awaitAnswer(ctx context.Context, r record) (time.Duration, error) {
	if r.askedAt.IsZero() {
		return s.AnswerWithin, s.edit(ctx, r.ID, func(_ *book, r *record) error {
			if r.Phase == api.PhaseProposed {
				r.askedAt = time.Now()
			}
			return nil
		})
	}
	if left := s.AnswerWithin - time.Since(r.askedAt); left > 0 {
		return left, nil
	}
	s.Logger.Info("provider did not answer", "job", r.ID, "provider", r.Provider, "within", s.AnswerWithin)
	return 0, s.edit(ctx, r.ID, func(_ *book, now *record) error {
		if now.Phase != api.PhaseProposed || now.Provider != r.Provider {
			return nil // it did, just now
		}
		if now.silent == nil {
			now.silent = map[lilypad.Address]time.Time{}
		}
		now.silent[r.Provider] = time.Now()
		now.release()
		return nil
	})
}

// decline frees the provider and puts the job back into the book.
func (s *Solver) decline(ctx context.Context, id lilypad.JobID, by lilypad.Address, reason string, price lilypad.Amount) error {
	return s.edit(ctx, id, func(_ *book, r *record) error {
		if r.Phase != api.PhaseProposed || r.Provider != by {
			return lilypad.Errorf(lilypad.Conflict, "job %s is not proposed to %s", id, by)
		}
		if _, again := r.Quotes[by]; price > 0 && !again && price <= r.Posting.Offer.Body.MaxPrice {
			if r.Quotes == nil {
				r.Quotes = map[lilypad.Address]lilypad.Amount{}
			}
			r.Quotes[by] = price
		} else {
			r.refuse(api.Refusal{Provider: by, By: "provider", Rule: reason})
		}
		r.release()
		return nil
	})
}

// release puts the job back into the book, without what came of its deal.
func (r *record) release() {
	r.Phase, r.Provider, r.Price, r.Deal, r.askedAt = api.PhaseWaiting, lilypad.Address{}, 0, nil, time.Time{}
	r.Delivery, r.Receipt, r.Opinions, r.Grants, r.Facts = nil, nil, nil, nil, settlement.Facts{}
	r.Question, r.Reply, r.Proof = nil, nil, lilypad.ContentID{}
}

func (s *Solver) withdraw(ctx context.Context, id lilypad.JobID, reason string) error {
	return s.edit(ctx, id, func(b *book, r *record) error {
		switch r.Phase {
		case api.PhaseWaiting, api.PhaseProposed:
			r.Phase, r.Reason = api.PhaseWithdrawn, reason
			return nil
		}
		return lilypad.Errorf(lilypad.Conflict, "job %s is %s: its money is locked and comes back or is paid by deadline", id, r.Phase)
	})
}

// agreed returns the verdicts to resolve with: all, once enough are equal.
func agreed(r record) []lilypad.Signed[lilypad.Verdict] {
	var all []lilypad.Signed[lilypad.Verdict]
	count, most := map[lilypad.Outcome]int{}, 0
	for _, o := range r.Opinions {
		all = append(all, o.Verdict)
		count[o.Verdict.Body.Outcome]++
		most = max(most, count[o.Verdict.Body.Outcome])
	}
	if most < int(r.Posting.Panel.Agree) {
		return nil
	}
	return all
}

func (s *Solver) resolve(ctx context.Context, r record, vs []lilypad.Signed[lilypad.Verdict]) error {
	_, err := s.Ledger.Resolve(ctx, r.Terms(), r.Facts, r.Posting.Panel, vs)
	if lilypad.CodeOf(err) == lilypad.Conflict {
		return s.refresh(ctx, r.ID, "")
	}
	return err
}

// refresh reads from the chain where the deal stands; events bring the rest.
// A receipt that the chain refused is dropped, else it would be sent for ever.
func (s *Solver) refresh(ctx context.Context, id lilypad.JobID, refused string) error {
	status, err := s.Ledger.Status(ctx, id)
	if err != nil || status.State == lilypad.StateNone || status.State == lilypad.StateApproved {
		return err
	}
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		return err
	}
	return s.edit(ctx, id, func(b *book, r *record) error {
		r.apply(status)
		if !r.live() {
			r.Ended = head.Number
		} else if refused != "" && r.Receipt != nil {
			r.Receipt, r.Reason = nil, "receipt refused: "+refused
			s.ban(b, r.blamed(refused), head.Time, refused)
		}
		return nil
	})
}

// apply moves the record to where the chain is; it never moves back, except
// that a withdrawn or waiting job that did open is running.
func (r *record) apply(st settlement.Status) {
	r.OnChain, r.Deadline = st.State, st.Deadline
	switch st.State {
	case lilypad.StateOpen, lilypad.StateSubmitted:
		if r.Phase != api.PhaseDelivered {
			r.Phase = api.PhaseRunning
		}
	case lilypad.StateChallenged, lilypad.StateDrawn:
		r.Phase = api.PhaseMediation
	case lilypad.StateFinal:
		r.Phase, r.Path, r.Outcome = api.PhaseFinal, st.Path, st.Outcome
	}
}
