package creator

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// secrets are what a private job is kept from others with. They are derived
// from the nonce of the order, so that they are never lost; a replica has those
// of the job that it is for.
type secrets struct {
	inputs, result sealing.Key
	salt           lilypad.Hash // of the inputs
}

func (c *Creator) secrets(nonce uint64) secrets {
	of := func(what string) lilypad.Hash {
		return c.Key.Seed(append([]byte("private "+what), nonceBytes(nonce)...))
	}
	return secrets{sealing.NewKey(of("inputs")), sealing.NewKey(of("result")), of("salt")}
}

func (c *Creator) secretsOf(r record) secrets {
	if parent, ok := c.get(r.Posting.Parent); ok {
		r = parent
	}
	return c.secrets(r.Posting.Offer.Body.Nonce)
}

// conceal makes a job private whose inputs the store has.
func (c *Creator) conceal(ctx context.Context, p *api.Posting, s secrets) (err error) {
	if p.Work.Inputs, err = bundle.Salt(ctx, c.Store, p.Work.Inputs, s.salt); err != nil {
		return err
	}
	p.Work.ResultKey = s.result.Recipient()
	p.Sealed, err = sealing.Seal(ctx, c.Store, []lilypad.ContentID{p.Work.Inputs}, s.inputs.Recipient())
	return err
}

// share lets those who must see a private job see it: the provider that is
// asked its inputs, and the mediators that were drawn the result, too. Who was
// drawn is the chain's word, not the solver's.
func (c *Creator) share(ctx context.Context, r record, job api.Job) {
	if !r.Posting.Private() {
		return
	}
	s := c.secretsOf(r)
	target := r.Posting.Offer.Body.Target
	if who := job.Provider; !who.IsZero() && (target.IsZero() || who == target) && (!r.opened() || who == r.Deal.Body.Provider) {
		c.grant(ctx, job, who, s.inputs)
	}
	if r.State != lilypad.StateDrawn || !r.opened() {
		return
	}
	drawn, err := settlement.Draw(r.Posting.Panel, r.Facts.CreatorSeed, r.Facts.ProviderSeed, r.OpenedAs)
	if err != nil {
		c.Logger.Error("mediators cannot be told", "job", r.ID, "error", err)
	}
	for _, m := range drawn {
		c.grant(ctx, job, m, s.inputs, s.result)
	}
}

// grant hands keys to a party that has none yet. One that cannot be told is
// tried again at the next step: it must not hold up the others.
func (c *Creator) grant(ctx context.Context, job api.Job, to lilypad.Address, keys ...sealing.Key) {
	if job.Granted(c.Key.Address(), to) {
		return
	}
	if err := api.GrantTo(ctx, c.Market, c.Ledger.Domain(), job.ID, to, keys...); err != nil {
		c.Logger.Warn("keys not handed over", "job", job.ID, "to", to, "error", err)
	}
}

// bring fetches the trees of a delivery.
func (c *Creator) bring(ctx context.Context, r record, d *api.Delivery) error {
	if !r.Posting.Private() {
		return bundle.Fetch(ctx, c.Store, c.Market, d.Outputs, r.Posting.Work.Needs)
	}
	return bundle.FetchSealed(ctx, c.Store, c.Market, d.Sealed, d.Outputs, r.Posting.Work.Needs, c.secretsOf(r).result)
}
