// Package hostile makes plugins that attack the host which runs them: by time,
// stack, memory, invalid code, answers and host functions. Each case says where
// it must end and which rule must be named.
//
// It runs nothing. The test of runtime/pluginhost does; so may anyone who wants
// to see a host survive:
//
//	for _, c := range hostile.Cases() {
//		_, err := host.Load(ctx, pluginhost.Source{Wasm: c.Wasm, Manifest: c.Manifest, Grants: c.Grants})
//		…
//	}
//
// All are for the hook allow. They refuse the conformance vectors, which a host
// asks about while it loads, and attack at any other block time than 0, 1 and
// the last.
package hostile
