package hostile

import (
	"math"

	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// numbers are plugins that answer by bits of which the machine may choose.
func numbers() []Case {
	tell := func(number ...any) asm.Module { return plugin(asm.Get(out), asm.Code(number...), asm.Store(16)) }
	const f64bits, f32bits = 0xbd, 0xbc
	high := asm.Code(asm.I64(32), 0x88, 0xa7) // the upper half of an i64
	nan := asm.Code(asm.F64(0), asm.F64(0), asm.F64Div)
	nan32 := asm.Code(asm.F32(0), asm.F32(0), asm.F32Div)
	odd := asm.F32(0x7fa00001) // a NaN that signals, with bits of its own
	kept := asm.F64(math.Float64frombits(0xfff8_0000_dead_beef))
	global := tell(nan, asm.SetGlobal(0), asm.GetGlobal(0), f64bits, high)
	global.Globals = []asm.Global{{Type: 'd', Mutable: true, Init: asm.F64(0)}}
	through := func(typ string, body ...any) asm.Module {
		m := tell(nan, asm.Call(3), f64bits, high)
		return with(m, asm.Func{Type: typ, Body: asm.Code(body...)})
	}
	upper := bare(permit(), asm.I64(1<<32|40), 0xa7)
	return []Case{
		answered("NaN of the square root", tell(asm.F64(-1), 0x9f, f64bits, high)),
		answered("NaN of infinities", tell(asm.F64(math.Inf(1)), asm.F64(math.Inf(1)), 0xa1, f64bits, high)),
		answered("NaN of the lesser of two", tell(nan, kept, 0xa4, f64bits, high)),
		answered("NaN of the larger of two", tell(kept, nan, 0xa5, f64bits, high)),
		answered("NaN that is promoted", tell(odd, 0xbb, f64bits, high)),
		answered("NaN that is demoted", tell(kept, 0xb6, f32bits)),
		answered("NaN of 32 bits", tell(nan32, f32bits)),
		answered("NaN that is rounded", tell(kept, 0x9e, f64bits, high)),
		answered("NaN that is negated", tell(nan, 0x9a, f64bits, high)),
		answered("NaN in a global", global),
		answered("NaN as an argument", through("d>d", asm.Get(0))),
		answered("NaN from a block", tell(0x02, 0x7c, nan, asm.I32(1), asm.BrIf(0), asm.End, f64bits, high)),
		answered("NaN from a br_table", tell(0x02, 0x7c, nan, asm.I32(0), 0x0e, 1, 0, 0, asm.End, f64bits, high)),
		answered("NaN from an if", tell(asm.I32(1), 0x04, 0x7c, nan, asm.Else, kept, asm.End, f64bits, high)),
		answered("NaN from a selection", tell(nan, kept, asm.I32(1), asm.Select, f64bits, high)),
		answered("NaN from a return", through("d>d", nan, asm.Return)),
		answered("sign of zero", tell(asm.F64(math.Copysign(0, -1)), asm.F64(0), 0xa4, f64bits, high)),
		answered("upper bits of a result", upper),
		answered("upper bits of an address", plugin(asm.I64(1<<40|scratchAt), 0xa7, asm.I32(7), asm.Store(0))),
		answered("upper bits of a shift", tell(asm.I32(1), asm.I32(33), 0x74)),
		stopped("number that is too large", "trap", tell(asm.F64(1e300), 0xaa)),
		answered("number that is far too large", tell(asm.F64(1e300), 0xfc, 2)),
		stopped("least number divided by -1", "trap", tell(asm.I32(math.MinInt32), asm.I32(-1), asm.I32DivS)),
	}
}
