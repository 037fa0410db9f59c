package file_test

import (
	"encoding/hex"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
	"github.com/lilypad-network/lilypad/runtime/storage/storagetest"
)

func TestStore(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, t.TempDir()) })
}

func TestStore_findsBlocksAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "blocks")
	id := put(t, open(t, dir), "kept")
	if b, err := open(t, dir).Get(t.Context(), id); err != nil || string(b) != "kept" {
		t.Errorf("got %q (%v), want kept", b, err)
	}
}

func TestStore_Get_removesDamagedBlock(t *testing.T) {
	for _, damage := range []string{"", "wrong", "right and more"} {
		dir := t.TempDir()
		s := open(t, dir)
		id := put(t, s, "right")
		name := hex.EncodeToString(id[:])
		if err := os.WriteFile(filepath.Join(dir, name[:2], name[2:]), []byte(damage), 0o600); err != nil {
			t.Fatal(err)
		}
		if b, err := s.Get(t.Context(), id); lilypad.CodeOf(err) != lilypad.Internal || lilypad.RemedyOf(err) == "" {
			t.Errorf("%q: got %q (%v), want an error that names the damage", damage, b, err)
		}
		if has, err := s.Has(t.Context(), id); has || err != nil {
			t.Errorf("%q: still there (%v)", damage, err)
		}
		put(t, s, "right")
		if b, err := s.Get(t.Context(), id); string(b) != "right" {
			t.Errorf("%q: got %q (%v) after it was stored again", damage, b, err)
		}
	}
}

func TestOpen_sweepsOldTemporaryFiles(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	old, fresh := filepath.Join(dir, "tmp", "put-old"), filepath.Join(dir, "tmp", "put-fresh")
	for _, f := range []string{old, fresh} {
		if err := os.WriteFile(f, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the old file is still there (%v)", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("the fresh file, perhaps of a Put that runs, is gone: %v", err)
	}
}

func TestOpen_refusesFolderThatCannotBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := file.Open(filepath.Join(path, "blocks"))
	if lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want unavailable with a remedy", err)
	}
}

func BenchmarkStore_Put(b *testing.B) {
	s, err := file.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	random := rand.NewChaCha8([32]byte{})
	for _, size := range []struct {
		name string
		n    int
	}{{"1KB", 1000}, {"1MiB", storage.MaxBlock}} {
		block := make([]byte, size.n)
		b.Run(size.name, func(b *testing.B) {
			b.SetBytes(int64(size.n))
			for b.Loop() {
				_, _ = random.Read(block)
				if _, err := s.Put(b.Context(), block); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func open(t *testing.T, dir string) *file.Store {
	t.Helper()
	s, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s storage.Store, block string) lilypad.Hash {
	t.Helper()
	id, err := s.Put(t.Context(), []byte(block))
	if err != nil {
		t.Fatal(err)
	}
	return id
}
