package chain

import (
	"context"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/lilypad-network/lilypad"
)

// CodeSince is the first block in which an address has code, found by bisection:
// some thirty questions on a long chain.
//
// # Errors
//
// NotFound for an address without code; those of the node, which may keep no
// state that old.
func (c *Client) CodeSince(ctx context.Context, at lilypad.Address) (uint64, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return 0, err
	}
	has, err := c.hasCode(ctx, at, head.Number)
	if err == nil && !has {
		err = lilypad.Errorf(lilypad.NotFound, "there is no contract at %s", at)
	}
	first, last := uint64(0), head.Number // the code came in between, last included
	for err == nil && first < last {
		middle := first + (last-first)/2
		if has, err = c.hasCode(ctx, at, middle); has {
			last = middle
		} else {
			first = middle + 1
		}
	}
	return last, err
}

func (c *Client) hasCode(ctx context.Context, at lilypad.Address, block uint64) (bool, error) {
	var code hexutil.Bytes
	err := c.do(ctx, "code", func(ctx context.Context) error {
		return c.rpc.CallContext(ctx, &code, "eth_getCode", at, hexutil.Uint64(block))
	})
	return len(code) > 0, err
}
