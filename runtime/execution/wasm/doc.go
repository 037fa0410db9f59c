// Package wasm is the executor for modules that are WASI preview 1 commands,
// or steppers.
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
// A module that exports lilypad_step in place of _start is a stepper: it runs
// in steps, between which it is memory and globals alone, its fuel is counted,
// and the file trace says the root of its states. Executor.Steps is for who
// disputes such a run, or settles the dispute: see runtime/bisection.
//
// Memory, time, log, disk and file count are bounded; the work of commands is
// not metered. Modules are compiled in another process, when Config.Compiler
// names one: a hostile file can end the program that compiles it.
// Compiled modules are kept in memory, and in CacheDir as machine code: whoever
// can write there runs code in the node. It stands on jobrun, fuel and
// bisection, and passes executiontest.
package wasm
