package template

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Templates with up to maxAll ways to give their inputs are tried in each of
// them, others with one input after the other given unlike the rest, in up to
// maxTurns ways.
const (
	maxAll   = 64
	maxTurns = 64
)

// Lint renders a template with its inputs given, left out and as its conditions
// compare them, in turn, and returns what Render had to mend or ignore, in the template's order.
//
// # Errors
//
// The [Fault] of the first set of inputs that is refused, beside the warnings
// of the others.
func Lint(tmpl []byte) ([]Warning, error) {
	trials, _, err := try(tmpl)
	var all []Warning
	for _, r := range trials {
		for _, w := range r.Warnings {
			if !w.data && !slices.ContainsFunc(all, func(o Warning) bool { return o.Place == w.Place && o.Text == w.Text }) {
				all = append(all, w)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Warning) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	return all, err
}

// try renders a template with several sets of inputs; blind: they may not show
// all of it. It goes on after an error.
func try(tmpl []byte) (trials []Rendered, blind bool, first error) {
	s := source(tmpl)
	tree, err := s.parse()
	if err != nil {
		return nil, false, err
	}
	w := &walker{source: s, index: map[string]int{}, guarded: map[string]int{}, compared: &comparisons{constants: map[string][]string{}}}
	w.list(tree)
	sets, all := trialInputs(w.found, w.compared.constants)
	for _, inputs := range sets {
		r, err := Render(tmpl, inputs)
		if first == nil {
			first = err
		}
		trials = append(trials, r)
	}
	return trials, w.compared.blind || !all, first
}

// choice is a way to give an input, or not to.
type choice struct {
	text  string
	given bool
}

// trialInputs are sets of inputs, each a different one; all: each choice is in
// one. The first set has what is required alone.
func trialInputs(known []Input, constants map[string][]string) (sets []map[string]string, all bool) {
	choices := make([][]choice, len(known))
	ways := 1
	for i, in := range known {
		if !in.Required {
			choices[i] = append(choices[i], choice{})
		}
		for _, text := range union([]string{"1"}, constants[strings.ToLower(in.Key)]) {
			choices[i] = append(choices[i], choice{text, true})
		}
		ways = min(ways*len(choices[i]), maxAll+1)
	}
	set := func(pick func(i int) choice) {
		inputs := map[string]string{}
		for i, in := range known {
			if c := pick(i); c.given {
				inputs[in.Key] = c.text
			}
		}
		sets = append(sets, inputs)
	}
	if ways <= maxAll {
		for n := range ways {
			set(func(i int) choice {
				c := choices[i][n%len(choices[i])]
				n /= len(choices[i])
				return c
			})
		}
		return sets, true
	}
	one := choice{"1", true}
	least := func(i int) choice { return choices[i][0] }
	most := func(int) choice { return one }
	set(least)
	set(most)
	turns := 0
	for i := range known {
		for _, c := range choices[i] {
			if turns++; turns > maxTurns {
				return sets, false
			}
			for _, others := range []func(int) choice{least, most} {
				if c != others(i) {
					set(func(j int) choice {
						if j == i {
							return c
						}
						return others(j)
					})
				}
			}
		}
	}
	return sets, true
}

// Fix mends what Lint warns of where that leaves each job of the trials as it
// is and warns of nothing else. Commas and brackets stay as they are in a template
// that compares inputs with more than texts. It returns the template and what is
// left.
//
// # Errors
//
// Those of Lint; the template is then unchanged.
func Fix(tmpl []byte) (fixed []byte, left []Warning, err error) {
	if left, err = Lint(tmpl); err != nil {
		return tmpl, left, err
	}
	was, blind, _ := try(tmpl)
	for i := 0; i < len(left); {
		e := left[i].edit
		if e == nil || e.from < 0 || e.to < e.from || e.to > len(tmpl) || blind && e.structural() {
			i++
			continue
		}
		next := slices.Concat(tmpl[:e.from], []byte(e.text), tmpl[e.to:])
		is, _, err := try(next)
		if err != nil || !sameJobs(was, is) || !better(was, is) {
			i++
			continue
		}
		tmpl, was = next, is
		if left, err = Lint(tmpl); err != nil {
			return tmpl, left, err
		}
		i = 0
	}
	return tmpl, left, nil
}

// better tells whether there are fewer warnings, and none that was not there.
func better(was, is []Rendered) bool {
	fewer := false
	for i := range is {
		for text, n := range is[i].odd {
			if n > was[i].odd[text] {
				return false
			}
		}
		for text, n := range was[i].odd {
			fewer = fewer || n > is[i].odd[text]
		}
	}
	return fewer
}

func sameJobs(a, b []Rendered) bool {
	forms := func(trials []Rendered) (all []map[lilypad.Engine]lilypad.Spec) {
		for _, r := range trials {
			all = append(all, r.Forms)
		}
		return all
	}
	return reflect.DeepEqual(forms(a), forms(b))
}
