package records

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Table is the records of one role. Safe for concurrent use.
type Table[R any] struct {
	journal journal.Journal
	name    string
	clone   func(R) R

	// Changed is called after each Edit, outside all locks. Set it before
	// the table is shared.
	Changed func(lilypad.JobID)

	mu     sync.Mutex // guards what follows; never held during a journal's update
	all    map[lilypad.JobID]R
	cursor settlement.Cursor
}

const keyCursor = "cursor"

// Open reads the records that the journal has for a role. clone copies what
// two copies of a record would share.
//
// # Errors
//
// Internal, with a remedy, for a record that cannot be read.
func Open[R any](ctx context.Context, j journal.Journal, role string, clone func(R) R) (*Table[R], error) {
	t := &Table[R]{journal: j, name: role + ".job", clone: clone, Changed: func(lilypad.JobID) {}, all: map[lilypad.JobID]R{}}
	var damaged error
	err := j.View(ctx, func(r journal.Reader) error {
		v, err := r.Get(t.meta(), keyCursor)
		if err != nil {
			return err
		}
		if v != nil {
			damaged = json.Unmarshal(v, &t.cursor)
		}
		return r.Scan(t.name, "", func(key string, v []byte) bool {
			var rec R
			id, err := lilypad.ParseJobID(key)
			if err == nil {
				err = json.Unmarshal(v, &rec)
			}
			if err != nil {
				damaged = err
				return false
			}
			t.all[id] = rec
			return true
		})
	})
	if err == nil && damaged != nil {
		err = &lilypad.Error{Code: lilypad.Internal, Msg: "the " + role + "'s journal is damaged", Remedy: "restore it from a copy", Err: damaged}
	}
	return t, err
}

func (t *Table[R]) meta() string { return t.name + ".meta" }

// Get returns a copy of a record.
func (t *Table[R]) Get(id lilypad.JobID) (r R, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r, ok = t.all[id]; ok {
		r = t.clone(r)
	}
	return r, ok
}

// Each shows every record to fn, in no order. fn must not change what it sees
// nor call the table.
func (t *Table[R]) Each(fn func(R)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.all {
		fn(r)
	}
}

// Create stores a record in place of any of that id, if check, where there is
// one, agrees: nothing changes between its look at the table and the write.
// Changed is not called.
func (t *Table[R]) Create(ctx context.Context, id lilypad.JobID, r R, check func() error) error {
	return t.update(ctx, id, func() (R, error) {
		if check == nil {
			return r, nil
		}
		return r, check()
	})
}

// Edit changes a record. NotFound when there is none.
func (t *Table[R]) Edit(ctx context.Context, id lilypad.JobID, fn func(*R)) error {
	if _, ok := t.Get(id); !ok {
		return lilypad.Errorf(lilypad.NotFound, "no job %s here", id)
	}
	err := t.update(ctx, id, func() (R, error) {
		r, _ := t.Get(id)
		fn(&r)
		return r, nil
	})
	if err == nil {
		t.Changed(id)
	}
	return err
}

// Forget drops a record from memory; the journal keeps it.
func (t *Table[R]) Forget(id lilypad.JobID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, id)
}

// update writes what next returns. Updates of a journal are serial, so nothing
// comes between reading and writing. It is not cut short by ctx: what has
// happened must be kept.
func (t *Table[R]) update(ctx context.Context, id lilypad.JobID, next func() (R, error)) error {
	return t.journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		r, err := next()
		if err != nil {
			return err
		}
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := w.Put(t.name, id.String(), b); err != nil {
			return err
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		t.all[id] = r
		return nil
	})
}

// saveEvery is after how many blocks the place in the event log is stored even
// if none of its events was ours.
const saveEvery = 1000

// Follow hands every event of the chain to observe, from where the last Follow
// stopped, until ctx ends. observe tells whether the event was one of ours; it
// may see an event again. An error of observe ends it.
func (t *Table[R]) Follow(ctx context.Context, ledger settlement.Reader, observe func(context.Context, settlement.Event) (ours bool, err error)) error {
	t.mu.Lock()
	saved := t.cursor
	t.mu.Unlock()
	return ledger.Follow(ctx, saved, func(b settlement.Batch) error {
		any := false
		for _, e := range b.Events {
			ours, err := observe(ctx, e)
			if err != nil {
				return err
			}
			any = any || ours
		}
		if !any && b.Cursor.Block < saved.Block+saveEvery {
			return nil
		}
		text, err := json.Marshal(b.Cursor)
		if err != nil {
			return err
		}
		saved = b.Cursor
		return t.journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error { return w.Put(t.meta(), keyCursor, text) })
	})
}
