package node

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

const (
	defaultKeep = 30 * 24 * time.Hour
	sweepEvery  = time.Hour
)

// kept is a role's store, and what the role still needs of it.
type kept struct {
	role   string
	store  *storage.Collector
	needed func(since lilypad.Time) []lilypad.ContentID
}

// keep has a role's store swept from time to time.
func (n *Node) keep(role string, store *storage.Collector, needed func(lilypad.Time) []lilypad.ContentID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.kept = append(n.kept, kept{role, store, needed})
}

// startKeeping sweeps the stores of all roles, and ends the deals of the
// network that nobody ends.
func (n *Node) startKeeping(ctx context.Context) error {
	if len(n.accounts) == 0 {
		return nil
	}
	j, err := n.journal(ctx, "patrol")
	if err != nil {
		return err
	}
	slices.SortFunc(n.accounts, func(a, b keeper.Account) int { // roles start in no order
		x, y := a.Address(), b.Address()
		return slices.Compare(x[:], y[:])
	})
	p, err := keeper.NewPatrol(ctx, keeper.PatrolConfig{Accounts: n.accounts, Journal: j, Logger: n.Logger, Gas: n.ExitGas})
	if err != nil {
		return err
	}
	n.serve("patrol", p.Run)
	n.serve("sweep", func(ctx context.Context) error {
		tick := time.NewTicker(sweepEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
				if err := n.sweep(ctx, cmp.Or(n.Keep, defaultKeep)); err != nil && ctx.Err() == nil {
					n.Logger.Warn("old blocks were not removed", "error", err)
				}
			}
		}
	})
	return nil
}

// sweep removes what no role needs, of deals that have been final for so long.
func (n *Node) sweep(ctx context.Context, keep time.Duration) error {
	head, err := n.client.Head(ctx)
	if err != nil {
		return err
	}
	since := head.Time - min(head.Time, lilypad.Time(keep/time.Second))
	var errs []error
	for _, k := range n.kept {
		gone, err := k.store.Sweep(ctx, time.Now().Add(-keep), func() []lilypad.ContentID { return k.needed(since) })
		if gone > 0 {
			n.Logger.Info("old blocks removed", "role", k.role, "blocks", gone)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
