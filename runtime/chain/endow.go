package chain

import (
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/lilypad-network/lilypad"
)

// Endow sees that accounts of a development chain own so much of its coin. The
// node pays from the account that it holds itself, as anvil and geth --dev do.
// It returns when all have it.
//
// # Errors
//
// Invalid when the node holds no account; those of the client.
func (c *Client) Endow(ctx context.Context, accounts []lilypad.Address, wei *big.Int) error {
	var own []lilypad.Address
	err := c.do(ctx, "accounts of the node", func(ctx context.Context) error { return c.rpc.CallContext(ctx, &own, "eth_accounts") })
	if err == nil && len(own) == 0 {
		err = lilypad.Errorf(lilypad.Invalid, "the node of chain %d holds no account: it is no development chain", c.id).
			Try("start anvil --block-time 1, or geth --dev --dev.period 1")
	}
	if err != nil {
		return err
	}
	poor, err := c.poor(ctx, accounts, wei)
	if err != nil {
		return err
	}
	for _, to := range poor {
		payment := map[string]any{"from": own[0], "to": to, "value": (*hexutil.Big)(wei)}
		if err := c.do(ctx, "payment by the node", func(ctx context.Context) error {
			return c.rpc.CallContext(ctx, new(lilypad.Hash), "eth_sendTransaction", payment)
		}); err != nil {
			return err
		}
	}
	heads, stop := c.Watch()
	defer stop()
	for len(poor) > 0 {
		select {
		case <-heads:
		case <-ctx.Done():
			return ended(ctx, "wait for payments by the node")
		}
		if poor, err = c.poor(ctx, poor, wei); err != nil {
			return err
		}
	}
	return nil
}

// poor are the accounts with less than half of an endowment: what they
// spend does not call for another.
func (c *Client) poor(ctx context.Context, accounts []lilypad.Address, wei *big.Int) (few []lilypad.Address, err error) {
	half := new(big.Int).Rsh(wei, 1)
	for _, a := range accounts {
		has, err := c.Balance(ctx, a)
		if err != nil {
			return nil, err
		}
		if has.Cmp(half) < 0 {
			few = append(few, a)
		}
	}
	return few, nil
}
