package main

import (
	"encoding/binary"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot/ballottest"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestAdaptive_Decide(t *testing.T) {
	const review = plugintest.PhaseReview
	for name, tt := range map[string]struct {
		trial   plugintest.Trial
		outcome plugintest.Outcome
		reason  uint16
		runs    int
	}{
		"a stranger is checked": {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a"}}, plugintest.OutcomeUpheld, ballot.Sure, 1},
		"a third decides":       {plugintest.Trial{Phase: review, Claim: "b", Runs: []string{"a", "a"}}, plugintest.OutcomeFraud, ballot.Sure, 2},
		"five opinions":         {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "c", "d", "e", "a"}}, plugintest.OutcomeRefund, ballot.Unsure, 4},
		"nothing to verify":     {plugintest.Trial{Phase: review}, plugintest.OutcomeRefund, ballot.NoResult, 0},
		"a mediator runs once":  {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}}, plugintest.OutcomeFraud, mediate.Disagreed, 1},
	} {
		t.Run(name, func(t *testing.T) {
			end := tt.trial.Play(t, plugintest.New(t, newAdaptive, `{}`))
			if a := end.Action; a.Kind != plugintest.ActionKindVerdict || a.Outcome != tt.outcome || a.Reason != tt.reason || end.Runs != tt.runs {
				t.Errorf("%+v after %d runs, want %s for reason %d after %d", a, end.Runs, tt.outcome, tt.reason, tt.runs)
			}
		})
	}
}

// Out of 1000 cases so many are checked: all, or 1000/valid give or take five
// standard deviations.
func TestAdaptive_Decide_checksByRecord(t *testing.T) {
	const cases = 1000
	for name, tt := range map[string]struct {
		provider  ballottest.Member
		settings  string
		low, high int
	}{
		"9 valid":            {ballottest.Member{Word: "a", OK: 9}, `{}`, cases, cases},
		"10 valid":           {ballottest.Member{Word: "a", OK: 10}, `{}`, 53, 147},
		"100 valid":          {ballottest.Member{Word: "a", OK: 100}, `{}`, 1, 26},
		"100 valid, 1 wrong": {ballottest.Member{Word: "a", OK: 100, Bad: 1}, `{}`, cases, cases},
		"100 of 200 valid":   {ballottest.Member{Word: "a", OK: 100}, `{"always": 200}`, cases, cases},
		"trust from none":    {ballottest.Member{Word: "a", OK: 0}, `{"always": 0}`, cases, cases},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newAdaptive, tt.settings)
			checked := 0
			for i := range cases {
				c := ballottest.Case(tt.provider)
				var seed plugintest.Bytes32
				binary.BigEndian.PutUint64(seed[24:], uint64(i))
				c.Seed = plugintest.Some(seed)
				a := plugintest.Mediate(t, h, c)[0]
				switch {
				case a.Kind == plugintest.ActionKindExecute:
					checked++
				case a.Outcome != plugintest.OutcomeUpheld || a.Reason != trusted || a.Arg0 != uint64(tt.provider.OK):
					t.Fatalf("%+v", a)
				}
			}
			if checked < tt.low || checked > tt.high {
				t.Errorf("%d of %d were checked, want %d to %d", checked, cases, tt.low, tt.high)
			}
		})
	}
}

// Without a seed the case's name decides, and a salt changes what it says.
func TestAdaptive_Decide_salt(t *testing.T) {
	h, salted := plugintest.New(t, newAdaptive, `{}`), plugintest.New(t, newAdaptive, `{"salt": 7}`)
	differ := 0
	for i := range 200 {
		c := ballottest.Case(ballottest.Member{Word: "a", OK: 10})
		c.ID = plugintest.Bytes32{byte(i)}
		if plugintest.Mediate(t, h, c)[0].Kind != plugintest.Mediate(t, salted, c)[0].Kind {
			differ++
		}
	}
	if differ < 10 {
		t.Errorf("%d of 200 cases differ", differ)
	}
}

func TestAdaptive_refusesSettings(t *testing.T) {
	for _, settings := range []string{`{"agree": 3, "runs": 2}`, `{"agree": 1}`, `{"place": "moon"}`} {
		if _, err := plugintest.Make(t, newAdaptive, settings); err == nil {
			t.Errorf("%s was accepted", settings)
		}
	}
}
