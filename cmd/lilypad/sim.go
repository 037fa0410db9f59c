package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

func (a *app) simCommand() *cobra.Command {
	group := &cobra.Command{Use: "sim", Short: "Try schemes on markets of cheats", Example: "  lilypad sim new market.yaml\n  lilypad sim run market.yaml"}
	create := &cobra.Command{
		Use: "new FILE", Short: "Write a scenario with a comment at each key", Args: oneArg("FILE", "lilypad sim new market.yaml"),
		Long: `New writes a scenario to begin with: one with all keys, or with --adversary one
that sweeps over the schemes that may stand a kind of cheat.

docs/simulator.md says what each adversary is.`,
		Example: "  lilypad sim new market.yaml\n  lilypad sim new market.yaml --adversary colluder",
		RunE:    func(_ *cobra.Command, args []string) error { return a.simNew(args[0]) },
	}
	create.Flags().String("adversary", "", "who cheats: "+strings.Join(simulation.Adversaries(), ", "))
	run := &cobra.Command{
		Use: "run FILE", Short: "Simulate a scenario", Args: oneArg("FILE", "lilypad sim run market.yaml"),
		Long: `Run simulates a scenario and tells what the scheme let pass, what it cost and who
earned by it, with 95 % intervals. The same scenario and seed give the same bytes,
whatever the number of workers. Ctrl-C ends it and prints what is done.

docs/simulator.md describes scenarios and figures.`,
		Example: "  lilypad sim run market.yaml\n  lilypad sim run market.yaml --json --out result.json --csv result.csv",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.simRun(cmd.Context(), args[0]) },
	}
	run.Flags().String("out", "", "write the result to this file too, as JSON")
	run.Flags().String("csv", "", "write the figures to this file too, as CSV")
	sweep := &cobra.Command{
		Use: "sweep FILE", Short: "Simulate all combinations of a scenario's sweep", Args: oneArg("FILE", "lilypad sim sweep market.yaml"),
		Long: `Sweep simulates a scenario for each combination of the values of its key sweep. A
result is written as soon as it is there, and one that is there is not simulated
again: after Ctrl-C, or with more values, the same command goes on. At the end
sweep.json and sweep.csv have all of them, in the order of the grid.`,
		Example: "  lilypad sim sweep market.yaml --out colluders",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.simSweep(cmd.Context(), args[0]) },
	}
	sweep.Flags().StringP("out", "o", "sweep", "folder for results")
	check := &cobra.Command{
		Use: "check FILE...", Short: "Hold published figures against the simulation", Args: someArgs("FILE", "lilypad sim check poco.yaml"),
		Long: `Check simulates the rule of each file and holds what is measured against the
figures that the file expects. One is met when it lies inside the 99.99 % interval
and the interval is narrow: one percentage point for a share, 1 % of the expected
value for anything else. It exits with an error when one is not met, or when a
file cannot be checked; the other files are checked all the same.

docs/simulator.md describes the files; those of the project's own schemes are in
runtime/simulation/testdata.`,
		Example: "  lilypad sim check runtime/simulation/testdata/*.yaml\n  lilypad sim check poco.yaml --json",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.simCheck(cmd.Context(), args) },
	}
	for _, c := range []*cobra.Command{run, sweep, check} {
		c.Flags().Int("workers", 0, "shards of the market to simulate at once; 0: the number of CPUs")
	}
	group.AddCommand(create, run, sweep, a.simReportCommand(), check, a.simTheoryCommand())
	return group
}

func (a *app) simNew(path string) error {
	text := simulation.Example
	if adversary := a.v.GetString("adversary"); adversary != "" {
		var err error
		if text, err = simulation.Against(adversary); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return lilypad.Errorf(lilypad.Conflict, "%s is there already", path).Try("another name")
	}
	if err == nil {
		_, err = f.Write(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "scenario", Err: err}
	}
	return a.Result(map[string]string{"file": path}, func() { a.Line("scenario", "%s", path) })
}

// rule is a scheme that was loaded for a simulation.
type rule struct {
	*pluginhost.Plugin
	knobs simulation.Knobs
}

// simHost runs the schemes of simulations.
func (a *app) simHost() (*pluginhost.Host, error) {
	if a.v.GetInt("workers") < 0 {
		return nil, lilypad.Errorf(lilypad.Invalid, "--workers is a number of workers").Try("--workers 2")
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(simulation.GCPercent)
	}
	return a.pluginHost()
}

// loadRule loads the scheme that a file names: a path, or the name of one that
// is installed or built in. place says what its settings are, once it is known
// what it takes.
func (a *app) loadRule(ctx context.Context, host *pluginhost.Host, name string, place func(simulation.Knobs) (simulation.SchemeRef, error)) (rule, error) {
	ref := name
	if !strings.ContainsAny(name, `/\.`) {
		ref = hostapi.HookMediate.String() + "/" + name
	}
	pkg, err := a.rulePackage(ctx, ref)
	if is, published := schemeOf[name]; published && lilypad.CodeOf(err) == lilypad.NotFound {
		return rule{}, lilypad.Errorf(lilypad.NotFound, "there is no scheme %s", name).Try("%s", is)
	}
	if err != nil {
		return rule{}, err
	}
	if m := pkg.Info; m.Hook != hostapi.HookMediate.String() || len(m.Phases) > 0 && !slices.Contains(m.Phases, "simulation") {
		return rule{}, lilypad.Errorf(lilypad.Invalid, "%s is no scheme for simulations", name).Try("lilypad plugin inspect %s", ref)
	}
	knobs, err := simulation.ReadKnobs(pkg.Info.Settings)
	if err != nil {
		return rule{}, lilypad.Errorf(lilypad.Invalid, "settings of %s: %v", name, err)
	}
	placed, err := place(knobs)
	if err != nil {
		return rule{}, err
	}
	p, err := host.Load(ctx, pluginhost.Source{Wasm: pkg.Wasm, Manifest: pkg.Manifest, Pin: pkg.ID, Settings: placed.Settings, Grants: pkg.Info.Capabilities})
	return rule{p, knobs}, err
}

// ofScenario places the parameters of a scenario's scheme.
func ofScenario(s *simulation.Scenario) func(simulation.Knobs) (simulation.SchemeRef, error) {
	return func(k simulation.Knobs) (simulation.SchemeRef, error) {
		err := s.Rule.Place(k)
		return s.Rule, err
	}
}

// schemeOf says what a published rule, as sim theory names it, is as a scheme.
var schemeOf = map[string]string{
	"m-first":        "rule: replicate, with params: {agree: M}, and phi and c as population: {wrong: phi, equal_wrong: c}",
	"boinc-adaptive": "rule: adaptive",
	"deterrence":     "rule: audit, and expect: {least_audit: q}",
	"posp":           "rule: audit, and expect: {least_audit: p}",
	"pocket":         "rule: audit, and expect: {least_audit: p}",
	"modicum":        "lilypad sim check: it is about a creator that cheats, who is in no market",
	"bisection":      "rule: bisect",
}

// rulePackage finds a scheme; a wasm file may be what a compiler left beside an
// author's manifest.
func (a *app) rulePackage(ctx context.Context, ref string) (pluginstore.Package, error) {
	if _, err := os.Stat(ref + ".gz"); err == nil || filepath.Ext(ref) == ".gz" {
		return pluginstore.Package{}, lilypad.Errorf(lilypad.Invalid, "%s is packed", ref).Try("gunzip -k %s", strings.TrimSuffix(ref, ".gz")+".gz")
	}
	if filepath.Ext(ref) == ".wasm" {
		return node.ReadPlugin(hostapi.HookMediate, ref)
	}
	return a.anyPackage(ctx, ref)
}

// simOptions tell how far a simulation is.
func (a *app) simOptions(what string) simulation.Options {
	began := time.Now()
	told := began
	return simulation.Options{Workers: a.v.GetInt("workers"), Progress: func(done, of int64) {
		if time.Since(told) < time.Second || done == 0 {
			return
		}
		told = time.Now()
		left := time.Duration(float64(time.Since(began)) / float64(done) * float64(of-done))
		a.Step("%s%d of %d jobs (%d %%), %s to go", what, done, of, 100*done/of, left.Round(time.Second))
	}}
}

func (a *app) simRun(ctx context.Context, path string) error {
	text, err := readSim(path, "lilypad sim new "+filepath.Base(path))
	if err != nil {
		return err
	}
	s, err := simulation.Parse(text)
	if err != nil {
		return err
	}
	host, err := a.simHost()
	if err != nil {
		return err
	}
	defer host.Close()
	scheme, err := a.loadRule(ctx, host, beside(path, s.Rule.Name), ofScenario(s))
	if err != nil {
		return err
	}
	defer scheme.Close()
	r, err := simulation.Run(ctx, s, scheme, a.simOptions(""))
	if err != nil {
		return err
	}
	if file := a.v.GetString("out"); file != "" {
		if err := writeJSON(file, r); err != nil {
			return err
		}
	}
	if file := a.v.GetString("csv"); file != "" {
		if err := writeCSV(file, make([]simulation.Point, 1), []*simulation.Result{r}); err != nil {
			return err
		}
	}
	if err := a.Result(r, func() { a.showSim(r) }); err != nil || r.Complete {
		return err
	}
	a.Step("interrupted: these are the first %d jobs", r.Jobs)
	return cli.Exit(130)
}

// maxSim bounds a scenario or check, in bytes.
const maxSim = 1 << 20

func readSim(path, example string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxSim {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s has more than %d bytes", path, maxSim)
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "%v", err).Try("%s", example)
	}
	return text, nil
}

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return replaceFile(path, append(b, '\n'))
}

// replaceFile writes a file that is there whole or not at all.
func replaceFile(path string, b []byte) error {
	next := path + ".next"
	err := os.WriteFile(next, b, 0o644)
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "result", Err: err}
	}
	return nil
}

func writeCSV(path string, points []simulation.Point, results []*simulation.Result) error {
	var b strings.Builder
	if err := simulation.WriteCSV(&b, points, results); err != nil {
		return err
	}
	return replaceFile(path, []byte(b.String()))
}

func (a *app) showSim(r *simulation.Result) {
	if r.Name != "" {
		a.Line("scenario", "%s", r.Name)
	}
	a.Line("scheme", "%s", r.Scheme)
	a.Line("jobs", "%d in %d shards", r.Jobs, r.Shards)
	fmt.Fprintln(a.Out)
	var rows [][]string
	for _, e := range slices.Concat(r.Estimates, r.Reasons) {
		rows = append(rows, append([]string{e.Name}, simCells(e)...))
	}
	a.Table([]string{"figure", "value", "95 %", "unit"}, rows)
	fmt.Fprintln(a.Out)
	rows = nil
	for _, p := range r.Providers {
		for _, e := range p.Estimates {
			rows = append(rows, append([]string{p.Name, fmt.Sprint(p.Count), e.Name}, simCells(e)...))
		}
	}
	a.Table([]string{"providers", "count", "figure", "value", "95 %", "unit"}, rows)
}

func simCells(e simulation.Estimate) []string {
	return []string{fmt.Sprintf("%.6g", e.Value), fmt.Sprintf("%.6g … %.6g", e.Low, e.High), e.Unit}
}
