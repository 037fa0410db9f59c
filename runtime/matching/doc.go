// Package matching decides which offer gets which job. A [Book] holds the
// offers, answers the hard constraints from indexes, and knows what each
// provider has promised; a [Matcher] has a scorer, a match plugin as a rule,
// rank what fits, and reserves the best.
//
// It keeps nothing on disk, asks no provider and knows no chain: what follows
// from a match is the solver's business.
//
//	book := matching.NewBook()
//	err := book.Put(matching.Offer{Offer: offer})
//	…
//	m := matching.Matcher{Book: book, Scorer: plugin}
//	matches, err := m.Match(ctx, now, jobs)
//
// Offers lie in the book as the records that a plugin reads; a call copies
// those that fit and overwrites what concerns the one job. It stands on hostapi
// and the vocabulary; runtime/solver stands on it.
package matching
