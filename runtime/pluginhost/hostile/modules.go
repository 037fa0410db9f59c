package hostile

import (
	"bytes"
	"math/rand/v2"
	"slices"

	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// invalid are modules that no engine may run, whether or not a rewriter would
// make them valid.
func invalid() []Case {
	honest := plugin().Bytes()
	noise := make([]byte, 4096)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(noise) // never fails
	list := []Case{
		raw("nothing", "wasm", []byte{}),
		raw("noise", "wasm", noise),
		raw("a header and noise", "wasm", slices.Concat(honest[:8], noise)),
		raw("cut in the middle", "wasm", honest[:len(honest)/2]),
		raw("sections in the wrong order", "wasm", slices.Concat(honest, asm.Section(1, asm.U(0)))),
		refused("global that does not exist", "wasm", plugin(asm.I64(1<<40), asm.SetGlobal(0))),
		refused("setting the fuel", "wasm", func() asm.Module {
			m := plugin(asm.I64(1<<40), asm.SetGlobal(1))
			m.Globals = []asm.Global{{Type: 'i', Mutable: true, Init: asm.I32(0)}}
			return m
		}()),
		refused("setting the fuel in dead code", "wasm", plugin(asm.Block(asm.Br(0), asm.I64(1<<40), asm.SetGlobal(0)))),
		refused("reading the depth", "wasm", plugin(asm.GetGlobal(1), asm.Drop)),
		refused("local that does not exist", "wasm", plugin(asm.I32(0), asm.Set(4))),
		refused("local of the rewriter", "wasm", plugin(asm.I32(0), asm.I32(0), asm.I32(0), asm.Bulk(11, 0), asm.Get(4), asm.Drop)),
		refused("label that does not exist", "wasm", plugin(asm.Block(asm.Br(2)))),
		refused("label around the function", "wasm", plugin(asm.I32(0), asm.Br(1))),
		refused("function that does not exist", "wasm", plugin(asm.Call(3))),
		refused("table that does not exist", "wasm", plugin(asm.I32(0), 0x11, 0, 0)),
		refused("type that does not exist", "wasm", plugin(0x02, asm.S(99), asm.End)),
		refused("export that does not exist", "wasm", asm.Module{Before: asm.Section(7, asm.Code(1, asm.Name("f"), 0, 9))}),
		refused("operand of another block", "wasm", plugin(asm.I32(1), asm.Block(asm.Drop))),
		refused("operand of another type", "wasm", plugin(asm.I64(1), asm.I32Eqz, asm.Drop)),
		refused("function of a type that does not exist", "wasm", asm.Module{
			Types: []string{">"}, Between: slices.Concat(asm.Section(3, asm.Code(1, 9)), asm.Section(10, asm.Code(1, 2, 0, 0x0b))),
		}),
	}
	for seed := range uint64(12) {
		list = append(list, raw("changed byte "+string('a'+rune(seed)), "wasm", damage(honest, seed)))
	}
	return list
}

// damage makes the code section end too soon, each time elsewhere.
func damage(wasm []byte, seed uint64) []byte {
	at := len(wasm) - 3 - int(seed)*5
	return append(bytes.Clone(wasm[:at]), wasm[at+1:]...)
}

// forbidden are valid modules that a plugin may not be.
func forbidden() []Case {
	start := uint32(3)
	change := func(f func(*asm.Module)) asm.Module {
		m := with(plugin(), asm.Func{Type: ">"})
		f(&m)
		return m
	}
	table := change(func(m *asm.Module) { m.Table = asm.Limits(1, 9) })
	tables := func(code ...any) asm.Module {
		m := plugin(code...)
		m.Table = table.Table
		return m
	}
	return []Case{
		refused("vectors", "feature", plugin(0xfd, 0x0c, make([]byte, 16), asm.Drop)),
		refused("threads", "feature", plugin(0xfe, 0x03, 0)),
		refused("shared memory", "feature", change(func(m *asm.Module) { m.Memory = asm.Code(3, pages, maxPages) })),
		refused("exceptions", "feature", plugin(0x06, 0x40, asm.End)),
		refused("tail call", "feature", with(plugin(0x12, 3), asm.Func{Type: ">"})),
		refused("table that is written", "state", tables(asm.I32(0), 0xd0, 0x70, 0x26, 0)),
		refused("table that grows", "state", tables(0xd0, 0x70, asm.I32(1<<30), asm.Bulk(15, 0), asm.Drop)),
		refused("segment that is dropped", "state", change(func(m *asm.Module) {
			m.Data = []asm.Data{{Passive: true, Bytes: []byte("x")}}
			m.Funcs[3].Body = asm.Bulk(9, 0)
		})),
		refused("start function", "start", change(func(m *asm.Module) { m.Start = &start })),
		refused("command", "start", change(func(m *asm.Module) { m.Funcs[3].Export = "_start" })),
		refused("mutable reference", "global", change(func(m *asm.Module) {
			m.Globals = []asm.Global{{Type: 'r', Mutable: true, Init: asm.Code(0xd0, 0x70)}}
		})),
		refused("own fuel", "reserved", change(func(m *asm.Module) {
			m.Globals = []asm.Global{{Type: 'l', Mutable: true, Init: asm.I64(1 << 60), Export: "__lilypad_fuel"}}
		})),
		refused("own refill", "reserved", importing("__lilypad", "refill", ">")),
		refused("import that does not exist", "import", importing("env", "system", "i>i")),
		refused("socket", "import", importing("wasi_snapshot_preview1", "sock_accept", "iii>i")),
		refused("import with another signature", "import", importing("wasi_snapshot_preview1", "proc_exit", "l>")),
		refused("imported memory", "import", asm.Module{Before: asm.Section(2, asm.Code(1, asm.Name("env"), asm.Name("memory"), 2, 0, 1))}),
		refused("capability that is not declared", "grant", importing(hostapi.ImportModule, hostapi.CapLog, "ii>")),
		func() Case {
			c := refused("capability that is not granted", "grant", importing(hostapi.ImportModule, hostapi.CapLog, "ii>")).may(hostapi.CapLog)
			c.Grants = nil
			return c
		}(),
		refused("no hook", "export", change(func(m *asm.Module) { m.Funcs[2].Export = "lilypad_allow_9" })),
		refused("hook with another signature", "export", change(func(m *asm.Module) {
			m.Funcs[2] = asm.Func{Export: hostapi.HookAllow.Export(), Type: ">"}
		})),
		refused("hidden memory", "memory", change(func(m *asm.Module) { m.Hidden = true })),
		refused("memory of 4 GiB", "memory", change(func(m *asm.Module) { m.Memory = asm.Limits(65536, 65536) })),
	}
}

// tooLarge are modules that would cost much to read, compile or keep.
func tooLarge() []Case {
	change := func(f func(*asm.Module)) asm.Module {
		m := plugin()
		f(&m)
		return m
	}
	function := func(groups []byte, body ...any) asm.Module {
		return with(plugin(), asm.Func{Type: ">", Groups: groups, Body: asm.Code(body...)})
	}
	many := func(n int, code []byte) []byte { return bytes.Repeat(code, n) }
	none := asm.U(0)
	zero := asm.I32(0)
	targets := func(n int) []byte {
		return asm.Block(zero, 0x0e, asm.U(uint64(n)), make([]byte, n+1))
	}
	return []Case{
		refused("16 MiB", "size", change(func(m *asm.Module) { m.After = asm.Section(0, asm.Code(asm.Name("x"), make([]byte, 16<<20))) })),
		refused("a million empty functions", "size", asm.Module{Types: []string{">"}, Between: asm.Section(3, asm.Code(asm.U(1<<20), make([]byte, 1<<20)))}),
		refused("one giant body", "size", function(none, many(1<<20, []byte{asm.Nop}))),
		refused("a million locals", "size", function(asm.Code(1, asm.U(1<<20), 0x7e))),
		refused("4 billion locals twice", "size", function(asm.Code(2, asm.U(1<<32-1), 0x7e, asm.U(1<<32-1), 0x7e))),
		refused("100 000 operands", "size", function(none, many(100_000, zero), many(100_000, []byte{asm.Drop}))),
		refused("100 000 blocks in one another", "size", function(none, many(100_000, []byte{2, 0x40}), many(100_000, []byte{asm.End}))),
		refused("br_table with 200 000 targets", "size", function(none, targets(200_000))),
		refused("many br_tables", "size", with(plugin(), slices.Repeat([]asm.Func{{Type: ">", Body: many(31, targets(8000))}}, 30)...)),
		refused("25 000 branches", "size", function(none, many(25_000, asm.Code(zero, asm.If())))),
		refused("loops around many locals", "size", with(plugin(), loops(1000, 1000))),
		refused("many loops around some locals", "size", with(plugin(), slices.Repeat([]asm.Func{loops(350, 350)}, 60)...)),
		refused("huge table", "size", change(func(m *asm.Module) { m.Table = asm.Limits(1<<32-1, 1<<32-1) })),
		refused("many tables", "size", asm.Module{Before: asm.Section(4, asm.Code(2, many(2, asm.Code(0x70, 0, 1))))}),
		refused("a million types", "size", asm.Module{Before: asm.Section(1, asm.Code(asm.U(1<<20), many(1<<20, []byte{0x60, 0, 0})))}),
		refused("long name", "size", change(func(m *asm.Module) { m.Funcs[0].Export = string(many(1<<16, []byte("a"))) })),
		answered("50 000 empty functions", with(plugin(), slices.Repeat([]asm.Func{{Type: ">"}}, 49_900)...)),
		answered("as many branches as are allowed", with(plugin(), asm.Func{Type: ">", Body: many(4000, asm.Block())})),
		answered("large body", with(plugin(), asm.Func{Type: ">", Body: many(40_000, asm.Code(zero, asm.Drop))})),
	}
}

// loops is a function with loops in one another that all pass its locals on.
func loops(depth, locals int) asm.Func {
	var body []byte
	for i := range locals {
		body = asm.Code(body, asm.Get(i), asm.I32(1), asm.I32Add, asm.Set(i))
	}
	for range depth {
		body = asm.Code(3, 0x40, body, asm.Get(0), asm.BrIf(0), asm.End)
	}
	return asm.Func{Type: ">", Groups: asm.Code(1, asm.U(uint64(locals)), 0x7f), Body: body}
}
