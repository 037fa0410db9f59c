package mediate

// Plan is what a scheme wants done next. Its methods return it changed.
type Plan struct{ actions []Action }

// Keys of actions: what it is, then which one. A case has at most 4096 events,
// so two positions fit.
const (
	keyExecute = 1 << 24
	keyCompare = 2 << 24
	keyOther   = 3 << 24
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
	var p Plan
	runs := x.Runs()
	for n := runs.Open(); n < more && runs.Ordered+len(p.actions) < int(x.MaxRuns()); n++ {
		if len(p.actions) == maxActions {
			panic("a plan has too many actions")
		}
		p.actions = append(p.actions, Action{
			Kind: ActionKindExecute, Place: PlaceAny, Until: x.Deadline(),
			Key: keyExecute | uint32(runs.Ordered+len(p.actions)),
		})
	}
	if p.actions == nil {
		return x.Wait()
	}
	return p
}

// Compare asks the deal's comparator about two results. Once it was asked, it
// waits.
func (x Case) Compare(a, b Answer) Plan {
	i, j := uint32(min(a.Position, b.Position)), uint32(max(a.Position, b.Position))
	key := keyCompare | i<<12 | j
	for _, e := range x.Events() {
		if o, ok := e.Ordered(); ok && o.Key() == uint64(key) {
			return x.Wait()
		}
	}
	return Plan{[]Action{{Kind: ActionKindCompare, Key: key, A: i, B: j}}}
}

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
