package fuel

import (
	"encoding/binary"
	"strconv"
)

func uleb(out []byte, v int) []byte { return binary.AppendUvarint(out, uint64(v)) }

func sleb(out []byte, v int64) []byte {
	for {
		b := byte(v & 0x7f)
		if v >>= 7; v == 0 && b&0x40 == 0 || v == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}

func (s *Source) fuelGlobal() int  { return len(s.globals) }
func (s *Source) depthGlobal() int { return len(s.globals) + 1 }

func (s *Source) mutable() (n int) {
	for _, g := range s.globals {
		if g.mutable {
			n++
		}
	}
	return n
}

// blockType is the type of a block without parameters.
func (s *Source) blockType(results []ValueType) []byte {
	switch len(results) {
	case 0:
		return []byte{emptyBlock}
	case 1:
		return []byte{byte(results[0])}
	}
	return sleb(nil, int64(s.addType(Signature{Results: results})))
}

// addType returns the index of a type that is ours.
func (s *Source) addType(sig Signature) int {
	text := sig.String()
	at, ok := s.added[text]
	if !ok {
		at = len(s.types) + len(s.addedTypes)
		s.added[text] = at
		s.addedTypes = append(s.addedTypes, sig)
	}
	return at
}

// Rewrite returns the module with fuel. Custom sections are left out.
//
// # Errors
//
// An [Error].
func (s *Source) Rewrite() (*Module, error) {
	s.added, s.addedTypes, s.effort, s.bulk = map[string]int{}, nil, 0, false
	refill := s.addType(Signature{})
	bodies := make([][]byte, 0, len(s.bodies)+2)
	for i := range s.bodies {
		bodies = append(bodies, s.rewrite(i))
		if s.err != nil {
			return nil, s.err
		}
	}
	if s.bulk {
		bodies = append(bodies, s.fillBody(), s.copyBody())
		s.addType(bulkType)
	}
	m := &Module{}
	out := []byte("\x00asm\x01\x00\x00\x00")
	out = s.typeSection(out)
	out = s.importSection(out, refill)
	out = s.functionSection(out)
	out = section(out, 4, s.table)
	out = s.memorySection(out, m)
	out = s.globalSection(out, m)
	out = s.exportSection(out)
	out = section(out, 9, s.elements)
	if s.declared >= 0 {
		out = section(out, 12, uleb(nil, s.declared))
	}
	code := uleb(nil, len(bodies))
	for _, b := range bodies {
		code = append(uleb(code, len(b)), b...)
	}
	out = section(out, 10, code)
	m.Wasm = section(out, 11, s.data)
	return m, nil
}

func section(out []byte, id byte, body []byte) []byte {
	if len(body) == 0 {
		return out
	}
	return append(uleb(append(out, id), len(body)), body...)
}

func (s *Source) typeSection(out []byte) []byte {
	body := uleb(nil, len(s.types)+len(s.addedTypes))
	for _, types := range [][]Signature{s.types, s.addedTypes} {
		for _, t := range types {
			body = append(body, 0x60)
			for _, l := range [][]ValueType{t.Params, t.Results} {
				body = uleb(body, len(l))
				for _, v := range l {
					body = append(body, byte(v))
				}
			}
		}
	}
	return section(out, 1, body)
}

func appendName(out []byte, name string) []byte { return append(uleb(out, len(name)), name...) }

func (s *Source) importSection(out []byte, refill int) []byte {
	body := uleb(nil, len(s.Imports)+1)
	for _, im := range append(s.Imports[:len(s.Imports):len(s.Imports)], Import{Module: ImportModule, Name: ImportRefill, typ: uint32(refill)}) {
		body = appendName(appendName(body, im.Module), im.Name)
		body = uleb(append(body, byte(KindFunction)), int(im.typ))
	}
	return section(out, 2, body)
}

func (s *Source) functionSection(out []byte) []byte {
	defined := s.funcs[len(s.Imports):]
	n := len(defined)
	if s.bulk {
		n += 2
	}
	body := uleb(nil, n)
	for _, typ := range defined {
		body = uleb(body, int(typ))
	}
	if s.bulk {
		body = uleb(uleb(body, s.addType(bulkType)), s.addType(bulkType))
	}
	return section(out, 3, body)
}

func (s *Source) memorySection(out []byte, m *Module) []byte {
	if len(s.Memory) == 0 {
		return out
	}
	m.Memory = s.Memory[0]
	if most := s.limits.MemoryPages; !m.Memory.HasMax || m.Memory.Max > most {
		m.Memory.Max, m.Memory.HasMax = most, true
	}
	return section(out, 5, uleb(uleb([]byte{1, 1}, int(m.Memory.Min)), int(m.Memory.Max)))
}

func (s *Source) globalSection(out []byte, m *Module) []byte {
	body := uleb(nil, len(s.globals)+2)
	for _, g := range s.globals {
		body = append(body, byte(g.typ), 0)
		if g.mutable {
			body[len(body)-1] = 1
			m.Globals = append(m.Globals, g.typ)
		}
		body = s.appendConstant(body, g.init)
	}
	for range 2 {
		body = append(body, byte(I64), 1, opI64Const, 0, opEnd)
	}
	return section(out, 6, body)
}

func (s *Source) exportSection(out []byte) []byte {
	var body []byte
	n := 0
	put := func(name string, e Export) {
		n++
		body = uleb(append(appendName(body, name), byte(e.Kind)), e.Index)
	}
	for _, e := range s.exports {
		if e.Kind == KindFunction {
			e.Index = s.moved(e.Index)
		}
		put(e.name, e.Export)
	}
	put(ExportFuel, Export{KindGlobal, s.fuelGlobal()})
	put(ExportDepth, Export{KindGlobal, s.depthGlobal()})
	mutable := 0
	for i, g := range s.globals {
		if g.mutable {
			put(ExportGlobal+strconv.Itoa(mutable), Export{KindGlobal, i})
			mutable++
		}
	}
	return section(out, 7, append(uleb(nil, n), body...))
}
