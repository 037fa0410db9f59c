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
