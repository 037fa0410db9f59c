// Package bundle lays out what travels with a deal: the tree that the offer
// names as its inputs, and the two trees that a result names.
//
// The inputs hold the module's template, the values it is rendered with and
// the input files, so that provider and mediator render the job themselves and
// need not believe the creator's rendering:
//
//	template  inputs.json  inputs/…  (salt)
//
// A result's plain tree is what comparators see; the blob has stderr as well:
//
//	stdout  exitCode  <output name>/…  (stderr)
//
// It runs nothing and renders nothing.
package bundle
