package fuel_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// body is a module with one function "(i32) (i32)" and one of everything.
func body(code ...any) asm.Module {
	return asm.Module{
		Memory:  asm.Limits(1, 2),
		Table:   asm.Limits(2, 2),
		Data:    []asm.Data{{Passive: true, Bytes: []byte("x")}},
		Globals: []asm.Global{{Type: 'i', Mutable: true, Init: asm.I32(0)}, {Type: 'i', Init: asm.I32(0)}},
		Funcs:   []asm.Func{{Export: "f", Type: "i>i", Body: asm.Code(code...)}},
	}
}

func TestRewrite_refuses(t *testing.T) {
	nest := func(n int) []byte { return asm.Code(bytes.Repeat([]byte{2, 0x40}, n), bytes.Repeat([]byte{0x0b}, n)) }
	zero := asm.I32(0)
	with := func(change func(*asm.Module)) asm.Module {
		m := body(asm.Get(0))
		change(&m)
		return m
	}
	start := uint32(0)
	for _, tc := range []struct {
		name   string
		module asm.Module
		rule   fuel.Rule
		about  string
	}{
		{"vector", body(0xfd, 0x0c, make([]byte, 16), asm.Drop, zero), fuel.RuleFeature, "0xfd"},
		{"atomic", body(0xfe, 0x03, 0), fuel.RuleFeature, "0xfe"},
		{"try", body(0x06, 0x40, 0x0b), fuel.RuleFeature, "0x6"},
		{"throw", body(0x08, 0), fuel.RuleFeature, "0x8"},
		{"tail call", body(asm.Get(0), 0x12, 0), fuel.RuleFeature, "0x12"},
		{"indirect tail call", body(asm.Get(0), asm.Get(0), 0x13, 0, 0), fuel.RuleFeature, "0x13"},
		{"call_ref", body(0x14, 0), fuel.RuleFeature, "0x14"},
		{"garbage collection", body(0xfb, 0), fuel.RuleFeature, "0xfb"},
		{"opcode that does not exist", body(0xff), fuel.RuleFeature, "0xff"},
		{"opcode that does not exist, dead", body(asm.Unreachable, 0xff), fuel.RuleFeature, "0xff"},
		{"second memory", body(zero, zero, zero, asm.Bulk(11, 1)), fuel.RuleFeature, "memory 0x1"},
		{"64-bit memory", with(func(m *asm.Module) { m.Memory = asm.Code(4, 1) }), fuel.RuleFeature, "64-bit"},
		{"shared memory", with(func(m *asm.Module) { m.Memory = asm.Code(3, 1, 2) }), fuel.RuleFeature, "shared"},

		{"table.set", body(zero, 0xd0, 0x70, 0x26, 0), fuel.RuleState, "changes"},
		{"table.init", body(asm.Bulk(12, 0, 0)), fuel.RuleState, "12"},
		{"table.copy", body(asm.Bulk(14, 0, 0)), fuel.RuleState, "14"},
		{"table.grow", body(asm.Bulk(15, 0)), fuel.RuleState, "15"},
		{"table.fill", body(asm.Bulk(17, 0)), fuel.RuleState, "17"},
		{"data.drop", body(asm.Bulk(9, 0)), fuel.RuleState, "9"},
		{"elem.drop", body(asm.Bulk(13, 0)), fuel.RuleState, "13"},
		{"elem.drop, dead", body(asm.Unreachable, asm.Bulk(13, 0)), fuel.RuleState, "13"},

		{"start", with(func(m *asm.Module) { m.Start = &start }), fuel.RuleStart, "start"},
		{"mutable reference", with(func(m *asm.Module) {
			m.Globals = append(m.Globals, asm.Global{Type: 'r', Mutable: true, Init: asm.Code(0xd0, 0x70)})
		}), fuel.RuleGlobal, "funcref"},
		{"reserved export", with(func(m *asm.Module) { m.Funcs[0].Export = "__lilypad_g0" }), fuel.RuleReserved, "__lilypad_g0"},
		{"reserved import", with(func(m *asm.Module) { m.Imports = []asm.Import{{Module: "__lilypad", Name: "refill", Type: ">"}} }), fuel.RuleReserved, "__lilypad"},
		{"imported memory", asm.Module{Before: asm.Section(2, asm.Code(1, asm.Name("a"), asm.Name("b"), 2, 0, 1))}, fuel.RuleImport, "a"},
		{"imported global", asm.Module{Before: asm.Section(2, asm.Code(1, asm.Name("a"), asm.Name("b"), 3, 0x7f, 1))}, fuel.RuleImport, "a"},
		{"too much memory", with(func(m *asm.Module) { m.Memory = asm.Limits(1025, 1025) }), fuel.RuleMemory, "1024"},

		{"local", body(asm.Get(1)), fuel.RuleWasm, "local 1 of 1"},
		{"local that the rewriter adds", body(0, asm.Get(0), 0xfc, 11, 0, asm.Get(1)), fuel.RuleWasm, "local 1 of 1"},
		{"global", body(zero, asm.SetGlobal(2), zero), fuel.RuleWasm, "global 2 of 2"},
		{"fuel", body(asm.I64(1), asm.SetGlobal(2), zero), fuel.RuleWasm, "global 2 of 2"},
		{"fuel, dead", body(asm.Unreachable, asm.I64(1), asm.SetGlobal(2), zero), fuel.RuleWasm, "global 2 of 2"},
		{"constant global", body(zero, asm.SetGlobal(1), zero), fuel.RuleWasm, "not mutable"},
		{"function", body(asm.Get(0), asm.Call(1)), fuel.RuleWasm, "function 1 of 1"},
		{"function reference", body(0xd2, 1), fuel.RuleWasm, "function 1 of 1"},
		{"label", body(asm.Get(0), asm.Br(1)), fuel.RuleWasm, "label 1 of 1"},
		{"label, dead", body(asm.Unreachable, asm.Br(1)), fuel.RuleWasm, "label 1 of 1"},
		{"label of a br_table", body(zero, zero, 0x0e, 1, 1, 0), fuel.RuleWasm, "label 1 of 1"},
		{"type", body(zero, zero, 0x11, 7, 0), fuel.RuleWasm, "type 7 of 1"},
		{"table", body(zero, zero, 0x11, 0, 1), fuel.RuleWasm, "table 1 of 1"},
		{"block type", body(0x02, 7, 0x0b, zero), fuel.RuleWasm, "type 7 of 1"},
		{"data segment", body(zero, zero, zero, asm.Bulk(8, 1, 0), zero), fuel.RuleWasm, "data segment 1 of 1"},
		{"element", with(func(m *asm.Module) { m.Elements = []uint32{1} }), fuel.RuleWasm, "function 1 of 1"},
		{"memory", asm.Module{Funcs: []asm.Func{{Type: ">i", Body: asm.Code(zero, asm.Load(0))}}}, fuel.RuleWasm, "no memory"},
		{"operand", body(asm.I32Add), fuel.RuleWasm, "missing"},
		{"operand from outside of a block", body(asm.Get(0), 0x02, 0x7f, asm.I32Eqz, 0x0b, asm.I32Add), fuel.RuleWasm, "missing"},
		{"type of an operand", body(asm.I64(0), asm.I32Eqz), fuel.RuleWasm, "i64"},
		{"result", body(asm.I64(0)), fuel.RuleWasm, "i64"},
		{"too many results", body(zero, zero), fuel.RuleWasm, "2 operands"},
		{"too few results", body(), fuel.RuleWasm, "0 operands"},
		{"if without else", body(zero, 0x04, 0x7f, zero, 0x0b), fuel.RuleWasm, "without else"},
		{"else without if", body(0x02, 0x40, 0x05, 0x0b, zero), fuel.RuleWasm, "without if"},
		{"br_table with differing targets", body(zero, asm.Block(zero, zero, 0x0e, 1, 0, 1), asm.Drop, zero), fuel.RuleWasm, "differ"},
		{"no end", body(asm.Block(), 0x02, 0x40), fuel.RuleWasm, "too soon"},
		{"code after the end", body(zero, 0x0b, asm.Nop), fuel.RuleWasm, "after the end"},
		{"number of 6 bytes", body(0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0), fuel.RuleWasm, "32 bits"},
		{"number of 33 bits", body(0x41, 0xff, 0xff, 0xff, 0xff, 0xf), fuel.RuleWasm, "32 bits"},
		{"export twice", with(func(m *asm.Module) { m.Globals[0].Export = "f" }), fuel.RuleWasm, "twice"},
		{"section twice", with(func(m *asm.Module) { m.After = asm.Section(11, asm.U(0)) }), fuel.RuleWasm, "section 11"},
		{"missing bodies", asm.Module{Types: []string{">"}, Between: asm.Section(3, asm.Code(1, 0))}, fuel.RuleWasm, "0 function bodies"},
		{"bytes left over", asm.Module{Before: asm.Section(1, asm.Code(0, 0))}, fuel.RuleWasm, "left over"},

		{"nesting", body(nest(2048), asm.Get(0)), fuel.RuleSize, "2048 blocks"},
		{"operands", body(bytes.Repeat(zero, 1025)), fuel.RuleSize, "1024 operands"},
		{"targets", body(zero, 0x0e, asm.U(8193), make([]byte, 8194)), fuel.RuleSize, "8193 targets"},
		{"locals", with(func(m *asm.Module) { m.Funcs[0].Groups = asm.Code(1, asm.U(4096), 0x7f) }), fuel.RuleSize, "4097 locals"},
		{"locals beyond 2³²", with(func(m *asm.Module) {
			m.Funcs[0].Groups = asm.Code(2, asm.U(1<<32-1), 0x7f, asm.U(1<<32-1), 0x7f)
		}), fuel.RuleSize, "locals"},
		{"body", body(bytes.Repeat([]byte{asm.Nop}, 128<<10), zero), fuel.RuleSize, "131072"},
		{"table of elements", with(func(m *asm.Module) { m.Table = asm.Limits(100_001, 200_000) }), fuel.RuleSize, "100001"},
		{"branches", body(bytes.Repeat(asm.Code(zero, asm.If()), 12_000), zero), fuel.RuleSize, "compile"},
		{"branches and locals", with(func(m *asm.Module) {
			m.Funcs[0].Groups = asm.Code(1, asm.U(1000), 0x7f)
			m.Funcs[0].Body = asm.Code(bytes.Repeat(asm.Block(), 1400), zero)
		}), fuel.RuleSize, "compile"},
		{"returns", body(bytes.Repeat(asm.Code(zero, asm.If(zero, asm.Return)), 1600), zero), fuel.RuleSize, "compile"},
		{"elements in all segments", with(func(m *asm.Module) {
			segment := asm.Code(1, 0, asm.U(50_001), make([]byte, 50_001))
			m.Between = asm.Section(9, asm.Code(2, segment, segment))
		}), fuel.RuleSize, "elements"},
		{"many functions with locals", with(func(m *asm.Module) {
			f := asm.Func{Type: ">", Groups: asm.Code(1, asm.U(4000), 0x7f)}
			m.Funcs = append(m.Funcs, slices.Repeat([]asm.Func{f}, 6000)...)
		}), fuel.RuleSize, "compile"},
		{"many functions with branches", with(func(m *asm.Module) {
			f := asm.Func{Type: ">", Body: bytes.Repeat(asm.Block(), 5000)}
			m.Funcs = append(m.Funcs, slices.Repeat([]asm.Func{f}, 120)...)
		}), fuel.RuleSize, "compile"},
		{"functions", asm.Module{Types: []string{">"}, Between: asm.Section(3, asm.Code(asm.U(50_001), make([]byte, 50_001)))}, fuel.RuleSize, "50001"},
		{"module", with(func(m *asm.Module) { m.After = asm.Section(0, asm.Code(asm.Name("x"), make([]byte, 8<<20))) }), fuel.RuleSize, "8388608"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := fuel.Rewrite(tc.module.Bytes(), fuel.Limits{})
			e, ok := errors.AsType[*fuel.Error](err)
			if !ok || e.Rule != tc.rule || !strings.Contains(err.Error(), tc.about) {
				t.Errorf("got %v, want the rule %s and %q", err, tc.rule, tc.about)
			}
		})
	}
}

// What compilers make, and what looks odd but is valid.
func TestRewrite_accepts(t *testing.T) {
	for _, tc := range []struct {
		name   string
		module asm.Module
		want   uint64 // of f(5)
	}{
		{"parameter of a block", body(asm.Get(0), 0x02, 0, asm.I32(2), asm.I32Add, 0x0b), 7},
		{"parameter of a loop", body(asm.Get(0), 0x03, 0, asm.I32(1), asm.I32Sub, asm.Tee(0), asm.Get(0), asm.BrIf(0), 0x0b), 0},
		{"parameter of an if", body(asm.Get(0), asm.I32(1), 0x04, 0, asm.I32(2), asm.I32Mul, 0x0b), 10},
		{"dead code of any type", body(asm.I32(9), asm.Return, asm.I32Add, asm.Drop, asm.I64Add, asm.Drop, asm.Select, 0x04, 0x40, 0x05, 0x0b), 9},
		{"dead end of a block", body(0x02, 0x7f, asm.I32(8), asm.Br(0), 0x0b), 8},
		{"memory.init", body(asm.I32(0), asm.I32(0), asm.I32(1), asm.Bulk(8, 0, 0), asm.I32(0), asm.Load(0)), 'x'},
		{"memory grows to its limit", body(asm.I32(1), 0x40, 0, asm.I32(1), 0x40, 0, asm.I32Add), 0},
		{"references", body(0xd2, 0, 0xd1, asm.I32(0), 0x25, 0, 0xd1, asm.I32Add, 0xd0, 0x6f, 0xd0, 0x6f, asm.I32(0), 0x1c, 1, 0x6f, 0xd1, asm.I32Add, asm.Bulk(16, 0), asm.I32Add), 4},
		{"return of the outermost block", body(asm.Block(asm.Get(0), asm.Br(1)), asm.I32(0)), 5},
		{"1024 operands", body(bytes.Repeat(asm.I32(1), 1024), bytes.Repeat([]byte{asm.I32Add}, 1023)), 1024},
		{"expressions as elements", func() asm.Module {
			m := body(asm.Get(0), asm.I32(1), 0x11, 0, 0)
			m.Funcs = append(m.Funcs, asm.Func{Type: "i>i", Body: asm.Code(asm.Get(0), asm.I32(3), asm.I32Mul)})
			m.Between = asm.Section(9, asm.Code(2, 4, asm.I32(0), 0x0b, 2, 0xd2, 0, 0x0b, 0xd2, 1, 0x0b, 3, 0, 1, 0))
			m.Data = nil
			return m
		}(), 15},
		{"imports", func() asm.Module {
			m := body(asm.Get(0), asm.Call(0), asm.I32(2), asm.I32Add)
			m.Imports = []asm.Import{{Module: "env", Name: "zero", Type: "i>i"}}
			return m
		}(), 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.name == "references" { // ref.func needs a declaration
				tc.module.Between = slices.Concat(asm.Section(9, asm.Code(1, 3, 0, 1, 0)), asm.Section(12, asm.U(1)))
				tc.module.Data = nil
				tc.module.After = asm.Section(11, asm.Code(1, 1, 0))
			}
			wasm := tc.module.Bytes()
			for _, v := range [][]byte{wasm, rewrite(t, wasm).Wasm} {
				got, err := mustStart(t, compiler(), v).call("f", noLimit, 5)
				if err != nil || got[0] != tc.want {
					t.Errorf("got %v, %v; want %d", got, err, tc.want)
				}
			}
		})
	}
}
