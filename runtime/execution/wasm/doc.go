// Package wasm is the executor for modules that are WASI preview 1 commands.
// A job runs inside this process, in wazero, and dies with it.
//
// What a guest gets: its arguments and environment, /inputs to read, the
// folders of its outputs to fill, stdout and stderr. It has no network and no
// other file. Its clock starts at a fixed moment and moves only as it is read
// or slept on; its random numbers come from Job.Seed. So the same job with the
// same seed prints the same bytes on every machine.
//
//	e, err := wasm.New(ctx, wasm.Config{Modules: modules, CacheDir: dir})
//
// Memory, time, log, disk and file count are bounded; work is not metered yet.
// Compiled modules are kept in memory, and in CacheDir as machine code: whoever
// can write there runs code in the node. It stands on jobrun and passes
// executiontest.
package wasm
