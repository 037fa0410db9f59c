package guest

import (
	"encoding/binary"
	"math"
)

// Item is a view of one record. It is valid until the call ends. Reading
// beyond it panics, which Serve reports as the input's fault or the author's.
type Item []byte

var le = binary.LittleEndian

func (it Item) U8(off int) uint64  { return uint64(it[off]) }
func (it Item) U16(off int) uint64 { return uint64(le.Uint16(it[off:])) }
func (it Item) U32(off int) uint64 { return uint64(le.Uint32(it[off:])) }
func (it Item) U64(off int) uint64 { return le.Uint64(it[off:]) }
func (it Item) I64(off int) int64  { return int64(le.Uint64(it[off:])) }
func (it Item) Bool(off int) bool  { return it[off] != 0 }

func (it Item) Bytes20(off int) [20]byte { return [20]byte(it[off:]) }
func (it Item) Bytes32(off int) [32]byte { return [32]byte(it[off:]) }

// Str copies the string out: the arena does not outlive the call.
func (it Item) Str(off int) string {
	at, n := it.U32(off), it.U32(off+4)
	if n == 0 {
		return ""
	}
	if at+n > uint64(len(it)) {
		panic(fault{statusBadInput, "a text leaves its item"})
	}
	return string(it[at : at+n])
}

// Has tells whether an optional field is there.
func (it Item) Has(bit int) bool { return le.Uint64(it[8:])>>bit&1 == 1 }

// Kind is the number of the record.
func (it Item) Kind() uint64 { return it.U16(6) }

// Fixed is where the part ends that the writer's version knew.
func (it Item) Fixed() int { return int(it.U16(4)) }

func (it Item) PutU8(off int, v uint8)   { it[off] = v }
func (it Item) PutU16(off int, v uint16) { le.PutUint16(it[off:], v) }
func (it Item) PutU32(off int, v uint32) { le.PutUint32(it[off:], v) }
func (it Item) PutU64(off int, v uint64) { le.PutUint64(it[off:], v) }

// List reads the elements of a list field, each of at least size bytes.
func List[T any](it Item, off, size int, read func(it Item, at int) T) []T {
	at, n, stride := int(it.U32(off)), int(it.U16(off+4)), int(it.U16(off+6))
	if n > 0 && (stride < size || at+n*stride > len(it)) {
		panic(fault{statusBadInput, "a list leaves its item"})
	}
	list := make([]T, n)
	for i := range list {
		list[i] = read(it, at+i*stride)
	}
	return list
}

// Items reads a list of nested items.
func Items[T any](it Item, off int, view func(Item) T) []T {
	return List(it, off, 4, func(it Item, at int) T { return view(part(it, it.U32(at))) })
}

// part is the item that begins at an offset of a message or of an item.
func part(b []byte, at uint64) Item {
	if at%8 != 0 || at+itemHeader > uint64(len(b)) {
		panic(fault{statusBadInput, "an item begins outside of the message"})
	}
	end := at + uint64(le.Uint32(b[at:]))
	if end < at+itemHeader || end > uint64(len(b)) {
		panic(fault{statusBadInput, "an item leaves the message"})
	}
	return Item(b[at:end:end])
}

// Open is a stored item that must be of a kind.
func Open(b []byte, kind, size int) Item { return part(b, 0).of(kind, size) }

func (it Item) of(kind, size int) Item {
	if it.Kind() != uint64(kind) {
		size = math.MaxInt
	}
	return it.Least(size)
}

// Least is the item, whose fixed part must have so many bytes.
func (it Item) Least(size int) Item {
	if it.Fixed() < size || it.Fixed() > len(it) {
		panic(fault{statusBadInput, "an item is of another kind or too short"})
	}
	return it
}
