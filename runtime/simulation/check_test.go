package simulation_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/simulation"
	"github.com/lilypad-network/lilypad/runtime/simulation/theory"
)

var all = flag.Bool("all", false, "check all published figures, not only those that take few jobs")

// fewJobs are checked each time.
const fewJobs = 20_000

// The published figures hold. Each is a file that names its source; those that
// take many jobs need -all (make test-figures).
func TestCheck_publishedFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("loads every scheme")
	}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no figures", err)
	}
	tried := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := simulation.ParseCheck(text)
		if err != nil {
			t.Fatal(file, err)
		}
		if c.Source == "" {
			t.Errorf("%s does not say where its figures are from", file)
		}
		if _, histories := c.Expect["replicated"]; !*all && c.Rule != simulation.Outsourcing && (histories || c.Jobs == 0 || c.Jobs > fewJobs) {
			continue
		}
		tried++
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			var rule simulation.Scheme
			var takes simulation.Knobs
			if c.Rule != simulation.Outsourcing {
				rule, takes = scheme(t, c.Rule, c.Settings), knobs(t, c.Rule)
			}
			found, err := c.Run(t.Context(), rule, takes, simulation.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				if !f.OK {
					t.Errorf("%s is %g (%g to %g), want %g: %s", f.Figure, f.Measured, f.CI9999[0], f.CI9999[1], f.Expected, f.Why)
				}
			}
		})
	}
	if tried == 0 {
		t.Error("no figures take few jobs")
	}
}

// knobs are what a built-in scheme takes.
func knobs(t *testing.T, name string) simulation.Knobs {
	t.Helper()
	b, err := plugins.Lookup(hostapi.HookMediate, name)
	if err != nil {
		t.Fatal(err)
	}
	k, err := simulation.ReadKnobs(b.Manifest.Settings)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Half of the results are wrong; nobody is doubted.
func TestCheck_Judge(t *testing.T) {
	for name, tt := range map[string]struct{ expect, why string }{
		"right":                 {"{error_rate: 0.5}", ""},
		"wrong":                 {"{error_rate: 0.53}", "outside"},
		"a round number":        {"{error_rate: 0.6}", "outside"},
		"too wide":              {"{error_rate: {value: 0.5, width: 0.001}}", "too wide"},
		"a whole number":        {"{workers: 1}", ""},
		"another":               {"{workers: 2}", "outside"},
		"rounded up":            {"{cost_per_job: 1.0}", ""},
		"of a population":       {"{provider.stake_lost: 0}", ""},
		"profit of the first":   {"{profit: 0.75}", ""},
		"in parts of a million": {"{confidence: 1}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := simulation.ParseCheck([]byte("{rule: fake, population: {wrong: 0.5}, seed: 3, jobs: 200000, expect: " + tt.expect + "}"))
			if err != nil {
				t.Fatal(err)
			}
			found, err := c.Run(t.Context(), sure, simulation.Knobs{}, simulation.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if f := found[0]; f.OK != (tt.why == "") || !strings.Contains(f.Why, tt.why) {
				t.Errorf("%+v, want %q", f, tt.why)
			}
		})
	}
}

// Without a number of jobs there are as many as the width needs.
func TestCheck_Run_narrowsTheInterval(t *testing.T) {
	c, err := simulation.ParseCheck([]byte("{rule: fake, population: {wrong: 0.5}, expect: {error_rate: {value: 0.5, width: 0.005}}}"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Run(t.Context(), sure, simulation.Knobs{}, simulation.Options{})
	if err != nil || !found[0].OK || found[0].N < 500_000 {
		t.Errorf("%+v, %v", found, err)
	}
}

// What pays a creator that cheats most is where its theorem says.
func TestCheck_Run_outsourcing(t *testing.T) {
	for params, want := range map[string]theory.Outsourcing{
		"n: 1":                              {N: 1, Pe: 1},
		"n: 2, p_e: 0.9":                    {N: 2, Pe: .9},
		"n: 3, theta: 2, g_m: 0.5":          {N: 3, Pe: 1, Theta: 2, Gas: .5},
		"n: 8":                              {N: 8, Pe: 1},
		"n: 2, theta: 5, p_e: 0.6, g_m: .3": {N: 2, Pe: .6, Theta: 5, Gas: .3}, // all of it
		"n: 4, p_e: 0":                      {N: 4},
	} {
		c, err := simulation.ParseCheck(fmt.Appendf(nil, "{rule: modicum, params: {%s}, seed: 7, expect: {p_a: %g}}", params, want.Ambiguity()))
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Run(t.Context(), nil, simulation.Knobs{}, simulation.Options{})
		if err != nil || !found[0].OK {
			t.Errorf("%s: %+v, %v", params, found, err)
		}
		one, err := c.Run(t.Context(), nil, simulation.Knobs{}, simulation.Options{Workers: 1})
		if err != nil || !reflect.DeepEqual(found, one) {
			t.Errorf("%s: %+v with one worker, %v", params, one, err)
		}
	}
}

// A reason whose argument is beyond what sums hold has no mean of it.
func TestRun_tellsReasons(t *testing.T) {
	c, err := simulation.ParseCheck([]byte("{rule: fake, jobs: 10000, expect: {reason_7: 1, reason_7_arg0: 5}}"))
	if err != nil {
		t.Fatal(err)
	}
	scheme := upholding{sure.confidence, hostapi.Action{Reason: 7, Arg0: 5, Arg1: math.MaxUint64}}
	found, err := c.Run(t.Context(), scheme, simulation.Knobs{}, simulation.Options{})
	if err != nil || !found[0].OK || !found[1].OK {
		t.Errorf("%+v, %v", found, err)
	}
	c.Expect = map[string]simulation.Expected{"reason_7_arg1": {}}
	if _, err = c.Run(t.Context(), scheme, simulation.Knobs{}, simulation.Options{}); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("%v, want no such figure", err)
	}
}

func TestCheck_refuses(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"an unknown key":       {"{rule: a, expect: {error_rate: 1}, polulation: {}}", `no key "polulation"`},
		"nothing expected":     {"{rule: a, expect: {}}", "expect"},
		"no such figure":       {"{rule: a, jobs: 100, expect: {eror_rate: 1}}", `no figure "eror_rate"`},
		"a fraction of no use": {"{rule: a, jobs: 100, params: {f: 0.2}, expect: {error_rate: 1}}", "no parameter f"},
		"a parameter of none":  {"{rule: a, jobs: 100, params: {m: 14}, expect: {error_rate: 1}}", "no parameter m"},
		"half of a number":     {"{rule: a, jobs: 100, params: {n: 0.5}, expect: {error_rate: 1}}", "no whole number"},
		"a setting twice":      {"{rule: a, jobs: 100, params: {s: 1}, settings: {s: 2}, expect: {error_rate: 1}}", "under params and under settings"},
		"wrong and honest":     {"{rule: a, jobs: 100, population: {wrong: 0.1, honest: 0.5}, expect: {error_rate: 1}}", "wrong and honest"},
		"two files in one":     {"{rule: a, jobs: 100, expect: {error_rate: 1}}\n---\n{rule: b, expect: {error_rate: 1}}", "more than one document"},
		"no number":            {"{rule: a, jobs: 100, expect: {error_rate: .nan}}", "line 1: .nan is no number"},
		"a key of an object":   {"{rule: a, jobs: 100, expect: {error_rate: {value: 0.1, tolerance: 1}}}", `no key "tolerance"`},
		"no runs":              {"{rule: modicum, expect: {p_a: 1}}", "needs n"},
		"half a run":           {"{rule: modicum, params: {n: 1.5}, expect: {p_a: 1}}", "n is 1.5"},
		"often above 1":        {"{rule: modicum, params: {n: 1, p_e: 1.5}, expect: {p_a: 1}}", "p_e is 1.5"},
		"of no account":        {"{rule: modicum, params: {n: 1, c_v: 1}, expect: {p_a: 1}}", "no parameter c_v"},
		"a game with others":   {"{rule: modicum, params: {n: 1}, population: {wrong: 0.1}, expect: {p_a: 1}}", "game of two"},
		"replicated of what":   {"{rule: a, expect: {replicated: 1}}", "so many jobs"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := simulation.ParseCheck([]byte(tt.text))
			if err == nil {
				_, err = c.Run(t.Context(), sure, simulation.Knobs{Deal: []string{"g_ppm", "n"}, Operator: []string{"s"}}, simulation.Options{})
			}
			if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}
