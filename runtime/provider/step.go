package provider

import (
	"context"
	"errors"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// step does the next thing for a job.
func (p *Provider) step(ctx context.Context, id lilypad.JobID) (time.Duration, error) {
	r, known := p.records.Get(id)
	if !known || r.Stage == stageDeclined {
		return 0, p.consider(ctx, id)
	}
	switch r.Stage {
	case stageSigned:
		return p.awaitOpening(ctx, r)
	case stageOpen:
		if p.Faulty == Silent {
			return 0, nil
		}
		return 0, p.run(ctx, r)
	case stageDelivered:
		return p.collect(ctx, r)
	case stageFinal:
		return 0, p.clear(ctx, r)
	case stageLapsed:
		if err := p.clear(ctx, r); err != nil {
			return 0, err
		}
		return 0, p.consider(ctx, id) // the solver may ask again
	}
	return 0, nil
}

// awaitOpening tells the solver again what was signed, and gives up a deal
// that has expired unopened.
func (p *Provider) awaitOpening(ctx context.Context, r record) (time.Duration, error) {
	head, err := p.Ledger.Head(ctx)
	if err != nil {
		return 0, err
	}
	if head.Time > r.Deal.Body.Expiry {
		st, err := p.Ledger.Status(ctx, r.ID)
		if err != nil {
			return 0, err
		}
		if st.State <= lilypad.StateApproved {
			return 0, p.edit(ctx, r.ID, func(r *record) {
				if r.Stage == stageSigned {
					r.Stage, r.Reason, r.Past = stageLapsed, "the deal expired before it was opened", head.Number
				}
			})
		}
	}
	err = p.Market.Answer(ctx, r.ID, api.Answer{Deal: r.Deal})
	if code := lilypad.CodeOf(err); code == lilypad.Conflict || code == lilypad.NotFound {
		return answerAgain, nil // the chain will tell, or the deal lapses
	}
	return answerAgain, err
}

// answerAgain is the safety net under the solver's events.
const answerAgain = 15 * time.Second

// collect hands the result over and sees to it that it is paid.
func (p *Provider) collect(ctx context.Context, r record) (time.Duration, error) {
	var notHanded error                 // a solver that takes nothing must not cost the pay
	if !r.Uploaded && !p.withholds(r) { // before the mediators' time runs
		if notHanded = p.upload(ctx, r); notHanded == nil {
			if err := p.edit(ctx, r.ID, func(r *record) { r.Uploaded = true }); err != nil {
				return 0, err
			}
		}
	}
	notHanded = errors.Join(notHanded, p.share(ctx, r))
	switch {
	case r.State == lilypad.StateChallenged && p.Faulty != Vanish:
		if _, err := p.Ledger.Reveal(ctx, r.terms(), r.Facts, p.seed(r.ID)); err != nil && lilypad.CodeOf(err) != lilypad.Conflict {
			return 0, err
		}
	case r.State == lilypad.StateDrawn && lilypad.SeedHash(p.seed(r.ID), p.Key.Address()) != r.Deal.Body.SeedHash:
		p.Logger.Error("seed of a deal is lost: was the key changed?", "job", r.ID)
	}
	if r.State != lilypad.StateOpen {
		return 0, notHanded
	}
	head, err := p.Ledger.Head(ctx)
	if err != nil {
		return 0, errors.Join(err, notHanded)
	}
	if head.Time < r.Deadline-settlement.SubmitMargin(r.Posting.Offer.Body) && !p.withholds(r) {
		return 0, notHanded // the keeper wakes us
	}
	_, err = p.Ledger.Submit(ctx, r.terms(), r.Delivery.Result)
	if lilypad.CodeOf(err) == lilypad.Conflict {
		err = nil // settled or submitted meanwhile: its event is on the way
	}
	return 0, errors.Join(err, notHanded)
}

// upload gives the result's bytes and the signed claim to the solver.
func (p *Provider) upload(ctx context.Context, r record) error {
	trees := []lilypad.ContentID{r.Delivery.Outputs.Plain, r.Delivery.Outputs.Blob}
	if r.Posting.Private() {
		trees = []lilypad.ContentID{r.Delivery.Sealed}
	}
	for _, id := range trees {
		if _, err := storage.Copy(ctx, p.Market, p.Store, id, storage.Limits{}); err != nil {
			return err
		}
	}
	err := p.Market.Deliver(ctx, r.ID, *r.Delivery)
	if lilypad.CodeOf(err) == lilypad.Conflict {
		return nil // it has one
	}
	return err
}

// consider answers a proposal.
func (p *Provider) consider(ctx context.Context, id lilypad.JobID) error {
	job, err := p.Market.Job(ctx, id)
	if code := lilypad.CodeOf(err); err != nil && (code == lilypad.NotFound || code == lilypad.Unauthorized) {
		return nil // it is not, or no longer, ours
	}
	if err != nil || job.Phase != api.PhaseProposed || job.Provider != p.Key.Address() {
		return err
	}
	if r, _ := p.records.Get(id); r.Deal != nil {
		if dead, err := p.dead(ctx, r); err != nil || !dead {
			p.steps.WakeIn(id, answerAgain)
			return err // a no would be for good
		}
	}
	if p.draining() {
		return nil // a no would be for good: it goes back into the book with the offer
	}
	if p.awaitsKeys(job) {
		p.steps.WakeIn(id, answerAgain) // its event comes sooner
		return nil
	}
	spec, price, err := p.judge(ctx, job)
	if err == nil {
		err = p.sign(ctx, job, spec, price)
	}
	if declined, ok := errors.AsType[*declined](err); ok {
		p.Logger.Info("job declined", "job", id, "reason", declined.reason)
		if err := p.records.Create(ctx, id, record{ID: id, Stage: stageDeclined, Posting: job.Posting, Reason: declined.reason, Quote: declined.price}, nil); err != nil {
			return err
		}
		return ignoreConflict(p.Market.Answer(ctx, id, api.Answer{Reason: declined.reason, Price: declined.price}))
	}
	return err
}

// dead tells whether no block can open a lapsed deal any more, also after a
// reorganisation: one past its expiry is final. A second deal before that could
// find the first one open, which nobody would serve.
func (p *Provider) dead(ctx context.Context, r record) (bool, error) {
	if r.Past == 0 { // it lapsed as the job went to another provider, and came back
		head, err := p.Ledger.Head(ctx)
		if err != nil || head.Time <= r.Deal.Body.Expiry {
			return false, err
		}
		return false, p.edit(ctx, r.ID, func(r *record) { r.Past = head.Number })
	}
	if !p.records.Final(r.Past) {
		return false, nil
	}
	st, err := p.Ledger.Status(ctx, r.ID)
	return st.State <= lilypad.StateApproved, err
}

// sign takes the job. *declined when its stake was promised to another
// meanwhile.
func (p *Provider) sign(ctx context.Context, job api.Job, spec lilypad.Spec, price lilypad.Amount) error {
	id := job.ID
	if !p.begin() {
		return nil
	}
	defer p.end()
	head, err := p.Ledger.Head(ctx)
	if err != nil {
		return err
	}
	account, err := p.Ledger.Account(ctx, p.Key.Address())
	if err != nil {
		return err
	}
	// The price is even, since a deal without a verdict halves it.
	deal, err := wallet.SignDeal(ctx, p.Key, p.Ledger.Domain(), lilypad.Deal{
		Job: id, Provider: p.Key.Address(), Price: price &^ 1, Epoch: account.Epoch,
		SeedHash: lilypad.SeedHash(p.seed(id), p.Key.Address()),
		Expiry:   min(head.Time+lilypad.Time(p.SignFor), job.Posting.Offer.Body.Expiry),
	}, job.Posting.Offer.Body)
	if err != nil {
		return err
	}
	if err := p.records.Create(ctx, id, record{ID: id, Stage: stageSigned, Posting: job.Posting, Deal: &deal, Spec: spec, Grants: p.grants(job)}, func(each records.Each[record]) error {
		return p.checkStake(job.Posting.Offer.Body.ProviderStake, account.Free, each)
	}); err != nil {
		return err
	}
	p.steps.WakeIn(id, answerAgain)
	p.Logger.Info("job taken", "job", id, "price", price, "module", job.Posting.Module.Name)
	return ignoreConflict(p.Market.Answer(ctx, id, api.Answer{Deal: &deal}))
}

func ignoreConflict(err error) error {
	if lilypad.CodeOf(err) == lilypad.Conflict {
		return nil
	}
	return err
}

// seed is the provider's share in the draw of a job's mediators: it is derived,
// so that it is never lost, and secret until revealed.
func (p *Provider) seed(id lilypad.JobID) lilypad.Hash { return p.Key.Seed(id[:]) }
