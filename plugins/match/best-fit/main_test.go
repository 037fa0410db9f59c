package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestBestFit_Score(t *testing.T) {
	job := plugintest.Job{Engine: plugintest.EngineWasm, GPUs: 1, VRAM: 8000, CPU: 1000, RAM: 1000, MaxPrice: 100}
	small := plugintest.Offer{GPUs: 1, VRAM: 8000, CPU: 2000, RAM: 2000, Price: 100}
	large := plugintest.Offer{GPUs: 8, VRAM: 80000, CPU: 64000, RAM: 512000, Price: 1}
	for name, tt := range map[string]struct {
		settings      string
		better, worse plugintest.Offer
	}{
		"the smaller machine":              {`{}`, small, large},
		"price when it is all that counts": {`{"gpu": 0, "vram": 0, "cpu": 0, "ram": 0, "disk": 0, "price": 1}`, large, small},
		"an exact fit":                     {`{}`, plugintest.Offer{GPUs: 1, VRAM: 8000, CPU: 1000, RAM: 1000}, small},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newBestFit, tt.settings)
			got := plugintest.Match(t, h, plugintest.MatchInput{Job: job, Offers: []plugintest.Offer{tt.worse, tt.better}})
			if got[1].Score <= got[0].Score {
				t.Errorf("worse %+v, better %+v", got[0], got[1])
			}
		})
	}
}
