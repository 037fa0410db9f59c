package solver_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/solver"
	"github.com/lilypad-network/lilypad/runtime/storage"
	storagememory "github.com/lilypad-network/lilypad/runtime/storage/memory"
)

func TestSolver_Blobs_quota(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t, func(c *solver.Config) { c.Quota = 100 })
		a, b := lilypad.Address{1}, lilypad.Address{2}
		blobs := m.Blobs()
		put := func(who lilypad.Address, n int, fill byte) error {
			block := make([]byte, n)
			for i := range block {
				block[i] = fill
			}
			return blobs.PutBlock(t.Context(), who, storage.NewBlock(block))
		}
		if err := put(a, 60, 1); err != nil {
			t.Fatal(err)
		}
		wantCode(t, "above the quota", put(a, 41, 2), lilypad.Exhausted)
		if err := put(a, 60, 1); err != nil {
			t.Errorf("a block that is here costs again: %v", err)
		}
		if err := put(a, 40, 3); err != nil {
			t.Errorf("up to the quota: %v", err)
		}
		if err := put(b, 60, 1); err != nil {
			t.Fatal(err)
		}
		if err := put(b, 100, 4); err != nil {
			t.Errorf("another's block was charged: %v", err)
		}
	})
	bubble(t, func(t *testing.T) {
		m := newMarket(t)
		err := m.Blobs().PutBlock(t.Context(), lilypad.Address{1}, storage.NewBlock(make([]byte, 1<<20+1)))
		wantCode(t, "too large a block", err, lilypad.Invalid)
	})
}

// Blocks that come at once are accounted for together: one caller's last byte is
// not another's.
func TestSolver_Blobs_quotaOfManyAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t, func(c *solver.Config) { c.Quota = 50 })
		var wg sync.WaitGroup
		var took [2]atomic.Int32
		for i := range 200 {
			wg.Go(func() {
				caller := i % 2
				switch err := m.Blobs().PutBlock(t.Context(), lilypad.Address{byte(caller)}, storage.NewBlock([]byte{byte(i)})); {
				case err == nil:
					took[caller].Add(1)
				case lilypad.CodeOf(err) != lilypad.Exhausted:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if a, b := took[0].Load(), took[1].Load(); a != 50 || b != 50 {
			t.Errorf("%d and %d bytes were taken, want 50 of each", a, b)
		}
	})
}

func TestSolver_Blobs_areKeptAsLongAsWanted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t, func(c *solver.Config) { c.Quota, c.Retention = 10, 5*time.Hour })
		put := func(text string) lilypad.Hash {
			t.Helper()
			block := storage.NewBlock([]byte(text))
			if err := m.Blobs().PutBlock(t.Context(), lilypad.Address{1}, block); err != nil {
				t.Fatal(err)
			}
			return block.ID()
		}
		has := func(id lilypad.Hash) bool {
			_, err := m.Blobs().Get(t.Context(), id)
			if err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
				t.Fatal(err)
			}
			return err == nil
		}
		old, wanted := put("12345"), put("abcde")
		time.Sleep(4 * time.Hour)
		put("abcde")
		time.Sleep(3 * time.Hour)
		m.settle()
		if has(old) || !has(wanted) {
			t.Errorf("old block here: %v, wanted one: %v", has(old), has(wanted))
		}
		put("67890") // the old one's bytes are free again
	})
}

// What is uploaded now is kept for half the retention at least, also where
// others had uploaded parts of it long ago.
func TestSolver_Blobs_uploadsRenewWhatIsThere(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t, func(c *solver.Config) { c.Retention = 5 * time.Hour })
		if err := m.Blobs().PutBlock(t.Context(), lilypad.Address{1}, storage.NewBlock([]byte("0"))); err != nil {
			t.Fatal(err)
		}
		time.Sleep(4*time.Hour + 30*time.Minute)
		own := storagememory.New()
		id, _, err := storage.PutFiles(t.Context(), own, []storage.Entry{storage.Bytes("exitCode", []byte("0")), storage.Bytes("stdout", []byte("moo"))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := storage.Copy(t.Context(), uploader{m.Blobs()}, own, id, storage.Limits{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Hour)
		m.settle()
		if _, err := storage.Copy(t.Context(), storagememory.New(), m.Blobs(), id, storage.Limits{}); err != nil {
			t.Errorf("two hours after it was uploaded: %v", err)
		}
	})
}

// uploader stores blocks on an account.
type uploader struct{ api.Blobs }

func (u uploader) Put(ctx context.Context, b []byte) (lilypad.Hash, error) {
	block := storage.NewBlock(b)
	return block.ID(), u.PutBlock(ctx, block)
}

func (u uploader) PutBlock(ctx context.Context, b storage.Block) error {
	return u.Blobs.PutBlock(ctx, lilypad.Address{2}, b)
}
