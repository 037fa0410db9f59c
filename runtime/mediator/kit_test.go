package mediator_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	journalmemory "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/mediator"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// fakeMarket is a solver that may lie.
type fakeMarket struct {
	storage.Store
	mu       sync.Mutex // guards what follows
	told     api.Recipient
	job      api.Job
	err      error
	opinions []api.Opinion
	asked    int
}

func (f *fakeMarket) Judge(_ context.Context, _ lilypad.JobID, o api.Opinion) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.opinions = append(f.opinions, o)
	return nil
}

func (f *fakeMarket) PutRecipient(_ context.Context, r api.Recipient) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told = r
	return nil
}

func (f *fakeMarket) Job(context.Context, lilypad.JobID) (api.Job, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	return f.job, f.err
}

func (f *fakeMarket) Follow(ctx context.Context, _ *slog.Logger, _ func(api.Event)) error {
	<-ctx.Done()
	return nil
}

// fakeModules renders every template to the same spec.
type fakeModules struct{}

func (fakeModules) Verify(context.Context, lilypad.Module, []byte) error { return nil }
func (fakeModules) Render([]byte, map[string]string, lilypad.Engine, lilypad.Module) (lilypad.Spec, error) {
	return lilypad.Spec{Engine: lilypad.EngineNoop, Args: []string{"print:moo"}}, nil
}

// fakePolicies knows one scheme: run once, then compare with the claim.
type fakePolicies struct{}

func (fakePolicies) Scheme(context.Context, lilypad.PluginID) (cases.Scheme, error) {
	return fakeScheme{}, nil
}

func (fakePolicies) Comparator(context.Context, lilypad.PluginID) (cases.Comparator, error) {
	return nil, nil // the scheme never compares
}

type fakeScheme struct{}

func (f fakeScheme) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	input, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		return nil, nil, nil, err
	}
	output, err := f.Replay(ctx, input)
	return f.decide(in.Cases[0]), input, output, err
}

func (f fakeScheme) Replay(_ context.Context, input []byte) ([]byte, error) {
	in, err := hostapi.DecodeMediateInput(input)
	if err != nil {
		return nil, err
	}
	return json.Marshal(f.decide(in.Cases[0]))
}

func (fakeScheme) decide(c hostapi.Case) []hostapi.Action {
	var claim, own *hostapi.Result
	for _, e := range c.Events {
		switch {
		case e.Result != nil && e.Result.Re == hostapi.None:
			claim = e.Result
		case e.Result != nil:
			own = e.Result
		}
	}
	outcome := hostapi.OutcomeUpheld
	switch {
	case own == nil:
		return []hostapi.Action{{Kind: hostapi.ActionKindExecute, Key: 1}}
	case claim == nil || claim.Content != own.Content:
		outcome = hostapi.OutcomeFraud
	case claim.At > c.Challenged.V:
		outcome = hostapi.OutcomeLate
	}
	return []hostapi.Action{{Kind: hostapi.ActionKindVerdict, Outcome: outcome}}
}

var (
	solverKey   = settlementtest.Key("solver")
	creatorKey  = settlementtest.Key("creator")
	providerKey = settlementtest.Key("provider")
)

// bench is a mediator and a deal that it will be drawn for, in a synctest
// bubble.
type bench struct {
	*mediator.Mediator
	t       *testing.T
	bank    *memory.Bank
	members []*wallet.Key
	market  *fakeMarket
	config  mediator.Config
	disk    uint32         // that the job needs, in MB
	sealed  []lilypad.Hash // whom the result of a private job is sealed to
	own     storage.Store  // what only the parties of a private job have
	stop    func()

	terms settlement.Terms
	facts settlement.Facts
	dealt api.Job // as an honest solver tells it
}

// newBench draws three of five mediators; the one under test is drawn or not.
func newBench(t *testing.T, drawn bool, edits ...func(*bench)) *bench {
	b := &bench{t: t, bank: memory.New(memory.Config{ChainID: 1, Start: 1000}), market: &fakeMarket{Store: storagememory.New()}}
	for _, name := range []string{"m1", "m2", "m3", "m4", "m5"} {
		b.members = append(b.members, settlementtest.Key(name))
	}
	slices.SortFunc(b.members, func(x, y *wallet.Key) int { a, b := x.Address(), y.Address(); return slices.Compare(a[:], b[:]) })
	for _, k := range []*wallet.Key{creatorKey, providerKey} {
		if err := b.bank.Mint(k.Address(), lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		if _, err := b.bank.Ledger(k.Address()).Deposit(t.Context(), lilypad.LILY); err != nil {
			t.Fatal(err)
		}
	}
	for _, edit := range edits {
		edit(b)
	}
	b.deal()
	seats := b.dealt.Drawn()
	i := slices.IndexFunc(b.members, func(k *wallet.Key) bool { return slices.Contains(seats, k.Address()) == drawn })
	ledger := b.bank.Ledger(b.members[i].Address())
	x := noop.New(noop.Config{})
	machines, err := fleet.New([]fleet.Machine{{
		Offer:     lilypad.Machine{Slots: 1, Engines: []lilypad.Engine{lilypad.EngineNoop}, Capacity: lilypad.Resources{DiskMB: 10_000}},
		Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineNoop: x},
	}}, "")
	if err != nil {
		t.Fatal(err)
	}
	b.config = mediator.Config{
		Key: b.members[i], Ledger: ledger, Journal: journalmemory.New(), Store: storagememory.New(), Market: b.market, Modules: fakeModules{}, Policies: fakePolicies{},
		Fleet: machines, Dir: t.TempDir(), Logger: slog.New(slog.DiscardHandler),
	}
	b.start()
	t.Cleanup(func() { b.stop(); _ = x.Close() })
	return b
}

func (b *bench) start() {
	ctx, cancel := context.WithCancel(context.Background())
	m, err := mediator.New(ctx, b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Mediator = m
	done := make(chan struct{})
	go func() { defer close(done); _ = m.Run(ctx) }()
	b.stop = func() { cancel(); <-done }
	synctest.Wait()
}

// deal opens a deal and makes its honest result.
func (b *bench) deal() {
	t := b.t
	domain := b.bank.Ledger(lilypad.Address{}).Domain()
	inputs, err := bundle.PutInputs(t.Context(), b.open(), nil, nil, lilypad.ContentID{})
	if err != nil {
		t.Fatal(err)
	}
	p := api.Posting{Module: lilypad.Module{Name: "cowsay"}, Panel: lilypad.Panel{Drawn: 3, Agree: 2}}
	if b.own != nil {
		p.Sealed = b.seal([]lilypad.Hash{inputsKey.Recipient()}, inputs)
	}
	for _, k := range b.members {
		p.Panel.Mediators = append(p.Panel.Mediators, k.Address())
	}
	p.Work = lilypad.Work{Module: p.Module.ID(), Inputs: inputs, Needs: lilypad.Needs{Engine: lilypad.EngineNoop, Timeout: 60, Resources: lilypad.Resources{DiskMB: b.disk}}}
	if b.own != nil {
		p.Work.ResultKey = resultKey.Recipient()
	}
	b.facts.CreatorSeed = creatorKey.Seed([]byte("seed"))
	if p.Offer, err = wallet.Sign(t.Context(), creatorKey, domain, lilypad.JobOffer{
		Creator: creatorKey.Address(), Judge: creatorKey.Address(), Solver: solverKey.Address(), Work: p.Work.Hash(), Panel: p.Panel.Hash(),
		SeedHash: lilypad.SeedHash(b.facts.CreatorSeed, creatorKey.Address()), MaxPrice: 1000, CreatorStake: 600, ProviderStake: 1200, LatePenalty: 100,
		MediationFee: 600, SolverFee: 10, SubmitFor: 600, JudgeFor: 600, RevealFor: 600, MediateFor: 600, Expiry: 1_000_000,
	}); err != nil {
		t.Fatal(err)
	}
	b.facts.ProviderSeed = providerKey.Seed([]byte("seed"))
	d, err := wallet.Sign(t.Context(), providerKey, domain, lilypad.Deal{
		Job: p.ID(), Provider: providerKey.Address(), Price: 100, SeedHash: lilypad.SeedHash(b.facts.ProviderSeed, providerKey.Address()), Expiry: 1_000_000,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.terms = settlement.Terms{Offer: p.Offer, Deal: d}
	b.dealt = api.Job{ID: p.ID(), Phase: api.PhaseMediation, Posting: p, Deal: &d, Provider: providerKey.Address(), Price: 100, Facts: b.facts}
	b.claim("moo\n")
	if _, skips, err := b.bank.Ledger(solverKey.Address()).Open(t.Context(), []settlement.Terms{b.terms}); err != nil || len(skips) > 0 {
		t.Fatal(err, skips)
	}
}

// claim makes the provider's result, delivered at once. What the edits make of
// its outputs is what the provider signs.
func (b *bench) claim(stdout string, edits ...func(*lilypad.Outputs)) {
	plain := []storage.Entry{storage.Bytes("stdout", []byte(stdout)), storage.Bytes("exitCode", []byte("0"))}
	id, _, err := storage.PutFiles(b.t.Context(), b.open(), plain)
	if err != nil {
		b.t.Fatal(err)
	}
	blob, size, err := storage.PutFiles(b.t.Context(), b.open(), append(plain, storage.Bytes("stderr", nil)))
	if err != nil {
		b.t.Fatal(err)
	}
	out := lilypad.Outputs{Plain: id, Blob: blob, Size: size, Status: lilypad.StatusSucceeded}
	for _, edit := range edits {
		edit(&out)
	}
	var sealed lilypad.ContentID
	if b.own != nil {
		sealed = b.seal(b.sealed, blob, id)
	}
	b.facts.Result = out.Hash()
	signed, err := wallet.Sign(b.t.Context(), providerKey, b.bank.Ledger(lilypad.Address{}).Domain(), lilypad.Result{Deal: b.terms.Deal.Body.ID(), Result: out.Hash()})
	if err != nil {
		b.t.Fatal(err)
	}
	b.dealt.Facts.Result, b.dealt.Delivery = out.Hash(), &api.Delivery{Result: signed, Outputs: out, Sealed: sealed, At: 1001}
}

// open is where the trees lie that are not sealed.
func (b *bench) open() storage.Store {
	if b.own != nil {
		return b.own
	}
	return b.market.Store
}

// dealtDeadline is until when mediators may decide.
func (b *bench) dealtDeadline() lilypad.Time {
	s, err := b.config.Ledger.Status(b.t.Context(), b.dealt.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return s.Deadline
}

// tell sets what the solver answers: the truth, changed by a lie.
func (b *bench) tell(lie func(*api.Job)) {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	b.market.job, b.market.err = b.dealt, nil
	if lie != nil {
		lie(&b.market.job)
	}
}

// lag makes the solver know nothing of the case yet.
func (b *bench) lag() {
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	b.market.err = lilypad.Errorf(lilypad.Unauthorized, "no party of the job")
}

// dispute takes the deal to drawn mediators.
func (b *bench) dispute() {
	b.claimOnChain()
	b.challenge()
	b.reveal()
}

func (b *bench) claimOnChain() {
	if _, err := b.bank.Ledger(providerKey.Address()).Submit(b.t.Context(), b.terms, b.dealt.Delivery.Result); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) challenge() {
	if _, err := b.bank.Ledger(creatorKey.Address()).Challenge(b.t.Context(), b.terms, b.facts.Result, b.facts.CreatorSeed); err != nil {
		b.t.Fatal(err)
	}
	synctest.Wait()
}

func (b *bench) reveal() {
	if _, err := b.bank.Ledger(providerKey.Address()).Reveal(b.t.Context(), b.terms, b.facts.At(lilypad.StateChallenged), b.facts.ProviderSeed); err != nil {
		b.t.Fatal(err)
	}
	synctest.Wait()
}

// opinions are the distinct verdicts that were handed in.
func (b *bench) opinions() (out []api.Opinion) {
	synctest.Wait()
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	for _, o := range b.market.opinions {
		if !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	return out
}
