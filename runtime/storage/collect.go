package storage

import (
	"context"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Lister is a store that tells what it holds.
type Lister interface {
	// Each calls fn with every block and when it was last put, in no order,
	// until fn fails, and returns that error. It may leave out blocks that come
	// or go meanwhile; fn may delete what it is shown.
	Each(ctx context.Context, fn func(id lilypad.Hash, stored time.Time) error) error
}

// Collector is a store that can forget what nobody needs any more. Everything
// that uses the store must do so through it: what was put or looked for since
// the sweep before the last one is never deleted, since a job may be about to
// need it. Safe for concurrent use.
type Collector struct {
	store interface {
		Store
		Lister
		Sizer
	}

	mu      sync.Mutex // guards what follows; held while one block is deleted, so that nobody sees it before and misses it after
	touched map[lilypad.Hash]struct{}
	before  map[lilypad.Hash]struct{} // touched before the last sweep
}

var _ Store = (*Collector)(nil)

// NewCollector wraps a store.
func NewCollector(s interface {
	Store
	Lister
	Sizer
},
) *Collector {
	return &Collector{store: s, touched: map[lilypad.Hash]struct{}{}}
}

func (c *Collector) touch(id lilypad.Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.touched[id] = struct{}{}
}

func (c *Collector) Put(ctx context.Context, block []byte) (lilypad.Hash, error) {
	b := NewBlock(block)
	return b.ID(), c.PutBlock(ctx, b)
}

// PutBlock implements [BlockPutter].
func (c *Collector) PutBlock(ctx context.Context, b Block) error {
	c.touch(b.ID())
	return PutBlock(ctx, c.store, b)
}

func (c *Collector) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	return c.store.Get(ctx, id)
}

// GetBlock implements [BlockGetter].
func (c *Collector) GetBlock(ctx context.Context, id lilypad.Hash) (Block, error) {
	return GetBlock(ctx, c.store, id)
}

func (c *Collector) Has(ctx context.Context, id lilypad.Hash) (bool, error) {
	c.touch(id)
	return c.store.Has(ctx, id)
}

// BlockSize implements [Sizer].
func (c *Collector) BlockSize(ctx context.Context, id lilypad.Hash) (int, error) {
	return c.store.BlockSize(ctx, id)
}

func (c *Collector) Delete(ctx context.Context, id lilypad.Hash) error {
	return c.store.Delete(ctx, id)
}

// Sweep deletes the blocks that were stored before a time and are part of no
// tree that is needed. It returns how many those were. A needed tree that is
// not here is no error.
func (c *Collector) Sweep(ctx context.Context, before time.Time, needed func() []lilypad.ContentID) (gone int, err error) {
	keep := map[lilypad.Hash]bool{}
	for _, id := range needed() {
		if keep[lilypad.Hash(id)] {
			continue
		}
		keep[lilypad.Hash(id)] = true
		tree, err := ReadTree(ctx, c.store, id)
		switch lilypad.CodeOf(err) {
		case lilypad.NotFound, lilypad.Invalid:
			continue
		}
		if err != nil {
			return 0, err
		}
		for _, block := range tree.Blocks() {
			keep[block] = true
		}
	}
	err = c.store.Each(ctx, func(id lilypad.Hash, stored time.Time) error {
		if keep[id] || !stored.Before(before) {
			return nil
		}
		deleted, err := c.forget(ctx, id)
		if deleted {
			gone++
		}
		return err
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.before, c.touched = c.touched, map[lilypad.Hash]struct{}{}
	return gone, err
}

func (c *Collector) forget(ctx context.Context, id lilypad.Hash) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.touched[id]; ok {
		return false, nil
	}
	if _, ok := c.before[id]; ok {
		return false, nil
	}
	return true, c.store.Delete(ctx, id)
}
