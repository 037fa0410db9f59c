// Package contracts holds no code: it is where the Solidity contracts of the market meet Go.
//
// The sources are in src, their checks in test, and what Go needs of them is committed: the ABI in abi and a
// package each in bindings. Nothing here talks to a chain; runtime/settlement/evm does, through the bindings:
//
//	market := settlement.NewSettlement()
//	calldata := market.PackBumpEpoch()
//
// Its place in the graph: a leaf. Only runtime/chain and runtime/settlement/evm import the bindings.
package contracts

//go:generate ./build.sh
