package storage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Entry is a file to be put into a tree. Open is called once; what it returns
// is read to its end and closed.
type Entry struct {
	Path       string
	Executable bool
	Open       func() (io.ReadCloser, error)
}

// Bytes is an entry with content in memory.
func Bytes(path string, content []byte) Entry {
	return Entry{Path: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

// PutDir stores the folder dir as a tree; see PutTree.
func PutDir(ctx context.Context, dst Putter, dir string) (lilypad.ContentID, uint64, error) {
	root, err := os.OpenRoot(dir) // links that lead out of dir while it is read go nowhere
	if err != nil {
		return lilypad.ContentID{}, 0, err
	}
	defer root.Close()
	return PutTree(ctx, dst, root.FS())
}

// PutTree stores all files of fsys as a tree and returns its id and the bytes
// in its files. Files are read a chunk at a time, in the order of their paths.
//
// # Errors
//
// Invalid for a link, device or other special file, for a path that CheckPath
// refuses, and for more files than a tree can list. Blocks that were stored
// before an error stay.
func PutTree(ctx context.Context, dst Putter, fsys fs.FS) (lilypad.ContentID, uint64, error) {
	var entries []Entry
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return lilypad.Errorf(lilypad.Invalid, "%q is a %s, not a file", path, kind(info.Mode())).Try("replace it by a regular file")
		}
		entries = append(entries, Entry{path, info.Mode()&0o111 != 0, func() (io.ReadCloser, error) { return fsys.Open(path) }})
		return ctx.Err()
	})
	if err != nil {
		return lilypad.ContentID{}, 0, err
	}
	return PutFiles(ctx, dst, entries)
}

// PutFiles stores entries, in any order, as a tree; see PutTree. The tree's
// own block comes last: where it is, all of the tree has been.
func PutFiles(ctx context.Context, dst Putter, entries []Entry) (lilypad.ContentID, uint64, error) {
	entries = slices.SortedFunc(slices.Values(entries), func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	var t Tree
	w := NewWriter(ctx, dst)
	err := func() error {
		for _, e := range entries {
			if err := CheckPath(e.Path); err != nil {
				return err
			}
			f, err := putFile(w, e)
			if err != nil {
				return fmt.Errorf("store %q: %w", e.Path, err)
			}
			t.Files = append(t.Files, f)
		}
		return nil
	}()
	if err := cmp.Or(err, w.Wait()); err != nil {
		return lilypad.ContentID{}, 0, err
	}
	block, err := t.Encode()
	if err != nil {
		return lilypad.ContentID{}, 0, err
	}
	id, err := dst.Put(ctx, block)
	return lilypad.ContentID(id), t.Size(), err
}

// putFile hands a file's chunks to w.
func putFile(w *Writer, e Entry) (File, error) {
	r, err := e.Open()
	if err != nil {
		return File{}, err
	}
	defer r.Close()
	f := File{Path: e.Path, Executable: e.Executable}
	for {
		chunk, err := w.Buffer()
		if err != nil {
			return File{}, err
		}
		n, err := io.ReadFull(r, chunk)
		if id := w.Put(chunk[:n]); n > 0 {
			f.Size += uint64(n)
			f.Chunks = append(f.Chunks, id)
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return f, nil
		case err != nil:
			return File{}, err
		}
	}
}

func kind(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "symbolic link"
	case m&fs.ModeNamedPipe != 0:
		return "named pipe"
	case m&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}
