package fuel

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"
)

// reader takes the binary format apart. After its first failure it is empty
// and reads zeros, and err stays.
type reader struct {
	buf      []byte
	at       int // of buf's first byte in the module or the function's body
	function int // -1 outside of code
	limits   *Limits
	err      **Error // the first failure, shared with sub-readers
}

func (r *reader) fail(format string, args ...any) { r.refuse(RuleWasm, format, args...) }

func (r *reader) refuse(rule Rule, format string, args ...any) {
	if *r.err == nil {
		*r.err = &Error{rule, r.function, r.at, fmt.Sprintf(format, args...)}
	}
	r.buf = nil
}

func (r *reader) ok() bool { return *r.err == nil }

func (r *reader) more() bool { return len(r.buf) > 0 && r.ok() }

func (r *reader) take(n int) []byte {
	if n > len(r.buf) {
		r.fail("it ends too soon")
		return nil
	}
	b := r.buf[:n]
	r.buf, r.at = r.buf[n:], r.at+n
	return b
}

// sub is a reader of the next bytes, as many as the number before them says.
func (r *reader) sub() *reader {
	n := r.u32()
	s := *r
	s.buf = r.take(int(n))
	return &s
}

// body is sub for a function: its offsets are those in the body.
func (r *reader) body(function int) *reader {
	s := r.sub()
	s.at, s.function = 0, function
	return s
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// expect reads a byte that can have one value only.
func (r *reader) expect(want byte, what string) {
	if got := r.byte(); got != want {
		r.refuse(RuleFeature, "%s %#x; want %#x", what, got, want)
	}
}

// u32 reads an unsigned LEB128 number of at most 5 bytes.
func (r *reader) u32() uint32 {
	v, n := binary.Uvarint(r.buf[:min(len(r.buf), 5)])
	if n <= 0 || v > math.MaxUint32 {
		r.fail("not a 32-bit number")
		return 0
	}
	r.take(n)
	return uint32(v)
}

// signed skips a signed LEB128 number of at most so many bits and returns it.
func (r *reader) signed(bits int) (v int64) {
	for shift := 0; ; shift += 7 {
		b := r.byte()
		v |= int64(b&0x7f) << shift
		if b&0x80 == 0 {
			if shift += 7; shift < 64 && b&0x40 != 0 {
				v |= -1 << shift
			}
			if bits < 64 && (v < -1<<(bits-1) || v >= 1<<(bits-1)) || shift == 70 && b != 0 && b != 0x7f {
				r.fail("not a signed number of %d bits", bits)
			}
			return v
		}
		if shift+7 >= bits {
			r.fail("a number of more than %d bits", bits)
			return 0
		}
	}
}

func (r *reader) name() string {
	n := r.count(r.limits.Name, "bytes in a name")
	b := r.take(n)
	if !utf8.Valid(b) {
		r.fail("a name that is not UTF-8")
	}
	return string(b)
}

func (r *reader) count(most int, what string) int {
	n := r.u32()
	if uint64(n) > uint64(most) {
		r.refuse(RuleSize, "%d %s; at most %d", n, what, most)
		return 0
	}
	return int(n)
}

func (r *reader) each(most int, what string, f func()) {
	for n := r.count(most, what); n > 0 && r.ok(); n-- {
		f()
	}
}

// index reads an index into a list of n.
func (r *reader) index(n int, what string) int {
	i := r.u32()
	if uint64(i) >= uint64(n) {
		r.fail("%s %d of %d", what, i, n)
		return 0
	}
	return int(i)
}

func (r *reader) valueType() ValueType {
	t := ValueType(r.byte())
	if t.String() == "" {
		r.refuse(RuleFeature, "value type %#x", byte(t))
	}
	return t
}

func (r *reader) reference() ValueType {
	t := r.valueType()
	if r.ok() && !t.isReference() {
		r.fail("%s is not a reference", t)
	}
	return t
}

// span reads the limits of a memory or a table.
func (r *reader) span() (s Range) {
	flags := r.byte()
	if flags > 1 {
		r.refuse(RuleFeature, "memory or table with flags %#x: neither shared nor 64-bit ones are allowed", flags)
	}
	s.Min = r.u32()
	if s.HasMax = flags == 1; s.HasMax {
		if s.Max = r.u32(); s.Max < s.Min {
			r.fail("limits from %d to %d", s.Min, s.Max)
		}
	}
	return s
}
