package creator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/creator"
	journalmemory "github.com/lilypad-network/lilypad/runtime/journal/memory"
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
	mu       sync.Mutex // guards what follows
	keys     map[lilypad.Address]api.Recipient
	net      api.Network
	jobs     map[lilypad.JobID]api.Job
	order    []lilypad.JobID // as first posted
	posts    map[lilypad.JobID]int
	receipts map[lilypad.JobID]lilypad.Signed[lilypad.Receipt]
	events   chan api.Event
	lags     int           // so many posts come before its node has seen an approval
	slow     time.Duration // how long it takes to tell the network
	grips    bool          // it lets nobody withdraw
}

func (f *fakeMarket) Network(context.Context) (api.Network, error) {
	time.Sleep(f.slow)
	return f.net, nil
}

func (f *fakeMarket) Post(_ context.Context, p api.Posting) (api.Job, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lags--; f.lags >= 0 {
		return api.Job{}, wallet.VerifyOffer(context.Background(), unapproved{}, f.net.Domain, p.Offer)
	}
	id := p.ID()
	if f.posts[id]++; f.posts[id] == 1 {
		f.order = append(f.order, id)
		f.jobs[id] = api.Job{ID: id, Phase: api.PhaseWaiting, Posting: p}
	}
	return f.jobs[id], nil
}

// unapproved is a node that has seen nothing yet.
type unapproved struct{}

func (unapproved) Status(context.Context, lilypad.JobID) (settlement.Status, error) {
	return settlement.Status{}, nil
}

func (f *fakeMarket) Withdraw(_ context.Context, id lilypad.JobID) (api.Job, error) {
	if f.grips {
		return api.Job{}, lilypad.Errorf(lilypad.Conflict, "job %s is on its way to the chain", id)
	}
	f.edit(id, func(j *api.Job) { j.Phase, j.Reason = api.PhaseWithdrawn, "withdrawn by its creator" })
	return f.Job(context.Background(), id)
}

func (f *fakeMarket) Accept(_ context.Context, id lilypad.JobID, r lilypad.Signed[lilypad.Receipt]) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.receipts[id] = r
	return nil
}

func (f *fakeMarket) Ask(_ context.Context, id lilypad.JobID, q api.Question) error {
	f.edit(id, func(j *api.Job) { j.Question, j.Reply = &q, nil })
	return nil
}

func (f *fakeMarket) Prove(_ context.Context, id lilypad.JobID, proof lilypad.ContentID) error {
	f.edit(id, func(j *api.Job) { j.Proof = proof })
	return nil
}

func (f *fakeMarket) Recipient(_ context.Context, of lilypad.Address) (api.Recipient, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	r, ok := f.keys[of]
	if !ok {
		return r, lilypad.Errorf(lilypad.NotFound, "%s has told no key", of)
	}
	return r, nil
}

func (f *fakeMarket) Grant(_ context.Context, id lilypad.JobID, g api.Grant) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	j := f.jobs[id]
	g.From = creatorKey.Address()
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
func (f *fakeMarket) Why(context.Context, lilypad.JobID) (api.Why, error) { return api.Why{}, nil }
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

func (f *fakeMarket) edit(id lilypad.JobID, fn func(*api.Job)) {
	f.mu.Lock()
	j := f.jobs[id]
	fn(&j)
	f.jobs[id] = j
	f.mu.Unlock()
	f.events <- api.Changed(id)
}

// fakeModules knows one module.
type fakeModules struct{}

func (fakeModules) Resolve(_ context.Context, ref string) (lilypad.Module, []byte, error) {
	if ref != "cowsay:v1" {
		return lilypad.Module{}, nil, lilypad.Errorf(lilypad.NotFound, "no module %s", ref)
	}
	return lilypad.Module{Name: "cowsay", Tag: "v1"}, []byte("template"), nil
}

func (fakeModules) Verify(context.Context, lilypad.Module, []byte) error { return nil }

func (fakeModules) Render(_ []byte, params map[string]string, _ lilypad.Engine, _ lilypad.Module) (lilypad.Spec, []string, error) {
	s := lilypad.Spec{Engine: lilypad.EngineNoop, Timeout: 60}
	if name := params["needs"]; name != "" {
		s.Inputs = []lilypad.InputFile{{Path: name, Required: true}}
	}
	if disk, err := strconv.ParseUint(params["disk"], 10, 32); err == nil {
		s.Resources.DiskMB = uint32(disk)
	}
	if scheme := params["advice"]; scheme != "" {
		s.Verification = lilypad.Verification{Scheme: scheme, AuditBPS: 4000, Comparator: "loose"}
	}
	return s, nil, nil
}

// fakeAllower allows all but one creator's choice.
type fakeAllower struct{ denied bool }

func (f fakeAllower) Allow(context.Context, lilypad.Module, lilypad.Needs) error {
	if f.denied {
		return lilypad.Errorf(lilypad.Unauthorized, "module is denied")
	}
	return nil
}

// fakePolicies has schemes that are Go functions; the comparator is exact.
type fakePolicies map[string]fakeScheme

func (f fakePolicies) Scheme(_ context.Context, ref string) (creator.Scheme, error) {
	for name, s := range f {
		id := lilypad.PluginID(lilypad.Keccak256([]byte(name)))
		if ref == name || ref == id.String() {
			return creator.Scheme{Scheme: s, ID: id, Name: name, Deters: strings.HasSuffix(name, "deters"), Reason: func(uint16, uint64, uint64) string { return "" }}, nil
		}
	}
	return creator.Scheme{}, lilypad.Errorf(lilypad.NotFound, "no scheme %s", ref)
}

func (fakePolicies) Comparator(context.Context, string) (creator.Comparator, error) {
	return creator.Comparator{Comparator: exact{}, ID: lilypad.PluginID{1}}, nil
}

type exact struct{}

func (exact) Compare(_ context.Context, _ lilypad.Time, a, b lilypad.ContentID, _ []lilypad.Param) (hostapi.Comparison, error) {
	if a == b {
		return hostapi.Comparison{Sameness: hostapi.SamenessEqual}, nil
	}
	return hostapi.Comparison{Sameness: hostapi.SamenessDifferent}, nil
}

// fakeScheme decides by a function of the case.
type fakeScheme func(c hostapi.Case) ([]hostapi.Action, error)

func (f fakeScheme) Decide(_ context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	input, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		return nil, nil, nil, err
	}
	actions, err := f(in.Cases[0])
	output, _ := json.Marshal(actions)
	return actions, input, output, err
}
func (fakeScheme) Replay(context.Context, []byte) ([]byte, error) { return nil, nil }

func always(a hostapi.Action) fakeScheme {
	return func(hostapi.Case) ([]hostapi.Action, error) { return []hostapi.Action{a}, nil }
}

var (
	upheld = hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeUpheld}
	fraud  = hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeFraud}
	doubt  = hostapi.Action{Kind: hostapi.ActionKindDraw}
)

// vote orders two replicas and believes what most of the three say.
func vote(c hostapi.Case) ([]hostapi.Action, error) {
	var first hostapi.Bytes32
	same, all := 0, 0
	for _, e := range c.Events {
		if e.Result == nil {
			continue
		}
		if e.Result.Re == hostapi.None {
			first = e.Result.Content
		}
		all++
	}
	for _, e := range c.Events {
		if e.Result != nil && e.Result.Content == first {
			same++
		}
	}
	switch {
	case all < 3:
		return []hostapi.Action{{Kind: hostapi.ActionKindExecute, Key: 1, Place: hostapi.PlaceAny}, {Kind: hostapi.ActionKindExecute, Key: 2, Place: hostapi.PlaceAny}}, nil
	case same >= 2:
		return []hostapi.Action{upheld}, nil
	}
	return []hostapi.Action{fraud}, nil
}

var (
	solverKey  = settlementtest.Key("solver")
	creatorKey = settlementtest.Key("creator")
	provider   = []*wallet.Key{settlementtest.Key("p0"), settlementtest.Key("p1"), settlementtest.Key("p2")}
	mediators  = []*wallet.Key{settlementtest.Key("m0"), settlementtest.Key("m1"), settlementtest.Key("m2")}
)

// bench is a creator with a fake solver on a ledger in memory, in a synctest
// bubble.
type bench struct {
	*creator.Creator
	t      *testing.T
	bank   *memory.Bank
	market *fakeMarket
	config creator.Config
	stop   func()
}

func newBench(t *testing.T, schemes fakePolicies) *bench {
	return newBenchOn(t, memory.Config{ChainID: 1, Start: 1000}, schemes)
}

func newBenchOn(t *testing.T, bank memory.Config, schemes fakePolicies) *bench {
	b := &bench{t: t, bank: memory.New(bank)}
	panel := lilypad.Panel{Drawn: 3, Agree: 2}
	for _, k := range mediators {
		panel.Mediators = append(panel.Mediators, k.Address())
	}
	slices.SortFunc(panel.Mediators, func(a, b lilypad.Address) int { return bytes.Compare(a[:], b[:]) })
	for _, k := range append(slices.Clone(provider), creatorKey) {
		if err := b.bank.Mint(k.Address(), lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		if _, err := b.bank.Ledger(k.Address()).Deposit(t.Context(), lilypad.LILY); err != nil {
			t.Fatal(err)
		}
	}
	ledger := b.bank.Ledger(creatorKey.Address())
	b.market = &fakeMarket{
		Store: storagememory.New(), jobs: map[lilypad.JobID]api.Job{}, keys: map[lilypad.Address]api.Recipient{}, posts: map[lilypad.JobID]int{},
		receipts: map[lilypad.JobID]lilypad.Signed[lilypad.Receipt]{}, events: make(chan api.Event, 100),
		net: api.Network{
			Domain: ledger.Domain(), Solver: solverKey.Address(), Fee: 10, Panel: panel,
			Windows: api.Windows{Submit: 600, Judge: 600, Reveal: 600, Mediate: 600},
		},
	}
	for i, k := range provider {
		b.market.net.Offers = append(b.market.net.Offers, lilypad.Offer{
			Provider: k.Address(), Operator: k.Address(), Engines: []lilypad.Engine{lilypad.EngineNoop}, Slots: 1, Price: lilypad.Amount(100 + 10*i),
			MaxTimeout: 600, MaxStake: lilypad.MaxAmount,
		})
	}
	b.config = creator.Config{
		Key: creatorKey, Ledger: ledger, Journal: journalmemory.New(), Store: storagememory.New(), Market: b.market, Modules: fakeModules{},
		Allower: fakeAllower{}, Policies: schemes, Logger: slog.New(slog.DiscardHandler), DoubtAfter: 10 * time.Second,
		Terms: creator.Terms{MaxPrice: 1000, CreatorStake: 600, ProviderStake: 3000, LatePenalty: 100, MediationFee: 600, Expiry: 100_000},
	}
	b.config.Network = b.market.net
	b.start()
	t.Cleanup(func() { b.stop() })
	return b
}

func (b *bench) start() {
	ctx, cancel := context.WithCancel(context.Background())
	c, err := creator.New(ctx, b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Creator = c
	done := make(chan struct{})
	go func() { defer close(done); _ = c.Run(ctx) }()
	b.stop = func() { cancel(); <-done }
	synctest.Wait()
}

// order orders a job by a scheme.
func (b *bench) order(scheme string, edits ...func(*api.Order)) lilypad.JobID {
	b.t.Helper()
	o := api.Order{Module: "cowsay:v1", Scheme: scheme}
	for _, edit := range edits {
		edit(&o)
	}
	r, err := b.Order(b.t.Context(), o)
	if err != nil {
		b.t.Fatal(err)
	}
	synctest.Wait()
	return r.Job
}

func (b *bench) signDeal(id lilypad.JobID, k *wallet.Key) lilypad.Signed[lilypad.Deal] {
	d, err := wallet.Sign(b.t.Context(), k, b.config.Ledger.Domain(), lilypad.Deal{
		Job: id, Provider: k.Address(), Price: 100, SeedHash: lilypad.SeedHash(k.Seed(id[:]), k.Address()), Expiry: 1_000_000,
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return d
}

// open makes a deal of a posted job, with the chain and then the solver telling.
func (b *bench) open(id lilypad.JobID, k *wallet.Key) settlement.Terms {
	b.t.Helper()
	terms := b.openOnChain(id, k)
	b.market.edit(id, func(j *api.Job) { j.Phase, j.Deal, j.Provider = api.PhaseRunning, &terms.Deal, k.Address() })
	synctest.Wait()
	return terms
}

// openOnChain makes a deal of a posted job of which the solver says nothing.
func (b *bench) openOnChain(id lilypad.JobID, k *wallet.Key) settlement.Terms {
	b.t.Helper()
	j, err := b.market.Job(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	d := b.signDeal(id, k)
	terms := settlement.Terms{Offer: j.Posting.Offer, Deal: d}
	if _, skips, err := b.bank.Ledger(solverKey.Address()).Open(b.t.Context(), []settlement.Terms{terms}); err != nil || len(skips) > 0 {
		b.t.Fatal(err, skips)
	}
	synctest.Wait()
	return terms
}

// result makes a signed delivery; its bytes go to the solver unless withheld.
func (b *bench) result(t settlement.Terms, k *wallet.Key, stdout string, withheld bool) api.Delivery {
	var store storage.Store = b.market.Store
	if withheld {
		store = storagememory.New()
	}
	plain := []storage.Entry{storage.Bytes("stdout", []byte(stdout)), storage.Bytes("exitCode", []byte("0"))}
	id, _, err := storage.PutFiles(b.t.Context(), store, plain)
	if err != nil {
		b.t.Fatal(err)
	}
	blob, size, err := storage.PutFiles(b.t.Context(), store, append(plain, storage.Bytes("stderr", []byte(k.Address().String()))))
	if err != nil {
		b.t.Fatal(err)
	}
	return b.sign(t, k, lilypad.Outputs{Plain: id, Blob: blob, Size: size, Status: lilypad.StatusSucceeded})
}

func (b *bench) sign(t settlement.Terms, k *wallet.Key, out lilypad.Outputs) api.Delivery {
	signed, err := wallet.Sign(b.t.Context(), k, b.config.Ledger.Domain(), lilypad.Result{Deal: t.Deal.Body.ID(), Result: out.Hash()})
	if err != nil {
		b.t.Fatal(err)
	}
	return api.Delivery{Result: signed, Outputs: out}
}

func (b *bench) deliver(id lilypad.JobID, d api.Delivery) {
	b.market.edit(id, func(j *api.Job) { j.Phase, j.Delivery = api.PhaseDelivered, &d })
	synctest.Wait()
}

// serve opens and delivers a job.
func (b *bench) serve(id lilypad.JobID, k *wallet.Key, stdout string) settlement.Terms {
	b.t.Helper()
	t := b.open(id, k)
	b.deliver(id, b.result(t, k, stdout, false))
	return t
}

// pay settles a job by its receipt.
func (b *bench) pay(id lilypad.JobID, t settlement.Terms) {
	b.t.Helper()
	b.market.mu.Lock()
	r, ok := b.market.receipts[id]
	b.market.mu.Unlock()
	if !ok {
		b.t.Fatal("no receipt came")
	}
	_, skips, err := b.bank.Ledger(solverKey.Address()).Settle(b.t.Context(), []settlement.Settlement{{Terms: t, Receipt: r}})
	if err != nil || len(skips) > 0 {
		b.t.Fatal(err, skips)
	}
	b.market.edit(id, func(j *api.Job) { j.Phase = api.PhaseFinal })
	synctest.Wait()
}

func (b *bench) state(id lilypad.JobID) lilypad.State {
	s, err := b.config.Ledger.Status(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return s.State
}

func (b *bench) receipt(id lilypad.JobID) bool {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	_, ok := b.market.receipts[id]
	return ok
}

// replicas are the jobs that were posted after the first.
func (b *bench) replicas() []lilypad.JobID {
	synctest.Wait()
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	return slices.Clone(b.market.order[1:])
}

// target is the provider that a replica is for.
func (b *bench) target(id lilypad.JobID) *wallet.Key {
	j, _ := b.market.Job(b.t.Context(), id)
	i := slices.IndexFunc(provider, func(k *wallet.Key) bool { return k.Address() == j.Posting.Offer.Body.Target })
	if i < 0 {
		b.t.Fatalf("replica is for %s, who is no provider", j.Posting.Offer.Body.Target)
	}
	return provider[i]
}

var _ cases.Comparator = exact{}
