package wasmasm

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Module is a module in parts. Types are letters, parameters before and results
// behind a ">": i, l, f, d for i32, i64, f32, f64, r and x for funcref and
// externref.
type Module struct {
	Types    []string // that come first; others follow as they are needed
	Imports  []Import
	Funcs    []Func
	Table    []byte   // limits of a table of functions; see [Limits]
	Elements []uint32 // functions for the table, from 0 on
	Memory   []byte   // limits; the memory is exported as "memory"
	Hidden   bool     // the memory is not exported
	Globals  []Global
	Start    *uint32
	Data     []Data
	Before   []byte // whole sections in front of all
	Between  []byte // whole sections in front of the data count and the code
	After    []byte // whole sections behind all
}

// Import is an imported function.
type Import struct{ Module, Name, Type string }

// Func is a function that the module defines.
type Func struct {
	Export string // empty: it is not exported
	Type   string
	Locals string // letters, one for each
	Groups []byte // in place of Locals: the bytes of the declarations
	Body   []byte // without its end
}

// Global is a global with its initial value as code.
type Global struct {
	Type    byte // a letter
	Mutable bool
	Init    []byte
	Export  string
}

// Data is a data segment, at an address or passive.
type Data struct {
	At      int32
	Passive bool
	Bytes   []byte
}

// Bytes is the module in the binary format.
func (m Module) Bytes() []byte {
	types := slices.Clone(m.Types)
	typ := func(t string) []byte {
		i := slices.Index(types, t)
		if i < 0 {
			i, types = len(types), append(types, t)
		}
		return U(uint64(i))
	}
	var imports, funcs, exports, bodies [][]byte
	for _, im := range m.Imports {
		imports = append(imports, Code(Name(im.Module), Name(im.Name), 0, typ(im.Type)))
	}
	for i, f := range m.Funcs {
		funcs = append(funcs, typ(f.Type))
		if f.Export != "" {
			exports = append(exports, Code(Name(f.Export), 0, U(uint64(len(m.Imports)+i))))
		}
		bodies = append(bodies, sized(Code(f.locals(), f.Body, End)))
	}
	for i, g := range m.Globals {
		if g.Export != "" {
			exports = append(exports, Code(Name(g.Export), 3, U(uint64(i))))
		}
	}
	if m.Memory != nil && !m.Hidden {
		exports = append(exports, Code(Name("memory"), 2, 0))
	}
	return Code("\x00asm\x01\x00\x00\x00", m.Before,
		list(1, typeList(types)), list(2, imports), list(3, funcs), m.state(), list(7, exports), m.start(), m.elements(),
		m.Between, m.count(), list(10, bodies), list(11, m.data()), m.After)
}

// state is the sections of table, memory and globals.
func (m Module) state() (out []byte) {
	if m.Table != nil {
		out = Code(list(4, [][]byte{Code(Type('r'), m.Table)}))
	}
	if m.Memory != nil {
		out = Code(out, list(5, [][]byte{m.Memory}))
	}
	var globals [][]byte
	for _, g := range m.Globals {
		mutable := 0
		if g.Mutable {
			mutable = 1
		}
		globals = append(globals, Code(Type(g.Type), mutable, g.Init, End))
	}
	return Code(out, list(6, globals))
}

func (m Module) start() []byte {
	if m.Start == nil {
		return nil
	}
	return Section(8, U(uint64(*m.Start)))
}

func (m Module) elements() []byte {
	if m.Elements == nil {
		return nil
	}
	segment := Code(0, I32(0), End, U(uint64(len(m.Elements))))
	for _, f := range m.Elements {
		segment = append(segment, U(uint64(f))...)
	}
	return list(9, [][]byte{segment})
}

// count is the data count section, which code about passive data needs.
func (m Module) count() []byte {
	if !slices.ContainsFunc(m.Data, func(d Data) bool { return d.Passive }) {
		return nil
	}
	return Section(12, U(uint64(len(m.Data))))
}

func (m Module) data() (out [][]byte) {
	for _, d := range m.Data {
		if d.Passive {
			out = append(out, Code(1, sized(d.Bytes)))
		} else {
			out = append(out, Code(0, I32(d.At), End, sized(d.Bytes)))
		}
	}
	return out
}

func (f Func) locals() []byte {
	if f.Groups != nil {
		return f.Groups
	}
	out := U(uint64(len(f.Locals)))
	for i := range len(f.Locals) {
		out = append(out, 1, byte(Type(f.Locals[i])))
	}
	return out
}

func typeList(types []string) (out [][]byte) {
	for _, t := range types {
		params, results, _ := strings.Cut(t, ">")
		b := []byte{0x60}
		for _, half := range []string{params, results} {
			b = append(b, U(uint64(len(half)))...)
			for i := range len(half) {
				b = append(b, byte(Type(half[i])))
			}
		}
		out = append(out, b)
	}
	return out
}

// Type is the code of a letter's type.
func Type(letter byte) int {
	return map[byte]int{'i': 0x7f, 'l': 0x7e, 'f': 0x7d, 'd': 0x7c, 'r': 0x70, 'x': 0x6f}[letter]
}

func list(id byte, items [][]byte) []byte {
	if len(items) == 0 {
		return nil
	}
	return Section(id, Code(U(uint64(len(items))), slices.Concat(items...)))
}

// Section is a section with its size.
func Section(id byte, body []byte) []byte { return append([]byte{id}, sized(body)...) }

func sized(b []byte) []byte { return append(U(uint64(len(b))), b...) }

// Name is a name with its length.
func Name(s string) []byte { return sized([]byte(s)) }

// Limits are those of a memory or table with a maximum.
func Limits(low, high uint64) []byte { return Code(1, U(low), U(high)) }

// U is an unsigned LEB128 number.
func U(v uint64) []byte { return binary.AppendUvarint(nil, v) }

// S is a signed LEB128 number.
func S(v int64) (out []byte) {
	for {
		b := byte(v & 0x7f)
		if v >>= 7; v == 0 && b&0x40 == 0 || v == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}
