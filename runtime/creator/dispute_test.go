package creator_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// game buys a replica, plays it against the result, and believes who is left.
func game(c hostapi.Case) ([]hostapi.Action, error) {
	var results []uint32
	for i, e := range c.Events {
		switch {
		case e.Result != nil:
			results = append(results, uint32(i))
		case e.Segment != nil && e.Segment.Who != 0:
			return []hostapi.Action{upheld}, nil
		case e.Segment != nil:
			return []hostapi.Action{fraud}, nil
		case e.Missing != nil:
			return []hostapi.Action{doubt}, nil
		}
	}
	if len(results) == 2 {
		return []hostapi.Action{{Kind: hostapi.ActionKindBisect, Key: 2, A: results[0], B: results[1]}}, nil
	}
	return []hostapi.Action{{Kind: hostapi.ActionKindExecute, Key: 1}}, nil
}

// table is a bench whose first result and replica are by two programs.
type table struct {
	*bench
	ran   int // steps of the creator
	jobs  [2]lilypad.JobID
	sides [2]*executiontest.FakeStepper
	seed  lilypad.Hash
	mute  [2]bool
}

// newTable delivers both results; what edit makes of them is what is signed.
func newTable(t *testing.T, lies [2]uint64, edit func(side int, out *lilypad.Outputs, store storage.Store)) *table {
	x := &table{bench: newBench(t, fakePolicies{"game": game})}
	x.stop()
	x.config.Stepper, x.config.Dir = &executiontest.FakeStepper{Ran: func() { x.ran++ }}, t.TempDir()
	x.start()
	x.jobs[0] = x.order("game")
	for p := range x.jobs {
		x.sides[p] = &executiontest.FakeStepper{Lie: lies[p]}
		if p == 1 {
			x.jobs[1] = x.replicas()[0]
		}
		terms := x.open(x.jobs[p], provider[p])
		j, _ := x.market.Job(t.Context(), x.jobs[p])
		x.seed = lilypad.Hash(j.Posting.Work.Inputs)
		out := x.sides[p].Result(t, x.market.Store, x.seed)
		if edit != nil {
			edit(p, &out, x.market.Store)
		}
		x.deliver(x.jobs[p], x.sign(terms, provider[p], out))
	}
	return x
}

// answerOne has a side answer the question of the moment, if it was not.
func (x *table) answerOne(p int) bool {
	x.t.Helper()
	synctest.Wait()
	j, _ := x.market.Job(x.t.Context(), x.jobs[p])
	if j.Question == nil || j.Reply != nil || x.mute[p] {
		return false
	}
	q, err := j.Question.Asked()
	if err != nil {
		x.t.Fatal(err)
	}
	err = x.sides[p].Steps(x.t.Context(), execution.Job{Seed: x.seed}, func(ctx context.Context, m bisection.Program) error {
		trace, _, err := bisection.Run(ctx, m)
		if err != nil {
			return err
		}
		b, err := (&bisection.Player{Program: m, Trace: trace}).Answer(ctx, q)
		if err != nil {
			return err
		}
		tree, _, err := storage.PutFiles(ctx, x.market.Store, []storage.Entry{storage.Bytes(api.AnswerFile, b)})
		x.market.edit(x.jobs[p], func(j *api.Job) { j.Reply = &api.Reply{Round: j.Question.Round, Tree: tree} })
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
	synctest.Wait()
	return true
}

func (x *table) answerAll() {
	for x.answerOne(0) || x.answerOne(1) {
	}
}

// proven checks what the creator handed in about a side.
func (x *table) proven(p int) (f bisection.Finding) {
	x.t.Helper()
	x.claim(x.jobs[p], p)
	j, _ := x.market.Job(x.t.Context(), x.jobs[p])
	b, err := bundle.ReadOutput(x.t.Context(), x.market.Store, j.Proof, api.AnswerFile, 1<<20)
	if err != nil {
		x.t.Fatalf("no proof about side %d: %v", p, err)
	}
	proof, err := bisection.ParseProof(b, bisection.Limits{})
	if err != nil {
		x.t.Fatal(err)
	}
	claim, err := bundle.ReadClaim(x.t.Context(), x.market.Store, j.Delivery.Outputs)
	if err != nil {
		x.t.Fatal(err)
	}
	err = (&executiontest.FakeStepper{}).Steps(x.t.Context(), execution.Job{Seed: x.seed}, func(ctx context.Context, m bisection.Program) (err error) {
		f, err = proof.Check(ctx, m, claim)
		return err
	})
	if err != nil {
		x.t.Errorf("the proof about side %d does not hold: %v", p, err)
	}
	return f
}

// claim waits until a result is on chain and challenged.
func (x *table) claim(id lilypad.JobID, p int) {
	x.t.Helper()
	synctest.Wait()
	if s := x.state(id); s != lilypad.StateChallenged {
		x.t.Fatalf("side %d is in state %v, want challenged", p, s)
	}
}

func TestCreator_findsTheLiarByOneStep(t *testing.T) {
	for name, c := range map[string]struct {
		lies  [2]uint64
		wrong []int
		step  uint64
	}{
		"the first result": {[2]uint64{777, 0}, []int{0}, 777},
		"the replica":      {[2]uint64{0, 256}, []int{1}, 256},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				x := newTable(t, c.lies, nil)
				x.answerAll()
				for _, p := range c.wrong {
					if f := x.proven(p); f.Step != c.step || f.Steps != executiontest.FakeSteps {
						t.Errorf("step %d of %d is shown, want %d of %d", f.Step, f.Steps, c.step, executiontest.FakeSteps)
					}
				}
				if x.ran != 1 {
					t.Errorf("the creator ran %d steps, want one", x.ran)
				}
				if honest := 1 - c.wrong[0]; !x.receipt(x.jobs[honest]) {
					t.Errorf("side %d was honest and has no receipt", honest)
				}
			})
		})
	}
}

// A provider that ran the job rightly and delivered something else needs no step.
func TestCreator_findsFilesThatTheTraceDoesNotEndIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTable(t, [2]uint64{}, func(side int, out *lilypad.Outputs, store storage.Store) {
			if claim, err := bundle.ReadClaim(t.Context(), store, *out); side == 0 && err == nil {
				*out = executiontest.FakeResult(t, store, claim.Trace, "moo?\n")
			}
		})
		x.answerAll()
		if f := x.proven(0); x.ran != 0 || f.Step != executiontest.FakeSteps {
			t.Errorf("%d steps were run: %+v", x.ran, f)
		}
	})
}

// Of two that are shown wrong, neither is paid for the other's wrong.
func TestCreator_findsBothWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTable(t, [2]uint64{}, func(side int, out *lilypad.Outputs, store storage.Store) {
			claim, err := bundle.ReadClaim(t.Context(), store, *out)
			if err != nil {
				t.Fatal(err)
			}
			*out = executiontest.FakeResult(t, store, claim.Trace, []string{"moo?\n", "moo!\n"}[side])
		})
		x.answerAll()
		for p := range x.jobs {
			x.proven(p)
		}
	})
}

// Silence shows nothing, to nobody: the mediators decide.
func TestCreator_doubtsWhereTheGameShowsNothing(t *testing.T) {
	for name, edit := range map[string]func(*table){
		"the first is silent":   func(x *table) { x.mute[0] = true },
		"the replica is silent": func(x *table) { x.mute[1] = true },
		"nobody runs steps":     func(x *table) { x.stop(); x.config.Stepper = nil; x.start() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				x := newTable(t, [2]uint64{777, 0}, nil)
				edit(x)
				x.answerAll()
				time.Sleep(time.Hour)
				synctest.Wait()
				if j, _ := x.market.Job(t.Context(), x.jobs[0]); x.state(x.jobs[0]) != lilypad.StateChallenged || !j.Proof.IsZero() {
					t.Errorf("state %v, proof %s; want a challenge without one", x.state(x.jobs[0]), j.Proof)
				}
			})
		})
	}
}

// A creator that is killed after each answer goes on with the same game.
func TestCreator_playsOnAfterACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newTable(t, [2]uint64{0, 513}, nil)
		for rounds := 0; x.answerOne(0) || x.answerOne(1); rounds++ {
			x.stop()
			x.start()
			if rounds > 40 {
				t.Fatal("the game does not end")
			}
		}
		if f := x.proven(1); f.Step != 513 {
			t.Errorf("step %d is shown, want 513", f.Step)
		}
		if x.ran > 2 {
			t.Errorf("the creator ran %d steps", x.ran)
		}
	})
}
