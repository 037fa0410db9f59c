package provider_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/journal"
	journalmemory "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// fakeMarket is a solver that the test speaks for.
type fakeMarket struct {
	storage.Store
	mu         sync.Mutex // guards what follows
	keys       map[lilypad.Address]api.Recipient
	told       api.Recipient
	jobs       map[lilypad.JobID]api.Job
	answers    map[lilypad.JobID][]api.Answer
	deliveries map[lilypad.JobID]int
	last       api.Delivery
	replies    map[lilypad.JobID][]api.Reply
	down       error // of Put, PutOffer and Deliver
	offer      lilypad.Offer
	events     chan api.Event
}

func newFakeMarket() *fakeMarket {
	return &fakeMarket{
		Store: storagememory.New(), jobs: map[lilypad.JobID]api.Job{}, keys: map[lilypad.Address]api.Recipient{}, answers: map[lilypad.JobID][]api.Answer{},
		deliveries: map[lilypad.JobID]int{}, replies: map[lilypad.JobID][]api.Reply{}, events: make(chan api.Event, 100),
	}
}

func (f *fakeMarket) Put(ctx context.Context, block []byte) (lilypad.Hash, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down != nil {
		return lilypad.Hash{}, f.down
	}
	return f.Store.Put(ctx, block)
}

func (f *fakeMarket) PutOffer(_ context.Context, o lilypad.Offer) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down == nil {
		f.offer = o
	}
	return f.down
}

func (f *fakeMarket) Answer(_ context.Context, id lilypad.JobID, a api.Answer) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[id] = append(f.answers[id], a)
	return nil
}

func (f *fakeMarket) Deliver(_ context.Context, id lilypad.JobID, d api.Delivery) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = d
	f.deliveries[id]++
	return f.down
}

func (f *fakeMarket) Reply(_ context.Context, id lilypad.JobID, r api.Reply) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.replies[id] = append(f.replies[id], r)
	j := f.jobs[id]
	j.Reply = &r
	f.jobs[id] = j
	return nil
}
func (f *fakeMarket) Log(context.Context, lilypad.JobID, api.LogChunk) error { return nil }
func (f *fakeMarket) Recipient(_ context.Context, of lilypad.Address) (api.Recipient, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, ok := f.keys[of]
	if !ok {
		return r, lilypad.Errorf(lilypad.NotFound, "%s has told no key", of)
	}
	return r, nil
}

func (f *fakeMarket) PutRecipient(_ context.Context, r api.Recipient) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = r
	return nil
}

func (f *fakeMarket) Grant(_ context.Context, id lilypad.JobID, g api.Grant) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	j := f.jobs[id]
	g.From = providerKey.Address()
	j.Grants = append(slices.Clone(j.Grants), g)
	f.jobs[id] = j
	return nil
}

func (f *fakeMarket) Job(_ context.Context, id lilypad.JobID) (api.Job, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	j, ok := f.jobs[id]
	if !ok {
		return j, lilypad.Errorf(lilypad.NotFound, "no job %s", id)
	}
	return j, nil
}

func (f *fakeMarket) Follow(ctx context.Context, _ *slog.Logger, fn func(api.Event)) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-f.events:
			fn(e)
		}
	}
}

// fakeModules renders every template to the same spec.
type fakeModules struct{ spec lilypad.Spec }

func (fakeModules) Verify(_ context.Context, m lilypad.Module, _ []byte) error {
	if m.Name == "forged" {
		return lilypad.Errorf(lilypad.Invalid, "template is not the module's")
	}
	return nil
}

func (f fakeModules) Render([]byte, map[string]string, lilypad.Engine, lilypad.Module) (lilypad.Spec, error) {
	return f.spec, nil
}

// fakePolicy allows and admits by module name.
type fakePolicy struct{}

func (fakePolicy) Allow(_ context.Context, m lilypad.Module, _ lilypad.Needs) error {
	if m.Name == "denied" {
		return lilypad.Errorf(lilypad.Unauthorized, "module is denied")
	}
	return nil
}

func (fakePolicy) Admit(_ context.Context, _ lilypad.Time, _ provider.Node, r provider.Request) (provider.Admission, error) {
	switch r.Posting.Module.Name {
	case "unwanted":
		return provider.Admission{Declined: "quiet hours"}, nil
	case "curious":
		return provider.Admission{Declined: fmt.Sprintf("%d good, %d ran out", r.CreatorOK, r.CreatorTimeouts)}, nil
	case "cheap":
		return provider.Admission{Declined: "below my floor", Price: 40}, nil
	}
	return provider.Admission{}, nil
}

var (
	solverKey   = settlementtest.Key("solver")
	creatorKey  = settlementtest.Key("creator")
	providerKey = settlementtest.Key("provider")
)

const stake, standing = 1200, lilypad.Amount(100)

// bench is a provider with a fake solver, on a ledger in memory, in a synctest
// bubble.
type bench struct {
	*provider.Provider
	t       *testing.T
	bank    *memory.Bank
	ledger  settlement.Ledger
	journal journal.Journal
	market  *fakeMarket
	config  provider.Config
	nonce   uint64
	stop    func()
}

func newBench(t *testing.T, edits ...func(*provider.Config)) *bench {
	b := &bench{t: t, bank: memory.New(memory.Config{ChainID: 1, Start: 1000}), journal: journalmemory.New(), market: newFakeMarket()}
	b.fund(creatorKey, 1000*lilypad.LILY)
	b.fund(providerKey, 3*stake)
	b.ledger = b.bank.Ledger(providerKey.Address())
	x := noop.New(noop.Config{})
	b.config = provider.Config{
		Key: providerKey, Ledger: b.ledger, Journal: b.journal, Store: storagememory.New(), Market: b.market,
		Fleet:   fleetOf(t, x, lilypad.Resources{CPUMilli: 1000}),
		Modules: fakeModules{lilypad.Spec{Engine: lilypad.EngineNoop, Args: []string{"print:moo"}}}, Allower: fakePolicy{}, Admitter: fakePolicy{},
		Offer: lilypad.Offer{Slots: 1, Queue: 16, Price: standing, MaxStake: 2 * stake, MaxTimeout: 600, Capacity: lilypad.Resources{CPUMilli: 1000}},
		Dir:   t.TempDir(), Logger: slog.New(slog.DiscardHandler), Windows: api.Windows{Judge: 10, Reveal: 10, Mediate: 10},
	}
	for _, edit := range edits {
		edit(&b.config)
	}
	b.start()
	t.Cleanup(func() { b.stop(); _ = x.Close() })
	return b
}

// fleetOf is one machine with a slot.
func fleetOf(t *testing.T, x execution.Executor, capacity lilypad.Resources) *fleet.Fleet {
	t.Helper()
	f, err := fleet.New([]fleet.Machine{{
		Offer:     lilypad.Machine{Slots: 1, Capacity: capacity, Engines: []lilypad.Engine{lilypad.EngineNoop}},
		Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineNoop: x},
	}}, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (b *bench) start() {
	ctx, cancel := context.WithCancel(context.Background())
	p, err := provider.New(ctx, b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Provider = p
	done := make(chan struct{})
	go func() { defer close(done); _ = p.Run(ctx) }()
	b.stop = func() { cancel(); <-done }
	synctest.Wait()
}

func (b *bench) fund(k *wallet.Key, amount lilypad.Amount) {
	if err := b.bank.Mint(k.Address(), amount); err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.bank.Ledger(k.Address()).Deposit(b.t.Context(), amount); err != nil {
		b.t.Fatal(err)
	}
}

// job is a proposal to the provider, changed by edits before it is signed.
func (b *bench) job(edits ...func(*api.Job)) api.Job {
	b.t.Helper()
	b.nonce++
	inputs, err := bundle.PutInputs(b.t.Context(), b.market.Store, []byte("template"), nil, lilypad.ContentID{})
	if err != nil {
		b.t.Fatal(err)
	}
	j := api.Job{Phase: api.PhaseProposed, Provider: providerKey.Address(), Price: standing}
	p := &j.Posting
	p.Module = lilypad.Module{Name: "cowsay"}
	p.Work = lilypad.Work{Inputs: inputs, Needs: lilypad.Needs{Engine: lilypad.EngineNoop, Timeout: 60}}
	p.Panel = lilypad.Panel{Mediators: []lilypad.Address{{1}, {2}, {3}}, Drawn: 3, Agree: 2}
	p.Offer.Body = lilypad.JobOffer{
		Creator: creatorKey.Address(), Judge: creatorKey.Address(), Solver: solverKey.Address(),
		MaxPrice: 1000, CreatorStake: 600, ProviderStake: stake, LatePenalty: 100, MediationFee: 600, SolverFee: 10,
		SubmitFor: 600, JudgeFor: 600, RevealFor: 600, MediateFor: 600, Nonce: b.nonce, Expiry: 1_000_000,
		SeedHash: lilypad.SeedHash(creatorKey.Seed([]byte{byte(b.nonce)}), creatorKey.Address()),
	}
	for _, edit := range edits {
		edit(&j)
	}
	p.Work.Module = p.Module.ID()
	p.Offer.Body.Work, p.Offer.Body.Panel = p.Work.Hash(), p.Panel.Hash()
	if p.Offer, err = wallet.Sign(b.t.Context(), creatorKey, b.ledger.Domain(), p.Offer.Body); err != nil {
		b.t.Fatal(err)
	}
	j.ID = p.ID()
	return j
}

// propose tells the provider of jobs, all at once.
func (b *bench) propose(jobs ...api.Job) {
	b.market.mu.Lock()
	for _, j := range jobs {
		b.market.jobs[j.ID] = j
	}
	b.market.mu.Unlock()
	for _, j := range jobs {
		b.market.events <- api.Changed(j.ID)
	}
	synctest.Wait()
}

// answer is the last one to a job.
func (b *bench) answer(id lilypad.JobID) api.Answer {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	as := b.market.answers[id]
	if len(as) == 0 {
		return api.Answer{}
	}
	return as[len(as)-1]
}

// deals are the distinct deals that were signed for a job.
func (b *bench) deals(id lilypad.JobID) (ids []lilypad.DealID) {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	for _, a := range b.market.answers[id] {
		if a.Deal != nil && !slices.Contains(ids, a.Deal.Body.ID()) {
			ids = append(ids, a.Deal.Body.ID())
		}
	}
	return ids
}

// open locks the money of an answered job.
func (b *bench) open(j api.Job) settlement.Terms {
	b.t.Helper()
	a := b.answer(j.ID)
	if a.Deal == nil {
		b.t.Fatalf("the provider did not take the job: %s", a.Reason)
	}
	terms := settlement.Terms{Offer: j.Posting.Offer, Deal: *a.Deal}
	_, skips, err := b.bank.Ledger(solverKey.Address()).Open(b.t.Context(), []settlement.Terms{terms})
	if err != nil || len(skips) > 0 {
		b.t.Fatal(err, skips)
	}
	synctest.Wait()
	return terms
}

func (b *bench) status(j api.Job) settlement.Status {
	s, err := b.ledger.Status(b.t.Context(), j.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

func (b *bench) delivered(j api.Job) int {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	return b.market.deliveries[j.ID]
}

// runLate moves block time to where the provider must claim by itself.
func (b *bench) runLate(j api.Job) {
	b.t.Helper()
	if s := b.status(j); s.State == lilypad.StateOpen {
		b.bank.Advance(s.Deadline - settlement.SubmitMargin(j.Posting.Offer.Body))
	}
	synctest.Wait()
}
