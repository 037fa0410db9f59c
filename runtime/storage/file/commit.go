package file

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"
)

// write is a block on its way to its name.
type write struct {
	from *os.File // the temporary file; nil: it was there already
	path string
}

// commit makes writes durable together: their bytes, then their names, then the
// folders that hold those. A disk syncs many files in little more time than one.
//
// A block that was there is synced too: another process may have renamed it and
// not synced its folder yet.
func (s *Store) commit(_ context.Context, writes []write) []error {
	errs := make([]error, len(writes))
	each := func(do func(write) error) {
		var g errgroup.Group
		for i, w := range writes {
			if errs[i] == nil {
				g.Go(func() error {
					errs[i] = do(w)
					return nil
				})
			}
		}
		_ = g.Wait() // nobody fails
	}
	each(func(w write) error {
		if w.from == nil {
			return nil
		}
		return errors.Join(w.from.Sync(), s.makeFolder(filepath.Dir(w.path)))
	})
	each(func(w write) error {
		if w.from == nil {
			return nil
		}
		return os.Rename(w.from.Name(), w.path)
	})
	each(func(w write) error { return syncDir(filepath.Dir(w.path)) })
	return errs
}

// makeFolder makes one of the 256, durably.
func (s *Store) makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(s.dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
