package solver_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/journal"
	journalmemory "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/solver"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// fakeRanker prefers the cheapest and refuses by name.
type fakeRanker struct {
	mu      sync.Mutex // guards what follows
	refused map[lilypad.Address]string
	saw     [][]hostapi.Offer
}

func (f *fakeRanker) MatchStored(_ context.Context, _ lilypad.Time, _ hostapi.Job, items [][]byte) ([]hostapi.Score, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	offers, out := make([]hostapi.Offer, len(items)), make([]hostapi.Score, len(items))
	for i := range items {
		var err error
		if offers[i], err = hostapi.DecodeOffer(items[i]); err != nil {
			return nil, err
		}
		out[i] = hostapi.Score{Decision: hostapi.DecisionRank, Score: -int64(offers[i].Price)}
		if f.refused[lilypad.Address(offers[i].Provider)] != "" {
			out[i] = hostapi.Score{Decision: hostapi.DecisionRefuse, Reason: uint16(offers[i].Provider[0])}
		}
	}
	f.saw = append(f.saw, offers)
	return out, nil
}

// Reason is of the provider whose address begins with the reason's number.
func (f *fakeRanker) Reason(s hostapi.Score) string {
	for who, why := range f.refused {
		if uint16(who[0]) == s.Reason {
			return why
		}
	}
	return ""
}

// fakeAllower denies modules by name.
type fakeAllower map[string]bool

func (f fakeAllower) Allow(_ context.Context, m lilypad.Module, _ lilypad.Needs) error {
	if f[m.Name] {
		return lilypad.Errorf(lilypad.Unauthorized, "module %s is denied", m.Name)
	}
	return nil
}

// flakyLedger is a ledger whose chain can be cut off.
type flakyLedger struct {
	settlement.Ledger
	cut *atomic.Bool
}

func (l flakyLedger) Account(ctx context.Context, who lilypad.Address) (settlement.Account, error) {
	if l.cut.Load() {
		return settlement.Account{}, lilypad.Errorf(lilypad.Unavailable, "the chain does not answer")
	}
	return l.Ledger.Account(ctx, who)
}

// market is a solver on ledgers, journals and stores in memory. It lives in a
// synctest bubble: call settle to let it come to rest.
type market struct {
	*solver.Solver
	t       *testing.T
	bank    *memory.Bank
	journal journal.Journal
	store   storage.Store
	ranker  *fakeRanker
	config  solver.Config
	creator *wallet.Key
	cut     atomic.Bool
	nonce   uint64
	stop    func()

	mu    sync.Mutex // guards heard
	heard map[lilypad.Address][]api.Event
}

var (
	solverKey  = settlementtest.Key("solver")
	creatorKey = settlementtest.Key("creator")
	mediators  = sortedKeys("m1", "m2", "m3")
	testPanel  = lilypad.Panel{Mediators: addresses(mediators), Drawn: 3, Agree: 2}
	testModule = lilypad.Module{Name: "cowsay", Tag: "v1"}
)

func sortedKeys(names ...string) (ks []*wallet.Key) {
	for _, n := range names {
		ks = append(ks, settlementtest.Key(n))
	}
	slices.SortFunc(ks, func(a, b *wallet.Key) int { x, y := a.Address(), b.Address(); return slices.Compare(x[:], y[:]) })
	return ks
}

func addresses(ks []*wallet.Key) (as []lilypad.Address) {
	for _, k := range ks {
		as = append(as, k.Address())
	}
	return as
}

// providers are keys in ascending order of address.
func providers(n int) []*wallet.Key {
	names := []string{"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"}
	return sortedKeys(names[:n]...)
}

func newMarket(t *testing.T, edits ...func(*solver.Config)) *market {
	m := &market{
		t: t, bank: memory.New(memory.Config{ChainID: 1, Start: 1000}), journal: journalmemory.New(), store: storagememory.New(),
		ranker: &fakeRanker{refused: map[lilypad.Address]string{}}, creator: creatorKey, heard: map[lilypad.Address][]api.Event{},
	}
	m.fund(creatorKey, 1000*lilypad.LILY)
	ledger := m.bank.Ledger(solverKey.Address())
	m.config = solver.Config{
		Network: api.Network{Name: "test", Domain: ledger.Domain(), Solver: solverKey.Address(), Fee: 10, Panel: testPanel},
		Ledger:  flakyLedger{ledger, &m.cut}, Journal: m.journal, Store: m.store, Ranker: m.ranker, Allower: fakeAllower{"denied": true},
		Logger: slog.New(slog.DiscardHandler), AnswerWithin: time.Minute,
	}
	for _, edit := range edits {
		edit(&m.config)
	}
	m.start()
	t.Cleanup(func() { m.stop() })
	return m
}

// start runs a solver on what is stored.
func (m *market) start() {
	ctx, cancel := context.WithCancel(context.Background())
	s, err := solver.New(ctx, m.config)
	if err != nil {
		m.t.Fatal(err)
	}
	m.Solver = s
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Run(ctx) // it returns what ended the ledger's stream
	}()
	m.stop = func() { cancel(); <-done }
}

func (m *market) fund(k *wallet.Key, amount lilypad.Amount) {
	if err := m.bank.Mint(k.Address(), amount); err != nil {
		m.t.Fatal(err)
	}
	if _, err := m.bank.Ledger(k.Address()).Deposit(m.t.Context(), amount); err != nil {
		m.t.Fatal(err)
	}
}

// settle waits until nothing moves without time.
func (m *market) settle() { synctest.Wait() }

// listen keeps what a party hears until the solver or the test ends.
func (m *market) listen(k *wallet.Key) {
	s, ctx := m.Solver, m.t.Context()
	go func() {
		for e := range s.Events(ctx, k.Address()) {
			m.mu.Lock()
			m.heard[k.Address()] = append(m.heard[k.Address()], e)
			m.mu.Unlock()
		}
	}()
	m.settle()
}

func (m *market) hears(k *wallet.Key, id lilypad.JobID) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.heard[k.Address()], func(e api.Event) bool { return e.Job == id })
}

func offerOf(k *wallet.Key, price lilypad.Amount) lilypad.Offer {
	return lilypad.Offer{
		Provider: k.Address(), Operator: k.Address(), Engines: []lilypad.Engine{lilypad.EngineWasm}, Slots: 1, Price: price,
		Capacity: lilypad.Resources{CPUMilli: 4000, RAMMB: 8000, DiskMB: 10_000}, MaxStake: lilypad.MaxAmount, MaxTimeout: 3600,
	}
}

// join funds a provider that listens and puts its offer into the book.
func (m *market) join(k *wallet.Key, price lilypad.Amount, edits ...func(*lilypad.Offer)) {
	m.fund(k, 1000*lilypad.LILY)
	m.listen(k)
	o := offerOf(k, price)
	for _, edit := range edits {
		edit(&o)
	}
	if err := m.PutOffer(m.t.Context(), k.Address(), o); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
}

// posting signs a job, changed by edits before its hashes are taken.
func (m *market) posting(edits ...func(*api.Posting)) api.Posting {
	m.nonce++
	p := api.Posting{Panel: testPanel, Module: testModule, Work: lilypad.Work{
		Needs: lilypad.Needs{Engine: lilypad.EngineWasm, Timeout: 60, Resources: lilypad.Resources{CPUMilli: 1000, RAMMB: 1000}},
	}}
	p.Offer.Body = lilypad.JobOffer{
		Creator: m.creator.Address(), Judge: m.creator.Address(), Solver: solverKey.Address(),
		MaxPrice: 1000, CreatorStake: 600, ProviderStake: 1200, LatePenalty: 100, MediationFee: 600, SolverFee: 10,
		SubmitFor: 600, JudgeFor: 600, RevealFor: 600, MediateFor: 600, Nonce: m.nonce, Expiry: 1_000_000,
	}
	seed := m.creator.Seed([]byte{byte(m.nonce)})
	p.Offer.Body.SeedHash = lilypad.SeedHash(seed, m.creator.Address())
	for _, edit := range edits {
		edit(&p)
	}
	p.Work.Module = p.Module.ID()
	p.Offer.Body.Work, p.Offer.Body.Panel = p.Work.Hash(), p.Panel.Hash()
	return m.signed(p)
}

func (m *market) signed(p api.Posting) api.Posting {
	var err error
	if p.Offer, err = wallet.Sign(m.t.Context(), m.creator, m.config.Network.Domain, p.Offer.Body); err != nil {
		m.t.Fatal(err)
	}
	return p
}

// post puts a job into the book and lets the solver act on it.
func (m *market) post(edits ...func(*api.Posting)) lilypad.JobID {
	m.t.Helper()
	p := m.posting(edits...)
	if _, err := m.Post(m.t.Context(), p.Offer.Body.Creator, p); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
	return p.ID()
}

func (m *market) job(id lilypad.JobID) api.Job {
	m.t.Helper()
	j, err := m.Job(m.t.Context(), creatorKey.Address(), id)
	if err != nil {
		m.t.Fatal(err)
	}
	return j
}

// proposedTo fails the test unless the job waits for that provider's answer.
func (m *market) proposedTo(id lilypad.JobID, k *wallet.Key) {
	m.t.Helper()
	if j := m.job(id); j.Phase != api.PhaseProposed || j.Provider != k.Address() {
		m.t.Fatalf("job is %s at %s, want proposed to %s", j.Phase, j.Provider, k.Address())
	}
}

func providerSeed(k *wallet.Key, id lilypad.JobID) lilypad.Hash { return k.Seed(id[:]) }

// deal signs what a provider answers.
func (m *market) deal(k *wallet.Key, id lilypad.JobID, edits ...func(*lilypad.Deal)) api.Answer {
	d := lilypad.Deal{
		Job: id, Provider: k.Address(), Price: m.job(id).Price, SeedHash: lilypad.SeedHash(providerSeed(k, id), k.Address()), Expiry: 1_000_000,
	}
	for _, edit := range edits {
		edit(&d)
	}
	signed, err := wallet.Sign(m.t.Context(), k, m.config.Network.Domain, d)
	if err != nil {
		m.t.Fatal(err)
	}
	return api.Answer{Deal: &signed}
}

// take answers with a deal and lets the solver open it.
func (m *market) take(k *wallet.Key, id lilypad.JobID) {
	m.t.Helper()
	if err := m.Answer(m.t.Context(), k.Address(), id, m.deal(k, id)); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
}

func (m *market) delivery(k *wallet.Key, id lilypad.JobID, out lilypad.Outputs) api.Delivery {
	if out.Plain.IsZero() { // a folder without files will do
		empty, _, err := storage.PutFiles(m.t.Context(), m.store, nil)
		if err != nil {
			m.t.Fatal(err)
		}
		out.Plain, out.Blob = empty, empty
	}
	signed, err := wallet.Sign(m.t.Context(), k, m.config.Network.Domain, lilypad.Result{Deal: m.job(id).Deal.Body.ID(), Result: out.Hash()})
	if err != nil {
		m.t.Fatal(err)
	}
	return api.Delivery{Result: signed, Outputs: out}
}

func (m *market) receipt(id lilypad.JobID) lilypad.Signed[lilypad.Receipt] {
	j := m.job(id)
	r, err := wallet.Sign(m.t.Context(), m.creator, m.config.Network.Domain, lilypad.Receipt{Deal: j.Deal.Body.ID(), Result: j.Delivery.Result.Body.Result})
	if err != nil {
		m.t.Fatal(err)
	}
	return r
}

// dispute takes a running job to drawn mediators.
func (m *market) dispute(id lilypad.JobID, p *wallet.Key) settlement.Facts {
	return m.disputeBy(id, p, func(string) {})
}

// disputeBy is dispute, which tells what it does next.
func (m *market) disputeBy(id lilypad.JobID, p *wallet.Key, next func(step string)) settlement.Facts {
	m.t.Helper()
	j := m.job(id)
	d := m.delivery(p, id, lilypad.Outputs{Size: 1})
	result := d.Result
	f := settlement.Facts{Result: d.Outputs.Hash(), CreatorSeed: m.creator.Seed([]byte{byte(j.Posting.Offer.Body.Nonce)}), ProviderSeed: providerSeed(p, id)}
	next("submit")
	if _, err := m.bank.Ledger(p.Address()).Submit(m.t.Context(), j.Terms(), result); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
	next("challenge")
	if _, err := m.bank.Ledger(creatorKey.Address()).Challenge(m.t.Context(), j.Terms(), f.Result, f.CreatorSeed); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
	next("draw")
	if _, err := m.bank.Ledger(p.Address()).Reveal(m.t.Context(), j.Terms(), f.At(lilypad.StateChallenged), f.ProviderSeed); err != nil {
		m.t.Fatal(err)
	}
	m.settle()
	return f
}

func (m *market) opinion(k *wallet.Key, v lilypad.Verdict) api.Opinion {
	signed, err := wallet.Sign(m.t.Context(), k, m.config.Network.Domain, v)
	if err != nil {
		m.t.Fatal(err)
	}
	return api.Opinion{Verdict: signed}
}

// decide hands in the verdicts of all drawn mediators.
func (m *market) decide(id lilypad.JobID) {
	m.t.Helper()
	j := m.job(id)
	for _, k := range mediators {
		v := lilypad.Verdict{Deal: j.Deal.Body.ID(), Result: j.Facts.Result, Outcome: lilypad.OutcomeUpheld}
		if err := m.Judge(m.t.Context(), k.Address(), id, m.opinion(k, v)); err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
			m.t.Fatal(err)
		}
	}
	m.settle()
}

// bubble runs a test where time moves only when all wait.
func bubble(t *testing.T, fn func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, fn)
}

func wantCode(t *testing.T, what string, err error, want lilypad.Code) {
	t.Helper()
	if err == nil || lilypad.CodeOf(err) != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}
