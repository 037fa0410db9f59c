package fuel

import "iter"

// part is a section.
type part struct {
	id   byte
	body []byte
}

// Originals are the module as its author made it, in modules that are all
// valid if and only if it is: each has some functions, together at least size
// bytes if there are as many left, and the others do nothing but trap. So an
// engine that validates them needs memory for a few at a time. Custom sections
// are left out: validity does not depend on them, and an engine may believe
// what they say of their own length.
func (s *Source) Originals(size int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for first, more := 0, true; more; {
			end, n := first, 0
			for end < len(s.bodies) && n < size {
				n += len(s.bodies[end].buf)
				end++
			}
			if !yield(s.original(first, end)) {
				return
			}
			first, more = end, end < len(s.bodies)
		}
	}
}

// original is the module with the bodies from first up to end.
func (s *Source) original(first, end int) []byte {
	trap := []byte{0, opUnreachable, opEnd} // it has any type
	out := []byte("\x00asm\x01\x00\x00\x00")
	for _, p := range s.sections {
		if p.id == 10 {
			p.body = uleb(nil, len(s.bodies))
			for i, b := range s.bodies {
				body := trap
				if first <= i && i < end {
					body = b.buf
				}
				p.body = append(uleb(p.body, len(body)), body...)
			}
		}
		out = section(out, p.id, p.body)
	}
	return out
}
