// Package memory is the settlement ledger in plain Go: the state machine of
// the Settlement contract with accounts, deals, blocks and block time of its
// own, and no chain. Tests, the simulator and single-process networks use it;
// runtime/settlement/evm must agree with it at each step.
//
// It keeps nothing on disk and charges no gas, and an account acts by being
// named: there are no transaction signatures. Signatures on terms, results,
// receipts and verdicts are checked as the contract checks them.
//
//	bank := memory.New(memory.Config{ChainID: 1337, Sink: sink})
//	bank.Mint(creator, 100*lilypad.LILY)
//	ledger := bank.Ledger(creator)
//	ledger.Deposit(ctx, 50*lilypad.LILY)
package memory
