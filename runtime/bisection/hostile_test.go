package bisection_test

import (
	"context"
	"encoding/binary"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

// gapped is the trace of one that ran 40 steps, and claims what edit makes of
// its states.
func gapped(t fataler, edit func(states []bisection.State) []bisection.State) party {
	m := mill{steps: 40}
	var states []bisection.State
	s, err := m.Genesis(context.Background())
	for err == nil {
		states = append(states, bisection.State{Header: s.Header, Bytes: slices.Clone(s.Bytes)})
		if s.Ended {
			break
		}
		err = m.Step(context.Background(), s)
	}
	if err != nil {
		t.Fatal(err)
	}
	trace := bisection.NewTrace()
	for _, s := range edit(states) {
		trace.Add(&s)
	}
	return party{Player: &bisection.Player{Program: m, Trace: trace}}
}

// endAt is a state that ends a run of so many steps with a lie.
func endAt(step uint64) bisection.State {
	return bisection.State{Header: bisection.Header{Step: step, Ended: true, Output: lilypad.Hash{9}}}
}

// shapes are traces that no run leaves.
var shapes = map[string]func(s []bisection.State) []bisection.State{
	"ends again":                    func(s []bisection.State) []bisection.State { return append(s, endAt(41)) },
	"ends again after a gap":        func(s []bisection.State) []bisection.State { return append(s, endAt(45)) },
	"ends again in the next node":   func(s []bisection.State) []bisection.State { return append(s, endAt(48)) },
	"ends again beyond empty nodes": func(s []bisection.State) []bisection.State { return append(s, endAt(64)) },
	"ends again far away":           func(s []bisection.State) []bisection.State { return append(s, endAt(1<<16)) },
	"goes on after a gap, and ends": func(s []bisection.State) []bisection.State {
		return append(s, bisection.State{Header: bisection.Header{Step: 60}}, endAt(61))
	},
	"ends later":               func(s []bisection.State) []bisection.State { return append(s[:40], endAt(45)) },
	"ends early, and again":    func(s []bisection.State) []bisection.State { return append(s[:30], endAt(30), endAt(40)) },
	"leaves out a step":        func(s []bisection.State) []bisection.State { return slices.Delete(s, 20, 21) },
	"leaves out a node":        func(s []bisection.State) []bisection.State { return slices.Delete(s, 16, 32) },
	"leaves out all but ends":  func(s []bisection.State) []bisection.State { return slices.Delete(s, 1, 40) },
	"has no start":             func(s []bisection.State) []bisection.State { return s[1:] },
	"has nothing but its end":  func(s []bisection.State) []bisection.State { return s[40:] },
	"has nothing but some end": func([]bisection.State) []bisection.State { return []bisection.State{endAt(45)} },
}

// Whatever a trace leaves out, who signed it is shown wrong, and nobody else.
func TestGame_findsGaps(t *testing.T) {
	honest := mill{steps: 40}
	fair := player(t, honest)
	for name, edit := range shapes {
		for how, answer := range map[string]func(bisection.Question, []byte) []byte{
			"": nil, ", silent about states": func(q bisection.Question, b []byte) []byte {
				if q.Kind == bisection.AskSegment {
					return nil
				}
				return b
			},
		} {
			t.Run(name+how, func(t *testing.T) {
				cheat := gapped(t, edit)
				cheat.answer = answer
				for p, parties := range [][2]party{{cheat, fair}, {fair, cheat}} {
					game, wrong := play(t, honest, parties)
					if !slices.Equal(wrong, []int{p}) {
						t.Fatalf("%v are wrong, want %d: %v", wrong, p, game.Wrong())
					}
					if proof, _ := game.Proof(1 - p); proof != nil {
						t.Fatal("there is a proof against the honest party")
					}
					proof, found := game.Proof(p)
					if f, err := check(t, proof, honest, claim(cheat)); err != nil || f != found {
						t.Errorf("%+v, the game found %+v: %v", f, found, err)
					}
					if _, err := check(t, proof, honest, claim(fair)); lilypad.CodeOf(err) != lilypad.Invalid {
						t.Errorf("it holds against the honest trace: %v", err)
					}
				}
			})
		}
	}
}

// An honest trace is never shown wrong by one that has any of its states, and
// others behind its end.
func TestGame_propertyOfGaps(t *testing.T) {
	honest := mill{steps: 40}
	fair := player(t, honest)
	rapid.Check(t, func(t *rapid.T) {
		var whole bool
		cheat := gapped(t, func(states []bisection.State) (some []bisection.State) {
			left := rapid.SliceOfNDistinct(rapid.IntRange(0, 40), 0, 41, rapid.ID[int]).Draw(t, "left out")
			for i, state := range states {
				if !slices.Contains(left, i) {
					some = append(some, state)
				}
			}
			whole = len(left) == 0
			last := uint64(40)
			for range rapid.IntRange(0, 3).Draw(t, "more") {
				whole = false
				last += rapid.Uint64Range(1, 300).Draw(t, "gap")
				some = append(some, endAt(last))
			}
			if len(some) == 0 {
				some = append(some, endAt(41))
			}
			return some
		})
		for p, parties := range [][2]party{{cheat, fair}, {fair, cheat}} {
			game, wrong := play(t, honest, parties)
			if whole != (wrong == nil) || !whole && !slices.Equal(wrong, []int{p}) {
				t.Fatalf("%v are wrong, want %d: %v", wrong, p, game.Wrong())
			}
			if proof, found := game.Proof(p); proof != nil {
				if f, err := check(t, proof, honest, claim(cheat)); err != nil || f != found {
					t.Fatalf("%+v, the game found %+v: %v", f, found, err)
				}
			}
		}
	})
}

// Two with the same gap are both wrong in what they claim behind it.
func TestGame_findsBothBehindAGap(t *testing.T) {
	a := gapped(t, func(s []bisection.State) []bisection.State { return append(s, endAt(64)) })
	b := gapped(t, func(s []bisection.State) []bisection.State {
		e := endAt(64)
		e.Fuel++
		return append(s, e)
	})
	game, wrong := play(t, mill{steps: 40}, [2]party{a, b})
	if !slices.Equal(wrong, []int{0, 1}) {
		t.Fatalf("%v are wrong, want both: %v", wrong, game.Wrong())
	}
	for p, of := range []party{a, b} {
		proof, found := game.Proof(p)
		if f, err := check(t, proof, mill{steps: 40}, claim(of)); err != nil || f != found || f.Start != (lilypad.Hash{}) {
			t.Errorf("%+v, the game found %+v: %v", f, found, err)
		}
	}
}

// The last state of a commit is where its number says.
func TestParseCommit_refusesAnotherStep(t *testing.T) {
	c := player(t, mill{steps: 40}).Trace.Commit()
	for _, step := range []uint64{0, 39, 41, 56, bisection.MaxStep} {
		c.Last.Step = step
		if _, err := bisection.ParseCommit(c.Bytes()); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("step %d: %v, want invalid", step, err)
		}
	}
}

// hollow takes one step, with a memory that is blank but for its last page.
type hollow struct {
	pages uint32
	bytes []byte // none: blank
}

func (h hollow) Genesis(context.Context) (*bisection.State, error) {
	return &bisection.State{Header: bisection.Header{Pages: h.pages}, Bytes: slices.Clone(h.bytes)}, nil
}

func (h hollow) Step(_ context.Context, s *bisection.State) error {
	*s = endAt(1)
	return nil
}

// allocated tells how many bytes do takes.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// What is read costs what came, whatever memory its headers speak of: not
// before the step is run is that made.
func TestParse_costsWhatCame(t *testing.T) {
	far := hollow{pages: 1 << 10, bytes: make([]byte, bisection.WasmPage<<10)}
	far.bytes[len(far.bytes)-1] = 1
	limits := bisection.Limits{Memory: 4 << 30}
	for name, m := range map[string]bisection.Program{"blank": hollow{pages: 1 << 16}, "a page at the end": far} {
		t.Run(name, func(t *testing.T) {
			p := player(t, m)
			b := forged(t, p, 1)
			other := bisection.Claim{Trace: lilypad.Hash{1}}
			bound := func(what string, got uint64) {
				most := uint64(8<<20 + 4*len(b))
				t.Logf("%s: %d bytes for a proof of %d", what, got, len(b))
				if got > most {
					t.Errorf("%s takes %d bytes, want at most %d", what, got, most)
				}
			}
			bound("a proof", allocated(func() {
				proof, err := bisection.ParseProof(b, limits)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := proof.Check(t.Context(), m, other); lilypad.CodeOf(err) != lilypad.Invalid {
					t.Errorf("it is about another trace: %v", err)
				}
			}))
			liar := player(t, liar{m, 1, func(s *bisection.State) { s.Fuel++ }})
			game, heard := lead(t, limits, p, liar)
			if !game.Ready() {
				t.Fatalf("the game knows no step: %v", game.Wrong())
			}
			bound("a game", heard)
		})
	}
}

// lead plays two parties to the step that is to be run, and tells how many bytes
// it took to hear them.
func lead(t *testing.T, limits bisection.Limits, parties ...party) (game *bisection.Game, heard uint64) {
	game = bisection.NewGame([2]bisection.Claim{}, limits)
	for !game.Over() && !game.Ready() {
		q := game.Ask()
		for _, p := range q.Of {
			answer, err := parties[p].Answer(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			heard += allocated(func() { game.Hear(p, answer) })
		}
	}
	return game, heard
}

// What a page's number says is checked before anything is made of it.
func TestParseProof_refusesPagesThatAreNotThere(t *testing.T) {
	p := player(t, hollow{pages: 1})
	good := forged(t, p, 1)
	page := slices.Repeat([]byte{1}, bisection.Page)
	for name, pages := range map[string][]byte{
		"beyond the memory": append(binary.BigEndian.AppendUint32(nil, 16), page...),
		"far beyond":        append(binary.BigEndian.AppendUint32(nil, 1<<32-1), page...),
		"another page":      append(binary.BigEndian.AppendUint32(nil, 0), page...),
		"a blank one":       append(binary.BigEndian.AppendUint32(nil, 0), make([]byte, bisection.Page)...),
		"half a page":       page[:100],
	} {
		if _, err := bisection.ParseProof(append(slices.Clone(good), pages...), roomy); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}
