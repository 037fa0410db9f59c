package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// key opens what was granted to the provider. It is derived, so that it is
// never lost.
func (p *Provider) key() sealing.Key { return sealing.NewKey(p.Key.Seed([]byte("private key"))) }

// resultKey opens one job's result, besides its creator's: for mediators, if
// the creator leaves them without.
func (p *Provider) resultKey(id lilypad.JobID) sealing.Key {
	return sealing.NewKey(p.Key.Seed(append([]byte("private result"), id[:]...)))
}

// tellKey has the solver know the key that creators grant to.
func (p *Provider) tellKey(ctx context.Context) error {
	r, err := api.SignRecipient(ctx, p.Key, p.Ledger.Domain(), p.key().Recipient())
	if err != nil {
		return err
	}
	return p.Market.PutRecipient(ctx, r)
}

// awaitsKeys tells whether the creator of a proposed private job has yet to grant
// the keys of its inputs.
func (p *Provider) awaitsKeys(job api.Job) bool {
	return job.Posting.Private() && len(p.grants(job)) == 0
}

// inputs brings the inputs of a proposed job here and tells their size. What is
// here already counts for nothing: it may be another's private inputs, which
// who posts the job must show to have, and may not find out by asking.
func (p *Provider) inputs(ctx context.Context, job api.Job, most uint64) (uint64, error) {
	id := job.Posting.Work.Inputs
	if !job.Posting.Private() {
		tree, err := storage.Copy(ctx, anew{p.Store}, p.Market, id, storage.Limits{Size: most})
		return tree.Size(), err
	}
	parcel := sealing.Parcel{Sealed: job.Posting.Sealed, Trees: []lilypad.ContentID{id}, Size: most}
	if err := sealing.Fetch(ctx, p.Store, p.Market, parcel, job.Keys(p.Key.Address(), p.key())...); err != nil {
		return 0, err
	}
	tree, err := storage.ReadTree(ctx, p.Store, id)
	return tree.Size(), err
}

// anew is a store that takes everything again.
type anew struct{ storage.Store }

func (anew) Has(context.Context, lilypad.Hash) (bool, error) { return false, nil }

// grants are those of a job to this provider.
func (p *Provider) grants(job api.Job) []api.Grant {
	me := p.Key.Address()
	return slices.DeleteFunc(slices.Clone(job.Grants), func(g api.Grant) bool { return g.To != me })
}

// discreet leaves out of a refusal what it may tell of a private job's inputs.
func (p *Provider) discreet(job api.Job, err error, prefix string) error {
	if err = softly(err, prefix); job.Posting.Private() {
		if _, refused := errors.AsType[*declined](err); refused {
			p.Logger.Warn("private job declined", "job", job.ID, "reason", err)
			return &declined{reason: prefix + "the inputs of this private job cannot be used here"}
		}
	}
	return err
}

// seal makes a private job's result ready to travel; zero for another job.
func (p *Provider) seal(ctx context.Context, r record, out lilypad.Outputs) (lilypad.ContentID, error) {
	if !r.Posting.Private() {
		return lilypad.ContentID{}, nil
	}
	return bundle.SealResult(ctx, p.Store, out, r.Posting.Work.ResultKey, p.resultKey(r.ID).Recipient())
}

// share lets the mediators that were drawn see a private job, so that it need
// not trust the creator to do so. Who was drawn is the chain's word.
func (p *Provider) share(ctx context.Context, r record) error {
	if !r.Posting.Private() || r.State != lilypad.StateDrawn || p.withholds(r) {
		return nil
	}
	job, err := p.Market.Job(ctx, r.ID)
	if err != nil {
		return err
	}
	drawn, err := settlement.Draw(r.Posting.Panel, r.Facts.CreatorSeed, r.Facts.ProviderSeed, r.Deal.Body.ID())
	if err != nil {
		return err
	}
	keys := []sealing.Key{p.resultKey(r.ID)}
	granted := api.Job{Grants: r.Grants}.Keys(p.Key.Address(), p.key())
	switch key, err := sealing.Which(ctx, p.Market, r.Posting.Sealed, granted...); {
	case err == nil:
		keys = append(keys, key)
	case lilypad.CodeOf(err) != lilypad.Invalid && lilypad.CodeOf(err) != lilypad.NotFound: // then the result alone
		return err
	}
	var errs []error
	for _, m := range drawn {
		if job.Granted(p.Key.Address(), m) {
			continue
		}
		if err := api.GrantTo(ctx, p.Market, p.Ledger.Domain(), r.ID, m, keys...); err != nil {
			errs = append(errs, fmt.Errorf("grant keys to mediator %s: %w", m, err))
		}
	}
	return errors.Join(errs...)
}
