package wasmasm

import (
	"encoding/binary"
	"math"
)

// Opcodes that have no operands of their own, for [Code].
const (
	Unreachable = 0x00
	Nop         = 0x01
	Else        = 0x05
	End         = 0x0b
	Return      = 0x0f
	Drop        = 0x1a
	Select      = 0x1b
	I32Eqz      = 0x45
	I32Ne       = 0x47
	I32LtU      = 0x49
	I32Add      = 0x6a
	I32Sub      = 0x6b
	I32Mul      = 0x6c
	I32DivS     = 0x6d
	I64Add      = 0x7c
	F32Div      = 0x95
	F64Div      = 0xa3
)

// Code joins opcodes and numbers of one byte as int, and code as []byte or
// string.
func Code(parts ...any) (out []byte) {
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			out = append(out, byte(p))
		case []byte:
			out = append(out, p...)
		case string:
			out = append(out, p...)
		default:
			panic("code is int, []byte or string")
		}
	}
	return out
}

// I32 is i32.const.
func I32(v int32) []byte { return Code(0x41, S(int64(v))) }

// I64 is i64.const.
func I64(v int64) []byte { return Code(0x42, S(v)) }

// F32 is f32.const of these bits.
func F32(bits uint32) []byte { return binary.LittleEndian.AppendUint32([]byte{0x43}, bits) }

// F64 is f64.const.
func F64(v float64) []byte {
	return binary.LittleEndian.AppendUint64([]byte{0x44}, math.Float64bits(v))
}

// Get is local.get.
func Get(local int) []byte { return Code(0x20, U(uint64(local))) }

// Set is local.set.
func Set(local int) []byte { return Code(0x21, U(uint64(local))) }

// Tee is local.tee.
func Tee(local int) []byte { return Code(0x22, U(uint64(local))) }

// GetGlobal is global.get.
func GetGlobal(global int) []byte { return Code(0x23, U(uint64(global))) }

// SetGlobal is global.set.
func SetGlobal(global int) []byte { return Code(0x24, U(uint64(global))) }

// Call is call.
func Call(function int) []byte { return Code(0x10, U(uint64(function))) }

// Br is br.
func Br(label int) []byte { return Code(0x0c, U(uint64(label))) }

// BrIf is br_if.
func BrIf(label int) []byte { return Code(0x0d, U(uint64(label))) }

// Block is a block without operands.
func Block(body ...any) []byte { return Code(0x02, 0x40, Code(body...), End) }

// Loop is a loop without operands.
func Loop(body ...any) []byte { return Code(0x03, 0x40, Code(body...), End) }

// If is an if without operands and else.
func If(body ...any) []byte { return Code(0x04, 0x40, Code(body...), End) }

// Load is i32.load of the address that is on top.
func Load(offset int) []byte { return Code(0x28, 2, U(uint64(offset))) }

// Store is i32.store.
func Store(offset int) []byte { return Code(0x36, 2, U(uint64(offset))) }

// Bulk is an instruction of the prefix 0xfc.
func Bulk(op int, immediates ...any) []byte { return Code(0xfc, U(uint64(op)), Code(immediates...)) }
