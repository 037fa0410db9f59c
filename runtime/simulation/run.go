package simulation

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
)

// Scheme decides cases; a plugin of the host is one.
type Scheme interface {
	// Mediate returns the actions of each case, at least one.
	Mediate(ctx context.Context, now lilypad.Time, cases []hostapi.Case) ([][]hostapi.Action, error)
}

// Options are how a scenario is run. They change no byte of its result.
type Options struct {
	Workers int // at once; 0: the number of CPUs

	// Progress is told the jobs done and those wanted, now and then, by one
	// goroutine at a time.
	Progress func(done, of int64)

	// Trace is given each case as its decision was made, by several goroutines,
	// with the shard. The case is to be read before it returns.
	Trace func(shard int, c hostapi.Case, d cases.Decision)
}

// market is what all shards read.
type market struct {
	*Scenario
	scheme    Scheme
	shards    int
	kinds     []kind
	mediators []mediator
	params    []hostapi.Param
	trace     func(int, hostapi.Case, cases.Decision)
}

// A market is cut into as many shards as have so many providers each, so that
// they find others to run a job again, but no more than so many.
const (
	minShard  = 64
	maxShards = 64
)

func newMarket(s *Scenario, scheme Scheme) *market {
	m := &market{Scenario: s, scheme: scheme}
	total, takers := 0, 0
	for _, p := range s.Providers {
		offer := s.offer(*p.Price)
		if s.Panel.Drawn == 0 {
			offer.MediationFee = 0
		}
		m.kinds = append(m.kinds, kind{Population: p, offer: offer, price: lilypad.Amount(*p.Price), work: int64(*p.Work)})
		if total += p.Count; p.Takes != "replicas" {
			takers += p.Count
		}
	}
	for _, g := range s.Mediators {
		vote := map[string]lilypad.Outcome{"late": lilypad.OutcomeLate, "refund": lilypad.OutcomeRefund}[g.Vote]
		for range g.Count {
			m.mediators = append(m.mediators, mediator{g.Kind, cmp.Or(vote, lilypad.OutcomeUpheld), g.Unavailable})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.Rule.Params)) {
		m.params = append(m.params, hostapi.Param{Key: key, Value: s.Rule.Params[key]})
	}
	m.shards = max(1, min(total/minShard, takers, maxShards))
	return m
}

// Run simulates a scenario.
//
// # Errors
//
// Those of the scheme, and Internal when it answers about a case alone
// otherwise than about it among others. When ctx ends, what was done until
// then is the result, which says that it is not complete; such a result is not
// the same bytes twice.
func Run(ctx context.Context, s *Scenario, scheme Scheme, o Options) (*Result, error) {
	m := newMarket(s, scheme)
	m.trace = o.Trace
	books := make([][]*tally, m.shards)
	meter := meter{o: o, of: m.jobs()}
	var g errgroup.Group
	g.SetLimit(cmp.Or(o.Workers, runtime.NumCPU()))
	for i := range m.shards {
		g.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			shard := newShard(m, i)
			err := shard.work(context.WithoutCancel(ctx), func(done int64) bool {
				meter.tell(done)
				return ctx.Err() == nil
			})
			books[i] = shard.books
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return newResult(m, slices.Concat(books...)), nil
}

// minBatches is how many shards tell well how much jobs of a shard depend on
// each other.
const minBatches = 16

// books is how many a shard of so many providers has: one for each of them where
// what they have earned decides of their jobs, and shards are too few to tell
// how much jobs depend on each other by that.
func (m *market) books(providers int) int {
	if m.Reputation == "frozen" || m.shards >= minBatches {
		return 1
	}
	return providers
}

// jobs is how many there will be.
func (m *market) jobs() int64 {
	if m.JobsEach == 0 {
		return m.Jobs
	}
	n := int64(0)
	for _, k := range m.kinds {
		if k.Takes != "replicas" {
			n += int64(k.Count) * m.JobsEach
		}
	}
	return n
}

// meter adds up what shards have done.
type meter struct {
	o    Options
	of   int64
	mu   sync.Mutex // guards done, and calls of Progress
	done int64
}

func (m *meter) tell(done int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done += done
	if m.o.Progress != nil {
		m.o.Progress(m.done, m.of)
	}
}
