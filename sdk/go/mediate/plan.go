package mediate

import "slices"

// Plan is what a scheme wants done next. Its methods return it changed.
type Plan struct{ actions []Action }

// Keys of actions: what it is, then which one. A case has at most 4096 events,
// so two positions fit.
const (
	keyExecute = 1 << 24
	keyCompare = 2 << 24
	keyOther   = 3 << 24
	keyBisect  = 4 << 24
)

// maxActions is the most that a plan may have.
const maxActions = 64

// Do is a plan of actions made by hand, with keys of the author's own.
func Do(actions ...Action) Plan { return Plan{actions} }

// Verdict ends the case. In review anything but Upheld makes the creator
// challenge.
func Verdict(o Outcome) Plan {
	return Plan{[]Action{{Kind: ActionKindVerdict, Key: keyOther | uint32(ActionKindVerdict), Outcome: o}}}
}

// Draw ends a review with doubt: the creator challenges, without an opinion
// of its own, and mediators are drawn.
func Draw() Plan {
	return Plan{[]Action{{Kind: ActionKindDraw, Key: keyOther | uint32(ActionKindDraw)}}}
}

// Wait asks to be called at the next event, or at the deadline.
func (x Case) Wait() Plan {
	return Plan{[]Action{{Kind: ActionKindWait, Key: keyOther | uint32(ActionKindWait), Until: x.Deadline()}}}
}

// Execute asks for so many runs more than there are results: those on their
// way count, the rest is ordered, up to the case's max_runs. With nothing to
// order it waits.
func (x Case) Execute(more int) Plan {
	runs := x.Runs()
	n := min(more-runs.Open(), int(x.MaxRuns())-runs.Ordered)
	if n <= 0 {
		return x.Wait()
	}
	if n > maxActions {
		panic("a plan has too many actions")
	}
	p := Plan{make([]Action, n)}
	for i := range p.actions {
		p.actions[i] = Action{Kind: ActionKindExecute, Place: PlaceAny, Until: x.Deadline(), Key: keyExecute | uint32(runs.Ordered+i)}
	}
	return p
}

// Compare asks the deal's comparator about two results. Once it was asked, it
// waits.
func (x Case) Compare(a, b Answer) Plan {
	action := comparison(a, b)
	if x.ordered(action.Key) {
		return x.Wait()
	}
	return Plan{[]Action{action}}
}

// CompareAll asks the deal's comparator about all pairs of groups that it was
// not asked about, as Compare does, and tells whether there are any: a scheme
// that needs all of them sees them after one call, and not after one for each.
func (x Case) CompareAll(v Votes) (Plan, bool) {
	open := v.undecided(maxActions)
	if len(open) == 0 {
		return Plan{}, false
	}
	var asked []uint32
	for _, e := range x.Events() {
		if o, ok := e.Ordered(); ok {
			asked = append(asked, uint32(o.Key()))
		}
	}
	var p Plan
	for _, pair := range open {
		if a := comparison(pair[0], pair[1]); !slices.Contains(asked, a.Key) {
			p.actions = append(p.actions, a)
		}
	}
	if p.actions == nil {
		return x.Wait(), true
	}
	return p, true
}

func comparison(a, b Answer) Action {
	i, j := uint32(min(a.Position, b.Position)), uint32(max(a.Position, b.Position))
	return Action{Kind: ActionKindCompare, Key: keyCompare | i<<12 | j, A: i, B: j}
}

// ordered tells whether the host was asked for an action.
func (x Case) ordered(key uint32) bool {
	for _, e := range x.Events() {
		if o, ok := e.Ordered(); ok && o.Key() == uint64(key) {
			return true
		}
	}
	return false
}

// Bisect has two results played against each other, until one step is left
// that shows who is wrong. Without another, the zero Answer, a mediator looks
// at what the challenger shows. Once it was ordered, it waits: see Bisected.
// It needs a manifest with API 1.1.
func (x Case) Bisect(claim, other Answer) Plan {
	key := bisectKey(other)
	if x.ordered(key) {
		return x.Wait()
	}
	b := uint32(None)
	if other.Position > 0 {
		b = uint32(other.Position)
	}
	return Plan{[]Action{{Kind: ActionKindBisect, Key: key, A: uint32(claim.Position), B: b}}}
}

// bisectKey has a provider's position, 0, for no result.
func bisectKey(other Answer) uint32 { return keyBisect | uint32(other.Position) }

// SameClass places runs on the hardware class of the deal's provider.
func (p Plan) SameClass() Plan {
	return p.each(func(a *Action) {
		if a.Kind == ActionKindExecute {
			a.Place = PlaceSameClass
		}
	})
}

// OtherOwner places runs at operators that have no part in the case.
func (p Plan) OtherOwner() Plan {
	return p.each(func(a *Action) {
		if a.Kind == ActionKindExecute {
			a.Place = PlaceOtherOwner
		}
	})
}

// Confidence says how sure a verdict is, in parts in a million.
func (p Plan) Confidence(ppm uint64) Plan {
	return p.each(func(a *Action) { a.Confidence = uint32(ppm) })
}

// Because gives a reason. Words for it are in the manifest.
func (p Plan) Because(reason uint16) Plan {
	return p.each(func(a *Action) { a.Reason = reason })
}

// With fills in the reason's arguments.
func (p Plan) With(arg0, arg1 uint64) Plan {
	return p.each(func(a *Action) { a.Arg0, a.Arg1 = arg0, arg1 })
}

func (p Plan) each(change func(*Action)) Plan {
	for i := range p.actions {
		change(&p.actions[i])
	}
	return p
}
