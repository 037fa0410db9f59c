package keeper

import (
	"context"
	"log/slog"
	"sync/atomic"
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
	Deadline lilypad.Time  // of the state it is in; zero: it is not this keeper's to end
	Patience time.Duration // wall time after which a local chain moves on
	// Rest is a moment before the deadline at which somebody still acts: a
	// local chain stops there for another Patience. Zero: there is none.
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
	// Rested is called with each deal whose Rest has come, in every block from
	// then on; nil: nobody wants to know.
	Rested func(lilypad.JobID)
	// Advance moves a local chain's time; nil on a real one. It is called when
	// Patience has passed since anything was last heard of any deal: while
	// others are at work, what they wait for does not run out.
	Advance func(ctx context.Context, to lilypad.Time) error
}

// Keeper is the service. Start it with Run.
type Keeper struct {
	Config
	wake    chan struct{}
	changed atomic.Int64      // when a deal last did, in wall clock nanoseconds
	since   map[key]time.Time // when a deal was first seen in a state; only Run
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
	k.changed.Store(time.Now().UnixNano())
	k.lookAgain()
}

func (k *Keeper) lookAgain() {
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
		return k.Ledger.Follow(ctx, from, func(settlement.Batch) error { k.lookAgain(); return nil })
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

// maxExits is how many deals are ended at the same time.
const maxExits = 16

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
	var exits errgroup.Group
	exits.SetLimit(maxExits)
	for i, d := range deals {
		id := d.key()
		if at, ok := k.since[id]; ok {
			seen[id] = at
		} else {
			seen[id] = time.Now()
		}
		if d.Rest > 0 && head.Time >= d.Rest && k.Rested != nil {
			k.Rested(id.job)
		}
		switch {
		case d.Deadline == 0:
		case head.Time > d.Deadline:
			exits.Go(func() error { k.expire(ctx, d); return nil })
		case first == nil || d.Deadline < first.Deadline:
			first = &deals[i]
		}
	}
	_ = exits.Wait() // what failed is logged and tried again
	k.since = seen
	if first == nil || k.Advance == nil {
		return 0, nil
	}
	return k.move(ctx, *first, head.Time)
}

// move advances local time for the deal that is due first, once its patience
// has ended; no other deal's deadline passes before its own has.
func (k *Keeper) move(ctx context.Context, first Deal, now lilypad.Time) (time.Duration, error) {
	id := first.key()
	quiet := min(time.Since(k.since[id]), time.Since(time.Unix(0, k.changed.Load())))
	if left := first.Patience - quiet; left > 0 {
		return left, nil
	}
	to := first.Deadline + 1
	if first.Rest > now {
		to = first.Rest
		k.since[id] = time.Now()
	}
	k.Logger.Info("local chain time moves on", "job", id.job, "state", first.State, "to", to)
	return time.Second, k.Advance(ctx, to)
}

func (d *Deal) key() key { return key{d.Terms.Offer.Body.ID(), d.State} }

func (k *Keeper) expire(ctx context.Context, d Deal) {
	id := d.Terms.Offer.Body.ID()
	_, err := k.Ledger.Expire(ctx, d.Terms, d.Facts)
	switch {
	case err == nil:
		k.Logger.Info("deal expired", "job", id, "state", d.State)
	case lilypad.CodeOf(err) == lilypad.Conflict: // another party was first
	default:
		k.Logger.Warn("deal not expired yet", "job", id, "error", err)
		time.AfterFunc(retry, k.lookAgain)
	}
}
