// Package host is what a plugin may ask of its host. Each function is a
// capability that the manifest lists and the operator grants; a plugin that
// uses one without is refused when it is loaded. Nothing else exists: no
// clock, no randomness, no network, no files.
//
//	host.Log("12 offers refused for their region")
//
// Authors of comparators read results through compare.Pair, which calls this
// package. Outside of wasm the functions go to what Use was given, so plugins
// are tested by plain go test; see plugintest.
package host
