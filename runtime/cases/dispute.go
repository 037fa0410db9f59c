package cases

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// bisect writes down that two results are to be played against each other.
// Whoever owns the case does it, and adds what came of it.
func bisect(now lilypad.Time, c *hostapi.Case, a hostapi.Action) error {
	if Count(c, hostapi.ActionKindBisect) >= int(c.MaxRuns) {
		return lilypad.Errorf(lilypad.Exhausted, "scheme wants more than %d disputes", c.MaxRuns)
	}
	own := resultAt(c, a.A)
	if own == nil || own.Re != hostapi.None {
		return lilypad.Errorf(lilypad.Invalid, "scheme bisects event %d: it must be the deal's own result", a.A)
	}
	who := hostapi.None
	switch other := resultAt(c, a.B); {
	case c.Phase == hostapi.PhaseMediation && a.B != hostapi.None:
		return lilypad.Errorf(lilypad.Invalid, "scheme bisects against event %d: a mediator has only what the challenger showed", a.B)
	case c.Phase == hostapi.PhaseMediation:
	case other == nil || other.Re == hostapi.None:
		return lilypad.Errorf(lilypad.Invalid, "scheme bisects against event %d: it must be the result of a replica", a.B)
	default:
		who = other.Who
	}
	add(c, now, hostapi.Event{Ordered: &hostapi.Ordered{Who: who, Re: hostapi.None, Key: a.Key, Kind: a.Kind}})
	return nil
}

// Disputes lists the orders to bisect that have neither a segment nor a reason
// why there is none.
func Disputes(c *hostapi.Case) []hostapi.Ordered { return open(c, hostapi.ActionKindBisect) }

// AddCommit appends what a party to the dispute with that key stands by. One
// that is there is kept.
func AddCommit(c *hostapi.Case, now lilypad.Time, key, who uint32, x hostapi.Commit) {
	x.Who, x.Re = who, orderOf(c, key)
	for _, e := range c.Events {
		if e.Commit != nil && e.Commit.Who == x.Who && e.Commit.Re == x.Re {
			return
		}
	}
	add(c, now, hostapi.Event{Commit: &x})
}

// AddOpen appends a node that a party to the dispute with that key opened. One
// of its level that is there is kept.
func AddOpen(c *hostapi.Case, now lilypad.Time, key, who uint32, x hostapi.Open) {
	x.Who, x.Re = who, orderOf(c, key)
	for _, e := range c.Events {
		if e.Open != nil && e.Open.Who == x.Who && e.Open.Re == x.Re && e.Open.Level == x.Level {
			return
		}
	}
	add(c, now, hostapi.Event{Open: &x})
}

// AddSegment appends how the dispute with that key ended: who is the party
// shown wrong, hostapi.None for nobody. An end that is there is kept.
func AddSegment(c *hostapi.Case, now lilypad.Time, key, who uint32, x hostapi.Segment) {
	x.Who, x.Re, x.Key = who, orderOf(c, key), key
	for _, e := range c.Events {
		if e.Segment != nil && e.Segment.Re == x.Re || e.Missing != nil && e.Missing.Re == x.Re {
			return
		}
	}
	add(c, now, hostapi.Event{Segment: &x})
}
