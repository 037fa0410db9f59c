// Package pluginregistry is the generated Go binding of contracts/src/PluginRegistry.sol.
//
// It packs calls and unpacks results, errors and events; it holds no connection and decides nothing.
// Regenerate it with go generate in contracts. Only runtime/settlement/evm imports it.
//
//	registry := pluginregistry.NewPluginRegistry()
//	calldata := registry.PackPublication(digest, publisher)
package pluginregistry
