package storage_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/storage/storagetest"
)

func TestCollector_isAStore(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storage.Store { return storage.NewCollector(memory.New()) })
}

// fakeLiar gives one block for all, and takes each for the same.
type fakeLiar struct {
	storage.Store
	block storage.Block
}

func (f fakeLiar) GetBlock(context.Context, lilypad.Hash) (storage.Block, error) { return f.block, nil }

func (f fakeLiar) Put(context.Context, []byte) (lilypad.Hash, error) { return lilypad.Hash{}, nil }

func TestBlock_othersAreRefused(t *testing.T) {
	liar := fakeLiar{memory.New(), storage.NewBlock([]byte("other"))}
	if b, err := storage.GetBlock(t.Context(), liar, lilypad.Hash{1}); lilypad.CodeOf(err) != lilypad.Invalid || err == nil || b.Bytes() != nil {
		t.Errorf("got %q (%v), want invalid", b.Bytes(), err)
	}
	if err := storage.PutBlock(t.Context(), liar, storage.NewBlock([]byte("mine"))); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("got %v, want invalid", err)
	}
}

// fakeDisk holds each Put until it is let go, and then fails.
type fakeDisk struct {
	busy atomic.Int32
	let  chan struct{}
	err  error
}

func (f *fakeDisk) Put(context.Context, []byte) (lilypad.Hash, error) {
	f.busy.Add(1)
	<-f.let
	return lilypad.Hash{}, f.err
}

// A slow store makes a writer wait, and one that fails ends it.
func TestWriter_waitsForItsStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		disk := &fakeDisk{let: make(chan struct{}), err: errors.New("disk full")}
		w := storage.NewWriter(t.Context(), disk)
		put, last := 0, error(nil)
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				var b []byte
				if b, last = w.Buffer(); last != nil {
					return
				}
				w.Put(append(b[:0], byte(put)))
				put++
			}
		}()
		synctest.Wait()
		if got := int(disk.busy.Load()); got != put || got > 16 {
			t.Errorf("%d blocks were put and %d are on their way, want as many and few", put, got)
		}
		close(disk.let)
		<-done
		if err := w.Wait(); !errors.Is(err, disk.err) || !errors.Is(last, disk.err) {
			t.Errorf("got %v and %v, want what the store says", last, err)
		}
	})
}

func TestFillBlock(t *testing.T) {
	for _, size := range []int{0, 1, storage.MaxBlock / 2, storage.MaxBlock/2 + 1, storage.MaxBlock, storage.MaxBlock + 1, storage.MaxBlock + 2} {
		for _, n := range []int{0, size / 3, size} {
			b, err := storage.FillBlock(size, func(b []byte) (int, error) {
				if len(b) != size {
					t.Errorf("a buffer of %d bytes, want %d", len(b), size)
				}
				return copy(b, bytes.Repeat([]byte("y"), n)), nil
			})
			if want := bytes.Repeat([]byte("y"), n); err != nil || !bytes.Equal(b.Bytes(), want) || b.ID() != sha256.Sum256(want) {
				t.Errorf("%d of %d bytes: got %d (%v)", n, size, len(b.Bytes()), err)
			}
			b.Free()
		}
	}
	broken := errors.New("broken")
	if b, err := storage.FillBlock(storage.MaxBlock, func([]byte) (int, error) { return 1, broken }); !errors.Is(err, broken) || b.Bytes() != nil {
		t.Errorf("got %d bytes (%v), want none and what is broken", len(b.Bytes()), err)
	}
}

// Blocks that are freed again and again leave those alone that are not.
func TestBlock_Free(t *testing.T) {
	var kept []storage.Block
	fill := func(i, size int) storage.Block {
		b, err := storage.FillBlock(size, func(b []byte) (int, error) {
			for k := range b {
				b[k] = byte(i)
			}
			return len(b), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for i := range 64 {
		b := fill(i, storage.MaxBlock-i)
		if i%8 == 0 {
			kept = append(kept, b, fill(i, 10+i))
		} else {
			b.Free()
		}
	}
	storage.NewBlock([]byte("not the pool's")).Free()
	for _, b := range kept {
		if b.ID() != sha256.Sum256(b.Bytes()) {
			t.Errorf("block %s has other bytes now", b.ID())
		}
	}
}
