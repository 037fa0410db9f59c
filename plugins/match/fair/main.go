// Command fair shares jobs among providers in proportion to their weights:
// the offer that got the least for its weight in the last hour comes first.
// This is stride scheduling (Waldspurger and Weihl, 1995) with the solver's
// recent deals as the passes. Offers above a price cap take no part.
package main

import (
	"math/bits"

	"github.com/lilypad-network/lilypad/sdk/go/match"
)

const tooDear = 1 // reason, with words in the manifest

type fair struct {
	weight  string
	capPPM  uint64 // of the most that the job pays
	capJob  uint64 // micro-LILY; 0: none
	penalty uint64 // jobs that a slashed deal counts as
}

func newFair(s match.Settings) (match.Hook, error) {
	return fair{
		weight: s.Text("weight"), capPPM: uint64(s.Int("price_cap_percent")) * 10_000,
		capJob: uint64(s.Int("price_cap")), penalty: uint64(s.Int("slash_penalty")),
	}, nil
}

func (f fair) Score(j match.Job, o match.Offer) match.Score {
	most := share(j.MaxPrice(), f.capPPM)
	if f.capJob > 0 {
		most = min(most, f.capJob)
	}
	if o.Price() > most {
		return match.Refuse(tooDear).With(o.Price(), most)
	}
	jobs := o.RecentJobs() + f.penalty*o.Slashes() + 1 // the pass after this job
	return match.Rank(-int64(jobs * scale / f.of(o)))
}

// scale makes passes of different weights integers: jobs and penalties are
// below 2^32 and 2^10·2^32, so the product stays below 2^63.
const scale = 1 << 20

// of is the offer's weight, at least 1.
func (f fair) of(o match.Offer) uint64 {
	switch f.weight {
	case "slots":
		return max(o.Slots(), 1)
	case "gpus":
		return max(o.GPUs(), 1)
	}
	return 1
}

// share is ppm of an amount, rounded down.
func share(amount, ppm uint64) uint64 {
	high, low := bits.Mul64(amount, ppm)
	q, _ := bits.Div64(high, low, 1_000_000) // ppm is at most all of it
	return q
}

func init() { match.Register(newFair) }

func main() {}
