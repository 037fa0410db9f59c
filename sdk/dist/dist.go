package dist

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
)

//go:embed sdk.zip
var archive []byte

// Languages are those that have an SDK, as their folders are named.
var Languages = []string{"assemblyscript", "c", "go", "rust"}

// open is the archive: a folder per language.
var open = sync.OnceValues(func() (fs.FS, error) {
	return zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
})

// Unpack writes the SDK of a language into a folder, which it makes if it is
// not there. What a failed call has written stays.
//
// # Errors
//
// NotFound when there is no such language, Conflict when a file is there
// already, else Internal.
func Unpack(language, dir string) error {
	if !slices.Contains(Languages, language) {
		return lilypad.Errorf(lilypad.NotFound, "there is no SDK for %q", language).Try("choose %s", strings.Join(Languages, ", "))
	}
	files, err := open()
	if err == nil {
		files, err = fs.Sub(files, language)
	}
	if err == nil {
		err = write(dir, files)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return (&lilypad.Error{Code: lilypad.Conflict, Msg: fmt.Sprintf("unpack the %s SDK", language), Err: err}).Try("name a new folder")
	}
	return &lilypad.Error{Code: lilypad.Internal, Msg: fmt.Sprintf("unpack the %s SDK", language), Err: err}
}

// write replaces nothing, and follows no link out of the folder.
func write(dir string, files fs.FS) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	return fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return root.MkdirAll(path, 0o755)
		}
		b, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		f, err := root.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return err
		}
		_, err = f.Write(b)
		return errors.Join(err, f.Close())
	})
}

var digest = sync.OnceValues(func() (string, error) {
	files, err := open()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	err = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, path)
		if err == nil {
			fmt.Fprintf(sum, "%x %s\n", sha256.Sum256(b), path)
		}
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
})

// Version is the SHA-256, in hex, of the list of the archive's files with
// their own. It does not depend on how they are packed.
//
// # Errors
//
// Internal: the program was built from a damaged archive.
func Version() (string, error) {
	version, err := digest()
	if err != nil {
		return "", &lilypad.Error{Code: lilypad.Internal, Msg: "the archive of the SDKs", Err: err}
	}
	return version, nil
}
