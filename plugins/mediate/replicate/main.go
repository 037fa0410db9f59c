// Command replicate believes what enough runs agree on: it orders runs until
// `agree` results are the same, `runs` at most, no more at a time than could
// still be needed (M-first voting, Watanabe and Fukushi, 2011). Results of
// other content are the same when the deal's comparator says so. When the
// creator challenges, each mediator runs the job once and compares.
package main

import (
	"errors"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// Reasons beyond those of mediate.Case.Rerun, with words in the manifest.
const (
	quorum   = 10
	noQuorum = 11
	noResult = 12
)

type replicate struct {
	runs, agree int64 // where the deal says nothing
	place       func(mediate.Plan) mediate.Plan
}

func newReplicate(s mediate.Settings) (mediate.Hook, error) {
	r := replicate{runs: s.Int("runs"), agree: s.Int("agree")}
	switch place := s.Text("place"); place {
	case "any":
		r.place = func(p mediate.Plan) mediate.Plan { return p }
	case "same_class":
		r.place = mediate.Plan.SameClass
	case "other_owner":
		r.place = mediate.Plan.OtherOwner
	default:
		return nil, errors.New("place: there is no " + place)
	}
	if r.agree < 1 || r.agree > r.runs {
		return nil, errors.New("agree must be from 1 to runs")
	}
	return r, nil
}

func (r replicate) Decide(c mediate.Case) mediate.Plan {
	if c.Phase() == mediate.PhaseMediation {
		return c.Rerun()
	}
	if _, shown := c.Claim(); !shown {
		if c.Expired() {
			return mediate.Verdict(mediate.Refund).Because(noResult)
		}
		return c.Wait()
	}
	runs, agree := r.limits(c)
	votes := c.Votes()
	top := votes.Top()
	if top.N() >= agree {
		return mediate.Verdict(c.OutcomeFor(top)).Confidence(top.PPM()).Because(quorum).With(uint64(top.N()), uint64(votes.Total()))
	}
	if c.Expired() {
		return r.noQuorum(top, votes)
	}
	if p, open := c.CompareAll(votes); open {
		return p
	}
	if votes.Total() >= runs || c.Exhausted() {
		return r.noQuorum(top, votes)
	}
	return r.place(c.Execute(min(agree-top.N(), runs-votes.Total())))
}

func (r replicate) noQuorum(top mediate.Group, votes mediate.Votes) mediate.Plan {
	return mediate.Verdict(mediate.Refund).Confidence(top.PPM()).Because(noQuorum).With(uint64(top.N()), uint64(votes.Total()))
}

// limits are the deal's, where it has them, in reach of each other.
func (r replicate) limits(c mediate.Case) (runs, agree int) {
	if n := c.Param("runs"); n > 0 {
		r.runs = n
	}
	if n := c.Param("agree"); n > 0 {
		r.agree = n
	}
	return int(r.runs), int(min(r.agree, r.runs))
}

func init() { mediate.Register(newReplicate) }

func main() {}
