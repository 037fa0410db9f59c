package wallet

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Standings tells how deals stand, as a settlement.Reader does.
type Standings interface {
	Status(ctx context.Context, job lilypad.JobID) (settlement.Status, error)
}

// VerifyOffer checks that an offer's creator agreed to it: by its signature, or,
// where there is none because the creator is a contract, on the ledger.
//
// # Errors
//
// Unauthorized for a signature that is not its creator's; Unavailable while the
// ledger has seen no approval, since a node may be behind; those of the ledger.
func VerifyOffer(ctx context.Context, ledger Standings, domain lilypad.Domain, o lilypad.Signed[lilypad.JobOffer]) error {
	if o.Signature != (lilypad.Signature{}) {
		return Verify(domain, o, o.Body.Creator)
	}
	s, err := ledger.Status(ctx, o.Body.ID())
	if err == nil && s.State == lilypad.StateNone {
		return lilypad.Errorf(lilypad.Unavailable, "the offer is not signed, and %s has not approved it on the chain as seen from here", o.Body.Creator)
	}
	return err // a deal goes on from None by a signature or by an approval alone
}
