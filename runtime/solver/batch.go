package solver

import (
	"context"
	"slices"
	"sync"

	"github.com/lilypad-network/lilypad"
)

// batcher hands keys to fn, at most so many: at once when idle, and together
// what came while fn was at work.
type batcher[K comparable] struct {
	fn   func(ctx context.Context, keys []K)
	most int

	mu      sync.Mutex // guards what follows
	waiting []K
	queued  map[K]bool
	signal  chan struct{}
}

func newBatcher[K comparable](most int, fn func(context.Context, []K)) *batcher[K] {
	return &batcher[K]{fn: fn, most: most, queued: map[K]bool{}, signal: make(chan struct{}, 1)}
}

// Add queues a key; one that already waits is not queued twice.
func (b *batcher[K]) Add(key K) {
	b.mu.Lock()
	if !b.queued[key] {
		b.waiting, b.queued[key] = append(b.waiting, key), true
	}
	b.mu.Unlock()
	select {
	case b.signal <- struct{}{}:
	default:
	}
}

// Run works until ctx ends.
func (b *batcher[K]) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-b.signal:
		}
		for keys := b.take(); len(keys) > 0 && ctx.Err() == nil; keys = b.take() {
			b.fn(ctx, keys)
		}
	}
}

func (b *batcher[K]) take() []K {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := min(len(b.waiting), b.most)
	keys := b.waiting[:n:n]
	b.waiting = b.waiting[n:]
	for _, key := range keys {
		delete(b.queued, key)
	}
	return keys
}

func unique(as []lilypad.Address) []lilypad.Address {
	slices.SortFunc(as, func(x, y lilypad.Address) int { return slices.Compare(x[:], y[:]) })
	return slices.Compact(as)
}
