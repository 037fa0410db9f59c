// Command build compiles the SDKs' own guests, which tests in Go run, to
// sdk/guests: conformance guests, hellos and examples, the same bytes on every
// machine. Run it from the repository's root.
//
//	go run ./sdk/build          # rebuild what has its pinned compiler here
//	go run ./sdk/build -check   # build again and compare, changing nothing
//
// A language without its compiler, or with another version of it, is passed
// over and said so; only Go must be there, or with -strict all.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	dist = "sdk/guests"
	sums = dist + "/SHA256SUMS"
)

func main() {
	check := flag.Bool("check", false, "compare with sdk/guests instead of writing it")
	strict := flag.Bool("strict", false, "fail when a language has no compiler here")
	flag.Parse()
	if err := rebuild(*check, *strict); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// rebuild builds what can be built here, and compares or writes it.
func rebuild(check, strict bool) error {
	digests, err := committed()
	if err != nil {
		return err
	}
	kept := maps.Clone(digests)
	for _, l := range languages {
		built, err := l.build()
		var skip absent
		if errors.As(err, &skip) && l.name != "go" && !strict {
			fmt.Fprintf(os.Stderr, "%s: passed over, %s\n", l.name, skip)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		maps.DeleteFunc(digests, func(name, _ string) bool { return strings.HasPrefix(name, l.name+"/") })
		if !check {
			if err := os.RemoveAll(filepath.Join(dist, l.name)); err != nil {
				return err
			}
		}
		for name, wasm := range built {
			sum := sha256.Sum256(wasm)
			digests[name] = hex.EncodeToString(sum[:])
			if check {
				continue
			}
			if err := write(name, wasm); err != nil {
				return err
			}
		}
	}
	if !check {
		return os.WriteFile(sums, list(digests), 0o644)
	}
	if !maps.Equal(kept, digests) {
		return fmt.Errorf("%s is not what its sources say: go run ./sdk/build\n--- committed\n%s+++ built\n%s", dist, list(kept), list(digests))
	}
	return whole(kept)
}

// committed are the digests of SHA256SUMS, by LANGUAGE/NAME.
func committed() (map[string]string, error) {
	b, err := os.ReadFile(sums)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	digests := map[string]string{}
	for line := range strings.Lines(string(b)) {
		digest, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			return nil, fmt.Errorf("%s: %q is no line of it", sums, line)
		}
		digests[strings.TrimSuffix(name, ".wasm")] = digest
	}
	return digests, nil
}

func list(digests map[string]string) []byte {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(digests)) {
		fmt.Fprintf(&b, "%s  %s.wasm\n", digests[name], name)
	}
	return b.Bytes()
}

// whole checks that the packed modules are those of the digests, and that
// there are no others.
func whole(digests map[string]string) error {
	paths, err := filepath.Glob(dist + "/*/*.wasm.gz")
	if err != nil {
		return err
	}
	if len(paths) != len(digests) {
		return fmt.Errorf("%s has %d modules, its SHA256SUMS %d", dist, len(paths), len(digests))
	}
	for name, want := range digests {
		f, err := os.Open(path(name))
		if err != nil {
			return err
		}
		h := sha256.New()
		r, err := gzip.NewReader(f)
		if err == nil {
			_, err = io.Copy(h, r)
		}
		if err := f.Close(); err != nil {
			return err
		}
		if got := hex.EncodeToString(h.Sum(nil)); err != nil || got != want {
			return fmt.Errorf("%s has the digest %s, want %s: %w", path(name), got, want, err)
		}
	}
	return nil
}

func path(name string) string { return filepath.Join(dist, name+".wasm.gz") }

func write(name string, wasm []byte) error {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(wasm); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path(name)), fs.ModePerm); err != nil {
		return err
	}
	return os.WriteFile(path(name), out.Bytes(), 0o644)
}
