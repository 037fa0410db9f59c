package main

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// pace is how often and how long each contender is measured. The rounds are
// odd in number, so that there is a median, and contenders take turns in each,
// so that a busy moment of the machine falls on all of them.
type pace struct {
	rounds int
	each   time.Duration
}

var (
	short = pace{101, 10 * time.Millisecond}
	long  = pace{7, 0} // for what takes long when done once
)

// contender is something that is done over and over.
type contender struct {
	name    string
	once    func(context.Context) error
	work    float64 // what is done at once; 0: 1
	workers int     // so many do it over and over, each at its own pace; 0: 1
}

// medians returns the nanoseconds that each contender takes per unit of work.
func medians(ctx context.Context, p pace, cs []contender) (map[string]float64, error) {
	took := map[string][]float64{}
	for round := range p.rounds + 1 {
		for _, c := range cs {
			ns, err := perUnit(ctx, p.each, c)
			if err != nil {
				return nil, err
			}
			if round > 0 { // the first warms up
				took[c.name] = append(took[c.name], ns)
			}
		}
	}
	out := map[string]float64{}
	for name, list := range took {
		slices.Sort(list)
		out[name] = list[len(list)/2]
	}
	return out, nil
}

// perUnit does it until the round is over, and returns ns per unit of work.
func perUnit(ctx context.Context, each time.Duration, c contender) (float64, error) {
	rates := make([]float64, max(c.workers, 1)) // per ns
	g, ctx := errgroup.WithContext(ctx)
	for i := range rates {
		g.Go(func() (err error) {
			rates[i], err = rate(ctx, each, c.once)
			return err
		})
	}
	err := g.Wait()
	sum := 0.0
	for _, r := range rates {
		sum += r
	}
	return 1 / sum / max(c.work, 1), err
}

// rate is how often something was done per ns.
func rate(ctx context.Context, each time.Duration, once func(context.Context) error) (float64, error) {
	n, step := 0, 1
	began := time.Now()
	for {
		for range step {
			if err := once(ctx); err != nil {
				return 0, err
			}
		}
		n += step
		if took := time.Since(began); took >= each {
			return float64(n) / float64(took), ctx.Err()
		}
		step = min(2*step, 64)
	}
}
