package theory

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Figures are what a rule gives, by name.
type Figures map[string]float64

// Rule is a closed form with the names of its parameters.
type Rule struct {
	Name    string
	About   string
	Source  string
	Example string // settings, as in `phi=0.35,c=0.1,m=2`
	Params  []Param
	figures func(a *args) Figures
}

// Param is a parameter of a rule.
type Param struct {
	Name    string
	About   string
	Default string // empty: it must be given
}

// Evaluate gives the figures of a rule for settings by name.
//
// # Errors
//
// Invalid: a setting is unknown, missing, no number, or out of range.
func (r Rule) Evaluate(settings map[string]string) (Figures, error) {
	a := &args{rule: r, given: settings}
	for name := range settings {
		if !a.has(name) {
			return nil, lilypad.Errorf(lilypad.Invalid, "%s has no parameter %q", r.Name, name).Try("give %s", r.names())
		}
	}
	figures := r.figures(a)
	if a.err != nil {
		return nil, a.err
	}
	for name, x := range figures {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, lilypad.Errorf(lilypad.Invalid, "%s is too large for a number", name).Try("choose parameters of a common size")
		}
	}
	return figures, nil
}

func (r Rule) names() string {
	names := make([]string, len(r.Params))
	for i, p := range r.Params {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// Lookup is the rule of a name.
//
// # Errors
//
// NotFound.
func Lookup(name string) (Rule, error) {
	var names []string
	for _, r := range Rules() {
		if r.Name == name {
			return r, nil
		}
		names = append(names, r.Name)
	}
	return Rule{}, lilypad.Errorf(lilypad.NotFound, "there is no rule %q", name).Try("choose one of %s", strings.Join(names, ", "))
}

// args reads settings; the first that does not do is kept.
type args struct {
	rule  Rule
	given map[string]string
	err   error
}

func (a *args) has(name string) bool {
	for _, p := range a.rule.Params {
		if p.Name == name {
			return true
		}
	}
	return false
}

func (a *args) text(name string) string {
	if v, ok := a.given[name]; ok {
		return v
	}
	for _, p := range a.rule.Params {
		if p.Name == name && p.Default != "" {
			return p.Default
		}
	}
	a.refuse("%s needs %s", a.rule.Name, name)
	return ""
}

func (a *args) refuse(format string, values ...any) {
	if a.err == nil {
		a.err = lilypad.Errorf(lilypad.Invalid, format, values...).Try("lilypad sim theory %s --set %s", a.rule.Name, a.rule.Example)
	}
}

// bounds of a number; open ends are not part of it.
type bounds struct {
	low, high         float64
	openLow, openHigh bool
}

func (b bounds) String() string {
	if math.IsInf(b.high, 1) {
		if b.openLow {
			return fmt.Sprintf("above %g", b.low)
		}
		return fmt.Sprintf("%g or more", b.low)
	}
	low, high := "from", "to"
	if b.openLow {
		low = "above"
	}
	if b.openHigh {
		high = "to below"
	}
	return fmt.Sprintf("%s %g %s %g", low, b.low, high, b.high)
}

func (b bounds) have(x float64) bool {
	return x >= b.low && x <= b.high && !(b.openLow && x == b.low) && !(b.openHigh && x == b.high)
}

var (
	share    = bounds{low: 0, high: 1}
	positive = bounds{low: 0, high: math.Inf(1), openLow: true}
	money    = bounds{low: 0, high: math.Inf(1)}
)

func (a *args) number(name string, b bounds) float64 {
	text := a.text(name)
	if a.err != nil {
		return 0
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		a.refuse("%s: %q is no number", name, text)
	} else if !b.have(x) {
		a.refuse("%s is %s; it must be %s", name, text, b)
	}
	return x
}

// whole reads an integer; 1e6 is one too.
func (a *args) whole(name string, low, high int64) int64 {
	text := a.text(name)
	if a.err != nil {
		return low
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || x != math.Trunc(x) {
			a.refuse("%s: %q is no whole number", name, text)
			return low
		}
		n = int64(max(math.MinInt64/2, min(x, math.MaxInt64/2)))
	}
	if n < low || n > high {
		a.refuse("%s is %s; it must be from %d to %d", name, text, low, high)
		return low
	}
	return n
}
