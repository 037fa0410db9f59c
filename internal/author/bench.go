package author

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author/vary"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// Measure is what one size of batch costs. Times are of this machine; fuel is
// the same on all.
type Measure struct {
	Batch  int     `json:"batch"`       // items
	Time   float64 `json:"ns_per_item"` // on one core
	Fuel   float64 `json:"fuel_per_item"`
	Budget float64 `json:"budget_per_item"`
	Share  uint64  `json:"budget_ppm"` // of its budget, the most that a call took
}

// Costs are what a plugin takes.
type Costs struct {
	Measures []Measure     `json:"measures"`
	Cold     time.Duration `json:"load_cold_ns"` // nothing cached
	Warm     time.Duration `json:"load_warm_ns"` // compiled before
	Memory   int           `json:"memory"`       // bytes of one guest when a call begins
}

// Over tells that a call took more than the manifest's budget: a node would
// have given it no answer.
func (c *Costs) Over() bool {
	for _, m := range c.Measures {
		if m.Share > 1_000_000 {
			return true
		}
	}
	return false
}

var batches = []int{1, 100, 1000}

// benchTime is how long each size of batch is measured.
const benchTime = 300 * time.Millisecond

// Bench measures what was built. So that a plugin above its budget can be
// measured at all, it gets the largest that there is.
//
// # Errors
//
// NotFound when nothing is built, Conflict when a source is newer, those of
// loading, and of a call that gave no answer.
func (f *Folder) Bench(ctx context.Context, c Config, seed uint64) (*Costs, error) {
	b, err := f.read()
	if err != nil {
		return nil, err
	}
	vectors, err := f.vectors(ctx)
	if err != nil {
		return nil, err
	}
	costs := &Costs{}
	cache, err := os.MkdirTemp("", "lilypad-bench-")
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "bench", Err: err}
	}
	defer func() { _ = os.RemoveAll(cache) }()
	budget := f.Manifest.Fuel
	free := *f
	free.Manifest.Fuel = hostapi.Fuel{Base: hostapi.MaxFuel}
	if b.Manifest, err = free.seal(b.Digest()); err != nil {
		return nil, err
	}
	var s *session
	for _, d := range []*time.Duration{&costs.Cold, &costs.Warm} {
		if s != nil {
			s.close()
		}
		began := time.Now()
		if s, err = b.start(ctx, cache, c.Settings); err != nil {
			return nil, err
		}
		*d = time.Since(began)
	}
	defer s.close()
	costs.Memory = s.Memory()
	for _, n := range batches {
		q, err := f.typical(ctx, s, seed, n, paramNames(vectors))
		if err != nil {
			return nil, err
		}
		m, err := s.measure(ctx, q, budget)
		if err != nil {
			return nil, err
		}
		costs.Measures = append(costs.Measures, m)
	}
	return costs, nil
}

// typical is a question about n random items.
func (f *Folder) typical(ctx context.Context, s *session, seed uint64, n int, params []string) (question, error) {
	r := rand.New(rand.NewPCG(seed, 1))
	switch hook := f.hook(); hook {
	case hostapi.HookMediate:
		seen, err := vary.Play(ctx, r, f.phases(), params, n, s.Mediate)
		if err != nil {
			return question{}, err
		}
		return question{input: &hostapi.MediateInput{Now: seen[0].Now, Cases: seen[:n]}}, nil
	case hostapi.HookCompare:
		store := memory.New()
		pairs, err := vary.Pairs(ctx, r, store, params, n)
		if err != nil {
			return question{}, err
		}
		return question{&hostapi.CompareInput{Pairs: pairs[len(pairs)-n:]}, store}, nil
	default:
		return question{input: vary.Batch(r, hook, n)}, nil
	}
}

// measure asks until the time is up.
func (s *session) measure(ctx context.Context, q question, budget hostapi.Fuel) (Measure, error) {
	m := Measure{Batch: q.len()}
	if _, err := s.answers(ctx, q); err != nil {
		return m, err
	}
	var fuel, allowed uint64
	for _, d := range s.calls {
		limit := budget.Budget(d.Items, len(d.Input))
		fuel, allowed = fuel+d.Record.Fuel, allowed+limit
		m.Share = max(m.Share, d.Record.Fuel*1_000_000/limit)
	}
	m.Fuel, m.Budget = float64(fuel)/float64(m.Batch), float64(allowed)/float64(m.Batch)
	s.quiet = true
	defer func() { s.quiet = false }()
	rounds, began := 0, time.Now()
	for ; time.Since(began) < benchTime || rounds == 0; rounds++ {
		if _, err := s.answers(ctx, q); err != nil {
			return m, err
		}
	}
	m.Time = float64(time.Since(began).Nanoseconds()) / float64(rounds*m.Batch)
	return m, nil
}

// Line is one measured number.
type Line struct {
	Name  string  `json:"name"` // such as batch-100/time
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

// Lines are the costs as numbers with names and units.
func (c *Costs) Lines() []Line {
	lines := []Line{
		{"load/cold", float64(c.Cold.Nanoseconds()), "ns"},
		{"load/warm", float64(c.Warm.Nanoseconds()), "ns"},
		{"memory", float64(c.Memory), "bytes"},
	}
	for _, m := range c.Measures {
		name := fmt.Sprintf("batch-%d/", m.Batch)
		lines = append(
			lines, Line{name + "time", m.Time, "ns/item"}, Line{name + "fuel", m.Fuel, "fuel/item"},
			Line{name + "budget", m.Budget, "fuel/item"}, Line{name + "share", float64(m.Share), "ppm"},
		)
	}
	return lines
}
