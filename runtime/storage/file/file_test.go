package file_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
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

func TestStore_Each(t *testing.T) { storagetest.RunLister(t, open(t, t.TempDir())) }

// A block that is put again is young again, for a sweep after a restart too.
func TestStore_Put_again(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	id := put(t, s, "block")
	name := hex.EncodeToString(id[:])
	before := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, name[:2], name[2:]), time.Time{}, before.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	put(t, s, "block")
	if err := open(t, dir).Each(t.Context(), func(_ lilypad.Hash, stored time.Time) error {
		if stored.Before(before) {
			t.Errorf("stored %s, and again just now", stored)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
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

// Who has the folder open may be writing; what is there when nobody has was left
// by a crash.
func TestOpen_sweepsWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "tmp", "put-1")
	leave := func() {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(left), 0o700), os.WriteFile(left, []byte("half"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	leave()
	s := open(t, dir)
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("what a crash left is still there (%v)", err)
	}
	leave()
	open(t, dir)
	if _, err := os.Stat(left); err != nil {
		t.Errorf("a file, perhaps of a Put that runs, is gone: %v", err)
	}
	runtime.KeepAlive(s)
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

// Full blocks pass the page cache, others and those that lie oddly in memory
// cannot: all come back as they were.
func TestStore_keepsBlocksOfAnySizeAndPlace(t *testing.T) {
	s := open(t, t.TempDir())
	room := make([]byte, storage.MaxBlock+1)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(room) // always fills it
	for _, size := range []int{0, 1, 4095, 4096, storage.MaxBlock - 1, storage.MaxBlock} {
		for at := range 2 {
			b := room[at : at+size]
			id, err := s.Put(t.Context(), b)
			if err != nil {
				t.Fatal(size, at, err)
			}
			if got, err := s.Get(t.Context(), id); err != nil || !bytes.Equal(got, b) {
				t.Errorf("%d bytes at %d: %d came back, %v", size, at, len(got), err)
			}
		}
	}
}
