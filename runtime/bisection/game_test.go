package bisection_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

// mill is a fake program: each step stirs some bytes of its memory, and it
// takes some memory more now and then.
type mill struct{ steps uint64 }

func (m mill) Genesis(context.Context) (*bisection.State, error) {
	s := &bisection.State{Bytes: make([]byte, bisection.WasmPage)}
	s.Pages, s.Globals, s.Bytes[77] = 1, []uint64{7}, 1
	return s, nil
}

func (m mill) Step(_ context.Context, s *bisection.State) error {
	s.Step++
	s.Fuel += 100
	s.Clock += 10
	if s.Step == m.steps {
		s.Ended, s.Output = true, lilypad.Keccak256(s.Bytes)
		s.Bytes, s.Pages, s.Globals = nil, 0, nil
		return nil
	}
	if s.Step%400 == 0 {
		s.Pages++
		s.Bytes = append(s.Bytes, make([]byte, bisection.WasmPage)...)
	}
	r := rand.New(rand.NewPCG(s.Globals[0], s.Step))
	for range 3 {
		s.Bytes[r.IntN(len(s.Bytes))]++
	}
	s.Globals = []uint64{r.Uint64()}
	return nil
}

// liar is a mill that changes the state behind one step.
type liar struct {
	bisection.Program
	step uint64
	lie  func(*bisection.State)
}

func (l liar) Genesis(ctx context.Context) (*bisection.State, error) {
	s, err := l.Program.Genesis(ctx)
	if l.step == 0 {
		l.lie(s)
	}
	return s, err
}

func (l liar) Step(ctx context.Context, s *bisection.State) error {
	err := l.Program.Step(ctx, s)
	if s.Step == l.step {
		l.lie(s)
	}
	return err
}

// lies are what can be wrong in a state that has not ended.
var lies = map[string]func(*bisection.State){
	"memory": func(s *bisection.State) { s.Bytes[9]++ },
	"global": func(s *bisection.State) { s.Globals = []uint64{s.Globals[0] ^ 1} },
	"fuel":   func(s *bisection.State) { s.Fuel-- },
	"clock":  func(s *bisection.State) { s.Clock++ },
	"grown": func(s *bisection.State) {
		s.Pages++
		s.Bytes = append(s.Bytes, make([]byte, bisection.WasmPage)...)
	},
	"ended": func(s *bisection.State) {
		s.Ended, s.Output = true, lilypad.Hash{1}
		s.Bytes, s.Pages, s.Globals = nil, 0, nil
	},
}

// party answers, through a lie of its own where it has one.
type party struct {
	*bisection.Player
	answer func(q bisection.Question, honest []byte) []byte
}

func player(t fataler, m bisection.Program) party {
	trace, _, err := bisection.Run(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	return party{Player: &bisection.Player{Program: m, Trace: trace}}
}

type fataler interface{ Fatal(...any) }

// play plays to the end and tells which parties are wrong.
func play(t fataler, m bisection.Program, parties [2]party) (game *bisection.Game, wrong []int) {
	ctx := context.Background()
	game = bisection.NewGame([2]bisection.Claim{}, bisection.Limits{Memory: 1 << 22})
	for !game.Over() {
		q := game.Ask()
		for _, p := range q.Of {
			b, err := parties[p].Answer(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			if lie := parties[p].answer; lie != nil {
				b = lie(q, b)
			}
			game.Hear(p, b)
		}
		if err := game.Judge(ctx, m); err != nil {
			t.Fatal(err)
		}
		if game.Rounds() > 12 {
			t.Fatal("more than 12 rounds")
		}
	}
	for p, err := range game.Wrong() {
		if err != nil {
			wrong = append(wrong, p)
		}
	}
	return game, wrong
}

func TestGame_findsTheLiarAtAnyStep(t *testing.T) {
	honest := mill{steps: 1200}
	fair := player(t, honest)
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			for _, step := range []uint64{0, 1, 15, 16, 17, 255, 256, 1199} {
				other := player(t, liar{honest, step, lie})
				game, wrong := play(t, honest, [2]party{fair, other})
				if !slices.Equal(wrong, []int{1}) {
					t.Errorf("step %d: %v are wrong, want 1: %v", step, wrong, game.Wrong())
				}
				if !(step == 0 && name == "ended") && game.Step() != step {
					t.Errorf("led to step %d, want %d", game.Step(), step)
				}
				if _, wrong = play(t, honest, [2]party{other, fair}); !slices.Equal(wrong, []int{0}) {
					t.Errorf("step %d: %v are wrong, want 0", step, wrong)
				}
			}
		})
	}
}

// A lie about how the job ended, or when.
func TestGame_findsALieAboutTheEnd(t *testing.T) {
	honest := mill{steps: 300}
	fair := player(t, honest)
	for name, m := range map[string]bisection.Program{
		"output":  liar{honest, 300, func(s *bisection.State) { s.Output[0]++ }},
		"shorter": mill{steps: 299},
		"longer":  mill{steps: 301},
	} {
		t.Run(name, func(t *testing.T) {
			if _, wrong := play(t, honest, [2]party{fair, player(t, m)}); !slices.Equal(wrong, []int{1}) {
				t.Errorf("%v are wrong, want 1", wrong)
			}
		})
	}
}

// Whatever a party answers in place of the truth, it alone is wrong.
func TestGame_findsTheLiarByItsAnswers(t *testing.T) {
	honest := mill{steps: 300}
	fair, other := player(t, honest), player(t, liar{honest, 120, lies["memory"]})
	for kind := bisection.AskCommit; kind <= bisection.AskSegment; kind++ {
		for name, lie := range map[string]func([]byte) []byte{
			"silent":  func([]byte) []byte { return nil },
			"empty":   func([]byte) []byte { return []byte{} },
			"cut off": func(b []byte) []byte { return b[:len(b)-1] },
			"longer":  func(b []byte) []byte { return append(slices.Clone(b), 0) },
			"first":   func(b []byte) []byte { return flip(b, 0) },
			"middle":  func(b []byte) []byte { return flip(b, len(b)/2) },
			"last":    func(b []byte) []byte { return flip(b, len(b)-1) },
		} {
			t.Run(kind.String()+" "+name, func(t *testing.T) {
				other.answer = func(q bisection.Question, b []byte) []byte {
					if q.Kind == kind {
						return lie(b)
					}
					return b
				}
				for p, parties := range [][2]party{{other, fair}, {fair, other}} {
					if game, wrong := play(t, honest, parties); !slices.Equal(wrong, []int{p}) {
						t.Errorf("%v are wrong, want %d: %v", wrong, p, game.Wrong())
					}
				}
			})
		}
	}
}

func flip(b []byte, at int) []byte {
	b = slices.Clone(b)
	b[at] ^= 1
	return b
}

func TestGame_findsBothLiars(t *testing.T) {
	honest := mill{steps: 300}
	a := player(t, liar{honest, 120, lies["memory"]})
	b := player(t, liar{honest, 120, lies["fuel"]})
	if _, wrong := play(t, honest, [2]party{a, b}); !slices.Equal(wrong, []int{0, 1}) {
		t.Errorf("%v are wrong, want both", wrong)
	}
	silent := func(q bisection.Question, b []byte) []byte {
		if q.Kind == bisection.AskSegment {
			return nil
		}
		return b
	}
	a.answer, b.answer = silent, silent
	if _, wrong := play(t, honest, [2]party{a, b}); !slices.Equal(wrong, []int{0, 1}) {
		t.Errorf("%v of two silent ones are wrong, want both", wrong)
	}
}

func TestGame_equalTracesEndAtOnce(t *testing.T) {
	m := mill{steps: 50}
	p := player(t, m)
	if game, wrong := play(t, m, [2]party{p, p}); game.Rounds() != 1 || wrong != nil {
		t.Errorf("%d rounds, %v are wrong; want 1 and none", game.Rounds(), wrong)
	}
}

// An honest party is never found wrong, and a lie always is.
func TestGame_property(t *testing.T) {
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range lies {
			if !yield(name) {
				return
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		honest := mill{steps: rapid.Uint64Range(2, 400).Draw(t, "steps")}
		parties := [2]party{player(t, honest), {}}
		at := rapid.Uint64Range(1, honest.steps-1).Draw(t, "at")
		parties[1] = player(t, liar{honest, at, lies[rapid.SampledFrom(names).Draw(t, "lie")]})
		if rapid.Bool().Draw(t, "garbage") {
			kind := bisection.Kind(rapid.IntRange(0, 2).Draw(t, "kind"))
			junk := rapid.SliceOfN(rapid.Byte(), 0, 6000).Draw(t, "junk")
			parties[1].answer = func(q bisection.Question, b []byte) []byte {
				if q.Kind == kind {
					return junk
				}
				return b
			}
		}
		wrong := 1
		if rapid.Bool().Draw(t, "swapped") {
			parties[0], parties[1], wrong = parties[1], parties[0], 0
		}
		if game, got := play(t, honest, parties); !slices.Equal(got, []int{wrong}) {
			t.Fatalf("%v are wrong, want %d: %v", got, wrong, game.Wrong())
		}
	})
}

// A trace knows the memory by its changes; who gets it whole finds the same root.
func TestTrace_Add_hashesWhatChanged(t *testing.T) {
	m := mill{steps: 450}
	p := player(t, m)
	commit := p.Trace.Commit()
	for step := uint64(0); step < 450; step += 31 {
		b, err := p.Answer(t.Context(), bisection.Question{Kind: bisection.AskSegment, Index: step})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := bisection.ParseSegment(b, commit.Trace, step, bisection.Limits{}); err != nil {
			t.Errorf("step %d: %v", step, err)
		}
	}
}

func TestParseSegment_boundsMemory(t *testing.T) {
	p := player(t, mill{steps: 450})
	b, err := p.Answer(t.Context(), bisection.Question{Kind: bisection.AskSegment, Index: 440})
	if err != nil {
		t.Fatal(err)
	}
	_, err = bisection.ParseSegment(b, p.Trace.Commit().Trace, 440, bisection.Limits{Memory: bisection.WasmPage})
	if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "bytes of memory") {
		t.Errorf("got %v", err)
	}
}

func FuzzParseCommit(f *testing.F) {
	p := player(f, mill{steps: 3})
	c := p.Trace.Commit()
	f.Add(c.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := bisection.ParseCommit(b); err == nil && !bytes.Equal(c.Bytes(), b) {
			t.Errorf("%x is read as %x", b, c.Bytes())
		}
	})
}

func FuzzParseOpen(f *testing.F) {
	f.Add(make([]byte, 512))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := bisection.ParseOpen(b); (err == nil) != (len(b) == 512) {
			t.Errorf("%d bytes: %v", len(b), err)
		}
	})
}

func FuzzParseSegment(f *testing.F) {
	p := player(f, mill{steps: 3})
	b, err := p.Answer(context.Background(), bisection.Question{Kind: bisection.AskSegment, Index: 2})
	if err != nil {
		f.Fatal(err)
	}
	trace := p.Trace.Commit().Trace
	f.Add(b)
	f.Add(binary.BigEndian.AppendUint32(slices.Clone(b), 1<<31))
	nothing, err := p.Answer(context.Background(), bisection.Question{Kind: bisection.AskSegment, Index: 7})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(nothing)
	f.Add(b[94+8:][:len(nothing)]) // the way to the state, as if nothing were there
	f.Fuzz(func(t *testing.T, other []byte) {
		if _, err := bisection.ParseSegment(other, trace, 2, bisection.Limits{Memory: 1 << 20}); (err == nil) != bytes.Equal(other, b) {
			t.Errorf("%d bytes: %v", len(other), err)
		}
	})
}
