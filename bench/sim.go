package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// simulate measures a market of 100 000 providers whose jobs are decided in
// one step: jobs a second by one worker and by two, whether both give the same
// bytes, and what memory a hundred times as many jobs take. What the machine
// itself makes of a second worker stands above.
func simulate(ctx context.Context) ([]Line, error) {
	host, err := newHost("")
	if err != nil {
		return nil, err
	}
	defer host.Close()
	p, err := builtIn(ctx, host, hostapi.HookMediate, "optimistic", nil)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	defer debug.SetGCPercent(debug.SetGCPercent(simulation.GCPercent)) // as lilypad sim does
	const jobs = 400_000
	cs := byWorkers("cpu", 1, spin)
	results := map[string]bool{}
	for workers := 1; workers <= 2; workers++ {
		cs = append(cs, contender{name: fmt.Sprintf("sim/%d", workers), work: jobs, once: func(ctx context.Context) error {
			result, err := scenario(ctx, p, jobs, workers)
			results[string(result)] = true
			return err
		}})
	}
	took, err := medians(ctx, long, cs)
	if err != nil {
		return nil, err
	}
	worked := cpu()
	if _, err := scenario(ctx, p, jobs, 1); err != nil {
		return nil, err
	}
	worked = cpu() - worked
	speeds := []Line{
		{Name: "cpu/2", Value: 1e9 / took["cpu/2"], Unit: "rounds/s", Baseline: "cpu/1", Ratio: took["cpu/1"] / took["cpu/2"]},
		{Name: "sim/core", Value: jobs / worked.Seconds(), Unit: "jobs/s"}, // by the time that a core gave: what a busy machine does not change
		{Name: "sim/1", Value: 1e9 / took["sim/1"], Unit: "jobs/s"},
		{Name: "sim/2", Value: 1e9 / took["sim/2"], Unit: "jobs/s", Baseline: "sim/1", Ratio: took["sim/1"] / took["sim/2"]},
		{Name: "sim/different-results", Value: float64(len(results) - 1), Unit: "results"},
	}
	const few, many = 100_000, 10_000_000
	if _, err := scenario(ctx, p, few, 2); err != nil {
		return nil, err
	}
	before := peak()
	if _, err := scenario(ctx, p, many, 2); err != nil {
		return nil, err
	}
	return append(speeds,
		Line{Name: fmt.Sprintf("sim/memory/%d-jobs", few), Value: before, Unit: "MiB"},
		Line{Name: fmt.Sprintf("sim/memory/%d-jobs", many), Value: peak(), Unit: "MiB"},
		Line{Name: "sim/memory/growth", Value: peak() / before, Unit: "x"},
	), nil
}

// scenario is the result, as JSON, of a market where one provider in ten
// cheats.
func scenario(ctx context.Context, p *pluginhost.Plugin, jobs int64, workers int) ([]byte, error) {
	s, err := simulation.Parse(fmt.Appendf(nil,
		"{scheme: {name: optimistic}, jobs: %d, providers: [{kind: honest, count: 90000}, {kind: cheat, count: 10000, rate: 0.1}]}", jobs))
	if err != nil {
		return nil, err
	}
	r, err := simulation.Run(ctx, s, p, simulation.Options{Workers: workers})
	if err != nil {
		return nil, err
	}
	return json.Marshal(r)
}
