package settlement

import (
	"fmt"

	"github.com/lilypad-network/lilypad"
)

// Standing is all that decides how a deal may go on.
type Standing struct {
	Offer  lilypad.JobOffer
	Price  lilypad.Amount
	Deal   lilypad.DealID
	Drawn  uint8 // k of its panel
	Status Status
	Facts  Facts
}

// Way is a way in which a deal may end. Payout is what it pays; Mediators is
// what all who gave a verdict get together.
type Way struct {
	Name      string         `json:"name"` // such as "upheld after a doubt"
	When      string         `json:"when"` // what leads there
	End       End            `json:"-"`
	Payout    Payout         `json:"-"`
	Provider  lilypad.Amount `json:"provider"`
	Creator   lilypad.Amount `json:"creator"`
	Mediators lilypad.Amount `json:"mediators"`
	Sink      lilypad.Amount `json:"sink"`
}

// ways are the rows of the payout table, each with the states from which it can
// still be reached: from Open until last. audit tells which toss of the coin it
// needs.
var ways = []struct {
	name, when string
	path       Path
	outcome    lilypad.Outcome
	audit      audit
	last       lilypad.State
}{
	{"receipt", "the judge accepts the result with a receipt", PathReceipt, 0, coinNo, lilypad.StateChallenged},
	{"unjudged", "a result is on chain and nobody judges it in time", PathUnjudged, 0, coinAny, lilypad.StateSubmitted},
	{"unserved", "no result and no receipt come in time", PathUnserved, 0, coinAny, lilypad.StateOpen},
	{"no reveal", "the judge challenges and the provider's seed is not revealed in time", PathNoReveal, 0, coinAny, lilypad.StateChallenged},
	{"upheld after a doubt", "mediators find the result good, which the judge had doubted", PathResolved, lilypad.OutcomeUpheld, coinNo, lilypad.StateDrawn},
	{"upheld after an audit", "mediators find the result good, which the coin had them see", PathResolved, lilypad.OutcomeUpheld, coinYes, lilypad.StateDrawn},
	{"late", "mediators find the result good, but delivered only after the challenge", PathResolved, lilypad.OutcomeLate, coinAny, lilypad.StateDrawn},
	{"refund", "mediators find the result not payable, and no fraud", PathResolved, lilypad.OutcomeRefund, coinAny, lilypad.StateDrawn},
	{"fraud", "mediators find the result wrong, or withheld from them", PathResolved, lilypad.OutcomeFraud, coinAny, lilypad.StateDrawn},
	{"no verdict after a doubt", "mediators do not agree in time on what the judge had doubted", PathNoVerdict, 0, coinNo, lilypad.StateDrawn},
	{"no verdict after an audit", "mediators do not agree in time on what the coin had them see", PathNoVerdict, 0, coinYes, lilypad.StateDrawn},
}

// audit is which toss of the coin a way needs.
type audit uint8

const (
	coinAny audit = iota
	coinNo
	coinYes
)

// tosses are the ways that the coin may still fall.
func (s Standing) tosses() (yes, no bool) {
	switch p := s.Offer.AuditBPS; {
	case p == 0:
		return false, true
	case p >= 10000:
		return true, false
	case s.Facts.CreatorSeed.IsZero():
		return true, true
	}
	yes = Audited(s.Offer.AuditBPS, s.Facts.CreatorSeed, s.Deal)
	return yes, !yes
}

// Ways lists how the deal may still end, and what each pays if all mediators
// drawn give a verdict. A final deal has none.
//
// # Errors
//
// Those of [Pay].
func (s Standing) Ways() ([]Way, error) {
	var out []Way
	yes, no := s.tosses()
	for _, w := range ways {
		if s.Status.State > w.last || w.audit == coinYes && !yes || w.audit == coinNo && !no {
			continue
		}
		end := End{Path: w.path, Outcome: w.outcome, Audited: w.audit == coinYes || w.audit == coinAny && !no, Drawn: s.Drawn, Signers: s.Drawn}
		p, err := Pay(s.Offer, s.Price, end)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
		out = append(out, Way{
			Name: w.name, When: w.when, End: end, Payout: p,
			Provider: p.Provider, Creator: p.Creator, Mediators: p.Mediator * lilypad.Amount(s.signers(end)), Sink: p.Sink,
		})
	}
	return out, nil
}

func (s Standing) signers(e End) uint8 {
	if e.Path != PathResolved {
		return 0
	}
	return e.Signers
}

// Move is something that a party may do next.
type Move struct {
	Who   string       `json:"who"`             // creator, judge, solver, provider or anyone
	What  string       `json:"what"`            // in words
	From  lilypad.Time `json:"from,omitempty"`  // not before this block time; 0: at once
	Until lilypad.Time `json:"until,omitempty"` // not after it; 0: always
}

// Moves lists what the contract lets whom do next, and when.
func (s Standing) Moves() []Move {
	due, late := s.Status.Deadline, s.Status.Deadline+1
	pay := Move{Who: "anyone", What: "settle with a receipt that the judge signed: the full price"}
	_, unaudited := s.tosses()
	var out []Move
	switch s.Status.State {
	case lilypad.StateNone, lilypad.StateApproved:
		return []Move{
			{Who: opener(s.Offer), What: "open the deal with the two signed halves, which locks price, fee and stakes", Until: s.Offer.Expiry},
			{Who: "creator", What: "bump its epoch, which voids the offer"},
		}
	case lilypad.StateOpen:
		out = []Move{
			{Who: "anyone", What: "submit the result that the provider signed", Until: due},
			{Who: "anyone", What: "expire the deal: unserved", From: late},
		}
	case lilypad.StateSubmitted:
		out = []Move{
			{Who: "judge", What: "challenge the result, blind", Until: due},
			{Who: "anyone", What: "expire the deal: the full price is paid, unjudged", From: late},
		}
	case lilypad.StateChallenged:
		out = []Move{
			{Who: "provider", What: "reveal its seed, which draws the mediators; anyone may who knows it", Until: due},
			{Who: "anyone", What: "expire the deal: no reveal", From: late},
		}
	case lilypad.StateDrawn:
		return []Move{
			{Who: "anyone", What: "resolve the case with enough equal verdicts of the drawn mediators", Until: due},
			{Who: "anyone", What: "expire the deal: no verdict", From: late},
		}
	}
	if unaudited && len(out) > 0 {
		out = append(out, pay)
	}
	return out
}

// opener is who may open a deal on the offer.
func opener(o lilypad.JobOffer) string {
	if o.Solver.IsZero() {
		return "anyone"
	}
	return "solver"
}

// Locked is what the ledger holds of the deal while it is not final.
func (s Standing) Locked() lilypad.Amount {
	if s.Status.State < lilypad.StateOpen || s.Status.State == lilypad.StateFinal {
		return 0
	}
	return s.Price + s.Offer.CreatorStake + s.Offer.ProviderStake
}
