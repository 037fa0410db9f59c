package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/lilypad-network/lilypad/hostapi"
)

const batchOffers = 1000

// batch measures scores of batches of 1000 offers: a guest is restored to its
// first state between batches. What the machine itself makes of a second worker
// stands above them.
func batch(ctx context.Context) ([]Line, error) {
	host, err := newHost("")
	if err != nil {
		return nil, err
	}
	defer host.Close()
	plugins, err := ours(ctx, host)
	if err != nil {
		return nil, err
	}
	in := request()
	items := make([][]byte, batchOffers)
	for i := range items {
		o := in.Offers[0]
		o.Price += uint64(i)
		if items[i], err = o.Append(nil, hostapi.Minor); err != nil {
			return nil, err
		}
	}
	cs := byWorkers("cpu", 1, spin)
	for _, lang := range langs {
		p, ok := plugins[lang]
		if !ok {
			continue
		}
		defer p.Close()
		cs = append(cs, byWorkers("batch/"+lang, batchOffers, func(ctx context.Context) error {
			_, err := p.MatchStored(ctx, 1, in.Job, items)
			return err
		})...)
	}
	took, err := medians(ctx, short, cs)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, c := range cs {
		l := Line{Name: c.name, Value: 1e9 / took[c.name], Unit: "pairs/s"}
		if c.work == 1 {
			l.Unit = "rounds/s"
		}
		lines = append(lines, l)
		if one, ok := took[c.name[:len(c.name)-1]+"1"]; ok && c.name[len(c.name)-1] == '2' {
			l.Baseline, l.Ratio = c.name[:len(c.name)-1]+"1", one/took[c.name]
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// byWorkers is something done by one worker and by two.
func byWorkers(name string, work float64, once func(context.Context) error) []contender {
	return []contender{
		{name: name + "/1", work: work, once: once, workers: 1},
		{name: name + "/2", work: work, once: once, workers: 2},
	}
}

// spin is work without memory: two workers are as much faster at it as the
// machine has processors for them. Marsaglia, Xorshift RNGs (2003).
func spin(context.Context) error {
	x := uint64(88172645463325252)
	for range 1 << 16 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	if x == 0 {
		return errors.New("the generator fell into its one cycle of zeros")
	}
	return nil
}

const batchCases = 256

// mediate measures cases of one step in batches of 256, through the simplest
// built-in scheme, which gives its verdict at once, and through one that draws
// replicas.
func mediate(ctx context.Context) ([]Line, error) {
	host, err := newHost("")
	if err != nil {
		return nil, err
	}
	defer host.Close()
	cases := make([]hostapi.Case, batchCases)
	for i := range cases {
		cases[i] = oneStep(uint64(i))
	}
	var cs []contender
	for name, scheme := range map[string]string{"mediate/go": "optimistic", "mediate/go-replicas": "replicate"} {
		p, err := builtIn(ctx, host, hostapi.HookMediate, scheme, nil)
		if err != nil {
			return nil, err
		}
		defer p.Close()
		cs = append(cs, contender{name: name, work: batchCases, once: func(ctx context.Context) error {
			_, err := p.Mediate(ctx, 1_700_000_000, cases)
			return err
		}})
	}
	took, err := medians(ctx, short, cs)
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, name := range []string{"mediate/go", "mediate/go-replicas"} {
		lines = append(lines, Line{Name: name, Value: 1e9 / took[name], Unit: "cases/s"})
	}
	return lines, nil
}

// oneStep is a review that has the provider's result and no more.
func oneStep(n uint64) hostapi.Case {
	return hostapi.Case{
		ID: hostapi.Bytes32{0: byte(n), 1: byte(n >> 8)}, Seed: hostapi.Some(hostapi.Bytes32{31: 1}), Phase: hostapi.PhaseReview,
		Opened: 1_699_999_000, Now: 1_700_000_000, Deadline: 1_700_003_600, Price: 3_000_000, ProviderStake: 10_000_000, MaxRuns: 3,
		Params: []hostapi.Param{{Key: "agree", Value: 2}, {Key: "runs", Value: 3}},
		Events: []hostapi.Event{
			{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Who: 0, Re: hostapi.None}},
			{Party: &hostapi.Party{Standing: hostapi.StandingCreator, Who: 1, Re: hostapi.None}},
			{Result: &hostapi.Result{Who: 0, Re: hostapi.None, Status: hostapi.RunStatusSucceeded, Content: hostapi.Bytes32{1}}},
		},
	}
}

// load measures how long a Go plugin takes from bytes to its first answer.
func load(ctx context.Context) ([]Line, error) {
	cold := func(ctx context.Context) error {
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		return loadOnce(ctx, dir)
	}
	warm, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(warm)
	if err := loadOnce(ctx, warm); err != nil {
		return nil, err
	}
	took, err := medians(ctx, long, []contender{
		{name: "load/cold", once: cold},
		{name: "load/cached", once: func(ctx context.Context) error { return loadOnce(ctx, warm) }},
	})
	if err != nil {
		return nil, err
	}
	ms := float64(time.Millisecond)
	return []Line{
		{Name: "load/cold", Value: took["load/cold"] / ms, Unit: "ms"},
		{Name: "load/cached", Value: took["load/cached"] / ms, Unit: "ms"},
	}, nil
}

func loadOnce(ctx context.Context, cache string) error {
	host, err := newHost(cache)
	if err != nil {
		return err
	}
	defer host.Close()
	p, err := builtIn(ctx, host, hostapi.HookMatch, "cheapest", nil)
	if err != nil {
		return err
	}
	defer p.Close()
	in := request()
	_, err = p.Match(ctx, 1, in.Job, in.Offers)
	return err
}

const manyPlugins = 64

// memory measures what 64 Go plugins take that are all ready to answer.
func memory(ctx context.Context) ([]Line, error) {
	host, err := newHost("")
	if err != nil {
		return nil, err
	}
	defer host.Close()
	in := request()
	for i := range manyPlugins {
		p, err := builtIn(ctx, host, hostapi.HookMatch, "cheapest", map[string]any{"region_bonus": i})
		if err != nil {
			return nil, err
		}
		defer p.Close()
		if _, err := p.Match(ctx, 1, in.Job, in.Offers); err != nil {
			return nil, err
		}
	}
	return []Line{{Name: fmt.Sprintf("memory/%d-plugins", manyPlugins), Value: resident(), Unit: "MiB"}}, nil
}
