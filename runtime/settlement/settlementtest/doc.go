// Package settlementtest holds what every settlement ledger promises, as a
// suite: each path and payout, who may call, both sides of each deadline, the
// reasons of skipped entries, races, audits, draws, verdicts, events and the
// conservation of money. It is for tests only.
//
// [Walk] drives several ledgers through one random sequence and compares them
// at each step.
//
//	func TestBank(t *testing.T) {
//		settlementtest.Run(t, func(t *testing.T) settlementtest.Fixture { … })
//	}
package settlementtest
