package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestJackpot_Decide(t *testing.T) {
	const (
		review = plugintest.PhaseReview
		always = `{"forced_bps": 10000, "jackpot": 1000}`
		never  = `{"forced_bps": 0}`
	)
	verdict := func(o plugintest.Outcome, reason uint16, arg0, arg1 uint64) plugintest.Action {
		return plugintest.Action{Kind: plugintest.ActionKindVerdict, Outcome: o, Reason: reason, Arg0: arg0, Arg1: arg1}
	}
	draw := func(k uint64) plugintest.Action {
		return plugintest.Action{Kind: plugintest.ActionKindDraw, Reason: challenged, Arg0: k}
	}
	upheld, refund, fraud := plugintest.OutcomeUpheld, plugintest.OutcomeRefund, plugintest.OutcomeFraud
	for name, tt := range map[string]struct {
		settings string
		trial    plugintest.Trial
		want     plugintest.Action
		runs     int
	}{
		"nobody objects":        {never, plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a", "a", "a"}}, verdict(upheld, unopposed, 3, 0), 3},
		"nobody looks":          {never, plugintest.Trial{Phase: review, Claim: "b"}, verdict(upheld, unopposed, 0, 0), 3},
		"one objects":           {never, plugintest.Trial{Phase: review, Claim: "b", Runs: []string{"a", "b"}}, draw(1), 3},
		"three share a quarter": {always, plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a", "a", "a"}}, verdict(upheld, forced, 3, 250), 3},
		"two share a half":      {always, plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a", "", "a"}}, verdict(upheld, forced, 2, 500), 3},
		"one has it all":        {always, plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"", "a"}}, verdict(upheld, forced, 1, 1000), 3},
		"forced and unnoticed":  {always, plugintest.Trial{Phase: review, Claim: "a"}, verdict(refund, unnoticed, 0, 0), 3},
		"forced, and wrong too": {always, plugintest.Trial{Phase: review, Claim: "b", Runs: []string{"a", "a"}}, draw(2), 3},
		"nothing to verify":     {never, plugintest.Trial{Phase: review}, verdict(refund, ballot.NoResult, 0, 0), 0},
		"a mediator runs once": {
			never,
			plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}},
			verdict(fraud, mediate.Disagreed, 7, 0), 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			end := tt.trial.Play(t, plugintest.New(t, newJackpot, tt.settings))
			got := end.Action
			got.Key, got.Item, got.Confidence, got.Until = 0, 0, 0, 0
			if got != tt.want || end.Runs != tt.runs {
				t.Errorf("%+v after %d runs, want %+v after %d", got, end.Runs, tt.want, tt.runs)
			}
		})
	}
}

// Of 1000 cases, 1000 of 10000 are forced: 100, give or take five standard
// deviations.
func TestJackpot_Decide_forcesByTheCoin(t *testing.T) {
	h := plugintest.New(t, newJackpot, `{"forced_bps": 1000, "challengers": 1}`)
	n := 0
	for i := range 1000 {
		trial := plugintest.Trial{
			Phase: plugintest.PhaseReview, Claim: "a", Runs: []string{"a"},
			Seed: plugintest.Some(plugintest.Bytes32{30: byte(i >> 8), 31: byte(i)}),
		}
		if trial.Play(t, h).Action.Reason == forced {
			n++
		}
	}
	if n < 53 || n > 147 {
		t.Errorf("%d of 1000 cases were forced", n)
	}
}
