package settlementtest

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

func testCallers(t *testing.T, m *market) {
	d := m.deal()
	_, skips, err := m.as(m.stranger).Open(m.ctx(), []settlement.Terms{d.Terms})
	m.wantReason(skipped(skips, err), settlement.ReasonOpener)
	m.reach(d, lilypad.StateSubmitted)
	for _, who := range []lilypad.Address{m.creator, m.provider, m.stranger} {
		_, err := m.as(who).Challenge(m.ctx(), d.Terms, d.facts.Result, d.facts.CreatorSeed)
		m.wantCode(err, lilypad.Unauthorized)
	}

	open := m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) {
		o.Solver, o.SolverFee, o.Target = lilypad.Address{}, 0, m.provider
	})
	m.ok(m.open(open)) // a stranger may open what names only its provider
}

func testForeignFacts(t *testing.T, m *market) {
	other := m.deal()
	d := m.deal()
	m.reach(d, lilypad.StateOpen)
	swapped := settlement.Terms{Offer: d.Offer, Deal: sign(m, m.provider, lilypad.Deal{
		Job: d.job(), Provider: m.provider, Price: price / 2, SeedHash: d.Deal.Body.SeedHash, Expiry: never,
	})}
	_, err := m.as(m.stranger).Submit(m.ctx(), swapped, m.result(d))
	m.wantCode(err, lilypad.Invalid)
	m.ok(m.submit(d))

	_, err = m.as(m.judge).Challenge(m.ctx(), d.Terms, other.facts.Result, d.facts.CreatorSeed)
	m.wantCode(err, lilypad.Invalid)
	_, err = m.as(m.judge).Challenge(m.ctx(), d.Terms, d.facts.Result, other.facts.CreatorSeed)
	m.wantCode(err, lilypad.Invalid)
	m.ok(m.challenge(d))

	facts := d.facts
	facts.Result = other.facts.Result
	_, err = m.as(m.stranger).Reveal(m.ctx(), d.Terms, facts, d.facts.ProviderSeed)
	m.wantCode(err, lilypad.Invalid)
	_, err = m.as(m.stranger).Reveal(m.ctx(), d.Terms, d.facts, other.facts.ProviderSeed)
	m.wantCode(err, lilypad.Invalid)
	m.ok(m.reveal(d))

	for _, spoil := range []func(*settlement.Facts){
		func(f *settlement.Facts) { f.Result = other.facts.Result },
		func(f *settlement.Facts) { f.CreatorSeed = other.facts.CreatorSeed },
		func(f *settlement.Facts) { f.ProviderSeed = other.facts.ProviderSeed },
	} {
		facts := d.facts
		spoil(&facts)
		_, err = m.as(m.stranger).Resolve(m.ctx(), d.Terms, facts, d.panel, m.verdicts(d, 1, 1))
		m.wantCode(err, lilypad.Invalid)
	}
	m.late(d)
	facts = d.facts
	facts.Result = other.facts.Result
	_, err = m.as(m.stranger).Expire(m.ctx(), d.Terms, facts)
	m.wantCode(err, lilypad.Invalid)
	m.ok(m.expire(d))
}

// A provider that commits to the creator's commitment cannot open it: a seed
// is bound to its signer.
func testSeedCopying(t *testing.T, m *market) {
	d := m.deal(func(o *lilypad.JobOffer, d *lilypad.Deal) {
		o.SeedHash = lilypad.SeedHash(number(7), o.Creator)
		d.SeedHash = o.SeedHash
	})
	d.facts.CreatorSeed, d.facts.ProviderSeed = number(7), number(7)
	m.reach(d, lilypad.StateChallenged)
	m.wantCode(m.reveal(d), lilypad.Invalid)
	m.late(d)
	m.ok(m.expire(d))
	if got := m.status(d).Path; got != settlement.PathNoReveal {
		t.Errorf("ended by path %d", got)
	}
}

func testForeignSignatures(t *testing.T, m *market) {
	d, other := m.deal(), m.deal()
	m.reach(d, lilypad.StateOpen)
	forged := sign(m, m.stranger, lilypad.Result{Deal: d.id(), Result: d.facts.Result})
	_, err := m.as(m.provider).Submit(m.ctx(), d.Terms, forged)
	m.wantCode(err, lilypad.Invalid)
	_, err = m.as(m.provider).Submit(m.ctx(), d.Terms, m.result(other))
	m.wantCode(err, lilypad.Invalid)
	_, err = m.as(m.provider).Submit(m.ctx(), d.Terms, lilypad.Signed[lilypad.Result]{Body: m.result(d).Body})
	m.wantCode(err, lilypad.Invalid)
}

func testVerdicts(t *testing.T, m *market) {
	d, other := m.deal(), m.deal()
	m.reach(d, lilypad.StateDrawn)
	seats := m.seats(d)
	var idle lilypad.Address
	for _, who := range m.panel.Mediators {
		if !slices.Contains(seats, who) {
			idle = who
		}
	}
	say := func(who lilypad.Address, edit func(*lilypad.Verdict)) lilypad.Signed[lilypad.Verdict] {
		v := lilypad.Verdict{Deal: d.id(), Result: d.facts.Result, Outcome: lilypad.OutcomeFraud, Transcript: m.word()}
		if edit != nil {
			edit(&v)
		}
		return sign(m, who, v)
	}
	first := say(seats[0], nil)
	for name, verdicts := range map[string][]lilypad.Signed[lilypad.Verdict]{
		"none":             nil,
		"too few":          {first},
		"split":            m.verdicts(d, 1, 2, 3),
		"one twice":        {first, first},
		"one signer twice": {first, say(seats[0], nil)},
		"not drawn":        {first, say(idle, nil)},
		"a stranger":       {first, say(m.stranger, nil)},
		"the provider":     {first, say(m.provider, nil)},
		"another deal":     {first, say(seats[1], func(v *lilypad.Verdict) { v.Deal = other.id() })},
		"another result":   {first, say(seats[1], func(v *lilypad.Verdict) { v.Result = other.facts.Result })},
		"no outcome":       {first, say(seats[1], func(v *lilypad.Verdict) { v.Outcome = lilypad.OutcomeNone })},
		"an outcome more":  {first, say(seats[1], nil), say(seats[2], func(v *lilypad.Verdict) { v.Outcome = 5 })},
		"unsigned":         {first, {Body: say(seats[1], nil).Body}},
	} {
		_, err := m.as(m.stranger).Resolve(m.ctx(), d.Terms, d.facts, d.panel, verdicts)
		if lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}
	if got := m.status(d).State; got != lilypad.StateDrawn {
		t.Fatalf("deal is %s", got)
	}
	anyOrder := m.verdicts(d, 4, 1, 4)
	slices.Reverse(anyOrder)
	_, err := m.as(m.stranger).Resolve(m.ctx(), d.Terms, d.facts, d.panel, anyOrder)
	m.ok(err)
}

func testPanels(t *testing.T, m *market) {
	d := m.deal()
	m.reach(d, lilypad.StateDrawn)
	for name, p := range map[string]lilypad.Panel{
		"other members": {Mediators: m.panel.Mediators[1:], Drawn: 3, Agree: 2},
		"other k":       {Mediators: m.panel.Mediators, Drawn: 5, Agree: 2},
		"other t":       {Mediators: m.panel.Mediators, Drawn: 3, Agree: 1},
	} {
		_, err := m.as(m.stranger).Resolve(m.ctx(), d.Terms, d.facts, p, m.verdicts(d, 1, 1))
		if lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: error %v, want invalid", name, err)
		}
	}

	// A panel that no majority decides is never decided: time ends the deal.
	minority := m.panel
	minority.Agree = 1
	d = m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Panel = minority.Hash() })
	d.panel = minority
	m.reach(d, lilypad.StateDrawn)
	m.wantCode(m.resolve(d, 1), lilypad.Invalid)
	m.late(d)
	m.ok(m.expire(d))
}

func testAliases(t *testing.T, m *market) {
	total := func(parties ...lilypad.Address) (sum lilypad.Amount) {
		for _, who := range append(parties, m.panel.Mediators...) {
			sum += m.free(who)
		}
		return sum + m.free(m.fx.Sink)
	}
	before := total(m.creator, m.provider, m.solver, m.judge)
	for name, edit := range map[string]func(*lilypad.JobOffer, *lilypad.Deal){
		"the creator is its solver and judge": func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Solver, o.Judge = m.creator, m.creator },
		"the provider is the solver":          func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Solver = m.provider },
		"the provider judges itself":          func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Judge = m.provider },
	} {
		for _, outcome := range []lilypad.Outcome{1, 2, 3, 4} {
			d := m.deal(edit)
			m.reach(d, lilypad.StateDrawn)
			m.ok(m.resolve(d, outcome, outcome, outcome))
			if got := total(m.creator, m.provider, m.solver, m.judge); got != before {
				t.Errorf("%s, outcome %s: parties hold %s, held %s", name, outcome, got, before)
			}
		}
	}

	// The creator and its provider sit on their own panel.
	m.panel.Mediators[0], m.panel.Mediators[1], m.panel.Mediators[2] = m.creator, m.provider, m.solver
	m.panel.Mediators = m.panel.Mediators[:3]
	slices.SortFunc(m.panel.Mediators, func(a, b lilypad.Address) int { return slices.Compare(a[:], b[:]) })
	held := m.free(m.creator) + m.free(m.provider) + m.free(m.solver) + m.free(m.fx.Sink)
	d := m.deal()
	m.reach(d, lilypad.StateDrawn)
	m.ok(m.resolve(d, 4, 4, 4))
	if got := m.free(m.creator) + m.free(m.provider) + m.free(m.solver) + m.free(m.fx.Sink); got != held {
		t.Errorf("parties on the panel hold %s, held %s", got, held)
	}
}

func testEpochBump(t *testing.T, m *market) {
	opened, byCreator := m.deal(), m.deal()
	m.reach(opened, lilypad.StateOpen)
	_, err := m.as(m.creator).Bump(m.ctx())
	m.ok(err)
	m.wantReason(m.open(byCreator), settlement.ReasonCreatorEpoch)
	if a, err := m.as(m.stranger).Account(m.ctx(), m.creator); err != nil || a.Epoch != 1 {
		t.Errorf("epoch %d: %v", a.Epoch, err)
	}
	m.ok(m.submit(opened)) // what is open stays open
	m.ok(m.settle(opened))

	newEpoch := func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Epoch = 1 }
	byProvider := m.deal(newEpoch)
	_, err = m.as(m.provider).Bump(m.ctx())
	m.ok(err)
	m.wantReason(m.open(byProvider), settlement.ReasonProviderEpoch)
	m.ok(m.open(m.deal(newEpoch, func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Epoch = 1 })))
}

func testFunds(t *testing.T, m *market) {
	l := m.as(m.stranger)
	account := func() settlement.Account {
		a, err := l.Account(m.ctx(), m.stranger)
		m.ok(err)
		return a
	}
	_, err := l.Deposit(m.ctx(), 1)
	m.wantCode(err, lilypad.Exhausted)
	m.fx.Mint(m.stranger, 10*lilypad.LILY)
	_, err = l.Deposit(m.ctx(), 10*lilypad.LILY+1)
	m.wantCode(err, lilypad.Exhausted)
	_, err = l.Deposit(m.ctx(), 7*lilypad.LILY)
	m.ok(err)
	if got, want := account(), (settlement.Account{Free: 7 * lilypad.LILY, Wallet: 3 * lilypad.LILY}); got != want {
		t.Errorf("account %+v, want %+v", got, want)
	}
	_, err = l.Withdraw(m.ctx(), 7*lilypad.LILY+1)
	m.wantCode(err, lilypad.Exhausted)
	_, err = l.Withdraw(m.ctx(), 6*lilypad.LILY+1)
	m.ok(err)
	if got, want := account(), (settlement.Account{Free: lilypad.LILY - 1, Wallet: 9*lilypad.LILY + 1}); got != want {
		t.Errorf("account %+v, want %+v", got, want)
	}
	if l.Address() != m.stranger {
		t.Errorf("the ledger acts for %s, not %s", l.Address(), m.stranger)
	}
}

func testTransactions(t *testing.T, m *market) {
	d := m.deal()
	m.reach(d, lilypad.StateOpen)
	want, err := m.as(m.stranger).Submit(m.ctx(), d.Terms, m.result(d))
	m.ok(err)
	m.reach(m.deal(), lilypad.StateOpen)
	got, err := m.as(m.judge).Transaction(m.ctx(), want.Hash)
	if err != nil || got != want {
		t.Errorf("transaction %+v, error %v, want %+v", got, err, want)
	}
	_, err = m.as(m.judge).Transaction(m.ctx(), number(0))
	m.wantCode(err, lilypad.NotFound)
}

// Anyone can read from the transaction that opened a deal what was opened.
func testOpened(t *testing.T, m *market) {
	first, second, unpaid := m.deal(), m.deal(), m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake = purse })
	tx, skips, err := m.as(m.solver).Open(m.ctx(), []settlement.Terms{first.Terms, unpaid.Terms, second.Terms})
	if err != nil || len(skips) != 1 {
		t.Fatal(skips, err)
	}
	got, err := m.as(m.stranger).Opened(m.ctx(), tx.Hash)
	m.ok(err)
	got = slices.DeleteFunc(got, func(x settlement.Terms) bool { return x.Deal.Body.ID() == unpaid.Deal.Body.ID() })
	if diff := cmp.Diff([]settlement.Terms{first.Terms, second.Terms}, got); diff != "" {
		t.Error(diff)
	}
	tx, err = m.as(m.stranger).Submit(m.ctx(), first.Terms, m.result(first))
	m.ok(err)
	if got, err := m.as(m.stranger).Opened(m.ctx(), tx.Hash); err != nil || len(got) > 0 {
		t.Errorf("a submission opened %v, %v", got, err)
	}
	_, err = m.as(m.stranger).Opened(m.ctx(), number(0))
	m.wantCode(err, lilypad.NotFound)
}

// Many callers at once open and settle the same deals: each deal moves once.
func testConcurrency(t *testing.T, m *market) {
	const callers = 8
	var terms []settlement.Terms
	var receipts []settlement.Settlement
	for range 3 {
		d := m.deal()
		terms, receipts = append(terms, d.Terms), append(receipts, m.receipt(d))
	}
	before := m.holdings()
	for _, call := range []func() ([]settlement.Skip, error){
		func() ([]settlement.Skip, error) {
			_, skips, err := m.as(m.solver).Open(m.ctx(), terms)
			return skips, err
		},
		func() ([]settlement.Skip, error) {
			_, skips, err := m.as(m.solver).Settle(m.ctx(), receipts)
			return skips, err
		},
	} {
		var group errgroup.Group
		var skipped atomic.Int64
		for range callers {
			group.Go(func() error {
				skips, err := call()
				for _, s := range skips {
					if s.Reason != settlement.ReasonState {
						t.Errorf("skipped because %s", s.Reason)
					}
				}
				skipped.Add(int64(len(skips)))
				return err
			})
		}
		m.ok(group.Wait())
		if got, want := skipped.Load(), int64(callers-1)*3; got != want {
			t.Errorf("%d entries were skipped, want %d", got, want)
		}
	}
	if diff := cmp.Diff(gain{Creator: -3180, Provider: 3000, Solver: 180}, m.holdings().since(before)); diff != "" {
		t.Error(diff)
	}
}
