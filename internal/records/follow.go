package records

import (
	"context"
	"log/slog"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Chained is what the chain does to a role's records.
type Chained[R any] struct {
	// Observe applies an event, which may come twice, to the record of its job,
	// or to a new one where there is none yet. It tells whether the record is
	// to be kept.
	Observe func(r *R, known bool, e settlement.Event) bool
	// Depends tells what a record believes of its deal, and the block in which
	// that became final. A record that believes nothing has no state.
	Depends func(R) (state lilypad.State, final uint64)
	// Correct makes a record right after the chain has gone another way: st is
	// how its deal stands now, which may be not at all.
	Correct func(r *R, st settlement.Status)
}

const (
	// saveEvery is after how many blocks the place in the event log is stored
	// even if none of its events was ours.
	saveEvery = 1000
	// Deep is how many blocks lie on what no reorganisation undoes any more.
	Deep = 512
	// firstPause and longestPause are between two questions for how a deal
	// stands when the ledger did not tell.
	firstPause, longestPause = 250 * time.Millisecond, 15 * time.Second
)

// Follow applies every event of the chain, from where the last Follow stopped,
// until ctx ends. The events of one batch are in the journal together.
//
// What a reorganisation took away is not told by any event. So after one each
// record that depends on the last Deep blocks is compared with the ledger,
// before the events of the new blocks are applied.
func (t *Table[R]) Follow(ctx context.Context, log *slog.Logger, ledger settlement.Reader, c Chained[R]) error {
	return ledger.Follow(ctx, t.place(), func(b settlement.Batch) error {
		var stands map[lilypad.JobID]settlement.Status
		if b.Rewound {
			var err error
			if stands, err = t.ask(ctx, log, ledger, c, b.Cursor.Block); err != nil {
				return err
			}
		}
		changed, err := t.apply(ctx, b, c, stands)
		for id := range changed {
			t.Changed(id)
		}
		return err
	})
}

// place is where the last batch ended that was stored.
func (t *Table[R]) place() settlement.Cursor {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cursor
}

// ask reads how the deals stand that records depend on.
func (t *Table[R]) ask(ctx context.Context, log *slog.Logger, ledger settlement.Reader, c Chained[R], head uint64) (map[lilypad.JobID]settlement.Status, error) {
	var ids []lilypad.JobID
	t.mu.Lock()
	for id, r := range t.all {
		state, final := c.Depends(r)
		if state > lilypad.StateApproved && (state != lilypad.StateFinal || final+Deep >= head) {
			ids = append(ids, id)
		}
	}
	t.mu.Unlock()
	return Statuses(ctx, log, ledger, ids)
}

// Statuses reads how deals stand. It asks until the ledger answers: after a
// reorganisation a node may say for a while that it knows no such block, or that
// it is asked too much.
//
// # Errors
//
// Unauthorized when the node refuses to serve us; the cause of ctx's end.
func Statuses(ctx context.Context, log *slog.Logger, ledger settlement.Reader, ids []lilypad.JobID) (map[lilypad.JobID]settlement.Status, error) {
	out := map[lilypad.JobID]settlement.Status{}
	for _, id := range ids {
		st, err := ledger.Status(ctx, id)
		for pause := firstPause; err != nil; pause = min(2*pause, longestPause) {
			if lilypad.CodeOf(err) == lilypad.Unauthorized {
				return nil, err
			}
			log.Warn("deal not read and asked for again", "job", id, "in", pause, "error", err)
			select {
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			case <-time.After(pause):
				st, err = ledger.Status(ctx, id)
			}
		}
		out[id] = st
	}
	return out, nil
}

// apply corrects records, applies events and stores the place after them.
func (t *Table[R]) apply(ctx context.Context, b settlement.Batch, c Chained[R], stands map[lilypad.JobID]settlement.Status) (changed map[lilypad.JobID]R, err error) {
	due := b.Rewound || b.Cursor.Block >= t.place().Block+saveEvery
	if len(b.Events) == 0 && !due {
		return nil, nil
	}
	t.turn <- struct{}{}
	defer func() { <-t.turn }()
	err = t.update(ctx, func(d *draft[R]) error {
		for id, st := range stands {
			r, known := d.get(id)
			if state, _ := c.Depends(r); known && state != st.State {
				c.Correct(&r, st)
				d.fresh[id] = r
			}
		}
		for _, e := range b.Events {
			if r, known := d.get(e.Job); c.Observe(&r, known, e) {
				d.fresh[e.Job] = r
			}
		}
		if len(d.fresh) > 0 || due {
			d.place = &b.Cursor
		}
		changed = d.fresh
		return nil
	})
	return changed, err
}
