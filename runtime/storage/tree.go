package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fxamacker/cbor/v2"

	"github.com/lilypad-network/lilypad"
)

// Limits of paths, in bytes. The size of its block bounds the rest of a tree.
const (
	MaxPath = 1024
	MaxName = 255 // of one part of a path
)

// Tree is a folder: its files in ascending order of paths, by bytes.
type Tree struct{ Files []File }

// File is one file of a tree. Size is in bytes; each chunk but the last has
// MaxBlock of them.
type File struct {
	Path       string
	Executable bool
	Size       uint64
	Chunks     []lilypad.Hash
}

// Limits bound a tree before its files are touched. Zero means no limit but
// the format's own.
type Limits struct {
	Size  uint64 // bytes of all files together
	Files int
}

// ReadTree fetches and checks the tree with that id.
//
// # Errors
//
// NotFound when its block is not there, Invalid when the block is no tree in
// canonical form.
func ReadTree(ctx context.Context, src Getter, id lilypad.ContentID) (Tree, error) {
	block, err := src.Get(ctx, lilypad.Hash(id))
	if err != nil {
		return Tree{}, fmt.Errorf("tree %s: %w", id, err)
	}
	t, err := DecodeTree(block)
	if err != nil {
		return Tree{}, fmt.Errorf("tree %s: %w", id, err)
	}
	return t, nil
}

// Size is the sum of the files' sizes in bytes.
func (t Tree) Size() (n uint64) {
	for _, f := range t.Files {
		n += f.Size
	}
	return n
}

// Find returns the file at path.
func (t Tree) Find(path string) (File, bool) {
	i, ok := slices.BinarySearchFunc(t.Files, path, func(f File, p string) int { return strings.Compare(f.Path, p) })
	if !ok {
		return File{}, false
	}
	return t.Files[i], true
}

// Blocks lists the digests of the files' chunks, each once, in the order in
// which they are needed. The tree's own block, whose digest is its id, is not
// among them.
func (t Tree) Blocks() (ids []lilypad.Hash) {
	seen := map[lilypad.Hash]bool{}
	for _, f := range t.Files {
		for _, id := range f.Chunks {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// sizes tells what length each of the blocks must have, so that a small tree
// cannot stand for many bytes. Invalid when one must have two.
func (t Tree) sizes() (map[lilypad.Hash]int, error) {
	out := map[lilypad.Hash]int{}
	for _, f := range t.Files {
		left := f.Size
		for _, id := range f.Chunks {
			n := int(min(left, MaxBlock))
			if other, listed := out[id]; listed && other != n {
				return nil, lilypad.Errorf(lilypad.Invalid, "%q: block %s is of %d bytes there, and of %d elsewhere", f.Path, id, n, other)
			}
			out[id], left = n, left-uint64(n)
		}
	}
	return out, nil
}

// Check reports a tree that is larger than limits allow.
//
// # Errors
//
// Exhausted, with both figures.
func (t Tree) Check(l Limits) error {
	if size := t.Size(); l.Size > 0 && size > l.Size {
		return lilypad.Errorf(lilypad.Exhausted, "tree holds %d bytes, the limit is %d", size, l.Size)
	}
	if l.Files > 0 && len(t.Files) > l.Files {
		return lilypad.Errorf(lilypad.Exhausted, "tree holds %d files, the limit is %d", len(t.Files), l.Files)
	}
	return nil
}

// Encode returns the tree's only block.
//
// # Errors
//
// Invalid for a path that breaks the rules or does not ascend, for chunks that
// do not fit a size or have two, and for a tree that needs more than MaxBlock bytes.
func (t Tree) Encode() ([]byte, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	w := wireTree{Version: treeVersion, Files: make([]wireFile, len(t.Files))}
	for i, f := range t.Files {
		w.Files[i] = wireFile{Path: f.Path, Executable: f.Executable, Size: f.Size, Chunks: make([]link, len(f.Chunks))}
		for k, c := range f.Chunks {
			w.Files[i].Chunks[k] = link(c)
		}
	}
	b, err := encMode.Marshal(w)
	if err != nil {
		return nil, err
	}
	if len(b) > MaxBlock {
		return nil, lilypad.Errorf(lilypad.Invalid, "%d files need a list of %d bytes, the limit is %d", len(t.Files), len(b), MaxBlock).
			Try("pack the files into fewer ones")
	}
	return b, nil
}

// ID is the digest of the tree's block.
//
// # Errors
//
// As of Encode.
func (t Tree) ID() (lilypad.ContentID, error) {
	b, err := t.Encode()
	if err != nil {
		return lilypad.ContentID{}, err
	}
	return sha256.Sum256(b), nil
}

// DecodeTree reads a tree's block and accepts only the bytes that Encode gives.
//
// # Errors
//
// Invalid, naming the rule or the path.
func DecodeTree(block []byte) (Tree, error) {
	if err := CheckBlock(block); err != nil {
		return Tree{}, err
	}
	var w wireTree
	if err := decMode.Unmarshal(block, &w); err != nil {
		return Tree{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "not a tree", Err: err}
	}
	if w.Version != treeVersion {
		return Tree{}, lilypad.Errorf(lilypad.Invalid, "tree of version %d, want %d", w.Version, treeVersion)
	}
	t := Tree{Files: make([]File, len(w.Files))}
	for i, f := range w.Files {
		t.Files[i] = File{f.Path, f.Executable, f.Size, make([]lilypad.Hash, len(f.Chunks))}
		for k, c := range f.Chunks {
			t.Files[i].Chunks[k] = lilypad.Hash(c)
		}
	}
	again, err := t.Encode()
	if err != nil {
		return Tree{}, err
	}
	if !bytes.Equal(again, block) {
		return Tree{}, lilypad.Errorf(lilypad.Invalid, "tree is not in canonical form")
	}
	return t, nil
}

func (t Tree) check() error {
	files := make(map[string]bool, len(t.Files))
	total := uint64(0)
	for i, f := range t.Files {
		if err := CheckPath(f.Path); err != nil {
			return err
		}
		if i > 0 && t.Files[i-1].Path >= f.Path {
			return lilypad.Errorf(lilypad.Invalid, "path %q is there twice or out of order", f.Path)
		}
		if want := chunks(f.Size); uint64(len(f.Chunks)) != want {
			return lilypad.Errorf(lilypad.Invalid, "%q: %d bytes in %d chunks, want %d", f.Path, f.Size, len(f.Chunks), want)
		}
		if total += f.Size; total > math.MaxInt64 {
			return lilypad.Errorf(lilypad.Invalid, "tree is larger than %d bytes", int64(math.MaxInt64))
		}
		files[f.Path] = true
	}
	for path := range files {
		for i, c := range path {
			if c == '/' && files[path[:i]] {
				return lilypad.Errorf(lilypad.Invalid, "%q is a file and a folder", path[:i])
			}
		}
	}
	_, err := t.sizes()
	return err
}

func chunks(size uint64) uint64 { return size/MaxBlock + min(1, size%MaxBlock) }

// CheckPath reports a path that no tree may hold: it must be relative with
// single slashes, in UTF-8, without "." and "..", backslashes and control
// characters, at most MaxPath bytes long with parts of at most MaxName.
//
// # Errors
//
// Invalid, naming the rule.
func CheckPath(path string) error {
	bad := func(rule string) error {
		return lilypad.Errorf(lilypad.Invalid, "path %.200q %s", path, rule)
	}
	switch {
	case len(path) > MaxPath:
		return bad(fmt.Sprintf("is longer than %d bytes", MaxPath))
	case !utf8.ValidString(path):
		return bad("is not UTF-8")
	case strings.ContainsFunc(path, unicode.IsControl):
		return bad("has a control character")
	case strings.Contains(path, `\`):
		return bad("has a backslash")
	case strings.HasPrefix(path, "/"):
		return bad("is not relative")
	}
	for part := range strings.SplitSeq(path, "/") {
		switch {
		case part == "" || part == "." || part == "..":
			return bad(fmt.Sprintf("has the part %q", part))
		case len(part) > MaxName:
			return bad(fmt.Sprintf("has a part longer than %d bytes", MaxName))
		}
	}
	return nil
}

const treeVersion = 1

// The wire form, in IPLD's terms tuples: no field names, nothing optional.
type (
	wireTree struct {
		_       struct{} `cbor:",toarray"`
		Version uint64
		Files   []wireFile
	}
	wireFile struct {
		_          struct{} `cbor:",toarray"`
		Path       string
		Executable bool
		Size       uint64
		Chunks     []link
	}
)

// link is a DAG-CBOR link: tag 42 around a zero byte and the CIDv1 (raw,
// sha2-256) of a chunk. See https://ipld.io/specs/codecs/dag-cbor/spec/.
type link lilypad.Hash

const linkPrefix = "\xd8\x2a\x58\x25\x00\x01\x55\x12\x20"

func (l link) MarshalCBOR() ([]byte, error) { return append([]byte(linkPrefix), l[:]...), nil }

func (l *link) UnmarshalCBOR(b []byte) error {
	if len(b) != len(linkPrefix)+len(l) || string(b[:len(linkPrefix)]) != linkPrefix {
		return errors.New("a chunk is not the link of a raw sha2-256 block")
	}
	copy(l[:], b[len(linkPrefix):])
	return nil
}

var (
	encMode = must(cbor.EncOptions{}.EncMode())
	decMode = must(cbor.DecOptions{
		IndefLength:      cbor.IndefLengthForbidden,
		UTF8:             cbor.UTF8RejectInvalid,
		MaxArrayElements: 1 << 16,
		MaxNestedLevels:  8,
	}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options are constants
	}
	return v
}
