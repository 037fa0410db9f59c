package memory

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// open locks the money of one deal, or tells why not.
func (b *Bank) open(caller lilypad.Address, t settlement.Terms) (settlement.Event, string) {
	if reason := b.openable(caller, t); reason != "" {
		return settlement.Event{}, reason
	}
	o, d := t.Offer.Body, t.Deal.Body
	b.account(o.Creator).Free -= d.Price + o.SolverFee + o.CreatorStake
	b.account(d.Provider).Free -= o.ProviderStake
	b.account(o.Solver).Free += o.SolverFee
	made := &deal{id: d.ID()}
	made.move(lilypad.StateOpen, b.next()+lilypad.Time(o.SubmitFor))
	b.deals[o.ID()], b.terms[made.id] = made, t
	e := made.event(settlement.Opened, t)
	e.Deal, e.Opened = made.id, d
	return e, ""
}

// openable checks in the order of the contract.
func (b *Bank) openable(caller lilypad.Address, t settlement.Terms) string {
	if err := t.Check(); err != nil {
		return err.Error()
	}
	o, d := t.Offer.Body, t.Deal.Body
	creator, provider := b.standing(o.Creator), b.standing(d.Provider)
	switch {
	case !o.Solver.IsZero() && caller != o.Solver:
		return settlement.ReasonOpener
	case !o.Target.IsZero() && d.Provider != o.Target:
		return settlement.ReasonTarget
	case b.next() > o.Expiry || b.next() > d.Expiry:
		return settlement.ReasonStale
	case !b.cfg.Bounds.Allow(o):
		return settlement.ReasonWindow
	case b.deals[o.ID()] != nil:
		return settlement.ReasonState
	case o.Epoch != creator.Epoch:
		return settlement.ReasonCreatorEpoch
	case d.Epoch != provider.Epoch:
		return settlement.ReasonProviderEpoch
	case creator.Free < d.Price+o.SolverFee+o.CreatorStake:
		return settlement.ReasonCreatorFunds
	case provider.Free < o.ProviderStake:
		return settlement.ReasonProviderFunds
	case verify(b, t.Offer, o.Creator) != nil:
		return settlement.ReasonCreatorSignature
	case verify(b, t.Deal, d.Provider) != nil:
		return settlement.ReasonProviderSignature
	}
	return ""
}

// settle pays one deal by its judge's receipt, or tells why not. It has no
// deadline: until mediators are drawn a receipt wins.
func (b *Bank) settle(s settlement.Settlement) (settlement.Event, string) {
	d := b.deals[s.Offer.Body.ID()]
	switch {
	case d == nil || d.status.State < lilypad.StateOpen || d.status.State > lilypad.StateChallenged:
		return settlement.Event{}, settlement.ReasonState
	case s.Deal.Body.ID() != d.id || d.status.State != lilypad.StateOpen && s.Receipt.Body.Result != d.facts.Result:
		return settlement.Event{}, settlement.ReasonFacts
	case s.Unpayable() != "":
		return settlement.Event{}, s.Unpayable()
	case s.Receipt.Body.Deal != d.id: // on chain this is a signature over another deal
		return settlement.Event{}, settlement.ReasonJudgeSignature
	case verify(b, s.Receipt, s.Offer.Body.Judge) != nil:
		return settlement.Event{}, settlement.ReasonJudgeSignature
	}
	d.facts.Result = s.Receipt.Body.Result
	e, err := b.finish(d, s.Terms, settlement.End{Path: settlement.PathReceipt}, nil)
	if err != nil {
		return settlement.Event{}, err.Error()
	}
	return e, ""
}
