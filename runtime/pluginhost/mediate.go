package pluginhost

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

const (
	maxActions = 64 // of one case
	maxEvents  = 4096
)

// Mediate asks what follows from each case: its actions, at least one, in the
// order of the cases. An action with the key of an earlier one of its case is
// that one, and not to be performed again.
//
// # Errors
//
// Invalid for a case of more than 4096 events, a [Refusal] otherwise: no case
// was judged.
func (p *Plugin) Mediate(ctx context.Context, now lilypad.Time, cases []hostapi.Case) ([][]hostapi.Action, error) {
	for i := range cases {
		if n := len(cases[i].Events); n > maxEvents {
			return nil, lilypad.Errorf(lilypad.Invalid, "case %s has %d events; at most %d", cases[i].ID, n, maxEvents)
		}
	}
	s := scratches.Get().(*scratch)
	defer s.free()
	if err := encode(p, s, cases); err != nil {
		return nil, err
	}
	plans := make([][]hostapi.Action, len(cases))
	b := batch{hook: hostapi.HookMediate, now: now, items: s.items, room: maxActions * maxStride}
	err := p.ask(ctx, b, func(first, end int, out []byte) *Refusal {
		actions, err := hostapi.DecodeActions(out)
		if err != nil {
			return refusef(RuleOutput, "%v", err)
		}
		for len(actions) > 0 {
			item, n := actions[0].Item, 0
			for n < len(actions) && actions[n].Item == item {
				actions[n].Item += uint32(first)
				n++
			}
			if uint64(item) >= uint64(end-first) {
				return refusef(RuleOutput, "an action for case %d of %d", item, end-first)
			}
			if i := first + int(item); plans[i] == nil {
				plans[i] = actions[:n:n]
			} else {
				plans[i] = append(plans[i], actions[:n]...)
			}
			actions = actions[n:]
		}
		for i := first; i < end; i++ {
			if r := checkPlan(&cases[i], p.program.minor, plans[i]); r != nil {
				return r
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return plans, nil
}

// checkPlan holds the rules that every scheme keeps.
func checkPlan(c *hostapi.Case, minor uint16, plan []hostapi.Action) *Refusal {
	if len(plan) == 0 || len(plan) > maxActions {
		return refusef(RuleOutput, "case %s got %d actions; want 1 to %d", c.ID, len(plan), maxActions)
	}
	for _, e := range c.Events {
		o := e.Ordered
		for _, a := range plan {
			if o != nil && o.Key == a.Key && o.Kind != a.Kind {
				return refusef(RuleOutput, "case %s: key %d was ordered as %s and is %s now", c.ID, a.Key, o.Kind, a.Kind)
			}
		}
	}
	for i, a := range plan {
		if slices.ContainsFunc(plan[:i], func(b hostapi.Action) bool { return a.Key == b.Key }) {
			return refusef(RuleOutput, "case %s: two actions with key %d", c.ID, a.Key)
		}
		if a.Kind == hostapi.ActionKindBisect && minor < 1 {
			return refusef(RuleOutput, "case %s: %s is of API 1.1; the manifest says 1.%d", c.ID, a.Kind, minor)
		}
		if r := checkAction(c, a, len(plan)); r != nil {
			return r
		}
	}
	return nil
}

func checkAction(c *hostapi.Case, a hostapi.Action, n int) *Refusal {
	if (a.Kind == hostapi.ActionKindVerdict) != (a.Outcome != hostapi.OutcomeNone) {
		return refusef(RuleOutput, "case %s: %s with outcome %s", c.ID, a.Kind, a.Outcome)
	}
	switch a.Kind {
	case hostapi.ActionKindVerdict, hostapi.ActionKindDraw:
		if n > 1 {
			return refusef(RuleOutput, "case %s: a %s among %d actions; it stands alone", c.ID, a.Kind, n)
		}
		if a.Kind == hostapi.ActionKindDraw && c.Phase != hostapi.PhaseReview { // the contract draws once
			return refusef(RuleOutput, "case %s: %s is not for %s", c.ID, a.Kind, c.Phase)
		}
	case hostapi.ActionKindExecute, hostapi.ActionKindWait:
		if a.Until <= c.Now || a.Until > c.Deadline {
			return refusef(RuleOutput, "case %s: %s until %d; want it after now, %d, and by the deadline, %d", c.ID, a.Kind, a.Until, c.Now, c.Deadline)
		}
	case hostapi.ActionKindCompare:
		if a.A == a.B || !isResult(c, a.A) || !isResult(c, a.B) {
			return refusef(RuleOutput, "case %s: compare of events %d and %d, which are not two results", c.ID, a.A, a.B)
		}
	case hostapi.ActionKindBisect:
		if a.A == a.B || !isResult(c, a.A) || a.B != hostapi.None && !isResult(c, a.B) {
			return refusef(RuleOutput, "case %s: bisect of events %d and %d, which are not two results, nor one and none", c.ID, a.A, a.B)
		}
	default:
		return refusef(RuleOutput, "case %s: %s is not for %s", c.ID, a.Kind, c.Phase)
	}
	return nil
}

func isResult(c *hostapi.Case, event uint32) bool {
	return uint64(event) < uint64(len(c.Events)) && c.Events[event].Result != nil
}
