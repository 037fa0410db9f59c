// Package cowsayclient is the generated Go binding of contracts/examples/CowsayClient.sol.
//
// It packs calls and unpacks results, errors and events; it holds no connection and decides nothing.
// Regenerate it with go generate in contracts. Only runtime/settlement/evm imports it.
//
//	client := cowsayclient.NewCowsayClient()
//	calldata := client.PackOrder(work, offer)
package cowsayclient
