// Command credibility believes a result when the group of those who gave it is
// credible enough (Sarmenta, 2002). Who survived k checks is right with
// probability 1 − f/k, f being the share of cheats that the operator assumes;
// whoever was never checked, or found wrong once, with 1 − f. When the creator
// challenges, each mediator runs the job once and compares.
//
// In odds r = P(good)/P(bad) a member is worth k/f − 1 and a group the product
// of its members; on condition that at most one group is right, a group is
// right with probability r/(1 + Σ r).
package main

import (
	"errors"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

const (
	million = 1_000_000
	certain = 1e18 // odds beyond all thresholds
)

type credibility struct {
	box          ballot.Box
	f, threshold int64 // ppm, where the deal says nothing
}

func newCredibility(s mediate.Settings) (mediate.Hook, error) {
	box, err := ballot.New(s)
	h := credibility{box, s.Int("f_ppm"), s.Int("threshold_ppm")}
	if err == nil && (min(h.f, h.threshold) < 1 || max(h.f, h.threshold) >= million) {
		err = errors.New("f_ppm and threshold_ppm must be from 1 to 999999")
	}
	return h, err
}

func (s credibility) Decide(c mediate.Case) mediate.Plan {
	f, threshold := s.f, s.threshold
	if n := c.Param("f_ppm"); n > 0 {
		f = min(n, million-1)
	}
	if n := c.Param("threshold_ppm"); n > 0 {
		threshold = min(n, million-1)
	}
	return s.box.Decide(c, func(v mediate.Votes) ballot.Count { return count(v, uint64(f), float64(threshold)) })
}

// count uses floating point: WebAssembly rounds its basic operations as IEEE
// 754 does, everywhere.
func count(v mediate.Votes, f uint64, threshold float64) ballot.Count {
	n := ballot.Count{}
	top, rest, best := 0.0, 1.0, 0.0
	for _, g := range v.Groups() {
		group := 1.0
		for _, a := range g.Answers {
			r := odds(a.By, f)
			group, best = min(group*r, certain), max(best, r)
		}
		if group > top {
			n.Top, top, group = g, group, top
		}
		rest += group
	}
	n.PPM = uint64(top/(top+rest)*million + .5)
	short := func() bool { return top*(million-threshold) < threshold*rest }
	n.Enough = !short()
	if best <= 1 { // further members of the same credibility would not help
		return n
	}
	for ; short() && top < certain; n.More++ {
		top = min(top*best, certain)
	}
	return n
}

func odds(p mediate.Party, f uint64) float64 {
	k := max(p.ChecksOk(), 1)
	if p.ChecksBad() > 0 {
		k = 1
	}
	return float64(k*million-f) / float64(f)
}

func init() { mediate.Register(newCredibility) }

func main() {}
