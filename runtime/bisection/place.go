package bisection

import (
	"bytes"
	"encoding/binary"

	"github.com/lilypad-network/lilypad"
)

// place is what a trace has after a step, with the way to it: a state whose
// memory is still as it came, or nothing.
type place struct {
	path  []Node
	state *Header // nil: the trace has nothing there
	pages []byte  // of its memory all but blank ones, each behind its number
}

func (p *place) root() (h lilypad.Hash) {
	if p.state != nil {
		h = p.state.Root()
	}
	return h
}

// append adds the form on the wire: the path alone where there is nothing. All
// pages are their own proof.
func (p *place) append(b []byte) []byte {
	if p.state != nil {
		b = p.state.append(b)
	}
	return append(appendPath(b, p.path), p.pages...)
}

// appendPages adds what the pages of a memory are in a place.
func appendPages(b, memory []byte) []byte {
	for i, page := range pagesOf(memory) {
		b = append(binary.BigEndian.AppendUint32(b, uint32(i)), page...)
	}
	return b
}

// parsePlace reads what a trace has after a step, and checks it. It keeps b,
// and makes little more of it: no memory, however large that was.
func parsePlace(b []byte, trace lilypad.Hash, step uint64, limits Limits) (p *place, err error) {
	p = &place{}
	if len(b) != TraceDepth*nodeBytes {
		var h Header
		if h, b, err = parseHeader(b); err != nil {
			return nil, err
		}
		p.state = &h
	}
	if p.path, p.pages, err = parsePath(b); err != nil {
		return nil, err
	}
	leaf, ok := follow(trace, step, p.path)
	switch {
	case !ok || leaf != p.root() || p.state != nil && p.state.Step != step:
		return nil, lilypad.Errorf(lilypad.Invalid, "that is not what the trace has after step %d", step)
	case p.state == nil:
		return p, nil
	case p.size() > limits.memory():
		return nil, lilypad.Errorf(lilypad.Invalid, "a state has %d bytes of memory, the job may have %d", p.size(), limits.memory())
	}
	if err = p.check(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *place) size() uint64 { return uint64(p.state.Pages) * WasmPage }

// check looks whether the pages are those of the state.
func (p *place) check() error {
	var leaves []leaf
	before := int64(-1)
	for b := p.pages; len(b) > 0; b = b[4+Page:] {
		if len(b) < 4+Page {
			return lilypad.Errorf(lilypad.Invalid, "%d bytes are no page", len(b))
		}
		i, page := int64(binary.BigEndian.Uint32(b)), b[4:4+Page]
		switch {
		case i <= before || uint64(i+1)*Page > p.size():
			return lilypad.Errorf(lilypad.Invalid, "page %d follows %d in a memory of %d bytes", i, before, p.size())
		case bytes.Equal(page, blank[:]):
			return lilypad.Errorf(lilypad.Invalid, "page %d is blank, and blank pages are not sent", i)
		}
		before = i
		leaves = append(leaves, leaf{uint64(i), pageHash(page)})
	}
	if rootOf(pagesDepth, leaves) != p.state.Memory {
		return lilypad.Errorf(lilypad.Invalid, "the pages are not those of the state")
	}
	return nil
}

// open makes the state, which costs all of its memory.
func (p *place) open() *State {
	s := &State{Header: *p.state, Bytes: make([]byte, p.size())}
	for b := p.pages; len(b) > 0; b = b[4+Page:] {
		copy(s.Bytes[uint64(binary.BigEndian.Uint32(b))*Page:], b[4:4+Page])
	}
	return s
}

// ParseSegment reads the state after a step of a trace, checks it, and makes
// its memory.
//
// # Errors
//
// Invalid; NotFound where it shows that the trace has nothing there.
func ParseSegment(b []byte, trace lilypad.Hash, step uint64, limits Limits) (*State, error) {
	p, err := parsePlace(b, trace, step, limits)
	switch {
	case err != nil:
		return nil, err
	case p.state == nil:
		return nil, lilypad.Errorf(lilypad.NotFound, "the trace has nothing after step %d", step)
	}
	return p.open(), nil
}
