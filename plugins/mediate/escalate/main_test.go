package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot/ballottest"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestEscalate_Decide(t *testing.T) {
	const review = plugintest.PhaseReview
	for name, tt := range map[string]struct {
		trial   plugintest.Trial
		outcome plugintest.Outcome
		reason  uint16
		runs    int
	}{
		"one agrees":            {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a"}}, plugintest.OutcomeUpheld, ballot.Sure, 1},
		"two outvote a dissent": {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a", "a"}}, plugintest.OutcomeUpheld, ballot.Sure, 3},
		"three outvote a cheat": {plugintest.Trial{Phase: review, Claim: "b", Runs: []string{"a", "a", "a"}}, plugintest.OutcomeFraud, ballot.Sure, 3},
		"seven, five of eight":  {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a", "b", "b", "a", "a", "a"}}, plugintest.OutcomeUpheld, ballot.Sure, 7},
		"seven, against":        {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a", "b", "b", "b", "b", "a"}}, plugintest.OutcomeFraud, ballot.Sure, 7},
		"four of eight":         {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a", "b", "b", "b", "a", "a"}}, plugintest.OutcomeRefund, ballot.Unsure, 7},
		"one that is missing":   {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"", "a"}}, plugintest.OutcomeUpheld, ballot.Sure, 2},
		"too few can be had":    {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a"}, MaxRuns: 3}, plugintest.OutcomeRefund, ballot.Unsure, 3},
		"nothing to verify":     {plugintest.Trial{Phase: review}, plugintest.OutcomeRefund, ballot.NoResult, 0},
		"a mediator runs once":  {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}}, plugintest.OutcomeFraud, mediate.Disagreed, 1},
		"comparator ends dissent": {plugintest.Trial{
			Phase: review, Claim: "a", Runs: []string{"b"},
			Same: func(string, string) plugintest.Sameness { return plugintest.SamenessEqual },
		}, plugintest.OutcomeUpheld, ballot.Sure, 1},
	} {
		t.Run(name, func(t *testing.T) {
			end := tt.trial.Play(t, plugintest.New(t, newEscalate, `{}`))
			if a := end.Action; a.Kind != plugintest.ActionKindVerdict || a.Outcome != tt.outcome || a.Reason != tt.reason || end.Runs != tt.runs {
				t.Errorf("%+v after %d runs, want %s for reason %d after %d", a, end.Runs, tt.outcome, tt.reason, tt.runs)
			}
		})
	}
}

// An appeal pays for the runs that the next level has more, at 10 each.
func TestEscalate_Decide_appeals(t *testing.T) {
	h := plugintest.New(t, newEscalate, `{}`)
	for name, tt := range map[string]struct {
		paid []uint64
		more int // 0: a verdict
	}{
		"none":             {nil, 0},
		"too little":       {[]uint64{19}, 0},
		"one":              {[]uint64{20}, 2},
		"two":              {[]uint64{20, 40}, 6},
		"the second short": {[]uint64{20, 39}, 2},
		"no fourth level":  {[]uint64{20, 40, 1000}, 6},
	} {
		t.Run(name, func(t *testing.T) {
			c := ballottest.Case(ballottest.Member{Word: "a"}, ballottest.Member{Word: "a"})
			for _, paid := range tt.paid {
				c.Events = append(c.Events, plugintest.Event{Appeal: &plugintest.Appeal{At: 100, Who: 0, Re: plugintest.None, Paid: paid}})
			}
			got := plugintest.Mediate(t, h, c)
			if tt.more > 0 && (len(got) != tt.more || got[0].Kind != plugintest.ActionKindExecute) {
				t.Errorf("%+v, want %d runs", got, tt.more)
			}
			if tt.more == 0 && got[0].Outcome != plugintest.OutcomeUpheld {
				t.Errorf("%+v, want a verdict", got)
			}
		})
	}
}

func TestEscalate_refusesSettings(t *testing.T) {
	if _, err := plugintest.Make(t, newEscalate, `{"place": "moon"}`); err == nil {
		t.Error("a place that there is not was accepted")
	}
}
