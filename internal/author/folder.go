package author

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	manifestFile = "manifest.json"
	sdkFolder    = "sdk"
	distFolder   = "dist"
	wasmFile     = "plugin.wasm"
)

// Folder is a plugin's source.
type Folder struct {
	Dir      string
	Language Language
	Manifest hostapi.Manifest // without a digest
}

// Open reads a plugin's folder.
//
// # Errors
//
// NotFound when there is no manifest, Invalid when it breaks a rule or the
// files are of no language that has an SDK.
func Open(dir string) (*Folder, error) {
	b, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, lilypad.Errorf(lilypad.NotFound, "%s has no %s, so it is no plugin's folder", dir, manifestFile).
			Try("lilypad plugin new --lang go --hook match NAME")
	}
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "read", Err: err}
	}
	m, err := hostapi.ParseManifest(b)
	if err != nil {
		return nil, (&lilypad.Error{Code: lilypad.Invalid, Msg: filepath.Join(dir, manifestFile), Err: err}).Try("correct this key; hostapi/SPEC.md has them all")
	}
	m.SHA256 = ""
	for _, l := range Languages {
		if _, err := os.Stat(filepath.Join(dir, l.Source)); err == nil {
			return &Folder{Dir: dir, Language: l, Manifest: m}, nil
		}
	}
	var files []string
	for _, l := range Languages {
		files = append(files, l.Source)
	}
	return nil, lilypad.Errorf(lilypad.Invalid, "%s has none of %s", dir, strings.Join(files, ", ")).Try("put the plugin's source there")
}

func (f *Folder) path(parts ...string) string {
	return filepath.Join(append([]string{f.Dir}, parts...)...)
}

// hook is the plugin's.
func (f *Folder) hook() hostapi.Hook {
	h, err := hostapi.ParseHook(f.Manifest.Hook)
	if err != nil {
		panic(err) // Open has checked it
	}
	return h
}

// seal is the manifest of a module with that digest, in hex.
func (f *Folder) seal(digest string) ([]byte, error) {
	m := f.Manifest
	m.SHA256 = digest
	b, err := json.MarshalIndent(m, "", "  ")
	return append(b, '\n'), err
}
