package settlement

import "github.com/lilypad-network/lilypad"

// End is how a deal ended: it picks the row of the payout table.
type End struct {
	Path    Path
	Outcome lilypad.Outcome // of PathResolved
	Audited bool            // the coin, not the creator, asked for mediators
	Drawn   uint8           // k, of PathResolved
	Signers uint8           // m, those whose verdicts were handed in
}

// Payout distributes the locked price and stakes of one deal. Each of the
// signers gets Mediator.
type Payout struct {
	Provider, Creator, Mediator, Sink lilypad.Amount
}

// Pay returns the payouts of a deal on offer o at that price. Their sum is
// always price + creator's stake + provider's stake; the solver's fee was paid
// when the deal was opened, and whoever undoes the deal restores it. A share
// that does not divide is rounded down to a micro-LILY, by the contract to a
// base unit: [lilypad.JobOffer.Check] and [Terms.Check] keep such terms out.
//
// # Errors
//
// Invalid for an end that no deal has, or terms that [lilypad.JobOffer.Check]
// refuses.
func Pay(o lilypad.JobOffer, price lilypad.Amount, e End) (Payout, error) {
	p, b, c, s := price, o.CreatorStake, o.ProviderStake, o.SolverFee
	if o.MediationFee > b || c < o.MediationFee+s || s > o.LatePenalty || o.LatePenalty > c {
		return Payout{}, lilypad.Errorf(lilypad.Invalid, "payout: the stakes do not cover the fees")
	}
	switch e.Path {
	case PathReceipt:
		return Payout{Provider: p + c, Creator: b}, nil
	case PathUnjudged:
		if o.AuditBPS > 0 {
			return Payout{Provider: p + c, Sink: b}, nil
		}
		return Payout{Provider: p + c, Creator: b}, nil
	case PathUnserved:
		return Payout{Provider: c - o.LatePenalty, Creator: p + b + s, Sink: o.LatePenalty - s}, nil
	case PathNoReveal:
		return Payout{Creator: p + b + s, Sink: c - s}, nil
	case PathNoVerdict:
		if e.Audited {
			return Payout{Provider: p + c, Creator: b}, nil
		}
		return Payout{Provider: p/2 + c, Creator: p - p/2 + b}, nil
	case PathResolved:
		return payResolved(o, price, e)
	}
	return Payout{}, lilypad.Errorf(lilypad.Invalid, "payout: no path %d", e.Path)
}

func payResolved(o lilypad.JobOffer, p lilypad.Amount, e End) (Payout, error) {
	if e.Signers < 1 || e.Signers > e.Drawn {
		return Payout{}, lilypad.Errorf(lilypad.Invalid, "payout: %d signers of %d drawn", e.Signers, e.Drawn)
	}
	b, c, s := o.CreatorStake, o.ProviderStake, o.SolverFee
	each := o.MediationFee / lilypad.Amount(e.Drawn)
	all := each * lilypad.Amount(e.Signers)
	half := all / 2
	switch e.Outcome {
	case lilypad.OutcomeUpheld:
		if e.Audited {
			return Payout{Provider: p + c, Creator: b - all, Mediator: each}, nil
		}
		return Payout{Provider: p + c, Mediator: each, Sink: b - all}, nil
	case lilypad.OutcomeLate:
		return Payout{Provider: p + c - half, Creator: b - (all - half), Mediator: each}, nil
	case lilypad.OutcomeRefund:
		return Payout{Provider: c - half - s, Creator: p + b - (all - half) + s, Mediator: each}, nil
	case lilypad.OutcomeFraud:
		return Payout{Creator: p + b + s, Mediator: each, Sink: c - all - s}, nil
	}
	return Payout{}, lilypad.Errorf(lilypad.Invalid, "payout: no outcome %d", e.Outcome)
}
