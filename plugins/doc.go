// Package plugins has the built-in plugins, compiled: every policy that a node
// follows when its operator chose no other.
//
// Sources are in the folders of the hooks, Go modules of their own on the
// guest SDK; dist is what plugins/build makes of them, byte for byte the same
// anywhere. The package loads nothing and runs nothing: runtime/pluginhost
// does.
//
//	p, err := plugins.Lookup(hostapi.HookMatch, "cheapest")
//	wasm, err := p.Wasm()
//
// Its place: over hostapi and the root package; runtime/node and cmd import it.
package plugins
