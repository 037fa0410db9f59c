package pluginhost_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// comparator asks for the differences from a cursor on, in space bytes, and
// answers with what tree_diff returned (arg0), the cursor of the next page and
// the size of the first file in a (distance), and what reading that file from
// its third byte on returned (arg1).
func comparator(cursor, space int32) pluginhost.Source {
	load := func(address []byte, offset byte) []byte { return append(slices.Clone(address), 0x28, 2, offset) }
	first := slices.Concat(i32(scratchAt), load(i32(scratchAt), 24), []byte{0x6a}) // address of the first difference
	put := func(offset byte, v []byte) []byte { return slices.Concat(get(2), v, []byte{0x36, 2, offset}) }
	g := guest("lilypad_compare_1", 40, slices.Concat(
		put(24, slices.Concat(i32(1), i32(2), i32(cursor), i32(scratchAt), i32(space), callFunc(0))),
		put(16, load(first, 8)), put(20, load(i32(scratchAt), 16)),
		put(32, slices.Concat(load(first, 24), i64(2), i32(scratchAt), i32(100), callFunc(1))),
		store(40, 2<<16), // different
		answer(56, 1, 40, 56),
	))
	g.imports = []guestImport{{"lilypad", "tree_diff", funcDiff}, {"lilypad", "blob_read", funcBlob}}
	src := sourceFor("compare", g, `"capabilities":["tree_diff","blob_read"]`)
	src.Grants = []string{hostapi.CapTreeDiff, hostapi.CapBlobRead}
	return src
}

func tree(t *testing.T, store storage.Store, files ...storage.Entry) hostapi.Bytes32 {
	t.Helper()
	id, _, err := storage.PutFiles(context.Background(), store, files)
	if err != nil {
		t.Fatal(err)
	}
	return hostapi.Bytes32(id)
}

func TestPlugin_Compare(t *testing.T) {
	ctx, store := context.Background(), memory.New()
	same := storage.Bytes("same", []byte("same"))
	a := tree(t, store, same, storage.Bytes("left", []byte("only left")), storage.Bytes("out", []byte("12345")))
	b := tree(t, store, same, storage.Bytes("out", []byte("12346")), storage.Bytes("right", nil))
	const fullPage = 32 + 3*40 + len("left") + len("out") + len("right")
	for _, tc := range []struct {
		name          string
		cursor, space int32
		want          hostapi.Comparison
	}{
		{"all at once", 0, 4096, hostapi.Comparison{Arg0: (uint64(fullPage) + 7) / 8 * 8, Distance: 9, Arg1: 7}},
		{"first page", 0, 100, hostapi.Comparison{Arg0: (32 + 40 + 4 + 7) / 8 * 8, Distance: 9 | 1<<32, Arg1: 7}},
		{"second page", 1, 100, hostapi.Comparison{Arg0: (32 + 40 + 3 + 7) / 8 * 8, Distance: 5 | 2<<32, Arg1: 3}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p, kept := load(t, comparator(tc.cursor, tc.space))
			got, err := p.Compare(ctx, 7, []hostapi.Pair{{ARoot: a, BRoot: b, Engine: hostapi.EngineWasm}}, store)
			if err != nil {
				t.Fatal(err)
			}
			tc.want.Sameness = hostapi.SamenessDifferent
			if got[0] != tc.want {
				t.Errorf("got %+v, want %+v", got[0], tc.want)
			}
			d := (*kept)[0]
			in, err := hostapi.DecodeCompareInput(d.Input)
			if err != nil {
				t.Fatal(err)
			}
			if pair := in.Pairs[0]; pair.A != 1 || pair.B != 2 || pair.ASize != 18 || pair.BSize != 9 || pair.AFiles != 3 || pair.BFiles != 3 {
				t.Errorf("the guest saw %+v", pair)
			}
			again, err := p.Replay(ctx, d.Input, store)
			if err != nil || !bytes.Equal(again.Output, d.Output) {
				t.Errorf("replayed %x, %v; want %x", again.Output, err, d.Output)
			}
		})
	}
}

// Reading a few bytes has the host fetch and hash a whole block.
func TestPlugin_Compare_paysForBlocks(t *testing.T) {
	ctx, store := context.Background(), memory.New()
	b := tree(t, store, storage.Bytes("right", nil))
	for _, size := range []int{10, storage.MaxBlock} {
		a := tree(t, store, storage.Bytes("left", make([]byte, size)))
		p, kept := load(t, comparator(0, 4096))
		if _, err := p.Compare(ctx, 7, []hostapi.Pair{{ARoot: a, BRoot: b, Engine: hostapi.EngineWasm}}, store); err != nil {
			t.Fatal(err)
		}
		if spent := (*kept)[0].Record.Fuel; spent < uint64(size) || spent > uint64(size)+10_000 {
			t.Errorf("a read from a block of %d bytes took %d fuel", size, spent)
		}
	}
}

func TestPlugin_Compare_answersEqualRootsItself(t *testing.T) {
	p, kept := load(t, comparator(0, 4096))
	root := hostapi.Bytes32{1} // of no tree in the store
	got, err := p.Compare(context.Background(), 7, []hostapi.Pair{{ARoot: root, BRoot: root, Engine: hostapi.EngineWasm}}, memory.New())
	if err != nil || got[0] != (hostapi.Comparison{Sameness: hostapi.SamenessEqual}) || len(*kept) != 0 {
		t.Errorf("got %v, %v after %d calls", got, err, len(*kept))
	}
}

func TestPlugin_Compare_needsLocalContent(t *testing.T) {
	ctx, store := context.Background(), memory.New()
	a := tree(t, store, storage.Bytes("left", []byte("only left")))
	b := tree(t, store, storage.Bytes("out", []byte("12346")))
	p, _ := load(t, comparator(0, 4096))
	pairs := []hostapi.Pair{{ARoot: a, BRoot: b, Engine: hostapi.EngineWasm}}

	whole, err := storage.ReadTree(ctx, store, lilypad.ContentID(a))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Delete(ctx, whole.Files[0].Chunks[0]); err != nil {
		t.Fatal(err)
	}
	_, err = p.Compare(ctx, 7, pairs, store)
	wantRefusal(t, err, pluginhost.RuleBlob, "")
	if lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("code %s, want unavailable: it is no judgement", lilypad.CodeOf(err))
	}
	if err := store.Delete(ctx, lilypad.Hash(b)); err != nil {
		t.Fatal(err)
	}
	if _, err = p.Compare(ctx, 7, pairs, store); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("got %v, want not_found", err)
	}
}

// A tree may be well-formed and still lie about a file.
func TestPlugin_Compare_needsBlocksOfTheirSize(t *testing.T) {
	ctx, store := context.Background(), memory.New()
	chunk, err := store.Put(ctx, []byte("short"))
	if err != nil {
		t.Fatal(err)
	}
	block, err := storage.Tree{Files: []storage.File{{Path: "left", Size: 9, Chunks: []lilypad.Hash{chunk}}}}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	a, err := store.Put(ctx, block)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := load(t, comparator(0, 4096))
	_, err = p.Compare(ctx, 7, []hostapi.Pair{{ARoot: hostapi.Bytes32(a), BRoot: tree(t, store, storage.Bytes("right", nil)), Engine: hostapi.EngineWasm}}, store)
	wantRefusal(t, err, pluginhost.RuleBlob, "5 bytes")
}

// The handles are wrong in every way, and the answers are statuses.
func TestPlugin_Compare_hostCallsRefuseNonsense(t *testing.T) {
	ctx, blobs := context.Background(), memory.New()
	pairs := []hostapi.Pair{{ARoot: tree(t, blobs, storage.Bytes("a", nil)), BRoot: tree(t, blobs, storage.Bytes("b", nil)), Engine: hostapi.EngineWasm}}
	diff := func(a, b, cursor, out, space int32) []byte {
		return slices.Concat(i32(a), i32(b), i32(cursor), i32(out), i32(space), callFunc(0))
	}
	read := func(handle, at, n int32) []byte {
		return slices.Concat(i32(handle), i64(0), i32(at), i32(n), callFunc(1))
	}
	for _, tc := range []struct {
		name string
		call []byte
		want hostapi.Status
	}{
		{"no tree 0", diff(0, 1, 0, scratchAt, 4096), hostapi.StatusBadInput},
		{"no tree 3", diff(1, 3, 0, scratchAt, 4096), hostapi.StatusBadInput},
		{"page outside memory", diff(1, 2, 0, -16, 4096), hostapi.StatusBadInput},
		{"page too small", diff(1, 2, 0, scratchAt, 40), hostapi.StatusOutputFull},
		{"page of nothing", diff(1, 2, 0, scratchAt, 0), hostapi.StatusOutputFull},
		{"cursor at the end", diff(1, 2, -1, scratchAt, 4096), 32},
		{"a tree is no file", read(1, scratchAt, 8), hostapi.StatusBadInput},
		{"no file 0", read(0, scratchAt, 8), hostapi.StatusBadInput},
		{"no file 3", read(3, scratchAt, 8), hostapi.StatusBadInput},
		{"buffer outside memory", read(3, -1, 8), hostapi.StatusBadInput},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := guest("lilypad_compare_1", 40, slices.Concat(get(2), tc.call, []byte{0x36, 2, 24}, store(40, 2<<16), answer(56, 1, 40, 56)))
			g.imports = []guestImport{{"lilypad", "tree_diff", funcDiff}, {"lilypad", "blob_read", funcBlob}}
			src := sourceFor("compare", g, `"capabilities":["tree_diff","blob_read"]`)
			src.Grants = []string{hostapi.CapTreeDiff, hostapi.CapBlobRead}
			p, _ := load(t, src)
			got, err := p.Compare(ctx, 7, pairs, blobs)
			if err != nil {
				t.Fatal(err)
			}
			if status := hostapi.Status(int32(uint32(got[0].Arg0))); status != tc.want {
				t.Errorf("got %v, want %v", status, tc.want)
			}
		})
	}
}
