package bisection

import (
	"context"

	"github.com/lilypad-network/lilypad"
)

// Trace is the hashes of all states of a run, in a tree.
type Trace struct {
	tree   *tree
	memory *memory
	last   Header
	fresh  []uint64 // leaves that the tree above does not know yet
}

// NewTrace returns a trace without states.
func NewTrace() *Trace { return &Trace{tree: newTree(TraceDepth), memory: newMemory()} }

// Add puts the next state behind the others, and fills in the root of its
// memory. It hashes the pages that changed since the state before.
func (t *Trace) Add(s *State) {
	s.Memory = t.memory.hash(s.Bytes)
	if s.Ended {
		s.Memory = lilypad.Hash{}
	}
	t.last = s.Header
	t.tree.set(0, s.Step, s.Root())
	t.fresh = append(t.fresh, s.Step)
}

// Commit is the claim that the states are right.
func (t *Trace) Commit() Commit {
	t.rehash()
	return Commit{Trace: t.tree.root(), Last: t.last, Path: t.tree.path(t.last.Step)}
}

func (t *Trace) rehash() {
	t.tree.rehash(t.fresh)
	t.fresh = nil
}

// Run runs a program to its end and records it. Last is its final state.
func Run(ctx context.Context, m Program) (t *Trace, last *State, err error) {
	t = NewTrace()
	last, err = m.Genesis(ctx)
	for err == nil {
		t.Add(last)
		switch {
		case last.Ended:
			t.memory = nil // nothing follows
			return t, last, nil
		case last.Step >= MaxStep:
			return nil, nil, lilypad.Errorf(lilypad.Exhausted, "a job has at most %d steps", MaxStep)
		}
		err = m.Step(ctx, last)
	}
	return nil, nil, err
}

// Player answers for one who ran a program.
type Player struct {
	Program Program
	Trace   *Trace
}

// Answer returns what a question asks for. A state is found by running the
// steps before it again: a trace keeps hashes, not memories.
func (p *Player) Answer(ctx context.Context, q Question) ([]byte, error) {
	p.Trace.rehash()
	switch q.Kind {
	case AskCommit:
		c := p.Trace.Commit()
		return c.Bytes(), nil
	case AskOpen:
		n := p.Trace.tree.node(q.Level, q.Index)
		return n.append(nil), nil
	}
	path := p.Trace.tree.path(q.Index)
	if p.Trace.tree.at(0, q.Index) == (lilypad.Hash{}) {
		return appendPath(nil, path), nil // nothing is there
	}
	s, err := p.Program.Genesis(ctx)
	for err == nil && s.Step < q.Index && !s.Ended {
		err = p.Program.Step(ctx, s)
	}
	if err != nil {
		return nil, err
	}
	s.Memory = memoryRoot(s.Bytes)
	return appendPages(appendPath(s.append(nil), path), s.Bytes), nil
}
