package creator

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"os"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/reconcile"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
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
	Ask(ctx context.Context, id lilypad.JobID, q api.Question) error
	Prove(ctx context.Context, id lilypad.JobID, proof lilypad.ContentID) error
	Grant(ctx context.Context, id lilypad.JobID, g api.Grant) error
	Recipient(ctx context.Context, of lilypad.Address) (api.Recipient, error)
	Job(ctx context.Context, id lilypad.JobID) (api.Job, error)
	Why(ctx context.Context, id lilypad.JobID) (api.Why, error)
	Follow(ctx context.Context, log *slog.Logger, fn func(api.Event)) error
}

// Modules finds and renders modules.
type Modules interface {
	// Resolve pins a reference; NotFound names what exists.
	Resolve(ctx context.Context, ref string) (m lilypad.Module, template []byte, err error)
	// Verify returns Invalid when the module is not what it says it is.
	Verify(ctx context.Context, m lilypad.Module, template []byte) error
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
	// Network is what this creator was told by its operator; a solver that
	// claims other terms is not believed.
	Network api.Network
	// Scheme and Comparator are used where an order names none; empty: those
	// that the module names, else optimistic and exact.
	Scheme, Comparator string
	Logger             *slog.Logger
	// DoubtAfter is how long the bytes of a result claimed on chain may be
	// missing before the creator challenges it; zero: 10 s.
	DoubtAfter time.Duration
	// Stepper runs the one step that settles a dispute, in folders below Dir; nil:
	// disputes show nobody wrong, and the mediators decide.
	Stepper execution.Stepper
	Dir     string
	// Local permits what only a demonstration may do.
	Local bool
}

// Creator is the service. Start it with Run.
type Creator struct {
	Config
	hub     *api.Hub[lilypad.JobID]
	steps   *reconcile.Group[lilypad.JobID]
	keeper  *keeper.Keeper
	records *records.Table[record]
	looks   singleflight.Group // of holdings
}

var _ api.Creator = (*Creator)(nil)

// New restores what the journal holds.
func New(ctx context.Context, c Config) (*Creator, error) {
	if c.DoubtAfter == 0 {
		c.DoubtAfter = 10 * time.Second
	}
	c.Logger = c.Logger.With("service", "creator")
	cr := &Creator{Config: c, hub: api.NewHub[lilypad.JobID]()}
	cr.steps = reconcile.New(c.Logger, cr.step)
	cr.keeper = keeper.New(keeper.Config{Ledger: c.Ledger, Deals: cr.live, Logger: c.Logger, Rested: cr.steps.Wake})
	var err error
	if cr.records, err = records.Open(ctx, c.Journal, "creator", func(r record) record { return r.clone() }); err != nil {
		return nil, err
	}
	cr.records.Changed = func(id lilypad.JobID) {
		cr.wake(id)
		cr.keeper.Wake()
		cr.tell(id)
	}
	cr.records.Each(func(r record) {
		if !r.Done {
			cr.steps.Wake(r.ID)
		}
	})
	return cr, nil
}

// Run serves until ctx ends.
func (c *Creator) Run(ctx context.Context) error {
	if err := os.RemoveAll(c.Dir); err != nil { // what steps of a former process left
		c.Logger.Warn("folders of former steps not removed", "error", err)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return c.steps.Run(ctx) })
	g.Go(func() error { return c.keeper.Run(ctx) })
	g.Go(func() error { return c.records.Follow(ctx, c.Logger, c.Ledger, chained) })
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

// chained is what the chain does to the records.
var chained = records.Chained[record]{
	Observe: func(r *record, known bool, e settlement.Event) bool {
		if known {
			r.observe(e)
		}
		return known
	},
	Depends: record.depends, Correct: (*record).correct,
}

func (c *Creator) get(id lilypad.JobID) (record, bool) { return c.records.Get(id) }

func (c *Creator) edit(ctx context.Context, id lilypad.JobID, fn func(*record)) error {
	return c.records.Edit(ctx, id, fn)
}

// create stores a new record, unless one has its nonce already: then that one
// is it.
func (c *Creator) create(ctx context.Context, r *record) (id lilypad.JobID, err error) {
	id = r.ID
	err = c.records.Create(ctx, r.ID, *r, func(each records.Each[record]) error {
		if old, known := ordered(each, r.Posting.Offer.Body.Nonce); known {
			id = old
			return errOrdered
		}
		return nil
	})
	if err != nil && !errors.Is(err, errOrdered) {
		return id, err
	}
	c.steps.Wake(id)
	return id, nil
}

var errOrdered = errors.New("ordered before")

// all returns copies of the records that fit, oldest first.
func (c *Creator) all(fits func(*record) bool) []record {
	var out []record
	c.records.Each(func(r record) {
		if fits(&r) {
			out = append(out, r.clone())
		}
	})
	slices.SortFunc(out, func(a, b record) int { return int(a.Created.Sub(b.Created)) })
	return out
}

func (c *Creator) live(context.Context) ([]keeper.Deal, error) {
	var out []keeper.Deal
	c.records.Each(func(r record) {
		if r.State > lilypad.StateApproved && r.State < lilypad.StateFinal && r.opened() {
			d := keeper.Deal{Terms: r.terms(), Facts: r.Facts, State: r.State, Deadline: r.Deadline}
			if r.State == lilypad.StateSubmitted {
				d.Rest = r.Deadline - settlement.JudgeMargin(r.Posting.Offer.Body)
			}
			out = append(out, d)
		}
	})
	return out, nil
}

// Needed are the trees that its jobs may still want: results that were ordered,
// for good, and what else belongs to jobs that are not done, or whose deals
// became final since a block time.
func (c *Creator) Needed(since lilypad.Time) (trees []lilypad.ContentID) {
	c.records.Each(func(r record) {
		if r.Posting.Parent == (lilypad.JobID{}) && !r.Result.IsZero() {
			trees = append(trees, r.Result)
		}
		if r.Done && (r.State != lilypad.StateFinal || r.EndedAt < since) {
			return
		}
		trees = append(trees, r.Posting.Trees()...)
		if r.Delivery != nil {
			trees = append(trees, r.Delivery.Trees()...)
		}
		for _, d := range r.Disputes {
			trees = append(trees, d.Heard...)
		}
		if !r.Proof.IsZero() {
			trees = append(trees, r.Proof)
		}
		if r.Case == nil {
			return
		}
		for _, e := range r.Case.Events { // results of replicas that may be over by now
			if e.Result != nil {
				trees = append(trees, lilypad.ContentID(e.Result.Content))
			}
		}
	})
	return trees
}

// seed is the creator's share in audit coin and draw; derived from the nonce,
// so that it is never lost, and secret until it is used.
func (c *Creator) seed(nonce uint64) lilypad.Hash { return c.Key.Seed(nonceBytes(nonce)) }

func sortedParams(m map[string]int64) []lilypad.Param {
	var out []lilypad.Param
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, lilypad.Param{Key: k, Value: m[k]})
	}
	return out
}
