// Command escalate asks as many as a dispute needs: the job is run again once;
// when that run disagrees, three times in all; when those are split, seven
// times. Dissent leads from one level to the next, and so does an appeal that
// pays for the further runs. In review the levels are replicas that the
// creator buys; a drawn mediator runs the job once and compares, since the
// contract draws once and knows no appeal.
//
// The first level takes two results that agree, the second all but one of
// four, the last a majority of eight.
package main

import (
	"github.com/lilypad-network/lilypad/plugins/mediate/internal/ballot"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// panels are the runs beyond the first result, by level.
var panels = [...]int{1, 3, 7}

type escalate struct{ box ballot.Box }

func newEscalate(s mediate.Settings) (mediate.Hook, error) {
	box, err := ballot.New(s)
	return escalate{box}, err
}

func (e escalate) Decide(c mediate.Case) mediate.Plan {
	return e.box.Decide(c, func(v mediate.Votes) ballot.Count {
		top := v.Top()
		n := ballot.Count{Top: top, PPM: top.PPM()}
		for level := appealed(c); level < len(panels); level++ {
			if n.More = panels[level] - (v.Total() - 1); n.More > 0 {
				return n
			}
			if n.Enough = decided(level, top.N(), v.Total()); n.Enough {
				return n
			}
		}
		return n
	})
}

func decided(level, agree, of int) bool {
	switch level {
	case 0:
		return agree == of
	case 1:
		return agree >= of-1
	}
	return 2*agree > of
}

// appealed is the level that appeals lead to: each pays at least the job's
// price for every run that the next level has more.
func appealed(c mediate.Case) int {
	level := 0
	for _, e := range c.Events() {
		a, ok := e.Appeal()
		if ok && level+1 < len(panels) && a.Paid() >= c.Price()*uint64(panels[level+1]-panels[level]) {
			level++
		}
	}
	return level
}

func init() { mediate.Register(newEscalate) }

func main() {}
