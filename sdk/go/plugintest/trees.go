package plugintest

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// Tree is a result: the content of each file by its path.
type Tree map[string]string

func (t Tree) root() Bytes32 {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(h, "%d %s%d %s", len(path), path, len(t[path]), t[path])
	}
	return Bytes32(h.Sum(nil))
}

func (t Tree) size() uint64 {
	n := 0
	for _, content := range t {
		n += len(content)
	}
	return uint64(n)
}

// Compare calls a comparator with two results and the deal's parameters.
func Compare(t testing.TB, h compare.Hook, a, b Tree, params ...Param) Comparison {
	t.Helper()
	in := CompareInput{Pairs: []Pair{{
		ARoot: a.root(), BRoot: b.root(), ASize: a.size(), BSize: b.size(), A: 1, B: 2,
		AFiles: uint32(len(a)), BFiles: uint32(len(b)), Params: params, Engine: EngineWasm,
	}}}
	fake := &fakeHost{t: t, trees: [2]Tree{a, b}, files: []string{""}}
	return answer(t, fake, in.Append, func(in, out []byte) int32 { return compare.Run(h, in, out) }, DecodeComparisons)[0]
}

// fakeHost serves two trees, one difference a page and seven bytes a
// read at most, so that a plugin that reads no further fails.
type fakeHost struct {
	t     testing.TB
	trees [2]Tree
	files []string // by handle
}

func (h *fakeHost) Log(text string) { h.t.Log(text) }

func (h *fakeHost) BlobRead(handle uint32, offset uint64, p []byte) int32 {
	if handle == 0 || int(handle) >= len(h.files) || offset > uint64(len(h.files[handle])) {
		return -1
	}
	return int32(copy(p[:min(7, len(p))], h.files[handle][offset:]))
}

func (h *fakeHost) TreeDiff(a, b, cursor uint32, out []byte) int32 {
	if a < 1 || a > 2 || b < 1 || b > 2 {
		return -1
	}
	list := h.differences(h.trees[a-1], h.trees[b-1])
	page := Differences{}
	if int(cursor) < len(list) {
		page.Differences = list[cursor : cursor+1]
	}
	if int(cursor)+1 < len(list) {
		page.Next = cursor + 1
	}
	item, err := page.Append(nil, Minor)
	if err != nil {
		h.t.Fatal(err)
	}
	if len(item) > len(out) {
		return -3
	}
	return int32(copy(out, item))
}

func (h *fakeHost) differences(a, b Tree) []Difference {
	paths := maps.Clone(a)
	maps.Copy(paths, b)
	var list []Difference
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		left, inA := a[path]
		right, inB := b[path]
		if inA && inB && left == right {
			continue
		}
		d := Difference{Path: path, ASize: uint64(len(left)), BSize: uint64(len(right))}
		if inA {
			d.A = h.open(left)
		}
		if inB {
			d.B = h.open(right)
		}
		list = append(list, d)
	}
	return list
}

func (h *fakeHost) open(content string) uint32 {
	h.files = append(h.files, content)
	return uint32(len(h.files) - 1)
}
