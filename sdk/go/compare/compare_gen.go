// Code generated from hostapi/schema; DO NOT EDIT.

package compare

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Param is an integer agreed in a deal, for a scheme or a comparator.
type Param = guest.Param

// Engine is what runs a job.
type Engine = guest.Engine

const (
	EngineWasm   = guest.EngineWasm
	EngineDocker = guest.EngineDocker
	EngineNoop   = guest.EngineNoop
)

// Sameness is a comparator's answer.
type Sameness = guest.Sameness

const (
	SamenessEqual        = guest.SamenessEqual
	SamenessDifferent    = guest.SamenessDifferent
	SamenessIncomparable = guest.SamenessIncomparable
)

// Pair is two result trees. Handles name them in host calls.
type Pair struct{ it guest.Item }

const (
	kindPair = 15
	sizePair = 128
)

// ARoot: content id.
func (x Pair) ARoot() [32]byte {
	return x.it.Bytes32(16)
}

func (x Pair) BRoot() [32]byte {
	return x.it.Bytes32(48)
}

// ASize: bytes; of all files.
func (x Pair) ASize() uint64 {
	return x.it.U64(80)
}

// BSize: bytes.
func (x Pair) BSize() uint64 {
	return x.it.U64(88)
}

// A: handle of a tree.
func (x Pair) A() uint64 {
	return x.it.U32(96)
}

func (x Pair) B() uint64 {
	return x.it.U32(100)
}

func (x Pair) AFiles() uint64 {
	return x.it.U32(104)
}

func (x Pair) BFiles() uint64 {
	return x.it.U32(108)
}

// Params: as the deal has them.
func (x Pair) Params() []Param {
	return guest.List(x.it, 112, 16, guest.ReadParam)
}

func (x Pair) Engine() Engine {
	return Engine(x.it.U8(120))
}

// Comparison is one per pair.
type Comparison struct {
	Distance uint64 // ppm; 0 for equal results
	Arg0     uint64
	Arg1     uint64
	Reason   uint16
	Sameness Sameness
}

const sizeComparison = 32

func (x *Comparison) put(b guest.Item) {
	b.PutU64(0, x.Distance)
	b.PutU64(8, x.Arg0)
	b.PutU64(16, x.Arg1)
	b.PutU16(24, x.Reason)
	b.PutU8(26, uint8(x.Sameness))
}

// Difference is a path at which two trees differ.
type Difference struct {
	Path        string
	ASize       uint64 // bytes
	BSize       uint64 // bytes
	A           uint64 // handle of a file; 0: not in this tree
	B           uint64
	AExecutable bool
	BExecutable bool
}

func readDifference(it guest.Item, at int) Difference {
	return Difference{
		Path:        it.Str(at + 0),
		ASize:       it.U64(at + 8),
		BSize:       it.U64(at + 16),
		A:           it.U32(at + 24),
		B:           it.U32(at + 28),
		AExecutable: it.Bool(at + 32),
		BExecutable: it.Bool(at + 33),
	}
}

// Differences is what tree_diff writes.
type Differences struct{ it guest.Item }

const (
	kindDifferences = 16
	sizeDifferences = 32
)

// Next: the cursor of the next page; 0: this is the last.
func (x Differences) Next() uint64 {
	return x.it.U32(16)
}

func (x Differences) Differences() []Difference {
	return guest.List(x.it, 24, 40, readDifference)
}
