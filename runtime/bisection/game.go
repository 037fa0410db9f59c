package bisection

import (
	"context"
	"fmt"

	"github.com/lilypad-network/lilypad"
)

// Kind is what a question asks for.
type Kind uint8

// Kinds of questions.
const (
	AskCommit  Kind = iota // a Commit
	AskOpen                // the node at Level and Index of the trace
	AskSegment             // what the trace has after step Index: a state or nothing
)

func (k Kind) String() string { return [...]string{"commit", "open", "segment"}[k] }

// Question is what the referee wants to know next.
type Question struct {
	Kind  Kind
	Level int    // of a node: 1 is above the leaves
	Index uint64 // of a node in its level, or of a state
	Of    []int  // parties, 0 and 1
}

// Claim is what a party signed. A zero field is not looked at.
type Claim struct {
	Trace  lilypad.Hash
	Output lilypad.Hash // of the files that it delivered
}

// Game is the referee of one dispute. It is not safe for concurrent use.
type Game struct {
	claims [2]Claim
	limits Limits
	rounds int
	asked  Question
	heard  int
	over   bool
	wrong  [2]error

	commit [2]Commit
	at     [2]lilypad.Hash // where the parties are in their traces: a node, at last a leaf
	paths  [2][]Node       // that led there
	step   uint64          // the first that the parties differ in, once at is a leaf
	start  *place          // what both have before it
	ran    bool            // the step was run, and leads to
	end    lilypad.Hash
}

// NewGame returns a game whose first question is for the commits of both.
func NewGame(claims [2]Claim, limits Limits) *Game {
	return &Game{claims: claims, limits: limits, asked: Question{Of: []int{0, 1}}}
}

// Over tells that no question follows.
func (g *Game) Over() bool { return g.over }

// Rounds counts the questions that were answered.
func (g *Game) Rounds() int { return g.rounds }

// Commit is what a party said first; zero before that.
func (g *Game) Commit(party int) Commit { return g.commit[party] }

// Step is the one that the parties were led to.
func (g *Game) Step() uint64 { return g.step }

// Wrong says of each party what shows that it is wrong; nil where nothing does.
// Neither is wrong when their traces are the same.
func (g *Game) Wrong() [2]error { return g.wrong }

// Ask returns what is to be known next.
func (g *Game) Ask() Question { return g.asked }

// Hear takes the answer of a party that was asked, in the order of
// Question.Of, and keeps it. A nil answer is a party's silence, which is as
// wrong as a lie.
func (g *Game) Hear(party int, answer []byte) {
	if g.over || g.heard >= len(g.asked.Of) || g.asked.Of[g.heard] != party {
		panic("bisection: heard of a party that was not asked")
	}
	if err := g.take(party, answer); err != nil {
		g.wrong[party] = fmt.Errorf("%s: %w", g.asked.Kind, err)
	}
	if g.heard++; g.heard == len(g.asked.Of) {
		g.heard = 0
		g.rounds++
		g.next()
	}
}

func (g *Game) take(p int, answer []byte) (err error) {
	if answer == nil {
		return lilypad.Errorf(lilypad.Timeout, "no answer came")
	}
	switch g.asked.Kind {
	case AskCommit:
		var c Commit
		if c, err = ParseCommit(answer); err == nil {
			g.commit[p], g.at[p] = c, c.Trace
			err = g.claims[p].check(&c)
		}
	case AskOpen:
		var n Node
		if n, err = ParseOpen(answer); err == nil && n.Hash() != g.at[p] {
			err = lilypad.Errorf(lilypad.Invalid, "the node is not the one of the trace")
		}
		g.paths[p] = append(g.paths[p], n)
	case AskSegment:
		g.start, err = parsePlace(answer, g.commit[p].Trace, g.asked.Index, g.limits)
	}
	return err
}

func (c Claim) check(x *Commit) error {
	switch {
	case c.Trace != lilypad.Hash{} && c.Trace != x.Trace:
		return lilypad.Errorf(lilypad.Invalid, "trace %s is not %s, which was signed", x.Trace, c.Trace)
	case c.Output != lilypad.Hash{} && c.Output != x.Last.Output:
		return lilypad.Errorf(lilypad.Invalid, "the trace ends in %s, the files are %s", x.Last.Output, c.Output)
	}
	return nil
}

// next finds the question that follows from the answers.
func (g *Game) next() {
	failed := g.wrong[0] != nil || g.wrong[1] != nil
	switch g.asked.Kind {
	case AskCommit:
		if g.over = failed || g.commit[0].Trace == g.commit[1].Trace; !g.over {
			g.asked = Question{Kind: AskOpen, Level: TraceDepth, Of: []int{0, 1}}
		}
	case AskOpen:
		if g.over = failed; !g.over {
			g.descend()
		}
	case AskSegment:
		// Who has no start is wrong; the other one may still be.
		if g.start == nil && g.asked.Of[0] == 0 {
			g.asked.Of = []int{1}
		} else {
			g.over = g.start == nil
		}
	}
}

// descend goes to the first child in which the parties differ: everything to
// its left is the same in both traces.
func (g *Game) descend() {
	a, b := &g.paths[0][len(g.paths[0])-1], &g.paths[1][len(g.paths[1])-1]
	child := 0
	for a[child] == b[child] {
		child++ // some child differs, since the nodes do
	}
	g.at = [2]lilypad.Hash{a[child], b[child]}
	g.asked.Index = g.asked.Index*Fan + uint64(child)
	if g.asked.Level--; g.asked.Level > 0 {
		return
	}
	g.step = g.asked.Index
	g.asked = Question{Kind: AskSegment, Index: g.step - 1, Of: []int{0}}
	if g.step == 0 {
		g.asked = Question{} // what comes before the first step, the referee knows itself
	}
}

// Ready tells that the step is known that Judge is to run.
func (g *Game) Ready() bool { return !g.over && (g.asked.Of == nil || g.start != nil) }

// Judge runs the step that is left, if one is and its start is known, and ends
// the game.
//
// # Errors
//
// Those of the program; the game goes on, and Judge may be called again.
func (g *Game) Judge(ctx context.Context, m Program) error {
	if !g.Ready() {
		return nil
	}
	want, err := follows(ctx, m, g.start)
	if err != nil {
		return err
	}
	g.over, g.ran, g.end = true, true, want
	for p, got := range g.at {
		if got != want && g.wrong[p] == nil {
			g.wrong[p] = lilypad.Errorf(lilypad.Invalid, "step %d leads to %s, not to %s", g.step, want, got)
		}
	}
	return nil
}

// follows runs the step from a place, none for the first, and returns the hash
// that a trace must have there: zero behind what has ended, and behind nothing.
func follows(ctx context.Context, m Program, start *place) (h lilypad.Hash, err error) {
	var s *State
	switch {
	case start == nil:
		if s, err = m.Genesis(ctx); err != nil {
			return h, err
		}
	case start.state == nil || start.state.Ended:
		return h, nil
	default:
		s = start.open()
		if err := m.Step(ctx, s); err != nil {
			return h, err
		}
	}
	s.Memory = memoryRoot(s.Bytes)
	return s.Root(), nil
}
