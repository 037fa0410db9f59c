package bisection

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"iter"

	"github.com/lilypad-network/lilypad"
)

const (
	// Page is how much of memory has one hash, in bytes.
	Page = 4096

	// WasmPage is the unit in which memory grows, in bytes.
	WasmPage = 64 << 10

	// MaxGlobals bounds those of a state.
	MaxGlobals = 64

	maxWasmPages = 1 << 16
	headerBytes  = 8 + 8 + 8 + 1 + 32 + 4 + 32 + 1 // and 8 for each global
)

// Program is what runs in steps. Its answers depend on nothing but
// what they get.
type Program interface {
	// Genesis returns the state before the first step.
	Genesis(ctx context.Context) (*State, error)
	// Step runs the next step: s becomes the state behind it. What the program
	// does wrong ends it, which is a state too. After an error, which is of
	// whoever runs it, s is of no use.
	Step(ctx context.Context, s *State) error
}

// Header is a state without the content of its memory.
type Header struct {
	Step    uint64       // how many were run
	Fuel    uint64       // that they took together
	Clock   uint64       // of the program, in nanoseconds
	Ended   bool         // no step follows; memory and globals are gone
	Output  lilypad.Hash // of what the program made, when it ended
	Pages   uint32       // of memory, 64 KiB each
	Memory  lilypad.Hash // root of its pages
	Globals []uint64     // that may change, in the order of the module
}

// State is all that a program is between two steps.
type State struct {
	Header
	Bytes []byte // memory; Header.Memory is known once it was hashed
}

// Root is the hash of the whole state.
func (h *Header) Root() lilypad.Hash { return sha256.Sum256(h.append([]byte{headerMark})) }

func (h *Header) append(b []byte) []byte {
	for _, v := range []uint64{h.Step, h.Fuel, h.Clock} {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	ended := byte(0)
	if h.Ended {
		ended = 1
	}
	b = append(append(b, ended), h.Output[:]...)
	b = binary.BigEndian.AppendUint32(b, h.Pages)
	b = append(append(b, h.Memory[:]...), byte(len(h.Globals)))
	for _, v := range h.Globals {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	return b
}

// parseHeader reads one header from the front of b.
func parseHeader(b []byte) (h Header, rest []byte, err error) {
	if len(b) < headerBytes {
		return h, nil, lilypad.Errorf(lilypad.Invalid, "a state's header has at least %d bytes, not %d", headerBytes, len(b))
	}
	next := func() uint64 {
		v := binary.BigEndian.Uint64(b)
		b = b[8:]
		return v
	}
	h.Step, h.Fuel, h.Clock = next(), next(), next()
	if b[0] > 1 {
		return h, nil, lilypad.Errorf(lilypad.Invalid, "a state has ended (1) or not (0): %d", b[0])
	}
	h.Ended = b[0] == 1
	b = b[1+copy(h.Output[:], b[1:]):]
	h.Pages = binary.BigEndian.Uint32(b)
	b = b[4+copy(h.Memory[:], b[4:]):]
	n := int(b[0])
	if b = b[1:]; n > MaxGlobals || len(b) < 8*n {
		return h, nil, lilypad.Errorf(lilypad.Invalid, "a state has at most %d globals, and all of them: %d in %d bytes", MaxGlobals, n, len(b))
	}
	for range n {
		h.Globals = append(h.Globals, next())
	}
	if h.Step > MaxStep || h.Pages > maxWasmPages {
		return h, nil, lilypad.Errorf(lilypad.Invalid, "step %d with %d pages of memory is out of range", h.Step, h.Pages)
	}
	return h, b, nil
}

// memory is the tree over pages, and what they were when it was last made.
type memory struct {
	*tree
	was []byte
}

var blank [Page]byte

func newMemory() *memory { return &memory{tree: newTree(pagesDepth)} }

// hash returns the root of b. It compares all pages and hashes the changed ones.
func (m *memory) hash(b []byte) lilypad.Hash {
	if len(b) > len(m.was) {
		m.was = append(m.was, make([]byte, len(b)-len(m.was))...)
	}
	var changed []uint64
	for at := 0; at < len(b); at += Page {
		now, was := b[at:at+Page], m.was[at:at+Page]
		if bytes.Equal(now, was) {
			continue
		}
		copy(was, now)
		i := uint64(at / Page)
		m.set(0, i, pageHash(now))
		changed = append(changed, i)
	}
	m.rehash(changed)
	return m.root()
}

// pagesOf yields the pages of b that are not blank, and their numbers.
func pagesOf(b []byte) iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		for i := uint64(0); len(b) > 0; i, b = i+1, b[Page:] {
			if page := b[:Page]; !bytes.Equal(page, blank[:]) && !yield(i, page) {
				return
			}
		}
	}
}

// memoryRoot is what memory.hash returns, for memory that is hashed once.
func memoryRoot(b []byte) lilypad.Hash {
	var leaves []leaf
	for i, page := range pagesOf(b) {
		leaves = append(leaves, leaf{i, pageHash(page)})
	}
	return rootOf(pagesDepth, leaves)
}

// pageHash of a page of zeros is zero, as if it were not there: memory that
// grows changes no hash.
func pageHash(page []byte) lilypad.Hash {
	if bytes.Equal(page, blank[:]) {
		return lilypad.Hash{}
	}
	var b [1 + Page]byte
	b[0] = pageMark
	copy(b[1:], page)
	return sha256.Sum256(b[:])
}
