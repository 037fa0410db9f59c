package chain

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
)

// Transaction is one that the chain or the node's pool has.
//
// # Errors
//
// NotFound when neither has it; those of the node.
func (c *Client) Transaction(ctx context.Context, hash lilypad.Hash) (tx *types.Transaction, err error) {
	err = c.do(ctx, "transaction", func(ctx context.Context) (err error) {
		tx, _, err = c.eth.TransactionByHash(ctx, common.Hash(hash))
		return err
	})
	return tx, err
}
