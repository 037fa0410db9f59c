package fuel_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// The rewritten form of a function with a loop, and of one that is excused.
func TestRewrite_golden(t *testing.T) {
	half := asm.Func{Type: "i>i", Body: asm.Code(asm.Get(0), asm.I32(1), 0x76)}
	count := asm.Code(asm.Loop(asm.Get(0), asm.Call(0), asm.Tee(0), asm.BrIf(0)), asm.Get(0), asm.Return)
	original := asm.Module{
		Types:   []string{"i>i"},
		Globals: []asm.Global{{Type: 'd', Mutable: true, Init: asm.F64(1)}, {Type: 'i', Init: asm.I32(0)}},
		Funcs:   []asm.Func{half, {Export: "f", Type: "i>i", Body: count}},
		Memory:  asm.Code(0, 1),
	}

	const fuelAt, depthAt = 2, 3
	charge := func(n int64) []byte {
		return asm.Code(asm.GetGlobal(fuelAt), asm.I64(n), 0x7d, asm.SetGlobal(fuelAt))
	}
	depth := func(op int) []byte {
		return asm.Code(asm.GetGlobal(depthAt), asm.I64(552), op, asm.SetGlobal(depthAt))
	}
	zero := asm.I64(0)
	want := original
	want.Types = []string{"i>i", ">"}
	want.Imports = []asm.Import{{Module: "__lilypad", Name: "refill", Type: ">"}}
	want.Memory = asm.Limits(1, 1024)
	counter := asm.Global{Type: 'l', Mutable: true, Init: zero}
	want.Globals = append(slices.Clone(original.Globals), counter, counter)
	want.Hidden = true
	want.Funcs = []asm.Func{
		{Type: "i>i", Body: asm.Code(charge(4+3), half.Body)},
		{Type: "i>i", Body: asm.Code(
			charge(4), depth(0x7d),
			asm.GetGlobal(fuelAt), asm.GetGlobal(depthAt), 0x84, zero, 0x53, asm.If(asm.Call(0)),
			0x02, 0x7f, // the result of the block is the function's
			asm.Loop(
				charge(1+1+4+1+1), asm.GetGlobal(fuelAt), zero, 0x53, asm.If(asm.Call(0)),
				asm.Get(0), asm.Call(1), asm.Tee(0), asm.BrIf(0),
			),
			charge(1+1), asm.Get(0), asm.Br(0),
			asm.End, depth(0x7c),
			asm.GetGlobal(fuelAt), zero, 0x53, asm.If(asm.Call(0)), // the caller of a function without a check behind it
		)},
	}
	var exports []byte
	for _, e := range []struct {
		name        string
		kind, index int
	}{{"f", 0, 2}, {"memory", 2, 0}, {"__lilypad_fuel", 3, 2}, {"__lilypad_depth", 3, 3}, {"__lilypad_g0", 3, 0}} {
		exports = asm.Code(exports, asm.Name(e.name), e.kind, e.index)
	}
	want.Between = asm.Section(7, asm.Code(5, exports))

	got := rewrite(t, original.Bytes())
	if diff := cmp.Diff(want.Bytes(), got.Wasm); diff != "" {
		t.Errorf("rewritten: %s", diff)
	}
	if len(got.Globals) != 1 || got.Globals[0] != fuel.F64 || got.Memory != (fuel.Range{Min: 1, Max: 1024, HasMax: true}) {
		t.Errorf("globals %v, memory %v", got.Globals, got.Memory)
	}
}

// call runs f(arg) of a module on both engines, which must agree, and returns
// the fuel that it took and how it ended.
func call(t *testing.T, m asm.Module, budget, arg uint64) (spent uint64, err error) {
	t.Helper()
	wasm := rewrite(t, m.Bytes()).Wasm
	host := mustStart(t, compiler(), wasm)
	_, err = host.call("f", budget, arg)
	spent = host.spent()
	other := mustStart(t, interpreter(), wasm)
	_, otherErr := other.call("f", budget, arg)
	if other.spent() != spent || errors.Is(err, errSpent) != errors.Is(otherErr, errSpent) || errors.Is(err, errDeep) != errors.Is(otherErr, errDeep) {
		t.Errorf("compiler: %d fuel, %v; interpreter: %d, %v", spent, err, other.spent(), otherErr)
	}
	return spent, err
}

func TestProtocol_stops(t *testing.T) {
	repeat := func(n int, code []byte) []byte { return bytes.Repeat(code, n) }
	plain := asm.Code(asm.I32(0), asm.Drop)     // 2 fuel
	divide := asm.Code(asm.I32(1), asm.I32DivS) // 11
	recurse := asm.Code(asm.Get(0), asm.Call(0))
	fill := asm.Code(asm.I32(0), asm.I32(7), asm.I32(1<<16), asm.Bulk(11, 0))
	for _, tc := range []struct {
		name     string
		module   asm.Module
		want     error
		overshot uint64 // beyond a budget of 10 000, at most
	}{
		{"endless loop", body(asm.Loop(asm.Br(0)), asm.Get(0)), errSpent, 10},
		{"endless loop around a block", body(0x03, 0x40, asm.Block(asm.Br(1)), 0x0b, asm.Get(0)), errSpent, 10},
		{"exponential recursion", body(asm.Get(0), asm.I32(1), asm.I32Sub, asm.Tee(0), asm.I32Eqz, asm.If(asm.I32(0), asm.Return), recurse, recurse, asm.I32Add), errSpent, 100},
		{"deep recursion", body(recurse), errDeep, 0},
		{"recursion with many operands", body(repeat(1000, asm.I32(0)), recurse, repeat(1000, []byte{asm.I32Add})), errDeep, 0},
		{"recursion with many locals", func() asm.Module {
			m := body(recurse)
			m.Funcs[0].Groups = asm.Code(1, asm.U(4000), 0x7e)
			return m
		}(), errDeep, 0},
		{"straight code", body(repeat(40_000, plain), asm.Get(0)), errSpent, fuel.MaxUnchecked},
		{"straight code with calls", func() asm.Module {
			m := body(repeat(3000, asm.Code(asm.Get(0), asm.Call(1), asm.Drop)), asm.Get(0))
			m.Funcs = append(m.Funcs, asm.Func{Type: "i>i", Body: asm.Code(repeat(90, plain), asm.Get(0))})
			return m
		}(), errSpent, 2 * fuel.MaxUnchecked},
		{"straight code behind each return", func() asm.Module {
			return body(asm.Get(0), asm.If(asm.Get(0), asm.I32(1), asm.I32Sub, asm.Call(0), asm.Drop), repeat(250, plain), asm.Get(0))
		}(), errSpent, 2 * fuel.MaxUnchecked},
		{"code that jumps over the checks", body(repeat(3, asm.Block(
			asm.I32(1), repeat(400, divide), asm.BrIf(0), asm.I32(1), repeat(800, divide), asm.Drop,
		)), asm.Get(0)), errSpent, 2 * fuel.MaxUnchecked},
		{"filling memory", body(repeat(100, fill), asm.Get(0)), errSpent, 1 << 16},
		{"growing memory", body(asm.I32(1), 0x40, 0), errSpent, 1 << 16},
		{"asking for all memory", body(asm.I32(-1), 0x40, 0), errSpent, 1 << 48},
	} {
		t.Run(tc.name, func(t *testing.T) {
			budget := uint64(10_000)
			if errors.Is(tc.want, errDeep) {
				budget = noLimit
			}
			spent, err := call(t, tc.module, budget, 30)
			if !errors.Is(err, tc.want) {
				t.Fatalf("got %v, want %v", err, tc.want)
			}
			if errors.Is(tc.want, errSpent) && (spent <= budget || spent > budget+tc.overshot) {
				t.Errorf("stopped at %d fuel, want at most %d more than %d", spent, tc.overshot, budget)
			}
		})
	}
}

func TestProtocol_prices(t *testing.T) {
	for _, tc := range []struct {
		name string
		code []byte
		want uint64
	}{
		{"nothing but the entry", asm.Get(0), 4 + 1},
		{"division", asm.Code(asm.Get(0), asm.I32(3), asm.I32DivS), 4 + 12},
		{"one arm of an if", asm.Code(asm.Get(0), 0x04, 0x7f, asm.I32(1), asm.Else, bytes.Repeat(asm.Code(asm.I32(1), asm.Drop), 50), asm.I32(2), asm.End), 4 + 2 + 1},
		{"br_if that is taken", asm.Code(0x02, 0x7f, asm.I32(1), asm.Get(0), asm.BrIf(0), asm.Drop, asm.I32(2), asm.End), 4 + 3},
		{"bytes that are filled", asm.Code(asm.I32(0), asm.I32(0), asm.I32(1000), asm.Bulk(11, 0), asm.Get(0)), 4 + 5 + 1000},
		{"a page", asm.Code(asm.I32(1), 0x40, 0), 4 + 2 + 65536},
		{"five rounds", asm.Code(asm.Loop(asm.Get(0), asm.I32(1), asm.I32Sub, asm.Tee(0), asm.BrIf(0)), asm.Get(0)), 4 + 5*6 + 1},
		{"trap", asm.Code(asm.I32(1), asm.I32(0), asm.I32DivS), 4 + 12},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := call(t, body(tc.code), noLimit, 5)
			if got != tc.want {
				t.Errorf("%d fuel, want %d (%v)", got, tc.want, err)
			}
		})
	}
}

// Every way out of a function gives its weight back: else a loop of calls
// would use the stack up.
func TestProtocol_givesDepthBack(t *testing.T) {
	for name, exit := range map[string][]byte{
		"end":                    asm.Get(0),
		"return":                 asm.Code(asm.Get(0), asm.Return),
		"br to the function":     asm.Code(asm.Block(asm.Get(0), asm.Br(1)), asm.I32(0)),
		"br_if to the function":  asm.Code(asm.Get(0), asm.I32(1), asm.BrIf(0)),
		"br_table":               asm.Code(asm.Get(0), asm.I32(9), 0x0e, 1, 0, 0),
		"return from in a block": asm.Code(asm.Block(asm.Loop(asm.Get(0), asm.Return)), asm.I32(0)),
	} {
		t.Run(name, func(t *testing.T) {
			m := body(asm.Loop(asm.Get(0), asm.Call(1), asm.I32(1), asm.I32Sub, asm.Tee(0), asm.BrIf(0)), asm.Get(0))
			// The loop in front makes it weigh something.
			m.Funcs = append(m.Funcs, asm.Func{Type: "i>i", Body: asm.Code(asm.Loop(), exit)})
			host := mustStart(t, compiler(), rewrite(t, m.Bytes()).Wasm)
			if _, err := host.call("f", noLimit, 5000); err != nil {
				t.Fatal(err)
			}
			if got := host.depth.Get(); got != fuel.DepthBudget {
				t.Errorf("%d bytes of depth are left, want %d", got, fuel.DepthBudget)
			}
		})
	}
}

// The bits of a NaN that arithmetic makes are canonical wherever they show;
// those of one that is only moved stay.
func TestRewrite_canonicalNaN(t *testing.T) {
	const moved = 0x7fa00001
	nan := asm.Code(asm.F32(moved), asm.F32(0), 0x92) // add
	bits := asm.Code(0xbc)
	for _, tc := range []struct {
		name string
		code []byte
		want uint64
	}{
		{"reinterpret", asm.Code(nan, bits), 0x7fc00000},
		{"local", asm.Code(nan, asm.Set(1), asm.Get(1), bits), 0x7fc00000},
		{"global", asm.Code(nan, asm.SetGlobal(2), asm.GetGlobal(2), bits), 0x7fc00000},
		{"memory", asm.Code(asm.I32(0), nan, 0x38, 2, 0, asm.I32(0), asm.Load(0)), 0x7fc00000},
		{"negated", asm.Code(nan, 0x8c, bits), 0x7fc00000},
		{"sign of a copysign", asm.Code(asm.F32(0x3f800000), nan, 0x98, bits), 0x3f800000},
		{"size of a copysign", asm.Code(nan, asm.F32(1<<31), 0x98, bits), 0xffc00000},
		{"select of it", asm.Code(nan, asm.F32(moved), asm.I32(1), asm.Select, bits), 0x7fc00000},
		{"select of the other", asm.Code(asm.F32(moved), nan, asm.I32(1), asm.Select, bits), moved},
		{"argument and result", asm.Code(nan, asm.Call(1), bits), 0x7fc00000},
		{"result of a block", asm.Code(0x02, 0x7d, nan, asm.I32(1), asm.BrIf(0), 0x0b, bits), 0x7fc00000},
		{"demoted", asm.Code(asm.F64(0), asm.F64(0), 0xa3, 0xb6, bits), 0x7fc00000},
		{"moved", asm.Code(asm.F32(moved), asm.Tee(1), asm.SetGlobal(2), asm.GetGlobal(2), asm.Call(1), bits), moved},
		{"moved and negated", asm.Code(asm.F32(moved), 0x8c, bits), moved | 1<<31},
		{"moved through memory", asm.Code(asm.I32(4), asm.F32(moved), 0x38, 2, 0, asm.I32(0), 0x2a, 2, 4, bits), moved},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := body(tc.code)
			m.Funcs[0].Locals = "f"
			m.Globals = append(m.Globals, asm.Global{Type: 'f', Mutable: true, Init: asm.F32(0)})
			m.Funcs = append(m.Funcs, asm.Func{Type: "f>f", Body: asm.Get(0)})
			wasm := rewrite(t, m.Bytes()).Wasm
			for _, c := range []func() *machine{
				func() *machine { return mustStart(t, compiler(), wasm) },
				func() *machine { return mustStart(t, interpreter(), wasm) },
			} {
				got, err := c().call("f", noLimit, 0)
				if err != nil || got[0] != tc.want {
					t.Errorf("got %#x, %v; want %#x", got, err, tc.want)
				}
			}
		})
	}
}
