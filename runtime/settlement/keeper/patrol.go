package keeper

import (
	"cmp"
	"context"
	"encoding/binary"
	"log/slog"
	"math/bits"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Account is one that a patrol may send for.
type Account interface {
	settlement.Reader
	settlement.Mover
	Address() lilypad.Address
}

// PatrolConfig is what a patrol needs.
type PatrolConfig struct {
	Accounts []Account // of one ledger; others' deals are ended by the first that has the coin
	Journal  journal.Journal
	Logger   *slog.Logger
	// Gas is the most that a day of block time may cost for deals of others.
	// Below what one exit takes those are not even noted.
	Gas uint64
}

// Patrol ends the deals of a whole ledger that are past their deadline and
// that nobody ends, since their parties are gone or have lost their journals.
// A deal of one of its accounts is always ended; others by their age, within a
// limit on gas. Start it with Run.
type Patrol struct {
	PatrolConfig
	deals map[lilypad.JobID]*watched // what follows belongs to Run
	book
}

// watched is a live deal, as events tell it.
type watched struct {
	Job      lilypad.JobID    `json:"job"`
	Deal     lilypad.DealID   `json:"deal"`
	Tx       lilypad.Hash     `json:"tx"` // that opened it
	Creator  lilypad.Address  `json:"creator"`
	Provider lilypad.Address  `json:"provider"`
	State    lilypad.State    `json:"state"`
	Deadline lilypad.Time     `json:"deadline"`
	Facts    settlement.Facts `json:"facts"`
	Ended    uint64           `json:"ended,omitempty"` // block in which it did

	terms *settlement.Terms // once they are needed
	again lilypad.Time      // not before
}

const (
	// patience is how long after the deadline the parties' own keepers are left
	// to act, spread over how long the patrols of a network begin: whom a hash
	// puts first pays, and the others see its event.
	ownPatience, ownSpread     lilypad.Time = 600, 600
	otherPatience, otherSpread lilypad.Time = 3600, 3600
	// restAfter is how long a deal rests that could not be ended.
	restAfter lilypad.Time = 600
	// deep is how many blocks lie on what nothing undoes any more, if it is final
	// too: see package records.
	deep = 512
	// gasOfExit is more than expire takes in any state, as measured.
	gasOfExit = 60_000
	day       = 24 * 3600
)

// NewPatrol returns a patrol that goes on where the journal's stopped.
//
// # Errors
//
// Internal, with a remedy, for a journal that cannot be read.
func NewPatrol(ctx context.Context, c PatrolConfig) (*Patrol, error) {
	c.Logger = c.Logger.With("service", "patrol")
	p := &Patrol{PatrolConfig: c, deals: map[lilypad.JobID]*watched{}}
	return p, p.load(ctx)
}

// Run works until ctx ends.
func (p *Patrol) Run(ctx context.Context) error {
	return p.Accounts[0].Follow(ctx, p.Place, func(b settlement.Batch) error {
		p.observe(b)
		if b.Cursor.Block < b.Head.Number {
			return p.saveSometimes(ctx) // what is due now may have ended since
		}
		return p.end(ctx, b.Head)
	})
}

func (p *Patrol) observe(b settlement.Batch) {
	if b.Rewound {
		for _, d := range p.deals {
			d.Ended = 0 // perhaps not any more: the ledger is asked before anything is sent
		}
	}
	for _, e := range b.Events {
		d := p.deals[e.Job]
		opened := watched{Job: e.Job, Deal: e.Deal, Tx: e.Tx, Creator: e.Creator, Provider: e.Provider, State: lilypad.StateOpen}
		switch {
		case e.Kind == settlement.Opened && (p.Gas >= gasOfExit || p.party(&opened) != nil):
			d = &opened
			p.deals[e.Job] = d
		case d == nil:
			continue
		case e.Kind == settlement.Submitted:
			d.State, d.Facts.Result = lilypad.StateSubmitted, e.Result
		case e.Kind == settlement.Challenged:
			d.State, d.Facts.CreatorSeed = lilypad.StateChallenged, e.Seed
		case e.Kind == settlement.Revealed:
			d.State, d.Facts.ProviderSeed = lilypad.StateDrawn, e.Seed
		case e.Kind == settlement.Finished:
			d.Ended = e.Block.Number
		}
		if e.Deadline > 0 {
			d.Deadline = e.Deadline
		}
		p.changed(e.Job)
	}
	p.Place = b.Cursor
	for id, d := range p.deals {
		if d.Ended > 0 && d.Ended+deep < b.Cursor.Block && d.Ended <= b.Final {
			p.forget(id)
		}
	}
}

func (p *Patrol) forget(id lilypad.JobID) {
	delete(p.deals, id)
	p.changed(id)
}

// end ends the deals that are due, and stores what that may cost before.
func (p *Patrol) end(ctx context.Context, head settlement.Block) error {
	if today := head.Time / day; today != p.Day {
		p.Day, p.Spent = today, 0
	}
	due := p.due(ctx, head.Time)
	if len(due) == 0 {
		return p.saveSometimes(ctx)
	}
	if err := p.save(ctx); err != nil {
		return err
	}
	var calls errgroup.Group
	var unspent atomic.Uint64
	for _, d := range due {
		calls.Go(func() error {
			if gas := p.expire(ctx, d, head); p.party(d) == nil {
				unspent.Add(gasOfExit - min(gas, gasOfExit))
			}
			return nil
		})
	}
	_ = calls.Wait() // what failed is logged and tried again
	p.Spent -= unspent.Load()
	return p.save(ctx)
}

// due lists deals to be ended now, no more than maxExits, and counts the gas of
// others': first its accounts' own, then the oldest, since whoever deals with
// itself could buy a place by value but not by age.
func (p *Patrol) due(ctx context.Context, now lilypad.Time) (due []*watched) {
	var list []*watched
	for _, d := range p.deals {
		if d.Ended == 0 && now >= d.again && now > p.exitTime(d) && (p.party(d) != nil || p.affords()) {
			list = append(list, d)
		}
	}
	rank := func(d *watched) int {
		if p.party(d) != nil {
			return 0
		}
		return 1
	}
	slices.SortFunc(list, func(a, b *watched) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Deadline, b.Deadline), slices.Compare(a.Job[:], b.Job[:]))
	})
	for _, d := range list[:min(len(list), maxExits)] { // the rest comes with the next block
		if d.terms == nil && now >= d.again {
			p.read(ctx, d.Tx, now)
		}
		switch others := p.party(d) == nil; {
		case d.terms == nil || others && !p.affords():
			continue
		case others:
			p.Spent += gasOfExit
		}
		d.again = now + restAfter
		due = append(due, d)
	}
	return due
}

// affords tells whether another's deal may be ended today.
func (p *Patrol) affords() bool { return p.Spent+gasOfExit <= p.Gas }

// party is the account that is one of the deal's; nil: it is of others.
func (p *Patrol) party(d *watched) Account {
	for _, a := range p.Accounts {
		if who := a.Address(); who == d.Creator || who == d.Provider {
			return a
		}
	}
	return nil
}

// exitTime is the block time after which it is to end the deal.
func (p *Patrol) exitTime(d *watched) lilypad.Time {
	by, after, spread := p.party(d), ownPatience, ownSpread
	if by == nil {
		by, after, spread = p.Accounts[0], otherPatience, otherSpread
	}
	who := by.Address()
	h := lilypad.Keccak256(who[:], d.Job[:])
	jitter, _ := bits.Mul64(binary.BigEndian.Uint64(h[:]), uint64(spread))
	return d.Deadline + after + lilypad.Time(jitter)
}

// read finds the terms of the deals that a transaction opened. Those that it
// opened through another contract are forgotten: they can be read nowhere.
func (p *Patrol) read(ctx context.Context, tx lilypad.Hash, now lilypad.Time) {
	list, err := p.Accounts[0].Opened(ctx, tx)
	for _, t := range list {
		if d := p.deals[t.Offer.Body.ID()]; d != nil && d.Deal == t.Deal.Body.ID() {
			d.terms = &t
		}
	}
	for id, d := range p.deals {
		if d.Tx != tx || d.terms != nil {
			continue
		}
		if d.again = now + restAfter; err == nil {
			p.forget(id)
		}
		p.Logger.Info("terms of a deal cannot be read", "job", id, "transaction", tx, "error", err)
	}
}

// expire ends a deal, if it still stands as its events told, from the first
// account that has the coin, and returns what gas it may have cost.
func (p *Patrol) expire(ctx context.Context, d *watched, head settlement.Block) uint64 {
	st, err := p.Accounts[0].Status(ctx, d.Job)
	switch {
	case err != nil:
		p.Logger.Info("deal not looked at", "job", d.Job, "error", err)
		return 0
	case st.State == lilypad.StateFinal || st.State <= lilypad.StateApproved:
		d.Ended = head.Number // or undone; then a new opening is an event
		return 0
	case st.State != d.State || st.Deadline != d.Deadline:
		d.State, d.Deadline = st.State, st.Deadline // a reorganisation took the rest back
		return 0
	}
	accounts := p.Accounts
	if by := p.party(d); by != nil {
		accounts = append([]Account{by}, accounts...)
	}
	var tx settlement.Tx
	for _, by := range accounts {
		if tx, err = by.Expire(ctx, *d.terms, d.Facts.At(d.State)); lilypad.CodeOf(err) != lilypad.Exhausted {
			break
		}
	}
	if err == nil {
		p.Logger.Info("deal of the network ended", "job", d.Job, "state", d.State, "gas", tx.GasUsed)
		return cmp.Or(tx.GasUsed, gasOfExit)
	}
	p.Logger.Info("deal of the network not ended", "job", d.Job, "error", err)
	switch lilypad.CodeOf(err) {
	case lilypad.Conflict, lilypad.Invalid, lilypad.Unauthorized, lilypad.Exhausted:
		return tx.GasUsed // none where it was refused before it was sent
	}
	return gasOfExit // it may have been sent
}
