package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot/ballottest"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestCredibility_Decide(t *testing.T) {
	const review = plugintest.PhaseReview
	for name, tt := range map[string]struct {
		trial   plugintest.Trial
		outcome plugintest.Outcome
		reason  uint16
		runs    int
	}{
		// Four that were never checked are right with 256/257.
		"strangers":            {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a", "a", "a"}}, plugintest.OutcomeUpheld, ballot.Sure, 3},
		"strangers against":    {plugintest.Trial{Phase: review, Claim: "b", Runs: []string{"a", "a", "a", "a", "a"}}, plugintest.OutcomeFraud, ballot.Sure, 5},
		"a missing one":        {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"", "a", "a", "a"}}, plugintest.OutcomeUpheld, ballot.Sure, 4},
		"too few":              {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a", "a"}, MaxRuns: 4}, plugintest.OutcomeRefund, ballot.Unsure, 4},
		"nothing to verify":    {plugintest.Trial{Phase: review}, plugintest.OutcomeRefund, ballot.NoResult, 0},
		"a mediator runs once": {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}}, plugintest.OutcomeFraud, mediate.Disagreed, 1},
		"the deal asks for less": {
			plugintest.Trial{Phase: review, Claim: "a", Params: []plugintest.Param{{Key: "f_ppm", Value: 100_000}, {Key: "threshold_ppm", Value: 900_000}}},
			plugintest.OutcomeUpheld, ballot.Sure, 0,
		},
		"most are cheats": {
			plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a"}, Params: []plugintest.Param{{Key: "f_ppm", Value: 500_000}}},
			plugintest.OutcomeRefund, ballot.Unsure, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			end := tt.trial.Play(t, plugintest.New(t, newCredibility, `{}`))
			if a := end.Action; a.Kind != plugintest.ActionKindVerdict || a.Outcome != tt.outcome || a.Reason != tt.reason || end.Runs != tt.runs {
				t.Errorf("%+v after %d runs, want %s for reason %d after %d", a, end.Runs, tt.outcome, tt.reason, tt.runs)
			}
		})
	}
}

func TestCredibility_Decide_isSarmentas(t *testing.T) {
	for name, tt := range map[string]struct {
		settings   string
		members    []ballottest.Member
		more       int // 0: a verdict
		confidence uint32
		outcome    plugintest.Outcome
	}{
		"two of ten checks":            {`{}`, []ballottest.Member{{Word: "a", OK: 10}, {Word: "a", OK: 10}}, 0, 999_584, plugintest.OutcomeUpheld},
		"ten checks against one":       {`{"threshold_ppm": 907407}`, []ballottest.Member{{Word: "b", OK: 1}, {Word: "a", OK: 10}}, 0, 907_407, plugintest.OutcomeFraud},
		"that is all it is":            {`{"threshold_ppm": 907408}`, []ballottest.Member{{Word: "b", OK: 1}, {Word: "a", OK: 10}}, 1, 0, 0},
		"one of 19 is below .99":       {`{}`, []ballottest.Member{{Word: "a", OK: 19}}, 1, 0, 0},
		"one of 20 is not":             {`{}`, []ballottest.Member{{Word: "a", OK: 20}}, 0, 990_000, plugintest.OutcomeUpheld},
		"found wrong once":             {`{}`, []ballottest.Member{{Word: "a", OK: 20, Bad: 1}}, 3, 0, 0},
		"odds beyond all numbers":      {`{"f_ppm": 1}`, []ballottest.Member{{Word: "a", OK: 1<<32 - 1}, {Word: "a", OK: 1<<32 - 1}}, 0, 1_000_000, plugintest.OutcomeUpheld},
		"no credible one is to be had": {`{"f_ppm": 999999}`, []ballottest.Member{{Word: "a"}}, 0, 1, plugintest.OutcomeRefund},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newCredibility, tt.settings)
			got := plugintest.Mediate(t, h, ballottest.Case(tt.members...))
			if tt.more > 0 && (len(got) != tt.more || got[0].Kind != plugintest.ActionKindExecute) {
				t.Errorf("%+v, want %d runs", got, tt.more)
			}
			if a := got[0]; tt.more == 0 && (a.Kind != plugintest.ActionKindVerdict || a.Confidence != tt.confidence || a.Outcome != tt.outcome) {
				t.Errorf("%+v, want %s of %d", a, tt.outcome, tt.confidence)
			}
		})
	}
}

func TestCredibility_refusesSettings(t *testing.T) {
	for _, settings := range []string{`{"f_ppm": 0}`, `{"threshold_ppm": 1000000}`, `{"place": "moon"}`} {
		if _, err := plugintest.Make(t, newCredibility, settings); err == nil {
			t.Errorf("%s was accepted", settings)
		}
	}
}
