package bisection_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

var roomy = bisection.Limits{Memory: 1 << 22}

// claim is what an honest party signs.
func claim(p party) bisection.Claim {
	c := p.Trace.Commit()
	return bisection.Claim{Trace: c.Trace, Output: c.Last.Output}
}

// check reads the stored form of a proof and tells what it shows.
func check(t fataler, proof *bisection.Proof, m bisection.Program, c bisection.Claim) (bisection.Finding, error) {
	read, err := bisection.ParseProof(proof.Bytes(), roomy)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(read.Bytes(), proof.Bytes()) {
		t.Fatal("a proof is not what it was after it was read")
	}
	return read.Check(context.Background(), m, c)
}

func TestProof_showsTheLieToOneWhoKnowsTheProgram(t *testing.T) {
	honest := mill{steps: 600}
	fair := player(t, honest)
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			for _, step := range []uint64{0, 1, 15, 16, 17, 255, 256, 257, 599} {
				if step == 0 && name == "ended" {
					continue // no commit: a job of no steps has not run
				}
				other := player(t, liar{honest, step, lie})
				for liarIs, parties := range [][2]party{{other, fair}, {fair, other}} {
					game, _ := play(t, honest, parties)
					if proof, _ := game.Proof(1 - liarIs); proof != nil {
						t.Fatalf("step %d: there is a proof against the honest party", step)
					}
					proof, found := game.Proof(liarIs)
					f, err := check(t, proof, honest, claim(other))
					if err != nil || f.Step != step || f.Claimed == f.Ran || f != found {
						t.Errorf("step %d: %+v, the game found %+v: %v", step, f, found, err)
					}
					if _, err := check(t, proof, honest, claim(fair)); lilypad.CodeOf(err) != lilypad.Invalid {
						t.Errorf("step %d: it holds against the honest trace: %v", step, err)
					}
				}
			}
		})
	}
}

func TestProof_ofATraceThatEndsElsewhere(t *testing.T) {
	honest := mill{steps: 300}
	fair := player(t, honest)
	for name, m := range map[string]bisection.Program{
		"output":  liar{honest, 300, func(s *bisection.State) { s.Output[0]++ }},
		"shorter": mill{steps: 299},
		"longer":  mill{steps: 301},
	} {
		t.Run(name, func(t *testing.T) {
			other := player(t, m)
			game, _ := play(t, honest, [2]party{fair, other})
			proof, found := game.Proof(1)
			if f, err := check(t, proof, honest, claim(other)); err != nil || f != found {
				t.Errorf("%+v, the game found %+v: %v", f, found, err)
			}
		})
	}
}

// A provider ran the job rightly, and delivered something else.
func TestProof_ofFilesThatTheTraceDoesNotEndIn(t *testing.T) {
	m := mill{steps: 40}
	p := player(t, m)
	claims := [2]bisection.Claim{claim(p), claim(p)}
	claims[1].Output[0]++
	game := bisection.NewGame(claims, roomy)
	for _, i := range game.Ask().Of {
		b, err := p.Answer(t.Context(), game.Ask())
		if err != nil {
			t.Fatal(err)
		}
		game.Hear(i, b)
	}
	honest, _ := game.Proof(0)
	proof, found := game.Proof(1)
	if !game.Over() || honest != nil || proof == nil || !proof.Files() {
		t.Fatalf("over %v, wrong are %v", game.Over(), game.Wrong())
	}
	if f, err := check(t, proof, nil, claims[1]); err != nil || f.Steps != 40 || f.Claimed != claims[1].Output || f != found {
		t.Errorf("%+v, the game found %+v: %v", f, found, err)
	}
	for name, c := range map[string]bisection.Claim{"honest files": claims[0], "unknown files": {Trace: claims[0].Trace}, "another trace": {Output: claims[1].Output}} {
		if _, err := check(t, proof, nil, c); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: it holds: %v", name, err)
		}
	}
}

// A party that opens another trace than it signed is wrong, and nobody can be
// shown it.
func TestGame_holdsPartiesToWhatTheySigned(t *testing.T) {
	p := player(t, mill{steps: 40})
	game := bisection.NewGame([2]bisection.Claim{claim(p), {Trace: lilypad.Hash{1}}}, roomy)
	for _, i := range game.Ask().Of {
		c := p.Trace.Commit()
		game.Hear(i, c.Bytes())
	}
	proof, _ := game.Proof(1)
	if w := game.Wrong(); !game.Over() || w[0] != nil || w[1] == nil || proof != nil {
		t.Errorf("over %v, wrong are %v, proof %v", game.Over(), w, proof)
	}
}

// forged is a proof that names any step of a trace, honest or not.
func forged(t fataler, p party, step uint64) []byte {
	open := func(q bisection.Question) []byte {
		b, err := p.Answer(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := binary.BigEndian.AppendUint64(open(bisection.Question{Kind: bisection.AskCommit}), step)
	for level := bisection.TraceDepth; level > 0; level-- {
		b = append(b, open(bisection.Question{Kind: bisection.AskOpen, Level: level, Index: step >> (4 * level)})...)
	}
	if step > 0 {
		b = append(b, open(bisection.Question{Kind: bisection.AskSegment, Index: step - 1})...)
	}
	return b
}

// Whatever is handed in against an honest trace, it does not hold.
func TestProof_neverHoldsAgainstAnHonestTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mill{steps: rapid.Uint64Range(1, 100).Draw(t, "steps")}
		fair := player(t, m)
		from := fair
		if rapid.Bool().Draw(t, "from a lie") {
			lie := rapid.SampledFrom([]string{"memory", "global", "fuel", "clock"}).Draw(t, "lie")
			from = player(t, liar{mill{steps: m.steps + 1}, rapid.Uint64Range(0, m.steps).Draw(t, "at"), lies[lie]})
		}
		b := forged(t, from, rapid.Uint64Range(0, m.steps+40).Draw(t, "step"))
		for range rapid.IntRange(0, 3).Draw(t, "flips") {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "flip")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		}
		if rapid.Bool().Draw(t, "cut") {
			b = b[:rapid.IntRange(0, len(b)).Draw(t, "length")]
		}
		p, err := bisection.ParseProof(b, roomy)
		if err != nil {
			return
		}
		if f, err := p.Check(context.Background(), m, claim(fair)); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Fatalf("it holds: %+v, %v", f, err)
		}
	})
}

func TestParseProof_refuses(t *testing.T) {
	p := player(t, mill{steps: 40})
	good := forged(t, p, 20)
	first := forged(t, p, 0)
	c := p.Trace.Commit()
	commit := len(c.Bytes())
	far := slices.Clone(good)
	far[commit] = 1
	const way, header = bisection.TraceDepth * 512, 94 + 8
	before := commit + 8 + way
	for name, b := range map[string][]byte{
		"nothing":            nil,
		"half a commit":      good[:commit-1],
		"a step alone":       good[:commit+8],
		"half a step":        good[:commit+7],
		"no state":           first[:len(first)-1],
		"bytes behind":       append(slices.Clone(good), 0),
		"bytes behind first": append(slices.Clone(first), 0),
		"a step beyond all":  far,
		"nothing before it":  slices.Concat(good[:before], good[before+header:][:way]),
		"no way before it":   good[:before],
	} {
		if _, err := bisection.ParseProof(b, roomy); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	if _, err := bisection.ParseProof(forged(t, player(t, mill{steps: 450}), 440), bisection.Limits{Memory: bisection.WasmPage}); err == nil || !strings.Contains(err.Error(), "bytes of memory") {
		t.Errorf("a state beyond the limit: %v", err)
	}
}

func TestResult_Hash(t *testing.T) {
	a := bisection.Result{ExitCode: 3, Stdout: lilypad.Hash{1}, Files: []bisection.File{{Path: "a/b"}, {Path: "a.txt", Sum: lilypad.Hash{2}}}}
	b := a
	b.Files = []bisection.File{a.Files[1], a.Files[0]}
	if a.Hash() != b.Hash() {
		t.Error("the order of the files counts")
	}
	for name, change := range map[string]func(*bisection.Result){
		"exit code": func(r *bisection.Result) { r.ExitCode = 4 },
		"memory":    func(r *bisection.Result) { r.OutOfMemory = true },
		"stdout":    func(r *bisection.Result) { r.Stdout[1]++ },
		"a file":    func(r *bisection.Result) { r.Files = r.Files[1:] },
		"a name":    func(r *bisection.Result) { r.Files = []bisection.File{{Path: "a/c"}, a.Files[1]} },
	} {
		c := a
		if change(&c); c.Hash() == a.Hash() {
			t.Errorf("%s makes no difference", name)
		}
	}
}

func FuzzParseProof(f *testing.F) {
	m := mill{steps: 20}
	p := player(f, m)
	for _, step := range []uint64{0, 7, 20, 21, 25, 64} { // the last two have nothing before them
		f.Add(forged(f, p, step))
	}
	f.Add(forged(f, gapped(f, shapes["ends again beyond empty nodes"]), 64))
	c := p.Trace.Commit()
	f.Add(c.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		proof, err := bisection.ParseProof(b, bisection.Limits{Memory: 1 << 20})
		if err != nil {
			return
		}
		if !bytes.Equal(proof.Bytes(), b) {
			t.Errorf("%x is read as %x", b, proof.Bytes())
		}
		if f, err := proof.Check(t.Context(), m, claim(p)); err == nil {
			t.Errorf("it holds against an honest trace: %+v", f)
		}
	})
}
