package provider

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/reconcile"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Signer signs for the provider and derives its seeds.
type Signer interface {
	wallet.Signer
	Seed(salt []byte) lilypad.Hash
}

// Market is what the provider asks of a solver.
type Market interface {
	storage.Getter
	Put(ctx context.Context, block []byte) (lilypad.Hash, error)
	PutOffer(ctx context.Context, o lilypad.Offer) error
	Answer(ctx context.Context, id lilypad.JobID, a api.Answer) error
	Deliver(ctx context.Context, id lilypad.JobID, d api.Delivery) error
	Reply(ctx context.Context, id lilypad.JobID, r api.Reply) error
	Log(ctx context.Context, id lilypad.JobID, c api.LogChunk) error
	PutRecipient(ctx context.Context, r api.Recipient) error
	Recipient(ctx context.Context, of lilypad.Address) (api.Recipient, error)
	Grant(ctx context.Context, id lilypad.JobID, g api.Grant) error
	Job(ctx context.Context, id lilypad.JobID) (api.Job, error)
	Follow(ctx context.Context, log *slog.Logger, fn func(api.Event)) error
}

// Modules renders modules and checks what others say of them.
type Modules interface {
	// Verify returns Invalid when the module is not what it says it is.
	Verify(ctx context.Context, m lilypad.Module, template []byte) error
	// Render returns the job for one engine; Invalid names key and line.
	Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, error)
}

// Allower decides which modules this provider runs.
type Allower interface {
	// Allow returns Unauthorized, naming the rule, for one that may not run.
	Allow(ctx context.Context, m lilypad.Module, needs lilypad.Needs) error
}

// Admitter decides which jobs this provider takes, and for how much.
type Admitter interface {
	Admit(ctx context.Context, now lilypad.Time, node Node, r Request) (Admission, error)
}

// Node is the provider's own state, as an admitter sees it.
type Node struct {
	Offer           lilypad.Offer
	Running, Queued uint32
	Free            lilypad.Resources
	Deposit         lilypad.Amount
}

// Request is a proposed job, as an admitter sees it.
type Request struct {
	Posting                api.Posting
	Price                  lilypad.Amount // what the solver ranked
	InputSize              uint64
	CreatorOK, CreatorBad  uint32
	ModuleOK, ModuleFailed uint32
	CreatorDisputes        uint32
	CreatorTimeouts        uint32 // deals that it let run out unjudged
}

// Admission is an admitter's word.
type Admission struct {
	Declined string         // why not; empty: it takes the job
	Price    lilypad.Amount // taken: zero or below the standing price; declined: what it would want
}

// Config is what a provider needs. Fields without a zero value must be set.
type Config struct {
	Key      Signer
	Ledger   settlement.Ledger
	Journal  journal.Journal
	Store    storage.Store
	Market   Market
	Fleet    *fleet.Fleet // where it runs jobs
	Modules  Modules
	Models   execution.Models // nil: modules that need any are declined
	Allower  Allower
	Admitter Admitter
	Offer    lilypad.Offer // what it offers; Provider is filled in
	Dir      string        // for the jobs' folders
	Logger   *slog.Logger
	// SignFor is how long a signed deal may wait for the chain, in block time:
	// capacity is reserved for that long. Zero: 2 minutes.
	SignFor lilypad.Seconds
	// Windows are the least that an offer must leave each party.
	Windows api.Windows
	// Known tells whether the plugins that a deal names exist here, so that
	// mediators will know them too: NotFound if not. Nil: all do.
	Known func(lilypad.Work) error
	// MaxInput bounds a job's input files, in bytes; zero: 10 GB.
	MaxInput uint64
	// Disk tells the MB that are free where Dir and the store lie; nil: enough.
	Disk func() (uint32, error)
	// Faulty makes it misbehave, for demonstrations on the local network.
	Faulty Fault
	// Draining has it start without taking new jobs: see Drain.
	Draining bool
	// Changed is called when the Standing may be another, by whoever changed it:
	// it must not wait. Nil: nobody is told.
	Changed func()
}

// Provider is the service. Start it with Run.
type Provider struct {
	Config
	steps   *reconcile.Group[lilypad.JobID]
	answers *reconcile.Group[lilypad.JobID] // about traces: what takes a run must not hold up deadlines
	keeper  *keeper.Keeper

	records *records.Table[record]

	turned chan struct{} // has a token when the offer is to be put or taken away

	mu     sync.Mutex                           // guards what follows
	stops  map[lilypad.JobID]context.CancelFunc // of jobs that run
	traces map[lilypad.JobID]*bisection.Trace   // that were asked about; each is read by its job's answer alone
	drain  drain
}

// New restores what the journal holds.
func New(ctx context.Context, c Config) (*Provider, error) {
	if c.SignFor == 0 {
		c.SignFor = 120
	}
	if c.MaxInput == 0 {
		c.MaxInput = 10_000_000_000
	}
	c.Logger = c.Logger.With("service", "provider", "provider", c.Key.Address())
	c.Offer.Provider, c.Offer.Faulty = c.Key.Address(), string(c.Faulty)
	if c.Offer.Operator.IsZero() {
		c.Offer.Operator = c.Offer.Provider
	}
	if c.Models == nil {
		c.Models = execution.NoModels{}
	}
	if c.Changed == nil {
		c.Changed = func() {}
	}
	p := &Provider{
		Config: c, stops: map[lilypad.JobID]context.CancelFunc{}, traces: map[lilypad.JobID]*bisection.Trace{}, turned: make(chan struct{}, 1),
		drain: drain{on: c.Draining, offered: true}, // by an earlier process
	}
	p.steps = reconcile.New(c.Logger, p.step)
	p.answers = reconcile.New(c.Logger, p.answer)
	p.keeper = keeper.New(keeper.Config{Ledger: c.Ledger, Deals: p.live, Logger: c.Logger, Rested: p.steps.Wake})
	var err error
	if p.records, err = records.Open(ctx, c.Journal, "provider", func(r record) record { return r }); err != nil {
		return nil, err
	}
	p.records.Changed = func(id lilypad.JobID) {
		p.steps.Wake(id)
		p.keeper.Wake()
		p.Changed()
	}
	p.records.Each(func(r record) {
		if !r.over() {
			p.steps.Wake(r.ID)
		}
	})
	return p, nil
}

// Run serves until ctx ends. Running jobs are left to their executors and
// taken back by the next Run.
func (p *Provider) Run(ctx context.Context) error {
	if err := p.recover(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return p.steps.Run(ctx) })
	g.Go(func() error { return p.answers.Run(ctx) })
	g.Go(func() error { return p.keeper.Run(ctx) })
	g.Go(func() error { return p.records.Follow(ctx, p.Logger, p.Ledger, p.chained()) })
	g.Go(func() error { return p.offer(ctx) })
	g.Go(func() error {
		return p.Market.Follow(ctx, p.Logger, func(e api.Event) {
			if e.Kind == api.EventChanged {
				p.steps.Wake(e.Job)
				p.answers.Wake(e.Job)
			}
		})
	})
	return g.Wait()
}

// recover takes back the jobs that outlived this process and removes what
// nobody knows any more.
func (p *Provider) recover(ctx context.Context) error {
	keep := map[execution.Executor][]execution.Handle{}
	p.records.Each(func(r record) {
		if r.Stage == stageOpen && r.Handle != "" {
			x := p.Fleet.Executor(r.Machine, r.Posting.Work.Needs.Engine)
			keep[x] = append(keep[x], r.Handle)
			p.Fleet.Keep(r.ID.String(), r.Posting.Work.Needs, r.Machine, r.Devices)
		}
	})
	for machine, x := range p.Fleet.Executors {
		n, err := x.Reap(ctx, keep[x])
		if err != nil {
			p.Logger.Warn("orphans not removed", "machine", machine, "error", err)
		} else if n > 0 {
			p.Logger.Info("orphans removed", "machine", machine, "jobs", n)
		}
	}
	return p.tidy()
}

// chained is what the chain does to the records.
func (p *Provider) chained() records.Chained[record] {
	return records.Chained[record]{Observe: p.observe, Depends: record.depends, Correct: (*record).correct}
}

func (p *Provider) observe(r *record, known bool, e settlement.Event) bool {
	if !known {
		return false
	}
	r.observe(e)
	if e.Kind == settlement.Finished {
		p.mu.Lock()
		if stop := p.stops[e.Job]; stop != nil {
			stop() // nobody will pay for what still runs
		}
		p.mu.Unlock()
	}
	return true
}

func (p *Provider) edit(ctx context.Context, id lilypad.JobID, fn func(*record)) error {
	return p.records.Edit(ctx, id, fn)
}

// live lists the deals that the keeper watches.
func (p *Provider) live(context.Context) ([]keeper.Deal, error) {
	var out []keeper.Deal
	p.records.Each(func(r record) {
		if r.over() || r.Deal == nil {
			return
		}
		d := keeper.Deal{Terms: r.terms(), Facts: r.Facts, State: r.State}
		switch {
		case r.State > lilypad.StateOpen:
			d.Deadline = r.Deadline
		case r.State == lilypad.StateOpen && r.Stage == stageDelivered:
			// One that it has not served is the creator's to end: that costs the provider.
			d.Rest = r.Deadline - settlement.SubmitMargin(r.Posting.Offer.Body)
		default:
			return
		}
		out = append(out, d)
	})
	return out, nil
}

func (p *Provider) dir(id lilypad.JobID) string { return filepath.Join(p.Dir, id.String()[2:]) }
