package main

// lilypadStep is what a node calls until it gives 1: see docs/bisection.md.
//
//go:wasmexport lilypad_step
func lilypadStep() int32 {
	if step() {
		return 1
	}
	return 0
}
