package mediator

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/reconcile"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Market is what a mediator asks of a solver.
type Market interface {
	storage.Getter
	Put(ctx context.Context, block []byte) (lilypad.Hash, error)
	Judge(ctx context.Context, id lilypad.JobID, o api.Opinion) error
	PutRecipient(ctx context.Context, r api.Recipient) error
	Job(ctx context.Context, id lilypad.JobID) (api.Job, error)
	Follow(ctx context.Context, log *slog.Logger, fn func(api.Event)) error
}

// Signer signs for the mediator and derives its key.
type Signer interface {
	wallet.Signer
	Seed(salt []byte) lilypad.Hash
}

// Modules renders modules and checks what others say of them.
type Modules interface {
	Verify(ctx context.Context, m lilypad.Module, template []byte) error
	Render(template []byte, params map[string]string, engine lilypad.Engine, m lilypad.Module) (lilypad.Spec, error)
}

// Policies finds the plugins that a deal names, by digest. NotFound for one
// that is not installed here.
type Policies interface {
	Scheme(ctx context.Context, id lilypad.PluginID) (cases.Scheme, error)
	// Comparator compares trees in the mediator's store.
	Comparator(ctx context.Context, id lilypad.PluginID) (cases.Comparator, error)
}

// Config is what a mediator needs. Fields without a zero value must be set.
type Config struct {
	Key      Signer
	Ledger   settlement.Ledger
	Journal  journal.Journal
	Store    storage.Store
	Market   Market
	Modules  Modules
	Models   execution.Models // nil: jobs that need any cannot be run again here
	Policies Policies
	Fleet    *fleet.Fleet // where it runs jobs again
	Dir      string       // for the jobs' folders
	Logger   *slog.Logger
	// Keep is how long a case is remembered after its deal became final; zero: 30
	// days.
	Keep time.Duration
}

// Mediator is the service. Start it with Run.
type Mediator struct {
	Config
	steps   *reconcile.Group[lilypad.JobID]
	keeper  *keeper.Keeper
	records *records.Table[record]
}

// record is a case as the journal keeps it.
type record struct {
	ID         lilypad.JobID    `json:"id"`
	Provider   lilypad.Address  `json:"provider"`   // as the chain told it, like what follows
	Challenged lilypad.Time     `json:"challenged"` // block time
	Deadline   lilypad.Time     `json:"deadline"`   // of the verdict, once drawn
	Facts      settlement.Facts `json:"facts"`
	NotMine    bool             `json:"not_mine"`
	// When the result's bytes were there is the solver's word, but only as long
	// as this mediator has not seen otherwise. Block time; zero: not yet.
	Missed  lilypad.Time        `json:"missed"`           // it last looked in vain
	Seen    lilypad.Time        `json:"seen"`             // they were there, as first told and not before Missed
	Opened  bool                `json:"opened,omitempty"` // so is what was sealed of them
	Terms   *settlement.Terms   `json:"terms,omitempty"`
	Case    *hostapi.Case       `json:"case,omitempty"`
	Opinion *api.Opinion        `json:"opinion,omitempty"`
	State   lilypad.State       `json:"state"` // on chain
	Ended   uint64              `json:"ended"` // block in which it became final
	EndedAt lilypad.Time        `json:"ended_at"`
	Trees   []lilypad.ContentID `json:"trees,omitempty"` // inputs and result that it is about
}

// clone copies the case too: a step works on it.
func (r record) clone() record {
	if r.Case != nil {
		c := *r.Case
		c.Events = slices.Clone(c.Events)
		r.Case = &c
	}
	return r
}

// New restores what the journal holds.
func New(ctx context.Context, c Config) (*Mediator, error) {
	if c.Keep == 0 {
		c.Keep = 30 * 24 * time.Hour
	}
	if c.Models == nil {
		c.Models = execution.NoModels{}
	}
	c.Logger = c.Logger.With("service", "mediator", "mediator", c.Key.Address())
	m := &Mediator{Config: c}
	m.steps = reconcile.New(c.Logger, m.step)
	m.keeper = keeper.New(keeper.Config{Ledger: c.Ledger, Deals: m.live, Logger: c.Logger})
	var err error
	if m.records, err = records.Open(ctx, c.Journal, "mediator", record.clone); err != nil {
		return nil, err
	}
	m.records.Changed = func(id lilypad.JobID) {
		m.steps.Wake(id)
		m.keeper.Wake()
	}
	m.records.Each(func(r record) { m.steps.Wake(r.ID) })
	return m, nil
}

// Run serves until ctx ends.
func (m *Mediator) Run(ctx context.Context) error {
	m.cleanUp(ctx)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return m.steps.Run(ctx) })
	g.Go(func() error { return m.keeper.Run(ctx) })
	g.Go(func() error { return m.tellKey(ctx) })
	g.Go(func() error { return m.records.Follow(ctx, m.Logger, m.Ledger, chained) })
	g.Go(func() error {
		return m.Market.Follow(ctx, m.Logger, func(e api.Event) {
			if _, ok := m.get(e.Job); ok && e.Kind == api.EventChanged {
				m.steps.Wake(e.Job)
			}
		})
	})
	return g.Wait()
}

// cleanUp removes what runs of a former process left: each is begun anew.
func (m *Mediator) cleanUp(ctx context.Context) {
	for machine, x := range m.Fleet.Executors {
		if _, err := x.Reap(ctx, nil); err != nil {
			m.Logger.Warn("orphans not removed", "machine", machine, "error", err)
		}
	}
	if err := os.RemoveAll(m.Dir); err != nil {
		m.Logger.Warn("folders of former runs not removed", "error", err)
	}
}

// chained is how the chain tells which cases there are.
var chained = records.Chained[record]{Observe: (*record).observe, Depends: record.depends, Correct: (*record).correct}

func (r *record) observe(known bool, e settlement.Event) bool {
	switch {
	case e.Kind == settlement.Challenged:
		r.ID, r.Provider, r.State = e.Job, e.Provider, lilypad.StateChallenged
		r.Challenged, r.Facts.CreatorSeed = e.Block.Time, e.Seed
	case !known:
		return false // no case
	case e.Kind == settlement.Revealed:
		r.State, r.Facts.ProviderSeed, r.Deadline = lilypad.StateDrawn, e.Seed, e.Deadline
	case e.Kind == settlement.Finished:
		r.State, r.Ended, r.EndedAt, r.Case = lilypad.StateFinal, e.Block.Number, e.Block.Time, nil
	}
	return true
}

// depends tells what the record believes of the chain.
func (r record) depends() (lilypad.State, uint64) { return r.State, r.Ended }

// correct makes the record right after events that it knows were undone. What
// was decided on facts that are gone is decided again.
func (r *record) correct(st settlement.Status) {
	r.State, r.Facts = st.State, r.Facts.At(st.State)
	if st.State < lilypad.StateDrawn {
		r.Case, r.Opinion, r.NotMine = nil, nil, false
	}
}

// forgetAgain is how often a case that is over is looked at.
const forgetAgain = time.Hour

// lookAgain is the safety net under a solver that lags behind the chain.
const lookAgain = 5 * time.Second

// step does the next thing for a case.
func (m *Mediator) step(ctx context.Context, id lilypad.JobID) (time.Duration, error) {
	r, ok := m.get(id)
	if !ok {
		return 0, nil
	}
	if r.State == lilypad.StateFinal {
		head, err := m.Ledger.Head(ctx)
		kept := !r.NotMine && head.Time < r.EndedAt+lilypad.Time(m.Keep/time.Second)
		if err != nil || kept || head.Number <= r.Ended+records.Deep || !m.records.Final(r.Ended) {
			return forgetAgain, err
		}
		m.records.Forget(id)
		return 0, nil
	}
	if r.NotMine || r.State < lilypad.StateChallenged {
		return 0, nil
	}
	if r.Opinion != nil {
		return 0, m.hand(ctx, r)
	}
	job, err := m.Market.Job(ctx, id)
	switch code := lilypad.CodeOf(err); {
	case err == nil:
	case code == lilypad.NotFound:
		return 0, m.edit(ctx, id, func(r *record) { r.NotMine = true })
	case code == lilypad.Unauthorized: // or the solver has not seen the challenge yet
		return lookAgain, nil
	default:
		return 0, err
	}
	beyond := bundle.CheckNeeds(job.Posting.Work.Needs)
	if r.State == lilypad.StateChallenged { // nobody is drawn yet, but who will be must know
		if beyond == nil {
			_, err = m.look(ctx, r, job)
		}
		return lookAgain, err
	}
	if err := m.check(ctx, job, &r); err != nil {
		m.Logger.Warn("case not taken", "job", id, "error", err)
		return lookAgain, nil
	}
	if !slices.Contains(job.Drawn(), m.Key.Address()) {
		return 0, m.edit(ctx, id, func(r *record) { r.NotMine = true })
	}
	if beyond != nil {
		m.Logger.Error("case left to the others", "job", id, "error", beyond)
		return 0, m.edit(ctx, id, func(r *record) { r.NotMine = true })
	}
	return lookAgain, m.decide(ctx, r, job) // for the claim, or for the time to do without
}

// grace is how much longer than the parties a mediator waits to end a case
// that nobody decided, so that they do not pay for the same thing.
const grace lilypad.Time = 300

// live lists the drawn cases for the keeper.
func (m *Mediator) live(context.Context) ([]keeper.Deal, error) {
	var out []keeper.Deal
	m.records.Each(func(r record) {
		if r.State == lilypad.StateDrawn && r.Terms != nil {
			out = append(out, keeper.Deal{Terms: *r.Terms, Facts: r.Facts, State: r.State, Deadline: r.Deadline + grace})
		}
	})
	return out, nil
}

// check compares what the solver tells with what was signed and with the chain.
func (m *Mediator) check(ctx context.Context, job api.Job, r *record) error {
	o := job.Posting.Offer.Body
	if job.Deal == nil || o.ID() != r.ID || job.Deal.Body.Job != r.ID || job.Deal.Body.Provider != r.Provider {
		return lilypad.Errorf(lilypad.Invalid, "the solver tells of another deal")
	}
	if err := job.Posting.Check(); err != nil {
		return err
	}
	if err := wallet.VerifyOffer(ctx, m.Ledger, m.Ledger.Domain(), job.Posting.Offer); err != nil {
		return err
	}
	if err := wallet.Verify(m.Ledger.Domain(), *job.Deal, job.Deal.Body.Provider); err != nil {
		return err
	}
	if job.Facts.CreatorSeed != r.Facts.CreatorSeed || job.Facts.ProviderSeed != r.Facts.ProviderSeed {
		return lilypad.Errorf(lilypad.Unavailable, "the solver does not know the seeds on chain yet")
	}
	if lilypad.SeedHash(r.Facts.CreatorSeed, o.Creator) != o.SeedHash || lilypad.SeedHash(r.Facts.ProviderSeed, r.Provider) != job.Deal.Body.SeedHash {
		return lilypad.Errorf(lilypad.Invalid, "the deal commits to other seeds")
	}
	return nil
}

// hand gives the signed verdict to the solver.
func (m *Mediator) hand(ctx context.Context, r record) error {
	if _, err := storage.Copy(ctx, m.Market, m.Store, r.Opinion.Transcript, storage.Limits{}); err != nil {
		return err
	}
	err := m.Market.Judge(ctx, r.ID, *r.Opinion)
	if lilypad.CodeOf(err) == lilypad.NotFound {
		return nil // the case is over
	}
	return err
}

func (m *Mediator) get(id lilypad.JobID) (record, bool) { return m.records.Get(id) }

func (m *Mediator) edit(ctx context.Context, id lilypad.JobID, fn func(*record)) error {
	return m.records.Edit(ctx, id, fn)
}

// Needed are the trees that its cases may still want: those of deals that are
// not final, or became so since a block time, and its own results and
// transcripts of them.
func (m *Mediator) Needed(since lilypad.Time) (trees []lilypad.ContentID) {
	m.records.Each(func(r record) {
		if r.NotMine || r.State == lilypad.StateFinal && r.EndedAt < since {
			return
		}
		trees = append(trees, r.Trees...)
		if r.Opinion != nil {
			trees = append(trees, r.Opinion.Transcript)
		}
		if r.Case == nil {
			return
		}
		for _, e := range r.Case.Events {
			switch {
			case e.Result != nil:
				trees = append(trees, lilypad.ContentID(e.Result.Content))
			case e.Segment != nil:
				trees = append(trees, lilypad.ContentID(e.Segment.Proof))
			}
		}
	})
	return trees
}
