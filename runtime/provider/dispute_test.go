package provider_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// traced is a fake stepper whose results have a trace, which need not fit.
type traced struct{ *executiontest.FakeStepper }

func (x traced) Wait(ctx context.Context, h execution.Handle) (execution.Outcome, error) {
	o, err := x.FakeStepper.Wait(ctx, h)
	_, dir := jobrun.Split(h)
	return o, errors.Join(err, os.WriteFile(filepath.Join(dir, bundle.Trace), []byte(lilypad.Hash{}.String()), 0o644))
}

// stepping has the bench run jobs in steps, and counts those.
func stepping(t *testing.T, ran *int) func(*provider.Config) {
	return func(c *provider.Config) {
		x := traced{&executiontest.FakeStepper{Executor: noop.New(noop.Config{}), Ran: func() { *ran++ }}}
		c.Fleet = fleetOf(t, x, lilypad.Resources{CPUMilli: 1000})
	}
}

// ask puts a question to the provider and returns its answer; nil: none.
func (b *bench) ask(id lilypad.JobID, q api.Question) []byte {
	b.t.Helper()
	b.market.mu.Lock()
	j := b.market.jobs[id]
	j.Question, j.Reply = &q, nil
	b.market.jobs[id] = j
	before := len(b.market.replies[id])
	b.market.mu.Unlock()
	b.market.events <- api.Changed(id)
	synctest.Wait()
	b.market.mu.Lock()
	defer b.market.mu.Unlock()
	if len(b.market.replies[id]) == before {
		return nil
	}
	r := b.market.replies[id][before]
	if r.Round != q.Round || len(b.market.replies[id]) != before+1 {
		b.t.Errorf("question %+v is answered by %+v", q, b.market.replies[id][before:])
	}
	answer, err := bundle.ReadOutput(b.t.Context(), b.market.Store, r.Tree, api.AnswerFile, 1<<20)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer
}

// deliveredJob is one that is open and has a result.
func (b *bench) deliveredJob(edits ...func(*api.Job)) api.Job {
	j := b.job(edits...)
	b.propose(j)
	b.open(j)
	synctest.Wait()
	if b.delivered(j) == 0 {
		b.t.Fatal("no result was delivered")
	}
	return j
}

func TestProvider_answersAboutItsTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ran := 0
		b := newBench(t, stepping(t, &ran))
		j := b.deliveredJob()
		commit, err := bisection.ParseCommit(b.ask(j.ID, api.Question{Round: 1, Kind: "commit"}))
		if err != nil || commit.Last.Step != executiontest.FakeSteps {
			t.Fatalf("%d steps, %v", commit.Last.Step, err)
		}
		root, err := bisection.ParseOpen(b.ask(j.ID, api.Question{Round: 2, Kind: "open", Level: bisection.TraceDepth}))
		if err != nil || root.Hash() != commit.Trace {
			t.Errorf("the opened node is not the root: %v", err)
		}
		if ran != executiontest.FakeSteps {
			t.Errorf("%d steps were run for two questions, want those of one run", ran)
		}
		s := b.ask(j.ID, api.Question{Round: 3, Kind: "segment", Index: 600})
		if _, err := bisection.ParseSegment(s, commit.Trace, 600, bisection.Limits{}); err != nil || ran != executiontest.FakeSteps+600 {
			t.Errorf("%d steps were run, %v", ran, err)
		}
		b.stop()
		b.start() // what it remembered is gone
		again, err := bisection.ParseCommit(b.ask(j.ID, api.Question{Round: 4, Kind: "commit"}))
		if err != nil || again.Trace != commit.Trace {
			t.Errorf("after a restart the trace is %s, not %s: %v", again.Trace, commit.Trace, err)
		}
	})
}

func TestProvider_answersNothingElse(t *testing.T) {
	commit := api.Question{Round: 1, Kind: "commit"}
	for name, c := range map[string]struct {
		edit func(*provider.Config)
		ask  api.Question
	}{
		"a question that no game asks": {ask: api.Question{Round: 1, Kind: "memory"}},
		"an engine without steps":      {edit: func(*provider.Config) {}, ask: commit},
		"silent by its fault": {edit: func(c *provider.Config) {
			stepping(t, new(int))(c)
			c.Faulty = provider.Withhold
		}, ask: commit},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if c.edit == nil {
					c.edit = stepping(t, new(int))
				}
				b := newBench(t, c.edit)
				j := b.job()
				b.propose(j)
				b.open(j)
				synctest.Wait()
				if got := b.ask(j.ID, c.ask); got != nil {
					t.Errorf("it answered with %d bytes", len(got))
				}
			})
		})
	}
}

// A job that passed a limit has no trace, and its steps may be harmful to run.
func TestProvider_runsNoStepForAResultWithoutATrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ran := 0
		b := newBench(t, func(c *provider.Config) {
			x := &executiontest.FakeStepper{Executor: noop.New(noop.Config{}), Ran: func() { ran++ }}
			c.Fleet = fleetOf(t, x, lilypad.Resources{CPUMilli: 1000})
		})
		j := b.deliveredJob()
		got := b.ask(j.ID, api.Question{Round: 1, Kind: "commit"})
		if got != nil || ran > 0 {
			t.Errorf("it ran %d steps and answered with %d bytes", ran, len(got))
		}
	})
}

// One that is told to go wrong in a step stands by its trace, and is led to it.
func TestProvider_wrongStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, stepping(t, new(int)), func(c *provider.Config) { c.Faulty = provider.WrongStep })
		j := b.deliveredJob()
		commit, err := bisection.ParseCommit(b.ask(j.ID, api.Question{Round: 1, Kind: "commit"}))
		if err != nil {
			t.Fatal(err)
		}
		seven, err := bisection.ParseSegment(b.ask(j.ID, api.Question{Round: 2, Kind: "segment", Index: 7}), commit.Trace, 7, bisection.Limits{})
		if err != nil || seven.Fuel != 7*10+1 {
			t.Errorf("fuel of step 7 is %d, want one too much: %v", seven.Fuel, err)
		}
	})
}
