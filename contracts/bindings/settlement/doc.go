// Package settlement is the generated Go binding of contracts/src/Settlement.sol.
//
// It packs calls and unpacks results, errors and events; it holds no connection and decides nothing.
// Regenerate it with go generate in contracts. Only runtime/chain and runtime/settlement/evm import it.
//
//	market := settlement.NewSettlement()
//	calldata := market.PackOpen(openings)
package settlement
