package wallet

import (
	"context"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
)

// Account is all that a role does with a key: a [Key], one kept by an
// [External] signer, or either of them behind [Limited] or [Asking].
type Account interface {
	Signer
	// SignTx signs a transaction for one chain.
	SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error)
	// Seed is the secret that belongs to salt, such as a job id. It is the same
	// after a restart, and nobody else can guess it.
	Seed(salt []byte) lilypad.Hash
}

var (
	_ Account = (*Key)(nil)
	_ Account = (*External)(nil)
	_ Account = (*Limited)(nil)
	_ Account = (*Asking)(nil)
)

// Ordering is a job offer together with the work that it is for and the module
// that is to run: the offer has only their hashes. It signs as the offer alone.
type Ordering struct {
	lilypad.JobOffer
	Work   lilypad.Work
	Module lilypad.Module
}

// Fits reports parts that do not belong together.
//
// # Errors
//
// Invalid.
func (o Ordering) Fits() error {
	if o.JobOffer.Work != o.Work.Hash() || o.Work.Module != o.Module.ID() {
		return lilypad.Errorf(lilypad.Invalid, "the offer is for other work than that of module %.100q", o.Module.Name)
	}
	return nil
}

// SignOffer signs an offer for work of a module.
//
// # Errors
//
// Invalid when they do not belong together; those of the signer.
func SignOffer(ctx context.Context, s Signer, domain lilypad.Domain, o Ordering) (lilypad.Signed[lilypad.JobOffer], error) {
	if err := o.Fits(); err != nil {
		return lilypad.Signed[lilypad.JobOffer]{}, err
	}
	signed, err := Sign(ctx, s, domain, o)
	return lilypad.Signed[lilypad.JobOffer]{Body: o.JobOffer, Signature: signed.Signature}, err
}

// Taking is a provider's deal together with the offer that it answers: the
// offer says what the provider puts at stake. It signs as the deal alone.
type Taking struct {
	lilypad.Deal
	Offer lilypad.JobOffer
}

// Check reports two halves that do not belong together.
//
// # Errors
//
// Invalid.
func (t Taking) Check() error {
	if t.Job != t.Offer.ID() {
		return lilypad.Errorf(lilypad.Invalid, "the deal answers job %s, not the offer of job %s", t.Job, t.Offer.ID())
	}
	return nil
}

// SignDeal signs a deal for the offer that it answers.
//
// # Errors
//
// Invalid when the two do not belong together; those of the signer.
func SignDeal(ctx context.Context, s Signer, domain lilypad.Domain, d lilypad.Deal, o lilypad.JobOffer) (lilypad.Signed[lilypad.Deal], error) {
	t := Taking{Deal: d, Offer: o}
	if err := t.Check(); err != nil {
		return lilypad.Signed[lilypad.Deal]{}, err
	}
	signed, err := Sign(ctx, s, domain, t)
	return lilypad.Signed[lilypad.Deal]{Body: d, Signature: signed.Signature}, err
}
