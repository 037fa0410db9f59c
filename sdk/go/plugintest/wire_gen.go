// Code generated from hostapi/schema; DO NOT EDIT.

package plugintest

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

const (
	// Magic begins every input message: "LILY".
	Magic = 0x594c494c
	// MaxMessage is the most that a message may take, in bytes.
	MaxMessage = 16 << 20
	// None is the reference to no event.
	None = ^uint32(0)

	messageHeader = 32
	itemHeader    = 16
	outputHeader  = 16
)

var le = binary.LittleEndian

// Bytes32 is a hash; as text it is 0x and hex.
type Bytes32 [32]byte

// Bytes20 is an address; as text it is 0x and hex.
type Bytes20 [20]byte

func (b Bytes32) String() string               { return "0x" + hex.EncodeToString(b[:]) }
func (b Bytes20) String() string               { return "0x" + hex.EncodeToString(b[:]) }
func (b Bytes32) MarshalText() ([]byte, error) { return []byte(b.String()), nil }
func (b Bytes20) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

func (b *Bytes32) UnmarshalText(text []byte) error { return unhex(b[:], text) }
func (b *Bytes20) UnmarshalText(text []byte) error { return unhex(b[:], text) }

func unhex(dst, text []byte) error {
	if len(text) != 2+2*len(dst) || string(text[:2]) != "0x" {
		return fmt.Errorf("%q: want 0x and %d hex digits", text, 2*len(dst))
	}
	_, err := hex.Decode(dst, text[2:])
	return err
}

// Opt is a value that may be absent. As JSON its absence is null.
type Opt[T any] struct {
	V  T
	OK bool
}

// Some is a value that is there.
func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }

// IsZero tells that the value is absent.
func (o Opt[T]) IsZero() bool { return !o.OK }

// MarshalJSON writes the value or null.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if !o.OK {
		return []byte("null"), nil
	}
	return json.Marshal(o.V)
}

// UnmarshalJSON reads the value or null.
func (o *Opt[T]) UnmarshalJSON(b []byte) error {
	*o = Opt[T]{OK: string(b) != "null"}
	return json.Unmarshal(b, &o.V)
}

// Header is the head of an input message.
type Header struct {
	Hook  Hook
	Minor uint16
	Now   uint64 // block time in seconds
}

// MessageSize is the length of a message of n stored items of itemBytes in
// all, with a context of contextBytes: what a host sums to split a batch.
func MessageSize(contextBytes, n, itemBytes int) int {
	return messageHeader + (4*n+7)&^7 + contextBytes + itemBytes
}

// AppendMessage appends an input message that carries stored items: each as
// its type's Append made it. Context may be nil.
//
// # Errors
//
// The message is longer than MaxMessage, or an item is not whole.
func AppendMessage(dst []byte, h Header, context []byte, items ...[]byte) ([]byte, error) {
	start := len(dst)
	n := 0
	for i, it := range items {
		if len(it) < itemHeader || len(it)%8 != 0 || le.Uint32(it) != uint32(len(it)) {
			return dst, fmt.Errorf("item %d is not whole", i)
		}
		n += len(it)
	}
	total := MessageSize(len(context), len(items), n)
	if total > MaxMessage {
		return dst, fmt.Errorf("a message of %d bytes, of at most %d", total, MaxMessage)
	}
	table := start + messageHeader
	at := messageHeader + (4*len(items)+7)&^7
	dst = append(dst, make([]byte, at)...)
	head := dst[start:]
	le.PutUint32(head, Magic)
	le.PutUint16(head[4:], uint16(h.Hook))
	le.PutUint16(head[6:], h.Minor)
	le.PutUint32(head[8:], uint32(total))
	le.PutUint32(head[12:], uint32(len(items)))
	le.PutUint32(head[16:], messageHeader)
	if len(context) > 0 {
		le.PutUint32(head[20:], uint32(at))
	}
	le.PutUint64(head[24:], h.Now)
	dst = append(dst, context...)
	at += len(context)
	for i, it := range items {
		le.PutUint32(dst[table+4*i:], uint32(at))
		dst = append(dst, it...)
		at += len(it)
	}
	return dst, nil
}

// SplitMessage takes a message apart again: the stored context, nil without
// one, and the stored items. They alias b.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func SplitMessage(b []byte) (h Header, context []byte, items [][]byte, err error) {
	if len(b) < messageHeader || le.Uint32(b) != Magic {
		return h, nil, nil, fmt.Errorf("no message begins with these %d bytes", len(b))
	}
	h = Header{Hook(le.Uint16(b[4:])), le.Uint16(b[6:]), le.Uint64(b[24:])}
	total, n, table := uint64(le.Uint32(b[8:])), uint64(le.Uint32(b[12:])), uint64(le.Uint32(b[16:]))
	if total != uint64(len(b)) || total > MaxMessage || table < messageHeader || table%4 != 0 || table+4*n > total {
		return h, nil, nil, fmt.Errorf("message of %d bytes: %d declared, a table of %d at %d", len(b), total, n, table)
	}
	if at := le.Uint32(b[20:]); at != 0 {
		if context, err = whole(b, at); err != nil {
			return h, nil, nil, fmt.Errorf("context: %w", err)
		}
	}
	items = make([][]byte, n)
	spent := uint64(len(context))
	for i := range items {
		if items[i], err = whole(b, le.Uint32(b[table+4*uint64(i):])); err != nil {
			return h, nil, nil, fmt.Errorf("item %d: %w", i, err)
		}
		if spent += uint64(len(items[i])); spent > total {
			return h, nil, nil, fmt.Errorf("item %d: items overlap", i)
		}
	}
	return h, context, items, nil
}

// whole is the item at an offset of a message or of an item.
func whole(b []byte, at uint32) ([]byte, error) {
	if at%8 != 0 || uint64(at)+itemHeader > uint64(len(b)) {
		return nil, fmt.Errorf("nothing begins at %d of %d bytes", at, len(b))
	}
	total := le.Uint32(b[at:])
	if total < itemHeader || total%8 != 0 || uint64(at)+uint64(total) > uint64(len(b)) {
		return nil, fmt.Errorf("%d bytes at %d leave the %d around them", total, at, len(b))
	}
	return b[at : at+total], nil
}

// A writer appends one struct. The first error sticks.
type writer struct {
	b     []byte
	start int
	minor uint16
	err   error
}

func beginItem(dst []byte, minor, kind uint16, size int) *writer {
	w := &writer{b: dst, start: len(dst), minor: minor}
	w.b = append(w.b, make([]byte, size)...)
	le.PutUint16(w.b[w.start+4:], uint16(size))
	le.PutUint16(w.b[w.start+6:], kind)
	return w
}

func (w *writer) end() ([]byte, error) {
	w.pad()
	n := len(w.b) - w.start
	if n > MaxMessage {
		w.fail("an item of %d bytes, of at most %d", n, MaxMessage)
	}
	le.PutUint32(w.b[w.start:], uint32(n))
	return w.b, w.err
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf(format, args...)
	}
}

func (w *writer) pad() {
	for (len(w.b)-w.start)%8 != 0 {
		w.b = append(w.b, 0)
	}
}

func (w *writer) at(off int) []byte       { return w.b[w.start+off:] }
func (w *writer) u8(off int, v uint8)     { w.at(off)[0] = v }
func (w *writer) u16(off int, v uint16)   { le.PutUint16(w.at(off), v) }
func (w *writer) u32(off int, v uint32)   { le.PutUint32(w.at(off), v) }
func (w *writer) u64(off int, v uint64)   { le.PutUint64(w.at(off), v) }
func (w *writer) bytes(off int, v []byte) { copy(w.at(off), v) }

func (w *writer) bool(off int, v bool) {
	w.at(off)[0] = 0 // a patch may overwrite true
	if v {
		w.at(off)[0] = 1
	}
}

func (w *writer) enum(off int, v, low, high uint8, name string) {
	if v < low || v > high {
		w.fail("%s: %d is none of its values", name, v)
	}
	w.u8(off, v)
}

func (w *writer) has(bit int) { w.at(8)[bit/8] |= 1 << (bit % 8) }

func (w *writer) str(off int, s, name string) {
	if s == "" {
		return
	}
	if !utf8.ValidString(s) {
		w.fail("%s: %q is not UTF-8", name, s)
	}
	w.u32(off, uint32(len(w.b)-w.start))
	w.u32(off+4, uint32(len(s)))
	w.b = append(w.b, s...)
}

// writeItems appends nested items behind a list of their offsets.
func writeItems[T any](w *writer, off int, name string, list []T, put func(*T, []byte, uint16) ([]byte, error)) {
	at := w.reserve(off, len(list), 4, name)
	for i := range list {
		w.pad()
		w.u32(at+4*i, uint32(len(w.b)-w.start))
		b, err := put(&list[i], w.b, w.minor)
		if w.b = b; err != nil {
			w.fail("%s %d: %w", name, i, err)
		}
	}
}

func (w *writer) reserve(off, n, stride int, name string) int {
	if n > 0xffff {
		w.fail("%s: a list of %d, of at most %d", name, n, 0xffff)
	}
	w.u16(off+6, uint16(stride))
	if n == 0 {
		return 0
	}
	w.pad()
	at := len(w.b) - w.start
	w.u32(off, uint32(at))
	w.u16(off+4, uint16(n))
	w.b = append(w.b, make([]byte, n*stride)...)
	return at
}

// A reader takes one struct apart. What lies beyond the fixed part is zero:
// the writer's version did not have it. The first error sticks.
type reader struct {
	b     []byte // to the item's end
	fixed int    // to the end of what was written of the struct
	spent int    // bytes of the tail that were read
	err   error
}

func openItem(b []byte, kind uint16, size int, name string) (*reader, error) {
	b, err := whole(b, 0)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	fixed := le.Uint16(b[4:])
	if k := le.Uint16(b[6:]); k != kind {
		return nil, fmt.Errorf("%s: the item's kind is %d, want %d", name, k, kind)
	}
	if int(fixed) < size || int(fixed) > len(b) {
		return nil, fmt.Errorf("%s: a fixed part of %d bytes, want %d to %d", name, fixed, size, len(b))
	}
	return &reader{b: b, fixed: int(fixed)}, nil
}

func (r *reader) fail(name, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(name+": "+format, args...)
	}
}

func (r *reader) at(off, n int) []byte {
	if off+n > r.fixed {
		return make([]byte, n)
	}
	return r.b[off : off+n]
}

func (r *reader) u8(off int) uint8   { return r.at(off, 1)[0] }
func (r *reader) u16(off int) uint16 { return le.Uint16(r.at(off, 2)) }
func (r *reader) u32(off int) uint32 { return le.Uint32(r.at(off, 4)) }
func (r *reader) u64(off int) uint64 { return le.Uint64(r.at(off, 8)) }
func (r *reader) i64(off int) int64  { return int64(r.u64(off)) }
func (r *reader) has(bit int) bool   { return r.u64(8)>>bit&1 == 1 }

func (r *reader) bool(off int, name string) bool {
	v := r.u8(off)
	if v > 1 {
		r.fail(name, "%d is neither true nor false", v)
	}
	return v == 1
}

func (r *reader) enum(off int, low, high uint8, name string) uint8 {
	v := r.u8(off)
	if off < r.fixed && (v < low || v > high) {
		r.fail(name, "%d is none of its values", v)
	}
	return v
}

func (r *reader) str(off int, name string) string {
	at, n := uint64(r.u32(off)), uint64(r.u32(off+4))
	if n == 0 {
		return ""
	}
	if at < itemHeader || at+n > uint64(len(r.b)) {
		r.fail(name, "%d bytes at %d leave the item's %d", n, at, len(r.b))
		return ""
	}
	if !r.spend(int(n), name) {
		return ""
	}
	s := r.b[at : at+n]
	if !utf8.Valid(s) {
		r.fail(name, "%q is not UTF-8", s)
	}
	return string(s)
}

// readList reads elements, which lie beyond the fixed part.
func readList[T any](r *reader, off, size int, name string, get func(*T, *reader, int)) []T {
	n, at, stride := r.list(off, size, name)
	if n == 0 {
		return nil
	}
	fixed := r.fixed
	defer func() { r.fixed = fixed }()
	list := make([]T, n)
	for i := range list {
		r.fixed = at + (i+1)*stride
		get(&list[i], r, at+i*stride)
	}
	return list
}

func readItems[T any](r *reader, off int, name string, get func([]byte) (T, error)) []T {
	n, at, stride := r.list(off, 4, name)
	if n == 0 {
		return nil
	}
	list := make([]T, n)
	for i := range list {
		b, err := whole(r.b, le.Uint32(r.b[at+i*stride:]))
		if err == nil && r.spend(len(b), name) {
			list[i], err = get(b)
		}
		if err != nil {
			r.fail(name, "%d: %w", i, err)
			return nil
		}
	}
	return list
}

func (r *reader) list(off, size int, name string) (n, at, stride int) {
	n, at, stride = int(r.u16(off+4)), int(r.u32(off)), int(r.u16(off+6))
	if n == 0 || r.err != nil {
		return 0, 0, 0
	}
	if stride < size || at < itemHeader || at+n*stride > len(r.b) {
		r.fail(name, "%d elements of %d bytes at %d leave the item's %d", n, stride, at, len(r.b))
		return 0, 0, 0
	}
	return n, at, stride
}

// spend keeps an item whose parts overlap from becoming more than it is.
func (r *reader) spend(n int, name string) bool {
	if r.spent += n; r.spent > len(r.b) {
		r.fail(name, "its parts overlap")
	}
	return r.err == nil
}

func appendOutput(dst []byte, minor uint16, n, stride int, put func(w *writer, i, at int)) ([]byte, error) {
	w := &writer{b: dst, start: len(dst), minor: minor}
	w.b = append(w.b, make([]byte, outputHeader+n*stride)...)
	w.u32(0, uint32(outputHeader+n*stride))
	w.u32(4, uint32(n))
	w.u16(8, uint16(stride))
	w.u16(10, minor)
	for i := range n {
		put(w, i, outputHeader+i*stride)
	}
	return w.b, w.err
}

// openOutput reads the head of an output message of n records, which b has
// room for, every stride bytes.
func openOutput(b []byte, size int) (n, stride int, err error) {
	if len(b) < outputHeader {
		return 0, 0, fmt.Errorf("an output of %d bytes has no header", len(b))
	}
	total, count, step := uint64(le.Uint32(b)), uint64(le.Uint32(b[4:])), uint64(le.Uint16(b[8:]))
	if step < uint64(size) || step%8 != 0 || total != outputHeader+count*step || total != uint64(len(b)) {
		return 0, 0, fmt.Errorf("an output of %d bytes declares %d, %d records of %d, want at least %d each", len(b), total, count, step, size)
	}
	return int(count), int(step), nil
}

// Rewrite writes a message of any version for a plugin of a minor version.
//
// # Errors
//
// The first rule of SPEC.md that the message breaks, or what it says that the
// minor version has no word for.
func Rewrite(message []byte, minor uint16) ([]byte, error) {
	h, _, _, err := SplitMessage(message)
	if err != nil || h.Minor == minor {
		return message, err
	}
	switch h.Hook {
	case HookMatch:
		return rewrite(DecodeMatchInput, message, minor)
	case HookAdmit:
		return rewrite(DecodeAdmitInput, message, minor)
	case HookAllow:
		return rewrite(DecodeAllowInput, message, minor)
	case HookMediate:
		return rewrite(DecodeMediateInput, message, minor)
	case HookCompare:
		return rewrite(DecodeCompareInput, message, minor)
	}
	return nil, fmt.Errorf("no hook has number %d", h.Hook)
}

func rewrite[T any, P interface {
	*T
	Append(dst []byte, minor uint16) ([]byte, error)
}](decode func([]byte) (T, error), message []byte, minor uint16,
) ([]byte, error) {
	in, err := decode(message)
	if err != nil {
		return nil, err
	}
	return P(&in).Append(nil, minor)
}
