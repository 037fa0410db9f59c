package mediator

import (
	"context"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// key opens what was granted to the mediator. It is derived, so that it is
// never lost.
func (m *Mediator) key() sealing.Key { return sealing.NewKey(m.Key.Seed([]byte("private key"))) }

// tellEvery renews the key, in case the solver has lost it.
const tellEvery = time.Minute

// tellKey has the solver know the key that parties grant to, until ctx ends.
func (m *Mediator) tellKey(ctx context.Context) error {
	r, err := api.SignRecipient(ctx, m.Key, m.Ledger.Domain(), m.key().Recipient())
	if err != nil {
		m.Logger.Warn("private cases cannot be judged: the key is not signed", "error", err)
		return nil
	}
	wait := tellEvery
	for ; ctx.Err() == nil; wait = tellEvery {
		if err := m.Market.PutRecipient(ctx, r); err != nil && ctx.Err() == nil {
			m.Logger.Warn("key not taken", "error", err)
			wait = lookAgain
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return nil
}

// bring fetches the claimed result. That of a private job is opened by who was
// drawn, and the others see whether it is there.
func (m *Mediator) bring(ctx context.Context, r record, job api.Job) error {
	d, n := job.Delivery, job.Posting.Work.Needs
	if !job.Posting.Private() {
		return bundle.Fetch(ctx, m.Store, m.Market, d.Outputs, n)
	}
	if r.Seen > 0 && r.Opened {
		return nil
	}
	if err := bundle.CheckSize(d.Outputs, n); err != nil {
		return err
	}
	if r.State < lilypad.StateDrawn {
		_, err := storage.Copy(ctx, m.Store, m.Market, d.Sealed, bundle.Parcel(d.Sealed, d.Outputs).Limits())
		return err
	}
	keys, err := m.resultKeys(ctx, r, job)
	if err != nil {
		return err
	}
	if err := bundle.FetchSealed(ctx, m.Store, m.Market, d.Sealed, d.Outputs, n, keys...); err != nil {
		return err
	}
	return m.edit(ctx, r.ID, func(r *record) { r.Opened = true })
}

// resultKeys are what a private job's result is opened with. The creator's own
// key shows what the creator could see, and is known by its public half in the
// offer. Only a creator that does not tell it in half the time that there is is
// done without: else a provider could seal for the mediators alone.
//
// # Errors
//
// Unavailable while the creator has time.
func (m *Mediator) resultKeys(ctx context.Context, r record, job api.Job) ([]sealing.Key, error) {
	keys := job.Keys(m.Key.Address(), m.key())
	for _, k := range keys {
		if k.Recipient() == job.Posting.Work.ResultKey {
			return []sealing.Key{k}, nil
		}
	}
	head, err := m.Ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	if head.Time < r.Deadline-lilypad.Time(job.Posting.Offer.Body.MediateFor/2) {
		return nil, lilypad.Errorf(lilypad.Unavailable, "the creator has not granted the key of the result yet")
	}
	return keys, nil
}

// inputs brings the inputs of a job here. Those of a private job are opened for
// each run, also if they are here: who does not know them may have posted it.
//
// # Errors
//
// Unavailable until a private job's keys are granted.
func (m *Mediator) inputs(ctx context.Context, job api.Job) error {
	id := job.Posting.Work.Inputs
	if !job.Posting.Private() {
		_, err := storage.Copy(ctx, m.Store, m.Market, id, storage.Limits{Size: bundle.MaxBytes})
		return err
	}
	keys := job.Keys(m.Key.Address(), m.key())
	if len(keys) == 0 {
		return lilypad.Errorf(lilypad.Unavailable, "nobody has granted the keys of the inputs yet")
	}
	return sealing.Fetch(ctx, m.Store, m.Market, sealing.Parcel{Sealed: job.Posting.Sealed, Trees: []lilypad.ContentID{id}, Size: bundle.MaxBytes}, keys...)
}
