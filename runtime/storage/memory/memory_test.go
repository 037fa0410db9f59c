package memory_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
	"github.com/lilypad-network/lilypad/runtime/storage/storagetest"
)

func TestStore(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storage.Store { return memory.New() })
}

func TestStore_Each(t *testing.T) { storagetest.RunLister(t, memory.New()) }

// A block that is put again is young again.
func TestStore_Put_again(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := memory.New()
		for range 2 {
			time.Sleep(time.Hour)
			if _, err := s.Put(t.Context(), []byte("block")); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Each(t.Context(), func(_ lilypad.Hash, stored time.Time) error {
			if !stored.Equal(time.Now()) {
				t.Errorf("stored %s, now it is %s", stored, time.Now())
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
