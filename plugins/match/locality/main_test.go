package main

import (
	"math"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestLocality_Score(t *testing.T) {
	const lily = 1_000_000
	for name, tt := range map[string]struct {
		settings      string
		better, worse plugintest.Offer
	}{
		"the cheaper of two strangers": {`{}`, plugintest.Offer{Price: 1}, plugintest.Offer{Price: 2}},
		"inputs worth the price":       {`{"gigabyte": 1000000}`, plugintest.Offer{Price: 3 * lily, InputsHere: 2_000_001_000}, plugintest.Offer{Price: lily}},
		"inputs not worth the price":   {`{"gigabyte": 1000000}`, plugintest.Offer{Price: lily}, plugintest.Offer{Price: 3 * lily, InputsHere: 1_999_999_999}},
		"a warm module":                {`{"warm": 10}`, plugintest.Offer{Price: 9, ModuleHere: true}, plugintest.Offer{}},
		"a warm module that is dear":   {`{"warm": 10}`, plugintest.Offer{}, plugintest.Offer{Price: 11, ModuleHere: true}},
		"extremes":                     {`{"gigabyte": 1000000000000}`, plugintest.Offer{InputsHere: math.MaxUint64}, plugintest.Offer{Price: math.MaxUint64}},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newLocality, tt.settings)
			j := plugintest.Job{Engine: plugintest.EngineWasm}
			got := plugintest.Match(t, h, plugintest.MatchInput{Job: j, Offers: []plugintest.Offer{tt.worse, tt.better}})
			if got[1].Score <= got[0].Score {
				t.Errorf("worse %d, better %d", got[0].Score, got[1].Score)
			}
		})
	}
}
