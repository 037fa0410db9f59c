package chain

import (
	"context"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Finality says which blocks count as unable to leave a chain.
type Finality string

const (
	FinalAtOnce Finality = "latest"    // all: of development chains, where one block is final
	Finalized   Finality = "finalized" // those that the node calls finalized
)

// Check refuses a rule that does not exist.
//
// # Errors
//
// Invalid.
func (f Finality) Check() error {
	if f != FinalAtOnce && f != Finalized {
		return lilypad.Errorf(lilypad.Invalid, "no rule of finality %.40q", string(f)).Try("write %s or %s", FinalAtOnce, Finalized)
	}
	return nil
}

// Final is the newest block that is final by the rule of the configuration. On
// a chain that has none yet it is the first block.
func (c *Client) Final(ctx context.Context) (Header, error) {
	h, err := c.header(ctx, "eth_getBlockByNumber", string(c.cfg.Finality))
	if says(err, saysNotFinal) || lilypad.CodeOf(err) == lilypad.NotFound {
		return c.HeaderAt(ctx, 0)
	}
	return h, err
}

// AwaitFinal returns once block is final; wait is told how many blocks are
// missing, whenever that has changed. Whether the block is still the same one
// is for the caller to check.
func (c *Client) AwaitFinal(ctx context.Context, block uint64, wait func(missing uint64)) error {
	heads, stop := c.Watch()
	defer stop()
	for told := uint64(0); ; {
		final, err := c.Final(ctx)
		if err != nil || final.Number >= block {
			return err
		}
		if missing := block - final.Number; missing != told {
			told = missing
			wait(missing)
		}
		select {
		case <-ctx.Done():
			return ended(ctx, "wait for a final block")
		case <-heads:
		case <-time.After(pollAlone): // a chain can go quiet before it finalizes
		}
	}
}
