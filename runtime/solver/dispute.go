package solver

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

// segment is the last question of a game. To find its answer costs a run, so
// that each provider is asked once.
var segment = bisection.AskSegment.String()

// Ask keeps the creator's question about the trace of a delivered result, in
// place of the one before and its reply.
func (s *Solver) Ask(ctx context.Context, caller lilypad.Address, id lilypad.JobID, q api.Question) error {
	if _, err := q.Asked(); err != nil {
		return err
	}
	return s.edit(ctx, id, func(_ *book, r *record) error {
		switch {
		case !slices.Contains(ordering(r.Posting.Offer.Body), caller):
			return lilypad.Errorf(lilypad.Unauthorized, "job %s is not of %s", id, caller)
		case r.Posting.Private():
			return lilypad.Errorf(lilypad.Invalid, "job %s is private: its memory is shown to nobody", id)
		case r.Phase != api.PhaseDelivered:
			return lilypad.Errorf(lilypad.Conflict, "job %s is %s: only a delivered result is asked about", id, r.Phase)
		case r.Question != nil && *r.Question == q:
			return errSame
		case r.Question != nil && (q.Round <= r.Question.Round || r.Question.Kind == segment):
			return lilypad.Errorf(lilypad.Conflict, "round %d of job %s is over", q.Round, id)
		}
		r.Question, r.Reply = &q, nil
		return nil
	})
}

// Reply keeps the provider's answer to the question of the moment.
func (s *Solver) Reply(ctx context.Context, caller lilypad.Address, id lilypad.JobID, a api.Reply) error {
	if err := s.complete(ctx, a.Tree); err != nil {
		return err
	}
	return s.edit(ctx, id, func(_ *book, r *record) error {
		switch {
		case r.Provider != caller:
			return lilypad.Errorf(lilypad.Unauthorized, "job %s does not run at %s", id, caller)
		case r.Question == nil || r.Question.Round != a.Round:
			return lilypad.Errorf(lilypad.Conflict, "nobody asks about job %s in round %d", id, a.Round)
		case r.Reply != nil:
			return errSame // the first one counts
		}
		r.Reply = &a
		return nil
	})
}

// Prove keeps what the creator has to show the mediators.
func (s *Solver) Prove(ctx context.Context, caller lilypad.Address, id lilypad.JobID, proof lilypad.ContentID) error {
	if err := s.complete(ctx, proof); err != nil {
		return err
	}
	return s.edit(ctx, id, func(_ *book, r *record) error {
		switch {
		case !slices.Contains(ordering(r.Posting.Offer.Body), caller):
			return lilypad.Errorf(lilypad.Unauthorized, "job %s is not of %s", id, caller)
		case r.Delivery == nil:
			return lilypad.Errorf(lilypad.Conflict, "job %s has no result to show anything of", id)
		case r.Proof == proof:
			return errSame
		}
		r.Proof = proof
		return nil
	})
}
