package keeper_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
)

// fakeLedger has the blocks of a real one and notes what is expired; the first
// len(errs) calls fail with errs.
type fakeLedger struct {
	settlement.Ledger
	bank *memory.Bank

	mu      sync.Mutex // guards what follows
	errs    []error
	expired []uint64 // nonces
	open    map[uint64]keeper.Deal
}

func newLedger(deals ...keeper.Deal) *fakeLedger {
	bank := memory.New(memory.Config{ChainID: 1, Start: 1000})
	l := &fakeLedger{bank: bank, Ledger: bank.Ledger(lilypad.Address{1}), open: map[uint64]keeper.Deal{}}
	for _, d := range deals {
		l.open[d.Terms.Offer.Body.Nonce] = d
	}
	return l
}

func (l *fakeLedger) Expire(_ context.Context, t settlement.Terms, _ settlement.Facts) (settlement.Tx, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	nonce := t.Offer.Body.Nonce
	l.expired = append(l.expired, nonce)
	if len(l.errs) > 0 {
		err := l.errs[0]
		l.errs = l.errs[1:]
		return settlement.Tx{}, err
	}
	delete(l.open, nonce)
	return settlement.Tx{}, nil
}

func (l *fakeLedger) deals(context.Context) ([]keeper.Deal, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []keeper.Deal
	for _, d := range l.open {
		out = append(out, d)
	}
	return out, nil
}

func (l *fakeLedger) log() []uint64 {
	synctest.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.expired
}

func deal(nonce uint64, deadline lilypad.Time, patience time.Duration) keeper.Deal {
	d := keeper.Deal{State: lilypad.StateOpen, Deadline: deadline, Patience: patience}
	d.Terms.Offer.Body.Nonce = nonce
	return d
}

// run starts a keeper until the test ends.
func run(t *testing.T, l *fakeLedger, advance func(context.Context, lilypad.Time) error) *keeper.Keeper {
	k := keeper.New(keeper.Config{Ledger: l, Deals: l.deals, Logger: slog.New(slog.DiscardHandler), Advance: advance})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = k.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	synctest.Wait()
	return k
}

func TestKeeper_expiresOnlyWhatIsPastItsDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger(deal(1, 2000, 0), deal(2, 3000, 0), deal(3, 0, 0))
		run(t, l, nil)
		for _, c := range []struct {
			to   lilypad.Time
			want []uint64
		}{{1999, nil}, {2000, nil}, {2001, []uint64{1}}, {3000, []uint64{1}}, {9000, []uint64{1, 2}}} {
			l.bank.Advance(c.to)
			if diff := cmp.Diff(c.want, l.log()); diff != "" {
				t.Errorf("at %d:\n%s", c.to, diff)
			}
		}
		time.Sleep(24 * time.Hour) // the wall clock decides nothing
		if got := l.log(); len(got) != 2 {
			t.Errorf("expired %v", got)
		}
	})
}

func TestKeeper_anotherWasFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger(deal(1, 1500, 0))
		l.errs = []error{lilypad.Errorf(lilypad.Conflict, "the deal is final")}
		run(t, l, nil)
		l.bank.Advance(2000)
		time.Sleep(time.Hour)
		if got := l.log(); len(got) != 1 {
			t.Errorf("a deal that another ended is tried %d times", len(got))
		}
	})
}

func TestKeeper_triesAgainAfterAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger(deal(1, 1500, 0))
		down := lilypad.Errorf(lilypad.Unavailable, "the chain does not answer")
		l.errs = []error{down, down, down}
		run(t, l, nil)
		l.bank.Advance(2000)
		if got := l.log(); len(got) != 1 {
			t.Fatalf("tried %d times at once", len(got))
		}
		time.Sleep(time.Minute)
		if got := l.log(); len(got) != 4 || len(l.open) != 0 {
			t.Errorf("tried %d times, %d deals are open", len(got), len(l.open))
		}
	})
}

func TestKeeper_looksWhenWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger()
		k := run(t, l, nil)
		l.bank.Advance(5000)
		synctest.Wait()
		l.mu.Lock()
		l.open[7] = deal(7, 4000, 0)
		l.mu.Unlock()
		if got := l.log(); len(got) != 0 {
			t.Fatalf("expired %v unasked", got)
		}
		k.Wake()
		if diff := cmp.Diff([]uint64{7}, l.log()); diff != "" {
			t.Error(diff)
		}
	})
}

// Local time moves for the deal that is due first, after that deal's patience,
// and never past another's deadline before its own has ended.
func TestKeeper_movesTimeWithPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger(deal(1, 2000, 10*time.Second), deal(2, 3000, time.Minute), deal(3, 4000, time.Second))
		began := time.Now()
		type move struct {
			at time.Duration
			to lilypad.Time
		}
		var moves []move
		run(t, l, func(_ context.Context, to lilypad.Time) error {
			l.mu.Lock()
			moves = append(moves, move{time.Since(began), to})
			l.mu.Unlock()
			l.bank.Advance(to)
			return nil
		})
		time.Sleep(10*time.Second - time.Millisecond)
		if got := l.log(); len(got) != 0 {
			t.Fatalf("expired %v before its time", got)
		}
		time.Sleep(time.Hour)
		if diff := cmp.Diff([]uint64{1, 2, 3}, l.log()); diff != "" {
			t.Error(diff)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if len(moves) != 3 || moves[0] != (move{10 * time.Second, 2001}) || moves[1] != (move{time.Minute, 3001}) || moves[2].to != 4001 || moves[2].at < time.Minute {
			t.Errorf("time moved %v", moves)
		}
	})
}

// Mediators act on a withheld result only near the deadline: time must stop
// there, or it would leap over the moment.
func TestKeeper_restsBeforeTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := deal(1, 2000, 10*time.Second)
		d.Rest = 1500
		l := newLedger(d)
		var moves []lilypad.Time
		run(t, l, func(_ context.Context, to lilypad.Time) error {
			l.mu.Lock()
			moves = append(moves, to)
			l.mu.Unlock()
			l.bank.Advance(to)
			return nil
		})
		time.Sleep(15 * time.Second)
		if got := l.log(); len(got) != 0 {
			t.Errorf("expired %v during the rest", got)
		}
		time.Sleep(time.Minute)
		l.mu.Lock()
		defer l.mu.Unlock()
		if diff := cmp.Diff([]lilypad.Time{1500, 2001}, moves); diff != "" {
			t.Error(diff)
		}
	})
}

// A deal that comes into a new state is waited for anew.
func TestKeeper_patienceBeginsWithTheState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger(deal(1, 2000, 10*time.Second))
		var moved []time.Duration
		began := time.Now()
		k := run(t, l, func(_ context.Context, to lilypad.Time) error {
			l.mu.Lock()
			moved = append(moved, time.Since(began))
			l.mu.Unlock()
			l.bank.Advance(to)
			return nil
		})
		time.Sleep(9 * time.Second)
		d := deal(1, 2500, 10*time.Second)
		d.State = lilypad.StateSubmitted
		l.mu.Lock()
		l.open[1] = d
		l.mu.Unlock()
		k.Wake()
		time.Sleep(time.Minute)
		if got := l.log(); len(got) != 1 || len(moved) != 1 || moved[0] != 19*time.Second {
			t.Errorf("moved at %v, expired %v", moved, got)
		}
	})
}

// The owner hears of a moment before the deadline in each block from then on,
// also of a deal that is not its to end.
func TestKeeper_tellsWhenToAct(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, other := deal(1, 3000, 0), deal(2, 0, 0)
		d.Rest, other.Rest = 2000, 2500
		l := newLedger(d, other)
		var told []lilypad.JobID
		k := keeper.New(keeper.Config{
			Ledger: l, Deals: l.deals, Logger: slog.New(slog.DiscardHandler), Rested: func(id lilypad.JobID) { told = append(told, id) },
		})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = k.Run(ctx) }()
		for _, c := range []struct {
			to   lilypad.Time
			want int
		}{{1999, 0}, {2000, 1}, {2001, 2}, {2500, 4}} {
			l.bank.Advance(c.to)
			synctest.Wait()
			if len(told) != c.want {
				t.Errorf("at %d told %d times, want %d", c.to, len(told), c.want)
			}
		}
		l.bank.Advance(9000)
		if diff := cmp.Diff([]uint64{1}, l.log()); diff != "" {
			t.Error(diff)
		}
	})
}

// While anything happens in the market, local time stands still: what others
// are about to do must not run out.
func TestKeeper_movesTimeOnlyWhenTheMarketRests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLedger(deal(1, 2000, 10*time.Second))
		began := time.Now()
		var moved time.Duration
		k := run(t, l, func(_ context.Context, to lilypad.Time) error {
			moved = time.Since(began)
			l.bank.Advance(to)
			return nil
		})
		for range 20 {
			time.Sleep(3 * time.Second)
			k.Wake()
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if want := 70 * time.Second; moved != want {
			t.Errorf("time moved after %v, want %v: ten seconds after the last change", moved, want)
		}
	})
}
