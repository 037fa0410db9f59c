package wallet

import (
	"context"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
)

// Telling is an account that tells of each transaction that it signs, so that
// its owner can look for one that nobody waited for. One is signed at a time.
type Telling struct {
	Account
	Tell func(lilypad.Hash) // nil: nobody
	Last lilypad.Hash       // of the newest; zero: none was signed
}

// SignTx implements [Account].
func (t *Telling) SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	signed, err := t.Account.SignTx(ctx, tx, chainID)
	if err != nil {
		return nil, err
	}
	t.Last = lilypad.Hash(signed.Hash())
	if t.Tell != nil {
		t.Tell(t.Last)
	}
	return signed, nil
}
