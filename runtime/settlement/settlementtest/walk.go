package settlementtest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

func testWalk(t *testing.T, m *market) { walk(t, 1, 60, m) }

// Walk drives fresh ledgers through one random sequence of steps: deals good
// and bad, moves in and out of turn, time, money. After each step the ledgers
// must agree on what happened, on every deal and on every account, and none
// may have made or lost money. It returns where the deals stand at the end.
func Walk(t testing.TB, seed uint64, steps int, fixtures ...Fixture) []settlement.Status {
	var markets []*market
	for _, fx := range fixtures {
		markets = append(markets, newMarket(t, fx))
	}
	return walk(t, seed, steps, markets...)
}

// tick is the block time of a step: more than the blocks that one step makes.
const tick = 50

// walker is one ledger on its walk.
type walker struct {
	*market
	deals []*deal
	start lilypad.Time
	added lilypad.Amount // deposited less withdrawn
}

// seen is what all ledgers must agree on after a step.
type seen struct {
	Error    string
	Deals    []settlement.Status // deadlines count from the start
	Accounts map[string]settlement.Account
}

func walk(t testing.TB, seed uint64, steps int, markets ...*market) []settlement.Status {
	rng := rand.New(rand.NewPCG(seed, 0))
	var walkers []*walker
	for _, m := range markets {
		head, err := m.as(m.stranger).Head(m.ctx())
		m.ok(err)
		walkers = append(walkers, &walker{market: m, start: head.Time + 1_000_000, added: 2 * purse})
	}
	var now lilypad.Time
	var count int
	var last seen
	for i := range steps {
		name, pick, step := choose(rng, count)
		if name == "open" {
			count++
		}
		if name == "wait" {
			w := walkers[0]
			if s := w.status(w.deals[pick]); s.Deadline > 0 {
				now = max(now, s.Deadline-w.start)
			}
		}
		now += tick
		for j, w := range walkers {
			w.fx.Advance(w.start + now)
			err := step(w)
			got := w.look(err)
			if j == 0 {
				last = got
			} else if diff := cmp.Diff(last, got); diff != "" {
				t.Fatalf("seed %d, step %d (%s): ledgers 0 and %d disagree:\n%s", seed, i, name, j, diff)
			}
			if err := w.conserved(got); err != nil {
				t.Fatalf("seed %d, step %d (%s), ledger %d: %v", seed, i, name, j, err)
			}
		}
	}
	return last.Deals
}

// choose draws the next step and the deal it is about; it captures all chance,
// so that every ledger takes the same step.
func choose(rng *rand.Rand, deals int) (name string, pick int, step func(*walker) error) {
	if deals == 0 || rng.IntN(6) == 0 {
		edit := chooseTerms(rng)
		return "open", 0, func(w *walker) error {
			d := w.deal(func(o *lilypad.JobOffer, d *lilypad.Deal) { edit(w, o, d) })
			w.deals = append(w.deals, d)
			return w.open(d)
		}
	}
	pick = max(rng.IntN(deals), rng.IntN(deals)) // rather a young one
	outcomes := make([]lilypad.Outcome, 2+rng.IntN(2))
	most := lilypad.Outcome(1 + rng.IntN(4))
	for i := range outcomes {
		outcomes[i] = most
	}
	outcomes[rng.IntN(len(outcomes))] = lilypad.Outcome(1 + rng.IntN(4))
	amount := lilypad.Amount(rng.IntN(int(purse)))
	who := rng.IntN(3)
	resolve := func(w *walker, d *deal) error { return w.resolve(d, outcomes...) }
	if rng.IntN(2) == 0 {
		return "proceed", pick, func(w *walker) error { return w.proceed(w.deals[pick], resolve) }
	}
	on := func(move func(*walker, *deal) error) func(*walker) error {
		return func(w *walker) error { return move(w, w.deals[pick]) }
	}
	steps := []struct {
		name string
		do   func(*walker) error
	}{
		{"submit", on(func(w *walker, d *deal) error { return w.submit(d) })},
		{"challenge", on(func(w *walker, d *deal) error { return w.challenge(d) })},
		{"reveal", on(func(w *walker, d *deal) error { return w.reveal(d) })},
		{"resolve", on(resolve)},
		{"settle", on(func(w *walker, d *deal) error { return w.settle(d) })},
		{"expire", on(func(w *walker, d *deal) error { return w.expire(d) })},
		{"reopen", on(func(w *walker, d *deal) error { return w.open(d) })},
		{"wait", on(func(w *walker, d *deal) error { return w.expire(d) })},
		{"fund", func(w *walker) error { return w.fund(who, amount) }},
		{"withdraw", func(w *walker) error { return w.take(who, amount/10) }},
	}
	s := steps[rng.IntN(len(steps))]
	return s.name, pick, s.do
}

// proceed makes the move whose turn it is, if any.
func (w *walker) proceed(d *deal, resolve func(*walker, *deal) error) error {
	switch w.status(d).State {
	case lilypad.StateNone:
		return w.open(d)
	case lilypad.StateOpen:
		return w.submit(d)
	case lilypad.StateSubmitted:
		return w.challenge(d)
	case lilypad.StateChallenged:
		return w.reveal(d)
	case lilypad.StateDrawn:
		return resolve(w, d)
	}
	return nil
}

func chooseTerms(rng *rand.Rand) func(*walker, *lilypad.JobOffer, *lilypad.Deal) {
	edits := []func(*walker, *lilypad.JobOffer, *lilypad.Deal){
		func(*walker, *lilypad.JobOffer, *lilypad.Deal) {},
		func(_ *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.AuditBPS = 5000 },
		func(_ *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.AuditBPS = 10000 },
		func(w *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.Solver = w.provider },
		func(w *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.Solver, o.Judge = w.creator, w.creator },
		func(w *walker, o *lilypad.JobOffer, d *lilypad.Deal) { o.Creator, d.Provider = d.Provider, o.Creator },
		func(w *walker, o *lilypad.JobOffer, d *lilypad.Deal) { d.Provider = w.creator },
		func(_ *walker, o *lilypad.JobOffer, d *lilypad.Deal) { o.MaxPrice, d.Price = 0, 0 },
		func(_ *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.MediationFee, o.SolverFee = 0, 0 },
		func(_ *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.LatePenalty = o.ProviderStake },
		func(_ *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake = purse },
		func(_ *walker, _ *lilypad.JobOffer, d *lilypad.Deal) { d.Expiry = 1 },
		func(_ *walker, o *lilypad.JobOffer, _ *lilypad.Deal) { o.MediateFor = 100 },
	}
	return edits[rng.IntN(len(edits))]
}

func (w *walker) party(i int) lilypad.Address {
	return []lilypad.Address{w.creator, w.provider, w.solver}[i]
}

func (w *walker) fund(who int, amount lilypad.Amount) error {
	w.fx.Mint(w.party(who), amount)
	_, err := w.as(w.party(who)).Deposit(w.ctx(), amount)
	if err == nil {
		w.added += amount
	}
	return err
}

func (w *walker) take(who int, amount lilypad.Amount) error {
	_, err := w.as(w.party(who)).Withdraw(w.ctx(), amount)
	if err == nil {
		w.added -= amount
	}
	return err
}

// look reads all that the walk can have changed. Errors compare by code, a
// skipped entry by its reason.
func (w *walker) look(err error) seen {
	s := seen{Accounts: map[string]settlement.Account{}}
	if err != nil {
		s.Error = fmt.Sprint(lilypad.CodeOf(err))
		if lilypad.CodeOf(err) == lilypad.Internal {
			s.Error = err.Error()
		}
	}
	for _, d := range w.deals {
		status := w.status(d)
		if status.Deadline > 0 {
			status.Deadline -= w.start
		}
		s.Deals = append(s.Deals, status)
	}
	names := map[string]lilypad.Address{
		"creator": w.creator, "provider": w.provider, "solver": w.solver, "judge": w.judge, "stranger": w.stranger, "sink": w.fx.Sink,
	}
	for i, who := range w.panel.Mediators {
		names[fmt.Sprintf("mediator %d", i)] = who
	}
	for name, who := range names {
		a, err := w.as(w.stranger).Account(w.ctx(), who)
		w.ok(err)
		s.Accounts[name] = a
	}
	return s
}

// conserved checks that what was put in is free or locked in deals.
func (w *walker) conserved(s seen) error {
	var sum lilypad.Amount
	for _, a := range s.Accounts {
		sum += a.Free
	}
	for i, d := range w.deals {
		if st := s.Deals[i].State; st != lilypad.StateNone && st != lilypad.StateFinal {
			sum += d.Deal.Body.Price + d.Offer.Body.CreatorStake + d.Offer.Body.ProviderStake
		}
	}
	if sum != w.added {
		return fmt.Errorf("%s LILY are free or locked, %s were put in", sum, w.added)
	}
	return nil
}
