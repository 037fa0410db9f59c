package keeper

import (
	"context"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Deal is a live deal that its owner wants ended in time.
type Deal struct {
	Terms    settlement.Terms
	Facts    settlement.Facts
	State    lilypad.State
	Deadline lilypad.Time  // of the state it is in
	Patience time.Duration // wall time after which a local chain moves on
	// Rest is a moment before the deadline at which others still act: a local
	// chain stops there for another Patience. Zero: there is none.
	Rest lilypad.Time
}

// Config is what a keeper needs.
type Config struct {
	Ledger interface {
		settlement.Reader
		settlement.Mover
	}
	// Deals lists the live deals. It is called after every block and Wake.
	Deals  func(ctx context.Context) ([]Deal, error)
	Logger *slog.Logger
	// Advance moves a local chain's time; nil on a real one.
	Advance func(ctx context.Context, to lilypad.Time) error
}

// Keeper is the service. Start it with Run.
type Keeper struct {
	Config
	wake  chan struct{}
	since map[key]time.Time // when a deal was first seen in a state; only Run
}

type key struct {
	job   lilypad.JobID
	state lilypad.State
}

// New returns a keeper.
func New(c Config) *Keeper {
	return &Keeper{Config: c, wake: make(chan struct{}, 1), since: map[key]time.Time{}}
}

// Wake makes the keeper look again: a deal has changed.
func (k *Keeper) Wake() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends.
func (k *Keeper) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		head, err := k.Ledger.Head(ctx)
		if err != nil {
			return ignoreEnd(ctx, err)
		}
		from := settlement.Cursor{Block: head.Number, Hash: head.Hash, Index: ^uint(0)}
		return k.Ledger.Follow(ctx, from, func(settlement.Batch) error { k.Wake(); return nil })
	})
	g.Go(func() error { return k.watch(ctx) })
	return g.Wait()
}

func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// retry is how long the keeper rests after an error.
const retry = 5 * time.Second

func (k *Keeper) watch(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-k.wake:
		case <-timer.C:
		}
		next, err := k.look(ctx)
		if err != nil && ctx.Err() == nil {
			k.Logger.Warn("keeper will look again", "in", retry, "error", err)
			next = retry
		}
		if next > 0 {
			timer.Reset(next)
		}
	}
}

// look expires what is due and returns when to look again; zero: when woken.
func (k *Keeper) look(ctx context.Context) (time.Duration, error) {
	deals, err := k.Deals(ctx)
	if err != nil || len(deals) == 0 {
		clear(k.since)
		return 0, err
	}
	head, err := k.Ledger.Head(ctx)
	if err != nil {
		return 0, err
	}
	seen := map[key]time.Time{}
	var first *Deal
	for i, d := range deals {
		id := key{d.Terms.Offer.Body.ID(), d.State}
		if at, ok := k.since[id]; ok {
			seen[id] = at
		} else {
			seen[id] = time.Now()
		}
		switch {
		case d.Deadline == 0:
		case head.Time > d.Deadline:
			k.expire(ctx, d)
		case first == nil || d.Deadline < first.Deadline:
			first = &deals[i]
		}
	}
	k.since = seen
	if first == nil || k.Advance == nil {
		return 0, nil
	}
	// Only the deal that is due first may move time: no other deal's deadline
	// passes before its own patience has ended.
	waited := time.Since(seen[key{first.Terms.Offer.Body.ID(), first.State}])
	if left := first.Patience - waited; left > 0 {
		return left, nil
	}
	to := first.Deadline + 1
	if first.Rest > head.Time {
		to = first.Rest
		k.since[key{first.Terms.Offer.Body.ID(), first.State}] = time.Now()
	}
	k.Logger.Info("local chain time moves on", "job", first.Terms.Offer.Body.ID(), "state", first.State, "to", to)
	return time.Second, k.Advance(ctx, to)
}

func (k *Keeper) expire(ctx context.Context, d Deal) {
	id := d.Terms.Offer.Body.ID()
	_, err := k.Ledger.Expire(ctx, d.Terms, d.Facts)
	switch {
	case err == nil:
		k.Logger.Info("deal expired", "job", id, "state", d.State)
	case lilypad.CodeOf(err) == lilypad.Conflict: // another party was first
	default:
		k.Logger.Warn("deal not expired yet", "job", id, "error", err)
		time.AfterFunc(retry, k.Wake)
	}
}
