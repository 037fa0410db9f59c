package hostile

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// structure are modules whose sections say one thing and hold another, or hold
// little that becomes much.
func structure() []Case {
	change := func(f func(*asm.Module)) asm.Module {
		m := plugin()
		f(&m)
		return m
	}
	before := func(id byte, body ...any) asm.Module { return asm.Module{Before: asm.Section(id, asm.Code(body...))} }
	after := func(body ...any) asm.Module {
		return change(func(m *asm.Module) { m.After = asm.Code(body...) })
	}
	custom := func(name string, body ...any) []byte {
		return asm.Section(0, asm.Code(asm.Name(name), asm.Code(body...)))
	}
	four := asm.U(math.MaxUint32)
	memory := asm.Code(asm.Name("m"), asm.Name("m"), 2, 0, 1)
	twice := plugin()
	twice.Funcs = append(twice.Funcs, twice.Funcs[2])
	return []Case{
		answered("names of 4 billion functions", after(custom("name", asm.Section(1, four)))),
		answered("names of 4 billion locals", after(custom("name", asm.Section(2, asm.Code(1, 0, four))))),
		answered("two sections of names", after(custom("name", asm.Section(0, asm.Name("a"))), custom("name"))),
		answered("a million custom sections", after(bytes.Repeat(custom(""), 1<<20))),
		answered("sections in the name of the host", after(custom("__lilypad"), custom(".debug_info", 0xff))),
		refused("custom section longer than the module", "wasm", after(0, four)),
		refused("custom section shorter than its name", "wasm", after(asm.Section(0, asm.Code(asm.U(200), "a")))),
		refused("section that is shorter than its items", "wasm", before(1, asm.U(9), 0x60, 0, 0)),
		refused("two memories", "memory", before(5, 2, 0, 1, 0, 1)),
		refused("memory smaller than its least", "wasm", change(func(m *asm.Module) { m.Memory = asm.Limits(4, 1) })),
		refused("imported table", "import", before(2, 1, asm.Name("m"), asm.Name("t"), 1, 0x70, 0, 1)),
		refused("imported global", "import", before(2, 1, asm.Name("m"), asm.Name("g"), 3, 0x7f, 1)),
		refused("two imported memories", "import", before(2, 2, memory, memory)),
		refused("export of a memory in place of the hook", "export", change(func(m *asm.Module) {
			m.Funcs[2].Export = ""
			m.Globals = []asm.Global{{Type: 'i', Init: asm.I32(0), Export: hostapi.HookAllow.Export()}}
		})),
		refused("hook that is exported twice", "wasm", twice),
		refused("arena of 64 bits", "export", change(func(m *asm.Module) { m.Funcs[0] = asm.Func{Export: hostapi.ExportArena, Type: "l>l", Body: asm.Get(0)} })),
		refused("initialization with a result", "export", with(plugin(), asm.Func{Export: hostapi.ExportInitialize, Type: ">i", Body: asm.I32(0)})),
		refused("configure with two results", "export", change(func(m *asm.Module) {
			m.Funcs[1] = asm.Func{Export: hostapi.ExportConfigure, Type: "iiii>ii", Body: asm.Code(asm.I32(0), asm.I32(0))}
		})),
		refused("name that is not UTF-8", "wasm", with(plugin(), asm.Func{Export: "\xff\xfe", Type: ">"})),
		refused("65 parameters", "size", with(plugin(), asm.Func{Type: strings.Repeat("i", 65) + ">"})),
		refused("65 results of a block", "size", change(func(m *asm.Module) { m.Types = []string{">" + strings.Repeat("i", 65)} })),
		refused("function that was not declared", "wasm", with(plugin(0xd2, 3, 0xd1, asm.Drop), asm.Func{Type: ">"})),
		refused("50 000 functions with 4000 locals", "size", with(plugin(), slices.Repeat([]asm.Func{{Type: ">", Groups: asm.Code(1, asm.U(4000), 0x7f)}}, 49_000)...)),
		refused("number of a section in 6 bytes", "wasm", after(0, 0x81, 0x80, 0x80, 0x80, 0x80, 0, 0)),
		answered("number of a section in 5 bytes", after(0, 0x81, 0x80, 0x80, 0x80, 0, 0)),
		answered("function in 5 bytes", with(plugin(0x10, 0x83, 0x80, 0x80, 0x80, 0), asm.Func{Type: ">"})),
		answered("5000 imports of one function", change(func(m *asm.Module) {
			m.Imports = slices.Repeat([]asm.Import{{Module: "wasi_snapshot_preview1", Name: "sched_yield", Type: ">i"}}, 5000)
		})),
	}
}

// manyGlobals are modules whose globals the engine has to keep.
func manyGlobals() []Case {
	// The engine loads each global that may change again behind each call.
	globals := func(n int, mutable bool, calls int) asm.Module {
		m := with(plugin(), asm.Func{Type: ">"}, asm.Func{Type: ">", Body: bytes.Repeat(asm.Call(3), calls)})
		m.Globals = slices.Repeat([]asm.Global{{Type: 'l', Mutable: mutable, Init: asm.I64(-1)}}, n)
		return m
	}
	return []Case{
		answered("4900 globals", globals(4900, false, 2000)),
		refused("33 globals that change", "size", globals(33, true, 0)),
		answered("32 globals that change, and 1700 calls", globals(32, true, 1700)),
		refused("32 globals that change, and 2500 calls", "size", globals(32, true, 2500)),
	}
}

// segments are modules with data and elements that are too many or elsewhere.
func segments() []Case {
	change := func(f func(*asm.Module)) asm.Module {
		m := plugin()
		f(&m)
		return m
	}
	elements := func(table uint64, segments ...[]byte) asm.Module {
		return change(func(m *asm.Module) {
			m.Table = asm.Limits(table, table)
			m.Between = asm.Section(9, asm.Code(asm.U(uint64(len(segments))), bytes.Join(segments, nil)))
		})
	}
	const function = 0
	many := asm.Code(1, 0, asm.U(100_000), make([]byte, 100_000)) // that the table never gets
	return []Case{
		refused("data outside of memory", "trap", change(func(m *asm.Module) { m.Data = []asm.Data{{At: pages*pageSize - 1, Bytes: []byte("ab")}} })),
		refused("data below memory", "trap", change(func(m *asm.Module) { m.Data = []asm.Data{{At: -1, Bytes: []byte("a")}} })),
		refused("data counted twice", "wasm", change(func(m *asm.Module) { m.Between = asm.Section(12, asm.U(1)); m.Data = []asm.Data{{Passive: true}} })),
		answered("elements outside of the table", elements(1, asm.Code(0, asm.I32(1), asm.End, 1, function))),
		refused("element of a mutable global", "wasm", func() asm.Module {
			m := elements(1, asm.Code(4, asm.GetGlobal(0), asm.End, 1, 0xd2, 0, asm.End))
			m.Globals = []asm.Global{{Type: 'i', Mutable: true, Init: asm.I32(0)}}
			return m
		}()),
		refused("element of a function that does not exist", "wasm", elements(1, asm.Code(4, asm.I32(0), asm.End, 1, 0xd2, 99, asm.End))),
		refused("elements of another kind", "wasm", elements(1, asm.Code(5, 0x6f, 1, 0xd2, 0, asm.End))),
		refused("element of two instructions", "wasm", elements(1, asm.Code(0, asm.I32(0), asm.I32(0), asm.I32Add, asm.End, 1, function))),
		refused("eight million elements", "size", elements(1, slices.Repeat([][]byte{many}, 80)...)),
		answered("100 000 segments for one byte", change(func(m *asm.Module) { m.Data = slices.Repeat([]asm.Data{{Bytes: []byte("x")}}, 100_000) })),
		refused("100 001 segments", "size", change(func(m *asm.Module) { m.Data = slices.Repeat([]asm.Data{{}}, 100_001) })),
	}
}

// control is code that is valid, odd, and wants the rewriter to lose count.
func control() []Case {
	wide := strings.Repeat("i", 64)
	same := asm.Func{Type: wide + ">" + wide, Body: func() (b []byte) {
		for i := range 64 {
			b = append(b, asm.Get(i)...)
		}
		return b
	}()}
	push, drop := bytes.Repeat(asm.I32(1), 64), bytes.Repeat([]byte{asm.Drop}, 64)
	// typed is a plugin whose types begin with one of 64 parameters and results.
	typed := func(body ...any) asm.Module {
		m := with(plugin(push, asm.Code(body...), drop), same)
		m.Types = []string{same.Type}
		return m
	}
	mismatch := func(index int32) asm.Module {
		m := plugin(asm.Loop(asm.I32(index), 0x11, 0, 0, asm.Br(0)))
		m.Types, m.Table, m.Elements = []string{">"}, asm.Limits(3, 3), []uint32{0, 1}
		return m
	}
	nested := func(n int) []byte {
		return asm.Code(bytes.Repeat([]byte{2, 0x40}, n), bytes.Repeat([]byte{asm.End}, n))
	}
	return []Case{
		answered("block of 64 values", typed(2, 0, asm.Br(0), asm.End)),
		stopped("loop of 64 values", "fuel", typed(3, 0, asm.Br(0), asm.End)),
		stopped("calls of 64 values", "fuel", typed(3, 0, asm.Call(3), asm.Br(0), asm.End)),
		answered("if of 64 values", typed(asm.I32(0), 4, 0, asm.Else, asm.End)),
		answered("br_table of 64 values", typed(2, 0, asm.I32(-1), 0x0e, asm.U(100), make([]byte, 101), asm.End)),
		refused("br_tables of 64 values", "size", typed(bytes.Repeat(asm.Code(2, 0, asm.I32(-1), 0x0e, asm.U(8000), make([]byte, 8001), asm.End), 16))),
		refused("calls of 64 values, many", "size", func() asm.Module {
			m := with(plugin(), same)
			for range 60 {
				m = with(m, asm.Func{Type: ">", Body: asm.Code(push, bytes.Repeat(asm.Call(3), 30_000), drop)})
			}
			return m
		}()),
		refused("returns out of one function", "size", with(plugin(), asm.Func{Type: "i>", Body: bytes.Repeat(asm.Code(asm.Get(0), asm.If(asm.Return)), 2000)})),
		refused("loops behind each other", "size", with(plugin(), asm.Func{Type: "i>", Body: bytes.Repeat(asm.Loop(asm.Get(0), asm.BrIf(0)), 2300)})),
		refused("loads of the largest module", "size", with(plugin(), slices.Repeat([]asm.Func{{Type: "i>", Body: bytes.Repeat(asm.Code(asm.Get(0), asm.Load(0), asm.Set(0)), 18_000)}}, 60)...)),
		answered("2000 blocks in one another", with(plugin(), asm.Func{Type: ">", Body: nested(2000)})),
		stopped("leaving 2000 blocks at once, for ever", "fuel", plugin(asm.Loop(bytes.Repeat([]byte{2, 0x40}, 2000), asm.Br(2000), bytes.Repeat([]byte{asm.End}, 2000)))),
		stopped("loop over a call of another type", "trap", mismatch(0)),
		stopped("loop over a call of nothing", "trap", mismatch(2)),
		stopped("loop over a call beyond the table", "trap", mismatch(-1)),
	}
}

// unreached are modules with code that no path reaches.
func unreached() []Case {
	dead := func(body ...any) asm.Module { return plugin(asm.Block(asm.Br(0), asm.Code(body...))) }
	return []Case{
		answered("dead code of any type", dead(asm.I32Add, asm.Drop, asm.I64Add, asm.Drop, asm.Select, asm.Drop, asm.Unreachable, 0x1a)),
		refused("dead code of a wrong type", "wasm", dead(asm.I64(0), asm.I32Eqz, asm.Drop)),
		refused("dead code that leaves a value", "wasm", dead(asm.I32(0))),
		refused("dead local", "wasm", dead(asm.Get(99), asm.Drop)),
		refused("dead function", "wasm", dead(asm.Call(99))),
		refused("dead vectors", "feature", dead(0xfd, 0x0c, make([]byte, 16), asm.Drop)),
		refused("dead segment", "wasm", dead(asm.I32(0), asm.I32(0), asm.I32(0), asm.Bulk(8, 0, 0))),
	}
}

// bulk are plugins that move more than there is, or nothing, without end.
func bulk() []Case {
	segment := func(body ...any) asm.Module {
		m := plugin(body...)
		m.Data = []asm.Data{{Passive: true, Bytes: []byte("abc")}}
		return m
	}
	init := func(at, from, n int32) []byte {
		return asm.Code(asm.I32(at), asm.I32(from), asm.I32(n), asm.Bulk(8, 0, 0))
	}
	return []Case{
		stopped("segment past its end", "trap", segment(init(0, 0, 4))),
		stopped("segment of 4 GiB", "fuel", segment(init(0, 0, -1))),
		stopped("segment to nowhere", "trap", segment(init(-1, 0, 1))),
		stopped("segment for ever", "fuel", segment(asm.Loop(init(0, 0, 3), asm.Br(0)))),
		stopped("moving 4 GiB", "fuel", plugin(asm.I32(0), asm.I32(1), asm.I32(-1), asm.Bulk(10, 0, 0))),
		stopped("moving past the end", "trap", plugin(asm.I32(0), asm.I32(pages*pageSize-1), asm.I32(2), asm.Bulk(10, 0, 0))),
		stopped("moving nothing, for ever", "fuel", plugin(asm.Loop(asm.I32(0), asm.I32(0), asm.I32(0), asm.Bulk(10, 0, 0), asm.Br(0)))),
		stopped("growing by nothing, for ever", "fuel", plugin(asm.Loop(asm.I32(0), 0x40, 0, asm.Drop, asm.Br(0)))),
	}
}
