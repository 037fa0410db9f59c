// Command cheapest ranks offers by price: the less it costs, the higher it
// stands. Offers that failed too often are refused; an offer in the job's
// region may cost a little more.
package main

import "github.com/lilypad-network/lilypad/sdk/go/match"

// Reasons, with words in the manifest.
const unreliable = 1

type cheapest struct {
	regionBonus int64 // micro-LILY
	maxFailures uint64
	afterJobs   uint64 // before so many jobs a record says nothing
}

func newCheapest(s match.Settings) (match.Hook, error) {
	return cheapest{s.Int("region_bonus"), uint64(s.Int("max_failures_ppm")), uint64(s.Int("after_jobs"))}, nil
}

func (c cheapest) Score(j match.Job, o match.Offer) match.Score {
	if jobs := o.JobsOk() + o.JobsFailed(); jobs >= c.afterJobs && jobs > 0 {
		if failures := o.JobsFailed() * 1_000_000 / jobs; failures > c.maxFailures {
			return match.Refuse(unreliable).With(failures, c.maxFailures)
		}
	}
	score := -int64(o.Price())
	if j.HasRegion() && j.Region() == o.Region() {
		score += c.regionBonus
	}
	return match.Rank(score)
}

func init() { match.Register(newCheapest) }

func main() {}
