package simulation

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
)

const (
	batch  = 256           // cases in a call of the scheme
	epoch  = 1_600_000_000 // block time of the first block
	sample = 1021          // of so many answers one is asked for again, alone
)

// shard is a part of the market that knows nothing of the others.
type shard struct {
	*market
	id     int
	dice   dice
	runner cases.Runner
	asking *matter // whose actions the runner performs

	providers       []provider
	takers, helpers []int32 // of jobs, of replicas
	next            int     // taker that begins with its jobs, where each has a number of its own

	block    uint64
	calendar [][]event // a ring of blocks
	pending  int       // events in it
	jobs     []job
	started  int64
	wanted   int64

	due, later []*matter
	cases      []hostapi.Case
	answers    int64
	books      []*tally
	done       int64 // jobs
}

// event is something that happens to a case.
type event struct {
	job    int32
	matter int16 // its hearing; -1: the review
	run    int16 // whose result comes; -1: the first; -2: nothing, time is up; -3 and below: the end of a game
	of     int64 // number of the job, since the place is used again
}

// newShard makes the nth of the market's shards.
func newShard(m *market, nth int) *shard {
	s := &shard{market: m, id: nth}
	var text [16]byte
	binary.BigEndian.PutUint64(text[:], m.Seed)
	binary.BigEndian.PutUint64(text[8:], uint64(nth))
	sum := sha256.Sum256(text[:])
	s.dice.PCG = *rand.NewPCG(binary.BigEndian.Uint64(sum[:]), binary.BigEndian.Uint64(sum[8:]))
	s.runner = cases.Runner{Comparator: sameContent{}, Order: s.order}
	var takers, helpers int // where the next population goes on, so that every shard has some of each
	for i := range m.kinds {
		k := &m.kinds[i]
		offset := &takers
		if k.Takes == "replicas" {
			offset = &helpers
		}
		n := part(k.Count, m.shards, nth+*offset)
		*offset += m.shards - k.Count%m.shards
		for seat := range n {
			at := int32(len(s.providers))
			s.providers = append(s.providers, provider{kind: uint16(i), seat: int32(seat), Trust: k.Trust})
			if k.Takes != "replicas" {
				s.takers = append(s.takers, at)
			}
			if k.Takes != "jobs" {
				s.helpers = append(s.helpers, at)
			}
		}
	}
	for range m.books(len(s.providers)) {
		s.books = append(s.books, newTally(m.kinds))
	}
	s.plan()
	return s
}

// book is where a provider's jobs are counted.
func (s *shard) book(provider int32) *tally { return s.books[int(provider)%len(s.books)] }

// part is how many of n fall to a shard.
func part(n, shards, nth int) int {
	if nth%shards < n%shards {
		return n/shards + 1
	}
	return n / shards
}

// plan says how many jobs there are, and how many at once.
func (s *shard) plan() {
	open := s.Open
	if open == 0 {
		open = min(max(len(s.takers)/2, 1), 2*batch)
	}
	if s.JobsEach > 0 {
		open, s.wanted = min(len(s.takers), 2*batch), int64(len(s.takers))*s.JobsEach
	} else {
		s.wanted = s.Jobs / int64(s.shards)
		if int64(s.id) < s.Jobs%int64(s.shards) {
			s.wanted++
		}
	}
	if len(s.takers) == 0 {
		s.wanted = 0
	}
	s.jobs = make([]job, min(int64(open), s.wanted))
	longest := s.Deadline
	for _, k := range s.kinds {
		longest = max(longest, 2*k.Latency)
	}
	s.calendar = make([][]event, longest/s.Block+3)
}

func (s *shard) now() uint64 { return epoch + s.block*s.Block }

// at puts an event so many seconds ahead, in the next block at the earliest.
func (s *shard) at(seconds uint64, e event) {
	blocks := min(max(1, (seconds+s.Block-1)/s.Block), uint64(len(s.calendar)-1))
	i := (s.block + blocks) % uint64(len(s.calendar))
	s.calendar[i] = append(s.calendar[i], e)
	s.pending++
}

// work simulates the shard. tick is called now and then with the jobs done
// since; the shard stops, and counts what is done, when it says so.
func (s *shard) work(ctx context.Context, tick func(done int64) bool) error {
	for i := range s.jobs {
		s.start(int32(i))
	}
	told := int64(0)
	for s.pending > 0 {
		s.block++
		today := &s.calendar[s.block%uint64(len(s.calendar))]
		for _, e := range *today {
			s.happen(e)
		}
		s.pending -= len(*today)
		*today = (*today)[:0]
		for len(s.due) > 0 {
			if err := s.ask(ctx); err != nil {
				return err
			}
		}
		if s.done-told >= 4*batch || s.pending == 0 {
			if !tick(s.done - told) {
				break
			}
			told = s.done
		}
	}
	for _, at := range s.takers {
		p := &s.providers[at]
		s.book(at).kinds[p.kind].replicated.add(p.replicated)
	}
	return nil
}

// happen does what an event says.
func (s *shard) happen(e event) {
	j := &s.jobs[e.job]
	if j.number != e.of {
		return // about a job that has ended
	}
	if e.matter < 0 && e.run == -1 {
		s.deliver(j)
		return
	}
	m := &j.review
	if e.matter >= 0 {
		m = j.hearings[e.matter]
	}
	if m.done {
		return
	}
	switch {
	case e.run >= 0:
		m.answer(lilypad.Time(s.now()), int(e.run))
	case e.run <= firstGame:
		m.settle(lilypad.Time(s.now()), int(firstGame-e.run))
	}
	s.queue(m)
}

func (s *shard) queue(m *matter) {
	if !m.queued {
		m.queued = true
		s.due = append(s.due, m)
	}
}

// ask asks the scheme about all that is due, and does what it wants.
func (s *shard) ask(ctx context.Context) error {
	list := s.due
	s.due, s.later = s.later[:0], list
	for len(list) > 0 {
		n := min(batch, len(list))
		s.cases = s.cases[:0]
		for _, m := range list[:n] {
			m.c.Now = s.now()
			s.cases = append(s.cases, m.c)
		}
		plans, err := s.scheme.Mediate(ctx, lilypad.Time(s.now()), s.cases)
		if err != nil {
			return err
		}
		for i, m := range list[:n] {
			if err := s.again(ctx, m, plans[i]); err != nil {
				return err
			}
			m.queued = false
			s.perform(ctx, m, plans[i])
		}
		list = list[n:]
	}
	return nil
}

// again asks about some of the cases alone: an answer must not depend on its
// batch.
func (s *shard) again(ctx context.Context, m *matter, plan []hostapi.Action) error {
	if s.answers++; s.answers%sample != 0 && s.answers > 1 {
		return nil
	}
	alone, err := s.scheme.Mediate(ctx, lilypad.Time(s.now()), []hostapi.Case{m.c})
	if err != nil {
		return err
	}
	for i := range plan {
		plan[i].Item = 0 // where it stood says nothing of the case
	}
	if !reflect.DeepEqual(plan, alone[0]) {
		return lilypad.Errorf(lilypad.Internal, "the scheme answers %s about case %s among others and %s alone",
			fmt.Sprint(plan), m.c.ID, fmt.Sprint(alone[0])).Try("lilypad plugin test")
	}
	return nil
}
