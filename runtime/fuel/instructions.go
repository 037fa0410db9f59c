package fuel

// effect is what an instruction without control flow does to the operands. Its
// operands are letters: i and l for i32 and i64, f and d for f32 and f64.
type effect struct {
	in, out string
	price   int
	flags   effectFlags
}

type effectFlags byte

const (
	memarg  effectFlags = 1 << iota // alignment and offset follow
	inexact                         // a NaN that it gives has bits of the machine's choice
	passes                          // gives such a NaN on
	reveals                         // shows the bits of its last operand
	heavy                           // compiles to branches
)

// effects is by opcode; those of the prefix 0xfc, from 256 on. One without a
// price does not exist, or [code.step] does it.
var effects = func() (t [256 + 8]effect) {
	set := func(first, last int, in, out string, price int, flags effectFlags) {
		for op := first; op <= last; op++ {
			t[op] = effect{in, out, price, flags}
		}
	}
	set(0x28, 0x28, "i", "i", 1, memarg)
	set(0x29, 0x29, "i", "l", 1, memarg)
	set(0x2a, 0x2a, "i", "f", 1, memarg)
	set(0x2b, 0x2b, "i", "d", 1, memarg)
	set(0x2c, 0x2f, "i", "i", 1, memarg)
	set(0x30, 0x35, "i", "l", 1, memarg)
	set(0x36, 0x36, "ii", "", 1, memarg)
	set(0x37, 0x37, "il", "", 1, memarg)
	set(0x38, 0x38, "if", "", 1, memarg|reveals)
	set(0x39, 0x39, "id", "", 1, memarg|reveals)
	set(0x3a, 0x3b, "ii", "", 1, memarg)
	set(0x3c, 0x3e, "il", "", 1, memarg)

	set(0x45, 0x45, "i", "i", 1, 0) // eqz, then comparisons
	set(0x46, 0x4f, "ii", "i", 1, 0)
	set(0x50, 0x50, "l", "i", 1, 0)
	set(0x51, 0x5a, "ll", "i", 1, 0)
	set(0x5b, 0x60, "ff", "i", 1, 0)
	set(0x61, 0x66, "dd", "i", 1, 0)

	for _, n := range []struct {
		first int
		typ   string
	}{{0x67, "i"}, {0x79, "l"}} {
		set(n.first, n.first+2, n.typ, n.typ, 1, 0) // clz, ctz, popcnt
		set(n.first+3, n.first+17, n.typ+n.typ, n.typ, 1, 0)
		set(n.first+6, n.first+9, n.typ+n.typ, n.typ, priceDivide, heavy)
	}
	for _, n := range []struct {
		first int
		typ   string
	}{{0x8b, "f"}, {0x99, "d"}} {
		set(n.first, n.first+1, n.typ, n.typ, 1, passes)    // abs, neg
		set(n.first+2, n.first+5, n.typ, n.typ, 1, inexact) // ceil, floor, trunc, nearest
		set(n.first+6, n.first+6, n.typ, n.typ, priceRoot, inexact)
		set(n.first+7, n.first+12, n.typ+n.typ, n.typ, 1, inexact) // add, sub, mul, div, min, max
		set(n.first+10, n.first+10, n.typ+n.typ, n.typ, priceRoot, inexact)
		set(n.first+13, n.first+13, n.typ+n.typ, n.typ, 1, reveals) // copysign
	}
	for i, in := range []string{
		"l", "f", "f", "d", "d", // 0xa7 i32.wrap, trunc
		"i", "i", "f", "f", "d", "d", // 0xac i64.extend, trunc
		"i", "i", "l", "l", "d", // 0xb2 f32.convert, demote
		"i", "i", "l", "l", "f", // 0xb7 f64.convert, promote
		"f", "d", "i", "l", // 0xbc reinterpret
		"i", "i", "l", "l", "l", // 0xc0 extend8_s …
	} {
		t[0xa7+i] = effect{in, "iiiiillllllfffffdddddilfdiilll"[i : i+1], 1, 0}
	}
	for _, op := range []int{0xa8, 0xa9, 0xaa, 0xab, 0xae, 0xaf, 0xb0, 0xb1, 0xb5, 0xba} { // trunc, and from u64
		t[op].flags = heavy
	}
	for _, op := range []int{0x96, 0x97, 0xa4, 0xa5} { // min, max
		t[op].flags |= heavy
	}
	t[0xb6].flags, t[0xbb].flags = inexact, inexact
	t[0xbc].flags, t[0xbd].flags = reveals, reveals
	for i, in := range []string{"f", "f", "d", "d", "f", "f", "d", "d"} { // trunc_sat
		t[256+i] = effect{in, "iiiillll"[i : i+1], 2, heavy}
	}
	return t
}()

func letter(c byte) ValueType {
	switch c {
	case 'i':
		return I32
	case 'l':
		return I64
	case 'f':
		return F32
	}
	return F64
}
