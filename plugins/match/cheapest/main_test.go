package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestCheapest_Score(t *testing.T) {
	job := plugintest.Job{Engine: plugintest.EngineWasm, Region: plugintest.Some("eu")}
	for name, tt := range map[string]struct {
		settings string
		better   plugintest.Offer
		worse    plugintest.Offer
	}{
		"lower price": {`{}`, plugintest.Offer{Price: 3}, plugintest.Offer{Price: 4}},
		"region is worth its bonus": {
			`{"region_bonus": 2}`,
			plugintest.Offer{Price: 4, Region: plugintest.Some("eu")},
			plugintest.Offer{Price: 3},
		},
		"region is worth no more": {
			`{"region_bonus": 2}`,
			plugintest.Offer{Price: 3},
			plugintest.Offer{Price: 6, Region: plugintest.Some("eu")},
		},
		"highest price there is": {`{}`, plugintest.Offer{Price: 1<<62 - 1}, plugintest.Offer{Price: 1 << 62}},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newCheapest, tt.settings)
			got := plugintest.Match(t, h, plugintest.MatchInput{Job: job, Offers: []plugintest.Offer{tt.worse, tt.better}})
			if got[0].Decision != plugintest.DecisionRank || got[1].Score <= got[0].Score {
				t.Errorf("worse %+v, better %+v", got[0], got[1])
			}
		})
	}
}

func TestCheapest_Score_refusesUnreliable(t *testing.T) {
	h := plugintest.New(t, newCheapest, `{"max_failures_ppm": 100000, "after_jobs": 10}`)
	got := plugintest.Match(t, h, plugintest.MatchInput{
		Job: plugintest.Job{Engine: plugintest.EngineWasm},
		Offers: []plugintest.Offer{
			{JobsOk: 9, JobsFailed: 1}, // exactly a tenth
			{JobsOk: 8, JobsFailed: 2},
			{JobsFailed: 9}, // too young to judge
		},
	})
	want := []plugintest.Score{
		{Decision: plugintest.DecisionRank},
		{Decision: plugintest.DecisionRefuse, Reason: unreliable, Arg0: 200000, Arg1: 100000},
		{Decision: plugintest.DecisionRank},
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("offer %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}
