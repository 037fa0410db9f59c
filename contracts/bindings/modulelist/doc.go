// Package modulelist is the generated Go binding of contracts/src/ModuleList.sol.
//
// It packs calls and unpacks results, errors and events; it holds no connection and decides nothing.
// Regenerate it with go generate in contracts. Only runtime/settlement/evm imports it.
//
//	list := modulelist.NewModuleList()
//	calldata := list.PackStandingOf(module)
package modulelist
