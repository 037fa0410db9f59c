package pluginhost

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// Caps on what a module may contain. They bound what compiling it costs.
const (
	maxWasm      = 8 << 20
	maxFunctions = 50_000
	maxBody      = 1 << 20
	maxLocals    = 4096
	maxParams    = 64
	maxTable     = 100_000
	maxItems     = 5000 // of any other kind
	maxName      = 256
	pageSize     = 65536
)

// outline is what the sections of a module say, function bodies aside.
type outline struct {
	types    []signature
	imports  []imported
	funcs    []uint32 // the type of each function, imported ones first
	tables   []limits
	memories []limits
	globals  []global
	exports  map[string]exported
	start    bool
	bodies   int
}

type signature string // such as (i32 i32) (i64)

type imported struct {
	module, name string
	kind         byte
	typ          uint32 // of a function
}

type exported struct {
	kind  byte
	index uint32
}

type limits struct {
	min    uint32
	max    uint32
	hasMax bool
}

type global struct {
	typ     string
	mutable bool
}

const (
	kindFunc   = 0
	kindTable  = 1
	kindMemory = 2
	kindGlobal = 3
)

// rank is the order in which the WebAssembly specification (binary format,
// §5.5.16) wants the sections, by id.
var rank = [...]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 12: 10, 10: 11, 11: 12}

// inspect reads the sections of a module. It proves nothing about code: the
// engine validates the module afterwards.
func inspect(wasm []byte) (*outline, *Refusal) {
	d := &reader{buf: wasm, bad: new(*Refusal)}
	if string(d.take(8)) != "\x00asm\x01\x00\x00\x00" {
		d.fail("not a WebAssembly 1 module")
	}
	o := &outline{exports: map[string]exported{}}
	for last := 0; d.more(); {
		id := d.byte()
		s := d.sub()
		if id == 0 {
			s.name()
			continue
		}
		if int(id) >= len(rank) || rank[id] <= last {
			d.fail("section %d is unknown, repeated or out of order", id)
			break
		}
		last = rank[id]
		o.section(id, s)
		if s.more() {
			d.fail("section %d has bytes left over", id)
		}
	}
	if defined := len(o.funcs) - o.imported(kindFunc); o.bodies != defined {
		d.fail("%d function bodies for %d functions", o.bodies, defined)
	}
	for _, typ := range o.funcs {
		if o.typ(typ) == "" {
			d.fail("a function of type %d of %d", typ, len(o.types)) // the engine would panic
		}
	}
	return o, *d.bad
}

func (o *outline) section(id byte, d *reader) {
	switch id {
	case 1:
		d.each(maxItems, func() { o.types = append(o.types, d.signature()) })
	case 2:
		d.each(maxItems, func() { o.addImport(d) })
	case 3:
		d.each(maxFunctions, func() { o.funcs = append(o.funcs, d.u32()) })
	case 4:
		d.each(maxItems, func() { d.byte(); o.tables = append(o.tables, d.limits()) })
	case 5:
		d.each(maxItems, func() { o.memories = append(o.memories, d.limits()) })
	case 6:
		d.each(maxItems, func() { o.globals = append(o.globals, d.global()); d.constant() })
	case 7:
		d.each(maxItems, func() {
			name := d.name()
			if _, twice := o.exports[name]; twice {
				d.fail("%q is exported twice", name)
			}
			o.exports[name] = exported{d.byte(), d.u32()}
		})
	case 8:
		d.u32()
		o.start = true
	case 10:
		d.each(maxFunctions, func() { o.bodies++; body(d.sub()) })
	default: // element, data and data count are the engine's
		d.buf = nil
	}
}

func (o *outline) addImport(d *reader) {
	im := imported{module: d.name(), name: d.name(), kind: d.byte()}
	switch im.kind {
	case kindFunc:
		im.typ = d.u32()
		o.funcs = append(o.funcs, im.typ)
	case kindTable:
		d.byte()
		d.limits()
	case kindMemory:
		d.limits()
	case kindGlobal:
		d.global()
	default:
		d.fail("import of unknown kind %d", im.kind)
	}
	o.imports = append(o.imports, im)
}

// imported counts the imports of one kind.
func (o *outline) imported(kind byte) (n int) {
	for _, im := range o.imports {
		if im.kind == kind {
			n++
		}
	}
	return n
}

// signature returns the signature of the function with that index, or "".
func (o *outline) signature(index uint32) signature {
	if uint64(index) >= uint64(len(o.funcs)) {
		return ""
	}
	return o.typ(o.funcs[index])
}

func (o *outline) typ(index uint32) signature {
	if uint64(index) >= uint64(len(o.types)) {
		return ""
	}
	return o.types[index]
}

// body checks the size of a function and of its locals.
func body(d *reader) {
	if len(d.buf) > maxBody {
		d.refuse(RuleSize, "a function of %d bytes; at most %d", len(d.buf), maxBody)
	}
	var locals uint64
	d.each(maxLocals, func() { locals += uint64(d.u32()); d.byte() })
	if locals > maxLocals {
		d.refuse(RuleSize, "a function with %d locals; at most %d", locals, maxLocals)
	}
}

// reader takes the binary format apart. After its first failure it is empty
// and reads zeros.
type reader struct {
	buf []byte
	bad **Refusal // the first failure, shared with sub-readers
}

func (d *reader) fail(format string, args ...any) { d.refuse(RuleWasm, format, args...) }

func (d *reader) refuse(rule Rule, format string, args ...any) {
	if *d.bad == nil {
		*d.bad = refusef(rule, format, args...)
	}
	d.buf = nil
}

func (d *reader) more() bool { return len(d.buf) > 0 && *d.bad == nil }

func (d *reader) take(n uint32) []byte {
	if uint64(n) > uint64(len(d.buf)) {
		d.fail("it ends too soon")
		return nil
	}
	b := d.buf[:n]
	d.buf = d.buf[n:]
	return b
}

// sub is a reader of the next bytes, as many as the number before them says.
func (d *reader) sub() *reader { return &reader{buf: d.take(d.u32()), bad: d.bad} }

func (d *reader) byte() byte {
	if b := d.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *reader) u32() uint32 {
	v, n := binary.Uvarint(d.buf[:min(len(d.buf), 5)])
	if n <= 0 || v > math.MaxUint32 {
		d.fail("not a 32-bit number")
		return 0
	}
	d.buf = d.buf[n:]
	return uint32(v)
}

func (d *reader) name() string {
	n := d.u32()
	if n > maxName {
		d.refuse(RuleSize, "a name of %d bytes; at most %d", n, maxName)
	}
	b := d.take(n)
	if !utf8.Valid(b) {
		d.fail("a name that is not UTF-8")
	}
	return string(b)
}

func (d *reader) each(most uint32, f func()) {
	n := d.u32()
	if n > most {
		d.refuse(RuleSize, "%d entries in one section; at most %d", n, most)
	}
	for ; n > 0 && *d.bad == nil; n-- {
		f()
	}
}

var valueTypes = map[byte]string{0x7f: "i32", 0x7e: "i64", 0x7d: "f32", 0x7c: "f64", 0x70: "funcref", 0x6f: "externref"}

func (d *reader) valueType() string {
	b := d.byte()
	t, ok := valueTypes[b]
	if !ok {
		d.fail("value type %#x is not allowed", b)
	}
	return t
}

func (d *reader) signature() signature {
	if form := d.byte(); form != 0x60 {
		d.fail("type %#x is not a function", form)
	}
	text := "("
	for _, end := range []string{") (", ")"} {
		sep := ""
		d.each(maxParams, func() { text += sep + d.valueType(); sep = " " })
		text += end
	}
	return signature(text)
}

func (d *reader) limits() (l limits) {
	flags := d.byte()
	if flags > 1 {
		d.fail("memory or table with flags %#x: neither shared nor 64-bit ones are allowed", flags)
	}
	l.min = d.u32()
	if l.hasMax = flags == 1; l.hasMax {
		l.max = d.u32()
	}
	return l
}

func (d *reader) global() global {
	return global{d.valueType(), d.byte() == 1}
}

// constant skips a constant expression of the plain kind.
func (d *reader) constant() {
	for *d.bad == nil {
		switch op := d.byte(); op {
		case 0x0b:
			return
		case 0x23, 0xd2: // global.get, ref.func
			d.u32()
		case 0x41, 0x42: // i32.const, i64.const
			for d.byte()&0x80 != 0 { // LEB128
			}
		case 0x43:
			d.take(4)
		case 0x44:
			d.take(8)
		case 0xd0:
			d.byte()
		default:
			d.fail("opcode %#x in a constant", op)
		}
	}
}
