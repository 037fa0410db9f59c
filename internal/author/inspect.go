package author

import (
	"context"
	"encoding/binary"
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
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// Inside is what a module is made of, and what a node makes of it.
type Inside struct {
	File      string            `json:"file,omitempty"`
	SHA256    string            `json:"sha256"`
	Size      int               `json:"size"`      // bytes
	Rewritten int               `json:"rewritten"` // bytes with fuel; 0: the rewriter refuses it
	Sections  []Section         `json:"sections"`
	Imports   []string          `json:"imports"`
	Exports   []string          `json:"exports"`
	Memory    uint64            `json:"memory"`     // bytes that it begins with
	MaxMemory uint64            `json:"max_memory"` // and may grow to
	Manifest  *hostapi.Manifest `json:"manifest,omitempty"`
	Refusal   string            `json:"refusal,omitempty"` // why a node would not load it
}

// Section is a part of a module.
type Section struct {
	Name string `json:"name"`
	Size int    `json:"size"` // bytes
}

// Inspect looks into a wasm file, or into what was built in a folder. The
// manifest lies beside it, as FILE.json or manifest.json. It is loaded with
// every setting at its default.
//
// # Errors
//
// NotFound when there is no such file. A module that no node would load is no
// error.
func Inspect(ctx context.Context, path string) (*Inside, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, distFolder, wasmFile)
	}
	wasm, err := os.ReadFile(path)
	if err != nil {
		return nil, (&lilypad.Error{Code: lilypad.NotFound, Msg: "there is no module", Err: err}).Try("lilypad plugin build DIR")
	}
	b := &Built{Wasm: wasm}
	in, err := b.Inside()
	in.File = path
	if err == nil {
		b.Manifest, err = beside(path, b.Digest())
	}
	var s *session
	if err == nil {
		s, err = b.start(ctx, "", nil)
	}
	if err != nil {
		in.Refusal = err.Error()
		return in, nil
	}
	m := s.Manifest()
	in.Manifest = &m
	s.close()
	return in, nil
}

// Inside takes the module apart.
//
// # Errors
//
// Why a node would not take it; then the parts are those that can be read.
func (b *Built) Inside() (*Inside, error) {
	in := &Inside{SHA256: b.Digest(), Size: len(b.Wasm), Sections: sections(b.Wasm)}
	src, err := fuel.Parse(b.Wasm, fuel.Limits{})
	if err != nil {
		return in, err
	}
	for _, im := range src.Imports {
		in.Imports = append(in.Imports, im.Module+"."+im.Name+" "+im.Type.String())
	}
	for _, name := range slices.Sorted(maps.Keys(src.Exports)) {
		if e := src.Exports[name]; e.Kind == fuel.KindFunction {
			name += " " + src.Signature(e.Index).String()
		}
		in.Exports = append(in.Exports, name)
	}
	rewritten, err := src.Rewrite()
	if err != nil {
		return in, err
	}
	in.Rewritten = len(rewritten.Wasm)
	in.Memory, in.MaxMemory = uint64(rewritten.Memory.Min)*page, uint64(rewritten.Memory.Max)*page
	return in, nil
}

// beside is the manifest of a file. One without a digest gets the file's.
func beside(path, digest string) ([]byte, error) {
	for _, name := range []string{strings.TrimSuffix(path, ".wasm") + ".json", filepath.Join(filepath.Dir(path), manifestFile)} {
		text, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		m, err := hostapi.ParseManifest(text)
		if err != nil || m.SHA256 != "" {
			return text, err
		}
		return (&Folder{Manifest: m}).seal(digest)
	}
	return nil, fmt.Errorf("there is no manifest beside %s", path)
}

const page = 64 << 10 // bytes

var sectionNames = [...]string{"custom", "type", "import", "function", "table", "memory", "global", "export", "start", "element", "code", "data", "data count"}

// sections are the parts of a module as far as it can be read.
func sections(wasm []byte) (list []Section) {
	if len(wasm) < 8 {
		return nil
	}
	for rest := wasm[8:]; len(rest) > 1; {
		size, n := binary.Uvarint(rest[1:])
		if n <= 0 || size > uint64(len(rest)-1-n) || int(rest[0]) >= len(sectionNames) {
			return list
		}
		list = append(list, Section{sectionNames[rest[0]], int(size)})
		rest = rest[1+n+int(size):]
	}
	return list
}
