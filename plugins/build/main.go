// Command build compiles the built-in plugins to plugins/dist, the same bytes
// on every machine: one Go toolchain, no paths, no version control stamps. Run
// it from the repository's root.
//
//	go run ./plugins/build          # rebuild dist
//	go run ./plugins/build -check   # build again and compare, changing nothing
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	sources = "plugins"
	dist    = "plugins/dist"
)

func main() {
	check := flag.Bool("check", false, "compare with plugins/dist instead of writing it")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	files, err := build()
	if err != nil {
		return err
	}
	if check {
		return compare(files)
	}
	if err := os.RemoveAll(dist); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(dist, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// build is the content of dist by path.
func build() (map[string][]byte, error) {
	manifests, err := filepath.Glob(sources + "/*/*/manifest.json")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	var sums bytes.Buffer
	for _, path := range manifests {
		dir := filepath.Dir(path)
		wasm, err := compile(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		sum := sha256.Sum256(wasm)
		digest := hex.EncodeToString(sum[:])
		manifest, err := seal(path, digest)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		name := strings.TrimPrefix(filepath.ToSlash(dir), sources+"/")
		fmt.Fprintf(&sums, "%s  %s.wasm\n", digest, name)
		files[name+".json"] = manifest
		if files[name+".wasm.gz"], err = pack(wasm); err != nil {
			return nil, err
		}
	}
	files["SHA256SUMS"] = sums.Bytes()
	return files, nil
}

var toolchain = regexp.MustCompile(`(?m)^toolchain (\S+)$`)

func compile(dir string) ([]byte, error) {
	mod, err := os.ReadFile(filepath.Join(filepath.Dir(dir), "go.mod"))
	if err != nil {
		return nil, err
	}
	pinned := toolchain.FindSubmatch(mod)
	if pinned == nil {
		return nil, fmt.Errorf("go.mod pins no toolchain")
	}
	tmp, err := os.MkdirTemp("", "plugin")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	out := filepath.Join(tmp, "plugin.wasm")
	cmd := exec.Command("go", "build", "-C", dir, "-trimpath", "-buildvcs=false", "-buildmode=c-shared", "-ldflags=-s -w", "-o", out, ".")
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=", "GOTOOLCHAIN="+string(pinned[1]))
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, text)
	}
	return os.ReadFile(out)
}

// seal adds the digest to a manifest and checks that it says what the folder
// it lies in says.
func seal(path, digest string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := hostapi.ParseManifest(b)
	if err != nil {
		return nil, err
	}
	if want := filepath.Join(sources, m.Hook, m.Name, "manifest.json"); path != want {
		return nil, fmt.Errorf("the manifest belongs to %s", want)
	}
	m.SHA256 = digest
	if b, err = json.MarshalIndent(m, "", "  "); err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

func pack(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// compare reports the first file of dist that is not what was built. The
// digests are of the uncompressed modules, so gzip may change.
func compare(files map[string][]byte) error {
	for name, want := range files {
		if strings.HasSuffix(name, ".gz") {
			continue
		}
		got, err := os.ReadFile(filepath.Join(dist, name))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s/%s is not what its sources say: go run ./plugins/build", dist, name)
		}
	}
	return nil
}
