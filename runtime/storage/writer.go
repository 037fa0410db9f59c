package storage

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
)

// Writer stores blocks while its owner makes the next ones. What it holds in
// memory is bounded. For one goroutine.
type Writer struct {
	ctx  context.Context
	dst  Putter
	g    *errgroup.Group
	free chan []byte
}

// NewWriter returns a writer to dst. Its owner must call Wait.
func NewWriter(ctx context.Context, dst Putter) *Writer {
	w := &Writer{dst: dst, free: make(chan []byte, writes)}
	w.g, w.ctx = errgroup.WithContext(ctx)
	for range writes {
		w.free <- nil // made when it is needed
	}
	return w
}

// Buffer waits for one of MaxBlock bytes, which is to be filled and put.
//
// # Errors
//
// That of a Put before, or why the context has ended.
func (w *Writer) Buffer() ([]byte, error) {
	select {
	case <-w.ctx.Done():
		return nil, context.Cause(w.ctx)
	case b := <-w.free:
		if b == nil {
			b = make([]byte, MaxBlock)
		}
		return b[:MaxBlock], nil
	}
}

// Put stores what a buffer begins with, in its own time, and returns the digest.
// Nothing is not stored.
func (w *Writer) Put(chunk []byte) lilypad.Hash {
	if len(chunk) == 0 {
		w.free <- chunk
		return lilypad.Hash{}
	}
	b := NewBlock(chunk)
	w.g.Go(func() error {
		defer func() { w.free <- chunk }()
		return PutBlock(w.ctx, w.dst, b)
	})
	return b.ID()
}

// Wait returns when all is stored, or the first error.
func (w *Writer) Wait() error { return w.g.Wait() }
