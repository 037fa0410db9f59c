package storagetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Run holds the stores that open returns to the contract. open is called once
// a subtest and gives an empty store.
func Run(t *testing.T, open func(*testing.T) storage.Store) {
	for _, c := range []struct {
		name string
		test func(*testing.T, storage.Store)
	}{
		{"gets what was put", getsWhatWasPut},
		{"refuses a large block", refusesLargeBlock},
		{"does not find what is absent", doesNotFind},
		{"deletes", deletes},
		{"slices are the caller's", slicesAreTheCallers},
		{"obeys a cancelled context", obeysContext},
		{"concurrent puts of one block", concurrentPuts},
		{"takes and gives blocks that are hashed", takesBlocks},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

func getsWhatWasPut(t *testing.T, s storage.Store) {
	for _, block := range [][]byte{{}, []byte("x"), bytes.Repeat([]byte{7}, storage.MaxBlock)} {
		for range 2 {
			if got, want := put(t, s, block), lilypad.Hash(sha256.Sum256(block)); got != want {
				t.Errorf("put returned %s, want the digest %s", got, want)
			}
		}
		wantBlock(t, s, block)
	}
}

func refusesLargeBlock(t *testing.T, s storage.Store) {
	large := make([]byte, storage.MaxBlock+1)
	if _, err := s.Put(t.Context(), large); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("got %v, want invalid", err)
	}
	wantAbsent(t, s, sha256.Sum256(large))
}

func doesNotFind(t *testing.T, s storage.Store) {
	put(t, s, []byte("other"))
	wantAbsent(t, s, sha256.Sum256([]byte("absent")))
}

func deletes(t *testing.T, s storage.Store) {
	id := put(t, s, []byte("gone"))
	put(t, s, []byte("kept"))
	for range 2 {
		if err := s.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	wantAbsent(t, s, id)
	wantBlock(t, s, []byte("kept"))
	put(t, s, []byte("gone"))
	wantBlock(t, s, []byte("gone"))
}

func slicesAreTheCallers(t *testing.T, s storage.Store) {
	block := []byte("block")
	id := put(t, s, block)
	block[0] = 'X'
	got, err := s.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	got[0] = 'Y'
	wantBlock(t, s, []byte("block"))
}

func obeysContext(t *testing.T, s storage.Store) {
	id := put(t, s, []byte("block"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err1 := s.Put(ctx, []byte("late"))
	_, err2 := s.Get(ctx, id)
	_, err3 := s.Has(ctx, id)
	for i, err := range []error{err1, err2, err3, s.Delete(ctx, id)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("call %d: got %v, want context.Canceled", i, err)
		}
	}
	wantBlock(t, s, []byte("block"))
}

func concurrentPuts(t *testing.T, s storage.Store) {
	block := bytes.Repeat([]byte{1, 2, 3}, 10_000)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			id, err := s.Put(t.Context(), block)
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := s.Get(t.Context(), id); err != nil || !bytes.Equal(got, block) {
				t.Errorf("got %d bytes (%v), want %d", len(got), err, len(block))
			}
		})
	}
	wg.Wait()
}

func takesBlocks(t *testing.T, s storage.Store) {
	content := []byte("block")
	b := storage.NewBlock(bytes.Clone(content))
	if err := storage.PutBlock(t.Context(), s, b); err != nil {
		t.Fatal(err)
	}
	b.Bytes()[0] = 'X' // the bytes are not kept
	wantBlock(t, s, content)
	got, err := storage.GetBlock(t.Context(), s, b.ID())
	if err != nil || got.ID() != b.ID() || !bytes.Equal(got.Bytes(), content) {
		t.Errorf("got %s of %q (%v), want %s of %q", got.ID(), got.Bytes(), err, b.ID(), content)
	}
	if _, err := storage.GetBlock(t.Context(), s, lilypad.Hash{1}); lilypad.CodeOf(err) != lilypad.NotFound || err == nil {
		t.Errorf("got %v, want not found", err)
	}
	large := storage.NewBlock(make([]byte, storage.MaxBlock+1))
	if err := storage.PutBlock(t.Context(), s, large); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("a large block: got %v, want invalid", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = storage.GetBlock(ctx, s, b.ID())
	for i, err := range []error{err, storage.PutBlock(ctx, s, b)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("call %d: got %v, want context.Canceled", i, err)
		}
	}
}

// RunLister holds an empty store that lists what it holds to that contract.
func RunLister[S interface {
	storage.Store
	storage.Lister
}](t *testing.T, s S) {
	before := time.Now().Add(-time.Minute)
	want := map[lilypad.Hash]bool{put(t, s, []byte("one")): true, put(t, s, []byte("two")): true, put(t, s, nil): true}
	if err := s.Delete(t.Context(), put(t, s, []byte("gone"))); err != nil {
		t.Fatal(err)
	}
	got := map[lilypad.Hash]bool{}
	if err := s.Each(t.Context(), func(id lilypad.Hash, stored time.Time) error {
		if got[id] = true; stored.Before(before) || stored.After(time.Now().Add(time.Minute)) {
			t.Errorf("block %s was stored at %s", id, stored)
		}
		return s.Delete(t.Context(), id)
	}); err != nil || !maps.Equal(got, want) {
		t.Errorf("%d blocks (%v), want %d", len(got), err, len(want))
	}
	wantAbsent(t, s, sha256.Sum256([]byte("one")))
	put(t, s, []byte("more"))
	enough := errors.New("enough")
	if err := s.Each(t.Context(), func(lilypad.Hash, time.Time) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("%v, want the caller's error", err)
	}
}

func put(t *testing.T, s storage.Store, block []byte) lilypad.Hash {
	t.Helper()
	id, err := s.Put(t.Context(), block)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func wantBlock(t *testing.T, s storage.Store, block []byte) {
	t.Helper()
	id := lilypad.Hash(sha256.Sum256(block))
	if has, err := s.Has(t.Context(), id); !has || err != nil {
		t.Errorf("has: %t (%v), want true", has, err)
	}
	if got, err := s.Get(t.Context(), id); err != nil || !bytes.Equal(got, block) {
		t.Errorf("got %.20q (%v), want %.20q", got, err, block)
	}
}

func wantAbsent(t *testing.T, s storage.Store, id lilypad.Hash) {
	t.Helper()
	if has, err := s.Has(t.Context(), id); has || err != nil {
		t.Errorf("has: %t (%v), want false", has, err)
	}
	if b, err := s.Get(t.Context(), id); lilypad.CodeOf(err) != lilypad.NotFound || err == nil {
		t.Errorf("got %.20q (%v), want not found", b, err)
	}
}
