// Package solver matches jobs with offers and carries deals to the chain.
//
// Jobs that wait are matched together by runtime/matching: which of the fitting
// offers is best is a match plugin's word, whether a module may run an allow
// plugin's. A provider's capacity is reserved the moment it is chosen, so
// nothing is sold twice. The solver holds no money: it opens and settles what
// others have signed, for the fee of each deal, and where the operator says what
// an ether is worth, only what pays its gas. It promises no creator's money
// twice; whoever takes back what it signed is banned for a while, and everybody
// is told.
//
// Transactions carry what came while the last was under way, up to
// settlement.MaxBatch deals; when nothing is, one goes at once. After a
// reorganisation the jobs are compared with the chain, and what was undone is
// sent again.
//
// One goroutine owns the order book; it answers only after its journal has.
// Everything else is a step per job that may be repeated:
//
//	waiting → proposed → opening → running → delivered → final
//	                                        ↘ mediation ↗
package solver
