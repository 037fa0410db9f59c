package fuel

import "encoding/binary"

// moved is the index of a function after the imports of the host went in.
func (s *Source) moved(index int) int {
	if index < len(s.Imports) {
		return index
	}
	return index + 1
}

// refill is the index of the imported function.
func (s *Source) refill() int { return len(s.Imports) }

// elementSection reads the element section and returns it with its functions
// moved.
func (s *Source) elementSection(r *reader) []byte {
	n := r.count(s.limits.Items, "element segments")
	out := binary.AppendUvarint(nil, uint64(n))
	for ; n > 0 && r.ok(); n-- {
		out = s.elementSegment(out, r)
	}
	return out
}

// elementSegment moves one segment. Its flags (specification, §5.5.12): 1 not
// active, 2 a table follows or, if not active, it is declarative, 4 expressions
// in place of function indices.
func (s *Source) elementSegment(out []byte, r *reader) []byte {
	flags := r.u32()
	if flags > 7 {
		r.fail("element segment with flags %#x", flags)
	}
	out = binary.AppendUvarint(out, uint64(flags))
	if flags&1 == 0 {
		table := 0
		if flags&2 != 0 {
			table = int(r.u32())
			out = binary.AppendUvarint(out, uint64(table))
		}
		if table >= len(s.Table) {
			r.fail("table %d of %d", table, len(s.Table))
		}
		out = s.appendConstant(out, s.constant(r, I32))
	}
	typ := FuncRef
	if flags&3 != 0 {
		if flags&4 != 0 {
			typ = r.reference()
			out = append(out, byte(typ))
		} else {
			r.expect(0, "kind of elements")
			out = append(out, 0)
		}
	}
	n := r.count(int(s.limits.Table)-s.listed, "elements in all segments")
	s.listed += n
	out = binary.AppendUvarint(out, uint64(n))
	for ; n > 0 && r.ok(); n-- {
		if flags&4 != 0 {
			out = s.appendConstant(out, s.constant(r, typ))
		} else {
			out = binary.AppendUvarint(out, uint64(s.moved(r.index(len(s.funcs), "function"))))
		}
	}
	return out
}

func (s *Source) appendConstant(out []byte, c constant) []byte {
	if c.function >= 0 {
		out = binary.AppendUvarint(append(out, 0xd2), uint64(s.moved(c.function)))
	} else {
		out = append(out, c.code...)
	}
	return append(out, 0x0b)
}

func (s *Source) dataSegment(r *reader) {
	flags := r.u32()
	if flags > 2 {
		r.fail("data segment with flags %#x", flags)
	}
	if flags == 2 {
		r.index(len(s.Memory), "memory")
	}
	if flags != 1 {
		if len(s.Memory) == 0 {
			r.fail("data without a memory")
		}
		s.constant(r, I32)
	}
	r.take(int(r.u32()))
}
