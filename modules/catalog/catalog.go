package catalog

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
)

//go:embed dist */lilypad_module.json.tmpl
var files embed.FS

// Entry is one module at one version.
type Entry struct {
	Name string
	Tag  string
	// Template is the text of lilypad_module.json.tmpl.
	Template []byte
	// Wasm is the SHA-256 digest of the WASI command.
	Wasm lilypad.Hash
	// Program is the SHA-256 digest of the linux/amd64 program in the image.
	Program lilypad.Hash
	// Image is the Docker image as sha256: and the digest of its config. It is
	// for linux/amd64, whatever machine runs it, since a deal names one image.
	Image string
}

// Module returns the entry as a pinned module.
func (e Entry) Module() lilypad.Module {
	return lilypad.Module{
		Name: e.Name, Tag: e.Tag, Repository: "catalog", Publisher: "lilypad",
		Template: sha256.Sum256(e.Template), Image: e.Image, Wasm: e.Wasm,
	}
}

// List returns all entries by name, a module's newest version first.
func List() []Entry { return slices.Clone(entries()) }

// Lookup finds a module; an empty tag means its newest version.
//
// # Errors
//
// NotFound, with what there is.
func Lookup(name, tag string) (Entry, error) {
	var there []string
	for _, e := range entries() {
		if e.Name == name && (e.Tag == tag || tag == "") {
			return e, nil
		}
		there = append(there, e.Name+":"+e.Tag)
	}
	return Entry{}, lilypad.Errorf(lilypad.NotFound, "module %.80q is not in the catalog", name+":"+tag).
		Try("name one of %s", strings.Join(there, ", "))
}

// Wasm returns the WASI command with that digest.
//
// # Errors
//
// NotFound when no entry has it.
func Wasm(_ context.Context, digest lilypad.Hash) ([]byte, error) {
	for _, e := range entries() {
		if e.Wasm == digest {
			return unpack(e, "wasm", digest)
		}
	}
	return nil, lilypad.Errorf(lilypad.NotFound, "the catalog has no wasm %s", digest)
}

// Linux returns the linux/amd64 program that the entry's image holds.
func (e Entry) Linux() ([]byte, error) { return unpack(e, "linux-amd64", e.Program) }

func unpack(e Entry, form string, digest lilypad.Hash) ([]byte, error) {
	if b, ok := unpacked.Load(digest); ok {
		return b.([]byte), nil
	}
	name := "dist/" + e.Name + "-" + e.Tag + "." + form + ".gz"
	packed, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	if sha256.Sum256(b) != digest {
		return nil, lilypad.Errorf(lilypad.Internal, "%s is not what the index says", name)
	}
	unpacked.Store(digest, b)
	return b, nil
}

// unpacked keeps what was unpacked, by digest: it is wanted for every job and
// costs 15 ms and a few MB.
var unpacked sync.Map

// record is an entry of dist/index.json, which build writes.
type record struct {
	Name    string `json:"name"`
	Tag     string `json:"tag"`
	Wasm    digest `json:"wasm"`
	Program digest `json:"linux_amd64"`
	Image   string `json:"image"`
}

type digest lilypad.Hash

func (d *digest) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(strings.TrimPrefix(string(text), "sha256:"))
	if err != nil || len(b) != len(d) {
		return fmt.Errorf("digest %q is not sha256: and 64 hexadecimal digits", text)
	}
	copy(d[:], b)
	return nil
}

// entries reads the embedded index; a broken one is a broken build.
var entries = sync.OnceValue(func() []Entry {
	b, err := files.ReadFile("dist/index.json")
	if err != nil {
		panic(err)
	}
	var records []record
	if err := json.Unmarshal(b, &records); err != nil {
		panic(err)
	}
	var list []Entry
	for _, r := range records {
		template, err := files.ReadFile(r.Name + "/lilypad_module.json.tmpl")
		if err != nil {
			panic(err)
		}
		list = append(list, Entry{
			Name: r.Name, Tag: r.Tag, Template: template,
			Wasm: lilypad.Hash(r.Wasm), Program: lilypad.Hash(r.Program), Image: r.Image,
		})
	}
	return list
})
