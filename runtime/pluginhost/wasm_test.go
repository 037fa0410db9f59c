package pluginhost_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// This file is a test kit: an assembler for guests that no compiler makes.

const (
	funcType0   = iota // () ()
	funcArena          // (i32) (i32)
	funcCall           // (i32 i32 i32 i32) (i32)
	funcLog            // (i32 i32) ()
	funcBlob           // (i32 i64 i32 i32) (i32)
	funcDiff           // (i32 i32 i32 i32 i32) (i32)
	funcExit           // (i32) ()
	funcRecurse        // () (i32)
	funcClock          // (i32 i64 i32) (i32)
	funcPair           // (i32 i32) (i32)
)

var guestTypes = [][]byte{
	{0x60, 0, 0},
	{0x60, 1, 0x7f, 1, 0x7f},
	{0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f},
	{0x60, 2, 0x7f, 0x7f, 0},
	{0x60, 4, 0x7f, 0x7e, 0x7f, 0x7f, 1, 0x7f},
	{0x60, 5, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f},
	{0x60, 1, 0x7f, 0},
	{0x60, 0, 1, 0x7f},
	{0x60, 3, 0x7f, 0x7e, 0x7f, 1, 0x7f},
	{0x60, 2, 0x7f, 0x7f, 1, 0x7f},
}

type guestFunc struct {
	export string // empty: internal
	typ    byte
	body   []byte // without locals and end
	locals []byte // nil: none
}

type guestImport struct {
	module, name string
	typ          byte
}

// guestModule is a module in parts; bytes assembles it.
type guestModule struct {
	imports  []guestImport
	funcs    []guestFunc
	memory   []byte // limits
	table    []byte // limits
	globals  [][]byte
	start    bool // function 0
	extra    []byte
	noMemory bool // is not exported
}

const (
	arenaAt   = 1 << 16
	scratchAt = 1024
)

// honest is a plugin for allow that permits whatever it is asked about, in
// batches of one. hook is what it does before, with one item in the batch.
func honest(hook ...byte) guestModule {
	answer := store(0, 40)
	answer = append(answer, store(4, 1)...)
	answer = append(answer, store(8, 24)...)
	answer = append(answer, store(36, 1<<16)...) // permission of the record at 16
	return guest("lilypad_allow_1", 24, slices.Concat(hook, answer, i32(40)))
}

// guest is a plugin with one hook. It answers an empty batch, refuses the
// conformance vectors, which have a time of their own, and runs hook for
// others.
func guest(export string, stride int32, hook []byte) guestModule {
	return bare(export, slices.Concat(
		get(0), []byte{0x28, 2, 12}, // i32.load the number of items
		[]byte{0x45, 0x04, 0x40}, // i32.eqz if
		store(0, 16), store(4, 0), store(8, stride), i32(16), []byte{0x0f, 0x0b},
		get(0), []byte{0x28, 2, 24}, i32(1), []byte{0x6a}, i32(3), // the time is -1, 0 or 1
		[]byte{0x49, 0x04, 0x40}, i32(-1), []byte{0x0f, 0x0b}, // i32.lt_u if
		hook,
	))
}

// bare is a plugin whose hook gets everything.
func bare(export string, hook []byte) guestModule {
	return guestModule{
		memory: limits(40, 64),
		funcs: []guestFunc{
			{export: "lilypad_arena", typ: funcArena, body: i32(arenaAt)},
			{export: "lilypad_configure", typ: funcCall, body: i32(0)},
			{export: export, typ: funcCall, body: hook},
		},
	}
}

// with replaces or adds a function.
func (g guestModule) with(f guestFunc) guestModule {
	g.funcs = slices.Clone(g.funcs)
	for i, old := range g.funcs {
		if f.export != "" && old.export == f.export {
			g.funcs[i] = f
			return g
		}
	}
	g.funcs = append(g.funcs, f)
	return g
}

func (g guestModule) bytes() []byte {
	var imports, funcs, exports, bodies [][]byte
	for _, im := range g.imports {
		imports = append(imports, slices.Concat(name(im.module), name(im.name), []byte{0, im.typ}))
	}
	if !g.noMemory {
		exports = append(exports, append(name("memory"), 2, 0))
	}
	for i, f := range g.funcs {
		funcs = append(funcs, []byte{f.typ})
		if f.export != "" {
			exports = append(exports, slices.Concat(name(f.export), []byte{0}, uleb(uint64(len(g.imports)+i))))
		}
		locals := f.locals
		if locals == nil {
			locals = []byte{0}
		}
		body := slices.Concat(locals, f.body, []byte{0x0b})
		bodies = append(bodies, append(uleb(uint64(len(body))), body...))
	}
	out := []byte("\x00asm\x01\x00\x00\x00")
	for _, s := range []struct {
		id    byte
		items [][]byte
	}{{1, guestTypes}, {2, imports}, {3, funcs}} {
		out = append(out, section(s.id, s.items)...)
	}
	if g.table != nil {
		out = append(out, section(4, [][]byte{append([]byte{0x70}, g.table...)})...)
	}
	if g.memory != nil {
		out = append(out, section(5, [][]byte{g.memory})...)
	}
	if g.globals != nil {
		out = append(out, section(6, g.globals)...)
	}
	out = append(out, section(7, exports)...)
	if g.start {
		out = append(out, 8, 1, 0)
	}
	return slices.Concat(out, section(10, bodies), g.extra)
}

func section(id byte, items [][]byte) []byte {
	body := append(uleb(uint64(len(items))), slices.Concat(items...)...)
	return slices.Concat([]byte{id}, uleb(uint64(len(body))), body)
}

func name(s string) []byte { return append(uleb(uint64(len(s))), s...) }

func limits(low, high uint64) []byte { return slices.Concat([]byte{1}, uleb(low), uleb(high)) }

func uleb(v uint64) []byte { return binary.AppendUvarint(nil, v) }

// i32 is i32.const.
func i32(v int32) []byte {
	out := []byte{0x41}
	for {
		b := byte(v & 0x7f)
		if v >>= 7; v == 0 && b&0x40 == 0 || v == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}

// i64 is i64.const of a small number.
func i64(v byte) []byte { return []byte{0x42, v} }

// get is local.get.
func get(local byte) []byte { return []byte{0x20, local} }

func callFunc(index byte) []byte { return []byte{0x10, index} }

// store writes a constant to an offset of the output.
func store(offset byte, v int32) []byte {
	return slices.Concat(get(2), i32(v), []byte{0x36, 2, offset})
}

var (
	endless     = []byte{0x03, 0x40, 0x0c, 0, 0x0b} // loop br 0 end
	unreachable = []byte{0x00}
	drop        = []byte{0x1a}
)

// manifestFor is a manifest with the digest of a module, and more keys.
func manifestFor(hook string, wasm []byte, more ...string) []byte {
	keys := append([]string{fmt.Sprintf(`"name":"guest","version":"1.0.0","hook":%q,"api":"1.0","license":"Apache-2.0","source":"none","sha256":"%x"`, hook, sha256.Sum256(wasm))}, more...)
	if hook == "mediate" {
		keys = append(keys, `"deters":false,"phases":["review"]`)
	}
	return []byte("{" + strings.Join(keys, ",") + "}")
}

// source is a module for allow as a source.
func source(g guestModule, more ...string) pluginhost.Source {
	wasm := g.bytes()
	return pluginhost.Source{Wasm: wasm, Manifest: manifestFor("allow", wasm, more...)}
}

// uniform is a plugin that answers every item of a batch with a record whose
// bytes are all fill.
func uniform(hook string, stride int32, fill int32) guestModule {
	count := slices.Concat(get(0), []byte{0x28, 2, 12})
	size := slices.Concat(count, i32(stride), []byte{0x6c})
	total := slices.Concat(size, i32(16), []byte{0x6a})
	storeAt := func(offset byte, v []byte) []byte { return slices.Concat(get(2), v, []byte{0x36, 2, offset}) }
	return guest("lilypad_"+hook+"_1", stride, slices.Concat(
		get(2), i32(16), []byte{0x6a}, i32(fill), size, []byte{0xfc, 11, 0}, // memory.fill
		storeAt(0, total), storeAt(4, count), store(8, stride), total,
	))
}
