package fuel_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/internal/wasmasm"
)

// generator writes random modules that are valid and end. A function calls only
// those before it, and a loop has a counter that nothing else changes.
type generator struct {
	*rand.Rand
	nan    bool // the bits of floats may be seen
	funcs  []wasmasm.Func
	types  []string // of funcs
	direct int      // functions from 0 that the table holds; they do not use it

	locals string // of the function that is being made
	fixed  int    // locals from here on are counters
	labels int
	budget int // of instructions that are left
}

const (
	letters = "ilfd"
	pages   = 2
)

// module returns a module that exports run: "ilfd" and results.
func module(seed uint64, nan bool) []byte {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), nan: nan, direct: 2}
	m := wasmasm.Module{
		Memory:   wasmasm.Limits(pages, 4),
		Table:    wasmasm.Limits(4, 4),
		Elements: []uint32{0, 1, 0},
		Data:     []wasmasm.Data{{At: 16, Bytes: []byte("abcdefgh\xff\xff\xff\xff\x01\x00\xa0\x7f")}, {Passive: true, Bytes: []byte("0123456789abcdef")}},
	}
	for i := range 8 {
		t := letters[i%4]
		m.Globals = append(m.Globals, wasmasm.Global{Type: t, Mutable: i < 6, Init: g.constant(t)})
	}
	for _, typ := range []string{"ll>l", "id>d", g.signature(), "iff>f", g.signature(), g.signature(), "ilfd>"} {
		if typ == "ilfd>" {
			typ += string(g.results())
		}
		g.add(typ)
	}
	g.funcs[len(g.funcs)-1].Export = "run"
	m.Funcs = g.funcs
	return m.Bytes()
}

func (g *generator) signature() string {
	var params []byte
	for range g.IntN(4) {
		params = append(params, g.letter())
	}
	return string(params) + ">" + string(g.results())
}

func (g *generator) results() (out []byte) {
	for range g.IntN(3) {
		out = append(out, g.letter())
	}
	return out
}

func (g *generator) letter() byte { return letters[g.IntN(4)] }

func (g *generator) add(typ string) {
	params, results, _ := strings.Cut(typ, ">")
	g.locals, g.budget, g.labels = params, 150, 1
	for range 4 {
		g.locals += string(g.letter())
	}
	g.locals += letters
	g.fixed = len(g.locals)
	var body []byte
	for g.budget > 60 {
		body = append(body, g.statement(4, results)...)
	}
	for i := range len(results) {
		body = append(body, g.value(results[i], 4)...)
	}
	g.funcs = append(g.funcs, wasmasm.Func{Type: typ, Locals: g.locals[len(params):], Body: body})
	g.types = append(g.types, typ)
}

func (g *generator) constant(t byte) []byte {
	switch t {
	case 'i':
		return wasmasm.I32(int32(g.interesting()))
	case 'l':
		return wasmasm.I64(g.interesting())
	case 'f':
		bits := []uint32{0, 1 << 31, 0x3f800000, 0x7f800000, 0xff800000, 0x7fc00000, 0x40490fdb, g.Uint32()}
		if g.nan {
			bits = append(bits, 0x7fa00001, 0xffc12345, 0x7f800001)
		}
		return wasmasm.F32(bits[g.IntN(len(bits))])
	}
	values := []float64{0, math.Copysign(0, -1), 1, -1.5, math.Inf(1), math.Inf(-1), math.NaN(), math.Pi, 1e300, math.Float64frombits(g.Uint64())}
	if g.nan {
		values = append(values, math.Float64frombits(0x7ff4000000000001), math.Float64frombits(0xfff8000000012345))
	}
	return wasmasm.F64(values[g.IntN(len(values))])
}

func (g *generator) interesting() int64 {
	values := []int64{0, 1, -1, 7, 64, math.MaxInt32, math.MinInt32, math.MaxInt64, math.MinInt64, int64(g.Uint64()), g.Int64N(1000)}
	return values[g.IntN(len(values))]
}

// local returns a local of a type; one that may change when it is to be set.
func (g *generator) local(t byte, set bool) int {
	most := len(g.locals)
	if set {
		most = g.fixed
	}
	for {
		if i := g.IntN(most); g.locals[i] == t {
			return i
		}
	}
}

func (g *generator) values(types string, depth int) (out []byte) {
	for i := range len(types) {
		out = append(out, g.value(types[i], depth)...)
	}
	return out
}

// value is code that leaves one value.
func (g *generator) value(t byte, depth int) []byte {
	if g.budget--; depth <= 0 || g.budget <= 0 {
		if g.IntN(2) == 0 {
			return g.constant(t)
		}
		return wasmasm.Get(g.local(t, false))
	}
	depth--
	switch g.IntN(14) {
	case 0:
		return g.constant(t)
	case 1:
		return wasmasm.Get(g.local(t, false))
	case 2:
		return wasmasm.Code(g.value(t, depth), wasmasm.Tee(g.local(t, true)))
	case 3:
		return wasmasm.GetGlobal(strings.IndexByte(letters, t) + 4*g.IntN(2))
	case 4:
		return wasmasm.Code(g.value(t, depth), g.value(t, depth), g.value('i', depth), wasmasm.Select)
	case 5: // if with a result
		g.labels++
		out := wasmasm.Code(g.value('i', depth), 0x04, wasmasm.Type(t), g.value(t, depth), wasmasm.Else, g.statement(depth, ""), g.value(t, depth), wasmasm.End)
		g.labels--
		return out
	case 6: // block that is left with a value
		g.labels++
		out := wasmasm.Code(0x02, wasmasm.Type(t), g.value(t, depth), g.value('i', depth), wasmasm.BrIf(0), wasmasm.Drop, g.value(t, depth), wasmasm.End)
		g.labels--
		return out
	case 7, 8:
		if out := g.call(t, depth); out != nil {
			return out
		}
	case 9:
		return wasmasm.Code(g.address(depth), g.load(t), 0, wasmasm.U(g.Uint64N(64)))
	}
	return g.operation(t, depth)
}

// address is inside the memory, nearly always.
func (g *generator) address(depth int) []byte {
	if g.IntN(40) == 0 {
		return g.value('i', depth)
	}
	return wasmasm.Code(g.value('i', depth), wasmasm.I32(0xfff), 0x71)
}

func (g *generator) load(t byte) int {
	switch t {
	case 'i':
		return []int{0x28, 0x2c, 0x2d, 0x2e, 0x2f}[g.IntN(5)]
	case 'l':
		return []int{0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35}[g.IntN(7)]
	case 'f':
		return 0x2a
	}
	return 0x2b
}

// call uses a function before this one whose last result is t, or the table.
func (g *generator) call(t byte, depth int) []byte {
	if len(g.funcs) > g.direct && g.IntN(3) == 0 && t == 'l' { // of type 0: ll>l
		return wasmasm.Code(g.values("ll", depth), g.index(depth), 0x11, g.typeIndex("ll>l"), 0)
	}
	if len(g.funcs) == 0 {
		return nil
	}
	f := g.IntN(len(g.funcs))
	params, results, _ := strings.Cut(g.types[f], ">")
	if len(results) == 0 || results[len(results)-1] != t {
		return nil
	}
	out := wasmasm.Code(g.values(params, depth), wasmasm.Call(f))
	if len(results) == 2 {
		keep := g.local(t, true)
		out = wasmasm.Code(out, wasmasm.Set(keep), wasmasm.Drop, wasmasm.Get(keep))
	}
	return out
}

func (g *generator) index(depth int) []byte {
	if g.IntN(10) == 0 {
		return g.value('i', depth)
	}
	return wasmasm.I32([]int32{0, 2}[g.IntN(2)])
}

// typeIndex of the first function's type is 0: functions bring their types in
// order.
func (g *generator) typeIndex(typ string) []byte {
	return wasmasm.U(uint64(slices.Index(g.types, typ)))
}

// operation is a numeric instruction with its operands.
func (g *generator) operation(t byte, depth int) []byte {
	type op struct {
		code, in string
	}
	var ops []op
	ranges := func(in string, first, last int) {
		for c := first; c <= last; c++ {
			ops = append(ops, op{string([]byte{byte(c)}), in})
		}
	}
	switch t {
	case 'i':
		ranges("i", 0x45, 0x45)
		ranges("ii", 0x46, 0x4f)
		ranges("ll", 0x51, 0x5a)
		ranges("ff", 0x5b, 0x60)
		ranges("dd", 0x61, 0x66)
		ranges("i", 0x67, 0x69)
		ranges("ii", 0x6a, 0x78)
		ranges("l", 0xa7, 0xa7)
		ranges("i", 0xc0, 0xc1)
		ops = append(ops, op{"\xfc\x00", "f"}, op{"\xfc\x03", "d"}, op{"\xa8", "f"})
		if g.nan {
			ranges("f", 0xbc, 0xbc)
		}
	case 'l':
		ranges("l", 0x79, 0x7b)
		ranges("ll", 0x7c, 0x8a)
		ranges("i", 0xac, 0xad)
		ranges("l", 0xc2, 0xc4)
		ops = append(ops, op{"\xfc\x05", "f"}, op{"\xfc\x06", "d"})
		if g.nan {
			ranges("d", 0xbd, 0xbd)
		}
	case 'f':
		ranges("f", 0x8b, 0x91)
		ranges("ff", 0x92, 0x97)
		ranges("i", 0xb2, 0xb3)
		ranges("l", 0xb4, 0xb5)
		ranges("d", 0xb6, 0xb6)
		if g.nan {
			ranges("ff", 0x98, 0x98)
			ranges("i", 0xbe, 0xbe)
		}
	case 'd':
		ranges("d", 0x99, 0x9f)
		ranges("dd", 0xa0, 0xa5)
		ranges("i", 0xb7, 0xb8)
		ranges("l", 0xb9, 0xba)
		ranges("f", 0xbb, 0xbb)
		if g.nan {
			ranges("dd", 0xa6, 0xa6)
			ranges("l", 0xbf, 0xbf)
		}
	}
	o := ops[g.IntN(len(ops))]
	out := g.values(o.in, depth)
	switch c := o.code[0]; { // seldom divide by zero
	case c >= 0x6d && c <= 0x70 && g.IntN(20) > 0:
		out = wasmasm.Code(out, wasmasm.I32(3), 0x72)
	case c >= 0x7f && c <= 0x82 && g.IntN(20) > 0:
		out = wasmasm.Code(out, wasmasm.I64(3), 0x84)
	}
	return wasmasm.Code(out, o.code)
}

// statement is code that leaves the operands as they were. Those of return are
// results.
func (g *generator) statement(depth int, results string) []byte {
	if g.budget--; depth <= 0 || g.budget <= 0 {
		return nil
	}
	depth--
	t := g.letter()
	switch g.IntN(13) {
	case 0, 1:
		return wasmasm.Code(g.value(t, depth), wasmasm.Set(g.local(t, true)))
	case 2:
		i := strings.IndexByte(letters, t)
		if !g.nan && (t == 'f' || t == 'd') {
			break
		}
		return wasmasm.Code(g.value(t, depth), wasmasm.SetGlobal(i))
	case 3:
		t, op := t, map[byte]int{'i': 0x36, 'l': 0x37, 'f': 0x38, 'd': 0x39}[t]
		if !g.nan && op >= 0x38 {
			break
		}
		return wasmasm.Code(g.address(depth), g.value(t, depth), op, 0, wasmasm.U(g.Uint64N(64)))
	case 4:
		g.labels++
		out := wasmasm.Code(g.value('i', depth), 0x04, 0x40, g.statement(depth, results), g.statement(depth, results), wasmasm.End)
		g.labels--
		return out
	case 5:
		return g.loop(depth, results)
	case 6:
		g.labels += 3
		out := wasmasm.Block(wasmasm.Block(wasmasm.Block(g.statement(depth, results), g.value('i', depth), 0x0e, 3, 0, 1, 2, 1), g.statement(depth, results), wasmasm.Br(1)), g.statement(depth, results))
		g.labels -= 3
		return out
	case 7:
		g.labels++
		out := wasmasm.Block(g.statement(depth, results), g.value('i', depth), wasmasm.BrIf(0), g.statement(depth, results))
		g.labels--
		return out
	case 8: // leave, with dead code behind
		if results == "" {
			break
		}
		return wasmasm.Code(g.value('i', depth), wasmasm.If(g.values(results, depth), wasmasm.Return, g.value(t, 1), wasmasm.Drop))
	case 9:
		return wasmasm.Code(g.address(depth), g.value('i', depth), g.value('i', depth), wasmasm.I32(0x3f), 0x71, wasmasm.Bulk(11, 0))
	case 10:
		return wasmasm.Code(g.address(depth), g.address(depth), g.value('i', depth), wasmasm.I32(0xff), 0x71, wasmasm.Bulk(10, 0, 0))
	case 11:
		return wasmasm.Code(g.address(depth), wasmasm.I32(int32(g.IntN(8))), wasmasm.I32(int32(g.IntN(10))), wasmasm.Bulk(8, 1, 0))
	case 12:
		return wasmasm.Code(wasmasm.I32(int32(g.IntN(2))), 0x40, 0, wasmasm.Drop)
	}
	return wasmasm.Code(g.value(t, depth), wasmasm.Drop)
}

func (g *generator) loop(depth int, results string) []byte {
	counter := len(g.locals)
	g.locals += "i"
	g.labels++
	body := wasmasm.Code(g.statement(depth, results), g.statement(depth, results))
	g.labels--
	return wasmasm.Code(wasmasm.I32(int32(1+g.IntN(4))), wasmasm.Set(counter), wasmasm.Loop(body,
		wasmasm.Get(counter), wasmasm.I32(1), wasmasm.I32Sub, wasmasm.Tee(counter), wasmasm.BrIf(0)))
}

// damaged is a module with a few bytes changed, cut or doubled.
func damaged(seed uint64, wasm []byte) []byte {
	r := rand.New(rand.NewPCG(seed, 2))
	wasm = bytes.Clone(wasm)
	for range 1 + r.IntN(3) {
		at := 8 + r.IntN(len(wasm)-8)
		switch r.IntN(4) {
		case 0:
			wasm = slices.Insert(wasm, at, byte(r.Uint32()))
		case 1:
			wasm = slices.Delete(wasm, at, at+1)
		default:
			wasm[at] = byte(r.Uint32())
		}
	}
	return wasm
}
