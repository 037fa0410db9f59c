package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestReplicate_Decide(t *testing.T) {
	equal := func(string, string) plugintest.Sameness { return plugintest.SamenessEqual }
	deal := func(runs, agree int64) []plugintest.Param {
		return []plugintest.Param{{Key: "agree", Value: agree}, {Key: "runs", Value: runs}}
	}
	const review = plugintest.PhaseReview
	for name, tt := range map[string]struct {
		trial   plugintest.Trial
		outcome plugintest.Outcome
		reason  uint16
		runs    int
	}{
		"two agree at once":       {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a"}}, plugintest.OutcomeUpheld, quorum, 1},
		"a third decides for":     {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a"}}, plugintest.OutcomeUpheld, quorum, 2},
		"a third decides against": {plugintest.Trial{Phase: review, Claim: "b", Runs: []string{"a", "a"}}, plugintest.OutcomeFraud, quorum, 2},
		"three opinions":          {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "c"}}, plugintest.OutcomeRefund, noQuorum, 2},
		"the comparator joins":    {plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b"}, Same: equal}, plugintest.OutcomeUpheld, quorum, 1},
		"a missing run is replaced": {
			plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"", "a"}},
			plugintest.OutcomeUpheld, quorum, 2,
		},
		"no run can be had": {plugintest.Trial{Phase: review, Claim: "a", MaxRuns: 3}, plugintest.OutcomeRefund, noQuorum, 3},
		"the deal's own limits": {
			plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b", "a", "b", "a"}, Params: deal(5, 3)},
			plugintest.OutcomeUpheld, quorum, 4,
		},
		"one is enough":        {plugintest.Trial{Phase: review, Claim: "a", Params: deal(3, 1)}, plugintest.OutcomeUpheld, quorum, 0},
		"nothing to verify":    {plugintest.Trial{Phase: review, Runs: []string{"a"}}, plugintest.OutcomeRefund, noResult, 0},
		"a mediator runs once": {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}}, plugintest.OutcomeFraud, mediate.Disagreed, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newReplicate, `{}`)
			end := tt.trial.Play(t, h)
			if a := end.Action; a.Kind != plugintest.ActionKindVerdict || a.Outcome != tt.outcome || a.Reason != tt.reason || end.Runs != tt.runs {
				t.Errorf("%+v after %d runs, want %s for reason %d after %d", a, end.Runs, tt.outcome, tt.reason, tt.runs)
			}
		})
	}
}

func TestReplicate_Decide_placesRuns(t *testing.T) {
	for setting, want := range map[string]plugintest.Place{
		"any": plugintest.PlaceAny, "same_class": plugintest.PlaceSameClass, "other_owner": plugintest.PlaceOtherOwner,
	} {
		h := plugintest.New(t, newReplicate, `{"agree": 3, "place": "`+setting+`"}`)
		got := plugintest.Mediate(t, h, plugintest.Case{
			Phase: plugintest.PhaseReview, Deadline: 10, MaxRuns: 5,
			Events: []plugintest.Event{
				{Party: &plugintest.Party{Re: plugintest.None, Standing: plugintest.StandingProvider}},
				{Result: &plugintest.Result{Re: plugintest.None, Status: plugintest.RunStatusSucceeded}},
			},
		})
		if len(got) != 2 || got[0].Kind != plugintest.ActionKindExecute || got[0].Place != want || got[0].Key == got[1].Key {
			t.Errorf("%s: %+v", setting, got)
		}
	}
}

func TestReplicate_refusesSettings(t *testing.T) {
	for _, settings := range []string{`{"runs": 1, "agree": 2}`, `{"agree": 0}`, `{"place": "moon"}`} {
		if _, err := plugintest.Make(t, newReplicate, settings); err == nil {
			t.Errorf("%s was accepted", settings)
		}
	}
}
