package settlementtest

import (
	"fmt"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Gas returns what calls cost once their accounts have been used before; the
// panel has 16 mediators of which 3 are drawn. Figures of a batch are per job.
func Gas(t testing.TB, fx Fixture) map[string]uint64 {
	m := newMarket(t, fx)
	for i := range 11 {
		m.addMediator(fmt.Sprintf("m%d", 6+i))
	}
	m.reach(m.deal(), lilypad.StateOpen)
	fx.Fund(lilypad.LILY, append(m.panel.Mediators, fx.Sink)...)
	gas := map[string]uint64{}
	use := func(name string, jobs int, tx settlement.Tx, err error) {
		t.Helper()
		m.ok(err)
		gas[name] = tx.GasUsed / uint64(jobs)
	}
	batch := func(name string, n int, parties func(i int) (creator, provider lilypad.Address)) {
		var terms []settlement.Terms
		var receipts []settlement.Settlement
		for i := range n {
			d := m.deal(func(o *lilypad.JobOffer, d *lilypad.Deal) {
				o.Creator, d.Provider = parties(i)
				o.CreatorStake, d.Price = mediationFee, 6*lilypad.LILY
			})
			terms, receipts = append(terms, d.Terms), append(receipts, m.receipt(d))
		}
		tx, skips, err := m.as(m.solver).Open(m.ctx(), terms)
		use("open"+name, n, tx, skipped(skips, err))
		tx, skips, err = m.as(m.stranger).Settle(m.ctx(), receipts)
		use("settle"+name, n, tx, skipped(skips, err))
	}
	pair := func(int) (creator, provider lilypad.Address) { return m.creator, m.provider }
	batch("", 1, pair)
	batch(" in a full batch", settlement.MaxBatch, pair)
	crowd := m.crowd(2 * settlement.MaxBatch)
	batch(" in a full batch of distinct pairs", settlement.MaxBatch, func(i int) (creator, provider lilypad.Address) {
		return crowd[2*i], crowd[2*i+1]
	})

	d := m.deal()
	m.reach(d, lilypad.StateOpen)
	stranger := m.as(m.stranger)
	tx, err := stranger.Submit(m.ctx(), d.Terms, m.result(d))
	use("submit", 1, tx, err)
	tx, err = m.as(m.judge).Challenge(m.ctx(), d.Terms, d.facts.Result, d.facts.CreatorSeed)
	use("challenge", 1, tx, err)
	tx, err = stranger.Reveal(m.ctx(), d.Terms, d.facts, d.facts.ProviderSeed)
	use("reveal", 1, tx, err)
	tx, err = stranger.Resolve(m.ctx(), d.Terms, d.facts, d.panel, m.verdicts(d, 4, 4, 4))
	use("resolve", 1, tx, err)
	for _, state := range []lilypad.State{lilypad.StateOpen, lilypad.StateSubmitted, lilypad.StateChallenged, lilypad.StateDrawn} {
		d := m.deal()
		m.reach(d, state)
		m.late(d)
		tx, err := stranger.Expire(m.ctx(), d.Terms, d.facts)
		use("expire when "+state.String(), 1, tx, err)
	}
	return gas
}

// crowd are n accounts with a purse each.
func (m *market) crowd(n int) (who []lilypad.Address) {
	for i := range n {
		k := Key(fmt.Sprintf("crowd %d", i))
		m.keys[k.Address()] = k
		who = append(who, k.Address())
	}
	m.fx.Fund(purse, who...)
	return who
}
