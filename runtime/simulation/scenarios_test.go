package simulation_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation"
	"github.com/lilypad-network/lilypad/runtime/simulation/report"
)

// Against each adversary, whoever checks nothing makes it rich, some scheme of
// the sweep leaves it a loss, and the report says which is the cheapest. All
// but one need -all (make test-figures); that they fit is seen each time.
func TestAgainst_namesWhatDeters(t *testing.T) {
	if testing.Short() {
		t.Skip("loads every scheme")
	}
	for _, adversary := range simulation.Adversaries() {
		if adversary == "split" {
			continue // a study of one scheme
		}
		t.Run(adversary, func(t *testing.T) {
			var swept []report.Point
			unchecked, sweep := 0, points(t, adversary)
			if !*all && adversary != "cheat" {
				return
			}
			for _, p := range sweep {
				s := p.Scenario
				s.Jobs = min(s.Jobs, 2000)
				r := simulate(t, s)
				set := map[string]string{}
				for _, v := range p.Set {
					set[v.Key] = v.Text()
				}
				swept = append(swept, report.Point{Set: set, Result: r})
				if s.Deals.AuditBPS > 0 || s.Rule.Name != "optimistic" && s.Rule.Name != "audit" {
					continue
				}
				unchecked++
				if gain := cheats(t, r); gain.Low <= 0 {
					t.Errorf("%v: the cheat gains %g to %g where nobody checks", set, gain.Low, gain.High)
				}
			}
			if unchecked == 0 {
				t.Error("there is no scheme that checks nothing to compare with")
			}
			var page bytes.Buffer
			if err := report.Write(&page, adversary, swept); err != nil || !strings.Contains(page.String(), "The cheapest scheme that deters is ") {
				t.Errorf("the report names none that deters: %v", err)
			}
		})
	}
}

// The figures of ADR 22, to seven parts in a hundred: how often no word is said
// twice, and how often to audit so that cheating does not pay. All but one need
// -all.
func TestAgainst_split(t *testing.T) {
	if testing.Short() {
		t.Skip("loads a scheme")
	}
	list := points(t, "split")
	for i, want := range map[int]struct{ none, audit float64 }{
		4:  {0.094, 0.158},
		5:  {0, 0.152},
		9:  {0, 0.210},
		10: {0.51, 0.422},
	} {
		if !*all && i < 10 {
			continue
		}
		s := list[i].Scenario
		s.Jobs, s.Deals.AuditBPS = 16_000, 5000
		r := simulate(t, s)
		for name, value := range map[string]float64{"no_verdict": want.none, "least_audit": want.audit} {
			if e, err := r.Figure(name); err != nil || e.Value < 0.93*value || e.Value > 1.07*value {
				t.Errorf("%v: %s is %g, want %g (%v)", list[i].Set, name, e.Value, value, err)
			}
		}
	}
}

func TestAgainst_refusesWhatIsNotThere(t *testing.T) {
	if _, err := simulation.Against("../scenario"); lilypad.CodeOf(err) != lilypad.NotFound || !strings.Contains(lilypad.RemedyOf(err), "colluder") {
		t.Errorf("%v (try: %s)", err, lilypad.RemedyOf(err))
	}
}

func points(t *testing.T, adversary string) []simulation.Point {
	t.Helper()
	text, err := simulation.Against(adversary)
	if err != nil {
		t.Fatal(err)
	}
	points, err := simulation.Points(text)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

func simulate(t *testing.T, s *simulation.Scenario) *simulation.Result {
	t.Helper()
	r, err := simulation.Run(t.Context(), s, scheme(t, s.Rule.Name, s.Rule.Settings), simulation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// cheats is the profit of those who cheat.
func cheats(t *testing.T, r *simulation.Result) simulation.Estimate {
	t.Helper()
	i := slices.IndexFunc(r.Providers, func(k simulation.KindResult) bool {
		return !slices.Contains([]string{simulation.Honest, simulation.Faulty, simulation.Unavailable}, k.Kind)
	})
	if i < 0 {
		t.Fatal("nobody cheats")
	}
	gain, ok := simulation.Find(r.Providers[i].Estimates, "profit")
	if !ok {
		t.Fatal("no profit")
	}
	return gain
}
