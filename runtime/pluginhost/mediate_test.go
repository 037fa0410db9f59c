package pluginhost_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// planning is a mediate plugin that always answers with these actions.
func planning(t *testing.T, actions []hostapi.Action) pluginhost.Source {
	t.Helper()
	out, err := hostapi.AppendActions(nil, hostapi.Minor, actions)
	if err != nil {
		t.Fatal(err)
	}
	return scripted("mediate", out)
}

func TestPlugin_Mediate_checksPlans(t *testing.T) {
	wait := hostapi.Action{Key: 1, Kind: hostapi.ActionKindWait, Until: 150, Place: hostapi.PlaceAny}
	execute := hostapi.Action{Key: 2, Kind: hostapi.ActionKindExecute, Until: 200, Place: hostapi.PlaceSameClass}
	compare := hostapi.Action{Key: 3, Kind: hostapi.ActionKindCompare, A: 1, B: 2, Place: hostapi.PlaceAny}
	verdict := hostapi.Action{Key: 4, Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeFraud, Place: hostapi.PlaceAny}
	but := func(a hostapi.Action, edit func(*hostapi.Action)) hostapi.Action { edit(&a); return a }
	var many []hostapi.Action
	for i := range uint32(65) {
		many = append(many, but(wait, func(a *hostapi.Action) { a.Key = 100 + i }))
	}
	for _, tc := range []struct {
		name  string
		plan  []hostapi.Action
		about string // empty: it is legal
	}{
		{"several actions", []hostapi.Action{wait, execute, compare}, ""},
		{"a verdict", []hostapi.Action{verdict}, ""},
		{"64 actions", many[:64], ""},
		{"key that was ordered", []hostapi.Action{but(execute, func(a *hostapi.Action) { a.Key = 9 })}, ""},
		{"nothing", nil, "0 actions"},
		{"65 actions", many, "65 actions"},
		{"a verdict among others", []hostapi.Action{verdict, wait}, "stands alone"},
		{"a verdict without outcome", []hostapi.Action{but(verdict, func(a *hostapi.Action) { a.Outcome = hostapi.OutcomeNone })}, "outcome none"},
		{"an outcome without verdict", []hostapi.Action{but(wait, func(a *hostapi.Action) { a.Outcome = hostapi.OutcomeLate })}, "outcome late"},
		{"wait until now", []hostapi.Action{but(wait, func(a *hostapi.Action) { a.Until = 100 })}, "after now"},
		{"wait beyond the deadline", []hostapi.Action{but(wait, func(a *hostapi.Action) { a.Until = 201 })}, "deadline"},
		{"execute without end", []hostapi.Action{but(execute, func(a *hostapi.Action) { a.Until = 0 })}, "execute until 0"},
		{"compare with itself", []hostapi.Action{but(compare, func(a *hostapi.Action) { a.B = 1 })}, "two results"},
		{"compare with a party", []hostapi.Action{but(compare, func(a *hostapi.Action) { a.A = 0 })}, "two results"},
		{"compare with nothing", []hostapi.Action{but(compare, func(a *hostapi.Action) { a.A = 99 })}, "two results"},
		{"draw", []hostapi.Action{but(wait, func(a *hostapi.Action) { a.Kind = hostapi.ActionKindDraw })}, "draw is not for mediation"},
		{"one key twice", []hostapi.Action{wait, but(execute, func(a *hostapi.Action) { a.Key = 1 })}, "key 1"},
		{"ordered key with another kind", []hostapi.Action{but(wait, func(a *hostapi.Action) { a.Key = 9 })}, "ordered as execute"},
		{"case that was not asked about", []hostapi.Action{but(wait, func(a *hostapi.Action) { a.Item = 1 })}, "case 1 of 1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p, _ := load(t, planning(t, tc.plan))
			c := hostapi.Case{Phase: hostapi.PhaseMediation, Now: 100, Deadline: 200, Events: []hostapi.Event{
				{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Re: hostapi.None}},
				{Result: &hostapi.Result{Status: hostapi.RunStatusSucceeded, Re: hostapi.None}},
				{Result: &hostapi.Result{Status: hostapi.RunStatusSucceeded, Re: hostapi.None}},
				{Ordered: &hostapi.Ordered{Key: 9, Kind: hostapi.ActionKindExecute, Re: hostapi.None}},
			}}
			got, err := p.Mediate(context.Background(), 100, []hostapi.Case{c})
			if tc.about != "" {
				wantRefusal(t, err, pluginhost.RuleOutput, tc.about)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([][]hostapi.Action{tc.plan}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPlugin_Mediate_refusesLongTranscript(t *testing.T) {
	p, kept := load(t, planning(t, nil))
	_, err := p.Mediate(context.Background(), 7, []hostapi.Case{{Events: make([]hostapi.Event, 4097)}})
	if err == nil || len(*kept) != 0 {
		t.Errorf("got %v after %d calls, want a refusal before any", err, len(*kept))
	}
}

// In review a draw is a creator's doubt: it calls the mediators.
func TestPlugin_Mediate_drawsInReviewAlone(t *testing.T) {
	draw := hostapi.Action{Key: 1, Kind: hostapi.ActionKindDraw, A: hostapi.None, B: hostapi.None}
	wait := hostapi.Action{Key: 2, Kind: hostapi.ActionKindWait, Until: 150, A: hostapi.None, B: hostapi.None}
	review := []hostapi.Case{{Phase: hostapi.PhaseReview, Now: 100, Deadline: 200}}
	p, _ := load(t, planning(t, []hostapi.Action{draw}))
	if got, err := p.Mediate(context.Background(), 100, review); err != nil || got[0][0].Kind != hostapi.ActionKindDraw {
		t.Errorf("got %v, %v; want the draw", got, err)
	}
	p, _ = load(t, planning(t, []hostapi.Action{draw, wait}))
	_, err := p.Mediate(context.Background(), 100, review)
	wantRefusal(t, err, pluginhost.RuleOutput, "stands alone")
}

// What a minor version does not have is an error of the scheme that asks for it.
func TestPlugin_Mediate_bisects(t *testing.T) {
	for name, tt := range map[string]struct {
		minor string
		a, b  uint32
		about string // empty: it is legal
	}{
		"two results":            {"1.1", 1, 2, ""},
		"what a challenger has":  {"1.1", 1, hostapi.None, ""},
		"a scheme of before":     {"1.0", 1, 2, "the manifest says 1.0"},
		"against itself":         {"1.1", 1, 1, "not two results"},
		"against a party":        {"1.1", 1, 0, "not two results"},
		"something with nothing": {"1.1", 0, hostapi.None, "not two results"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := []hostapi.Action{{Key: 1, Kind: hostapi.ActionKindBisect, A: tt.a, B: tt.b}}
			s := planning(t, plan)
			s.Manifest = bytes.Replace(s.Manifest, []byte(`"api":"1.0"`), []byte(`"api":"`+tt.minor+`"`), 1)
			p, _ := load(t, s)
			c := hostapi.Case{Phase: hostapi.PhaseReview, Now: 100, Deadline: 200, Events: []hostapi.Event{
				{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Re: hostapi.None}},
				{Result: &hostapi.Result{Status: hostapi.RunStatusSucceeded, Re: hostapi.None}},
				{Result: &hostapi.Result{Status: hostapi.RunStatusSucceeded, Re: hostapi.None}},
			}}
			got, err := p.Mediate(t.Context(), 100, []hostapi.Case{c})
			if tt.about != "" {
				wantRefusal(t, err, pluginhost.RuleOutput, tt.about)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([][]hostapi.Action{plan}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
