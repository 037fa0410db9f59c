package decisions

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

const (
	// maxTrees bounds the blocks that an exported comparison carries, in bytes.
	maxTrees = 64_000_000

	maxFile = 2*maxTrees + 2*maxContent // base64 takes a third more
)

// File is a decision that stands for itself: whoever has it and the plugin can
// replay it.
type File struct {
	ID lilypad.Hash `json:"id"`
	Entry
	Blocks [][]byte `json:"blocks,omitempty"` // compare: of both trees
}

// Export makes a file of an entry. store has the trees of a comparison; others
// take nil.
//
// # Errors
//
// NotFound, or Exhausted for trees of more than 64 MB; then the file
// is whole but for the blocks.
func Export(ctx context.Context, e *Entry, store storage.Getter) (File, error) {
	f := File{ID: e.ID(), Entry: *e}
	roots, err := e.roots()
	if err != nil {
		return f, err
	}
	if len(roots) > 0 && store == nil {
		return f, lilypad.Errorf(lilypad.NotFound, "the trees %s and %s are not here", roots[0], roots[1])
	}
	f.Blocks, err = pack(ctx, store, roots)
	return f, err
}

// pack collects the blocks of trees, each once.
func pack(ctx context.Context, store storage.Getter, roots []lilypad.ContentID) (out [][]byte, err error) {
	var ids []lilypad.Hash
	for _, root := range roots {
		t, err := storage.ReadTree(ctx, store, root)
		if err != nil {
			return nil, err
		}
		ids = append(append(ids, lilypad.Hash(root)), t.Blocks()...)
	}
	size, seen := 0, map[lilypad.Hash]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		b, err := store.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		if size += len(b); size > maxTrees {
			return nil, lilypad.Errorf(lilypad.Exhausted, "the trees have more than %d bytes", maxTrees)
		}
		out = append(out, b)
	}
	return out, nil
}

// roots are the two trees of a comparison; none for other hooks. Invalid for an
// input that is not of the record's hook.
func (e *Entry) roots() ([]lilypad.ContentID, error) {
	if e.Record.Hook != hostapi.HookCompare.String() {
		return nil, nil
	}
	in, err := hostapi.DecodeCompareInput(e.Input)
	if err != nil || len(in.Pairs) != 1 {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "the input of a comparison is not one pair", Err: err}
	}
	return []lilypad.ContentID{lilypad.ContentID(in.Pairs[0].ARoot), lilypad.ContentID(in.Pairs[0].BRoot)}, nil
}

// ReadFile reads what [Export] made. Whether it was altered since, a replay
// tells.
//
// # Errors
//
// Invalid when it is no such file.
func ReadFile(r io.Reader) (File, error) {
	var f File
	b, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err == nil && len(b) > maxFile {
		err = fmt.Errorf("more than %d bytes", maxFile)
	}
	if err == nil {
		err = json.Unmarshal(b, &f)
	}
	if err == nil {
		_, err = f.hook()
	}
	if err != nil {
		return f, &lilypad.Error{Code: lilypad.Invalid, Msg: "exported decision", Err: err}
	}
	for _, part := range []*json.RawMessage{&f.Source.Manifest, &f.Source.Settings} {
		if *part, err = json.Marshal(*part); err != nil { // an editor may have indented it
			return f, &lilypad.Error{Code: lilypad.Invalid, Msg: "exported decision", Err: err}
		}
	}
	f.SourceID = f.Source.id()
	return f, nil
}

// trees has the file's blocks.
func (f *File) trees() storage.Getter {
	s := blocks{}
	for _, b := range f.Blocks {
		s[sha256.Sum256(b)] = b
	}
	return s
}

type blocks map[lilypad.Hash][]byte

var _ storage.Getter = blocks{}

func (s blocks) Get(_ context.Context, id lilypad.Hash) ([]byte, error) {
	b, ok := s[id]
	if !ok {
		return nil, storage.NotFound(id)
	}
	return bytes.Clone(b), nil
}

func (s blocks) Has(_ context.Context, id lilypad.Hash) (bool, error) {
	_, ok := s[id]
	return ok, nil
}
