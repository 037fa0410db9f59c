package simulation_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// upholding is a fake scheme that upholds everything, for a reason.
type upholding struct {
	confidence func(batch int) uint32
	because    hostapi.Action
}

func (u upholding) Mediate(_ context.Context, _ lilypad.Time, cases []hostapi.Case) ([][]hostapi.Action, error) {
	plans := make([][]hostapi.Action, len(cases))
	for i := range cases {
		a := u.because
		a.Item, a.Kind, a.Outcome, a.Confidence = uint32(i), hostapi.ActionKindVerdict, hostapi.OutcomeUpheld, u.confidence(len(cases))
		plans[i] = []hostapi.Action{a}
	}
	return plans, nil
}

var sure = upholding{confidence: func(int) uint32 { return 1_000_000 }}

func parse(t testing.TB, text string) *simulation.Scenario {
	t.Helper()
	s, err := simulation.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRun_givesTheSameBytesForAnyWorkers(t *testing.T) {
	s := parse(t, "{scheme: "+markets["replicate"]+crowd)
	p := scheme(t, "replicate", nil)
	var first []byte
	for _, workers := range []int{1, 2, 5} {
		r, err := simulation.Run(t.Context(), s, p, simulation.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		if diff := cmp.Diff(string(first), string(got)); diff != "" {
			t.Errorf("%d workers give something else than one:\n%s", workers, diff)
		}
	}
	s.Seed++
	r, err := simulation.Run(t.Context(), s, p, simulation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(r.Estimates); err != nil || cmp.Equal(first, got) {
		t.Errorf("another seed gives the same: %v", err)
	}
}

func TestRun_noticesAnswersThatDependOnTheBatch(t *testing.T) {
	s := parse(t, "{scheme: {name: fake}, jobs: 5000, providers: [{kind: honest, count: 100}]}")
	_, err := simulation.Run(t.Context(), s, upholding{confidence: func(batch int) uint32 { return uint32(batch) }}, simulation.Options{})
	if lilypad.CodeOf(err) != lilypad.Internal {
		t.Errorf("%v, want Internal", err)
	}
}

func TestRun_keepsWhatIsDone(t *testing.T) {
	s := parse(t, "{scheme: {name: fake}, jobs: 1000000, providers: [{kind: honest, count: 10000}]}")
	ctx, stop := context.WithCancel(t.Context())
	r, err := simulation.Run(ctx, s, sure, simulation.Options{Workers: 2, Progress: func(done, of int64) {
		if of != 1_000_000 {
			t.Errorf("told of %d jobs", of)
		}
		if done > 20_000 {
			stop()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Complete || r.Jobs < 20_000 || r.Jobs > 500_000 {
		t.Errorf("%d jobs, complete: %v", r.Jobs, r.Complete)
	}
}

// What deals of each kind earn by the rules of settlement, where it can be
// told without a simulation.
func TestRun_profits(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want map[string]float64
	}{
		"nobody looks": {
			"{scheme: {name: fake}, jobs: 5000, providers: [{kind: honest, count: 100}, {kind: cheat, count: 100}]}",
			map[string]float64{"honest.profit": 0.5, "cheat.profit": 1, "cheat.stake_lost": 0, "error_rate": 0.5, "cost_per_job": 1},
		},
		"all are audited": {
			"{scheme: {name: fake}, deals: {audit_bps: 10000}, panel: {drawn: 0, agree: 0}, jobs: 5000, providers: [{kind: honest, count: 100}, {kind: cheat, count: 100}]}",
			map[string]float64{"honest.profit": 0.5, "cheat.profit": -2.5, "cheat.stake_lost": 2.5, "caught": 1, "false_accusations": 0, "decided": 0.5},
		},
		"nobody answers": {
			"{scheme: {name: fake}, jobs: 5000, providers: [{kind: unavailable, count: 100, unavailable: 1}]}",
			map[string]float64{"unavailable.profit": -0.1, "served": 0, "decided": 0, "cost_per_job": 0},
		},
		"the panel is bribed": {
			"{scheme: {name: fake}, deals: {audit_bps: 10000}, mediators: [{kind: bribed, count: 3, vote: refund}], jobs: 5000, providers: [{kind: cheat, count: 100}]}",
			map[string]float64{"cheat.profit": -0.3, "caught": 0, "wrong_paid": 0, "no_verdict": 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := simulation.Run(t.Context(), parse(t, tt.text), sure, simulation.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for figure, want := range tt.want {
				e, err := r.Figure(figure)
				if err != nil {
					t.Fatal(err)
				}
				low, high := e.Interval(4)
				if want < low-1e-9 || want > high+1e-9 || math.Abs(e.Value-want) > 0.05 {
					t.Errorf("%s is %g (%g to %g), want %g", figure, e.Value, low, high, want)
				}
			}
		})
	}
}

// A sleeper is trusted before it wakes, and a Sybil has a new name afterwards.
func TestRun_trustOverTime(t *testing.T) {
	r, err := simulation.Run(t.Context(), parse(t, `{scheme: {name: fake}, deals: {audit_bps: 5000}, panel: {drawn: 0, agree: 0}, jobs_each: 100,
		providers: [{kind: sleeper, count: 64, after: 50}, {kind: sybil, count: 64}]}`), sure, simulation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Jobs != 12_800 {
		t.Errorf("%d jobs, want 100 of each provider", r.Jobs)
	}
	middle, end := r.Time[len(r.Time)/2-1].Trust, r.Time[len(r.Time)-1].Trust
	if middle[0] < 0.9 || end[0] > middle[0]-0.1 {
		t.Errorf("a sleeper is trusted with %g before it wakes and %g at the end", middle[0], end[0])
	}
	if end[1] < 0.45 {
		t.Errorf("a Sybil is trusted with %g, though it has had new names", end[1])
	}
}

// Every job is simulated, however many providers take replicas only.
func TestRun_simulatesEveryJob(t *testing.T) {
	r, err := simulation.Run(t.Context(), parse(t, `{scheme: {name: fake}, jobs: 10000, providers: [
		{name: a, kind: honest, count: 5, takes: jobs}, {name: b, kind: honest, count: 643, takes: replicas}, {name: c, kind: honest, count: 5, takes: jobs}]}`),
		sure, simulation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Jobs != 10_000 || !r.Complete {
		t.Errorf("%d jobs, complete: %v", r.Jobs, r.Complete)
	}
}

// unsure is a fake scheme that buys a replica and then believes nobody; only
// mediators get a verdict, by their own run.
type unsure struct{ says hostapi.Action }

func (u unsure) Mediate(_ context.Context, _ lilypad.Time, cases []hostapi.Case) ([][]hostapi.Action, error) {
	plans := make([][]hostapi.Action, len(cases))
	for i, c := range cases {
		var contents []hostapi.Bytes32
		for _, e := range c.Events {
			if e.Result != nil {
				contents = append(contents, e.Result.Content)
			}
		}
		a := hostapi.Action{Kind: hostapi.ActionKindExecute, Key: 1}
		switch two := len(contents) == 2; {
		case two && c.Phase == hostapi.PhaseReview:
			a = u.says
		case two && contents[0] == contents[1]:
			a = hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeUpheld}
		case two:
			a = hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeFraud}
		case len(c.Events) > 2:
			a = hostapi.Action{Kind: hostapi.ActionKindWait, Until: c.Deadline}
		}
		a.Item = uint32(i)
		plans[i] = []hostapi.Action{a}
	}
	return plans, nil
}

// Where the scheme believes nobody, the end of the first deal rules on
// replicas: who is on its side is paid, and who is not is not. Where that
// tells nothing either, nobody was shown wrong, and all are paid.
func TestRun_rulesOnReplicasByTheFirstDeal(t *testing.T) {
	const junk, none, honest = "cheat, rate: 1", "panel: {drawn: 0, agree: 0}", "mediators: [{kind: honest, count: 3}]"
	draw, refund := hostapi.Action{Kind: hostapi.ActionKindDraw}, hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeRefund}
	for name, c := range map[string]struct {
		says                   hostapi.Action
		panel, first, second   string
		fraud, otherFraud, fee float64 // of the first, of the replica; what the first pays mediators
	}{
		"drawn":                               {draw, none, "honest", "honest", 0, 0, 0},
		"drawn, a junk replica":               {draw, none, "honest", junk, 0, 1, 0},
		"refunded":                            {refund, none, "honest", "honest", 0, 0, 0},
		"refunded, a junk replica":            {refund, none, "honest", junk, 0, 0, 0},
		"an honest panel":                     {draw, honest, "honest", "honest", 0, 0, 0},
		"an honest panel, a junk replica":     {draw, honest, "honest", junk, 0, 1, 0},
		"an honest panel, a junk result":      {draw, honest, junk, "honest", 1, 0, 0},
		"an honest panel over a refund, junk": {refund, honest, "honest", junk, 0, 1, 0},
		"a panel for a refund, a junk result": {draw, "mediators: [{kind: bribed, count: 3, vote: refund}]", junk, "honest", 0, 0, 0.3},
		"no verdict, a junk replica":          {draw, "mediators: [{kind: honest, count: 3, unavailable: 1}]", "honest", junk, 0, 0, 0},
		"undecided":                           {hostapi.Action{Kind: hostapi.ActionKindWait}, honest, "honest", "honest", 0, 0, 0},
		"undecided, a junk result":            {hostapi.Action{Kind: hostapi.ActionKindWait}, honest, junk, "honest", 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := simulation.Run(t.Context(), parse(t, fmt.Sprintf(`{scheme: {name: fake}, jobs: 500, reputation: frozen, %s, providers: [
				{name: first, kind: %s, count: 100, takes: jobs}, {name: second, kind: %s, count: 100, takes: replicas}]}`, c.panel, c.first, c.second)),
				unsure{c.says}, simulation.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for figure, want := range map[string]float64{
				"first.fraud": c.fraud, "second.fraud": c.otherFraud, "first.stake_lost": 2.5*c.fraud + c.fee, "second.stake_lost": 2.5 * c.otherFraud,
			} {
				if e, err := r.Figure(figure); err != nil || e.Value != want {
					t.Errorf("%s is %g, want %g: %v", figure, e.Value, want, err)
				}
			}
			if e, err := r.Figure("second.profit"); err != nil || (e.Value > 0) != (c.otherFraud == 0) {
				t.Errorf("the replica earns %g: %v", e.Value, err)
			}
		})
	}
}

// trusting is a fake scheme that has who is new run again, until five of its
// results were good.
type trusting struct{}

func (trusting) Mediate(_ context.Context, _ lilypad.Time, cases []hostapi.Case) ([][]hostapi.Action, error) {
	plans := make([][]hostapi.Action, len(cases))
	for i, c := range cases {
		var contents []hostapi.Bytes32
		for _, e := range c.Events {
			if e.Result != nil {
				contents = append(contents, e.Result.Content)
			}
		}
		p, a := c.Events[0].Party, hostapi.Action{Kind: hostapi.ActionKindVerdict, Outcome: hostapi.OutcomeUpheld}
		switch {
		case p.ChecksBad == 0 && p.ChecksOk >= 5:
		case len(contents) == 1 && len(c.Events) == 2:
			a = hostapi.Action{Kind: hostapi.ActionKindExecute, Key: 1}
		case len(contents) == 1:
			a = hostapi.Action{Kind: hostapi.ActionKindWait, Until: c.Deadline}
		case contents[0] != contents[1]:
			a = hostapi.Action{Kind: hostapi.ActionKindDraw}
		}
		a.Item = uint32(i)
		plans[i] = []hostapi.Action{a}
	}
	return plans, nil
}

// Of a small market whose providers earn trust the intervals are as wide as
// they say, though what happens to one job is not independent of another.
func TestRun_intervalsOfSmallMarketsHold(t *testing.T) {
	const seeds = 60
	for _, c := range []struct {
		good, bad int
		figure    string
		least     int // intervals that hold the mean
	}{{70, 30, "error_rate", 54}, {350, 150, "error_rate", 54}, {94, 6, "bad.profit", 50}, {90, 10, "bad.profit", 50}} {
		var all []simulation.Estimate
		mean := 0.0
		for seed := range seeds {
			s := parse(t, fmt.Sprintf(`{scheme: {name: fake}, seed: %d, jobs: 10000, panel: {drawn: 0, agree: 0}, providers: [
				{name: good, kind: honest, count: %d}, {name: bad, kind: cheat, rate: 0.3, count: %d}]}`, seed+1, c.good, c.bad))
			r, err := simulation.Run(t.Context(), s, trusting{}, simulation.Options{})
			if err != nil {
				t.Fatal(err)
			}
			e, err := r.Figure(c.figure)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
			mean += e.Value / seeds
		}
		cover := 0
		for _, e := range all {
			if e.Low <= mean && mean <= e.High {
				cover++
			}
		}
		if cover < c.least {
			t.Errorf("%+v: %d of %d intervals hold the mean %.4f, the first of them is %.4f to %.4f", c, cover, seeds, mean, all[0].Low, all[0].High)
		}
	}
}
