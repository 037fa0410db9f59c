// Code generated from hostapi/schema; DO NOT EDIT.

package hostapi

import "fmt"

// Pair is two result trees. Handles name them in host calls.
type Pair struct {
	ARoot  Bytes32 `json:"a_root"` // content id
	BRoot  Bytes32 `json:"b_root"`
	ASize  uint64  `json:"a_size"` // bytes; of all files
	BSize  uint64  `json:"b_size"` // bytes
	A      uint32  `json:"a"`      // handle of a tree
	B      uint32  `json:"b"`
	AFiles uint32  `json:"a_files"`
	BFiles uint32  `json:"b_files"`
	Params []Param `json:"params,omitempty"` // as the deal has them
	Engine Engine  `json:"engine"`
}

func (x *Pair) put(w *writer, at int) {
	b := (*[128]byte)(w.b[w.start+at:])
	*(*Bytes32)(b[16:]) = x.ARoot
	*(*Bytes32)(b[48:]) = x.BRoot
	le.PutUint64(b[80:], x.ASize)
	le.PutUint64(b[88:], x.BSize)
	le.PutUint32(b[96:], x.A)
	le.PutUint32(b[100:], x.B)
	le.PutUint32(b[104:], x.AFiles)
	le.PutUint32(b[108:], x.BFiles)
	for i, at := 0, w.reserve(at+112, len(x.Params), 16, "pair.params"); i < len(x.Params); i++ {
		x.Params[i].put(w, at+16*i)
	}
	w.enum(at+120, uint8(x.Engine), 1, 3, "pair.engine")
}

func (x *Pair) get(r *reader, at int) {
	copy(x.ARoot[:], r.at(at+16, 32))
	copy(x.BRoot[:], r.at(at+48, 32))
	x.ASize = r.u64(at + 80)
	x.BSize = r.u64(at + 88)
	x.A = r.u32(at + 96)
	x.B = r.u32(at + 100)
	x.AFiles = r.u32(at + 104)
	x.BFiles = r.u32(at + 108)
	x.Params = readList(r, at+112, 16, "pair.params", (*Param).get)
	x.Engine = Engine(r.enum(at+120, 1, 3, "pair.engine"))
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Pair) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 128
	w := beginItem(dst, minor, 15, size)
	x.put(w, 0)
	return w.end()
}

// DecodePair reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodePair(b []byte) (Pair, error) {
	var x Pair
	r, err := openItem(b, 15, 128, "pair")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Comparison is one per pair.
type Comparison struct {
	Distance uint64   `json:"distance"` // ppm; 0 for equal results
	Arg0     uint64   `json:"arg0"`
	Arg1     uint64   `json:"arg1"`
	Reason   uint16   `json:"reason"`
	Sameness Sameness `json:"sameness"`
}

func (x *Comparison) put(w *writer, at int) {
	b := (*[32]byte)(w.b[w.start+at:])
	le.PutUint64(b[0:], x.Distance)
	le.PutUint64(b[8:], x.Arg0)
	le.PutUint64(b[16:], x.Arg1)
	le.PutUint16(b[24:], x.Reason)
	w.enum(at+26, uint8(x.Sameness), 1, 3, "comparison.sameness")
}

func (x *Comparison) get(r *reader, at int) {
	x.Distance = r.u64(at + 0)
	x.Arg0 = r.u64(at + 8)
	x.Arg1 = r.u64(at + 16)
	x.Reason = r.u16(at + 24)
	x.Sameness = Sameness(r.enum(at+26, 1, 3, "comparison.sameness"))
}

// AppendComparisons appends an output message.
//
// # Errors
//
// A value that a record cannot hold.
func AppendComparisons(dst []byte, minor uint16, list []Comparison) ([]byte, error) {
	return appendOutput(dst, minor, len(list), 32, func(w *writer, i, at int) { list[i].put(w, at) })
}

// DecodeComparisons reads an output message, which must be b and nothing more.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeComparisons(b []byte) ([]Comparison, error) {
	n, stride, err := openOutput(b, 32)
	if n == 0 {
		return nil, err
	}
	list, r := make([]Comparison, n), reader{b: b, fixed: outputHeader}
	for i := range list {
		at := r.fixed
		r.fixed += stride
		if list[i].get(&r, at); r.err != nil {
			return nil, fmt.Errorf("record %d: %w", i, r.err)
		}
	}
	return list, nil
}

// Difference is a path at which two trees differ.
type Difference struct {
	Path        string `json:"path"`
	ASize       uint64 `json:"a_size"` // bytes
	BSize       uint64 `json:"b_size"` // bytes
	A           uint32 `json:"a"`      // handle of a file; 0: not in this tree
	B           uint32 `json:"b"`
	AExecutable bool   `json:"a_executable"`
	BExecutable bool   `json:"b_executable"`
}

func (x *Difference) put(w *writer, at int) {
	b := (*[40]byte)(w.b[w.start+at:])
	le.PutUint64(b[8:], x.ASize)
	le.PutUint64(b[16:], x.BSize)
	le.PutUint32(b[24:], x.A)
	le.PutUint32(b[28:], x.B)
	w.str(at+0, x.Path, "difference.path")
	w.bool(at+32, x.AExecutable)
	w.bool(at+33, x.BExecutable)
}

func (x *Difference) get(r *reader, at int) {
	x.Path = r.str(at+0, "difference.path")
	x.ASize = r.u64(at + 8)
	x.BSize = r.u64(at + 16)
	x.A = r.u32(at + 24)
	x.B = r.u32(at + 28)
	x.AExecutable = r.bool(at+32, "difference.a_executable")
	x.BExecutable = r.bool(at+33, "difference.b_executable")
}

// Differences is what tree_diff writes.
type Differences struct {
	Next        uint32       `json:"next"` // the cursor of the next page; 0: this is the last
	Differences []Difference `json:"differences,omitempty"`
}

func (x *Differences) put(w *writer, at int) {
	b := (*[32]byte)(w.b[w.start+at:])
	le.PutUint32(b[16:], x.Next)
	for i, at := 0, w.reserve(at+24, len(x.Differences), 40, "differences.differences"); i < len(x.Differences); i++ {
		x.Differences[i].put(w, at+40*i)
	}
}

func (x *Differences) get(r *reader, at int) {
	x.Next = r.u32(at + 16)
	x.Differences = readList(r, at+24, 40, "differences.differences", (*Difference).get)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Differences) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 32
	w := beginItem(dst, minor, 16, size)
	x.put(w, 0)
	return w.end()
}

// DecodeDifferences reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeDifferences(b []byte) (Differences, error) {
	var x Differences
	r, err := openItem(b, 16, 32, "differences")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// CompareInput is one call of the hook.
type CompareInput struct {
	Now   uint64 `json:"now"` // block time in seconds
	Pairs []Pair `json:"pairs,omitempty"`
}

// Append appends the input message.
//
// # Errors
//
// A value that a record cannot hold, or a message above MaxMessage.
func (in *CompareInput) Append(dst []byte, minor uint16) ([]byte, error) {
	items := make([][]byte, len(in.Pairs))
	for i := range items {
		b, err := in.Pairs[i].Append(nil, minor)
		if err != nil {
			return dst, fmt.Errorf("pair %d: %w", i, err)
		}
		items[i] = b
	}
	return AppendMessage(dst, Header{HookCompare, minor, in.Now}, nil, items...)
}

// DecodeCompareInput reads an input message.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeCompareInput(b []byte) (CompareInput, error) {
	var in CompareInput
	h, _, items, err := SplitMessage(b)
	if err != nil {
		return in, err
	}
	if h.Hook != HookCompare {
		return in, fmt.Errorf("a message for %s, want compare", h.Hook)
	}
	in.Now = h.Now
	in.Pairs = make([]Pair, len(items))
	for i := range items {
		if in.Pairs[i], err = DecodePair(items[i]); err != nil {
			return in, fmt.Errorf("pair %d: %w", i, err)
		}
	}
	return in, nil
}
