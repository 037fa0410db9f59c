package modules

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/nearest"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/template"
)

// files are what a module consists of. wasm and signatures are nil if it has
// none.
type files struct{ template, wasm, signatures []byte }

// commit resolves a tag, a branch or a commit, in this order but for full
// commits; "" is the default branch.
func (r *Resolver) commit(ctx context.Context, repository, tag string) (string, error) {
	if isCommit(tag) {
		return tag, nil
	}
	remote, err := r.git.Dial(ctx, repository)
	if err != nil {
		return "", err
	}
	for _, commit := range []string{remote.Tags[tag], remote.Branches[tag]} {
		if commit != "" {
			return commit, nil
		}
	}
	if tag == "" && remote.Head != "" {
		return remote.Head, nil
	}
	return "", noTag(repository, tag, remote)
}

func noTag(repository, tag string, remote *git.Remote) error {
	all := append(slices.Sorted(maps.Keys(remote.Tags)), slices.Sorted(maps.Keys(remote.Branches))...)
	e := lilypad.Errorf(lilypad.NotFound, "%s has no tag, branch or commit %.100q", repository, tag)
	if near := nearest.Names(tag, all, 3); near != nil {
		return e.Try("did you mean %s?", strings.Join(near, ", "))
	}
	return e.Try("it has %s; a commit is written with all 40 digits", strings.Join(all[max(0, len(all)-10):], ", "))
}

// files reads a module at a commit, from the cache if it was read before.
func (r *Resolver) files(ctx context.Context, repository, commit string) (files, error) {
	key := sha256.Sum256([]byte(repository))
	dir := filepath.Join(r.cfg.CacheDir, hex.EncodeToString(key[:8]), commit)
	if f, err := read(dir); err == nil {
		return f, nil
	}
	remote, err := r.git.Dial(ctx, repository)
	if err != nil {
		return files{}, err
	}
	at, err := remote.Fetch(ctx, commit)
	if err != nil {
		return files{}, err
	}
	var f files
	if f.template, err = at.File(ctx, TemplateFile, template.MaxTemplate); err != nil {
		if lilypad.CodeOf(err) == lilypad.NotFound {
			err = &lilypad.Error{Code: lilypad.NotFound, Msg: repository + " is not a module", Err: err, Remedy: "check the repository and the tag"}
		}
		return files{}, err
	}
	seen, err := template.Inspect(f.template)
	if err != nil {
		return files{}, err
	}
	if seen.WasmPath != "" {
		if f.wasm, err = at.File(ctx, seen.WasmPath, maxWasm); err != nil {
			return files{}, err
		}
	}
	if f.signatures, err = at.File(ctx, SignaturesFile, maxSignatures); err != nil && !lasting(err) {
		return files{}, err
	}
	return f, write(dir, f)
}

// lasting tells that a file will never be there, or is none: what nobody can
// read vouches for nothing, and hinders nothing.
func lasting(err error) bool {
	code := lilypad.CodeOf(err)
	return code == lilypad.NotFound || code == lilypad.Invalid
}

const wasmFile = "module.wasm"

// read returns what write put into dir.
func read(dir string) (f files, err error) {
	if f.template, err = os.ReadFile(filepath.Join(dir, TemplateFile)); err != nil {
		return f, err
	}
	for name, to := range map[string]*[]byte{wasmFile: &f.wasm, SignaturesFile: &f.signatures} {
		if *to, err = os.ReadFile(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return f, nil
}

// write makes dir at once, so that a reader finds all of it or nothing.
func write(dir string, f files) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for name, content := range map[string][]byte{TemplateFile: f.template, wasmFile: f.wasm, SignaturesFile: f.signatures} {
		if content == nil {
			continue
		}
		if err := os.WriteFile(filepath.Join(tmp, name), content, 0o600); err != nil {
			return err
		}
	}
	if err := os.Rename(tmp, dir); err != nil {
		if _, there := read(dir); there != nil {
			return err
		} // else another call was faster, with the same bytes
	}
	return nil
}

// local reads a module from a folder of this machine.
func (r *Resolver) local(ctx context.Context, folder string) (Resolved, error) {
	if !r.cfg.AllowLocal {
		return Resolved{}, lilypad.Errorf(lilypad.Unauthorized, "module %.200q is a folder of this machine", folder).
			Try("allow local modules, or publish it in a git repository")
	}
	abs, err := filepath.Abs(folder)
	if err != nil {
		return Resolved{}, err
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return Resolved{}, &lilypad.Error{Code: lilypad.NotFound, Msg: "module folder", Err: err, Remedy: "check the path"}
	}
	defer root.Close()
	var f files
	if f.template, err = readFile(root, TemplateFile, template.MaxTemplate+1); err != nil {
		return Resolved{}, err
	}
	seen, err := template.Inspect(f.template)
	if err != nil {
		return Resolved{}, err
	}
	if seen.WasmPath != "" {
		if f.wasm, err = readFile(root, seen.WasmPath, maxWasm); err != nil {
			return Resolved{}, err
		}
	}
	if f.signatures, err = readFile(root, SignaturesFile, maxSignatures); err != nil && !lasting(err) {
		return Resolved{}, err
	}
	return r.describe(ctx, lilypad.Module{Name: filepath.Base(abs), Repository: localRepository}, f)
}

func readFile(root *os.Root, name string, max int64) ([]byte, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.NotFound, Msg: "no module in " + root.Name(), Err: err, Remedy: "put " + name + " into the folder"}
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, max+1))
	if err == nil && int64(len(b)) > max {
		err = lilypad.Errorf(lilypad.Invalid, "%s is larger than %d bytes", name, max)
	}
	return b, err
}
