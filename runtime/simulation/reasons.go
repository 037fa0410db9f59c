package simulation

import (
	"fmt"
	"slices"

	"github.com/lilypad-network/lilypad/runtime/cases"
)

// said is how many reviews ended with a reason, and the arguments it had.
type said struct {
	code uint16
	n    int64
	args [2]moments
	vast [2]bool // an argument was above maxArgument: there is no mean
}

// maxArgument is the largest argument of a reason whose sums are kept.
const maxArgument = 1 << 32

// say counts the reason of a decision; 0 is none.
func (t *tally) say(d cases.Decision) {
	if d.Reason == 0 {
		return
	}
	r := t.reason(d.Reason)
	r.n++
	for i, arg := range [2]uint64{d.Arg0, d.Arg1} {
		if arg > maxArgument {
			r.vast[i] = true
			continue
		}
		r.args[i].add(int64(arg))
	}
}

// reason is what the tally has of one.
func (t *tally) reason(code uint16) *said {
	i := slices.IndexFunc(t.reasons, func(r said) bool { return r.code == code })
	if i < 0 {
		i, t.reasons = len(t.reasons), append(t.reasons, said{code: code})
	}
	return &t.reasons[i]
}

func (r *said) merge(o said) {
	r.n += o.n
	for i := range r.args {
		r.args[i].merge(o.args[i])
		r.vast[i] = r.vast[i] || o.vast[i]
	}
}

// reasonFigures are those of the reasons that reviews ended with, by their
// codes.
func reasonFigures(total *tally) (list []figure) {
	var codes []uint16
	for _, r := range total.reasons {
		codes = append(codes, r.code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		name := fmt.Sprintf("reason_%d", code)
		list = append(list, figure{name: name, unit: "share", share: func(t *tally) share { return share{t.reason(code).n, t.confidence.n} }})
		for i, vast := range total.reason(code).vast {
			if !vast {
				list = append(list, figure{
					name: fmt.Sprintf("%s_arg%d", name, i), unit: "count", scale: 1,
					moments: func(t *tally) moments { return t.reason(code).args[i] },
				})
			}
		}
	}
	return list
}
