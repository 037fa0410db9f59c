package records_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

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
	if err := table.Create(t.Context(), lilypad.JobID{1}, count{}, func(records.Each[count]) error { return full }); !errors.Is(err, full) {
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

// Who checks before it creates sees what others create at the same time.
func TestTable_Create_checksAgainstThoseOfTheSameMoment(t *testing.T) {
	table := open(t, slow{memory.New()})
	var all sync.WaitGroup
	var made atomic.Int32
	for i := range 40 {
		all.Go(func() {
			err := table.Create(t.Context(), lilypad.JobID{byte(i)}, count{N: 1}, func(each records.Each[count]) error {
				sum := 0
				each(func(c count) { sum += c.N })
				if sum >= 3 {
					return errors.New("enough")
				}
				return nil
			})
			if err == nil {
				made.Add(1)
			}
		})
	}
	all.Wait()
	if made.Load() != 3 {
		t.Errorf("%d records were made, 3 are allowed", made.Load())
	}
}

// slow is a journal whose updates take a while, and are counted.
type slow struct{ journal.Journal }

func (s slow) Update(ctx context.Context, fn func(journal.Writer) error) error {
	time.Sleep(time.Millisecond)
	return s.Journal.Update(ctx, fn)
}

// broken is a journal that keeps nothing any more.
type broken struct{ journal.Journal }

func (broken) Update(context.Context, func(journal.Writer) error) error {
	return errors.New("disk full")
}

func TestTable_Edit_showsNothingThatIsNotStored(t *testing.T) {
	j, id := memory.New(), lilypad.JobID{1}
	if err := open(t, j).Create(t.Context(), id, count{N: 1}, nil); err != nil {
		t.Fatal(err)
	}
	table := open(t, broken{j})
	if err := table.Edit(t.Context(), id, func(c *count) { c.N = 2 }); err == nil {
		t.Error("an edit that is not stored succeeds")
	}
	if got, _ := table.Get(id); got.N != 1 {
		t.Errorf("the record has %d, the journal 1", got.N)
	}
}

// events is a ledger that tells of one batch and ends.
type events struct {
	settlement.Reader
	from   settlement.Cursor
	batch  settlement.Batch
	states map[lilypad.JobID]lilypad.State
}

func (e *events) Follow(_ context.Context, after settlement.Cursor, fn func(settlement.Batch) error) error {
	e.from = after
	return fn(e.batch)
}

func (e *events) Status(_ context.Context, id lilypad.JobID) (settlement.Status, error) {
	return settlement.Status{State: e.states[id]}, nil
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
		err := open(t, j).Follow(t.Context(), slog.New(slog.DiscardHandler), ledger, records.Chained[count]{
			Observe: func(*count, bool, settlement.Event) bool { return tc.ours },
		})
		if err != nil || ledger.from != tc.want {
			t.Errorf("%s: followed from %v, %v; want %v", tc.name, ledger.from, err, tc.want)
		}
	}
}

// believed is a record that keeps the state of its deal alone.
type believed struct {
	State lilypad.State
	Final uint64
}

// After a reorganisation a record stands as the ledger and the events of the
// new blocks say, not as those say that are gone.
func TestTable_Follow_correctsAfterAReorganisation(t *testing.T) {
	j := memory.New()
	table, err := records.Open(t.Context(), j, "test", func(b believed) believed { return b })
	if err != nil {
		t.Fatal(err)
	}
	before := map[lilypad.JobID]believed{
		{1}: {State: lilypad.StateSubmitted},
		{2}: {State: lilypad.StateFinal, Final: 990},
		{3}: {State: lilypad.StateFinal, Final: 10}, // too deep to be undone: not asked for
		{4}: {State: lilypad.StateOpen},
		{5}: {},
		{6}: {State: lilypad.StateFinal, Final: 400}, // deep, and not final yet
	}
	for id, b := range before {
		if err := table.Create(t.Context(), id, b, nil); err != nil {
			t.Fatal(err)
		}
	}
	ledger := &events{
		states: map[lilypad.JobID]lilypad.State{{1}: lilypad.StateOpen, {2}: lilypad.StateSubmitted, {4}: lilypad.StateOpen, {6}: lilypad.StateOpen},
		batch: settlement.Batch{
			Rewound: true, Cursor: settlement.Cursor{Block: 1000}, Final: 300,
			Events: []settlement.Event{{Job: lilypad.JobID{4}, Kind: settlement.Submitted}},
		},
	}
	told := map[lilypad.JobID]bool{}
	table.Changed = func(id lilypad.JobID) { told[id] = true }
	if err := table.Follow(t.Context(), slog.New(slog.DiscardHandler), ledger, records.Chained[believed]{
		Observe: func(b *believed, known bool, _ settlement.Event) bool { b.State = lilypad.StateSubmitted; return known },
		Depends: func(b believed) (lilypad.State, uint64) { return b.State, b.Final },
		Correct: func(b *believed, st settlement.Status) { b.State, b.Final = st.State, 0 },
	}); err != nil {
		t.Fatal(err)
	}
	want := map[lilypad.JobID]believed{
		{1}: {State: lilypad.StateOpen}, {2}: {State: lilypad.StateSubmitted}, {3}: {State: lilypad.StateFinal, Final: 10},
		{4}: {State: lilypad.StateSubmitted}, {5}: {}, {6}: {State: lilypad.StateOpen},
	}
	again, err := records.Open(t.Context(), j, "test", func(b believed) believed { return b })
	if err != nil {
		t.Fatal(err)
	}
	for name, tab := range map[string]*records.Table[believed]{"same": table, "reopened": again} {
		got := map[lilypad.JobID]believed{}
		for id := range want {
			got[id], _ = tab.Get(id)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s table (-want +got):\n%s", name, diff)
		}
	}
	if diff := cmp.Diff(map[lilypad.JobID]bool{{1}: true, {2}: true, {3}: true, {4}: true, {6}: true}, told); diff != "" {
		t.Errorf("told of other records (-want +got):\n%s", diff)
	}
}

// That money has moved is told at once, and that nothing undoes it when the block
// is final: with that batch, not with the next event of the job.
func TestTable_Follow_tellsWhenTheEndIsFinal(t *testing.T) {
	j, id := memory.New(), lilypad.JobID{1}
	table, err := records.Open(t.Context(), j, "test", func(b believed) believed { return b })
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Create(t.Context(), id, believed{State: lilypad.StateOpen}, nil); err != nil {
		t.Fatal(err)
	}
	told := 0
	table.Changed = func(lilypad.JobID) { told++ }
	end := settlement.Event{Job: id, Kind: settlement.Finished, Block: settlement.Block{Number: 40}}
	for _, step := range []struct {
		batch settlement.Batch
		final bool
		told  int
	}{
		{settlement.Batch{Cursor: settlement.Cursor{Block: 40}, Final: 20, Events: []settlement.Event{end}}, false, 1},
		{settlement.Batch{Cursor: settlement.Cursor{Block: 41}, Final: 39}, false, 1},
		{settlement.Batch{Cursor: settlement.Cursor{Block: 42}, Final: 40}, true, 2},
		{settlement.Batch{Cursor: settlement.Cursor{Block: 43}, Final: 41}, true, 2},
	} {
		for range 2 { // as if the process were started anew between any two batches
			if err := table.Follow(t.Context(), slog.New(slog.DiscardHandler), &events{batch: step.batch}, records.Chained[believed]{
				Observe: func(b *believed, known bool, e settlement.Event) bool {
					changed := b.State != lilypad.StateFinal
					b.State, b.Final = lilypad.StateFinal, e.Block.Number
					return known && changed
				},
				Depends: func(b believed) (lilypad.State, uint64) { return b.State, b.Final },
			}); err != nil {
				t.Fatal(err)
			}
		}
		if table.Final(40) != step.final || told != step.told {
			t.Errorf("at block %d: final %v, told %d times; want %v, %d", step.batch.Cursor.Block, table.Final(40), told, step.final, step.told)
		}
	}
	again, err := records.Open(t.Context(), j, "test", func(b believed) believed { return b })
	if err != nil || !again.Final(40) {
		t.Errorf("reopened it is not final, %v", err)
	}
}

// unlucky is a ledger that fails a few times before it answers.
type unlucky struct {
	events
	fails int
	err   error
}

func (u *unlucky) Status(ctx context.Context, id lilypad.JobID) (settlement.Status, error) {
	if u.fails--; u.fails >= 0 {
		return settlement.Status{}, u.err
	}
	return u.events.Status(ctx, id)
}

// No answer of a node during a reorganisation ends a role, except that it will
// not serve it at all.
func TestTable_Follow_outlivesFailuresOfTheNode(t *testing.T) {
	id := lilypad.JobID{1}
	for name, tc := range map[string]struct {
		err   error
		fails int
		want  error
	}{
		"gone":           {lilypad.Errorf(lilypad.Unavailable, "no answer"), 3, nil},
		"rate limit":     {lilypad.Errorf(lilypad.Exhausted, "too many requests"), 3, nil},
		"unknown header": {lilypad.Errorf(lilypad.Invalid, "header not found"), 3, nil},
		"no code":        {errors.New("unexpected end"), 3, nil},
		"unauthorized":   {lilypad.Errorf(lilypad.Unauthorized, "no such key"), 1, lilypad.Errorf(lilypad.Unauthorized, "no such key")},
		"for ever":       {lilypad.Errorf(lilypad.Internal, "broken"), 1 << 30, context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				table, err := records.Open(t.Context(), memory.New(), "test", func(b believed) believed { return b })
				if err != nil {
					t.Fatal(err)
				}
				if err := table.Create(t.Context(), id, believed{State: lilypad.StateSubmitted}, nil); err != nil {
					t.Fatal(err)
				}
				ledger := &unlucky{events: events{
					states: map[lilypad.JobID]lilypad.State{id: lilypad.StateOpen}, batch: settlement.Batch{Rewound: true},
				}, fails: tc.fails, err: tc.err}
				var log bytes.Buffer
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				err = table.Follow(ctx, slog.New(slog.NewTextHandler(&log, nil)), ledger, records.Chained[believed]{
					Depends: func(b believed) (lilypad.State, uint64) { return b.State, b.Final },
					Correct: func(b *believed, st settlement.Status) { b.State = st.State },
				})
				if (err == nil) != (tc.want == nil) || err != nil && err.Error() != tc.want.Error() {
					t.Errorf("ended with %v, want %v", err, tc.want)
				}
				want := lilypad.StateOpen
				if tc.want != nil {
					want = lilypad.StateSubmitted
				}
				if got, _ := table.Get(id); got.State != want {
					t.Errorf("record is %s, want %s", got.State, want)
				}
				if told := strings.Count(log.String(), "level=WARN"); tc.want == nil && told != tc.fails || told > 300 {
					t.Errorf("%d warnings of %d failures", told, tc.fails)
				}
			})
		})
	}
}
