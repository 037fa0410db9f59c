// Command bisect runs one step of a job instead of all of it. In review it buys
// one run at another operator. If the two results differ, their providers are
// played against each other until one step is left, which shows who is wrong
// (refereed delegation of computation: Canetti, Riva and Rothblum, 2011). A
// drawn mediator runs the step that the challenger shows, and the whole job
// only if that shows nothing.
//
// It believes a result that another run gives too, and one against which
// another run was shown wrong. Jobs that do not run in steps are left to the
// mediators when results differ.
package main

import (
	"errors"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// Reasons beyond those of mediate.Case.Rerun, with words in the manifest.
const (
	alike        = 10
	claimWrong   = 11
	replicaWrong = 12
	nobodyWrong  = 13
	noResult     = 14
	noReplica    = 15
)

type bisect struct {
	place func(mediate.Plan) mediate.Plan
}

func newBisect(s mediate.Settings) (mediate.Hook, error) {
	switch place := s.Text("place"); place {
	case "same_class":
		return bisect{mediate.Plan.SameClass}, nil
	case "other_owner":
		return bisect{mediate.Plan.OtherOwner}, nil
	default:
		return nil, errors.New("place: there is no " + place)
	}
}

func (b bisect) Decide(c mediate.Case) mediate.Plan {
	if c.Phase() == mediate.PhaseMediation {
		return hear(c)
	}
	claim, shown := c.Claim()
	switch {
	case !shown && c.Expired():
		return mediate.Verdict(mediate.Refund).Because(noResult)
	case !shown:
		return c.Wait()
	}
	votes := c.Votes()
	if votes.Total() == 1 {
		if c.Expired() || c.Exhausted() {
			return mediate.Draw().Because(noReplica)
		}
		return b.place(c.Execute(1))
	}
	replica := c.Answers()[1]
	switch same, known := equal(votes); {
	case same:
		return mediate.Verdict(mediate.Upheld).Confidence(1_000_000).Because(alike)
	case c.Expired():
		return mediate.Draw().Because(nobodyWrong)
	case !known:
		return c.Compare(claim, replica)
	}
	f := c.Bisected(replica)
	switch {
	case !f.Over:
		return c.Bisect(claim, replica)
	case f.Wrong == mediate.StandingProvider:
		return mediate.Verdict(mediate.Fraud).Confidence(1_000_000).Because(claimWrong).With(f.Step, 0)
	case f.Wrong == mediate.StandingReplica:
		return mediate.Verdict(mediate.Upheld).Confidence(1_000_000).Because(replicaWrong).With(f.Step, 0)
	}
	return mediate.Draw().Because(nobodyWrong)
}

// equal tells whether all results are the same, and whether that is known.
func equal(votes mediate.Votes) (same, known bool) {
	_, _, open := votes.Undecided()
	return len(votes.Groups()) == 1, !open
}

// hear is a mediator's part: one step if that is enough, else the whole job.
func hear(c mediate.Case) mediate.Plan {
	claim, shown := c.Claim()
	if !shown || c.Expired() {
		return c.Rerun()
	}
	f := c.Bisected(mediate.Answer{})
	switch {
	case !f.Over:
		return c.Bisect(claim, mediate.Answer{})
	case f.Wrong == mediate.StandingProvider:
		return mediate.Verdict(mediate.Fraud).Confidence(1_000_000).Because(claimWrong).With(f.Step, 0)
	}
	return c.Rerun()
}

func init() { mediate.Register(newBisect) }

func main() {}
