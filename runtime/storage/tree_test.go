package storage_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// large spans two and a half chunks and repeats none.
var large = func() []byte {
	b := make([]byte, storage.MaxBlock*5/2)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}()

func sample() fstest.MapFS {
	return fstest.MapFS{
		"run.sh":        {Data: []byte("echo moo\n"), Mode: 0o755},
		"a/empty":       {Mode: 0o644},
		"a/b/large.bin": {Data: large, Mode: 0o600},
		"a.txt":         {Data: []byte("between a and a/"), Mode: 0o644},
		"é/ü":           {Data: []byte("echo moo\n"), Mode: 0o644},
		"nothing":       {Mode: fs.ModeDir | 0o755},
	}
}

func TestTree_roundTrip(t *testing.T) {
	s := memory.New()
	id, size, err := storage.PutTree(t.Context(), s, sample())
	if err != nil {
		t.Fatal(err)
	}
	if want := uint64(len(large) + 2*9 + 16); size != want {
		t.Errorf("size %d, want %d", size, want)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if err := storage.Extract(t.Context(), s, id, dir, storage.Limits{Size: size, Files: 5}); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, path))
		info, _ := d.Info()
		got[path] = fmt.Sprintf("%t %x", info.Mode()&0o100 != 0, sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for path, f := range sample() {
		if !f.Mode.IsDir() {
			want[path] = fmt.Sprintf("%t %x", f.Mode&0o100 != 0, sha256.Sum256(f.Data))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again, _, err := storage.PutDir(t.Context(), memory.New(), dir)
	if err != nil || again != id {
		t.Errorf("the folder has id %s (%v), want %s", again, err, id)
	}
}

// The bytes of a tree are signed: this golden block must never change.
func TestTree_Encode_golden(t *testing.T) {
	s := memory.New()
	id, _, err := storage.PutFiles(t.Context(), s, []storage.Entry{
		{Path: "b", Executable: true, Open: storage.Bytes("", []byte("hello")).Open},
		storage.Bytes("a/c", nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	block, err := s.Get(t.Context(), lilypad.Hash(id))
	if err != nil {
		t.Fatal(err)
	}
	want := "82" + "01" + "82" + // version 1, two files
		"84" + "63" + "612f63" + "f4" + "00" + "80" + // a/c, not executable, empty, no chunks
		"84" + "61" + "62" + "f5" + "05" + "81" + // b, executable, 5 bytes, one chunk
		"d82a" + "5825" + "00" + "01551220" + "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	if got := hex.EncodeToString(block); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if want := "bafyreifrulgvchri3u6v2gw37npzevyzxogse2cp3hd5xo6grm7boa7v6y"; id.String() != want {
		t.Errorf("id %s, want %s", id, want)
	}
}

func TestPutFiles_refusesBadPaths(t *testing.T) {
	for _, paths := range [][]string{
		{""},
		{"/a"},
		{"a/"},
		{"a//b"},
		{"."},
		{".."},
		{"a/../b"},
		{"a/./b"},
		{`a\b`},
		{"a\x00b"},
		{"a\nb"},
		{"a\x1b[2J"},
		{"a\u0085b"},
		{"\xff"},
		{strings.Repeat("n", 256)},
		{strings.Repeat("n/", 512) + "n"},
		{"a", "a"},
		{"a", "a/b"},
		{"a/b", "a.b", "a"},
		{"a/b/c/d", "a/b"},
	} {
		var entries []storage.Entry
		for _, p := range paths {
			entries = append(entries, storage.Bytes(p, []byte("x")))
		}
		if id, _, err := storage.PutFiles(t.Context(), memory.New(), entries); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
			t.Errorf("%.40q: got %s (%v), want invalid", paths, id, err)
		}
	}
}

func TestPutFiles_acceptsOddPaths(t *testing.T) {
	entries := []storage.Entry{
		storage.Bytes("..a", nil), storage.Bytes("...", nil), storage.Bytes("a b:c*?", nil), storage.Bytes("-rf", nil),
		storage.Bytes(strings.Repeat("n", 255), nil), storage.Bytes("日本/語", nil), storage.Bytes("c/d", nil), storage.Bytes("c.d", nil),
	}
	if _, _, err := storage.PutFiles(t.Context(), memory.New(), entries); err != nil {
		t.Error(err)
	}
}

func TestPutDir_refusesSpecialFiles(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"symbolic link": func(path string) error { return os.Symlink("/etc/hostname", path) },
		"named pipe":    func(path string) error { return syscall.Mkfifo(path, 0o600) },
	} {
		dir := t.TempDir()
		if err := make(filepath.Join(dir, "odd")); err != nil {
			t.Fatal(err)
		}
		_, _, err := storage.PutDir(t.Context(), memory.New(), dir)
		if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(fmt.Sprint(err), name) || !strings.Contains(fmt.Sprint(err), "odd") {
			t.Errorf("got %v, want a refusal of the %s", err, name)
		}
	}
}

func TestPutFiles_refusesTooManyFiles(t *testing.T) {
	entries := make([]storage.Entry, 60_000)
	for i := range entries {
		entries[i] = storage.Bytes(fmt.Sprintf("a file of the name %d", i), nil)
	}
	_, _, err := storage.PutFiles(t.Context(), memory.New(), entries)
	if lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
		t.Errorf("got %v, want invalid with a remedy", err)
	}
}

func TestDecodeTree_refuses(t *testing.T) {
	link := "d82a582500" + "01551220" + strings.Repeat("ab", 32)
	for name, block := range map[string]string{
		"nothing":             "",
		"not CBOR":            "ff",
		"bytes behind":        "820180" + "00",
		"another version":     "820280",
		"null for files":      "8201f6",
		"a map":               "a0",
		"long integer":        "82180180",
		"indefinite length":   "82019fff",
		"unsorted":            "82018284616bf40080" + "846161f40080",
		"parent":              "82018184622e2ef40080",
		"chunks without size": "820181846161f40081" + link,
		"size without chunks": "820181846161f40180",
		"huge size":           "820181846161f41bffffffffffffffff81" + link,
		"other tag":           "820181846161f40181" + strings.Replace(link, "d82a", "d82b", 1),
		"link to a tree":      "820181846161f40181" + strings.Replace(link, "0155", "0171", 1),
		"link as bytes":       "820181846161f40181" + link[4:],
		"extra field":         "8201818561" + "61f4008000",
		"a bomb of arrays":    "82019a7fffffff",
		"path not UTF-8":      "82018184" + "61fff40080",
	} {
		b, err := hex.DecodeString(block)
		if err != nil {
			t.Fatal(name, err)
		}
		if tree, err := storage.DecodeTree(b); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
			t.Errorf("%s: got %v (%v), want invalid", name, tree, err)
		}
	}
	if _, err := storage.DecodeTree([]byte{0x82, 0x01, 0x80}); err != nil {
		t.Errorf("the empty tree: %v", err)
	}
}

func TestTree_Open_streams(t *testing.T) {
	s := memory.New()
	id, _, err := storage.PutTree(t.Context(), s, sample())
	if err != nil {
		t.Fatal(err)
	}
	tree, err := storage.ReadTree(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := tree.Open(t.Context(), s, "a/b/large.bin")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, large) {
		t.Errorf("read %d bytes (%v), want %d", len(b), err, len(large))
	}
	if _, err := tree.Open(t.Context(), s, "a/b"); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a folder: got %v, want not found", err)
	}
	if got, want := len(tree.Blocks()), 3+1+1; got != want { // both scripts are one block
		t.Errorf("%d blocks, want %d", got, want)
	}
}

func TestTree_Open_refusesChunkOfWrongSize(t *testing.T) {
	s := memory.New()
	id, err := s.Put(t.Context(), []byte("four"))
	if err != nil {
		t.Fatal(err)
	}
	tree := storage.Tree{Files: []storage.File{{Path: "a", Size: 5, Chunks: []lilypad.Hash{id}}}}
	r, err := tree.Open(t.Context(), s, "a")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("got %q (%v), want invalid", b, err)
	}
}

func TestExtract_refuses(t *testing.T) {
	s := memory.New()
	id, size, err := storage.PutTree(t.Context(), s, sample())
	if err != nil {
		t.Fatal(err)
	}
	full := t.TempDir()
	if err := os.Symlink("/tmp", filepath.Join(full, "a")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		id     lilypad.ContentID
		dir    string
		limits storage.Limits
		want   lilypad.Code
	}{
		"too large":      {id, t.TempDir(), storage.Limits{Size: size - 1}, lilypad.Exhausted},
		"too many files": {id, t.TempDir(), storage.Limits{Files: 4}, lilypad.Exhausted},
		"used folder":    {id, full, storage.Limits{}, lilypad.Conflict},
		"absent":         {lilypad.ContentID{1}, t.TempDir(), storage.Limits{}, lilypad.NotFound},
	} {
		if err := storage.Extract(t.Context(), s, c.id, c.dir, c.limits); lilypad.CodeOf(err) != c.want || err == nil {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// counting is a getter that counts the blocks it gave.
type counting struct {
	storage.Getter
	gets atomic.Int32
}

func (c *counting) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	c.gets.Add(1)
	return c.Getter.Get(ctx, id)
}

func TestCopy_fetchesOnlyWhatIsMissing(t *testing.T) {
	src, dst := memory.New(), memory.New()
	id, size, err := storage.PutTree(t.Context(), src, sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := storage.PutFiles(t.Context(), dst, []storage.Entry{storage.Bytes("large", large)}); err != nil {
		t.Fatal(err)
	}
	from := &counting{Getter: src}
	tree, err := storage.Copy(t.Context(), dst, from, id, storage.Limits{Size: size})
	if err != nil || tree.Size() != size {
		t.Fatalf("copied %d bytes (%v), want %d", tree.Size(), err, size)
	}
	if got := from.gets.Load(); got != 4 { // the tree twice, two small chunks
		t.Errorf("fetched %d blocks, want 4", got)
	}
	if err := storage.Extract(t.Context(), dst, id, t.TempDir(), storage.Limits{}); err != nil {
		t.Error(err)
	}
	if _, err := storage.Copy(t.Context(), dst, src, id, storage.Limits{Size: size - 1}); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("got %v, want exhausted", err)
	}
}

// swapped is a getter that gives other bytes than were asked for.
type swapped struct{ storage.Getter }

func (s swapped) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	b, err := s.Getter.Get(ctx, id)
	if len(b) == storage.MaxBlock {
		b[0]++
	}
	return b, err
}

// A block has one size, whatever tree it is in.
func TestTree_refusesSizesThatLie(t *testing.T) {
	store := memory.New()
	id, err := store.Put(t.Context(), []byte("12345"))
	if err != nil {
		t.Fatal(err)
	}
	two := storage.Tree{Files: []storage.File{{Path: "a", Size: 7, Chunks: []lilypad.Hash{id}}, {Path: "b", Size: 5, Chunks: []lilypad.Hash{id}}}}
	if _, err := two.Encode(); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("two sizes of one block: %v, want invalid", err)
	}
	lie := storage.Tree{Files: []storage.File{{Path: "a", Size: 7, Chunks: []lilypad.Hash{id}}}}
	block, err := lie.Encode()
	if err != nil {
		t.Fatal(err)
	}
	src, here := memory.New(), storage.NewCollector(store)
	tree, err := src.Put(t.Context(), block)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Copy(t.Context(), here, src, lilypad.ContentID(tree), storage.Limits{}); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("a block that is here and shorter: %v, want invalid", err)
	}
}

func TestCopy_refusesSwappedBlock(t *testing.T) {
	src, dst := memory.New(), memory.New()
	id, _, err := storage.PutTree(t.Context(), src, sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Copy(t.Context(), dst, swapped{src}, id, storage.Limits{}); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("got %v, want invalid", err)
	}
	if has, _ := dst.Has(t.Context(), lilypad.Hash(id)); has {
		t.Error("the tree is there without its files")
	}
}

func FuzzDecodeTree(f *testing.F) {
	for _, tree := range []storage.Tree{
		{},
		{Files: []storage.File{{Path: "a"}, {Path: "b/c", Executable: true, Size: 3, Chunks: []lilypad.Hash{{1}}}}},
		{Files: []storage.File{{Path: "é", Size: storage.MaxBlock + 1, Chunks: []lilypad.Hash{{1}, {2}}}}},
	} {
		b, err := tree.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, block []byte) {
		tree, err := storage.DecodeTree(block)
		if err != nil {
			if lilypad.CodeOf(err) != lilypad.Invalid {
				t.Fatalf("%v has code %s", err, lilypad.CodeOf(err))
			}
			return
		}
		again, err := tree.Encode()
		if err != nil || !bytes.Equal(again, block) {
			t.Fatalf("%x was accepted and encodes to %x (%v)", block, again, err)
		}
		for _, file := range tree.Files {
			if !filepath.IsLocal(file.Path) {
				t.Fatalf("accepted path %q", file.Path)
			}
		}
	})
}
