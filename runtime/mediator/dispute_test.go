package mediator_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"runtime"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// stepPolicies knows one scheme: look at what was shown, and run the job where
// that is nothing.
type stepPolicies struct{ fakePolicies }

func (stepPolicies) Scheme(context.Context, lilypad.PluginID) (cases.Scheme, error) {
	return stepScheme{}, nil
}

type stepScheme struct{ fakeScheme }

func (s stepScheme) Decide(_ context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	input, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		return nil, nil, nil, err
	}
	actions := s.decide(in.Cases[0])
	output, err := json.Marshal(actions)
	return actions, input, output, err
}

func (s stepScheme) decide(c hostapi.Case) []hostapi.Action {
	claim := hostapi.None
	for i, e := range c.Events {
		switch {
		case e.Result != nil && e.Result.Re == hostapi.None:
			claim = uint32(i)
		case e.Segment != nil && e.Segment.Who == 0:
			return []hostapi.Action{{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeFraud}}
		case e.Missing != nil:
			return s.fakeScheme.decide(c)
		}
	}
	return []hostapi.Action{{Kind: hostapi.ActionKindBisect, Key: 9, A: claim, B: hostapi.None}}
}

// shown is a bench with a claim from a run in steps, wrong behind one of them,
// and the proof of that in the solver's store.
func shown(t *testing.T, lie uint64) (b *bench, proof lilypad.ContentID, ran *int) {
	b, ran = newBench(t, true), new(int)
	b.stop()
	machines, err := fleet.New([]fleet.Machine{{
		Offer: lilypad.Machine{Slots: 1, Engines: []lilypad.Engine{lilypad.EngineNoop}, Capacity: lilypad.Resources{DiskMB: 10_000}},
		Executors: map[lilypad.Engine]execution.Executor{
			lilypad.EngineNoop: &executiontest.FakeStepper{Executor: noop.New(noop.Config{}), Ran: func() { *ran++ }},
		},
	}}, "")
	if err != nil {
		t.Fatal(err)
	}
	b.config.Policies, b.config.Fleet = stepPolicies{}, machines
	seed := lilypad.Hash(b.dealt.Posting.Work.Inputs)
	b.claim("", func(o *lilypad.Outputs) {
		*o = (&executiontest.FakeStepper{Lie: lie}).Result(t, b.market.Store, seed)
	})
	b.start()
	if lie > 0 {
		proof = b.put(prove(t, seed, lie))
	}
	return b, proof, ran
}

func (b *bench) put(proof []byte) lilypad.ContentID {
	id, _, err := storage.PutFiles(b.t.Context(), b.market.Store, []storage.Entry{storage.Bytes(api.AnswerFile, proof)})
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// prove plays the liar against one that is honest.
func prove(t *testing.T, seed lilypad.Hash, lie uint64) []byte {
	return refute(t, seed, runs(t, seed, lie))
}

// program is the fake job, run wrongly in one step.
func program(t *testing.T, seed lilypad.Hash, lie uint64) (p bisection.Program) {
	x := &executiontest.FakeStepper{Lie: lie}
	if err := x.Steps(t.Context(), execution.Job{Seed: seed}, func(_ context.Context, m bisection.Program) error {
		p = m
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p
}

func runs(t *testing.T, seed lilypad.Hash, lie uint64) bisection.Player {
	m := program(t, seed, lie)
	trace, _, err := bisection.Run(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return bisection.Player{Program: m, Trace: trace}
}

// refute plays a party against one that is honest, and returns what is shown.
func refute(t *testing.T, seed lilypad.Hash, liar bisection.Player) []byte {
	players := [2]bisection.Player{liar, runs(t, seed, 0)}
	game := bisection.NewGame([2]bisection.Claim{}, bisection.Limits{})
	for !game.Over() {
		q := game.Ask()
		for _, p := range q.Of {
			b, err := players[p].Answer(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			game.Hear(p, b)
		}
		if err := game.Judge(t.Context(), program(t, seed, 0)); err != nil {
			t.Fatal(err)
		}
	}
	proof, _ := game.Proof(0)
	return proof.Bytes()
}

func TestMediator_endsACaseByOneStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, proof, ran := shown(t, 777)
		b.dealt.Proof = proof
		b.tell(nil)
		b.dispute()
		got := b.opinions()
		if len(got) != 1 || got[0].Verdict.Body.Outcome != lilypad.OutcomeFraud {
			t.Fatalf("%d opinions %+v, want fraud", len(got), got)
		}
		if *ran != 1 {
			t.Errorf("%d steps were run, want one", *ran)
		}
		file, err := cases.ReadFile(t.Context(), b.market.Store, got[0].Transcript)
		if err != nil {
			t.Fatal(err)
		}
		c, err := file.Transcript.Case()
		if err != nil {
			t.Fatal(err)
		}
		last := c.Events[len(c.Events)-1].Segment
		if last == nil || last.Step != 777 || last.Proof != hostapi.Bytes32(proof) || cases.Count(&c, hostapi.ActionKindExecute) > 0 {
			t.Errorf("the transcript ends with %+v", c.Events[len(c.Events)-1])
		}
	})
}

// What shows nothing about this result costs a whole run, and no verdict.
func TestMediator_runsTheJobWhereNothingIsShown(t *testing.T) {
	for name, c := range map[string]struct {
		lie   uint64
		proof func(b *bench, good lilypad.ContentID) lilypad.ContentID
	}{
		"no proof": {777, func(*bench, lilypad.ContentID) lilypad.ContentID { return lilypad.ContentID{} }},
		"of an honest claim": {0, func(b *bench, _ lilypad.ContentID) lilypad.ContentID {
			return b.put(prove(t, lilypad.Hash(b.dealt.Posting.Work.Inputs), 777))
		}},
		"that is not there": {777, func(*bench, lilypad.ContentID) lilypad.ContentID { return lilypad.ContentID{7} }},
		"that is garbage":   {777, func(b *bench, _ lilypad.ContentID) lilypad.ContentID { return b.put([]byte("trust me")) }},
		"that is no file":   {777, func(b *bench, _ lilypad.ContentID) lilypad.ContentID { return b.dealt.Posting.Work.Inputs }},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b, good, ran := shown(t, c.lie)
				b.dealt.Proof = c.proof(b, good)
				b.tell(nil)
				b.dispute()
				got := b.opinions()
				if len(got) != 1 || *ran > 1 {
					t.Fatalf("%d opinions after %d steps", len(got), *ran)
				}
				file, err := cases.ReadFile(t.Context(), b.market.Store, got[0].Transcript)
				if err != nil {
					t.Fatal(err)
				}
				if facts, err := file.Transcript.Case(); err != nil || cases.Count(&facts, hostapi.ActionKindExecute) != 1 {
					t.Errorf("the job was not run whole: %v", err)
				}
			})
		})
	}
}

// A trace that ends, has nothing for a while and ends again is wrong without a
// step.
func TestMediator_endsACaseByAGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, _, ran := shown(t, 0)
		seed := lilypad.Hash(b.dealt.Posting.Work.Inputs)
		liar := bisection.Player{Program: program(t, seed, 0), Trace: bisection.NewTrace()}
		s, err := liar.Program.Genesis(t.Context())
		for liar.Trace.Add(s); err == nil && !s.Ended; liar.Trace.Add(s) {
			err = liar.Program.Step(t.Context(), s)
		}
		if err != nil {
			t.Fatal(err)
		}
		liar.Trace.Add(&bisection.State{Header: bisection.Header{Step: executiontest.FakeSteps + 50, Ended: true, Output: lilypad.Hash{1}}})
		b.stop()
		b.claim("", func(o *lilypad.Outputs) {
			*o = executiontest.FakeResult(t, b.market.Store, liar.Trace.Commit().Trace, "moo?\n")
		})
		b.dealt.Proof = b.put(refute(t, seed, liar))
		b.start()
		b.tell(nil)
		b.dispute()
		got := b.opinions()
		if len(got) != 1 || got[0].Verdict.Body.Outcome != lilypad.OutcomeFraud || *ran != 0 {
			t.Fatalf("%d opinions %+v after %d steps, want fraud after none", len(got), got, *ran)
		}
	})
}

// opening is a stepper that counts how often it makes room for steps.
type opening struct {
	executiontest.FakeStepper
	opened *int
}

func (o *opening) Steps(ctx context.Context, job execution.Job, use func(context.Context, bisection.Program) error) error {
	*o.opened++
	return o.FakeStepper.Steps(ctx, job, use)
}

// hollow takes one step, from a blank memory of almost all that a job may have
// which names no figure.
type hollow struct{}

func (hollow) Genesis(context.Context) (*bisection.State, error) {
	return &bisection.State{Header: bisection.Header{Pages: 1 << 14}}, nil
}

func (hollow) Step(_ context.Context, s *bisection.State) error {
	*s = bisection.State{Header: bisection.Header{Step: 1, Ended: true, Output: lilypad.Hash{1}}}
	return nil
}

// hollowProof says of a trace what is true: that a large memory led to its end.
func hollowProof(t *testing.T) (trace lilypad.Hash, proof []byte) {
	run, _, err := bisection.Run(t.Context(), hollow{})
	if err != nil {
		t.Fatal(err)
	}
	p := bisection.Player{Program: hollow{}, Trace: run}
	add := func(q bisection.Question) {
		b, err := p.Answer(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		proof = append(proof, b...)
	}
	add(bisection.Question{Kind: bisection.AskCommit})
	proof = binary.BigEndian.AppendUint64(proof, 1)
	for level := bisection.TraceDepth; level > 0; level-- {
		add(bisection.Question{Kind: bisection.AskOpen, Level: level})
	}
	add(bisection.Question{Kind: bisection.AskSegment})
	return run.Commit().Trace, proof
}

// A few bytes of a proof speak of a gigabyte. Nothing is made of it for a trace
// that nobody claimed, nor where the machine has no room for the job.
func TestMediator_makesNoRoomForWhatCannotHold(t *testing.T) {
	for name, c := range map[string]struct {
		another bool // trace is claimed
		disk    uint32
	}{
		"about another trace": {true, 10_000},
		"no room for the job": {false, 9_999},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, true, func(b *bench) { b.disk = 10_000 })
				b.stop()
				opened := 0
				x := &opening{executiontest.FakeStepper{Executor: noop.New(noop.Config{})}, &opened}
				var err error
				if b.config.Fleet, err = fleet.New([]fleet.Machine{{
					Offer:     lilypad.Machine{Slots: 1, Engines: []lilypad.Engine{lilypad.EngineNoop}, Capacity: lilypad.Resources{DiskMB: c.disk}},
					Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineNoop: x},
				}}, ""); err != nil {
					t.Fatal(err)
				}
				b.config.Policies = stepPolicies{}
				trace, proof := hollowProof(t)
				if c.another {
					trace[0]++
				}
				b.claim("", func(o *lilypad.Outputs) { *o = executiontest.FakeResult(t, b.market.Store, trace, "moo\n") })
				b.dealt.Proof = b.put(proof)
				b.start()
				b.tell(nil)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				b.dispute()
				got := b.opinions()
				runtime.ReadMemStats(&after)
				if opened > 0 || !c.another && len(got) > 0 {
					t.Errorf("%d steps were made room for, and %d opinions given", opened, len(got))
				}
				if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
					t.Errorf("it took %d bytes of memory", took)
				}
			})
		})
	}
}
