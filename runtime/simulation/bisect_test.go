package simulation_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// A game names a party that is wrong, eight blocks after it was ordered; what
// a review has found is enough for the mediators, who then run no job.
func TestRun_playsGames(t *testing.T) {
	s := parse(t, `{scheme: {name: bisect}, jobs: 2000, seed: 3, providers: [{kind: honest, count: 60}, {kind: cheat, count: 30, rate: 0.5}]}`)
	var mu sync.Mutex
	seen := map[string]int{}
	r, err := simulation.Run(t.Context(), s, scheme(t, "bisect", nil), simulation.Options{Trace: func(_ int, c hostapi.Case, _ cases.Decision) {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range c.Events {
			switch {
			case e.Segment != nil:
				wrong := c.Events[e.Segment.Who].Party
				took := e.Segment.At - c.Events[e.Segment.Re].Ordered.At
				seen[fmt.Sprintf("%s: %s after %d s", c.Phase, wrong.Standing, took)]++
				for _, f := range c.Events {
					if f.Result != nil && f.Result.Who == e.Segment.Who && f.Result.Content[0] == 1 {
						t.Errorf("case %s: %s is shown wrong, and is right", c.ID, wrong.Standing)
					}
				}
			case e.Missing != nil:
				seen[c.Phase.String()+": nothing"]++
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"review: provider after 96 s", "review: replica after 96 s", "mediation: provider after 12 s"} {
		if seen[want] == 0 {
			t.Errorf("no %s", want)
		}
	}
	if len(seen) != 3 {
		t.Errorf("%v, want those three alone", seen)
	}
	for figure, most := range map[string]float64{"results_per_job": 2, "false_accusations": 0} {
		if e, err := r.Figure(figure); err != nil || e.Value > most {
			t.Errorf("%s is %g, want at most %g: %v", figure, e.Value, most, err)
		}
	}
}
