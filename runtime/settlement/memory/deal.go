package memory

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// deal is what the contract keeps in one word: where it stands, and all that
// was fixed so far.
type deal struct {
	id     lilypad.DealID
	status settlement.Status
	facts  settlement.Facts
}

// find returns the deal of terms, if it stands at want with these facts.
func (b *Bank) find(t settlement.Terms, facts settlement.Facts, want lilypad.State) (*deal, error) {
	job := t.Offer.Body.ID()
	d := b.deals[job]
	if d == nil {
		return nil, lilypad.Errorf(lilypad.Conflict, "deal %s is not open", job)
	}
	if d.status.State != want {
		return nil, lilypad.Errorf(lilypad.Conflict, "deal %s is %s, not %s", job, d.status.State, want)
	}
	if t.Deal.Body.ID() != d.id || facts.At(want) != d.facts {
		return nil, lilypad.Errorf(lilypad.Invalid, "deal %s: %s", job, settlement.ReasonFacts)
	}
	return d, nil
}

// timely is find for a move that has a deadline.
func (b *Bank) timely(t settlement.Terms, facts settlement.Facts, want lilypad.State) (*deal, error) {
	d, err := b.find(t, facts, want)
	if err != nil {
		return nil, err
	}
	if b.next() > d.status.Deadline {
		return nil, lilypad.Errorf(lilypad.Conflict, "deal %s: the deadline has passed", t.Offer.Body.ID())
	}
	return d, nil
}

func (d *deal) move(to lilypad.State, deadline lilypad.Time) {
	d.status = settlement.Status{State: to, Deadline: deadline}
}

func (d *deal) event(kind settlement.Kind, t settlement.Terms) settlement.Event {
	return settlement.Event{
		Kind: kind, Job: t.Offer.Body.ID(),
		Creator: t.Offer.Body.Creator, Provider: t.Deal.Body.Provider,
		Deadline: d.status.Deadline, Path: d.status.Path, Outcome: d.status.Outcome,
	}
}

func (b *Bank) submit(t settlement.Terms, r lilypad.Signed[lilypad.Result]) (settlement.Event, error) {
	d, err := b.timely(t, settlement.Facts{}, lilypad.StateOpen)
	if err != nil {
		return settlement.Event{}, err
	}
	if r.Body.Deal != d.id {
		return settlement.Event{}, lilypad.Errorf(lilypad.Invalid, "the result is for another deal")
	}
	if err := verify(b, r, t.Deal.Body.Provider); err != nil {
		return settlement.Event{}, err
	}
	d.facts.Result = r.Body.Result
	d.move(lilypad.StateSubmitted, b.next()+lilypad.Time(t.Offer.Body.JudgeFor))
	e := d.event(settlement.Submitted, t)
	e.Result = r.Body.Result
	return e, nil
}

func (b *Bank) challenge(caller lilypad.Address, t settlement.Terms, result, seed lilypad.Hash) (settlement.Event, error) {
	d, err := b.timely(t, settlement.Facts{Result: result}, lilypad.StateSubmitted)
	if err != nil {
		return settlement.Event{}, err
	}
	o := t.Offer.Body
	if caller != o.Judge {
		return settlement.Event{}, lilypad.Errorf(lilypad.Unauthorized, "%s is not the judge of this deal", caller)
	}
	if lilypad.SeedHash(seed, o.Creator) != o.SeedHash {
		return settlement.Event{}, lilypad.Errorf(lilypad.Invalid, "the creator committed to another seed")
	}
	d.facts.CreatorSeed = seed
	d.move(lilypad.StateChallenged, b.next()+lilypad.Time(o.RevealFor))
	e := d.event(settlement.Challenged, t)
	e.Seed = seed
	return e, nil
}

func (b *Bank) reveal(t settlement.Terms, facts settlement.Facts, seed lilypad.Hash) (settlement.Event, error) {
	d, err := b.timely(t, facts, lilypad.StateChallenged)
	if err != nil {
		return settlement.Event{}, err
	}
	if lilypad.SeedHash(seed, t.Deal.Body.Provider) != t.Deal.Body.SeedHash {
		return settlement.Event{}, lilypad.Errorf(lilypad.Invalid, "the provider committed to another seed")
	}
	d.facts.ProviderSeed = seed
	d.move(lilypad.StateDrawn, b.next()+lilypad.Time(t.Offer.Body.MediateFor))
	e := d.event(settlement.Revealed, t)
	e.Seed = seed
	return e, nil
}

func (b *Bank) resolve(t settlement.Terms, facts settlement.Facts, p lilypad.Panel, verdicts []lilypad.Signed[lilypad.Verdict]) (settlement.Event, error) {
	d, err := b.timely(t, facts, lilypad.StateDrawn)
	if err != nil {
		return settlement.Event{}, err
	}
	if p.Hash() != t.Offer.Body.Panel {
		return settlement.Event{}, lilypad.Errorf(lilypad.Invalid, "the deal agreed on another panel")
	}
	if n := len(p.Mediators); p.Agree < 1 || p.Agree > p.Drawn || 2*int(p.Agree) <= int(p.Drawn) || int(p.Drawn) > n || n > 32 {
		return settlement.Event{}, lilypad.Errorf(lilypad.Invalid, "panel of %d draws %d and needs %d to agree", n, p.Drawn, p.Agree)
	}
	drawn, err := settlement.Draw(p, facts.CreatorSeed, facts.ProviderSeed, d.id)
	if err != nil {
		return settlement.Event{}, err
	}
	signers, outcome, err := b.count(d, p, drawn, verdicts)
	if err != nil {
		return settlement.Event{}, err
	}
	return b.finish(d, t, settlement.End{
		Path: settlement.PathResolved, Outcome: outcome, Drawn: p.Drawn, Signers: uint8(len(signers)),
	}, signers)
}

// count checks verdicts and returns who signed and what Agree of them said.
func (b *Bank) count(d *deal, p lilypad.Panel, drawn []lilypad.Address, verdicts []lilypad.Signed[lilypad.Verdict]) ([]lilypad.Address, lilypad.Outcome, error) {
	var signers []lilypad.Address
	votes := map[lilypad.Outcome]uint8{}
	waiting := map[lilypad.Address]bool{}
	for _, m := range drawn {
		waiting[m] = true
	}
	for _, v := range verdicts {
		if v.Body.Deal != d.id || v.Body.Result != d.facts.Result {
			return nil, 0, lilypad.Errorf(lilypad.Invalid, "a verdict is about another deal or result")
		}
		if v.Body.Outcome < lilypad.OutcomeUpheld || v.Body.Outcome > lilypad.OutcomeFraud {
			return nil, 0, lilypad.Errorf(lilypad.Invalid, "a verdict has no outcome %d", v.Body.Outcome)
		}
		signer, err := wallet.Recover(b.domain().Digest(v.Body), v.Signature)
		if err != nil || !waiting[signer] {
			return nil, 0, lilypad.Errorf(lilypad.Invalid, "a verdict is signed twice or by a mediator that was not drawn")
		}
		waiting[signer] = false
		signers = append(signers, signer)
		votes[v.Body.Outcome]++
	}
	for o, n := range votes {
		if n >= p.Agree { // a majority, so no other outcome has it
			return signers, o, nil
		}
	}
	return nil, 0, lilypad.Errorf(lilypad.Invalid, "%d verdicts, but no outcome has the %d that must agree", len(verdicts), p.Agree)
}

func (b *Bank) expire(t settlement.Terms, facts settlement.Facts) (settlement.Event, error) {
	var state lilypad.State
	if known := b.deals[t.Offer.Body.ID()]; known != nil {
		state = known.status.State
	}
	path, ok := map[lilypad.State]settlement.Path{
		lilypad.StateOpen:       settlement.PathUnserved,
		lilypad.StateSubmitted:  settlement.PathUnjudged,
		lilypad.StateChallenged: settlement.PathNoReveal,
		lilypad.StateDrawn:      settlement.PathNoVerdict,
	}[state]
	if !ok {
		return settlement.Event{}, lilypad.Errorf(lilypad.Conflict, "deal %s is %s", t.Offer.Body.ID(), state)
	}
	d, err := b.find(t, facts, state)
	if err != nil {
		return settlement.Event{}, err
	}
	if b.next() <= d.status.Deadline {
		return settlement.Event{}, lilypad.Errorf(lilypad.Conflict, "deal %s has until %d, now is %d", t.Offer.Body.ID(), d.status.Deadline, b.next())
	}
	return b.finish(d, t, settlement.End{Path: path}, nil)
}

// finish pays and closes a deal. Credits are made one by one: one address may
// be several parties.
func (b *Bank) finish(d *deal, t settlement.Terms, end settlement.End, signers []lilypad.Address) (settlement.Event, error) {
	o := t.Offer.Body
	end.Audited = settlement.Audited(o.AuditBPS, d.facts.CreatorSeed, d.id)
	pay, err := settlement.Pay(o, t.Deal.Body.Price, end)
	if err != nil {
		return settlement.Event{}, err
	}
	d.status = settlement.Status{State: lilypad.StateFinal, Path: end.Path, Outcome: end.Outcome}
	b.account(t.Deal.Body.Provider).Free += pay.Provider
	b.account(o.Creator).Free += pay.Creator
	for _, m := range signers {
		b.account(m).Free += pay.Mediator
	}
	b.account(b.cfg.Sink).Free += pay.Sink
	e := d.event(settlement.Finished, t)
	e.Result = d.facts.Result
	return e, nil
}

func (b *Bank) domain() lilypad.Domain {
	return lilypad.Domain{ChainID: b.cfg.ChainID, Contract: b.cfg.Contract}
}

func verify[T lilypad.Signable](b *Bank, signed lilypad.Signed[T], want lilypad.Address) error {
	if err := wallet.Verify(b.domain(), signed, want); err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "signature", Err: err}
	}
	return nil
}
