//go:build wasip1

// Command knqyf263 is the decision of the example plugin "cheapest" as a guest
// of knqyf263/go-plugin.
package main

import (
	"context"

	"github.com/lilypad-network/lilypad/bench/peers/wasmpb"
)

type matcher struct{}

func (matcher) Match(_ context.Context, q *wasmpb.Question) (*wasmpb.Answer, error) {
	j, o := q.GetJob(), q.GetOffer()
	failed := uint64(o.GetJobsFailed())
	if jobs := uint64(o.GetJobsOk()) + failed; jobs >= 10 {
		if failures := failed * 1_000_000 / jobs; failures > 500_000 {
			return &wasmpb.Answer{Refused: true, Failures: failures}, nil
		}
	}
	score := -int64(o.GetPrice())
	if j.GetRegion() != "" && j.GetRegion() == o.GetRegion() {
		score += 5
	}
	return &wasmpb.Answer{Score: score}, nil
}

func init() { wasmpb.RegisterMatcher(matcher{}) }

func main() {}
