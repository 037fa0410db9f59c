// Package provider sells a machine: it offers capacity to a solver, decides by
// plugins which proposed jobs it takes, runs them, and claims what it is owed.
//
// It does not believe the creator: it renders the job from the signed inputs
// itself, checks that the module is what it says, and asks its own allow and
// admit plugins. It does not believe the solver either: only the chain tells
// it that a deal is open or final.
//
// A job is a stored record and one step that may be repeated:
//
//	proposed → signed → open → delivered → final
//	    ↘ declined ↘ lapsed ↘ challenged ↗
//
// For a job whose deal has lapsed it signs another when it is asked again, once a
// final block is past the first one's expiry.
//
// Drain has it take no new jobs while it ends those that it has; Standing tells
// when none is left.
package provider
