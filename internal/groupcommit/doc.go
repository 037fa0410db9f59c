// Package groupcommit lets callers share what costs as much for many as for
// one, such as a transaction or a sync: who comes while one is on its way is
// part of the next.
//
//	q := groupcommit.New(func(ctx context.Context, items []item) []error { … })
//	err := q.Do(ctx, item)
//
// It starts no goroutines and knows nothing of what is committed. It imports
// nothing; stores and roles import it.
package groupcommit
