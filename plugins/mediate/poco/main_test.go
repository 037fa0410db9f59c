package main

import (
	"slices"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot/ballottest"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestPoco_Decide(t *testing.T) {
	const review = plugintest.PhaseReview
	trust := func(n int64) []plugintest.Param { return []plugintest.Param{{Key: "trust", Value: n}} }
	same := func(n int) []string { return slices.Repeat([]string{"a"}, n) }
	for name, tt := range map[string]struct {
		trial   plugintest.Trial
		outcome plugintest.Outcome
		reason  uint16
		runs    int
	}{
		// As many workers as the contract asks for (docs/schemes/poco.md).
		"trust 2":       {plugintest.Trial{Phase: review, Claim: "a", Params: trust(2)}, plugintest.OutcomeUpheld, ballot.Sure, 0},
		"trust 3":       {plugintest.Trial{Phase: review, Claim: "a", Runs: same(9), Params: trust(3)}, plugintest.OutcomeUpheld, ballot.Sure, 1},
		"trust 4":       {plugintest.Trial{Phase: review, Claim: "a", Runs: same(9), Params: trust(4)}, plugintest.OutcomeUpheld, ballot.Sure, 1},
		"trust 10":      {plugintest.Trial{Phase: review, Claim: "a", Runs: same(9)}, plugintest.OutcomeUpheld, ballot.Sure, 3},
		"trust 100":     {plugintest.Trial{Phase: review, Claim: "a", Runs: same(9), Params: trust(100)}, plugintest.OutcomeUpheld, ballot.Sure, 6},
		"trust 10000":   {plugintest.Trial{Phase: review, Claim: "a", Runs: same(19), Params: trust(10_000)}, plugintest.OutcomeUpheld, ballot.Sure, 13},
		"trust 1000000": {plugintest.Trial{Phase: review, Claim: "a", Runs: same(30), Params: trust(1_000_000), MaxRuns: 64}, plugintest.OutcomeUpheld, ballot.Sure, 19},

		"one dissents": {
			plugintest.Trial{Phase: review, Claim: "b", Runs: same(20), Params: trust(100)},
			plugintest.OutcomeFraud, ballot.Sure, 9,
		},
		"too few can be had":   {plugintest.Trial{Phase: review, Claim: "a", Runs: same(5), Params: trust(100), MaxRuns: 7}, plugintest.OutcomeRefund, ballot.Unsure, 7},
		"beyond all trust":     {plugintest.Trial{Phase: review, Claim: "a", Runs: same(20), Params: trust(1 << 62)}, plugintest.OutcomeRefund, ballot.Unsure, 16},
		"nothing to verify":    {plugintest.Trial{Phase: review, Runs: same(3)}, plugintest.OutcomeRefund, ballot.NoResult, 0},
		"a mediator runs once": {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: same(1)}, plugintest.OutcomeFraud, mediate.Disagreed, 1},
	} {
		t.Run(name, func(t *testing.T) {
			end := tt.trial.Play(t, plugintest.New(t, newPoco, `{}`))
			if a := end.Action; a.Kind != plugintest.ActionKindVerdict || a.Outcome != tt.outcome || a.Reason != tt.reason || end.Runs != tt.runs {
				t.Errorf("%+v after %d runs, want %s for reason %d after %d", a, end.Runs, tt.outcome, tt.reason, tt.runs)
			}
		})
	}
}

func TestPoco_Decide_weighsRecords(t *testing.T) {
	h := plugintest.New(t, newPoco, `{"trust": 100}`)
	for name, tt := range map[string]struct {
		members    []ballottest.Member
		more       int // 0: a verdict
		confidence uint32
	}{
		"score 299 weighs 98":               {[]ballottest.Member{{Word: "a", OK: 299}}, 1, 0},
		"score 300 weighs 99":               {[]ballottest.Member{{Word: "a", OK: 300}}, 1, 0},
		"score 303 weighs 100":              {[]ballottest.Member{{Word: "a", OK: 303}}, 0, 990_099},
		"a fault costs a third":             {[]ballottest.Member{{Word: "a", OK: 303, Bad: 1}}, 1, 0},
		"ten faults are a fresh start":      {[]ballottest.Member{{Word: "a", OK: 303, Bad: 10}}, 6, 0},
		"the heavier outvotes":              {[]ballottest.Member{{Word: "b"}, {Word: "a", OK: 900}, {Word: "a", OK: 30}}, 0, 998_886},
		"a score that no product overflows": {[]ballottest.Member{{Word: "a", OK: 1<<32 - 1}, {Word: "b", OK: 1<<32 - 1}, {Word: "a", OK: 1<<32 - 1}, {Word: "b", OK: 1<<32 - 1}}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := plugintest.Mediate(t, h, ballottest.Case(tt.members...))
			switch {
			case tt.more > 0 && (len(got) != tt.more || got[0].Kind != plugintest.ActionKindExecute):
				t.Errorf("%+v, want %d runs", got, tt.more)
			case tt.confidence > 0 && (got[0].Kind != plugintest.ActionKindVerdict || got[0].Confidence != tt.confidence):
				t.Errorf("%+v, want a verdict of %d", got, tt.confidence)
			case tt.more == 0 && tt.confidence == 0 && (got[0].Kind != plugintest.ActionKindVerdict || got[0].Outcome != plugintest.OutcomeRefund):
				t.Errorf("%+v, want to give up", got)
			}
		})
	}
}

func TestPoco_refusesSettings(t *testing.T) {
	for _, settings := range []string{`{"trust": 0}`, `{"place": "moon"}`} {
		if _, err := plugintest.Make(t, newPoco, settings); err == nil {
			t.Errorf("%s was accepted", settings)
		}
	}
}
