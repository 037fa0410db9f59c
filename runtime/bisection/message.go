package bisection

import (
	"github.com/lilypad-network/lilypad"
)

// Limits bound what the referee takes from a party. A zero field has the
// default behind it.
type Limits struct {
	Memory uint64 // of a state, in bytes: 1 GiB
}

func (l Limits) memory() uint64 {
	if l.Memory == 0 {
		return 1 << 30
	}
	return l.Memory
}

// Answer is the most bytes of an answer of a kind.
func (l Limits) Answer(k Kind) uint64 {
	const paths = 64 << 10 // more than headers and paths have
	if k != AskSegment {
		return paths
	}
	return l.memory() + l.memory()/Page*4 + paths
}

// Proof is the most bytes of a proof.
func (l Limits) Proof() uint64 { return l.Answer(AskCommit) + l.Answer(AskSegment) }

// Commit is what a party claims: a trace, and the state that it ends in.
type Commit struct {
	Trace lilypad.Hash
	Last  Header
	Path  []Node // of Last in the trace
}

// Bytes is the form of a commit on the wire.
func (c *Commit) Bytes() []byte { return appendPath(c.Last.append(c.Trace[:]), c.Path) }

// ParseCommit reads a commit and checks that its last state is in its trace.
//
// # Errors
//
// Invalid.
func ParseCommit(b []byte) (Commit, error) {
	c, b, err := parseCommit(b)
	if err == nil && len(b) > 0 {
		err = lilypad.Errorf(lilypad.Invalid, "%d bytes follow a commit", len(b))
	}
	return c, err
}

func parseCommit(b []byte) (c Commit, rest []byte, err error) {
	if len(b) < len(c.Trace) {
		return c, nil, lilypad.Errorf(lilypad.Invalid, "a commit has %d bytes", len(b))
	}
	b = b[copy(c.Trace[:], b):]
	if c.Last, b, err = parseHeader(b); err != nil {
		return c, nil, err
	}
	if c.Path, b, err = parsePath(b); err != nil {
		return c, nil, err
	}
	leaf, ok := follow(c.Trace, c.Last.Step, c.Path)
	switch {
	case !c.Last.Ended || c.Last.Step == 0:
		return c, nil, lilypad.Errorf(lilypad.Invalid, "the last state of a commit, of step %d, has not ended", c.Last.Step)
	case !ok || leaf != c.Last.Root():
		return c, nil, lilypad.Errorf(lilypad.Invalid, "the last state of a commit is not in its trace")
	}
	return c, b, nil
}

func appendPath(b []byte, path []Node) []byte {
	for i := range path {
		b = path[i].append(b)
	}
	return b
}

func parsePath(b []byte) (path []Node, rest []byte, err error) {
	for range TraceDepth {
		var n Node
		if n, b, err = parseNode(b); err != nil {
			return nil, nil, err
		}
		path = append(path, n)
	}
	return path, b, nil
}

func parseNode(b []byte) (n Node, rest []byte, err error) {
	if len(b) < nodeBytes {
		return n, nil, lilypad.Errorf(lilypad.Invalid, "a node has %d bytes, not %d", nodeBytes, len(b))
	}
	for i := range n {
		b = b[copy(n[i][:], b):]
	}
	return n, b, nil
}

// ParseOpen reads the answer to an open: one node.
//
// # Errors
//
// Invalid.
func ParseOpen(b []byte) (n Node, err error) {
	if n, b, err = parseNode(b); err == nil && len(b) > 0 {
		err = lilypad.Errorf(lilypad.Invalid, "%d bytes follow a node", len(b))
	}
	return n, err
}
