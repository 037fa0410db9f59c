package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/lilypad-network/lilypad/bench/peers"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// root is the repository, seen from the folder where the program is run.
const root = ".."

// request is about 1 KiB as a flat message.
func request() hostapi.MatchInput {
	label := func(i int) hostapi.Label {
		return hostapi.Label{Key: fmt.Sprintf("lilypad.tech/label-%d", i), Value: strings.Repeat("v", 20)}
	}
	in := hostapi.MatchInput{
		Now: 1_700_000_000,
		Job: hostapi.Job{
			ID: hostapi.Bytes32{1}, Module: hostapi.Bytes32{2}, Creator: hostapi.Bytes20{3}, GPUs: 1, VRAM: 24_000, CPU: 4000, RAM: 16_000, Disk: 50_000,
			MaxPrice: 5_000_000, ProviderStake: 10_000_000, Timeout: 3600, Engine: hostapi.EngineDocker, Network: true, ModuleName: "sdxl:v1.0.0",
			GPUModel: hostapi.Some("H100"), Region: hostapi.Some("eu-west"),
		},
		Offers: []hostapi.Offer{{
			ID: hostapi.Bytes32{4}, Provider: hostapi.Bytes20{5}, Operator: hostapi.Bytes20{6}, Price: 3_000_000, MaxStake: 100_000_000,
			Since: 1_600_000_000, GPUs: 8, VRAM: 80_000, CPU: 64_000, RAM: 512_000, Disk: 4_000_000, MaxTimeout: 86_400, UpRate: 999_000,
			JobsOk: 120, JobsFailed: 3, Slots: 8, Queue: 8, GPUModel: hostapi.Some("NVIDIA H100 80GB HBM3"), Region: hostapi.Some("eu-west"),
		}},
	}
	for i := range 2 {
		in.Job.Labels = append(in.Job.Labels, label(i))
	}
	for i := range 5 {
		in.Offers[0].Labels = append(in.Offers[0].Labels, label(i))
	}
	return in
}

// cases are requests that every contender must decide alike.
func cases() []hostapi.MatchInput {
	near, far, bad := request(), request(), request()
	far.Offers[0].Region = hostapi.Some("us-east")
	bad.Offers[0].JobsFailed = 1000
	return []hostapi.MatchInput{near, far, bad}
}

// ours are the languages of guests, each with its plugin.
func ours(ctx context.Context, host *pluginhost.Host) (map[string]*pluginhost.Plugin, error) {
	settings := map[string]any{"region_bonus": peers.RegionBonus}
	plugin, err := builtIn(ctx, host, hostapi.HookMatch, "cheapest", settings)
	if err != nil {
		return nil, err
	}
	found := map[string]*pluginhost.Plugin{"go": plugin}
	for _, lang := range []string{"c", "rust", "assemblyscript"} {
		p, err := guest(ctx, host, lang, settings)
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(os.Stderr, "match/%s is left out: %v\n", lang, err)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", lang, err)
		}
		found[lang] = p
	}
	return found, nil
}

// asPeer is a plugin as one of the peers.
func asPeer(name string, p *pluginhost.Plugin) peers.Peer {
	return peers.Peer{Name: name, Close: p.Close, Prepare: func(in hostapi.MatchInput) (peers.Ask, error) {
		item, err := in.Offers[0].Append(nil, p.Minor())
		items := [][]byte{item}
		return func(ctx context.Context) (peers.Answer, error) {
			got, err := p.MatchStored(ctx, 1_700_000_000, in.Job, items)
			if err != nil {
				return peers.Answer{}, err
			}
			if got[0].Decision == hostapi.DecisionRefuse {
				return peers.Answer{Failures: got[0].Arg0}, nil
			}
			return peers.Answer{Score: got[0].Score}, nil
		}, err
	}}
}

// match measures one decision about one offer, ours beside the peers': as
// match/ with guests that keep what they wrote, as the peers' do, and as
// restored/ with guests that are given their first memory back, as in a node.
func match(ctx context.Context) ([]Line, error) {
	var all []peers.Peer
	defer func() {
		for _, p := range all {
			p.Close()
		}
	}()
	for _, kind := range []struct {
		name       string
		unrestored bool
	}{{"match/", true}, {"restored/", false}} {
		host, err := pluginhost.New(pluginhost.Config{Unrestored: kind.unrestored})
		if err != nil {
			return nil, err
		}
		defer host.Close()
		plugins, err := ours(ctx, host)
		if err != nil {
			return nil, err
		}
		for _, lang := range langs {
			if p, ok := plugins[lang]; ok {
				all = append(all, asPeer(kind.name+lang, p))
			}
		}
	}
	n := len(all)
	for _, start := range peers.All {
		p, err := start(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	took, err := race(ctx, all)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, p := range all[n:] {
		lines = append(lines, Line{Name: "peer/" + p.Name, Value: took[p.Name], Unit: "ns"})
	}
	for _, p := range all[:n] {
		lines = append(lines, Line{Name: p.Name, Value: took[p.Name], Unit: "ns"})
		for _, other := range all[n:] {
			lines = append(lines, Line{p.Name, took[p.Name], "ns", other.Name, took[other.Name] / took[p.Name]})
		}
	}
	return lines, nil
}

// langs are the languages of guests in the order in which they are told.
var langs = []string{"go", "c", "rust", "assemblyscript"}

// race checks that all decide alike, and measures them.
func race(ctx context.Context, all []peers.Peer) (map[string]float64, error) {
	var cs []contender
	want := map[int]peers.Answer{}
	for _, p := range all {
		for i, in := range cases() {
			ask, err := p.Prepare(in)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Name, err)
			}
			got, err := ask(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", p.Name, err)
			}
			if first, known := want[i]; known && got != first {
				return nil, fmt.Errorf("%s decides case %d as %+v, %s as %+v", p.Name, i, got, all[0].Name, first)
			}
			want[i] = got
			if i == 0 {
				cs = append(cs, contender{name: p.Name, once: func(ctx context.Context) error { _, err := ask(ctx); return err }})
			}
		}
	}
	return medians(ctx, short, cs)
}
