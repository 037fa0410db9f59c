// Command poco believes a result when the contributions for it have weight
// enough for the trust asked for (iExec's Proof of Contribution). A worker
// weighs more the more of its results were found right, so those with a record
// agree in smaller numbers. When the creator challenges, each mediator runs
// the job once and compares.
//
// A worker of score s weighs w = max(⌊s/3⌋, 3) − 1; a group weighs the product
// of its workers, and the total is 1 more than the sum of groups. Consensus is
// reached when group·trust > total·(trust−1).
package main

import (
	"errors"

	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// heaviest bounds weights, so that sums of them fit: a group of it has the
// trust of any deal.
const heaviest = 1 << 50

type poco struct {
	box   ballot.Box
	trust int64 // where the deal says nothing
}

func newPoco(s mediate.Settings) (mediate.Hook, error) {
	box, err := ballot.New(s)
	p := poco{box, s.Int("trust")}
	if err == nil && p.trust < 1 {
		err = errors.New("trust must be 1 or more")
	}
	return p, err
}

func (p poco) Decide(c mediate.Case) mediate.Plan {
	trust := p.trust
	if n := c.Param("trust"); n > 0 {
		trust = n
	}
	return p.box.Decide(c, func(v mediate.Votes) ballot.Count { return count(v, uint64(trust)) })
}

func count(v mediate.Votes, trust uint64) ballot.Count {
	n := ballot.Count{}
	top, rest, best := uint64(0), uint64(1), uint64(1)
	for _, g := range v.Groups() {
		group := uint64(1)
		for _, a := range g.Answers {
			w := weight(a.By)
			group, best = times(group, w), max(best, w)
		}
		if group > top {
			n.Top, top, group = g, group, top
		}
		rest += group
	}
	n.PPM = share(top, top+rest)
	bar := times(rest, trust-1) // to be passed
	for n.Enough = top > bar; top <= bar && top < heaviest; n.More++ {
		top = times(top, best)
	}
	return n
}

// weight of a worker is below 2³²/3. A result that was found wrong costs it a
// third of its score; the record does not tell when that was, so all of them
// are taken from the whole.
func weight(p mediate.Party) uint64 {
	score := p.ChecksOk()
	for range min(p.ChecksBad(), 64) {
		score -= (score + 2) / 3
	}
	return max(score/3, 3) - 1
}

// times is a product, or heaviest where it is more: no group passes that.
func times(a, b uint64) uint64 {
	if b > 0 && a > heaviest/b {
		return heaviest
	}
	return a * b
}

func share(part, of uint64) uint64 {
	for of >= 1<<43 {
		part, of = part/2, of/2
	}
	return part * 1_000_000 / of
}

func init() { mediate.Register(newPoco) }

func main() {}
