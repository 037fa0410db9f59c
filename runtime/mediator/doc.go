// Package mediator settles doubts: when the chain draws it for a case, it runs
// the job itself, asks the deal's scheme what to make of the two results, and
// signs the verdict together with its own transcript.
//
// It believes neither party nor the solver: terms, seeds and the draw are
// checked against the chain and the signatures. When the result's bytes came in
// is the solver's word, until the mediator has looked for them itself: it does
// so as soon as the chain tells of a challenge, before anyone is drawn.
package mediator
