// Package fuel rewrites a WebAssembly module so that it counts what it does
// and cannot outrun its host: every run ends, at the same instruction on every
// machine and in every engine.
//
// It refuses what a guest of this project may not contain, and what would make
// a run depend on the machine. It runs nothing, grants nothing and knows no
// plugin: runtime/pluginhost does.
//
//	src, err := fuel.Parse(wasm, fuel.Limits{}) // sections, caps, features
//	…                                           // src.Imports, src.Exports: the caller's policy
//	mod, err := src.Rewrite()                   // mod.Wasm is what to compile
//
// Parse and Rewrite check every index and every operand of code that can be
// reached, whoever made the module. The caller lets its engine validate the
// original all the same: code that no path reaches is dropped, not validated.
//
// # What a rewritten module has more than its original
//
//	import "__lilypad" "refill"  () → ()     the host's part, below
//	export "__lilypad_fuel"      mutable i64  what may be spent until refill is called
//	export "__lilypad_depth"     mutable i64  bytes of stack that are left
//	export "__lilypad_g0" …      the mutable globals in the order of their index
//	two functions behind its own that fill and copy memory in pieces, if it does
//
// # Protocol of one call
//
// The host keeps granted, a number. Before the call, with budget ≥ 0:
//
//	granted = min(budget, slice); fuel = granted; depth = DepthBudget
//
// The guest calls refill at a check (at loop heads and function entries, at the
// end of functions, before bulk operations, in long straight code) that finds
// fuel < 0 or depth < 0, and behind memory.grow and memory.init whatever it
// finds. Then the host does:
//
//	if depth < 0        { end the call: the stack is used up }
//	spent = granted − fuel
//	if spent > budget   { end the call: the fuel is spent }
//	fuel = min(budget − spent, slice); granted = spent + fuel
//
// After the call, however it ended, granted − fuel is the fuel that it took: a
// sum over the code that was entered, which depends neither on the slice nor
// on the engine. A call is ended at the first check that finds more spent than
// the budget, so it may take more than its budget: about MaxUnchecked units, in
// however many frames, and what a bulk operation asks for. A host function may
// charge the guest by lowering the fuel.
//
// A call that was ended or that trapped leaves both counters and the memory in
// the middle of something: discard the instance.
//
// # What the host must still do
//
// Read an i32 result or argument by its low 32 bits; the engine promises
// nothing about the others.
package fuel
