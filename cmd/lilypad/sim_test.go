package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// sim runs a command of the simulator and returns what it prints.
func sim(t *testing.T, args ...string) (string, error) {
	t.Helper()
	return command(t, append([]string{"sim"}, args...)...)
}

func simFile(t *testing.T, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSim_fromAScenarioToASweep(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "market.yaml")
	if _, err := sim(t, "new", file); err != nil {
		t.Fatal(err)
	}
	if _, err := sim(t, "new", file); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("a second time: %v", err)
	}
	against := filepath.Join(dir, "colluder.yaml")
	if _, err := sim(t, "new", against, "--adversary", "colluder"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(against); err != nil || !strings.Contains(string(text), "kind: colluder") {
		t.Errorf("%s, %v", text, err)
	}
	if _, err := sim(t, "new", against+".other", "--adversary", "colludor"); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("an adversary that is not there: %v", err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	simFile(t, file, strings.Replace(string(text), "jobs: 100000", "jobs: 1000", 1))
	result := filepath.Join(dir, "result.json")
	printed, err := sim(t, "run", file, "--json", "--out", result, "--csv", filepath.Join(dir, "result.csv"), "--workers", "1")
	if err != nil {
		t.Fatal(err)
	}
	var r simulation.Result
	if kept, err := os.ReadFile(result); err != nil || string(kept) != printed || json.Unmarshal(kept, &r) != nil || !r.Complete {
		t.Errorf("--out has %q, %v", kept, err)
	}
	out := filepath.Join(dir, "sweep")
	first, err := sim(t, "sweep", file, "-o", out, "--json")
	if err != nil {
		t.Fatal(err)
	}
	points, err := filepath.Glob(filepath.Join(out, "points", "*.json"))
	if err != nil || len(points) != 6 {
		t.Fatalf("%d points, %v", len(points), err)
	}
	// A point that is there is not simulated again, one that is gone is.
	kept, err := os.Stat(points[0])
	if err != nil || os.Remove(points[1]) != nil {
		t.Fatal(err)
	}
	second, err := sim(t, "sweep", file, "-o", out, "--json", "--workers", "2")
	if err != nil || first != second {
		t.Errorf("the sweep goes on to something else: %v", err)
	}
	if now, err := os.Stat(points[0]); err != nil || now.ModTime() != kept.ModTime() {
		t.Errorf("a point was simulated again: %v", err)
	}
	if table, err := os.ReadFile(filepath.Join(out, "sweep.csv")); err != nil || !bytes.HasPrefix(table, []byte("providers.colluder.rate,scheme.params.agree,population,figure,")) {
		t.Errorf("sweep.csv: %.80s, %v", table, err)
	}
}

func TestSim_check(t *testing.T) {
	dir := t.TempDir()
	good := simFile(t, filepath.Join(dir, "good.yaml"), "{rule: optimistic, population: {wrong: 0.25}, jobs: 150000, expect: {error_rate: 0.25, workers: 1}}")
	bad := simFile(t, filepath.Join(dir, "bad.yaml"), "{rule: optimistic, population: {wrong: 0.25}, jobs: 150000, expect: {error_rate: 0.3}}")
	if out, err := sim(t, "check", good); err != nil || strings.Count(out, "ok") != 2 {
		t.Errorf("%s, %v", out, err)
	}
	out, err := sim(t, "check", good, bad, "--json")
	if cli.ExitCode(err) != 1 {
		t.Errorf("exit status of a figure that is missed: %v", err)
	}
	var all []checked
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) != 2 || !all[0].OK || all[1].OK || all[1].Expect[0].Expected != 0.3 {
		t.Errorf("%s, %v", out, err)
	}
	if _, err := sim(t, "check", simFile(t, filepath.Join(dir, "lost.yaml"), "{rule: optimistik, expect: {workers: 1}}")); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a scheme that is not there: %v", err)
	}
}

// A file that cannot be checked is told beside the others, with a remedy.
func TestSim_check_goesOn(t *testing.T) {
	dir := t.TempDir()
	good := simFile(t, filepath.Join(dir, "good.yaml"), "{rule: optimistic, jobs: 1000, expect: {workers: 1}}")
	for name, tt := range map[string]struct{ text, err, remedy string }{
		"a key":               {"{rule: optimistic, wants: {workers: 1}}", `no key "wants"`, "expect"},
		"a rule of theory":    {"{rule: m-first, expect: {workers: 1}}", "no scheme m-first", "replicate"},
		"a parameter":         {"{rule: optimistic, params: {audit_bps: 1}, expect: {workers: 1}}", "no parameter audit_bps", "under deals"},
		"no file of its path": {"{rule: ./lost.wasm, expect: {workers: 1}}", "lost.wasm", ""},
	} {
		t.Run(name, func(t *testing.T) {
			broken := simFile(t, filepath.Join(t.TempDir(), "broken.yaml"), tt.text)
			out, err := sim(t, "check", broken, good, "--json")
			var all []checked
			if json.Unmarshal([]byte(out), &all) != nil || cli.ExitCode(err) != 1 || len(all) != 2 || !all[1].OK {
				t.Fatalf("%s, %v", out, err)
			}
			if c := all[0]; c.OK || !strings.Contains(c.Error, tt.err) || !strings.Contains(c.Remedy, tt.remedy) {
				t.Errorf("%+v", c)
			}
		})
	}
}

// A path is from the file that names it.
func TestSim_check_findsASchemeBesideItsFile(t *testing.T) {
	dir := t.TempDir()
	pkg, err := plugins.Lookup(hostapi.HookMediate, "replicate")
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := pkg.Wasm()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(pkg.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	simFile(t, filepath.Join(dir, "mine.wasm"), string(wasm))
	simFile(t, filepath.Join(dir, "mine.json"), string(manifest))
	file := simFile(t, filepath.Join(dir, "check.yaml"), "{rule: mine.wasm, params: {agree: 4}, jobs: 1000, expect: {workers: 4}}")
	if out, err := sim(t, "check", file); err != nil || !strings.Contains(out, "ok") {
		t.Errorf("%s, %v", out, err)
	}
}
