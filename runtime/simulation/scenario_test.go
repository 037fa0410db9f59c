package simulation_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

func TestParse_refuses(t *testing.T) {
	const rest = "\nproviders: [{kind: honest, count: 9}]"
	for name, tt := range map[string]struct{ text, want, try string }{
		"nothing":            {"", "it is empty", "sim new"},
		"an unknown key":     {"scheme: {name: a}\njops: 3" + rest, `line 2: there is no key "jops"`, "jobs"},
		"one further in":     {"scheme: {name: a}\njobs: 3\nproviders:\n- {kind: honest, count: 9,\n   equal: 1}", `line 5: there is no key "equal"`, ""},
		"a wrong kind":       {"scheme: {name: a}\njobs: 3\nproviders: [{kind: bad, count: 9}]", "line 3: providers.0.kind", ""},
		"a rate above one":   {"scheme: {name: a}\njobs: 3\nproviders: [{kind: cheat, count: 9, rate: 2}]", "providers.0.rate", ""},
		"no jobs":            {"scheme: {name: a}" + rest, "one of jobs and jobs_each", "jobs:"},
		"an even panel":      {"scheme: {name: a}\njobs: 3\npanel: {drawn: 2, agree: 2}" + rest, "a panel of 2", "odd"},
		"too few mediators":  {"scheme: {name: a}\njobs: 3\nmediators: [{kind: honest, count: 2}]" + rest, "from 2 mediators", "odd"},
		"terms none opens":   {"scheme: {name: a}\njobs: 3\ndeals: {mediation_fee: 3}" + rest, "honest", ""},
		"an alias":           {"scheme: &a {name: a}\njobs: 3\npanel: *a" + rest, "line 3: an alias", ""},
		"two of a name":      {"scheme: {name: a}\njobs: 3\nproviders: [{kind: honest, count: 9}, {kind: honest, count: 9}]", "called honest", "name"},
		"nobody takes jobs":  {"scheme: {name: a}\njobs: 3\nproviders: [{kind: honest, count: 9, takes: replicas}]", "no provider takes jobs", ""},
		"no YAML":            {"\t", "scenario", ""},
		"what is no mapping": {"[1]", "line 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := simulation.Parse([]byte(tt.text))
			if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), tt.want) || !strings.Contains(lilypad.RemedyOf(err), tt.try) {
				t.Errorf("%v (try: %s), want %q (try: %s)", err, lilypad.RemedyOf(err), tt.want, tt.try)
			}
		})
	}
}

func TestPoints_combinesTheExample(t *testing.T) {
	points, err := simulation.Points(simulation.Example)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	ids := map[string]bool{}
	for _, p := range points {
		var colluders float64
		for _, k := range p.Scenario.Providers {
			if k.Kind == simulation.Colluder {
				colluders = k.Rate
			}
		}
		got = append(got, strings.Join(strings.Fields(lilypad.Errorf("", "%g %d", colluders, p.Scenario.Rule.Params["agree"]).Msg), "/"))
		ids[p.ID(lilypad.PluginID{})] = true
		ids[p.ID(lilypad.PluginID{1})] = true
	}
	if diff := cmp.Diff([]string{"0.05/2", "0.05/3", "0.2/2", "0.2/3", "0.8/2", "0.8/3"}, got); diff != "" {
		t.Error(diff)
	}
	if len(ids) != 2*len(points) {
		t.Errorf("%d names for %d points and two schemes", len(ids), len(points))
	}
}

func TestPoints_refuses(t *testing.T) {
	const base = "{scheme: {name: a}, jobs: 3, providers: [{kind: honest, count: 9}], sweep: "
	for name, tt := range map[string]struct{ sweep, want string }{
		"a path to nowhere":  {"{providers.cheat.rate: [0.1]}", "there is no cheat"},
		"a key of no schema": {"{deals.prize: [1]}", "prize"},
		"a value beyond":     {"{deals.audit_bps: [1, 10001]}", "deals.audit_bps"},
		"too many":           {"{seed: [" + strings.Repeat("1,", 999) + "1], jobs: [" + strings.Repeat("1,", 10) + "1]}", "combinations"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := simulation.Points([]byte(base + tt.sweep + "}")); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

func FuzzPoints(f *testing.F) {
	f.Add(string(simulation.Example))
	f.Add("{scheme: {name: a}, jobs: 3, providers: [{kind: honest, count: 9}], sweep: {providers.0.rate: [0.1]}}")
	f.Fuzz(func(t *testing.T, text string) {
		points, err := simulation.Points([]byte(text))
		if err == nil && len(points) == 0 {
			t.Error("no point")
		}
	})
}

func FuzzParseCheck(f *testing.F) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if file.IsDir() {
			continue
		}
		text, err := os.ReadFile("testdata/" + file.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := simulation.ParseCheck([]byte(text))
		if err == nil && len(c.Expect) == 0 {
			t.Error("a check that expects nothing")
		}
	})
}
