// Command build packs the SDKs of all languages into sdk/dist, the same bytes
// on every machine: files in order, without times, owners or modes. Run it from
// the repository's root.
//
//	go run ./sdk/dist/build          # pack again
//	go run ./sdk/dist/build -check   # compare, changing nothing
package main

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/sdk/dist"
)

const (
	sources = "sdk"
	archive = "sdk/dist/sdk.zip"
	maxFile = 1 << 20 // bytes; a larger one is no source
)

func main() {
	check := flag.Bool("check", false, "compare with sdk/dist instead of writing it")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	files, err := collect()
	if err != nil {
		return err
	}
	if check {
		return compare(files)
	}
	b, err := pack(files)
	if err != nil {
		return err
	}
	return os.WriteFile(archive, b, 0o644)
}

// left are folders that no author needs.
var left = []string{"conformance", "node_modules", "target", "testdata"}

// collect reads what is packed, by path.
func collect() (map[string][]byte, error) {
	files := map[string][]byte{}
	root := os.DirFS(sources)
	for _, language := range dist.Languages {
		err := fs.WalkDir(root, language, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && slices.Contains(left, d.Name()):
				return fs.SkipDir
			case d.IsDir(), path.Base(name) == ".gitignore", path.Ext(name) == ".wasm", strings.HasSuffix(name, "_test.go"):
				return nil
			case !d.Type().IsRegular():
				return fmt.Errorf("%s is no plain file", name)
			}
			files[name], err = fs.ReadFile(root, name)
			if len(files[name]) > maxFile {
				return fmt.Errorf("%s has %d bytes, of at most %d", name, len(files[name]), maxFile)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

func pack(files map[string][]byte) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		header.SetMode(0o644)
		w, err := z.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(files[name]); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

// compare holds the files in the archive against those there are: how they are
// compressed may change with the toolchain.
func compare(files map[string][]byte) error {
	stale := func(name string) error {
		return fmt.Errorf("%s: %s is not what is in %s: go run ./sdk/dist/build", archive, name, sources)
	}
	z, err := zip.OpenReader(filepath.FromSlash(archive))
	if err != nil {
		return err
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		want, ok := files[f.Name]
		if !ok {
			return stale(f.Name)
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		got, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return stale(f.Name)
		}
		delete(files, f.Name)
	}
	for name := range files {
		return stale(name)
	}
	return nil
}
