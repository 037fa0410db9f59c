package chain

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

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

// finalEvery is how often the node is asked which block is final: nothing tells
// of it.
const finalEvery = 10 * time.Second

// finality is what the node last said of it.
type finality struct {
	asking singleflight.Group

	mu     sync.Mutex // guards what follows; not held while the node is asked
	number uint64
	asked  time.Time
}

// FinalBelow is the number of the newest block that is final on a chain with
// that head. Where the node must be asked, it is once in ten seconds.
func (c *Client) FinalBelow(ctx context.Context, head Header) (uint64, error) {
	if c.cfg.Finality == FinalAtOnce {
		return head.Number, nil
	}
	f := &c.finality
	f.mu.Lock()
	number, fresh := f.number, !f.asked.IsZero() && time.Since(f.asked) < finalEvery
	f.mu.Unlock()
	if fresh {
		return number, nil
	}
	_, err := together(ctx, &f.asking, "", func(ctx context.Context) (any, error) {
		h, err := c.Final(ctx)
		if err == nil {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.number, f.asked = h.Number, time.Now()
		}
		return nil, err
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.number, err
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
