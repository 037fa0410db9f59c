package survey_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

var (
	creator  = settlementtest.Key("creator")
	provider = settlementtest.Key("provider")
	solver   = settlementtest.Key("solver")
)

// chain is a ledger in plain Go that remembers what its transactions opened,
// and charges for them.
type chain struct {
	*memory.Ledger
	bank   *memory.Bank
	opened map[lilypad.Hash][]settlement.Terms
	gas    map[lilypad.Hash]uint64
	t      *testing.T
	nonce  uint64
}

func (c *chain) Opened(_ context.Context, tx lilypad.Hash) ([]settlement.Terms, error) {
	return c.opened[tx], nil
}

func (c *chain) Transaction(ctx context.Context, h lilypad.Hash) (settlement.Tx, error) {
	tx, err := c.Ledger.Transaction(ctx, h)
	tx.GasUsed = c.gas[h]
	return tx, err
}

func newChain(t *testing.T) *chain {
	t.Helper()
	bank := memory.New(memory.Config{ChainID: 1, Contract: lilypad.Address{9}, Sink: lilypad.Address{5}, Start: 1000, FinalAfter: 1})
	for _, k := range []*wallet.Key{creator, provider} {
		if err := bank.Mint(k.Address(), 1000*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		if _, err := bank.Ledger(k.Address()).Deposit(t.Context(), 1000*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
	}
	return &chain{Ledger: bank.Ledger(solver.Address()), bank: bank, opened: map[lilypad.Hash][]settlement.Terms{}, gas: map[lilypad.Hash]uint64{}, t: t}
}

// open opens so many deals in one transaction.
func (c *chain) open(n int, gas uint64) (out []settlement.Terms) {
	c.t.Helper()
	for range n {
		c.nonce++
		o := lilypad.JobOffer{
			Creator: creator.Address(), Judge: creator.Address(), Solver: solver.Address(), SeedHash: lilypad.SeedHash(lilypad.Hash{1}, creator.Address()),
			MaxPrice: 2 * lilypad.LILY, CreatorStake: 2 * lilypad.LILY, ProviderStake: 5 * lilypad.LILY, LatePenalty: lilypad.LILY,
			MediationFee: 6 * lilypad.LILY / 5, SolverFee: lilypad.LILY / 2, SubmitFor: 100, JudgeFor: 100, RevealFor: 100, MediateFor: 100,
			Nonce: c.nonce, Expiry: 1 << 30,
		}
		d := lilypad.Deal{Job: o.ID(), Provider: provider.Address(), Price: lilypad.LILY, SeedHash: lilypad.SeedHash(lilypad.Hash{2}, provider.Address()), Expiry: 1 << 30}
		var t settlement.Terms
		var err error
		if t.Offer, err = wallet.Sign(c.t.Context(), creator, c.Domain(), o); err != nil {
			c.t.Fatal(err)
		}
		if t.Deal, err = wallet.SignDeal(c.t.Context(), provider, c.Domain(), d, o); err != nil {
			c.t.Fatal(err)
		}
		out = append(out, t)
	}
	tx, skips, err := c.Open(c.t.Context(), out)
	if err != nil || len(skips) > 0 {
		c.t.Fatal(skips, err)
	}
	c.opened[tx.Hash], c.gas[tx.Hash] = out, gas
	return out
}

func (c *chain) settle(gas uint64, terms ...settlement.Terms) {
	c.t.Helper()
	var list []settlement.Settlement
	for _, t := range terms {
		r, err := wallet.Sign(c.t.Context(), creator, c.Domain(), lilypad.Receipt{Deal: t.Deal.Body.ID(), Result: lilypad.Hash{7}})
		if err != nil {
			c.t.Fatal(err)
		}
		list = append(list, settlement.Settlement{Terms: t, Receipt: r})
	}
	tx, skips, err := c.Settle(c.t.Context(), list)
	if err != nil || len(skips) > 0 {
		c.t.Fatal(skips, err)
	}
	c.gas[tx.Hash] = gas
}

func TestTracker_Read(t *testing.T) {
	c := newChain(t)
	batch := c.open(3, 300)
	single := c.open(1, 200)
	c.settle(90, batch[:2]...)
	_, err := c.Expire(t.Context(), single[0], settlement.Facts{})
	if lilypad.CodeOf(err) != lilypad.Conflict {
		t.Fatalf("expired before the deadline: %v", err)
	}
	c.bank.Advance(2000)
	tx, err := c.Expire(t.Context(), single[0], settlement.Facts{})
	if err != nil {
		t.Fatal(err)
	}
	c.gas[tx.Hash] = 50

	tracker := survey.NewTracker(c, 0)
	told := false
	if err := tracker.Read(t.Context(), func(done, of uint64) { told = done <= of }); err != nil {
		t.Fatal(err)
	}
	got := tracker.Stats()
	want := survey.Stats{
		From: got.From, Head: got.Head, Opened: 4, Ended: 3, Final: 2, Ends: map[string]uint64{"paid": 2, "expired": 1},
		GasPerJob: (100 + 45 + 100 + 45 + 200 + 50) / 3,
		Opens:     survey.Batches{Transactions: 2, Jobs: 4, Mean: 2, Largest: 3, GasPerJob: 125},
		Settles:   survey.Batches{Transactions: 1, Jobs: 2, Mean: 2, Largest: 2, GasPerJob: 45},
		Live:      1, Locked: 8 * lilypad.LILY, Exits: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" || !told {
		t.Errorf("progress told: %v\n%s", told, diff)
	}

	c.opened = nil // as when another contract opened them
	tracker = survey.NewTracker(c, 0)
	if err := tracker.Read(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if s := tracker.Stats(); s.Untold != 1 || s.Locked != 0 || s.Ended != 3 {
		t.Errorf("without terms: %+v", s)
	}
}

// Whoever scrapes does not wait for a reader, nor sees half of an event.
func TestTracker_Stats_whileReading(t *testing.T) {
	c := newChain(t)
	c.settle(10, c.open(20, 2000)...)
	tracker := survey.NewTracker(c, 0)
	done := make(chan error)
	go func() { done <- tracker.Read(t.Context(), nil) }()
	for {
		select {
		case err := <-done:
			if s := tracker.Stats(); err != nil || s.Ended != 20 {
				t.Errorf("read %+v, %v", s, err)
			}
			return
		default:
			if s := tracker.Stats(); s.Live+s.Ended != s.Opened {
				t.Fatalf("half counted: %+v", s)
			}
		}
	}
}

// What leaves the span is forgotten, but not a deal that holds money.
func TestTracker_Read_boundsTheSpan(t *testing.T) {
	c := newChain(t)
	old := c.open(2, 100)
	c.settle(10, old[0])
	for range 20 {
		c.open(1, 100)
	}
	tracker := survey.NewTracker(c, 10)
	if err := tracker.Read(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if s := tracker.Stats(); s.Opened < 9 || s.Opened > 11 || s.Head.Number-s.From.Number > 10 {
		t.Errorf("of 10 blocks: %+v", s)
	}
}

func TestFind(t *testing.T) {
	c := newChain(t)
	deals := c.open(3, 300)
	job := deals[1].Offer.Body.ID()
	f, err := survey.Find(t.Context(), c, job, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.Creator != creator.Address() || f.Provider != provider.Address() || f.Deal != deals[1].Deal.Body.ID() || len(f.Events) != 1 {
		t.Errorf("found %+v", f)
	}
	if f.Terms == nil || *f.Terms != deals[1] {
		t.Errorf("terms %+v", f.Terms)
	}
	if s := f.Standing(3); s.Locked() != 8*lilypad.LILY || len(s.Moves()) != 3 {
		t.Errorf("standing %+v", s)
	}

	c.settle(10, deals[1])
	if f, err = survey.Find(t.Context(), c, job, 0, nil); err != nil || f.Status.State != lilypad.StateFinal || len(f.Events) != 2 || f.Final != f.Events[1].Block.Number-1 {
		t.Errorf("final: %+v, %v", f, err)
	}
	c.opened = nil
	if f, err = survey.Find(t.Context(), c, job, 0, nil); err != nil || f.Terms != nil {
		t.Errorf("without terms: %+v, %v", f.Terms, err)
	}
	if _, err := survey.Find(t.Context(), c, lilypad.JobID{1}, 0, nil); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a job that nobody opened: %v", err)
	}
}

func TestList_isNewestFirst(t *testing.T) {
	c := newChain(t)
	a, b := c.open(1, 1)[0], c.open(1, 1)[0]
	c.settle(1, a)
	list, final, err := survey.List(t.Context(), c, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []lilypad.JobID
	for _, e := range list {
		got = append(got, e.Job)
	}
	if want := []lilypad.JobID{a.Offer.Body.ID(), b.Offer.Body.ID()}; !slices.Equal(got, want) || list[0].Kind != settlement.Finished || final != list[0].Block.Number-1 {
		t.Errorf("listed %v, want %v; final is %d", list, want, final)
	}
}

// rewinding is a chain whose first reader sees an event that a reorganisation
// then takes away, without one in its place.
type rewinding struct {
	*chain
	undone  settlement.Event
	rewound bool
}

func (r *rewinding) Follow(ctx context.Context, after settlement.Cursor, fn func(settlement.Batch) error) error {
	if r.rewound {
		return r.chain.Follow(ctx, after, fn)
	}
	r.rewound = true
	return r.chain.Follow(ctx, after, func(b settlement.Batch) error {
		early := b
		early.Events, early.Cursor.Block = append(slices.Clone(b.Events), r.undone), b.Cursor.Block-1
		if err := fn(early); err != nil {
			return err
		}
		return fn(settlement.Batch{Rewound: true, Cursor: b.Cursor, Head: b.Head})
	})
}

// A reorganisation takes away what it undid, and nothing from below the fork.
func TestSurvey_afterAReorganisationWithoutEvents(t *testing.T) {
	c := newChain(t)
	deal := c.open(1, 1)[0]
	job := deal.Offer.Body.ID()
	undone := settlement.Event{Kind: settlement.Finished, Job: job, Block: settlement.Block{Number: 1000}}
	f, err := survey.Find(t.Context(), &rewinding{chain: c, undone: undone}, job, 0, nil)
	if err != nil || len(f.Events) != 1 || f.Events[0].Kind != settlement.Opened || f.Terms == nil {
		t.Errorf("found %+v, %v", f.Events, err)
	}
	list, _, err := survey.List(t.Context(), &rewinding{chain: c, undone: undone}, 0, nil)
	if err != nil || len(list) != 1 || list[0].Kind != settlement.Opened {
		t.Errorf("listed %+v, %v", list, err)
	}
}
