package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// sweepPoint is a line of sweep.json.
type sweepPoint struct {
	Set    []simulation.Setting `json:"set"`
	Result *simulation.Result   `json:"result"`
}

func (a *app) simSweep(ctx context.Context, path string) error {
	text, err := readSim(path, "lilypad sim new "+filepath.Base(path))
	if err != nil {
		return err
	}
	points, err := simulation.Points(text)
	if err != nil {
		return err
	}
	host, err := a.simHost()
	if err != nil {
		return err
	}
	defer host.Close()
	out := a.v.GetString("out")
	if err := os.MkdirAll(filepath.Join(out, "points"), 0o755); err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "results", Err: err}
	}
	var done []sweepPoint
	var results []*simulation.Result
	for i := range points {
		r, err := a.simPoint(ctx, host, path, &points[i], out, fmt.Sprintf("point %d of %d: ", i+1, len(points)))
		if err != nil {
			return err
		}
		if r == nil {
			a.Step("interrupted: %d of %d points are in %s", i, len(points), out)
			return cli.Exit(130)
		}
		done, results = append(done, sweepPoint{points[i].Set, r}), append(results, r)
	}
	if err := writeJSON(filepath.Join(out, "sweep.json"), done); err != nil {
		return err
	}
	if err := writeCSV(filepath.Join(out, "sweep.csv"), points, results); err != nil {
		return err
	}
	return a.Result(done, func() { a.showSweep(done) })
}

// simPoint is the result of a point: the one that is there, or a new one, which
// is kept; nil when it was interrupted.
func (a *app) simPoint(ctx context.Context, host *pluginhost.Host, path string, p *simulation.Point, out, what string) (*simulation.Result, error) {
	scheme, err := a.loadRule(ctx, host, beside(path, p.Scenario.Rule.Name), ofScenario(p.Scenario))
	if err != nil {
		return nil, err
	}
	defer scheme.Close()
	file := filepath.Join(out, "points", p.ID(scheme.ID())+".json")
	var r *simulation.Result
	if b, err := os.ReadFile(file); err == nil && json.Unmarshal(b, &r) == nil && r != nil && r.Complete {
		return r, nil
	}
	r, err = simulation.Run(ctx, p.Scenario, scheme, a.simOptions(what))
	if err != nil || !r.Complete {
		return nil, err
	}
	return r, writeJSON(file, r)
}

func (a *app) showSweep(done []sweepPoint) {
	figures := []string{"error_rate", "results_per_job", "cost_per_job", "caught", "false_accusations"}
	var header []string
	for _, s := range done[0].Set {
		header = append(header, s.Key)
	}
	header = append(header, figures...)
	for _, p := range done[0].Result.Providers {
		header = append(header, p.Name+".profit")
	}
	var rows [][]string
	for _, p := range done {
		var row []string
		for _, s := range p.Set {
			row = append(row, s.Text())
		}
		for _, name := range header[len(row):] {
			cell := "-"
			if e, err := p.Result.Figure(name); err == nil {
				cell = fmt.Sprintf("%.4g ±%.2g", e.Value, (e.High-e.Low)/2)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	a.Table(header, rows)
}

// checked is what became of a file of expectations.
type checked struct {
	File   string               `json:"file"`
	Name   string               `json:"name,omitempty"`
	Rule   string               `json:"rule"`
	OK     bool                 `json:"ok"`
	Error  string               `json:"error,omitempty"` // why it could not be checked
	Remedy string               `json:"remedy,omitempty"`
	Expect []simulation.Finding `json:"expect"`
}

func (a *app) simCheck(ctx context.Context, files []string) error {
	host, err := a.simHost()
	if err != nil {
		return err
	}
	defer host.Close()
	all, missed := make([]checked, 0, len(files)), false
	for _, file := range files {
		c, err := a.simCheckOne(ctx, host, file)
		if err != nil && len(files) == 1 {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err != nil {
			c = checked{File: file, Error: err.Error(), Remedy: lilypad.RemedyOf(err), Expect: []simulation.Finding{}}
		}
		all, missed = append(all, c), missed || !c.OK
		if ctx.Err() != nil {
			break
		}
	}
	err = a.Result(all, func() { a.showChecks(all) })
	switch {
	case err == nil && ctx.Err() != nil:
		return cli.Exit(130)
	case err == nil && missed:
		return cli.Exit(1)
	}
	return err
}

func (a *app) showChecks(all []checked) {
	var rows [][]string
	for _, c := range all {
		for _, f := range c.Expect {
			word := "ok"
			if !f.OK {
				word = "missed: " + f.Why
			}
			rows = append(rows, []string{
				filepath.Base(c.File), f.Figure, fmt.Sprintf("%.8g", f.Measured),
				fmt.Sprintf("%.6g … %.6g", f.CI9999[0], f.CI9999[1]), fmt.Sprintf("%.8g", f.Expected), word,
			})
		}
		if c.Error != "" {
			a.Fail(lilypad.Errorf(lilypad.Invalid, "%s: %s", c.File, c.Error).Try("%s", c.Remedy))
		}
	}
	if rows == nil {
		return
	}
	a.Table([]string{"file", "figure", "measured", "99.99 %", "expected", ""}, rows)
}

func (a *app) simCheckOne(ctx context.Context, host *pluginhost.Host, file string) (out checked, err error) {
	text, err := readSim(file, "docs/simulator.md has an example")
	if err != nil {
		return out, err
	}
	c, err := simulation.ParseCheck(text)
	if err != nil {
		return out, err
	}
	var scheme rule
	if c.Rule != simulation.Outsourcing {
		if scheme, err = a.loadRule(ctx, host, beside(file, c.Rule), c.Scheme); err != nil {
			return out, err
		}
		defer scheme.Close()
	}
	out = checked{File: file, Name: c.Name, Rule: c.Rule, OK: true}
	out.Expect, err = c.Run(ctx, scheme, scheme.knobs, a.simOptions(filepath.Base(file)+": "))
	for _, f := range out.Expect {
		out.OK = out.OK && f.OK
	}
	return out, err
}

// beside is a path that a file names: from the file's folder, or, when nothing
// is there, from the working one.
func beside(file, path string) string {
	if filepath.IsAbs(path) || !strings.ContainsAny(path, `/\.`) {
		return path
	}
	near := filepath.Join(filepath.Dir(file), path)
	if _, err := os.Stat(near); err != nil {
		return path
	}
	return near
}
