// Package jobclient is the generated Go binding of contracts/src/JobClient.sol.
//
// It packs calls and unpacks results, errors and events; it holds no connection and decides nothing.
// Regenerate it with go generate in contracts. Only runtime/settlement/evm imports it.
//
//	client := jobclient.NewJobClient()
//	calldata := client.PackDeliver(jobHash, outputs)
package jobclient
