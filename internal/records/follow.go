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
	// that ended. A record that believes nothing has no state.
	Depends func(R) (state lilypad.State, ended uint64)
	// Correct makes a record right after the chain has gone another way: st is
	// how its deal stands now, which may be not at all.
	Correct func(r *R, st settlement.Status)
}

const (
	// saveEvery is after how many blocks the place in the event log is stored
	// even if none of its events was ours.
	saveEvery = 1000
	// Deep is how many blocks lie on what nothing undoes any more, if it is final
	// too: a development chain that is killed loses its last blocks, which were.
	Deep = 512
	// firstPause and longestPause are between two questions for how a deal
	// stands when the ledger did not tell.
	firstPause, longestPause = 250 * time.Millisecond, 15 * time.Second
)

// Follow applies every event of the chain, from where the last Follow stopped,
// until ctx ends. The events of one batch are in the journal together.
//
// What a reorganisation took away is not told by any event. So after one each
// record that depends on blocks which are not final, or on the last Deep, is
// compared with the ledger, before the events of the new blocks are applied.
//
// When the block is final in which a record's deal ended, Changed is called for
// it once more; see [Table.Final].
func (t *Table[R]) Follow(ctx context.Context, log *slog.Logger, ledger settlement.Reader, c Chained[R]) error {
	t.watch(c)
	return ledger.Follow(ctx, t.place(), func(b settlement.Batch) error {
		var stands map[lilypad.JobID]settlement.Status
		if b.Rewound {
			var err error
			if stands, err = t.ask(ctx, log, ledger, c, b); err != nil {
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

// Final tells whether nothing undoes a block any more: as of the last batch, and
// before the first one as of the time that was stored.
func (t *Table[R]) Final(block uint64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return block <= t.final
}

// place is where the last batch ended that was stored.
func (t *Table[R]) place() settlement.Cursor {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.cursor
}

// ask reads how the deals stand that records depend on.
func (t *Table[R]) ask(ctx context.Context, log *slog.Logger, ledger settlement.Reader, c Chained[R], b settlement.Batch) (map[lilypad.JobID]settlement.Status, error) {
	var ids []lilypad.JobID
	t.mu.Lock()
	for id, r := range t.all {
		state, ended := c.Depends(r)
		if state > lilypad.StateApproved && (state != lilypad.StateFinal || ended+Deep >= b.Cursor.Block || ended > b.Final) {
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

// watch notes which records ended in a block that is not final yet.
func (t *Table[R]) watch(c Chained[R]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsettled = map[lilypad.JobID]uint64{}
	for id, r := range t.all {
		t.note(c, id, r)
	}
}

// note keeps unsettled in line with a record. The caller holds mu.
func (t *Table[R]) note(c Chained[R], id lilypad.JobID, r R) {
	delete(t.unsettled, id)
	if c.Depends == nil {
		return
	}
	if state, ended := c.Depends(r); state == lilypad.StateFinal && ended > t.final {
		t.unsettled[id] = ended
	}
}

// settled are the records whose end is final by now.
func (t *Table[R]) settled(final uint64) (ids []lilypad.JobID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, ended := range t.unsettled {
		if ended <= final {
			ids = append(ids, id)
		}
	}
	return ids
}

// apply corrects records, applies events and stores the place after them. It
// returns what is to be told.
func (t *Table[R]) apply(ctx context.Context, b settlement.Batch, c Chained[R], stands map[lilypad.JobID]settlement.Status) (changed map[lilypad.JobID]bool, err error) {
	settled := t.settled(b.Final)
	due := b.Rewound || len(settled) > 0 || b.Cursor.Block >= t.place().Block+saveEvery
	changed = map[lilypad.JobID]bool{}
	if len(b.Events) > 0 || due {
		t.turn <- struct{}{}
		defer func() { <-t.turn }()
		err = t.update(ctx, func(d *draft[R]) error {
			d.draw(b, c, stands)
			if len(d.fresh) > 0 || due {
				d.place, d.final = &b.Cursor, b.Final
			}
			for id := range d.fresh {
				changed[id] = true
			}
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.final = b.Final
	for _, id := range settled {
		changed[id] = true
	}
	for id := range changed {
		if r, ok := t.all[id]; ok {
			t.note(c, id, r)
		}
	}
	return changed, nil
}

// draw corrects records, and applies the events of a batch.
func (d *draft[R]) draw(b settlement.Batch, c Chained[R], stands map[lilypad.JobID]settlement.Status) {
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
}
