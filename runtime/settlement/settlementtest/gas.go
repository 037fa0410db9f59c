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
	for range 3 { // seats differ: pay them all once
		d := m.deal()
		m.reach(d, lilypad.StateDrawn)
		m.ok(m.resolve(d, 4, 4, 4))
	}
	gas := map[string]uint64{}
	use := func(name string, jobs int, tx settlement.Tx, err error) {
		t.Helper()
		m.ok(err)
		gas[name] = tx.GasUsed / uint64(jobs)
	}
	batch := func(name string, n int) {
		var terms []settlement.Terms
		var receipts []settlement.Settlement
		for range n {
			d := m.deal(func(o *lilypad.JobOffer, d *lilypad.Deal) { o.CreatorStake, d.Price = mediationFee, 6*lilypad.LILY })
			terms, receipts = append(terms, d.Terms), append(receipts, m.receipt(d))
		}
		tx, skips, err := m.as(m.solver).Open(m.ctx(), terms)
		use("open"+name, n, tx, skipped(skips, err))
		tx, skips, err = m.as(m.stranger).Settle(m.ctx(), receipts)
		use("settle"+name, n, tx, skipped(skips, err))
	}
	batch("", 1)
	batch(" in a batch of 100", 100)

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
