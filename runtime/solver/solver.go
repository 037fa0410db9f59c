package solver

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/groupcommit"
	"github.com/lilypad-network/lilypad/internal/reconcile"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/matching"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Ranker orders the offers that fit a job.
type Ranker interface {
	matching.Scorer
	// Reason says why an offer was refused.
	Reason(hostapi.Score) string
}

// Allower decides whether a module may run on this network.
type Allower interface {
	// Allow returns Unauthorized, naming the rule, for one that may not.
	Allow(ctx context.Context, m lilypad.Module, needs lilypad.Needs) error
}

// Config is what a solver needs. Fields without a zero value must be set.
type Config struct {
	Network api.Network // what it tells everybody; Offers is filled in
	Ledger  settlement.Ledger
	Journal journal.Journal
	Store   storage.Store
	Quota   int64 // bytes that one caller may have stored; zero: 1 GiB
	// Retention is how long a block is kept after it was last stored; it must
	// outlast a deal's windows. Zero: 30 days.
	Retention time.Duration
	Ranker    Ranker
	Allower   Allower
	Logger    *slog.Logger
	// AnswerWithin is how long a provider may think about a proposal before
	// the next one is asked; zero: 30 s.
	AnswerWithin time.Duration
	// Cost is what the gas of opening and settling a deal comes to now, in a
	// batch of so many. A deal that does not pay it is not opened. Nil: gas is
	// not counted.
	Cost func(ctx context.Context, batch int) (lilypad.Amount, error)
	// Advance moves a local chain's time past a deadline once people have
	// waited Patience, beyond the job's own time limit; nil on a real chain.
	Advance  func(ctx context.Context, to lilypad.Time) error
	Patience time.Duration
}

// Solver is the service. Use it through the API; start it with Run.
type Solver struct {
	Config
	hub      *api.Hub[lilypad.Address]
	commands chan command
	steps    *reconcile.Group[lilypad.JobID]
	matcher  matching.Matcher
	matches  *batcher[lilypad.JobID]
	opens    *batcher[lilypad.JobID]
	held     []lilypad.JobID // deals that wait for company; only opens
	settles  *batcher[lilypad.JobID]
	keeper   *keeper.Keeper
	accounts *groupcommit.Queue[blockEntry]
	book     *book // only the owner goroutine
}

var _ api.Solver = (*Solver)(nil)

const (
	tableJobs   = "solver.job"
	tableCases  = "solver.case" // ids of the jobs that were doubted
	tableOffers = "solver.offer"
	tableBans   = "solver.ban"
	tableMeta   = "solver.meta"
	keyCursor   = "cursor"
)

// New restores what the journal holds.
func New(ctx context.Context, c Config) (*Solver, error) {
	if c.AnswerWithin == 0 {
		c.AnswerWithin = 30 * time.Second
	}
	if c.Quota == 0 {
		c.Quota = 1 << 30
	}
	if c.Retention == 0 {
		c.Retention = 30 * 24 * time.Hour
	}
	c.Logger = c.Logger.With("service", "solver")
	hub := api.NewHub[lilypad.Address]()
	s := &Solver{Config: c, hub: hub, commands: make(chan command), book: newBook(hub.Listening)}
	s.accounts = groupcommit.New(s.account)
	s.steps = reconcile.New(c.Logger, s.step)
	s.matcher = matching.Matcher{Book: s.book.market, Scorer: c.Ranker, Online: hub.Listening}
	s.matches = newBatcher(maxMatches, s.match)
	s.opens = newBatcher(settlement.MaxBatch, s.open)
	s.settles = newBatcher(settlement.MaxBatch, s.settle)
	s.keeper = keeper.New(keeper.Config{Ledger: c.Ledger, Deals: s.live, Logger: c.Logger, Advance: c.Advance})
	return s, s.restore(ctx)
}

// Run serves until ctx ends.
func (s *Solver) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return s.own(ctx) })
	g.Go(func() error { return s.steps.Run(ctx) })
	g.Go(func() error { return s.matches.Run(ctx) })
	g.Go(func() error { return s.opens.Run(ctx) })
	g.Go(func() error { return s.settles.Run(ctx) })
	g.Go(func() error { return s.follow(ctx) })
	g.Go(func() error { return s.sweep(ctx) })
	g.Go(func() error { return s.keeper.Run(ctx) })
	return g.Wait()
}

func (s *Solver) restore(ctx context.Context) error {
	return s.Journal.View(ctx, func(r journal.Reader) error {
		if err := r.Scan(tableOffers, "", func(_ string, v []byte) bool {
			var o lilypad.Offer
			if json.Unmarshal(v, &o) == nil && s.book.list(o) == nil {
				s.book.offers[o.Provider] = o
			}
			return true
		}); err != nil {
			return err
		}
		if v, err := r.Get(tableMeta, keyCursor); err != nil || v != nil && json.Unmarshal(v, &s.book.cursor) != nil {
			return lilypad.Errorf(lilypad.Internal, "the solver's journal is damaged").Try("restore it from a copy")
		}
		if err := r.Scan(tableBans, "", func(_ string, v []byte) bool {
			var ban api.Ban
			if json.Unmarshal(v, &ban) == nil {
				s.book.bans[ban.Who] = ban
			}
			return true
		}); err != nil {
			return err
		}
		return scanJobs(r, func(rec *record) {
			if rec.live() {
				s.book.jobs[rec.ID] = rec
				s.book.hold(rec)
				s.steps.Wake(rec.ID)
			}
			if rec.Deal != nil {
				s.book.learn(rec)
			}
			if !rec.live() {
				s.book.bury(rec)
			}
		})
	})
}

// scanJobs reads every job of the journal, oldest id first.
func scanJobs(r journal.Reader, fn func(*record)) error {
	var bad error
	err := r.Scan(tableJobs, "", func(key string, v []byte) bool {
		rec := new(record)
		if err := json.Unmarshal(v, rec); err != nil {
			bad = &lilypad.Error{Code: lilypad.Internal, Msg: "job " + key + " in the solver's journal is damaged", Remedy: "restore the journal from a copy", Err: err}
			return false
		}
		fn(rec)
		return true
	})
	return cmp.Or(err, bad)
}

type command struct {
	fn   func(*book) error
	done chan error
}

// do runs fn in the goroutine that owns the book and returns when what it
// changed is in the journal. fn must not wait for anything.
func (s *Solver) do(ctx context.Context, fn func(*book) error) error {
	c := command{fn, make(chan error, 1)}
	select {
	case s.commands <- c:
		return <-c.done // even when ctx ends meanwhile: fn writes what its caller reads
	case <-ctx.Done():
		return ctx.Err()
	}
}

// own is the owner goroutine. Commands that wait together share one commit.
func (s *Solver) own(ctx context.Context) error {
	for {
		var batch []command
		select {
		case <-ctx.Done():
			return nil
		case c := <-s.commands:
			batch = append(batch, c)
		}
		errs := []error{batch[0].fn(s.book)}
		for more := true; more && len(batch) < 256; {
			select {
			case c := <-s.commands:
				batch = append(batch, c)
				errs = append(errs, c.fn(s.book))
			default:
				more = false
			}
		}
		err := s.commit(ctx)
		for i, c := range batch {
			if err != nil {
				errs[i] = err
			}
			c.done <- errs[i]
		}
		if err != nil {
			return err // what memory holds is no longer what the journal holds
		}
		s.announce()
	}
}

func (s *Solver) commit(ctx context.Context) error {
	b := s.book
	if len(b.dirty) == 0 && len(b.renewed) == 0 && len(b.judged) == 0 && !b.moved {
		return nil
	}
	err := s.Journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		for id, r := range b.dirty {
			if err := putJSON(w, tableJobs, id.String(), r); err != nil {
				return err
			}
			if r.doubted() {
				if err := w.Put(tableCases, id.String(), []byte{}); err != nil {
					return err
				}
			}
		}
		for who := range b.renewed {
			o, here := b.offers[who]
			if !here {
				if err := w.Delete(tableOffers, who.String()); err != nil {
					return err
				}
			} else if err := putJSON(w, tableOffers, who.String(), o); err != nil {
				return err
			}
		}
		for who := range b.judged {
			if err := putJSON(w, tableBans, who.String(), b.bans[who]); err != nil {
				return err
			}
		}
		return putJSON(w, tableMeta, keyCursor, b.cursor)
	})
	clear(b.dirty)
	clear(b.renewed)
	clear(b.judged)
	b.moved = false
	return err
}

// announce tells the parties and wakes the steps of what has changed.
func (s *Solver) announce() {
	b := s.book
	for id := range b.changed {
		s.steps.Wake(id)
	}
	if len(b.changed) > 0 {
		s.keeper.Wake()
	}
	clear(b.changed)
	if b.freed {
		b.freed = false
		for id, r := range b.jobs {
			if r.Phase == api.PhaseWaiting {
				s.steps.Wake(id)
			}
		}
	}
}

func putJSON(w journal.Writer, table, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.Put(table, key, b)
}

// get returns a copy of a job, also of one that is over. NotFound.
func (s *Solver) get(ctx context.Context, id lilypad.JobID) (record, error) {
	var out record
	var live bool
	err := s.do(ctx, func(b *book) error {
		if r, ok := b.jobs[id]; ok {
			out, live = r.clone(), true
		}
		return nil
	})
	if err != nil || live {
		return out, err
	}
	err = s.Journal.View(ctx, func(r journal.Reader) error {
		v, err := r.Get(tableJobs, id.String())
		if err != nil {
			return err
		}
		if v == nil {
			return lilypad.Errorf(lilypad.NotFound, "no job %s at this solver", id)
		}
		return json.Unmarshal(v, &out)
	})
	return out, err
}

// errSame says that an edit had nothing to change, so that nobody is told: a
// party that repeats itself would else be woken by its own words, for ever.
var errSame = errors.New("nothing has changed")

// edit changes a live job and tells its parties. NotFound when it is over.
func (s *Solver) edit(ctx context.Context, id lilypad.JobID, fn func(b *book, r *record) error) error {
	var tell []lilypad.Address
	err := s.do(ctx, func(b *book) error {
		r, ok := b.jobs[id]
		if !ok {
			return lilypad.Errorf(lilypad.NotFound, "no live job %s at this solver", id)
		}
		before := r.parties()
		err := b.change(r, func() error { return fn(b, r) })
		tell = append(r.parties(), before...)
		return err
	})
	if errors.Is(err, errSame) {
		return nil
	}
	if err == nil {
		s.hub.Publish(api.Changed(id), unique(tell)...)
	}
	return err
}
