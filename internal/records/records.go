package records

import (
	"context"
	"encoding/json"
	"errors"
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

	// Changed is called after each change that was not a Create, outside all
	// locks. Set it before the table is shared.
	Changed func(lilypad.JobID)

	turn chan struct{} // holds the token of who updates the journal

	mu      sync.Mutex // guards what follows; never held during a journal's update
	all     map[lilypad.JobID]R
	cursor  settlement.Cursor
	final   uint64 // the newest block that nothing undoes
	waiting []*change[R]

	unsettled map[lilypad.JobID]uint64 // by the block in which they ended, which is above final
}

// Each shows every record to fn, in no order. fn must not change what it sees
// nor call the table.
type Each[R any] func(fn func(R))

// Keys of what is kept beside the records.
const keyCursor, keyFinal = "cursor", "final"

// Open reads the records that the journal has for a role. clone copies what
// two copies of a record would share.
//
// # Errors
//
// Internal, with a remedy, for a record that cannot be read.
func Open[R any](ctx context.Context, j journal.Journal, role string, clone func(R) R) (*Table[R], error) {
	t := &Table[R]{
		journal: j, name: role + ".job", clone: clone, Changed: func(lilypad.JobID) {},
		turn: make(chan struct{}, 1), all: map[lilypad.JobID]R{},
	}
	var damaged error
	err := j.View(ctx, func(r journal.Reader) error {
		v, err := r.Get(t.meta(), keyCursor)
		if err != nil {
			return err
		}
		if v != nil {
			damaged = json.Unmarshal(v, &t.cursor)
		}
		if v, err = r.Get(t.meta(), keyFinal); err != nil {
			return err
		}
		if v != nil && damaged == nil {
			damaged = json.Unmarshal(v, &t.final)
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

// Each is an [Each] of what is in the journal.
func (t *Table[R]) Each(fn func(R)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.all {
		fn(r)
	}
}

// Create stores a record in place of any of that id, if check, where there is
// one, agrees: nothing changes between its look at the records and the write.
func (t *Table[R]) Create(ctx context.Context, id lilypad.JobID, r R, check func(Each[R]) error) error {
	return t.commit(ctx, &change[R]{id: id, next: func(d *draft[R]) (R, error) {
		if check == nil {
			return r, nil
		}
		return r, check(d.each)
	}})
}

// Edit changes a record. NotFound when there is none.
func (t *Table[R]) Edit(ctx context.Context, id lilypad.JobID, fn func(*R)) error {
	err := t.commit(ctx, &change[R]{id: id, next: func(d *draft[R]) (R, error) {
		r, ok := d.get(id)
		if !ok {
			return r, lilypad.Errorf(lilypad.NotFound, "no job %s here", id)
		}
		fn(&r)
		return r, nil
	}})
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
	delete(t.unsettled, id)
}

// change is what one caller wants written.
type change[R any] struct {
	id   lilypad.JobID
	next func(*draft[R]) (R, error)
	done bool
	err  error
}

// commit writes a change, together with those of all callers that wait.
func (t *Table[R]) commit(ctx context.Context, c *change[R]) error {
	t.mu.Lock()
	t.waiting = append(t.waiting, c)
	t.mu.Unlock()
	t.turn <- struct{}{}
	defer func() { <-t.turn }()
	if c.done {
		return c.err
	}
	t.mu.Lock()
	batch := t.waiting
	t.waiting = nil
	t.mu.Unlock()
	err := t.update(ctx, func(d *draft[R]) error {
		for _, c := range batch {
			var r R
			if r, c.err = c.next(d); c.err == nil {
				d.fresh[c.id] = r
			}
		}
		return nil
	})
	for _, c := range batch {
		if c.done = true; c.err == nil {
			c.err = err
		}
	}
	return c.err
}

// draft is the table with changes that are not in the journal yet.
type draft[R any] struct {
	table *Table[R]
	fresh map[lilypad.JobID]R
	place *settlement.Cursor // to be stored with them
	final uint64             // too
}

func (d *draft[R]) get(id lilypad.JobID) (R, bool) {
	if r, ok := d.fresh[id]; ok {
		return d.table.clone(r), true
	}
	return d.table.Get(id)
}

func (d *draft[R]) each(fn func(R)) {
	d.table.mu.Lock()
	defer d.table.mu.Unlock()
	for id, r := range d.table.all {
		if _, newer := d.fresh[id]; !newer {
			fn(r)
		}
	}
	for _, r := range d.fresh {
		fn(r)
	}
}

// update writes what edit drafts, and then shows it. Who calls it has the turn.
// It is not cut short by ctx: what has happened must be kept.
func (t *Table[R]) update(ctx context.Context, edit func(*draft[R]) error) error {
	d := &draft[R]{table: t, fresh: map[lilypad.JobID]R{}}
	if err := edit(d); err != nil || len(d.fresh) == 0 && d.place == nil {
		return err
	}
	if err := t.journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		if d.place != nil {
			if err := errors.Join(put(w, t.meta(), keyCursor, d.place), put(w, t.meta(), keyFinal, d.final)); err != nil {
				return err
			}
		}
		for id, r := range d.fresh {
			if err := put(w, t.name, id.String(), r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, r := range d.fresh {
		t.all[id] = r
	}
	if d.place != nil {
		t.cursor = *d.place
	}
	return nil
}

func put(w journal.Writer, table, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.Put(table, key, b)
}
