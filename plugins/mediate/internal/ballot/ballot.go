// Package ballot is what schemes that weigh results have in common: when they
// wait, compare, order further runs and give up. A scheme says how sure it is:
//
//	func (s scheme) Decide(c mediate.Case) mediate.Plan {
//		return s.box.Decide(c, func(v mediate.Votes) ballot.Count { … })
//	}
//
// It is no scheme and judges nothing. Plugins of this Go module import it; it
// imports the SDK.
package ballot

import (
	"errors"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// Reasons of a verdict, with words in the manifests.
const (
	Sure     = 10 // {0} of {1} results agree
	Unsure   = 11 // only {0} of {1} results agree
	NoResult = 12
)

// mostRuns is what a plan may order at once.
const mostRuns = 64

// Count is what a scheme makes of the results.
type Count struct {
	Top    mediate.Group // the likeliest
	PPM    uint64        // how sure it is
	Enough bool          // to end the case
	More   int           // runs that could be enough; 0: none could
}

// Box orders runs where the operator wants them.
type Box struct {
	place func(mediate.Plan) mediate.Plan
}

// New reads the setting `place`.
func New(s mediate.Settings) (Box, error) {
	switch place := s.Text("place"); place {
	case "any":
		return Box{func(p mediate.Plan) mediate.Plan { return p }}, nil
	case "same_class":
		return Box{mediate.Plan.SameClass}, nil
	case "other_owner":
		return Box{mediate.Plan.OtherOwner}, nil
	default:
		return Box{}, errors.New("place: there is no " + place)
	}
}

// Decide goes on until count has enough: it compares what is undecided, orders
// more runs, and ends without a verdict on the result when none can be had.
// Drawn mediators run the job themselves.
func (b Box) Decide(c mediate.Case, count func(mediate.Votes) Count) mediate.Plan {
	if c.Phase() == mediate.PhaseMediation {
		return c.Rerun()
	}
	if _, shown := c.Claim(); !shown {
		if c.Expired() {
			return mediate.Verdict(mediate.Refund).Because(NoResult)
		}
		return c.Wait()
	}
	votes := c.Votes()
	n := count(votes)
	if n.Enough {
		return end(c.OutcomeFor(n.Top), n, votes).Because(Sure)
	}
	if !c.Expired() {
		if p, open := c.CompareAll(votes); open {
			return p
		}
		if n.More > 0 && !c.Exhausted() {
			return b.place(c.Execute(min(n.More, mostRuns)))
		}
	}
	return end(mediate.Refund, n, votes).Because(Unsure)
}

func end(o mediate.Outcome, n Count, votes mediate.Votes) mediate.Plan {
	return mediate.Verdict(o).Confidence(n.PPM).With(uint64(n.Top.N()), uint64(votes.Total()))
}
