package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestHello_Score(t *testing.T) {
	got := plugintest.Match(t, hello{}, plugintest.MatchInput{
		Job:    plugintest.Job{Engine: plugintest.EngineWasm, MaxPrice: 10},
		Offers: []plugintest.Offer{{Price: 3}, {Price: 12}},
	})
	if got[0].Score != 7 || got[1].Score != -2 {
		t.Errorf("scores %+v", got)
	}
}
