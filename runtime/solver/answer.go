package solver

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func (s *Solver) domain() lilypad.Domain { return s.Config.Network.Domain }

// Network tells what this solver serves.
func (s *Solver) Network(ctx context.Context) (api.Network, error) {
	n := s.Config.Network
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		return n, err
	}
	err = s.do(ctx, func(b *book) error {
		n.Offers = []lilypad.Offer{}
		for _, o := range b.offers {
			n.Offers = append(n.Offers, o)
		}
		for who := range b.bans {
			if ban, is := b.banned(who, head.Time); is {
				n.Bans = append(n.Bans, ban)
			}
		}
		return nil
	})
	slices.SortFunc(n.Bans, func(a, b api.Ban) int { return slices.Compare(a.Who[:], b.Who[:]) })
	slices.SortFunc(n.Offers, func(a, b lilypad.Offer) int { return slices.Compare(a.Provider[:], b.Provider[:]) })
	return n, err
}

// Bounds of the book: offers, the bytes of one, and the live jobs of a creator.
const (
	maxOffers = 100_000
	maxOffer  = 16 << 10
	maxJobs   = 1000
)

// PutOffer replaces the caller's offer; one with no slots takes it off the book.
func (s *Solver) PutOffer(ctx context.Context, caller lilypad.Address, o lilypad.Offer) error {
	if o.Provider != caller {
		return lilypad.Errorf(lilypad.Unauthorized, "the offer is of %s, the request of %s", o.Provider, caller)
	}
	if o.Slots > 1024 || o.Queue > 1<<16 || len(o.Labels) > 64 || len(o.Mediators) > 32 || len(o.Engines) > 8 {
		return lilypad.Errorf(lilypad.Invalid, "an offer has at most 1024 slots, 65536 queued jobs, 64 labels, 32 mediators and 8 engines")
	}
	if err := o.CheckMachines(); err != nil && o.Slots > 0 {
		return err
	}
	if text, err := json.Marshal(o); err != nil || len(text) > maxOffer {
		return lilypad.Errorf(lilypad.Invalid, "an offer has at most %d bytes", maxOffer)
	}
	if o.Operator.IsZero() {
		o.Operator = caller
	}
	return s.do(ctx, func(b *book) error {
		if o.Slots == 0 {
			return b.strike(caller)
		}
		if _, known := b.offers[caller]; !known && len(b.offers) >= maxOffers {
			return lilypad.Errorf(lilypad.Exhausted, "this solver holds %d offers and takes no more", maxOffers)
		}
		if err := b.list(o); err != nil {
			return err
		}
		b.offers[caller], b.renewed[caller], b.freed = o, true, true
		return nil
	})
}

// Post takes a job into the book. Posting it again returns it as it stands.
func (s *Solver) Post(ctx context.Context, caller lilypad.Address, p api.Posting) (api.Job, error) {
	if r, err := s.get(ctx, p.ID()); err == nil && slices.Contains(ordering(p.Offer.Body), caller) {
		return r.Job, nil
	}
	if err := s.checkPosting(ctx, caller, p); err != nil {
		return api.Job{}, err
	}
	job := api.Job{ID: p.ID(), Phase: api.PhaseWaiting, Posting: p}
	var size uint64 // a creator that stores its inputs later only forgoes a provider that has them
	inputs := p.Work.Inputs
	if p.Private() {
		inputs = p.Sealed
	}
	if inputs, err := storage.ReadTree(ctx, s.Store, inputs); err == nil {
		size = inputs.Size()
	}
	err := s.do(ctx, func(b *book) error {
		if _, here := b.jobs[job.ID]; here {
			return nil
		}
		if b.liveOf(caller) >= maxJobs {
			return lilypad.Errorf(lilypad.Exhausted, "%s has %d live jobs, the most that this solver takes", caller, maxJobs)
		}
		r := &record{Job: job, InputSize: size}
		b.jobs[r.ID] = r
		return b.change(r, func() error { return nil })
	})
	s.Logger.Info("job posted", "job", p.ID(), "creator", caller, "module", p.Module.Name)
	return job, err
}

func (s *Solver) checkPosting(ctx context.Context, caller lilypad.Address, p api.Posting) error {
	o := p.Offer.Body
	if err := errors.Join(p.Check(), bundle.CheckNeeds(p.Work.Needs)); err != nil {
		return err
	}
	if err := wallet.VerifyOffer(ctx, s.Ledger, s.domain(), p.Offer); err != nil {
		return err
	}
	net := s.Config.Network
	switch {
	case !slices.Contains(ordering(o), caller):
		return lilypad.Errorf(lilypad.Unauthorized, "the job is of %s, the request of %s", o.Creator, caller)
	case o.Solver != net.Solver:
		return lilypad.Errorf(lilypad.Invalid, "the offer names solver %s, this one is %s", o.Solver, net.Solver)
	case o.SolverFee < net.Fee:
		return lilypad.Errorf(lilypad.Invalid, "the offer pays the solver %s LILY, its fee is %s", o.SolverFee, net.Fee)
	}
	if err := net.Windows.Check(o, p.Work.Needs); err != nil {
		return err
	}
	for _, m := range p.Panel.Mediators {
		if !slices.Contains(net.Panel.Mediators, m) {
			return lilypad.Errorf(lilypad.Invalid, "mediator %s does not serve this network", m)
		}
	}
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		return err
	}
	if o.Expiry <= head.Time {
		return lilypad.Errorf(lilypad.Invalid, "the offer expired at %d, chain time is %d", o.Expiry, head.Time)
	}
	if err := s.checkBan(ctx, o.Creator, head.Time); err != nil {
		return err
	}
	if err := s.checkFunds(ctx, o); err != nil {
		return err
	}
	if err := s.checkProfit(ctx, o); err != nil {
		return err
	}
	return s.Allower.Allow(ctx, p.Module, p.Work.Needs)
}

func (s *Solver) checkBan(ctx context.Context, who lilypad.Address, now lilypad.Time) error {
	return s.do(ctx, func(b *book) error {
		if ban, is := b.banned(who, now); is {
			return lilypad.Errorf(lilypad.Unauthorized, "%s is banned until block time %d: %s", who, ban.Until, ban.Reason).Try("wait until then")
		}
		return nil
	})
}

// Withdraw takes a job back that is not on its way to the chain.
func (s *Solver) Withdraw(ctx context.Context, caller lilypad.Address, id lilypad.JobID) (api.Job, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return api.Job{}, err
	}
	if !slices.Contains(ordering(r.Posting.Offer.Body), caller) {
		return api.Job{}, lilypad.Errorf(lilypad.Unauthorized, "job %s is not of %s", id, caller)
	}
	if r.Phase != api.PhaseWithdrawn {
		if err := s.withdraw(ctx, id, "withdrawn by its creator"); err != nil {
			return api.Job{}, err
		}
	}
	r, err = s.get(ctx, id)
	return r.Job, err
}

// Answer takes the proposed provider's deal or its refusal.
func (s *Solver) Answer(ctx context.Context, caller lilypad.Address, id lilypad.JobID, a api.Answer) error {
	if a.Deal == nil {
		return s.decline(ctx, id, caller, bounded(a.Reason), a.Price)
	}
	d := a.Deal.Body
	if err := wallet.Verify(s.domain(), *a.Deal, caller); err != nil {
		return err
	}
	return s.edit(ctx, id, func(b *book, r *record) error {
		switch {
		case r.Deal != nil && r.Deal.Body.ID() == d.ID():
			return errSame
		case r.Phase != api.PhaseProposed || r.Provider != caller:
			return lilypad.Errorf(lilypad.Conflict, "job %s is not proposed to %s", id, caller)
		case d.Job != id || d.Provider != caller:
			return lilypad.Errorf(lilypad.Invalid, "the deal is for another job or provider")
		case d.Price > r.Price:
			return lilypad.Errorf(lilypad.Invalid, "the deal asks %s LILY, it was ranked at %s", d.Price, r.Price)
		}
		if err := (settlement.Terms{Offer: r.Posting.Offer, Deal: *a.Deal}).Check(); err != nil {
			return err
		}
		r.Deal, r.Phase, r.Price = a.Deal, api.PhaseOpening, d.Price
		b.learn(r)
		return nil
	})
}

// Deliver takes the provider's signed result.
func (s *Solver) Deliver(ctx context.Context, caller lilypad.Address, id lilypad.JobID, d api.Delivery) error {
	if err := wallet.Verify(s.domain(), d.Result, caller); err != nil {
		return err
	}
	check := func(r *record) error {
		switch {
		case r.Delivery != nil && r.Delivery.Result == d.Result:
			return errSame
		case r.Provider != caller || r.Deal == nil || d.Result.Body.Deal != r.Deal.Body.ID():
			return lilypad.Errorf(lilypad.Unauthorized, "the result is not of a deal of %s", caller)
		case d.Result.Body.Result != d.Outputs.Hash():
			return lilypad.Errorf(lilypad.Invalid, "the outputs are not the ones that were signed")
		case r.Delivery != nil && r.Delivery.Result.Body.Deal == d.Result.Body.Deal && r.Delivery.Result.Body.Result != d.Result.Body.Result:
			return lilypad.Errorf(lilypad.Conflict, "another result was delivered before")
		}
		return nil
	}
	r, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	if err := check(&r); errors.Is(err, errSame) {
		return nil
	} else if err != nil {
		return err
	}
	trees := []lilypad.ContentID{d.Outputs.Plain, d.Outputs.Blob}
	if r.Posting.Private() {
		trees = []lilypad.ContentID{d.Sealed}
	}
	if err := s.complete(ctx, trees...); err != nil {
		return err
	}
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		return err
	}
	d.At = head.Time
	return s.edit(ctx, id, func(_ *book, r *record) error {
		if err := check(r); err != nil {
			return err
		}
		if r.OnChain >= lilypad.StateChallenged {
			d.At++ // later than the challenge's own block, which may still be the head
		}
		r.Delivery = &d
		if r.Phase == api.PhaseRunning {
			r.Phase = api.PhaseDelivered
		}
		return nil
	})
}

// complete refuses trees whose bytes are not all here: a result without them
// is not delivered.
func (s *Solver) complete(ctx context.Context, ids ...lilypad.ContentID) error {
	for _, id := range ids {
		t, err := storage.ReadTree(ctx, s.Store, id)
		if err != nil {
			return err
		}
		for _, block := range t.Blocks() {
			if has, err := s.Store.Has(ctx, block); err != nil {
				return err
			} else if !has {
				return storage.NotFound(block)
			}
		}
	}
	return nil
}

// Accept takes the judge's receipt.
func (s *Solver) Accept(ctx context.Context, caller lilypad.Address, id lilypad.JobID, rc lilypad.Signed[lilypad.Receipt]) error {
	r, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	if !r.live() {
		return nil // paid already
	}
	if err := wallet.Verify(s.domain(), rc, r.Posting.Offer.Body.Judge); err != nil {
		return err
	}
	return s.edit(ctx, id, func(_ *book, r *record) error {
		if r.Deal == nil || rc.Body.Deal != r.Deal.Body.ID() {
			return lilypad.Errorf(lilypad.Invalid, "the receipt is for another deal")
		}
		if why := (settlement.Settlement{Terms: r.Terms(), Receipt: rc}).Unpayable(); why != "" {
			return lilypad.Errorf(lilypad.Invalid, "the receipt pays nothing: %s", why)
		}
		if r.Receipt != nil && *r.Receipt == rc {
			return errSame
		}
		r.Receipt = &rc
		return nil
	})
}

// Judge takes the verdict of a drawn mediator.
func (s *Solver) Judge(ctx context.Context, caller lilypad.Address, id lilypad.JobID, o api.Opinion) error {
	if err := wallet.Verify(s.domain(), o.Verdict, caller); err != nil {
		return err
	}
	o.Mediator = caller
	return s.edit(ctx, id, func(_ *book, r *record) error {
		if r.Deal == nil || o.Verdict.Body.Deal != r.Deal.Body.ID() || o.Verdict.Body.Result != r.Facts.Result {
			return lilypad.Errorf(lilypad.Invalid, "the verdict is about another deal or result")
		}
		if out := o.Verdict.Body.Outcome; out == lilypad.OutcomeNone || out > lilypad.OutcomeFraud {
			return lilypad.Errorf(lilypad.Invalid, "outcome %d is none that a verdict may have", out)
		}
		if !slices.Contains(r.Drawn(), caller) {
			return lilypad.Errorf(lilypad.Unauthorized, "%s is not drawn for this case", caller)
		}
		if slices.ContainsFunc(r.Opinions, func(p api.Opinion) bool { return p.Mediator == caller }) {
			return errSame
		}
		r.Opinions = append(slices.Clone(r.Opinions), o)
		return nil
	})
}

// Log passes a piece of log to the creator. It is not kept.
func (s *Solver) Log(ctx context.Context, caller lilypad.Address, id lilypad.JobID, c api.LogChunk) error {
	r, err := s.get(ctx, id)
	if err != nil {
		return err
	}
	if r.Provider != caller {
		return lilypad.Errorf(lilypad.Unauthorized, "job %s does not run at %s", id, caller)
	}
	s.hub.Publish(api.Event{Kind: api.EventLog, Job: id}.WithData(c), ordering(r.Posting.Offer.Body)...)
	return nil
}

// Job returns all that is known of a job to its parties.
func (s *Solver) Job(ctx context.Context, caller lilypad.Address, id lilypad.JobID) (api.Job, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return api.Job{}, err
	}
	if !slices.Contains(r.parties(), caller) {
		return api.Job{}, lilypad.Errorf(lilypad.Unauthorized, "%s is no party of job %s", caller, id)
	}
	return r.Job, nil
}

// Cases lists the doubts, open ones first.
func (s *Solver) Cases(ctx context.Context) ([]api.Case, error) {
	open, over := []api.Case{}, []api.Case{}
	err := s.Journal.View(ctx, func(r journal.Reader) error {
		var ids []string
		if err := r.Scan(tableCases, "", func(id string, _ []byte) bool { ids = append(ids, id); return true }); err != nil {
			return err
		}
		for _, id := range ids {
			var rec record
			if _, err := getJSON(r, tableJobs, id, &rec); err != nil {
				return err
			}
			if rec.live() {
				open = append(open, rec.asCase())
			} else if rec.doubted() {
				over = append(over, rec.asCase())
			}
		}
		return nil
	})
	return append(open, over...), err
}

// Events tells the caller of its live jobs, then of every change.
func (s *Solver) Events(ctx context.Context, caller lilypad.Address) iter.Seq[api.Event] {
	return s.hub.Events(ctx, caller, func() []api.Event {
		var es []api.Event
		_ = s.do(ctx, func(b *book) error { // an error means that ctx has ended
			_, provider := b.offers[caller]
			b.freed = b.freed || provider // it is online now
			for id, r := range b.jobs {
				if slices.Contains(r.parties(), caller) {
					es = append(es, api.Changed(id))
				}
			}
			return nil
		})
		return es
	})
}

// ordering are who may speak for an offer: its creator, and its judge, since a
// contract cannot speak.
func ordering(o lilypad.JobOffer) []lilypad.Address {
	return unique([]lilypad.Address{o.Creator, o.Judge})
}

// bounded shortens foreign text.
func bounded(text string) string {
	if len(text) > 300 {
		text = text[:300]
	}
	return text
}
