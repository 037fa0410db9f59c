package storage_test

import (
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/storage/storagetest"
)

func TestCollector(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storage.Store { return storage.NewCollector(memory.New()) })
}

// A sweep leaves what is needed, what is young and what somebody is about to
// need, blocks that two trees share included.
func TestCollector_Sweep(t *testing.T) {
	store := memory.New()
	put := func(files ...string) lilypad.ContentID {
		t.Helper()
		var entries []storage.Entry
		for _, f := range files {
			entries = append(entries, storage.Bytes(f, []byte("content of "+f)))
		}
		id, _, err := storage.PutFiles(t.Context(), store, entries)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	whole := func(c *storage.Collector, id lilypad.ContentID) bool {
		_, err := storage.Copy(t.Context(), memory.New(), c, id, storage.Limits{})
		if err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
			t.Fatal(err)
		}
		return err == nil
	}
	kept, old, wanted := put("shared", "a"), put("shared", "b"), put("shared", "c")
	c := storage.NewCollector(store)
	// Somebody looks for a tree while the sweep asks what is needed.
	needed := func() []lilypad.ContentID {
		if _, err := storage.Copy(t.Context(), c, store, wanted, storage.Limits{}); err != nil {
			t.Fatal(err)
		}
		return []lilypad.ContentID{kept, {1}}
	}
	now := time.Now().Add(time.Second)
	gone, err := c.Sweep(t.Context(), now, needed)
	if err != nil || gone != 2 { // the tree and its own file
		t.Errorf("%d blocks swept, %v", gone, err)
	}
	if !whole(c, kept) || whole(c, old) || !whole(c, wanted) {
		t.Errorf("kept %t, old %t, wanted %t", whole(c, kept), whole(c, old), whole(c, wanted))
	}
	young := put("d")
	none := func() []lilypad.ContentID { return nil }
	if _, err := c.Sweep(t.Context(), time.Now().Add(-time.Hour), none); err != nil || !whole(c, young) {
		t.Errorf("what is young was swept, or %v", err)
	}
	for range 2 {
		if _, err := c.Sweep(t.Context(), time.Now().Add(time.Second), none); err != nil {
			t.Fatal(err)
		}
	}
	left := 0
	if err := store.Each(t.Context(), func(lilypad.Hash, time.Time) error { left++; return nil }); err != nil || left != 0 {
		t.Errorf("%d blocks are left when nobody needs any (%v)", left, err)
	}
}
