package main

import (
	"math"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func job(most uint64) plugintest.Job {
	return plugintest.Job{Engine: plugintest.EngineWasm, MaxPrice: most}
}

func score(t *testing.T, settings string, j plugintest.Job, offers ...plugintest.Offer) []plugintest.Score {
	t.Helper()
	h := plugintest.New(t, newFair, settings)
	return plugintest.Match(t, h, plugintest.MatchInput{Job: j, Offers: offers})
}

// Who gives each job to the best offer gives everyone its share.
func TestFair_Score_sharesByWeight(t *testing.T) {
	for name, tt := range map[string]struct {
		settings string
		want     []uint32
	}{
		"slots":   {`{}`, []uint32{10, 20, 70}},
		"gpus":    {`{"weight": "gpus"}`, []uint32{44, 44, 12}},
		"equally": {`{"weight": "equal"}`, []uint32{34, 33, 33}},
	} {
		t.Run(name, func(t *testing.T) {
			offers := []plugintest.Offer{{Slots: 1, GPUs: 4}, {Slots: 2, GPUs: 4}, {Slots: 7}}
			for range 100 {
				best := 0
				got := score(t, tt.settings, job(10), offers...)
				for i, s := range got {
					if s.Score > got[best].Score {
						best = i
					}
				}
				offers[best].RecentJobs++
			}
			for i, o := range offers {
				if d := int(o.RecentJobs) - int(tt.want[i]); d < -2 || d > 2 {
					t.Errorf("offer %d got %d jobs, want about %d", i, o.RecentJobs, tt.want[i])
				}
			}
		})
	}
}

func TestFair_Score_capsThePrice(t *testing.T) {
	for name, tt := range map[string]struct {
		settings string
		price    uint64
		refused  bool
	}{
		"at the cap":          {`{"price_cap_percent": 50}`, 50, false},
		"above the share":     {`{"price_cap_percent": 50}`, 51, true},
		"above the job's own": {`{"price_cap": 40}`, 41, true},
		"no cap":              {`{}`, 100, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := score(t, tt.settings, job(100), plugintest.Offer{Price: tt.price})
			if refused := got[0].Decision == plugintest.DecisionRefuse; refused != tt.refused {
				t.Errorf("%+v, want refused: %v", got[0], tt.refused)
			}
		})
	}
}

func TestFair_Score_extremes(t *testing.T) {
	worst := plugintest.Offer{RecentJobs: math.MaxUint32, Slashes: math.MaxUint32}
	got := score(t, `{"slash_penalty": 1000}`, job(math.MaxUint64), worst, plugintest.Offer{})
	if got[0].Score >= got[1].Score {
		t.Errorf("the worst offer has %d, a fresh one %d", got[0].Score, got[1].Score)
	}
}
