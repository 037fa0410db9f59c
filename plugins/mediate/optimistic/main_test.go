package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestOptimistic_Decide(t *testing.T) {
	h := plugintest.New(t, func(mediate.Settings) (mediate.Hook, error) { return optimistic{}, nil }, `{}`)
	for name, tt := range map[string]struct {
		trial   plugintest.Trial
		outcome plugintest.Outcome
		reason  uint16
	}{
		"believes":             {plugintest.Trial{Phase: plugintest.PhaseReview, Claim: "wrong"}, plugintest.OutcomeUpheld, believed},
		"nothing to believe":   {plugintest.Trial{Phase: plugintest.PhaseReview}, plugintest.OutcomeRefund, noResult},
		"mediator agrees":      {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "a", Runs: []string{"a"}}, plugintest.OutcomeUpheld, mediate.Agreed},
		"mediator disagrees":   {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}}, plugintest.OutcomeFraud, mediate.Disagreed},
		"mediator tries twice": {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "a", Runs: []string{"", "a"}}, plugintest.OutcomeUpheld, mediate.Agreed},
		"mediator cannot run":  {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "a", MaxRuns: 2}, plugintest.OutcomeRefund, mediate.NoRun},
		"result is withheld":   {plugintest.Trial{Phase: plugintest.PhaseMediation, Runs: []string{"a"}}, plugintest.OutcomeFraud, mediate.Withheld},
		"result came late":     {plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "a", ClaimAt: 101, Runs: []string{"a"}}, plugintest.OutcomeLate, mediate.Agreed},
		"comparator finds them equal": {plugintest.Trial{
			Phase: plugintest.PhaseMediation, Claim: "a", Runs: []string{"b"},
			Same: func(string, string) plugintest.Sameness { return plugintest.SamenessEqual },
		}, plugintest.OutcomeUpheld, mediate.Agreed},
		"comparator cannot tell": {plugintest.Trial{
			Phase: plugintest.PhaseMediation, Claim: "a", Runs: []string{"b"},
			Same: func(string, string) plugintest.Sameness { return plugintest.SamenessIncomparable },
		}, plugintest.OutcomeRefund, mediate.Incomparable},
	} {
		t.Run(name, func(t *testing.T) {
			got := tt.trial.Play(t, h).Action
			if got.Kind != plugintest.ActionKindVerdict || got.Outcome != tt.outcome || got.Reason != tt.reason {
				t.Errorf("%+v, want %s for reason %d", got, tt.outcome, tt.reason)
			}
		})
	}
}
