package settlementtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// follower collects what Follow delivers.
type follower struct {
	m       *market
	batches chan settlement.Batch
	last    settlement.Batch
	events  []settlement.Event
}

func (m *market) follow(after settlement.Cursor) *follower {
	f := &follower{m: m, batches: make(chan settlement.Batch)}
	ctx, stop := context.WithCancel(m.ctx())
	ended := make(chan error, 1)
	go func() {
		ended <- m.as(m.stranger).Follow(ctx, after, func(b settlement.Batch) error {
			select {
			case f.batches <- b:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	m.t.Cleanup(func() {
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			m.t.Errorf("follow ended with %v", err)
		}
	})
	return f
}

// until waits for a batch after which done holds.
func (f *follower) until(what string, done func() bool) {
	f.m.t.Helper()
	late := time.After(patience)
	for !done() {
		select {
		case b := <-f.batches:
			f.last, f.events = b, append(f.events, b.Events...)
		case <-late:
			f.m.t.Fatalf("no %s within %s; %d events so far", what, patience, len(f.events))
		}
	}
}

func (f *follower) collect(n int) []settlement.Event {
	f.m.t.Helper()
	f.until("events", func() bool { return len(f.events) >= n })
	return f.events
}

func testEvents(t *testing.T, m *market) {
	f := m.follow(settlement.Cursor{})
	d := m.audits(true)
	var want []settlement.Event
	expect := func(do func(*deal) error, e settlement.Event) {
		t.Helper()
		m.ok(do(d))
		e.Job, e.Creator, e.Provider, e.Deadline = d.job(), m.creator, m.provider, m.status(d).Deadline
		want = append(want, e)
	}
	mediate := func(d *deal) error { return m.resolve(d, 4, 4, 1) }
	expect(m.open, settlement.Event{Kind: settlement.Opened, Deal: d.id(), Opened: d.Deal.Body})
	expect(m.submit, settlement.Event{Kind: settlement.Submitted, Result: d.facts.Result})
	expect(m.challenge, settlement.Event{Kind: settlement.Challenged, Seed: d.facts.CreatorSeed})
	expect(m.reveal, settlement.Event{Kind: settlement.Revealed, Seed: d.facts.ProviderSeed})
	expect(mediate, settlement.Event{Kind: settlement.Finished, Path: settlement.PathResolved, Outcome: lilypad.OutcomeFraud, Result: d.facts.Result})
	d = m.deal()
	expect(m.open, settlement.Event{Kind: settlement.Opened, Deal: d.id(), Opened: d.Deal.Body})
	expect(m.settle, settlement.Event{Kind: settlement.Finished, Path: settlement.PathReceipt, Result: d.facts.Result})
	d = m.deal()
	expect(m.open, settlement.Event{Kind: settlement.Opened, Deal: d.id(), Opened: d.Deal.Body})
	expect(func(d *deal) error { return expireLate(m, d) }, settlement.Event{Kind: settlement.Finished, Path: settlement.PathUnserved})

	got := f.collect(len(want))
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(settlement.Event{}, "Tx", "Block")); diff != "" {
		t.Error(diff)
	}
	for i, e := range got {
		if e.Tx.IsZero() || e.Block.Hash.IsZero() || i > 0 && e.Block.Number <= got[i-1].Block.Number {
			t.Errorf("event %d is in transaction %s of block %+v", i, e.Tx, e.Block)
		}
		if e.Deadline > 0 && e.Deadline <= e.Block.Time {
			t.Errorf("event %d of %d has deadline %d", i, e.Block.Time, e.Deadline)
		}
	}
}

func testFollowCursor(t *testing.T, m *market) {
	open := func(n int) {
		var terms []settlement.Terms
		for range n {
			terms = append(terms, m.deal().Terms)
		}
		_, skips, err := m.as(m.solver).Open(m.ctx(), terms)
		m.ok(skipped(skips, err))
	}
	open(2)
	first := m.follow(settlement.Cursor{})
	all := first.collect(2)
	cursor := first.last.Cursor
	if cursor.Block != all[1].Block.Number || cursor.Hash != all[1].Block.Hash {
		t.Errorf("cursor %+v after an event in block %+v", cursor, all[1].Block)
	}
	if first.last.Head.Number < cursor.Block {
		t.Errorf("head %+v before cursor %+v", first.last.Head, cursor)
	}
	open(3)
	open(1)
	all = first.collect(6)

	again := m.follow(cursor)
	if diff := cmp.Diff(all[2:], again.collect(4)); diff != "" {
		t.Errorf("after the cursor (-lived through +read again):\n%s", diff)
	}
	if again.last.Rewound {
		t.Error("a known cursor was rewound")
	}
	if diff := cmp.Diff(all, m.follow(settlement.Cursor{}).collect(6)); diff != "" {
		t.Errorf("from the start:\n%s", diff)
	}

	inside := settlement.Cursor{Block: all[0].Block.Number, Hash: all[0].Block.Hash, Index: 1}
	if diff := cmp.Diff(all[1:], m.follow(inside).collect(5)); diff != "" {
		t.Errorf("from the second event of a block:\n%s", diff)
	}

	sentinel := errors.New("the handler has had enough")
	if err := m.as(m.stranger).Follow(m.ctx(), settlement.Cursor{}, func(settlement.Batch) error { return sentinel }); !errors.Is(err, sentinel) {
		t.Errorf("follow ended with %v", err)
	}
}

// A follower that is up to date hears of the next block, with or without
// events in it.
func testFollowWakes(t *testing.T, m *market) {
	m.reach(m.deal(), lilypad.StateOpen)
	f := m.follow(settlement.Cursor{})
	f.collect(1)
	to := f.last.Head.Time + 100_000
	m.fx.Advance(to)
	f.until("head", func() bool { return f.last.Head.Time >= to })
	d := m.deal()
	m.ok(m.open(d))
	if got := f.collect(2)[1].Job; got != d.job() {
		t.Errorf("event of %s, want %s", got, d.job())
	}
}
