package modules

import (
	"context"
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
	dir := r.cacheDir(repository, commit)
	if f, err := read(dir); err == nil && !isFile(repository) {
		return f, nil
	}
	at, err := r.fetch(ctx, repository, commit)
	if err != nil {
		return files{}, err
	}
	var f files
	if f.template, err = at.File(ctx, TemplateFile, template.MaxTemplate); err != nil {
		if errors.Is(err, git.ErrAbsent) {
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
	if f.signatures, err = signatures(ctx, at); err != nil {
		return files{}, err
	}
	if isFile(repository) {
		return f, nil
	}
	return f, r.keep(dir, f)
}

func isFile(repository string) bool { return strings.HasPrefix(repository, "file://") }

func (r *Resolver) fetch(ctx context.Context, repository, commit string) (*git.Commit, error) {
	remote, err := r.git.Dial(ctx, repository)
	if err != nil {
		return nil, err
	}
	return remote.Fetch(ctx, commit)
}

// signatures reads the signature file of a commit. A link or a file that is too
// large vouches for nothing and hinders nothing, as one that is not there.
func signatures(ctx context.Context, at *git.Commit) ([]byte, error) {
	text, err := at.File(ctx, SignaturesFile, maxSignatures)
	if errors.Is(err, git.ErrAbsent) || lilypad.CodeOf(err) == lilypad.Invalid {
		return nil, nil
	}
	return text, err
}

// local reads a module from a folder of this machine.
func (r *Resolver) local(ctx context.Context, folder string) (Resolved, error) {
	if !r.cfg.AllowLocal {
		return Resolved{}, lilypad.Errorf(lilypad.Unauthorized, "module %.200q is a folder of this machine", folder).
			Try("publish it in a git repository; lilypad module run %.200s tries it on this machine", folder)
	}
	abs, err := filepath.Abs(folder)
	if err != nil {
		return Resolved{}, err
	}
	name := TemplateFile
	if info, err := os.Stat(abs); err == nil && info.Mode().IsRegular() {
		abs, name = filepath.Split(abs)
		abs = filepath.Clean(abs)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return Resolved{}, &lilypad.Error{Code: lilypad.NotFound, Msg: "module folder", Err: err, Remedy: "check the path"}
	}
	defer root.Close()
	var f files
	if f.template, err = readFile(root, name, template.MaxTemplate+1); err != nil {
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
	if f.signatures, err = readFile(root, SignaturesFile, maxSignatures); err != nil && !errors.Is(err, fs.ErrNotExist) {
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
