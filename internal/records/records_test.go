package records_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

type count struct{ N int }

func same(c count) count { return c }

func open(t *testing.T, j journal.Journal) *records.Table[count] {
	t.Helper()
	table, err := records.Open(t.Context(), j, "test", same)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTable_Edit_losesNoChange(t *testing.T) {
	j, id := memory.New(), lilypad.JobID{1}
	table := open(t, j)
	if err := table.Create(t.Context(), id, count{}, nil); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if err := table.Edit(t.Context(), id, func(c *count) { c.N++ }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for name, tab := range map[string]*records.Table[count]{"same": table, "reopened": open(t, j)} {
		if got, ok := tab.Get(id); !ok || got.N != 400 {
			t.Errorf("%s table has %v, %v; want 400", name, got, ok)
		}
	}
}

func TestTable_Edit_afterTheEndOfItsContext(t *testing.T) {
	table, id := open(t, memory.New()), lilypad.JobID{1}
	if err := table.Create(t.Context(), id, count{}, nil); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := table.Edit(ended, id, func(c *count) { c.N = 7 }); err != nil {
		t.Fatal(err)
	}
	if got, _ := table.Get(id); got.N != 7 {
		t.Errorf("what has happened was not kept: %v", got)
	}
}

func TestTable_refuses(t *testing.T) {
	j := memory.New()
	table := open(t, j)
	if err := table.Edit(t.Context(), lilypad.JobID{9}, func(*count) {}); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("edit of an unknown record gives %v", err)
	}
	full := errors.New("full")
	if err := table.Create(t.Context(), lilypad.JobID{1}, count{}, func() error { return full }); !errors.Is(err, full) {
		t.Errorf("create against its check gives %v", err)
	}
	if _, ok := table.Get(lilypad.JobID{1}); ok {
		t.Error("a refused record is there")
	}
	if err := j.Update(t.Context(), func(w journal.Writer) error {
		return w.Put("test.job", lilypad.JobID{2}.String(), []byte("{"))
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := records.Open(t.Context(), j, "test", same); lilypad.CodeOf(err) != lilypad.Internal || lilypad.RemedyOf(err) == "" {
		t.Errorf("a damaged journal gives %v", err)
	}
}

// events is a ledger that tells of one batch and ends.
type events struct {
	settlement.Reader
	from  settlement.Cursor
	batch settlement.Batch
}

func (e *events) Follow(_ context.Context, after settlement.Cursor, fn func(settlement.Batch) error) error {
	e.from = after
	return fn(e.batch)
}

func TestTable_Follow_goesOnAfterItsOwnEvents(t *testing.T) {
	j := memory.New()
	at := settlement.Cursor{Block: 5, Index: 2}
	ledger := &events{batch: settlement.Batch{Cursor: at, Events: []settlement.Event{{Job: lilypad.JobID{1}}}}}
	for _, tc := range []struct {
		name string
		ours bool
		want settlement.Cursor
	}{{"first", false, settlement.Cursor{}}, {"after a stranger's event", true, settlement.Cursor{}}, {"after one of ours", false, at}} {
		err := open(t, j).Follow(t.Context(), ledger, func(context.Context, settlement.Event) (bool, error) { return tc.ours, nil })
		if err != nil || ledger.from != tc.want {
			t.Errorf("%s: followed from %v, %v; want %v", tc.name, ledger.from, err, tc.want)
		}
	}
}
