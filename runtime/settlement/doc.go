// Package settlement is the contract between the roles and the money: a
// [Ledger] opens deals, locks payment and stakes, and pays by the terms that
// the parties signed.
//
// It holds no money and speaks to no chain. What follows from terms alone is
// here as plain functions, equal to those of the contract: who gets what
// ([Pay]), whether the coin asks for an audit ([Audited]), which mediators sit
// ([Draw]), which terms no ledger opens ([Terms.Check]).
//
//	if err := terms.Check(); err != nil {
//		return err
//	}
//	tx, skips, err := ledger.Open(ctx, []settlement.Terms{terms})
//
// evm speaks to the Settlement contract, memory is the same state machine in
// plain Go, settlementtest is the suite that both pass. The package imports
// the root package only; the roles import it.
package settlement
