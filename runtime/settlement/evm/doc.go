// Package evm is the settlement ledger on an EVM chain: it speaks to the
// Settlement contract through runtime/chain.
//
// It holds no key and no state: transactions go through a chain.Queue, events
// come from a chain.Follower, and what a deal needs is passed again by the
// caller. A batch is simulated before it is sent, and entries that would be
// skipped are dropped and reported.
//
//	ledger, err := evm.New(ctx, evm.Config{Client: client, Queue: queue, Follower: follower, Contract: at})
//	tx, skips, err := ledger.Open(ctx, terms)
//
// [Deploy] puts token and contract on a local chain. The package imports
// contracts/bindings, runtime/chain and go-ethereum's types; only runtime/node
// imports it.
package evm
