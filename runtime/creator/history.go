package creator

import (
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// remember writes into a party what this creator has seen of it: how its deals
// ended, and what came of the results that somebody else gave as well. Schemes
// that trust by experience (credibility, poco, adaptive) read no more than this.
func (c *Creator) remember(p *hostapi.Party) {
	who := lilypad.Address(p.Address)
	c.records.Each(func(r record) {
		if r.Deal == nil || r.Deal.Body.Provider != who || r.State != lilypad.StateFinal {
			return
		}
		good := r.good()
		if good {
			p.JobsOk++
		} else {
			p.JobsBad++
		}
		if !r.checked() {
			return
		}
		if good {
			p.ChecksOk++
		} else {
			p.ChecksBad++
		}
	})
}

// good tells whether a final deal's result counted: mediators have the last
// word, else the creator's scheme.
func (r *record) good() bool {
	switch r.Outcome {
	case lilypad.OutcomeUpheld, lilypad.OutcomeLate:
		return r.delivered()
	case lilypad.OutcomeFraud, lilypad.OutcomeRefund:
		return false
	}
	return r.delivered() && r.Ruling != doubted // unjudged ones were paid as well
}

// checked tells whether the result was held against another one: by mediators,
// as a replica, or by replicas.
func (r *record) checked() bool {
	switch {
	case r.Outcome == lilypad.OutcomeUpheld || r.Outcome == lilypad.OutcomeFraud:
		return true
	case !r.delivered() || r.Ruling == "":
		return false
	case r.Posting.Parent != lilypad.JobID{}:
		return true
	}
	return r.Case != nil && slices.ContainsFunc(r.Case.Events, func(e hostapi.Event) bool { return e.Result != nil && e.Result.Re != hostapi.None })
}
