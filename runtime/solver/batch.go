package solver

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// batcher hands keys to fn: at once when idle, and together what came while fn
// was at work.
type batcher[K comparable] struct {
	fn func(ctx context.Context, keys []K)

	mu      sync.Mutex // guards waiting
	waiting []K
	signal  chan struct{}
}

func newBatcher[K comparable](fn func(context.Context, []K)) *batcher[K] {
	return &batcher[K]{fn: fn, signal: make(chan struct{}, 1)}
}

// Add queues a key; one that already waits is not queued twice.
func (b *batcher[K]) Add(key K) {
	b.mu.Lock()
	if !slices.Contains(b.waiting, key) {
		b.waiting = append(b.waiting, key)
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
	n := min(len(b.waiting), settlement.MaxBatch)
	keys := b.waiting[:n:n]
	b.waiting = b.waiting[n:]
	return keys
}

func unique(as []lilypad.Address) []lilypad.Address {
	slices.SortFunc(as, func(x, y lilypad.Address) int { return slices.Compare(x[:], y[:]) })
	return slices.Compact(as)
}

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

func joinEngines(es []lilypad.Engine) string {
	names := make([]string, len(es))
	for i, e := range es {
		names[i] = string(e)
	}
	return strings.Join(names, ", ")
}
