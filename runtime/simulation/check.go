package simulation

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// CheckSchema is the JSON Schema of a check.
//
//go:embed check.schema.json
var CheckSchema []byte

// Check holds figures that somebody published, or derived, against a
// simulation of the rule that they are about.
type Check struct {
	Name       string                 `json:"name"`
	Source     string                 `json:"source"`
	Rule       string                 `json:"rule"` // a built-in scheme, or a path
	Params     map[string]json.Number `json:"params"`
	Settings   map[string]any         `json:"settings"`
	Population Crowd                  `json:"population"`
	Jobs       int64                  `json:"jobs"`
	Histories  int                    `json:"histories"`
	Seed       *uint64                `json:"seed"`
	Expect     map[string]Expected    `json:"expect"`

	Providers  []Population `json:"providers"`
	Mediators  []Mediators  `json:"mediators"`
	Panel      Panel        `json:"panel"`
	Deals      Deals        `json:"deals"`
	Reputation string       `json:"reputation"`
}

// Crowd are providers that are alike.
type Crowd struct {
	Wrong       *float64 `json:"wrong"`
	Honest      *float64 `json:"honest"`
	EqualWrong  *float64 `json:"equal_wrong"`
	Score       uint32   `json:"score"`
	SpotChecks  uint32   `json:"spot_checks"`
	Dissent     int      `json:"dissent"`
	Count       int      `json:"count"`
	Unavailable float64  `json:"unavailable"`
	Latency     uint64   `json:"latency"`
}

// Expected is a figure as it was published.
type Expected struct {
	Value float64
	Width float64 // the widest interval that will do; 0: see [Check.Judge]

	rounding float64 // half of the last digit given, a thousandth of the value at most
}

// UnmarshalJSON reads a number, or an object of value and width.
func (e *Expected) UnmarshalJSON(b []byte) error {
	var long struct {
		Value json.Number `json:"value"`
		Width float64     `json:"width"`
	}
	if json.Unmarshal(b, &long) != nil {
		long.Value = json.Number(b)
	}
	var err error
	e.Width = long.Width
	e.Value, err = long.Value.Float64()
	mantissa, exponent, _ := strings.Cut(strings.ToLower(long.Value.String()), "e")
	shift, _ := json.Number(exponent).Int64()
	_, decimals, _ := strings.Cut(mantissa, ".")
	if decimals != "" || shift != 0 { // whole numbers are exact
		e.rounding = min(math.Pow10(int(shift)-len(decimals))/2, math.Abs(e.Value)/1000)
	}
	return err
}

// ParseCheck reads a check in YAML.
//
// # Errors
//
// Those of [Parse].
func ParseCheck(text []byte) (*Check, error) {
	doc, err := strict(text, checkForm, "check")
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	c := &Check{Deals: defaults().Deals, Panel: Panel{}}
	c.Deals.MaxRuns = 256
	if err := json.Unmarshal(b, c); err != nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "check: %v", err)
	}
	if p := c.Population; p.Wrong != nil && p.Honest != nil && math.Abs(*p.Wrong+*p.Honest-1) > 1e-9 {
		return nil, lilypad.Errorf(lilypad.Invalid, "check: population: wrong and honest are %g together, and all results are one or the other", *p.Wrong+*p.Honest).Try("leave one of them out")
	}
	return c, nil
}

// histories tells whether the figures are about what a provider goes through.
func (c *Check) histories() bool {
	_, yes := c.Expect["replicated"]
	return yes
}

// Where a check names no number.
const (
	defaultJobs      = 200_000
	defaultHistories = 4096
	defaultCrowd     = 4096
	maxCheckJobs     = 200_000_000
)

// scenario is the market that shows the figures, of size times as many jobs
// as are named or usual.
func (c *Check) scenario(k Knobs, size float64) (*Scenario, error) {
	s := defaults()
	s.Name, s.Deals, s.Panel, s.Mediators, s.Providers = c.Name, c.Deals, c.Panel, c.Mediators, slices.Clone(c.Providers)
	s.Reputation, s.Dissent = c.Reputation, c.Population.Dissent
	if c.Seed != nil {
		s.Seed = *c.Seed
	}
	var err error
	s.Rule, err = c.Scheme(k)
	if err != nil {
		return nil, err
	}
	if s.Reputation == "" {
		s.Reputation = "frozen"
		if c.histories() {
			s.Reputation = "earned"
		}
	}
	if s.Providers == nil {
		s.Providers = c.crowd(size)
	}
	switch {
	case c.histories():
		if s.JobsEach = c.Jobs; c.Jobs == 0 {
			return nil, lilypad.Errorf(lilypad.Invalid, "check: replicated is a figure of so many jobs of a provider").Try("jobs: 100")
		}
	case c.Jobs > 0:
		s.Jobs = c.Jobs
	default:
		s.Jobs = int64(defaultJobs * size)
	}
	return &s, s.complete()
}

// crowd are the populations of a check that names none.
func (c *Check) crowd(size float64) []Population {
	p := c.Population
	k := Population{Kind: Cheat, Count: p.Count, Unavailable: p.Unavailable, Latency: p.Latency, EqualWrong: 1, Takes: "all"}
	k.Trust = Trust{JobsOK: max(p.Score, p.SpotChecks), ChecksOK: max(p.Score, p.SpotChecks)}
	switch {
	case p.Wrong != nil:
		k.Rate = *p.Wrong
	case p.Honest != nil:
		k.Rate = 1 - *p.Honest
	}
	if p.EqualWrong != nil {
		k.EqualWrong = *p.EqualWrong
	}
	if k.Count == 0 {
		k.Count = defaultCrowd
	}
	if k.Rate == 0 {
		k.Kind = Honest
	}
	k.Name = "provider"
	if !c.histories() {
		return []Population{k}
	}
	helpers := k
	helpers.Name, helpers.Takes = "helper", "replicas"
	k.Takes, k.Count = "jobs", c.Histories
	if k.Count == 0 {
		k.Count = int(defaultHistories * size)
	}
	return []Population{k, helpers}
}

// Scheme is the scheme of the check, with its parameters where it looks for
// them. A fraction is a whole number where the scheme counts it in parts: f as
// f_ppm or f_bps.
//
// # Errors
//
// Those of [SchemeRef.Place].
func (c *Check) Scheme(k Knobs) (SchemeRef, error) {
	ref := SchemeRef{Name: c.Rule, Params: map[string]int64{}, Settings: c.Settings}
	names := k.names()
	for _, key := range slices.Sorted(maps.Keys(c.Params)) {
		n, err := c.Params[key].Int64()
		f, _ := c.Params[key].Float64()
		part := slices.IndexFunc(parts, func(p fraction) bool { return slices.Contains(names, key+p.suffix) })
		switch {
		case !slices.Contains(names, key) && part >= 0:
			ref.Params[key+parts[part].suffix] = int64(math.Round(f * parts[part].scale))
		case err != nil && slices.Contains(names, key):
			return ref, lilypad.Errorf(lilypad.Invalid, "check: %s is %s, and no whole number", key, c.Params[key])
		default:
			ref.Params[key] = n
		}
	}
	if err := ref.Place(k); err != nil {
		return ref, err
	}
	// A scheme that stops when enough results agree has as many runs for it as
	// the engine allows, unless the check says how many.
	if _, agree := ref.Params["agree"]; agree && slices.Contains(k.Deal, "runs") {
		if _, runs := ref.Params["runs"]; !runs {
			ref.Params["runs"] = int64(c.Deals.MaxRuns)
		}
	}
	return ref, nil
}

type fraction struct {
	suffix string
	scale  float64
}

var parts = []fraction{{"_ppm", 1e6}, {"_bps", 1e4}}

// Finding is what became of one expectation.
type Finding struct {
	Figure   string     `json:"figure"`
	Measured float64    `json:"measured"`
	CI95     [2]float64 `json:"ci95"`
	CI9999   [2]float64 `json:"ci9999"`
	Expected float64    `json:"expected"`
	MaxWidth float64    `json:"max_width"` // of ci9999
	N        int64      `json:"n"`         // observations
	OK       bool       `json:"ok"`
	Why      string     `json:"why,omitempty"` // where it is not
}

// Run simulates the rule and judges each expectation. Where the check does not
// say how many jobs there are, there are as many as narrow the intervals
// enough. The scheme was loaded with the settings of [Check.Scheme]; there is
// none for the rule [Outsourcing].
//
// # Errors
//
// Invalid for a figure that the result does not have; those of [Run].
func (c *Check) Run(ctx context.Context, scheme Scheme, k Knobs, o Options) ([]Finding, error) {
	size := 1.0
	for {
		r, err := c.simulate(ctx, scheme, k, o, size)
		if err != nil {
			return nil, err
		}
		if !r.Complete {
			return nil, lilypad.Errorf(lilypad.Timeout, "check: interrupted after %d jobs", r.Jobs)
		}
		found, wider, err := c.Judge(r)
		fixed := c.Providers != nil || c.histories() && c.Histories > 0 || !c.histories() && c.Jobs > 0
		next := size * wider * wider * 1.15
		if err != nil || fixed || wider <= 1 || float64(r.Jobs)/size*next > maxCheckJobs {
			return found, err
		}
		size = next
	}
}

// simulate runs size times as many jobs as are named or usual.
func (c *Check) simulate(ctx context.Context, scheme Scheme, k Knobs, o Options, size float64) (*Result, error) {
	if c.Rule == Outsourcing {
		return c.outsourcing(ctx, o, size)
	}
	s, err := c.scenario(k, size)
	if err != nil {
		return nil, err
	}
	return Run(ctx, s, scheme, o)
}

// Judge holds a result against what is expected, in the order of the figures'
// names. An expectation is met when it lies inside the 99.99 % interval, which
// must be narrow: one percentage point for a share, one percent of the
// expected value for all else, or what the expectation says. A published
// figure is rounded: half of its last digit is allowed for, up to a thousandth of
// the value. wider is how much the widest interval is too wide; at most 1 when none is.
func (c *Check) Judge(r *Result) (found []Finding, wider float64, err error) {
	for _, name := range slices.Sorted(maps.Keys(c.Expect)) {
		want := c.Expect[name]
		e, err := r.Figure(name)
		if err != nil {
			return nil, 0, err
		}
		f := Finding{Figure: name, Measured: e.Value, CI95: [2]float64{e.Low, e.High}, Expected: want.Value, MaxWidth: want.Width, N: e.N}
		f.CI9999[0], f.CI9999[1] = e.Interval(z9999)
		if f.MaxWidth == 0 {
			if f.MaxWidth = 0.01; e.Unit != "share" && want.Value != 0 {
				f.MaxWidth *= math.Abs(want.Value)
			}
		}
		slack := want.rounding
		if name == "confidence" {
			slack += 1e-6 // schemes give it in whole parts in a million
		}
		width := f.CI9999[1] - f.CI9999[0]
		switch {
		case want.Value < f.CI9999[0]-slack || want.Value > f.CI9999[1]+slack:
			f.Why = fmt.Sprintf("outside the interval by %.3g", max(f.CI9999[0]-want.Value, want.Value-f.CI9999[1]))
		case width > f.MaxWidth:
			f.Why = fmt.Sprintf("the interval is too wide: about %.2g times the jobs narrow it", 1.15*width*width/(f.MaxWidth*f.MaxWidth))
		default:
			f.OK = true
		}
		wider = max(wider, width/f.MaxWidth)
		found = append(found, f)
	}
	return found, wider, nil
}

// Figure finds an estimate by its name: of the whole market; reason_N, how
// many reviews ended with a reason of the scheme, and reason_N_arg0 and _arg1,
// the means of its arguments; or NAME.figure of a population, where profit,
// stake_lost and replicated alone are the first one's.
//
// # Errors
//
// Invalid, with the names that there are.
func (r *Result) Figure(name string) (Estimate, error) {
	market := slices.Concat(r.Estimates, r.Reasons)
	if e, ok := Find(market, name); ok {
		return e, nil
	}
	var names []string
	for _, e := range market {
		names = append(names, e.Name)
	}
	for i, p := range r.Providers {
		for _, e := range p.Estimates {
			if name == p.Name+"."+e.Name || i == 0 && name == e.Name {
				return e, nil
			}
			names = append(names, p.Name+"."+e.Name)
		}
	}
	return Estimate{}, lilypad.Errorf(lilypad.Invalid, "there is no figure %q", name).Try("%s", strings.Join(names, ", "))
}
