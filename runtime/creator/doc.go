// Package creator buys work: it pins a module, renders it, signs what it will
// pay, follows the deal, and judges the result by the deal's own scheme.
//
// To judge is to run a mediate plugin on the case so far. The plugin accepts,
// asks for replicas, which are deals of their own at other operators, or
// doubts; then the creator challenges and mediators decide. What it learns of
// money it learns from the chain.
//
// A job is a stored record and one step that may be repeated; creators resume
// where they stopped.
package creator
