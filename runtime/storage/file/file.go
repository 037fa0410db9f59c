package file

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Store is a storage.Store in a folder.
type Store struct{ dir string }

var _ storage.Store = (*Store)(nil)

// Open opens the store in the folder dir, makes it if it is not there, and
// clears away what a crash left half written.
//
// # Errors
//
// Unavailable, with a remedy, when the folder cannot be written.
func Open(dir string) (*Store, error) {
	s := &Store{dir}
	if err := errors.Join(os.MkdirAll(s.tmp(), 0o700), s.probe()); err != nil {
		return nil, &lilypad.Error{
			Op: "storage", Code: lilypad.Unavailable, Msg: "the disk does not let " + dir + " be written", Err: err,
			Remedy: "make it writable for this user, or choose another data folder",
		}
	}
	return s, s.sweep()
}

func (s *Store) tmp() string { return filepath.Join(s.dir, "tmp") }

func (s *Store) path(id lilypad.Hash) string {
	name := hex.EncodeToString(id[:])
	return filepath.Join(s.dir, name[:2], name[2:])
}

func (s *Store) probe() error {
	f, err := os.CreateTemp(s.tmp(), "probe-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// sweep removes temporary files that no Put can still be writing.
func (s *Store) sweep() error {
	entries, err := os.ReadDir(s.tmp())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			err := os.Remove(filepath.Join(s.tmp(), e.Name()))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

func (s *Store) Put(ctx context.Context, block []byte) (lilypad.Hash, error) {
	if err := errors.Join(storage.CheckBlock(block), ctx.Err()); err != nil {
		return lilypad.Hash{}, err
	}
	id := lilypad.Hash(sha256.Sum256(block))
	path := s.path(id)
	if info, err := os.Stat(path); err != nil || info.Size() != int64(len(block)) {
		if err := s.write(path, block); err != nil {
			return lilypad.Hash{}, err
		}
	}
	// Also when it was there: another Put may have renamed it and not synced yet.
	return id, syncDir(filepath.Dir(path))
}

func (s *Store) write(path string, block []byte) error {
	f, err := os.CreateTemp(s.tmp(), "put-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone after the rename
	_, err = f.Write(block)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	switch err := os.Mkdir(filepath.Dir(path), 0o700); {
	case err == nil:
		if err := syncDir(s.dir); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	return os.Rename(f.Name(), path)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (s *Store) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := os.ReadFile(s.path(id))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, storage.NotFound(id)
	case err != nil:
		return nil, err
	case sha256.Sum256(b) != id:
		return nil, errors.Join(lilypad.Errorf(lilypad.Internal, "block %s was damaged on disk and is removed", id).
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

func (s *Store) Delete(ctx context.Context, id lilypad.Hash) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Remove(s.path(id)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
