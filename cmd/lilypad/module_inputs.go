package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
)

// maxTrialInputs bounds the input files of a module that is tried, in bytes.
// A provider takes as many where its operator says nothing else.
const maxTrialInputs = 10_000_000_000

// copyInputs copies the files below a folder, at most limit bytes of them, into
// one that is there. A link is not followed: it may lead out of the folder, and
// an order would not have it either.
func copyInputs(to, from string, limit int64) error {
	left := limit
	return filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		switch target := filepath.Join(to, rel); {
		case rel == ".":
			return nil
		case entry.IsDir():
			return os.Mkdir(target, 0o755)
		case !entry.Type().IsRegular():
			return lilypad.Errorf(lilypad.Invalid, "input %.200q is no plain file", rel).Try("put a copy of the file there")
		default:
			n, err := copyFile(target, name, left)
			if left -= n; err == nil && left < 0 {
				err = lilypad.Errorf(lilypad.Exhausted, "the input files are larger than %d bytes in all", limit).Try("name a folder of those alone that the module reads")
			}
			return err
		}
	})
}

// copyFile copies one file, up to a byte more than limit, and returns how many
// bytes it had.
func copyFile(to, from string, limit int64) (n int64, err error) {
	in, err := os.Open(from)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return 0, err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644|info.Mode().Perm()&0o111)
	if err != nil {
		return 0, err
	}
	n, err = io.Copy(out, io.LimitReader(in, limit+1))
	if closed := out.Close(); err == nil {
		err = closed
	}
	return n, err
}
