package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

const (
	review    = plugintest.PhaseReview
	mediation = plugintest.PhaseMediation
)

// steps is a game in which words beginning with x are wrong, the claim first.
// What a challenger shows is there for them alone.
func steps(claim, other string) plugintest.Standing {
	switch {
	case claim[0] == 'x':
		return plugintest.StandingProvider
	case other != "" && other[0] == 'x':
		return plugintest.StandingReplica
	}
	return 0
}

func TestBisect_Decide(t *testing.T) {
	same := func(s plugintest.Sameness) func(string, string) plugintest.Sameness {
		return func(string, string) plugintest.Sameness { return s }
	}
	for name, tt := range map[string]struct {
		trial  plugintest.Trial
		kind   plugintest.ActionKind // 0: a verdict
		out    plugintest.Outcome
		reason uint16
		runs   int
		games  int
	}{
		"a second run gives the same": {trial: plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"a"}, Bisect: steps}, out: plugintest.OutcomeUpheld, reason: alike, runs: 1},
		"the comparator joins":        {trial: plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"b"}, Same: same(plugintest.SamenessEqual)}, out: plugintest.OutcomeUpheld, reason: alike, runs: 1},
		"the claim is wrong":          {trial: plugintest.Trial{Phase: review, Claim: "x", Runs: []string{"a"}, Bisect: steps}, out: plugintest.OutcomeFraud, reason: claimWrong, runs: 1, games: 1},
		"the other is wrong":          {trial: plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"x"}, Bisect: steps}, out: plugintest.OutcomeUpheld, reason: replicaWrong, runs: 1, games: 1},
		"no module of steps":          {trial: plugintest.Trial{Phase: review, Claim: "x", Runs: []string{"a"}}, kind: plugintest.ActionKindDraw, reason: nobodyWrong, runs: 1, games: 1},
		"not comparable, but stepped": {trial: plugintest.Trial{Phase: review, Claim: "x", Runs: []string{"a"}, Same: same(plugintest.SamenessIncomparable), Bisect: steps}, out: plugintest.OutcomeFraud, reason: claimWrong, runs: 1, games: 1},
		"a missing run is replaced":   {trial: plugintest.Trial{Phase: review, Claim: "a", Runs: []string{"", "", "a"}}, out: plugintest.OutcomeUpheld, reason: alike, runs: 3},
		"no run can be had":           {trial: plugintest.Trial{Phase: review, Claim: "a", MaxRuns: 3}, kind: plugintest.ActionKindDraw, reason: noReplica, runs: 3},
		"nothing to verify":           {trial: plugintest.Trial{Phase: review}, out: plugintest.OutcomeRefund, reason: noResult},

		"a proof is enough for a mediator": {trial: plugintest.Trial{Phase: mediation, Claim: "x", Bisect: steps}, out: plugintest.OutcomeFraud, reason: claimWrong, games: 1},
		"without one it runs the job":      {trial: plugintest.Trial{Phase: mediation, Claim: "a", Runs: []string{"a"}, Bisect: steps}, out: plugintest.OutcomeUpheld, reason: mediate.Agreed, runs: 1, games: 1},
		"and finds a cheat":                {trial: plugintest.Trial{Phase: mediation, Claim: "b", Runs: []string{"a"}}, out: plugintest.OutcomeFraud, reason: mediate.Disagreed, runs: 1, games: 1},
		"a result that is late":            {trial: plugintest.Trial{Phase: mediation, Claim: "a", ClaimAt: 101, Runs: []string{"a"}}, out: plugintest.OutcomeLate, reason: mediate.Agreed, runs: 1, games: 1},
		"a result that is withheld":        {trial: plugintest.Trial{Phase: mediation, Runs: []string{"a"}}, out: plugintest.OutcomeFraud, reason: mediate.Withheld, runs: 1},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.kind == 0 {
				tt.kind = plugintest.ActionKindVerdict
			}
			end := tt.trial.Play(t, plugintest.New(t, newBisect, `{}`))
			if a := end.Action; a.Kind != tt.kind || a.Outcome != tt.out || a.Reason != tt.reason || end.Runs != tt.runs || games(end.Events) != tt.games {
				t.Errorf("%+v after %d runs and %d games, want %s %s for reason %d after %d and %d", a, end.Runs, games(end.Events), tt.kind, tt.out, tt.reason, tt.runs, tt.games)
			}
		})
	}
}

func games(events []plugintest.Event) (n int) {
	for _, e := range events {
		if e.Ordered != nil && e.Ordered.Kind == plugintest.ActionKindBisect {
			n++
		}
	}
	return n
}

// A game goes on for many events; until it ends nothing else is asked for, and
// at the deadline there is doubt.
func TestBisect_Decide_waitsForTheGame(t *testing.T) {
	h := plugintest.New(t, newBisect, `{}`)
	c := plugintest.Case{
		Phase: review, Now: 10, Deadline: 100, MaxRuns: 5,
		Events: []plugintest.Event{
			{Party: &plugintest.Party{Who: 0, Re: plugintest.None, Standing: plugintest.StandingProvider}},
			{Result: &plugintest.Result{Who: 0, Re: plugintest.None, Content: plugintest.Bytes32{1}, Status: plugintest.RunStatusSucceeded}},
		},
	}
	do := func() plugintest.Action {
		t.Helper()
		got := plugintest.Mediate(t, h, c)
		if len(got) != 1 {
			t.Fatalf("%+v, want one action", got)
		}
		return got[0]
	}
	order := func(a plugintest.Action, who uint32) uint32 {
		c.Events = append(c.Events, plugintest.Event{Ordered: &plugintest.Ordered{Who: who, Re: plugintest.None, Key: a.Key, Kind: a.Kind}})
		return uint32(len(c.Events) - 1)
	}
	run := do()
	if run.Kind != plugintest.ActionKindExecute || run.Place != plugintest.PlaceOtherOwner {
		t.Fatalf("%+v, want a run at another operator", run)
	}
	c.Events = append(c.Events, plugintest.Event{Party: &plugintest.Party{Who: 2, Re: plugintest.None, Standing: plugintest.StandingReplica}})
	c.Events = append(c.Events, plugintest.Event{Result: &plugintest.Result{Who: 2, Re: order(run, 2), Content: plugintest.Bytes32{2}, Status: plugintest.RunStatusSucceeded}})
	cmp := do()
	c.Events = append(c.Events, plugintest.Event{Compared: &plugintest.Compared{
		Who: plugintest.None, Re: order(cmp, plugintest.None), A: cmp.A, B: cmp.B, Key: cmp.Key, Sameness: plugintest.SamenessDifferent,
	}})
	game := do()
	if game.Kind != plugintest.ActionKindBisect || game.A != 1 || game.B != 4 {
		t.Fatalf("%+v, want to bisect 1 and 4", game)
	}
	re := order(game, 2)
	c.Events = append(c.Events,
		plugintest.Event{Commit: &plugintest.Commit{Who: 0, Re: re, Steps: 9}},
		plugintest.Event{Open: &plugintest.Open{Who: 0, Re: re, Level: 6, Child: 3}})
	if a := do(); a.Kind != plugintest.ActionKindWait {
		t.Errorf("%+v, want to wait", a)
	}
	c.Now = c.Deadline
	if a := do(); a.Kind != plugintest.ActionKindDraw || a.Reason != nobodyWrong {
		t.Errorf("at the deadline %+v, want doubt", a)
	}
}

func TestBisect_refusesSettings(t *testing.T) {
	if _, err := plugintest.Make(t, newBisect, `{"place": "any"}`); err == nil {
		t.Error("a second run at the same operator was accepted")
	}
}
