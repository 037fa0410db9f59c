// Package catalog holds the modules that come with the program: their
// templates, and their compiled WASI and Linux forms. So a job can run on a
// machine that has neither network nor Docker engine.
//
// It renders nothing and runs nothing; runtime/execution does that.
//
//	e, err := catalog.Lookup("cowsay", "v0.0.4")
//	wasm, err := catalog.Wasm(ctx, e.Wasm)
//
// Each child folder is one module. build compiles them into dist, image makes
// Docker images of them. The package imports only the root package.
package catalog
