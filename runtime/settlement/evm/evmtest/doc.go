// Package evmtest holds a settlement contract to the model: a [Mirror] repeats
// every transaction of the contract on runtime/settlement/memory and demands
// the same events, states and balances.
//
// It sends nothing, and it is no proof of what the roles should have done: it
// tells only that the chain did what the model says about what they did.
//
//	mirror := evmtest.NewMirror(devchain.Attach(), addresses, chainID)
//	err := mirror.Follow(ctx) // up to the head; an error names the difference
//
// Only tests import it.
package evmtest
