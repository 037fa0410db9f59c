package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/lilypad-network/lilypad/modules/catalog/image"
)

const (
	root      = "modules/catalog"
	toolchain = "go1.26.8" // another one gives other bytes
)

// modules are the versions to build, a module's newest first.
var modules = []module{
	{Name: "cowsay", Tag: "v0.0.4"},
	{Name: "render", Tag: "v0.1.0"},
	{Name: "text", Tag: "v0.1.0"},
	{Name: "thumbnail", Tag: "v0.1.0"},
	{Name: "train", Tag: "v0.1.0"},
	{Name: "zk-prove", Tag: "v0.1.0"},
}

// apart are the folders of modules that are Go modules of their own: their
// templates stay outside, where go:embed finds them.
var apart = map[string]string{"zk-prove": "zk-prove/prover"}

type module struct {
	Name    string `json:"name"`
	Tag     string `json:"tag"`
	Wasm    string `json:"wasm"`
	Program string `json:"linux_amd64"`
	Image   string `json:"image"`
}

func main() {
	check := flag.Bool("check", false, "change nothing; fail when dist differs from the source")
	flag.Parse()
	dist, err := build()
	if err == nil && *check {
		err = compare(dist)
	} else if err == nil {
		err = store(dist)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// build returns the files of dist by name.
func build() (map[string][]byte, error) {
	dist := map[string][]byte{}
	var sums strings.Builder
	add := func(name string, content []byte) {
		dist[name] = content
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), name)
	}
	index := append([]module(nil), modules...)
	for i := range index {
		m := &index[i]
		linux, err := compile(m.Name, "linux", "amd64")
		if err != nil {
			return nil, err
		}
		wasm, err := compile(m.Name, "wasip1", "wasm")
		if err != nil {
			return nil, err
		}
		if m.Image, err = image.ID(image.Program{Name: m.Name, Tag: m.Tag, Binary: linux}); err != nil {
			return nil, err
		}
		m.Wasm, m.Program = digest(wasm), digest(linux)
		add(m.Name+"-"+m.Tag+".linux-amd64.gz", pack(linux))
		add(m.Name+"-"+m.Tag+".wasm.gz", pack(wasm))
	}
	b, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return nil, err
	}
	add("index.json", append(b, '\n'))
	dist["SHA256SUMS"] = []byte(sums.String())
	return dist, nil
}

// steppers export lilypad_step, which only a reactor can: see docs/bisection.md.
var steppers = map[string]bool{"render": true, "train": true}

func compile(name, goos, goarch string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "catalog")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, name)
	source := filepath.Join(root, cmp.Or(apart[name], name))
	mode := "-buildmode=default"
	if goos == "wasip1" && steppers[name] {
		mode = "-buildmode=c-shared"
	}
	cmd := exec.Command("go", "build", "-C", source, mode, "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", file, ".")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0", "GOAMD64=v1", "GOWASM=",
		"GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=", "GOTOOLCHAIN="+toolchain)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile %s for %s: %w\n%s", name, goos, err, out)
	}
	return os.ReadFile(file)
}

func digest(b []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(b)) }

// pack compresses; the header has no name and no time.
func pack(b []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	if _, err := w.Write(b); err != nil {
		panic(err) // a buffer takes all
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func store(dist map[string][]byte) error {
	dir := filepath.Join(root, "dist")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, content := range dist {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare looks at what is packed, not at how: gzip may change with the Go
// that runs this program.
func compare(dist map[string][]byte) error {
	var stale []string
	for name, want := range dist {
		got, err := os.ReadFile(filepath.Join(root, "dist", name))
		if err == nil && strings.HasSuffix(name, ".gz") {
			if got, err = unpack(got); err == nil {
				want, err = unpack(want)
			}
		}
		if name != "SHA256SUMS" && (err != nil || !bytes.Equal(got, want)) {
			stale = append(stale, name)
		}
	}
	if len(stale) > 0 {
		return fmt.Errorf("dist differs from the source: %s; run go run ./%s/build", strings.Join(stale, ", "), root)
	}
	return nil
}

func unpack(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
