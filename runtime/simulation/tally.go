package simulation

import (
	"math"
	"math/bits"
)

// moments are the sums of a number of observations and of their squares.
// Being integers, they are the same in whatever order they were added.
type moments struct {
	n, sum int64
	hi, lo uint64 // of the squares
}

func (m *moments) add(x int64) {
	m.n++
	m.sum += x
	hi, lo := bits.Mul64(abs(x), abs(x))
	m.square(hi, lo)
}

func (m *moments) square(hi, lo uint64) {
	var carry uint64
	m.lo, carry = bits.Add64(m.lo, lo, 0)
	m.hi, _ = bits.Add64(m.hi, hi, carry)
}

func (m *moments) merge(o moments) {
	m.n += o.n
	m.sum += o.sum
	m.square(o.hi, o.lo)
}

func abs(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

func (m moments) mean() float64 { return float64(m.sum) / float64(m.n) }

// variance is that of one observation, without bias.
func (m moments) variance() float64 {
	if m.n < 2 {
		return 0
	}
	squares := math.Ldexp(float64(m.hi), 64) + float64(m.lo)
	return max(0, squares-float64(m.sum)*m.mean()) / float64(m.n-1)
}

// share counts how often something was so.
type share struct{ yes, n int64 }

func (s *share) add(yes bool) {
	s.n++
	if yes {
		s.yes++
	}
}

func (s *share) merge(o share) { s.yes, s.n = s.yes+o.yes, s.n+o.n }

// Buckets is how finely a result shows what changes over time.
const Buckets = 32

// tally is what a shard counts; tallies of shards add up to the market's.
type tally struct {
	jobs                                int64
	errors, served, decided, replicated share
	disputed, split, paidWrong          share
	accused, caught                     share // of right and of wrong first results
	results, mediated, latency, cost    moments
	confidence, workers                 moments
	kinds                               []kindTally
	reasons                             []said
	time                                [Buckets]bucket
}

// kindTally is about the deals of one population.
type kindTally struct {
	profit, lost    moments // per deal, micro-LILY
	wrong, fraud    share   // of its deals
	replicated      moments // per provider that takes jobs
	audited, spared moments // profit of wrong first results that mediators saw, or did not
	whenWrong       moments // profit of deals with a wrong result
	honest          int64   // profit of a deal that is done well
}

// bucket is a part of the time.
type bucket struct {
	errors  share
	results moments
	trust   []moments // of each population, ppm of jobs done well
}

func newTally(kinds []kind) *tally {
	t := &tally{kinds: make([]kindTally, len(kinds))}
	for i, k := range kinds {
		t.kinds[i].honest = int64(k.price) - k.work
	}
	for i := range t.time {
		t.time[i].trust = make([]moments, len(kinds))
	}
	return t
}

func (t *tally) merge(o *tally) {
	t.jobs += o.jobs
	for i, s := range t.shares() {
		s.merge(*o.shares()[i])
	}
	for i, m := range t.means() {
		m.merge(*o.means()[i])
	}
	for i := range t.kinds {
		t.kinds[i].merge(&o.kinds[i])
	}
	for _, r := range o.reasons {
		t.reason(r.code).merge(r)
	}
	for i := range t.time {
		b, with := &t.time[i], &o.time[i]
		b.errors.merge(with.errors)
		b.results.merge(with.results)
		for k := range b.trust {
			b.trust[k].merge(with.trust[k])
		}
	}
}

func (t *tally) shares() []*share {
	return []*share{&t.errors, &t.served, &t.decided, &t.replicated, &t.disputed, &t.split, &t.paidWrong, &t.accused, &t.caught}
}

func (t *tally) means() []*moments {
	return []*moments{&t.results, &t.mediated, &t.latency, &t.cost, &t.confidence, &t.workers}
}

func (k *kindTally) merge(o *kindTally) {
	k.profit.merge(o.profit)
	k.lost.merge(o.lost)
	k.wrong.merge(o.wrong)
	k.fraud.merge(o.fraud)
	k.replicated.merge(o.replicated)
	k.audited.merge(o.audited)
	k.spared.merge(o.spared)
	k.whenWrong.merge(o.whenWrong)
}
