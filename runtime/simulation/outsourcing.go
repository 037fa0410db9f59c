package simulation

import (
	"cmp"
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
)

// Outsourcing is the rule of a check that is about no scheme, but about a job
// creator that cheats: MODiCuM's game with a provider. The creator's job has
// two answers, one of which it accepts. It hopes that the provider gives the
// other, and that a mediator, who runs the job n times, gives the first each
// time.
//
// Source: Eisele et al., "Mechanisms for Outsourcing Computation via a
// Decentralized Market", DEBS 2020.
const Outsourcing = "modicum"

// outsourcing is the game. Money is in micro-prices of the job.
type outsourcing struct {
	runs     int     // of the mediator
	deposit  int64   // theta + n
	gas      int64   // of asking for mediation
	executes float64 // how often the provider runs the job
}

// maxMediatorRuns bounds how many points hold the creator's gain.
const maxMediatorRuns = 32

func (c *Check) outsourcing(ctx context.Context, o Options, size float64) (*Result, error) {
	g, err := c.game()
	if err != nil {
		return nil, err
	}
	games, seed := c.Jobs, uint64(1)
	if games == 0 {
		games = int64(defaultJobs * size)
	}
	if c.Seed != nil {
		seed = *c.Seed
	}
	return g.play(ctx, games, seed, o)
}

func (c *Check) game() (g outsourcing, err error) {
	if c.Settings != nil || c.Providers != nil || c.Mediators != nil || !reflect.ValueOf(c.Population).IsZero() {
		return g, lilypad.Errorf(lilypad.Invalid, "check: %s is a game of two", Outsourcing).Try("give it params, jobs, seed and expect")
	}
	values := map[string]float64{"theta": 0, "p_e": 1, "g_m": 0}
	limits := map[string][2]float64{"n": {1, maxMediatorRuns}, "theta": {0, 1000}, "p_e": {0, 1}, "g_m": {0, 1000}}
	for _, key := range slices.Sorted(maps.Keys(c.Params)) {
		limit, known := limits[key]
		if !known {
			return g, lilypad.Errorf(lilypad.Invalid, "check: %s has no parameter %s that its figure depends on", Outsourcing, key).Try("n, theta, p_e or g_m")
		}
		v, err := c.Params[key].Float64()
		if err != nil || v < limit[0] || v > limit[1] || key == "n" && v != math.Trunc(v) {
			return g, lilypad.Errorf(lilypad.Invalid, "check: %s is %s", key, c.Params[key]).Try("a number from %g to %g", limit[0], limit[1])
		}
		values[key] = v
	}
	if values["n"] == 0 {
		return g, lilypad.Errorf(lilypad.Invalid, "check: %s needs n", Outsourcing).Try("params: {n: 4}")
	}
	return outsourcing{
		runs: int(values["n"]), deposit: int64(math.Round((values["theta"] + values["n"]) * lily)), gas: int64(math.Round(values["g_m"] * lily)),
		executes: values["p_e"],
	}, nil
}

// gain is what the creator has of one game, in which a run gives the answer
// that it accepts so often.
func (g outsourcing) gain(d *dice, ambiguity float64) int64 {
	if d.chance(g.executes) && d.chance(ambiguity) {
		return -lily // it pays
	}
	for range g.runs {
		if !d.chance(ambiguity) {
			return -g.deposit - g.gas
		}
	}
	return lily
}

// play estimates the ambiguity that gains the creator most. Its mean gain is a
// polynomial of degree n+1, so that its means at n+2 points are all there is
// to know of it: games are played at Chebyshev's, and the estimate is where
// the polynomial through the means is largest, its deviation by the delta method.
func (g outsourcing) play(ctx context.Context, games int64, seed uint64, o Options) (*Result, error) {
	const step = 1 << 16
	points := g.runs + 2
	each := (games + int64(points) - 1) / int64(points)
	x, means := make([]float64, points), make([]moments, points)
	meter := meter{o: o, of: each * int64(points)}
	var group errgroup.Group
	group.SetLimit(cmp.Or(o.Workers, runtime.NumCPU()))
	for i := range x {
		x[i] = (1 + math.Cos(float64(2*i+1)*math.Pi/float64(2*points))) / 2
		group.Go(func() error {
			d := dice{*rand.NewPCG(seed, uint64(i))}
			for done := int64(0); done < each && ctx.Err() == nil; done += step {
				n := min(step, each-done)
				for range n {
					means[i].add(g.gain(&d, x[i]))
				}
				meter.tell(n)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	r := &Result{Jobs: meter.done, Complete: meter.done == meter.of}
	if r.Complete {
		r.Estimates = []Estimate{highest(x, means)}
	}
	return r, nil
}

// highest is where from 0 to 1 the polynomial through means is.
func highest(x []float64, means []moments) Estimate {
	value := func(weights []float64) (sum float64) {
		for i, w := range weights {
			sum += w * means[i].mean() / lily
		}
		return sum
	}
	const parts, near = 4096, 1e-4
	best, most := 0, math.Inf(-1)
	for i := range parts + 1 {
		if v := value(lagrange(x, float64(i)/parts)); v > most {
			best, most = i, v
		}
	}
	slope := func(at float64) []float64 {
		weights := lagrange(x, at+near)
		for i, w := range lagrange(x, at-near) {
			weights[i] = (weights[i] - w) / (2 * near)
		}
		return weights
	}
	low, high := float64(max(0, best-1))/parts, float64(min(parts, best+1))/parts
	for range 60 {
		if middle := (low + high) / 2; value(slope(middle)) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	e := Estimate{Name: "p_a", Unit: "share", Value: (low + high) / 2}
	variance := 0.0 // of the slope
	for i, w := range slope(e.Value) {
		variance += w * w * means[i].variance() / (lily * lily * float64(means[i].n))
		e.N += means[i].n
	}
	if value(slope(e.Value)) <= z9999*math.Sqrt(variance) { // else it rises to the very end
		bend := (value(slope(e.Value+near)) - value(slope(e.Value-near))) / (2 * near)
		e.deviation = math.Sqrt(variance) / math.Abs(bend)
	}
	e.Low, e.High = e.Interval(z95)
	return e
}

// lagrange is how much the values at points x weigh in that at another.
func lagrange(x []float64, at float64) []float64 {
	weights := make([]float64, len(x))
	for i := range x {
		weights[i] = 1
		for j := range x {
			if j != i {
				weights[i] *= (at - x[j]) / (x[i] - x[j])
			}
		}
	}
	return weights
}
