package solver_test

import (
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/solver"
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
			_, err := blobs.PutBlock(t.Context(), who, block)
			return err
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
		_, err := m.Blobs().PutBlock(t.Context(), lilypad.Address{1}, make([]byte, 1<<20+1))
		wantCode(t, "too large a block", err, lilypad.Invalid)
	})
}

func TestSolver_Blobs_areKeptAsLongAsWanted(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m := newMarket(t, func(c *solver.Config) { c.Quota, c.Retention = 10, 5*time.Hour })
		put := func(text string) lilypad.Hash {
			t.Helper()
			id, err := m.Blobs().PutBlock(t.Context(), lilypad.Address{1}, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		has := func(id lilypad.Hash) bool { ok, _ := m.Blobs().Has(t.Context(), id); return ok }
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
