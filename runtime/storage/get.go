package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
)

// How many blocks are moved at once, from store to store and from a producer into
// one: enough to hide the way there and the disk's syncs, and together within
// 64 MB in each process (bench: result/open/memory, result/sealed/memory).
const (
	copies = 20
	writes = 8
)

// Open returns a reader that fetches the file at path a chunk at a time.
//
// # Errors
//
// NotFound for a path that is not in the tree.
func (t Tree) Open(ctx context.Context, src Getter, path string) (io.Reader, error) {
	f, ok := t.Find(path)
	if !ok {
		return nil, lilypad.Errorf(lilypad.NotFound, "no file %.200q in the tree", path)
	}
	return &reader{ctx: ctx, src: src, file: f, left: f.Size}, nil
}

// reader reads a file; chunk is what is unread of the last block.
type reader struct {
	ctx   context.Context
	src   Getter
	file  File
	next  int
	left  uint64 // bytes from block next on
	chunk []byte
}

func (r *reader) Read(p []byte) (int, error) {
	if len(r.chunk) == 0 {
		if r.left == 0 {
			return 0, io.EOF
		}
		b, err := r.src.Get(r.ctx, r.file.Chunks[r.next])
		if err != nil {
			return 0, fmt.Errorf("read %q: %w", r.file.Path, err)
		}
		if want := min(r.left, MaxBlock); uint64(len(b)) != want {
			return 0, lilypad.Errorf(lilypad.Invalid, "chunk %d of %q has %d bytes, want %d", r.next, r.file.Path, len(b), want)
		}
		r.chunk, r.left, r.next = b, r.left-uint64(len(b)), r.next+1
	}
	n := copy(p, r.chunk)
	r.chunk = r.chunk[n:]
	return n, nil
}

// Extract writes the tree with that id into the folder dir, which it makes if
// it must. Executables get mode 0755, other files 0644, less the umask. What
// was written before an error stays.
//
// # Errors
//
// Conflict when dir is not empty, Exhausted beyond limits, and those of
// ReadTree.
func Extract(ctx context.Context, src Getter, id lilypad.ContentID, dir string, l Limits) error {
	t, err := ReadTree(ctx, src, id)
	if err != nil {
		return err
	}
	if err := t.Check(l); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	// In a folder that was empty there are no links to follow.
	if err := empty(root); err != nil {
		return err
	}
	for _, f := range t.Files {
		r, err := t.Open(ctx, src, f.Path)
		if err != nil {
			return err
		}
		if err := write(root, f, r); err != nil {
			return err
		}
	}
	return nil
}

func empty(root *os.Root) error {
	d, err := root.Open(".")
	if err != nil {
		return err
	}
	defer d.Close()
	switch _, err := d.Readdirnames(1); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return lilypad.Errorf(lilypad.Conflict, "folder %s is not empty", root.Name()).Try("choose a new folder")
}

func write(root *os.Root, f File, r io.Reader) error {
	if err := root.MkdirAll(path.Dir(f.Path), 0o755); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if f.Executable {
		mode = 0o755
	}
	w, err := root.OpenFile(f.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}

// Copy brings the tree with that id from src to dst and returns it. Blocks
// that dst has are not fetched; the tree's own block is stored last.
//
// # Errors
//
// Exhausted beyond limits, Invalid when a block's digest is not its id or it
// has another size than the tree says, and those of ReadTree. Blocks that were
// stored before an error stay.
func Copy(ctx context.Context, dst interface {
	Putter
	Getter
}, src Getter, id lilypad.ContentID, l Limits,
) (Tree, error) {
	t, err := ReadTree(ctx, src, id)
	if err != nil {
		return Tree{}, err
	}
	if err := t.Check(l); err != nil {
		return Tree{}, err
	}
	sizes, err := t.sizes()
	if err != nil {
		return Tree{}, err
	}
	fits := func(id lilypad.Hash, size int) error {
		if want, listed := sizes[id]; listed && want != size {
			return lilypad.Errorf(lilypad.Invalid, "block %s has %d bytes, the tree says %d", id, size, want)
		}
		return nil
	}
	one := func(ctx context.Context, id lilypad.Hash) error {
		has, err := dst.Has(ctx, id)
		if err != nil {
			return err
		}
		if here, ok := dst.(Sizer); ok && has {
			size, err := here.BlockSize(ctx, id)
			return cmp.Or(err, fits(id, size))
		}
		if has {
			return nil
		}
		block, err := GetBlock(ctx, src, id)
		if err != nil {
			return err
		}
		if err := fits(id, len(block.Bytes())); err != nil {
			return err
		}
		err = PutBlock(ctx, dst, block)
		block.Free()
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(copies)
	for _, id := range t.Blocks() {
		g.Go(func() error { return one(gctx, id) })
	}
	if err := g.Wait(); err != nil {
		return Tree{}, fmt.Errorf("tree %s: %w", id, err)
	}
	return t, one(ctx, lilypad.Hash(id))
}

// Sizer is what a store may be too. [Copy] then sees that what is here already
// is what the tree says; one that is elsewhere is only given what is here.
type Sizer interface {
	// BlockSize is the length of a block in bytes. NotFound when it is not here.
	BlockSize(ctx context.Context, id lilypad.Hash) (int, error)
}
