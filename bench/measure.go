package main

import (
	"context"
	"slices"
	"time"
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
	name string
	once func(context.Context) error
	work float64 // what is done at once; 0: 1
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
	n, step := 0, 1
	began := time.Now()
	for {
		for range step {
			if err := c.once(ctx); err != nil {
				return 0, err
			}
		}
		n += step
		if took := time.Since(began); took >= each {
			return float64(took) / float64(n) / max(c.work, 1), ctx.Err()
		}
		step = min(2*step, 64)
	}
}
