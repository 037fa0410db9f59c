package number

import (
	"math"
	"path"
	"strings"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// New is the kind with the limits of a pair.
func New(l judge.Limits) judge.Kind {
	return &kind{limits: l, rules: readRules(l)}
}

type kind struct {
	limits judge.Limits
	rules  []rule
	work   uint64 // so far
}

// rule is a tolerance for the fields that a pattern matches.
type rule struct {
	pattern string
	key     string
	value   float64
}

// keys are the tolerances, in parts in a thousand million.
var keys = [...]string{"abs_ppb", "rel_ppb", "scale_ppb"}

// readRules takes in parameters such as rel_ppb@metrics.csv:loss. The longer
// pattern wins, then the later one.
func readRules(l judge.Limits) []rule {
	var rules []rule
	for _, p := range l.Params {
		if key, pattern, ok := strings.Cut(p.Key, "@"); ok {
			rules = append(rules, rule{pattern, key, float64(max(p.Value, 0)) / 1e9})
		}
	}
	return rules
}

// tolerance is what a field may differ by: abs, rel and scale.
func (k *kind) tolerance(file, field string) (t [len(keys)]float64) {
	for i, key := range keys {
		t[i] = float64(k.limits.Get(key)) / 1e9
		longest := 0
		for _, r := range k.rules {
			if r.key == key && len(r.pattern) >= longest && matches(r.pattern, file, field) {
				t[i], longest = r.value, len(r.pattern)
			}
		}
	}
	return t
}

// matches tells whether FILE:FIELD, both with * and ? as in path.Match, names
// the field. FILE is the end of a path; without a colon it is all its fields.
func matches(pattern, file, field string) bool {
	name, inside, both := strings.Cut(pattern, ":")
	if ok, _ := path.Match(name, path.Base(file)); !ok && name != file {
		return false
	}
	ok, _ := path.Match(inside, field)
	return ok || !both
}

// maxFields bounds the fields of a file that are told apart; the others are
// one, without a scale.
const maxFields = 1 << 12

// field counts the numbers of one.
type field struct {
	numbers, wide uint64
	squares       [2]float64 // of the finite numbers of each file
	tolerance     [len(keys)]float64
}

// tally is the fields of two files.
type tally struct {
	byName map[string]*field
	name   string // of the last
	last   *field
}

func (t *tally) field(name string, k *kind, file string) *field {
	if t.last != nil && t.name == name {
		return t.last
	}
	t.name = name
	if len(t.byName) >= maxFields && t.byName[name] == nil {
		name = ""
	}
	f := t.byName[name]
	if f == nil {
		f = &field{tolerance: k.tolerance(file, name)}
		if name == "" {
			f.tolerance[2] = 0
		}
		t.byName[name] = f
	}
	t.last = f
	return f
}

// maxWork bounds the bytes of a result that are read, so that they fit the
// fuel of a call. To read a number or a word of a text takes as much as some
// bytes more.
const (
	maxWork  = 4 << 20
	textWork = 12
)

// Judge reads the files twice: once for the scale of each field, once to
// compare.
func (k *kind) Judge(file string, a, b []byte) (compare.Comparison, bool) {
	if !reads(file, a) || !reads(file, b) {
		return compare.Comparison{}, false
	}
	if c, over := judge.Larger(uint64(len(a)), uint64(len(b)), maxWork); over {
		return c, true
	}
	beginA, compact, errA := open(file, a)
	beginB, _, errB := open(file, b)
	if errA != nil || errB != nil {
		return judge.Broken(errA, errB), true
	}
	k.work += uint64(min(len(a), len(b)))
	cost := uint64(textWork)
	if compact {
		cost = 0
	}
	t := tally{byName: map[string]*field{}}
	scale := func(name string, x, y []float64) { t.field(name, k, file).scale(x, y) }
	if c, ok := k.side(beginA(), beginB(), cost, scale); !ok {
		return c, true
	}
	for _, f := range t.byName {
		f.settle()
	}
	add := func(name string, x, y []float64) { t.field(name, k, file).add(x, y) }
	if c, ok := k.side(beginA(), beginB(), 0, add); !ok {
		return c, true
	}
	return k.limits.Verdict("outliers", t.worst()), true
}

// worst is the field with the largest share of outliers, of equal ones the
// one with the most numbers.
func (t *tally) worst() (worst judge.Measure) {
	for _, f := range t.byName {
		m := judge.Share(judge.Outliers, f.wide, f.numbers)
		if m.Value > worst.Value || m.Value == worst.Value && m.Arg1 > worst.Arg1 {
			worst = m
		}
	}
	return worst
}

// side reads two files side by side and visits each row of numbers; false if
// anything else differs or it is too much work, with the answer.
func (k *kind) side(nextA, nextB next, cost uint64, visit func(field string, x, y []float64)) (compare.Comparison, bool) {
	for {
		x, errA := nextA()
		y, errB := nextB()
		switch k.work += cost; {
		case errA != nil || errB != nil:
			return judge.Broken(broken(nextA, errA), broken(nextB, errB)), false
		case x.kind == end && y.kind == end:
			return compare.Comparison{}, true
		case x.kind != y.kind || x.text != y.text || x.field != y.field || len(x.numbers) != len(y.numbers):
			return judge.Different(judge.WordsDiffer), false
		case k.work > maxWork:
			return compare.Incomparable().Because(judge.TooLarge).With(k.work, maxWork), false
		case x.kind == number:
			visit(x.field, x.numbers, y.numbers)
		}
	}
}

// broken is why a file cannot be read to its end, if it cannot.
func broken(read next, err error) error {
	for err == nil {
		var v value
		if v, err = read(); v.kind == end {
			break
		}
	}
	return err
}

func (f *field) scale(a, b []float64) {
	f.numbers += uint64(len(a))
	for i, list := range [...][]float64{a, b} {
		for _, x := range list {
			if square := float64(x * x); square <= math.MaxFloat64 { // not of NaN or infinity
				f.squares[i] += square
			}
		}
	}
}

// settle turns the scale into an absolute tolerance.
func (f *field) settle() {
	rms := math.Sqrt(min(f.squares[0], f.squares[1]) / float64(f.numbers))
	if !math.IsInf(rms, 0) {
		f.tolerance[0] += float64(f.tolerance[2] * rms)
	}
}

func (f *field) add(a, b []float64) {
	for i, x := range a {
		if y := b[i]; x != y && !f.within(x, y) {
			f.wide++
		}
	}
}

// within is false for infinity, and for NaN unless both are.
func (f *field) within(x, y float64) bool {
	if math.IsNaN(x) && math.IsNaN(y) {
		return true
	}
	most := max(math.Abs(x), math.Abs(y))
	return math.Abs(x-y) <= f.tolerance[0]+float64(f.tolerance[1]*most) && !math.IsInf(most, 0)
}
