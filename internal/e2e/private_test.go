package e2e_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// The inputs and the result of a private job are seen by its creator, by the
// provider that runs it, and in a case by the mediators that are drawn, who
// judge it as they would any other. The solver passes all of it on and reads
// nothing.
func TestPrivate(t *testing.T) {
	m := startMarket(t)
	const word = "xylophagous"
	for _, c := range []struct {
		name, provider, state string
		outcome               lilypad.Outcome
		args                  []string
	}{
		{"paid", "provider-1", "paid", lilypad.OutcomeNone, nil},
		{"an audit upholds an honest result", "provider-1", "upheld", lilypad.OutcomeUpheld, []string{"--scheme", "audit", "--audit", "100%"}},
		{"an audit finds a cheat", "provider-17", "fraud", lilypad.OutcomeFraud, []string{"--scheme", "audit", "--audit", "100%"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := append([]string{"cowsay:v0.0.4", "-i", "Message=" + word, "--private", "--target", node.LocalKey(c.provider).Address().String()}, c.args...)
			r := m.order(t, args...)
			report, _ := r.end(t)
			if report.State != c.state {
				t.Fatalf("the job ended %s, want %s", report.State, c.state)
			}
			job := m.told(t, report.Job, word)
			if c.state != "fraud" && !strings.Contains(r.out.String(), word) {
				t.Error("its creator cannot read the result")
			}
			if len(job.Opinions) < 2 && c.outcome != lilypad.OutcomeNone {
				t.Errorf("%d verdicts", len(job.Opinions))
			}
			for _, o := range job.Opinions {
				if o.Verdict.Body.Outcome != c.outcome {
					t.Errorf("mediator %s says %s, want %s", o.Mediator, o.Verdict.Body.Outcome, c.outcome)
				}
			}
		})
	}
	for role, reads := range map[string]bool{"creator": true, "provider-1": true, "mediator-1": true, "provider-2": false, "solver": false, "devchain": false} {
		if got := m.holds(t, role, word); got != reads {
			t.Errorf("%s holds what is private: %t, want %t", role, got, reads)
		}
	}
}

// told is what the solver tells a job's creator, which must be without a word.
func (m *market) told(t *testing.T, id lilypad.JobID, word string) api.Job {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	solver := api.NewSolverClient(n.SolverURL, n.Solver, node.LocalKey("creator"))
	job, err := solver.Job(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	why, err := solver.Why(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for what, answer := range map[string]any{"job": job, "why": why, "cases": m.cases(t)} {
		text, err := json.Marshal(answer)
		if err != nil || bytes.Contains(text, []byte(word)) {
			t.Errorf("the solver tells it with %s, %v", what, err)
		}
	}
	for what, id := range map[string]lilypad.ContentID{"inputs": job.Posting.Work.Inputs, "result": job.Delivery.Outputs.Blob} {
		if has, err := solver.Has(t.Context(), lilypad.Hash(id)); has || err != nil {
			t.Errorf("the solver has the %s, %v", what, err)
		}
	}
	if _, err := bundle.ReadInputs(t.Context(), solver, job.Posting.Sealed); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("what is sealed reads as inputs: %v", err)
	}
	return job
}

// holds tells whether any file of a role, or its log, has a word in it.
func (m *market) holds(t *testing.T, role, word string) (found bool) {
	t.Helper()
	look := func(path string) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(b, []byte(word))
	}
	look(m.roles[role].log)
	if err := filepath.WalkDir(filepath.Join(m.dir, role), func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			look(path)
		}
		return nil // what has gone meanwhile
	}); err != nil {
		t.Fatal(err)
	}
	return found
}
