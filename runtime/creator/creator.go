package creator

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/reconcile"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Signer signs for the creator and derives its seeds.
type Signer interface {
	wallet.Signer
	Seed(salt []byte) lilypad.Hash
}

// Market is what the creator asks of a solver.
type Market interface {
	storage.Getter
	Put(ctx context.Context, block []byte) (lilypad.Hash, error)
	Network(ctx context.Context) (api.Network, error)
	Post(ctx context.Context, p api.Posting) (api.Job, error)
	Withdraw(ctx context.Context, id lilypad.JobID) (api.Job, error)
	Accept(ctx context.Context, id lilypad.JobID, r lilypad.Signed[lilypad.Receipt]) error
	Job(ctx context.Context, id lilypad.JobID) (api.Job, error)
	Why(ctx context.Context, id lilypad.JobID) (api.Why, error)
	Follow(ctx context.Context, log *slog.Logger, fn func(api.Event)) error
}

// Modules finds and renders modules.
type Modules interface {
	// Resolve pins a reference; NotFound names what exists.
	Resolve(ctx context.Context, ref string) (m lilypad.Module, template []byte, err error)
	// Render returns the job for an engine, or for the module's first if that
	// is empty, and what had to be mended.
	Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (spec lilypad.Spec, warnings []string, err error)
}

// Allower decides which modules this creator buys.
type Allower interface {
	// Allow returns Unauthorized, naming the rule, for one that may not run.
	Allow(ctx context.Context, m lilypad.Module, needs lilypad.Needs) error
}

// Policies finds the plugins that a deal names.
type Policies interface {
	// Scheme returns a mediate plugin by name or digest; NotFound names those
	// that exist.
	Scheme(ctx context.Context, ref string) (Scheme, error)
	// Comparator returns a compare plugin over trees in the creator's store.
	Comparator(ctx context.Context, ref string) (Comparator, error)
}

// Scheme is a mediate plugin that may be named in a deal.
type Scheme struct {
	cases.Scheme
	ID     lilypad.PluginID
	Name   string
	Deters bool // a cheat loses by it if stakes and audit rate are high enough
	Reason func(reason uint16, arg0, arg1 uint64) string
}

// Comparator is a compare plugin that may be named in a deal.
type Comparator struct {
	cases.Comparator
	ID lilypad.PluginID
}

// Terms are what a creator offers when its order does not say otherwise.
type Terms struct {
	MaxPrice      lilypad.Amount
	CreatorStake  lilypad.Amount
	ProviderStake lilypad.Amount
	LatePenalty   lilypad.Amount
	MediationFee  lilypad.Amount
	Expiry        lilypad.Seconds // how long an offer may wait in the book
}

// Config is what a creator needs. Fields without a zero value must be set.
type Config struct {
	Key      Signer
	Ledger   settlement.Ledger
	Journal  journal.Journal
	Store    storage.Store
	Market   Market
	Modules  Modules
	Allower  Allower
	Policies Policies
	Terms    Terms
	// Scheme and Comparator are used where an order names none; empty:
	// optimistic and exact.
	Scheme, Comparator string
	Logger             *slog.Logger
	// DoubtAfter is how long the bytes of a result claimed on chain may be
	// missing before the creator challenges it; zero: 10 s.
	DoubtAfter time.Duration
	// Local permits what only a demonstration may do.
	Local bool
}

// Creator is the service. Start it with Run.
type Creator struct {
	Config
	hub    *api.Hub[lilypad.JobID]
	steps  *reconcile.Group[lilypad.JobID]
	keeper *keeper.Keeper

	mu      sync.Mutex // guards what follows
	records map[lilypad.JobID]*record
	cursor  settlement.Cursor
}

var _ api.Creator = (*Creator)(nil)

const (
	tableJobs = "creator.job"
	tableMeta = "creator.meta"
	keyCursor = "cursor"
)

// New restores what the journal holds.
func New(ctx context.Context, c Config) (*Creator, error) {
	if c.DoubtAfter == 0 {
		c.DoubtAfter = 10 * time.Second
	}
	c.Scheme, c.Comparator = firstOf(c.Scheme, defaultScheme), firstOf(c.Comparator, defaultComparator)
	c.Logger = c.Logger.With("service", "creator")
	cr := &Creator{Config: c, hub: api.NewHub[lilypad.JobID](), records: map[lilypad.JobID]*record{}}
	cr.steps = reconcile.New(c.Logger, cr.step)
	cr.keeper = keeper.New(keeper.Config{Ledger: c.Ledger, Deals: cr.live, Logger: c.Logger})
	return cr, cr.restore(ctx)
}

// Run serves until ctx ends.
func (c *Creator) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return c.steps.Run(ctx) })
	g.Go(func() error { return c.keeper.Run(ctx) })
	g.Go(func() error { return c.follow(ctx) })
	g.Go(func() error {
		return c.Market.Follow(ctx, c.Logger, func(e api.Event) {
			switch e.Kind {
			case api.EventChanged:
				c.wake(e.Job)
			case api.EventLog:
				c.hub.Publish(e, e.Job)
			}
		})
	})
	return g.Wait()
}

func (c *Creator) restore(ctx context.Context) error {
	var bad error
	err := c.Journal.View(ctx, func(r journal.Reader) error {
		if v, err := r.Get(tableMeta, keyCursor); err != nil || v != nil && json.Unmarshal(v, &c.cursor) != nil {
			return lilypad.Errorf(lilypad.Internal, "the creator's journal is damaged").Try("restore it from a copy")
		}
		return r.Scan(tableJobs, "", func(key string, v []byte) bool {
			rec := new(record)
			if err := json.Unmarshal(v, rec); err != nil {
				bad = &lilypad.Error{Code: lilypad.Internal, Msg: "job " + key + " in the creator's journal is damaged", Remedy: "restore the journal from a copy", Err: err}
				return false
			}
			c.records[rec.ID] = rec
			if !rec.Done {
				c.steps.Wake(rec.ID)
			}
			return true
		})
	})
	if err == nil {
		err = bad
	}
	return err
}

// wake runs the step of a job, and of the case that it is a replica for.
func (c *Creator) wake(id lilypad.JobID) {
	r, ok := c.get(id)
	if !ok {
		return
	}
	c.steps.Wake(id)
	if r.Posting.Parent != (lilypad.JobID{}) {
		c.steps.Wake(r.Posting.Parent)
	}
}

func (c *Creator) follow(ctx context.Context) error {
	c.mu.Lock()
	cursor := c.cursor
	c.mu.Unlock()
	return c.Ledger.Follow(ctx, cursor, func(b settlement.Batch) error {
		for _, e := range b.Events {
			err := c.edit(ctx, e.Job, func(r *record) { r.observe(e) })
			if err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
				return err
			}
		}
		if len(b.Events) == 0 {
			return nil
		}
		return c.Journal.Update(ctx, func(w journal.Writer) error { return putJSON(w, tableMeta, keyCursor, b.Cursor) })
	})
}

// get returns a copy of a record. Its case is the caller's.
func (c *Creator) get(id lilypad.JobID) (record, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.records[id]
	if !ok {
		return record{}, false
	}
	return r.clone(), true
}

// edit changes a record in the journal, then in memory, then tells everyone.
func (c *Creator) edit(ctx context.Context, id lilypad.JobID, fn func(*record)) error {
	if _, ok := c.get(id); !ok {
		return lilypad.Errorf(lilypad.NotFound, "no job %s of this creator", id)
	}
	if err := c.Journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		next, _ := c.get(id) // updates are serial, so nothing comes between
		fn(&next)
		if err := putJSON(w, tableJobs, id.String(), next); err != nil {
			return err
		}
		c.put(&next)
		return nil
	}); err != nil {
		return err
	}
	c.wake(id)
	c.keeper.Wake()
	c.tell(id)
	return nil
}

func (c *Creator) put(r *record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.records[r.ID] = r
}

// create stores a new record, unless one has its nonce already: then that one
// is it.
func (c *Creator) create(ctx context.Context, r *record) (id lilypad.JobID, err error) {
	if err := c.Journal.Update(context.WithoutCancel(ctx), func(w journal.Writer) error {
		var known bool
		if id, known = c.ordered(r.Posting.Offer.Body.Nonce); known {
			return nil
		}
		id = r.ID
		if err := putJSON(w, tableJobs, r.ID.String(), r); err != nil {
			return err
		}
		c.put(r) // before the next update looks
		return nil
	}); err != nil {
		return id, err
	}
	c.steps.Wake(id)
	return id, nil
}

// all returns copies of the records that fit, oldest first.
func (c *Creator) all(fits func(*record) bool) []record {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []record
	for _, r := range c.records {
		if fits(r) {
			out = append(out, r.clone())
		}
	}
	slices.SortFunc(out, func(a, b record) int { return int(a.Created.Sub(b.Created)) })
	return out
}

func (c *Creator) live(context.Context) ([]keeper.Deal, error) {
	var out []keeper.Deal
	for _, r := range c.all(func(r *record) bool {
		return r.State > lilypad.StateApproved && r.State < lilypad.StateFinal && r.Deal != nil
	}) {
		out = append(out, keeper.Deal{Terms: r.terms(), Facts: r.Facts, State: r.State, Deadline: r.Deadline})
	}
	return out, nil
}

// seed is the creator's share in audit coin and draw; derived from the nonce,
// so that it is never lost, and secret until it is used.
func (c *Creator) seed(nonce uint64) lilypad.Hash { return c.Key.Seed(nonceBytes(nonce)) }

func putJSON(w journal.Writer, table, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.Put(table, key, b)
}

func sortedParams(m map[string]int64) []lilypad.Param {
	var out []lilypad.Param
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, lilypad.Param{Key: k, Value: m[k]})
	}
	return out
}
