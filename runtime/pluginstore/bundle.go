package pluginstore

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Names of the parts of a package in a folder.
const (
	wasmFile       = "plugin.wasm"
	manifestFile   = "manifest.json"
	signaturesFile = "signatures.json"
)

// Sizes of the parts of a package, in bytes.
const (
	maxWasm       = 8 << 20 // what the plugin host takes
	maxSignatures = 2 * hostapi.MaxManifest
)

// Package is a plugin as it travels: the module, its manifest, and who
// vouches for that. Its parts agree with each other; whether the signatures
// are by anybody known is for [Trust] to say.
type Package struct {
	ID         lilypad.PluginID // digest of Wasm
	Info       hostapi.Manifest // Manifest, parsed
	Wasm       []byte
	Manifest   []byte // manifest.json, as it was signed
	Signatures []byte // signatures.json, a DSSE envelope; nil: none
}

// NewPackage checks that three files are one package.
//
// # Errors
//
// A [Refusal].
func NewPackage(wasm, manifest, signatures []byte) (Package, error) {
	p := Package{Wasm: wasm, Manifest: manifest, Signatures: signatures, ID: sha256.Sum256(wasm)}
	for _, part := range []struct {
		name      string
		size, max int
	}{{wasmFile, len(wasm), maxWasm}, {manifestFile, len(manifest), hostapi.MaxManifest}, {signaturesFile, len(signatures), maxSignatures}} {
		if part.size > part.max {
			return p, tooLarge(part.name, part.max)
		}
	}
	var err error
	if p.Info, err = parseManifest(manifest); err != nil {
		return p, err
	}
	if named, _ := lilypad.ParsePluginID("sha256:" + p.Info.SHA256); named != p.ID {
		return p, refusef(RuleDigest, "the module is %s; its manifest is for sha256:%s", p.ID, p.Info.SHA256).
			try("get the package again, or build it again with lilypad plugin build")
	}
	if signatures != nil {
		if _, err := openEnvelope(signatures, manifest); err != nil {
			return p, err
		}
	}
	return p, nil
}

// parseManifest reads the manifest of a plugin that was built.
func parseManifest(text []byte) (hostapi.Manifest, error) {
	var version struct{ API string }
	if json.Unmarshal(text, &version) == nil && version.API != "" {
		if _, err := (hostapi.Manifest{API: version.API}).MinorVersion(); err != nil {
			return hostapi.Manifest{}, refusef(RuleAPI, "%v", err).try("get a version of the plugin for this program")
		}
	}
	m, err := hostapi.ParseManifest(text)
	if err != nil {
		return m, refusef(RuleManifest, "%s", strings.TrimPrefix(err.Error(), "manifest: "))
	}
	if m.SHA256 == "" {
		return m, refusef(RuleDigest, "the manifest names no module").try("lilypad plugin build, and install its dist folder")
	}
	return m, nil
}

func tooLarge(name string, limit int) *Refusal {
	return refusef(RuleSize, "%s is larger than %d bytes", name, limit)
}

// Read reads a package from a folder with plugin.wasm, manifest.json and, when
// it is signed, signatures.json; or from a file of any name that ends in
// .wasm, with its manifest beside it as manifest.json, or as NAME.json for
// NAME.wasm; or from a folder that is an OCI image layout with one plugin. Of
// a source folder it reads what was built, in its folder dist.
// Links that lead out of the folder are not followed.
//
// # Errors
//
// A [Refusal]; NotFound when a part is missing.
func Read(path string) (Package, error) {
	dir, names := folder(path), []string{wasmFile, manifestFile, signaturesFile}
	if strings.HasSuffix(path, ".wasm") {
		names[0] = filepath.Base(path)
		own := strings.TrimSuffix(names[0], ".wasm") + ".json"
		if _, err := os.Lstat(filepath.Join(dir, own)); err == nil {
			names[1] = own
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Package{}, &lilypad.Error{Code: lilypad.NotFound, Msg: "plugin package", Err: err}
	}
	defer root.Close()
	if _, err := root.Lstat(layoutFile); err == nil {
		return readLayout(root)
	}
	return readParts(root, names)
}

// folder is where the parts of a package lie: a source folder has them in dist.
func folder(path string) string {
	if strings.HasSuffix(path, ".wasm") {
		return filepath.Dir(path)
	}
	built := filepath.Join(path, "dist")
	if _, err := os.Lstat(filepath.Join(built, wasmFile)); err == nil {
		return built
	}
	return path
}

func readParts(root *os.Root, names []string) (p Package, err error) {
	var parts [3][]byte
	for i, limit := range []int{maxWasm, hostapi.MaxManifest, maxSignatures} {
		parts[i], err = readFile(root, names[i], limit)
		if errors.Is(err, fs.ErrNotExist) && i == 2 {
			break // it is not signed
		}
		if errors.Is(err, fs.ErrNotExist) {
			return p, lilypad.Errorf(lilypad.NotFound, "%s has no %s", root.Name(), names[i]).
				Try("build it first with lilypad plugin build, or name a .wasm file with its manifest beside it")
		}
		if err != nil {
			return p, err
		}
	}
	return NewPackage(parts[0], parts[1], parts[2])
}

// readFile reads a plain file of at most limit bytes from inside a folder.
func readFile(root *os.Root, name string, limit int) ([]byte, error) {
	info, err := root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, &Refusal{Rule: RulePath, Msg: name + " is not a plain file inside " + root.Name(), Err: err}
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err == nil && len(b) > limit {
		return nil, tooLarge(name, limit)
	}
	return b, err
}

// Write writes the package into a folder, which it makes.
func (p Package) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, part := range map[string][]byte{wasmFile: p.Wasm, manifestFile: p.Manifest, signaturesFile: p.Signatures} {
		if part == nil {
			continue
		}
		if err := replace(filepath.Join(dir, name), part); err != nil {
			return err
		}
	}
	return nil
}

// replace writes a file at once, so that no reader sees half of it, and a
// crash leaves the old one or the new one.
func replace(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone after the rename
	_, err = f.Write(text)
	if err := errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// WriteSignatures writes signatures.json where Read of that path finds it, and
// returns its name.
//
// # Errors
//
// Invalid for an OCI image layout, whose parts are named by their digests.
func (p Package) WriteSignatures(path string) (string, error) {
	dir := folder(path)
	if _, err := os.Lstat(filepath.Join(dir, layoutFile)); err == nil {
		return "", lilypad.Errorf(lilypad.Invalid, "%s is an OCI image layout", path).Try("sign the folder that it was made of, and make it again")
	}
	at := filepath.Join(dir, signaturesFile)
	return at, replace(at, p.Signatures)
}
