package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// Point is the result of one scenario, with what was set for it in a sweep.
type Point struct {
	Set    map[string]string // by the scenario's keys; empty without a sweep
	Result *simulation.Result
}

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

// Write draws points, of one scenario each, as an HTML page. Invalid without
// any, or for one without estimates.
func Write(w io.Writer, title string, points []Point) error {
	if len(points) == 0 {
		return lilypad.Errorf(lilypad.Invalid, "there is nothing to report").Try("lilypad sim run SCENARIO --out result.json")
	}
	for _, p := range points {
		if p.Result == nil || len(p.Result.Estimates) == 0 {
			return lilypad.Errorf(lilypad.Invalid, "the result of %q has no estimates", p.Name())
		}
	}
	plots, err := draw(points)
	if err != nil {
		return err
	}
	return page.Execute(w, map[string]any{
		"Title": title, "Cheapest": Cheapest(points), "Plots": plots, "Figures": figures(points), "Kinds": kinds(points),
	})
}

// scheme is how the sweep names it, with its parameters, else the result.
func (p Point) scheme() string {
	if p.Set["scheme"] != "" || p.Result == nil {
		return p.Set["scheme"]
	}
	return p.Result.Scheme
}

// Name tells a point from others: its scheme, and what was set.
func (p Point) Name() string { return p.name(func(string) bool { return true }) }

func (p Point) name(with func(key string) bool) string {
	name := p.scheme()
	for _, k := range p.keys() {
		if short := k[strings.LastIndexByte(k, '.')+1:]; short != "scheme" && short != "name" && with(k) {
			name += fmt.Sprintf(" %s=%s", short, p.Set[k])
		}
	}
	return name
}

func (p Point) keys() []string {
	var keys []string
	for k := range p.Set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// dishonest are the kinds that a scheme is to leave no profit. Faulty and
// unavailable providers gain nothing by what they are.
var dishonest = []string{simulation.Lazy, simulation.Cheat, simulation.Colluder, simulation.Sleeper, simulation.Sybil}

// adversary is the profit of the dishonest population that gains the most.
func (p Point) adversary() (worst simulation.Estimate, found bool) {
	for _, k := range p.Result.Providers {
		e, ok := simulation.Find(k.Estimates, "profit")
		if ok && slices.Contains(dishonest, k.Kind) && (!found || e.High > worst.High) {
			worst, found = e, true
		}
	}
	return worst, found
}

// deters tells whether even the upper end of the interval is no profit.
func (p Point) deters() bool {
	worst, found := p.adversary()
	return found && worst.High < 0
}

// choice is what a creator can choose: a scheme with its terms, in all the
// markets that it was tried on.
type choice struct {
	name   string
	deters bool
	worst  Point // in which the best cheat gains the most
	dear   Point // in which a job costs the most
}

// choices groups the points in which somebody cheats by what a creator chooses.
func choices(points []Point) (out []choice) {
	for _, p := range points {
		worst, found := p.adversary()
		if !found {
			continue
		}
		name := p.name(func(key string) bool {
			return !strings.HasPrefix(key, "providers") && !strings.HasPrefix(key, "mediators")
		})
		i := slices.IndexFunc(out, func(c choice) bool { return c.name == name })
		if i < 0 {
			out = append(out, choice{name, p.deters(), p, p})
			continue
		}
		c := &out[i]
		c.deters = c.deters && p.deters()
		if worst.High > must(c.worst.adversary()).High {
			c.worst = p
		}
		if p.value("cost_per_job") > c.dear.value("cost_per_job") {
			c.dear = p
		}
	}
	return out
}

// Cheapest says in a sentence which choice deters at the least cost, whatever
// the cheats of these points do.
func Cheapest(points []Point) string {
	var best, closest *choice
	all := choices(points)
	for i := range all {
		c := &all[i]
		if c.deters && (best == nil || c.dear.value("cost_per_job") < best.dear.value("cost_per_job")) {
			best = c
		}
		if closest == nil || must(c.worst.adversary()).High < must(closest.worst.adversary()).High {
			closest = c
		}
	}
	switch {
	case closest == nil:
		return "Nobody cheats in these scenarios, so they do not tell what deters."
	case best == nil:
		return fmt.Sprintf("No scheme deters: with %s, which comes closest, the best cheat gains %s LILY a deal.", closest.name, around(must(closest.worst.adversary())))
	}
	return fmt.Sprintf("The cheapest scheme that deters is %s: a job costs %s LILY in all, and the best cheat gains %s LILY a deal.",
		best.name, around(must(simulation.Find(best.dear.Result.Estimates, "cost_per_job"))), around(must(best.worst.adversary())))
}

func must(e simulation.Estimate, _ bool) simulation.Estimate { return e }

func (p Point) value(name string) float64 {
	return must(simulation.Find(p.Result.Estimates, name)).Value
}

// table is a table of the page.
type table struct {
	Head []string
	Rows [][]string
}

// figures has a row for each point and a column for each figure.
func figures(points []Point) table {
	t := table{Head: []string{"", "scheme", "jobs"}}
	var names []string
	for _, p := range points {
		for _, e := range p.Result.Estimates {
			if !slices.Contains(names, e.Name) {
				names = append(names, e.Name)
				t.Head = append(t.Head, heading(e))
			}
		}
	}
	for i, p := range points {
		row := []string{strconv.Itoa(i + 1), p.Name(), strconv.FormatInt(p.Result.Jobs, 10)}
		if !p.Result.Complete {
			row[2] += ", interrupted"
		}
		for _, name := range names {
			row = append(row, cell(p.Result.Estimates, name))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// kinds has a row for each population of each point.
func kinds(points []Point) table {
	names := []string{"profit", "stake_lost", "wrong", "fraud"}
	t := table{Head: []string{"", "scheme", "providers", "kind", "deals", "profit, LILY a deal", "stake lost, LILY a deal", "wrong", "called fraud"}}
	for i, p := range points {
		for _, k := range p.Result.Providers {
			row := []string{strconv.Itoa(i + 1), p.Name(), fmt.Sprintf("%d × %s", k.Count, k.Name), k.Kind, strconv.FormatInt(k.Deals, 10)}
			for _, name := range names {
				row = append(row, cell(k.Estimates, name))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func heading(e simulation.Estimate) string {
	name := strings.ReplaceAll(e.Name, "_", " ")
	if e.Unit == "share" || e.Unit == "count" {
		return name
	}
	return name + ", " + e.Unit
}

func cell(list []simulation.Estimate, name string) string {
	e, ok := simulation.Find(list, name)
	if !ok {
		return "–"
	}
	return around(e)
}

// around writes an estimate with its 95 % interval, in as many digits as that
// is worth.
func around(e simulation.Estimate) string {
	half, digits := max(e.High-e.Value, e.Value-e.Low), 4
	if half > 0 {
		digits = min(9, max(0, 1-int(math.Floor(math.Log10(half)))))
	}
	text := func(v float64) string { return strconv.FormatFloat(v, 'f', digits, 64) }
	if half == 0 {
		return strings.TrimSuffix(strings.TrimRight(text(e.Value), "0"), ".")
	}
	return fmt.Sprintf("%s (%s … %s)", text(e.Value), text(e.Low), text(e.High))
}

// byScheme groups points, the schemes in the order of their first point.
func byScheme(points []Point) (names []string, of map[string][]Point) {
	of = map[string][]Point{}
	for _, p := range points {
		name := p.scheme()
		if of[name] == nil {
			names = append(names, name)
		}
		of[name] = append(of[name], p)
	}
	return names, of
}

// swept are the keys that have more than one number, the one with the most
// values first.
func swept(points []Point) []string {
	values := map[string]map[string]bool{}
	for _, p := range points {
		for k, v := range p.Set {
			if _, err := strconv.ParseFloat(v, 64); err != nil {
				continue
			}
			if values[k] == nil {
				values[k] = map[string]bool{}
			}
			values[k][v] = true
		}
	}
	var keys []string
	for k, v := range values {
		if len(v) > 1 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(values[b]), len(values[a])), cmp.Compare(a, b))
	})
	return keys
}

// number is what was set for a key; NaN if it is no number.
func (p Point) number(key string) float64 {
	v, err := strconv.ParseFloat(p.Set[key], 64)
	if err != nil {
		return math.NaN()
	}
	return v
}
