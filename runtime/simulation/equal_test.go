package simulation_test

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// inProduction is a scheme as a role has it.
type inProduction struct{ *pluginhost.Plugin }

func (p inProduction) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	input, err := in.Append(nil, p.Minor())
	if err != nil {
		return nil, nil, nil, err
	}
	plans, err := p.Mediate(ctx, lilypad.Time(in.Now), in.Cases)
	if err != nil {
		return nil, nil, nil, err
	}
	output, err := p.Replay(ctx, input)
	return plans[0], input, output, err
}

func (p inProduction) Replay(ctx context.Context, input []byte) ([]byte, error) {
	d, err := p.Plugin.Replay(ctx, input, nil)
	return d.Output, err
}

// byContent finds results equal whose content is, as the simulator does.
type byContent struct{}

func (byContent) Compare(_ context.Context, _ lilypad.Time, a, b lilypad.ContentID, _ []lilypad.Param) (hostapi.Comparison, error) {
	if a == b {
		return hostapi.Comparison{Sameness: hostapi.SamenessEqual}, nil
	}
	return hostapi.Comparison{Sameness: hostapi.SamenessDifferent, Distance: 1_000_000}, nil
}

// ended is a case as the simulator left it.
type ended struct {
	c hostapi.Case
	d cases.Decision
}

// produce runs the case of a role that meets the same world: the parties asked
// and the results that came, with their times, are those of the simulation.
func produce(t *testing.T, s inProduction, sim hostapi.Case) (c hostapi.Case, d *cases.Decision) {
	t.Helper()
	world := sim.Events
	c = sim
	c.Events = nil
	runner := cases.Runner{Scheme: s, Comparator: byContent{}, Order: func(context.Context, hostapi.Action) (hostapi.Party, error) {
		next := world[len(c.Events)]
		if next.Party == nil { // it was asked before
			next = world[next.Ordered.Who]
		}
		return *next.Party, nil
	}}
	for i := 0; d == nil; {
		now := lilypad.Time(sim.Now)
		if i < len(world) {
			now = lilypad.Time(at(world[i]))
		}
		last := i == len(world)
		for ; i < len(world) && lilypad.Time(at(world[i])) == now; i++ {
			switch e := world[i]; {
			case e.Party != nil && e.Party.Standing == hostapi.StandingProvider:
				cases.AddParty(&c, now, *e.Party)
			case e.Result != nil:
				cases.AddResult(&c, now, keyOf(world, e.Result.Re), e.Result.Who, *e.Result)
			case e.Missing != nil:
				cases.AddMissing(&c, now, e.Missing.Key, e.Missing.Who, e.Missing.Why)
			case e.Segment != nil:
				cases.AddSegment(&c, now, e.Segment.Key, e.Segment.Who, *e.Segment)
			}
		}
		if now < lilypad.Time(sim.Opened) {
			continue // the claim is older than the mediator's case
		}
		var err error
		if d, err = runner.Advance(t.Context(), now, &c); err != nil || d == nil && last {
			t.Fatalf("case %s: production does not decide: %v", sim.ID, err)
		}
	}
	return c, d
}

func keyOf(events []hostapi.Event, re uint32) uint32 {
	if re == hostapi.None {
		return hostapi.None
	}
	return events[re].Ordered.Key
}

func at(e hostapi.Event) uint64 {
	switch {
	case e.Party != nil:
		return e.Party.At
	case e.Ordered != nil:
		return e.Ordered.At
	case e.Result != nil:
		return e.Result.At
	case e.Compared != nil:
		return e.Compared.At
	case e.Segment != nil:
		return e.Segment.At
	}
	return e.Missing.At
}

// markets have all that can happen to a case.
var markets = map[string]string{
	"optimistic":  "{name: optimistic}, deals: {audit_bps: 2000}",
	"audit":       "{name: audit}, deals: {audit_bps: 3000}",
	"replicate":   "{name: replicate, params: {agree: 3, runs: 7}}",
	"poco":        "{name: poco, params: {trust: 20}}",
	"bisect":      "{name: bisect}, deals: {audit_bps: 1000}",
	"credibility": "{name: credibility}",
	"adaptive":    "{name: adaptive}",
	"escalate":    "{name: escalate}",
	"jackpot":     "{name: jackpot, settings: {forced_bps: 1000}}, deals: {audit_bps: 1000}",
}

const crowd = `, jobs: 1500, seed: 7, providers: [
	{kind: honest, count: 200, latency: 60}, {kind: faulty, count: 50, rate: 0.3}, {kind: lazy, count: 20, rate: 0.5}, {kind: cheat, count: 50, rate: 0.5, equal_wrong: 0.5},
	{kind: colluder, count: 60, rate: 0.5, group: 20}, {kind: sleeper, count: 30, after: 3}, {kind: sybil, count: 30, rate: 0.5}, {kind: unavailable, count: 40}],
	mediators: [{kind: honest, count: 7, unavailable: 0.2}, {kind: lazy, count: 2}, {kind: bribed, count: 2, vote: refund}]}`

// What a role decides in production, what a replay of its transcript gives and
// what the simulator saw are the same to the byte.
func TestRun_decidesAsProductionDoes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs 10000 cases three times")
	}
	total := 0
	for name, market := range markets {
		s, err := simulation.Parse([]byte("{scheme: " + market + crowd))
		if err != nil {
			t.Fatal(err)
		}
		p := inProduction{scheme(t, name, s.Rule.Settings)}
		var mu sync.Mutex
		var all []ended
		_, err = simulation.Run(t.Context(), s, p.Plugin, simulation.Options{Trace: func(_ int, c hostapi.Case, d cases.Decision) {
			c.Events = slices.Clone(c.Events)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, ended{c, d})
		}})
		if err != nil {
			t.Fatal(err)
		}
		total += len(all)
		for _, sim := range all {
			c, d := produce(t, p, sim.c)
			got, want := bytesOf(t, c), bytesOf(t, sim.c)
			if !bytes.Equal(got, want) {
				t.Fatalf("%s: transcripts differ (-simulated +produced):\n%s", name, cmp.Diff(sim.c, c))
			}
			if err := d.Transcript.Replay(t.Context(), p); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			d.Transcript = cases.Transcript{}
			if diff := cmp.Diff(sim.d, *d); diff != "" {
				t.Fatalf("%s: decisions differ (-simulated +produced):\n%s", name, diff)
			}
		}
	}
	if total < 10_000 {
		t.Errorf("only %d cases were compared", total)
	}
}

func bytesOf(t *testing.T, c hostapi.Case) []byte {
	t.Helper()
	b, err := c.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
