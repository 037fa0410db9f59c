package file

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/groupcommit"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Store is a storage.Store in a folder.
type Store struct {
	dir     string
	open    *flock.Flock // of the folder itself, shared by all that have it open
	commits *groupcommit.Queue[write]
}

var (
	_ storage.Store       = (*Store)(nil)
	_ storage.BlockPutter = (*Store)(nil)
	_ storage.BlockGetter = (*Store)(nil)
	_ storage.Lister      = (*Store)(nil)
)

// Open opens the store in the folder dir, makes it if it is not there, and, if
// nobody else has it open, clears away what a crash left half written.
//
// # Errors
//
// Unavailable, with a remedy, when the folder cannot be written.
func Open(dir string) (*Store, error) {
	s := &Store{dir: dir, open: flock.New(dir, flock.SetFlag(os.O_RDONLY))}
	s.commits = groupcommit.New(s.commit)
	if err := cmp.Or(os.MkdirAll(s.tmp(), 0o700), s.sweep()); err != nil {
		return nil, &lilypad.Error{
			Op: "storage", Code: lilypad.Unavailable, Msg: "the disk does not let " + dir + " be written", Err: err,
			Remedy: "make it writable for this user, or choose another data folder",
		}
	}
	return s, nil
}

func (s *Store) tmp() string { return filepath.Join(s.dir, "tmp") }

func (s *Store) path(id lilypad.Hash) string {
	name := hex.EncodeToString(id[:])
	return filepath.Join(s.dir, name[:2], name[2:])
}

// sweep removes the temporary files, if no other process can be writing one:
// its lock would have ended with it. It ends with a lock of this process.
func (s *Store) sweep() error {
	alone, err := s.open.TryLock()
	if err != nil {
		return err
	}
	if alone {
		if err := errors.Join(os.RemoveAll(s.tmp()), os.Mkdir(s.tmp(), 0o700)); err != nil {
			return err
		}
	}
	return s.open.RLock()
}

func (s *Store) Put(ctx context.Context, block []byte) (lilypad.Hash, error) {
	if err := storage.CheckBlock(block); err != nil {
		return lilypad.Hash{}, err
	}
	b := storage.NewBlock(block)
	return b.ID(), s.PutBlock(ctx, b)
}

// PutBlock implements [storage.BlockPutter].
func (s *Store) PutBlock(ctx context.Context, b storage.Block) error {
	if err := errors.Join(storage.CheckBlock(b.Bytes()), ctx.Err()); err != nil {
		return err
	}
	w := write{path: s.path(b.ID())}
	now := time.Now() // a block that is put again is young again
	if info, err := os.Stat(w.path); err != nil || info.Size() != int64(len(b.Bytes())) || os.Chtimes(w.path, now, now) != nil {
		f, err := os.CreateTemp(s.tmp(), "put-*")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name()) // gone after the rename
		defer f.Close()
		if err := writeAll(f, b.Bytes()); err != nil {
			return err
		}
		w.from = f
	}
	return s.commits.Do(ctx, w)
}

func (s *Store) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	b, err := s.GetBlock(ctx, id)
	return b.Bytes(), err
}

// GetBlock implements [storage.BlockGetter].
func (s *Store) GetBlock(ctx context.Context, id lilypad.Hash) (storage.Block, error) {
	if err := ctx.Err(); err != nil {
		return storage.Block{}, err
	}
	f, err := os.Open(s.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return storage.Block{}, storage.NotFound(id)
	}
	if err != nil {
		return storage.Block{}, err
	}
	defer f.Close()
	b, err := readBlock(f)
	if err != nil {
		return storage.Block{}, err
	}
	if b.ID() != id {
		return storage.Block{}, errors.Join(lilypad.Errorf(lilypad.Internal, "block %s was damaged on disk and is removed", id).
			Try("check the disk; the block will be fetched again when it is needed"), s.Delete(ctx, id))
	}
	return b, nil
}

func (s *Store) Has(ctx context.Context, id lilypad.Hash) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	_, err := os.Stat(s.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// BlockSize implements [storage.Sizer].
func (s *Store) BlockSize(_ context.Context, id lilypad.Hash) (int, error) {
	info, err := os.Stat(s.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, lilypad.Errorf(lilypad.NotFound, "block %s is not here", id)
	}
	if err != nil {
		return 0, err
	}
	return int(info.Size()), nil
}

func (s *Store) Delete(ctx context.Context, id lilypad.Hash) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Remove(s.path(id)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Each implements [storage.Lister].
func (s *Store) Each(ctx context.Context, fn func(id lilypad.Hash, stored time.Time) error) error {
	folders, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if len(folder.Name()) != 2 {
			continue // tmp
		}
		blocks, err := os.ReadDir(filepath.Join(s.dir, folder.Name()))
		if err != nil {
			return err
		}
		for _, b := range blocks {
			var id lilypad.Hash
			name, err := hex.DecodeString(folder.Name() + b.Name())
			info, gone := b.Info()
			if err != nil || gone != nil || copy(id[:], name) != len(id) || len(name) != len(id) {
				continue
			}
			if err := errors.Join(ctx.Err(), fn(id, info.ModTime())); err != nil {
				return err
			}
		}
	}
	return nil
}
