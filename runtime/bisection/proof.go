package bisection

import (
	"context"
	"encoding/binary"
	"slices"

	"github.com/lilypad-network/lilypad"
)

// Proof shows that a trace is wrong, to anyone who has the program and without
// a word from a party: a state of the trace, and the one that it has behind
// that, which is not where the program leads. It need not be the first step
// that went wrong, nor does it matter what was right. Where the trace has
// nothing, not even a program is needed to know that nothing follows.
//
// A proof without a step shows that the files of a result are not those that its
// trace ends in.
type Proof struct {
	Commit Commit
	Step   uint64 // that is to be run; none: see Files

	path  []Node // of the state after Step
	start *place // before Step; nil for step 0
	files bool
}

// Finding is what a proof shows.
type Finding struct {
	Steps, Step uint64       // how many the trace has, and which was run
	Start       lilypad.Hash // the state before it; zero for step 0, and where there is none
	Claimed     lilypad.Hash // the state that the trace has behind it, or what the result's files are
	Ran         lilypad.Hash // the state that is behind it, or what the files would be
}

// Proof returns what shows a party's wrong without that party; nil while the
// game goes on, and where what the game knows of the party is its silence or
// an answer that nobody is bound to.
func (g *Game) Proof(party int) (*Proof, Finding) {
	c, claim := g.commit[party], g.claims[party]
	signed := claim.Trace == lilypad.Hash{} || claim.Trace == c.Trace
	f := Finding{Steps: c.Last.Step}
	switch {
	case !g.over || g.wrong[party] == nil || c.Path == nil || !signed:
		return nil, Finding{}
	case claim.Output != lilypad.Hash{} && claim.Output != c.Last.Output:
		p := &Proof{Commit: c, Step: c.Last.Step, files: true}
		f.Step, f.Start, f.Claimed, f.Ran = c.Last.Step, c.Last.Root(), claim.Output, c.Last.Output
		return p, f
	case !g.ran || g.at[party] == g.end:
		return nil, Finding{}
	}
	f.Step, f.Claimed, f.Ran = g.step, g.at[party], g.end
	p := &Proof{Commit: c, Step: g.step, path: g.paths[party]}
	if g.start != nil {
		f.Start = g.start.root()
		// Where the way to the state before leaves the way to the step, it is in
		// a part that both traces have.
		start := *g.start
		start.path = slices.Clone(start.path)
		for i := range start.path {
			if level := 4 * (TraceDepth - i); g.step>>level == (g.step-1)>>level {
				start.path[i] = p.path[i]
			}
		}
		p.start = &start
	}
	return p, f
}

// Files tells that no step is to be run: the result's files are the proof.
func (p *Proof) Files() bool { return p.files }

// Bytes is the form in which a proof is stored.
func (p *Proof) Bytes() []byte {
	b := p.Commit.Bytes()
	if p.files {
		return b
	}
	b = appendPath(binary.BigEndian.AppendUint64(b, p.Step), p.path)
	if p.start != nil {
		b = p.start.append(b)
	}
	return b
}

// ParseProof reads a proof, which it keeps, and checks that what it says is in
// its trace. That costs by the bytes that came; Check makes the state's memory.
//
// # Errors
//
// Invalid.
func ParseProof(b []byte, limits Limits) (*Proof, error) {
	c, b, err := parseCommit(b)
	if err != nil {
		return nil, err
	}
	p := &Proof{Commit: c, Step: c.Last.Step, files: len(b) == 0}
	if p.files {
		return p, nil
	}
	if len(b) < 8 {
		return nil, lilypad.Errorf(lilypad.Invalid, "%d bytes follow the commit of a proof", len(b))
	}
	p.Step, b = binary.BigEndian.Uint64(b), b[8:]
	if p.path, b, err = parsePath(b); err != nil {
		return nil, err
	}
	_, ok := follow(c.Trace, p.Step, p.path)
	switch {
	case p.Step > MaxStep || !ok:
		return nil, lilypad.Errorf(lilypad.Invalid, "the way to step %d is not in the trace", p.Step)
	case p.Step == 0 && len(b) > 0:
		return nil, lilypad.Errorf(lilypad.Invalid, "%d bytes follow a proof", len(b))
	case p.Step > 0:
		p.start, err = parsePlace(b, c.Trace, p.Step-1, limits)
	}
	return p, err
}

// About checks that the proof is about the trace of a claim.
//
// # Errors
//
// Invalid.
func (p *Proof) About(claim Claim) error {
	if claim.Trace != p.Commit.Trace {
		return lilypad.Errorf(lilypad.Invalid, "the proof is about trace %s, the claim is %s", p.Commit.Trace, claim.Trace)
	}
	return nil
}

// Check runs the step and tells what it shows about a claim, of which a proof
// of files needs no program.
//
// # Errors
//
// Invalid when it shows nothing; those of the program.
func (p *Proof) Check(ctx context.Context, m Program, claim Claim) (Finding, error) {
	f := Finding{Steps: p.Commit.Last.Step, Step: p.Step}
	if err := p.About(claim); err != nil {
		return f, err
	}
	switch {
	case p.files && claim.Output == lilypad.Hash{}:
		return f, lilypad.Errorf(lilypad.Invalid, "the proof is about files, and none are claimed")
	case p.files:
		f.Start, f.Claimed, f.Ran = p.Commit.Last.Root(), claim.Output, p.Commit.Last.Output
	default:
		if p.start != nil {
			f.Start = p.start.root()
		}
		f.Claimed, _ = follow(p.Commit.Trace, p.Step, p.path)
		var err error
		if f.Ran, err = follows(ctx, m, p.start); err != nil {
			return f, err
		}
	}
	if f.Claimed == f.Ran {
		return f, lilypad.Errorf(lilypad.Invalid, "step %d of %d is as it should be: the proof shows nothing", f.Step, f.Steps)
	}
	return f, nil
}
