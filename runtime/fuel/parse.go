package fuel

import (
	"strings"
)

// ValueType is a type as the binary format encodes it.
type ValueType byte

const (
	I32       ValueType = 0x7f
	I64       ValueType = 0x7e
	F32       ValueType = 0x7d
	F64       ValueType = 0x7c
	FuncRef   ValueType = 0x70
	ExternRef ValueType = 0x6f
)

// String is the name in the text format, empty for a type that is not known.
func (t ValueType) String() string {
	switch t {
	case I32:
		return "i32"
	case I64:
		return "i64"
	case F32:
		return "f32"
	case F64:
		return "f64"
	case FuncRef:
		return "funcref"
	case ExternRef:
		return "externref"
	}
	return ""
}

func (t ValueType) isReference() bool { return t == FuncRef || t == ExternRef }
func (t ValueType) isFloat() bool     { return t == F32 || t == F64 }

// Signature is the type of a function.
type Signature struct{ Params, Results []ValueType }

// String is such as "(i32 i64) (i32)".
func (s Signature) String() string { return list(s.Params) + " " + list(s.Results) }

func list(types []ValueType) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = t.String()
	}
	return "(" + strings.Join(names, " ") + ")"
}

// Import is an imported function.
type Import struct {
	Module, Name string
	Type         Signature
	typ          uint32
}

// Kind is what an export is.
type Kind byte

const (
	KindFunction Kind = 0
	KindTable    Kind = 1
	KindMemory   Kind = 2
	KindGlobal   Kind = 3
)

// Export is one export.
type Export struct {
	Kind  Kind
	Index int
}

// Range is the size of a memory in pages, or of a table in elements.
type Range struct {
	Min, Max uint32
	HasMax   bool
}

type global struct {
	typ     ValueType
	mutable bool
	init    constant
}

// constant is a constant expression: an instruction without its end, and the
// function that it names, or -1.
type constant struct {
	code     []byte
	function int
}

type export struct {
	name string
	Export
}

// Source is a module as it was written. Its fields are for reading.
type Source struct {
	Imports []Import
	Exports map[string]Export
	Memory  []Range // at most one
	Table   []Range // at most one

	limits   Limits
	types    []Signature
	funcs    []uint32 // the type of each function, imported ones first
	table    []byte   // the section, as it came
	globals  []global
	exports  []export // in their order
	elements []byte   // the section, rewritten
	listed   int      // elements in it
	declared int      // data segments by the data count section; -1: it has none
	datas    int      // data segments
	data     []byte   // the section, as it came
	bodies   []*reader
	sections []part // as they came, without custom ones
	effort   int    // of compiling
	err      *Error

	bulk       bool           // it copies or fills memory
	added      map[string]int // types of ours by their text
	addedTypes []Signature
	tableType  ValueType
}

// Signature is the type of a function by its index, as in [Export].
func (s *Source) Signature(index int) Signature { return s.types[s.funcs[index]] }

// rank is the order in which the WebAssembly specification (binary format,
// §5.5.16) wants the sections, by id.
var rank = [...]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 12: 10, 10: 11, 11: 12}

// Parse reads all of a module but the code of its functions.
//
// # Errors
//
// An [Error].
func Parse(wasm []byte, limits Limits) (*Source, error) {
	s := &Source{Exports: map[string]Export{}, limits: limits.orDefault(), declared: -1}
	r := &reader{buf: wasm, function: -1, limits: &s.limits, err: &s.err}
	if len(wasm) > s.limits.Size {
		r.refuse(RuleSize, "%d bytes; at most %d", len(wasm), s.limits.Size)
	}
	if string(r.take(8)) != "\x00asm\x01\x00\x00\x00" {
		r.fail("not a WebAssembly 1 module")
	}
	for last := 0; r.more(); {
		id := r.byte()
		sub := r.sub()
		if id == 0 {
			sub.name()
			continue
		}
		if int(id) >= len(rank) || rank[id] <= last {
			r.fail("section %d is unknown, repeated or out of order", id)
			break
		}
		last = rank[id]
		s.sections = append(s.sections, part{id, sub.buf})
		s.section(id, sub)
		if sub.more() {
			sub.fail("section %d has bytes left over", id)
		}
	}
	if defined := len(s.funcs) - len(s.Imports); len(s.bodies) != defined {
		r.fail("%d function bodies for %d functions", len(s.bodies), defined)
	}
	if s.declared >= 0 && s.declared != s.datas {
		r.fail("%d data segments, counted as %d", s.datas, s.declared)
	}
	if s.err != nil {
		return nil, s.err
	}
	return s, nil
}

func (s *Source) section(id byte, r *reader) {
	items := s.limits.Items
	switch id {
	case 1:
		r.each(items, "types", func() { s.types = append(s.types, r.signature()) })
	case 2:
		r.each(items, "imports", func() { s.addImport(r) })
	case 3:
		r.each(s.limits.Functions-len(s.funcs), "functions", func() {
			s.funcs = append(s.funcs, uint32(r.index(len(s.types), "type")))
		})
	case 4:
		s.table = r.buf
		r.each(1, "tables", func() { s.addTable(r) })
	case 5:
		r.each(items, "memories", func() { s.addMemory(r) })
	case 6:
		r.each(items, "globals", func() { s.addGlobal(r) })
	case 7:
		r.each(items, "exports", func() { s.addExport(r) })
	case 8:
		r.refuse(RuleStart, "it has a start function")
	case 9:
		s.elements = s.elementSection(r)
	case 10:
		r.each(len(s.funcs)-len(s.Imports), "function bodies", func() {
			body := r.body(len(s.Imports) + len(s.bodies))
			if len(body.buf) > s.limits.Body {
				body.refuse(RuleSize, "%d bytes in one function; at most %d", len(body.buf), s.limits.Body)
			}
			s.bodies = append(s.bodies, body)
		})
	case 11:
		s.data = r.buf
		r.each(s.limits.Segments, "data segments", func() { s.datas++; s.dataSegment(r) })
	case 12:
		s.declared = r.count(s.limits.Segments, "data segments")
	}
}

func (r *reader) signature() (s Signature) {
	if form := r.byte(); form != 0x60 {
		r.refuse(RuleFeature, "type %#x is not a function", form)
	}
	r.each(r.limits.Params, "parameters", func() { s.Params = append(s.Params, r.valueType()) })
	r.each(r.limits.Params, "results", func() { s.Results = append(s.Results, r.valueType()) })
	return s
}

func (s *Source) addImport(r *reader) {
	im := Import{Module: r.name(), Name: r.name()}
	s.reserve(r, "import", im.Module)
	s.reserve(r, "import", im.Name)
	if kind := r.byte(); r.ok() && kind != byte(KindFunction) {
		r.refuse(RuleImport, "import %q.%q is not a function", im.Module, im.Name)
	}
	im.typ = uint32(r.index(len(s.types), "type"))
	if !r.ok() {
		return
	}
	im.Type = s.types[im.typ]
	s.Imports = append(s.Imports, im)
	s.funcs = append(s.funcs, im.typ)
}

// reserve keeps the names that the rewritten module adds.
func (s *Source) reserve(r *reader, what, name string) {
	if strings.HasPrefix(name, Prefix) {
		r.refuse(RuleReserved, "%s %q: names beginning %s are the host's", what, name, Prefix)
	}
}

func (s *Source) addTable(r *reader) {
	s.tableType = r.reference()
	t := r.span()
	if t.Min > s.limits.Table {
		r.refuse(RuleSize, "a table of %d elements; at most %d", t.Min, s.limits.Table)
	}
	s.Table = append(s.Table, t)
}

func (s *Source) addMemory(r *reader) {
	m, most := r.span(), s.limits.MemoryPages
	if len(s.Memory) > 0 || m.Min > most {
		r.refuse(RuleMemory, "want one memory that begins with at most %d pages of 64 KiB", most)
	}
	s.Memory = append(s.Memory, m)
}

func (s *Source) addGlobal(r *reader) {
	g := global{typ: r.valueType()}
	switch r.byte() {
	case 0:
	case 1:
		g.mutable = true
	default:
		r.fail("a global that is neither mutable nor not")
	}
	if g.mutable && g.typ.isReference() {
		r.refuse(RuleGlobal, "global %d is a mutable %s", len(s.globals), g.typ)
	}
	g.init = s.constant(r, g.typ)
	s.globals = append(s.globals, g)
	if n, most := s.mutable(), s.limits.Globals; g.mutable && n > most {
		r.refuse(RuleSize, "%d globals that change; at most %d", n, most)
	}
}

func (s *Source) addExport(r *reader) {
	e := export{name: r.name()}
	s.reserve(r, "export", e.name)
	e.Kind = Kind(r.byte())
	switch e.Kind {
	case KindFunction:
		e.Index = r.index(len(s.funcs), "function")
	case KindTable:
		e.Index = r.index(len(s.Table), "table")
	case KindMemory:
		e.Index = r.index(len(s.Memory), "memory")
	case KindGlobal:
		e.Index = r.index(len(s.globals), "global")
	default:
		r.refuse(RuleFeature, "export of kind %d", e.Kind)
	}
	if _, twice := s.Exports[e.name]; twice {
		r.fail("%q is exported twice", e.name)
	}
	s.Exports[e.name] = e.Export
	s.exports = append(s.exports, e)
}

// constant reads a constant expression of one instruction.
func (s *Source) constant(r *reader, want ValueType) constant {
	c, start := constant{function: -1}, r.buf
	var got ValueType
	switch op := r.byte(); op {
	case 0x23:
		if i := r.index(len(s.globals), "global"); r.ok() {
			got = s.globals[i].typ
			if s.globals[i].mutable {
				r.fail("a constant from the mutable global %d", i)
			}
		}
	case 0x41:
		got = I32
		r.signed(32)
	case 0x42:
		got = I64
		r.signed(64)
	case 0x43:
		got = F32
		r.take(4)
	case 0x44:
		got = F64
		r.take(8)
	case 0xd0:
		got = r.reference()
	case 0xd2:
		got = FuncRef
		c.function = r.index(len(s.funcs), "function")
	default:
		r.refuse(RuleFeature, "opcode %#x in a constant", op)
	}
	c.code = start[:len(start)-len(r.buf)]
	if end := r.byte(); r.ok() && (end != 0x0b || got != want) {
		r.fail("a constant of another type than %s, or of more than one instruction", want)
	}
	return c
}
