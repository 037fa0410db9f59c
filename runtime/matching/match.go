package matching

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Scorer says how well offers suit a job.
type Scorer interface {
	// MatchStored returns one score per offer, in their order. The offers are
	// stored hostapi.Offer items and are only lent for the call. An answer about an
	// offer must not depend on the others. It is called from several goroutines.
	MatchStored(ctx context.Context, now lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error)
}

const (
	roundJobs = 1 << 14 // matched at once; further ones find what these leave
	batchSize = 1000    // offers in one call of the scorer
	refusals  = 256     // that are told of one job
)

// Matcher gives jobs to the offers of a book.
type Matcher struct {
	Book    *Book
	Scorer  Scorer
	Workers int                        // that score at once; 0: as many as there are processors
	Online  func(lilypad.Address) bool // whether a provider can be asked now; nil: always

	// Keep is how many offers a job remembers, of 16 bytes each: it is scored
	// again when others took them all. 0: 1024.
	Keep int
}

// Match is what became of a job.
type Match struct {
	Job      lilypad.JobID
	Provider lilypad.Address // who holds the job now; zero: nobody
	Price    lilypad.Amount  // what it would be paid
	Refused  []Refusal       // by the scorer; the first 256 in the book's order
	Err      error           // why the scorer gave no answer
}

// Refusal is an offer that the scorer refused for a job.
type Refusal struct {
	Provider lilypad.Address
	Score    hostapi.Score
}

// Match finds an offer for each job and reserves its capacity at once, so that
// nothing is sold twice; the caller releases what it does not use. Every job
// is scored against every offer that fits it; then the best pair of all is
// made a deal, and so on down. Equal scores go to the lower price, then to the
// lower address; two jobs that are equal so far, to the one that fewer offers
// with room suit, then to the lower id. So the result, in the order of the job ids,
// follows from the book and the jobs alone while nobody else changes the book.
//
// # Errors
//
// The error of ctx, and nothing is reserved. A scorer's error is the [Match]'s.
func (m *Matcher) Match(ctx context.Context, now lilypad.Time, jobs []Job) ([]Match, error) {
	all := make([]*search, len(jobs))
	for i := range jobs {
		all[i] = &search{job: &jobs[i], match: Match{Job: jobs[i].ID}}
	}
	slices.SortFunc(all, func(a, b *search) int { return slices.Compare(a.job.ID[:], b.job.ID[:]) })
	for round := range slices.Chunk(all, roundJobs) {
		for len(round) > 0 {
			if err := m.score(ctx, now, round); err != nil {
				m.undo(all)
				return nil, err
			}
			round = m.assign(round)
		}
	}
	out := make([]Match, len(all))
	for i, s := range all {
		out[i] = s.match
	}
	return out, nil
}

// undo releases what a call that ends early has reserved.
func (m *Matcher) undo(all []*search) {
	for _, s := range all {
		if !s.match.Provider.IsZero() {
			m.Book.Release(s.match.Job)
		}
	}
}

// search is a job on its way through a round.
type search struct {
	job   *Job
	match Match
	best  []ranked // best first; those before next are taken
	next  int
	more  bool // there are further ones, with lower scores
}

// ranked is an offer with its score for a job.
type ranked struct {
	score int64
	*entry
}

// compare puts the better of two pairs first, as the solver orders them.
func compare(a ranked, j *Job, b ranked, k *Job) int {
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c
	}
	x, y := &a.offer.Offer, &b.offer.Offer
	return cmp.Or(cmp.Compare(j.Price(x), k.Price(y)), slices.Compare(x.Provider[:], y.Provider[:]))
}

// score fills every search with its best offers.
func (m *Matcher) score(ctx context.Context, now lilypad.Time, round []*search) error {
	g, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(cmp.Or(m.Workers, runtime.GOMAXPROCS(0)), len(round)) {
		g.Go(func() error {
			var w worker
			for i := next.Add(1) - 1; i < int64(len(round)); i = next.Add(1) - 1 {
				s := round[i]
				s.best, s.next, s.more, s.match.Refused = nil, 0, false, nil
				s.match.Err = w.search(ctx, m, now, s)
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// worker is the memory that a scoring goroutine uses again for each job.
type worker struct {
	found []candidate
	items [][]byte
	buf   []byte
	best  []ranked
}

func (w *worker) search(ctx context.Context, m *Matcher, now lilypad.Time, s *search) error {
	w.found, w.best = m.Book.candidates(now, s.job, w.found[:0]), w.best[:0]
	if m.Online != nil {
		w.found = slices.DeleteFunc(w.found, func(c candidate) bool { return !m.Online(c.offer.Provider) })
	}
	if len(w.found) == 0 {
		return nil
	}
	wire, err := s.job.toWire()
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(w.found, batchSize) {
		scores, err := w.ask(ctx, m, now, s.job, wire, batch)
		if err != nil {
			return err
		}
		for i, score := range scores {
			switch score.Decision {
			case hostapi.DecisionRefuse:
				if len(s.match.Refused) < refusals {
					s.match.Refused = append(s.match.Refused, Refusal{batch[i].offer.Provider, score})
				}
			case hostapi.DecisionAbstain:
				w.best = append(w.best, ranked{0, batch[i].entry})
			default:
				w.best = append(w.best, ranked{score.Score, batch[i].entry})
			}
		}
	}
	slices.SortFunc(w.best, func(a, b ranked) int { return compare(a, s.job, b, s.job) })
	keep := min(len(w.best), cmp.Or(m.Keep, 1024))
	s.more = len(w.best) > keep
	s.best = slices.Clone(w.best[:keep])
	return nil
}

// ask scores one batch.
func (w *worker) ask(ctx context.Context, m *Matcher, now lilypad.Time, j *Job, wire hostapi.Job, batch []candidate) ([]hostapi.Score, error) {
	size := 0
	for _, c := range batch {
		size += len(c.item)
	}
	w.buf, w.items = slices.Grow(w.buf[:0], size), w.items[:0]
	for _, c := range batch {
		start := len(w.buf)
		var err error
		if w.buf, err = c.splice(w.buf, j); err != nil {
			return nil, err
		}
		w.items = append(w.items, w.buf[start:])
	}
	scores, err := m.Scorer.MatchStored(ctx, now, wire, w.items)
	if err == nil && len(scores) != len(batch) {
		err = fmt.Errorf("%d scores for %d offers", len(scores), len(batch))
	}
	return scores, err
}

// assign makes deals of the best pairs while there is room. It returns the
// jobs that must be scored again: all the offers that they knew are taken.
func (m *Matcher) assign(round []*search) (again []*search) {
	var h pairs
	progress, spent := false, map[*entry]bool{}
	for _, s := range round {
		if len(s.best) > 0 {
			h = append(h, s)
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		s := h[0]
		e := s.best[s.next].entry
		price, ok := m.Book.reserve(s.job, e.offer.Provider)
		if !ok {
			spent[e] = m.Book.spent(e)
			for s.next < len(s.best) && (s.best[s.next].entry == e || spent[s.best[s.next].entry]) {
				s.next++
			}
			if s.next < len(s.best) {
				heap.Fix(&h, 0)
				continue
			}
		}
		heap.Pop(&h)
		if ok {
			s.match.Provider, s.match.Price = e.offer.Provider, price
			progress = true
		} else if s.more {
			again = append(again, s)
		}
		s.best = nil
	}
	if !progress {
		return nil
	}
	slices.SortFunc(again, func(a, b *search) int { return slices.Compare(a.job.ID[:], b.job.ID[:]) })
	return again
}

// pairs is a heap of jobs by the best offer that each still knows.
type pairs []*search

func (p pairs) Len() int { return len(p) }
func (p pairs) Less(i, j int) bool {
	a, b := p[i], p[j]
	return cmp.Or(
		compare(a.best[a.next], a.job, b.best[b.next], b.job),
		cmp.Compare(len(a.best), len(b.best)), // who has less choice
		slices.Compare(a.job.ID[:], b.job.ID[:]),
	) < 0
}
func (p pairs) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p *pairs) Push(x any)   { *p = append(*p, x.(*search)) }
func (p *pairs) Pop() any {
	last := len(*p) - 1
	s := (*p)[last]
	*p = (*p)[:last]
	return s
}
