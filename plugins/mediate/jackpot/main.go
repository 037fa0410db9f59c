// Command jackpot is TrueBit's incentive to check (Teutsch and Reitwießner,
// 2017), for simulation and shadow: `challengers` run each job, and now and
// then, at `forced_bps` of 10000, the provider is made to show a wrong result.
// The k challengers who notice it share a jackpot, J/2^(k−1) each, so that
// checking pays without cheats, and further names never earn more. Any other
// dissent is a dispute: mediators are drawn.
//
// No money moves here. The verdict on a forced error tells how many noticed it
// and what each of them would be paid.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/coin"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// Reasons beyond those of ballot and mediate.Case.Rerun, with words in the
// manifest.
const (
	forced     = 13
	unnoticed  = 14
	challenged = 15
	unopposed  = 16
)

type jackpot struct {
	challengers, forced, jackpot, salt int64
}

func newJackpot(s mediate.Settings) (mediate.Hook, error) {
	return jackpot{s.Int("challengers"), s.Int("forced_bps"), s.Int("jackpot"), s.Int("salt")}, nil
}

func (j jackpot) Decide(c mediate.Case) mediate.Plan {
	if c.Phase() == mediate.PhaseMediation {
		return c.Rerun()
	}
	claim, shown := c.Claim()
	if !shown {
		if c.Expired() {
			return mediate.Verdict(mediate.Refund).Because(ballot.NoResult)
		}
		return c.Wait()
	}
	votes, runs := c.Votes(), c.Runs()
	if !c.Expired() {
		if p, open := c.CompareAll(votes); open {
			return p
		}
		if missing := int(j.challengers) - runs.Done - runs.Missing; missing > 0 && !c.Exhausted() {
			return c.Execute(missing).OtherOwner()
		}
	}
	agree := 0
	for _, g := range votes.Groups() {
		if g.Answers[0].Position == claim.Position {
			agree = g.N() - 1
		}
	}
	return j.judge(c, uint64(agree), uint64(votes.Total()-1-agree))
}

// judge ends the case of so many challengers who have the provider's result
// and so many who have not. Those who have it notice a forced error.
func (j jackpot) judge(c mediate.Case, agree, dissent uint64) mediate.Plan {
	switch {
	case dissent > 0:
		return mediate.Draw().Because(challenged).With(dissent, 0)
	case int64(coin.Toss(c, j.salt)%10_000) >= j.forced:
		return mediate.Verdict(mediate.Upheld).Because(unopposed).With(agree, 0)
	case agree == 0:
		return mediate.Verdict(mediate.Refund).Because(unnoticed)
	}
	return mediate.Verdict(mediate.Upheld).Because(forced).With(agree, uint64(j.jackpot)>>min(agree-1, 63))
}

func init() { mediate.Register(newJackpot) }

func main() {}
