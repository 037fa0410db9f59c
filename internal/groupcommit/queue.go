package groupcommit

import (
	"context"
	"sync"
)

// most is how many items are committed at once.
const most = 64

// Queue holds what waits to be committed. Safe for concurrent use.
type Queue[T any] struct {
	commit func(context.Context, []T) []error
	turn   chan struct{} // full while a commit is on its way

	mu      sync.Mutex // guards waiting
	waiting []*ticket[T]
}

// ticket is an item of a caller; who has the turn guards the rest.
type ticket[T any] struct {
	item T
	done bool
	err  error
}

// New returns a queue. One commit runs at a time; it returns an error for each
// item, in their order, or nil when there is none at all.
func New[T any](commit func(context.Context, []T) []error) *Queue[T] {
	return &Queue[T]{commit: commit, turn: make(chan struct{}, 1)}
}

// Do returns when the item is committed, or has failed. It waits for that also
// when ctx ends meanwhile.
func (q *Queue[T]) Do(ctx context.Context, item T) error {
	own := &ticket[T]{item: item}
	q.mu.Lock()
	q.waiting = append(q.waiting, own)
	q.mu.Unlock()
	q.turn <- struct{}{}
	defer func() { <-q.turn }()
	for !own.done {
		// One caller's end is not that of the others.
		q.next(context.WithoutCancel(ctx))
	}
	return own.err
}

// next commits who has waited longest. The caller has the turn.
func (q *Queue[T]) next(ctx context.Context) {
	q.mu.Lock()
	n := min(len(q.waiting), most)
	batch := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	q.mu.Unlock()
	items := make([]T, n)
	for i, t := range batch {
		items[i] = t.item
	}
	errs := q.commit(ctx, items)
	for i, t := range batch {
		if t.done = true; errs != nil {
			t.err = errs[i]
		}
	}
}
