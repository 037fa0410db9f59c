package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestAudit_Decide(t *testing.T) {
	h := plugintest.New(t, func(mediate.Settings) (mediate.Hook, error) { return audit{}, nil }, `{}`)
	seed := func(last ...byte) plugintest.Opt[plugintest.Bytes32] {
		var b plugintest.Bytes32
		copy(b[32-len(last):], last)
		return plugintest.Some(b)
	}
	review := plugintest.Trial{Phase: plugintest.PhaseReview, Claim: "a", AuditRate: 100}
	with := func(change func(*plugintest.Trial)) plugintest.Trial {
		x := review
		change(&x)
		return x
	}
	for name, tt := range map[string]struct {
		trial  plugintest.Trial
		want   plugintest.Action
		reason uint16
	}{
		"the coin says 99 of 100": {
			with(func(x *plugintest.Trial) { x.Seed = seed(99) }),
			plugintest.Action{Kind: plugintest.ActionKindDraw},
			audited,
		},
		"the coin says 100 of 100": {
			with(func(x *plugintest.Trial) { x.Seed = seed(100) }),
			plugintest.Action{Kind: plugintest.ActionKindVerdict, Outcome: plugintest.OutcomeUpheld},
			spared,
		},
		"the coin counts modulo 10000": {with(func(x *plugintest.Trial) { x.Seed = seed(1, 0x27, 0x10) }), // 75536
			plugintest.Action{Kind: plugintest.ActionKindVerdict, Outcome: plugintest.OutcomeUpheld}, spared},
		"always": {
			with(func(x *plugintest.Trial) { x.Seed, x.AuditRate = seed(0x27, 0x0f), 10000 }),
			plugintest.Action{Kind: plugintest.ActionKindDraw},
			audited,
		},
		"never, without a coin": {
			with(func(x *plugintest.Trial) { x.AuditRate = 0 }),
			plugintest.Action{Kind: plugintest.ActionKindVerdict, Outcome: plugintest.OutcomeUpheld},
			spared,
		},
		"no coin until the deadline": {
			review,
			plugintest.Action{Kind: plugintest.ActionKindVerdict, Outcome: plugintest.OutcomeRefund},
			noResult,
		},
		"a mediator finds fraud": {
			plugintest.Trial{Phase: plugintest.PhaseMediation, Claim: "b", Runs: []string{"a"}},
			plugintest.Action{Kind: plugintest.ActionKindVerdict, Outcome: plugintest.OutcomeFraud},
			mediate.Disagreed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := tt.trial.Play(t, h).Action
			if got.Kind != tt.want.Kind || got.Outcome != tt.want.Outcome || got.Reason != tt.reason {
				t.Errorf("%+v, want %+v for reason %d", got, tt.want, tt.reason)
			}
		})
	}
}
