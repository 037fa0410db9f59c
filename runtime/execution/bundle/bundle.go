package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Names inside the trees.
const (
	fileTemplate = "template"
	fileParams   = "inputs.json"
	fileSalt     = "salt"
	dirInputs    = "inputs/"

	Stdout   = "stdout"
	Stderr   = "stderr"
	ExitCode = "exitCode"
	Outputs  = "outputs"
	Trace    = "trace" // of a job that ran in steps: the root of its states
)

const (
	maxTemplate = 1 << 20
	maxParams   = 4 << 20
)

// Inputs is what a job is rendered from.
type Inputs struct {
	Template []byte
	Params   map[string]string
	Files    storage.Tree // paths are relative to /inputs
}

// PutInputs stores the tree of a job's inputs. files names a tree of input
// files that store already has; zero: none.
func PutInputs(ctx context.Context, store storage.Store, template []byte, params map[string]string, files lilypad.ContentID) (lilypad.ContentID, error) {
	values, err := json.Marshal(params)
	if err != nil {
		return lilypad.ContentID{}, err
	}
	id, _, err := storage.PutFiles(ctx, store, []storage.Entry{storage.Bytes(fileTemplate, template), storage.Bytes(fileParams, values)})
	if err != nil || files.IsZero() {
		return id, err
	}
	all, err := storage.ReadTree(ctx, store, id)
	if err != nil {
		return lilypad.ContentID{}, err
	}
	given, err := storage.ReadTree(ctx, store, files)
	if err != nil {
		return lilypad.ContentID{}, err
	}
	for _, f := range given.Files {
		f.Path = dirInputs + f.Path
		all.Files = append(all.Files, f)
	}
	return putTree(ctx, store, all)
}

// Salt adds 32 secret bytes to inputs that store has: nobody can then guess what
// is in them and see by their id that it is so.
func Salt(ctx context.Context, store storage.Store, inputs lilypad.ContentID, salt lilypad.Hash) (lilypad.ContentID, error) {
	id, _, err := storage.PutFiles(ctx, store, []storage.Entry{storage.Bytes(fileSalt, salt[:])})
	if err != nil {
		return id, err
	}
	all, err := storage.ReadTree(ctx, store, inputs)
	if err != nil {
		return id, err
	}
	extra, err := storage.ReadTree(ctx, store, id)
	if err != nil {
		return id, err
	}
	all.Files = append(all.Files, extra.Files...)
	return putTree(ctx, store, all)
}

func putTree(ctx context.Context, store storage.Putter, t storage.Tree) (lilypad.ContentID, error) {
	slices.SortFunc(t.Files, func(a, b storage.File) int { return strings.Compare(a.Path, b.Path) })
	block, err := t.Encode()
	if err != nil {
		return lilypad.ContentID{}, err
	}
	id, err := store.Put(ctx, block)
	return lilypad.ContentID(id), err
}

// ReadInputs reads the tree back. Invalid when it is no inputs tree.
func ReadInputs(ctx context.Context, src storage.Getter, id lilypad.ContentID) (Inputs, error) {
	t, err := storage.ReadTree(ctx, src, id)
	if err != nil {
		return Inputs{}, err
	}
	for _, name := range []string{fileTemplate, fileParams} {
		if _, ok := t.Find(name); !ok {
			return Inputs{}, lilypad.Errorf(lilypad.Invalid, "inputs %s have no file %s", id, name)
		}
	}
	var in Inputs
	if in.Template, err = readFile(ctx, src, t, fileTemplate, maxTemplate); err != nil {
		return Inputs{}, err
	}
	values, err := readFile(ctx, src, t, fileParams, maxParams)
	if err != nil {
		return Inputs{}, err
	}
	if err := json.Unmarshal(values, &in.Params); err != nil {
		return Inputs{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "inputs.json of " + id.String(), Err: err}
	}
	for _, f := range t.Files {
		if rest, ok := strings.CutPrefix(f.Path, dirInputs); ok {
			f.Path = rest
			in.Files.Files = append(in.Files.Files, f)
		}
	}
	return in, nil
}

// Extract writes the input files into dir.
func (in Inputs) Extract(ctx context.Context, store storage.Store, dir string) error {
	if len(in.Files.Files) == 0 {
		return os.MkdirAll(dir, 0o755)
	}
	id, err := putTree(ctx, store, in.Files)
	if err != nil {
		return err
	}
	return storage.Extract(ctx, store, id, dir, storage.Limits{})
}

// PutOutputs stores what a job left in its folder. It must have ended in a way
// that gives a result; Conflict otherwise.
func PutOutputs(ctx context.Context, store storage.Putter, dir string, o execution.Outcome, class lilypad.Hash) (lilypad.Outputs, error) {
	out := lilypad.Outputs{HardwareClass: class}
	switch o.End {
	case execution.Succeeded:
		out.Status = lilypad.StatusSucceeded
	case execution.Failed:
		out.Status = lilypad.StatusFailed
	case execution.OutOfMemory:
		out.Status = lilypad.StatusOutOfMemory
	case execution.TimedOut:
		out.Status = lilypad.StatusTimedOut
	default:
		return out, lilypad.Errorf(lilypad.Conflict, "a job that was %s has no result: %s", o.End, o.Reason)
	}
	plain, err := outputEntries(dir)
	if err != nil {
		return out, err
	}
	if out.Plain, _, err = storage.PutFiles(ctx, store, plain); err != nil {
		return out, err
	}
	out.Blob, out.Size, err = storage.PutFiles(ctx, store, append(plain, onDisk(dir, Stderr)))
	return out, err
}

func outputEntries(dir string) ([]storage.Entry, error) {
	entries := []storage.Entry{onDisk(dir, Stdout), onDisk(dir, ExitCode)}
	if _, err := os.Lstat(filepath.Join(dir, Trace)); err == nil {
		entries = append(entries, onDisk(dir, Trace))
	}
	root := filepath.Join(dir, Outputs)
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return lilypad.Errorf(lilypad.Invalid, "output %q is not a file", p)
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		entries = append(entries, onDisk(root, filepath.ToSlash(rel)))
		return nil
	})
	if os.IsNotExist(err) {
		err = nil
	}
	return entries, err
}

func onDisk(dir, name string) storage.Entry {
	return storage.Entry{Path: name, Open: func() (io.ReadCloser, error) { return os.Open(filepath.Join(dir, filepath.FromSlash(name))) }}
}

// ReadExitCode reads a result's exit code.
func ReadExitCode(ctx context.Context, src storage.Getter, id lilypad.ContentID) (int, error) {
	t, err := storage.ReadTree(ctx, src, id)
	if err != nil {
		return 0, err
	}
	b, err := readFile(ctx, src, t, ExitCode, 16)
	if err != nil {
		return 0, err
	}
	code, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0, lilypad.Errorf(lilypad.Invalid, "exit code %.16q is not a number", b)
	}
	return code, nil
}

// ReadOutput reads one small file of a result, such as Stdout.
func ReadOutput(ctx context.Context, src storage.Getter, id lilypad.ContentID, name string, limit int64) ([]byte, error) {
	t, err := storage.ReadTree(ctx, src, id)
	if err != nil {
		return nil, err
	}
	return readFile(ctx, src, t, path.Clean(name), limit)
}

// OpenOutput returns a reader that fetches a file of a result piece by piece,
// and its size in bytes.
//
// # Errors
//
// NotFound when the result has no such file.
func OpenOutput(ctx context.Context, src storage.Getter, id lilypad.ContentID, name string) (io.Reader, uint64, error) {
	t, err := storage.ReadTree(ctx, src, id)
	if err != nil {
		return nil, 0, err
	}
	name = path.Clean(name)
	file, _ := t.Find(name)
	r, err := t.Open(ctx, src, name)
	return r, file.Size, err
}

func readFile(ctx context.Context, src storage.Getter, t storage.Tree, name string, limit int64) ([]byte, error) {
	r, err := t.Open(ctx, src, name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s is larger than %d bytes", name, limit)
	}
	return b.Bytes(), nil
}
