package solver

import (
	"bytes"
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/sealing"
)

const tableRecipients = "solver.recipient" // by party

// PutRecipient keeps the key of a provider with an offer, or of a mediator.
func (s *Solver) PutRecipient(ctx context.Context, caller lilypad.Address, r api.Recipient) error {
	if err := r.Check(s.domain(), caller); err != nil {
		return err
	}
	if err := s.do(ctx, func(b *book) error {
		if _, offers := b.offers[caller]; !offers && !slices.Contains(s.Config.Network.Panel.Mediators, caller) {
			return lilypad.Errorf(lilypad.Unauthorized, "%s has no offer here and is no mediator of this network", caller)
		}
		return nil
	}); err != nil {
		return err
	}
	return s.Journal.Update(ctx, func(w journal.Writer) error {
		return putJSON(w, tableRecipients, caller.String(), r)
	})
}

// Recipient returns the key that a party has told.
func (s *Solver) Recipient(ctx context.Context, of lilypad.Address) (r api.Recipient, err error) {
	err = s.Journal.View(ctx, func(j journal.Reader) error {
		found, err := getJSON(j, tableRecipients, of.String(), &r)
		if err == nil && !found {
			err = lilypad.Errorf(lilypad.NotFound, "%s has told no key to seal to", of)
		}
		return err
	})
	return r, err
}

// Grant passes keys on: from the creator to the provider that is asked or
// bound, and from both to the mediators that were drawn.
func (s *Solver) Grant(ctx context.Context, caller lilypad.Address, id lilypad.JobID, g api.Grant) error {
	if len(g.Sealed) == 0 || len(g.Sealed) > sealing.MaxGrant {
		return lilypad.Errorf(lilypad.Invalid, "a grant has 1 to %d bytes, not %d", sealing.MaxGrant, len(g.Sealed))
	}
	g.From = caller
	return s.edit(ctx, id, func(_ *book, r *record) error {
		orders := slices.Contains(ordering(r.Posting.Offer.Body), caller)
		switch {
		case !r.Posting.Private():
			return lilypad.Errorf(lilypad.Invalid, "job %s is not private: there are no keys to it", id)
		case orders && g.To == r.Provider && !r.Provider.IsZero():
		case (orders || caller == r.Provider) && slices.Contains(r.Drawn(), g.To):
		default:
			return lilypad.Errorf(lilypad.Unauthorized, "%s cannot give %s keys of job %s now", caller, g.To, id)
		}
		same := func(o api.Grant) bool { return o.From == g.From && o.To == g.To }
		if i := slices.IndexFunc(r.Grants, same); i >= 0 && bytes.Equal(r.Grants[i].Sealed, g.Sealed) {
			return errSame
		}
		r.Grants = append(slices.DeleteFunc(slices.Clone(r.Grants), same), g)
		return nil
	})
}
