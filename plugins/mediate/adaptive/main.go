// Command adaptive runs a job again as long as its provider has no record, and
// ever more seldom when it has one (BOINC's adaptive replication): always until
// `always` of its results were checked and found right, then with probability
// 1/valid. Only checked results count. A provider that was ever found wrong is
// always checked. When the creator challenges, each mediator runs the job once
// and compares.
//
// The coin is the seed of the case. Where a deal has none, it is the name of
// the case, which the provider knows too: then it needs a salt that the
// operator keeps secret.
package main

import (
	"errors"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/coin"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// trusted is a reason beyond those of ballot and mediate.Case.Rerun, with
// words in the manifest.
const trusted = 13

type adaptive struct {
	box         ballot.Box
	always      uint64
	agree, runs int
	salt        int64
}

func newAdaptive(s mediate.Settings) (mediate.Hook, error) {
	box, err := ballot.New(s)
	a := adaptive{box, uint64(s.Int("always")), int(s.Int("agree")), int(s.Int("runs")), s.Int("salt")}
	if err == nil && (a.agree < 2 || a.agree > a.runs) {
		err = errors.New("agree must be from 2 to runs")
	}
	return a, err
}

func (a adaptive) Decide(c mediate.Case) mediate.Plan {
	if claim, shown := c.Claim(); shown && c.Phase() == mediate.PhaseReview && !a.check(c, claim.By) {
		return mediate.Verdict(mediate.Upheld).Because(trusted).With(claim.By.ChecksOk(), 0)
	}
	return a.box.Decide(c, func(v mediate.Votes) ballot.Count {
		top := v.Top()
		return ballot.Count{
			Top: top, PPM: top.PPM(), Enough: top.N() >= a.agree,
			More: min(a.agree-top.N(), a.runs-v.Total()),
		}
	})
}

func (a adaptive) check(c mediate.Case, p mediate.Party) bool {
	valid := p.ChecksOk()
	return valid < a.always || p.ChecksBad() > 0 || coin.Toss(c, a.salt)%max(valid, 1) == 0
}

func init() { mediate.Register(newAdaptive) }

func main() {}
