package author

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/sdk/dist"
)

// versionFile tells which SDK a folder has.
const versionFile = "VERSION"

// unpack writes the SDK of a language, with its version, into a new folder.
func unpack(lang, dir string) (version string, err error) {
	digest, err := dist.Version()
	if err == nil {
		err = dist.Unpack(lang, dir)
	}
	if err != nil {
		return "", err
	}
	version = fmt.Sprintf("host API %d.%d, sha256:%s", hostapi.Major, hostapi.Minor, digest)
	if err := os.WriteFile(filepath.Join(dir, versionFile), []byte(version+"\n"), 0o644); err != nil {
		return "", &lilypad.Error{Code: lilypad.Internal, Msg: "unpack the SDK", Err: err}
	}
	return version, nil
}

// Update is how a folder's SDK was renewed.
type Update struct {
	From    string   `json:"from"` // version; empty: unknown
	To      string   `json:"to"`
	Changed []string `json:"changed"` // files of the SDK, also those that came or went
}

// UpdateSDK replaces the folder's SDK by the one in this program. What was
// changed in it by hand is lost.
//
// # Errors
//
// Internal when the folder cannot be written; then the SDK is as it was.
func (f *Folder) UpdateSDK() (*Update, error) {
	dir, fresh, old := f.path(sdkFolder), f.path(sdkFolder+".new"), f.path(sdkFolder+".old")
	failed := func(err error) (*Update, error) {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "update the SDK", Err: err}
	}
	if err := errors.Join(os.RemoveAll(fresh), os.RemoveAll(old)); err != nil {
		return failed(err)
	}
	version, err := unpack(f.Language.Name, fresh)
	if err != nil {
		return failed(errors.Join(err, os.RemoveAll(fresh)))
	}
	before, err := contents(dir)
	if err != nil {
		return failed(err)
	}
	after, err := contents(fresh)
	if err != nil {
		return failed(err)
	}
	u := &Update{From: strings.TrimSpace(string(before[versionFile])), To: version, Changed: changed(before, after)}
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed(err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		return failed(errors.Join(err, os.Rename(old, dir)))
	}
	if err := os.RemoveAll(old); err != nil {
		return failed(err)
	}
	return u, nil
}

// contents are the files below a folder by their path; none when it is not
// there.
func contents(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && !d.Type().IsRegular() {
			return nil
		}
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	return files, err
}

func changed(before, after map[string][]byte) (names []string) {
	all := maps.Clone(before)
	maps.Copy(all, after)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b, was := before[name]
		a, is := after[name]
		if was != is || !bytes.Equal(a, b) {
			names = append(names, name)
		}
	}
	return names
}
