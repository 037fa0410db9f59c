package simulation

import (
	"context"
	"encoding/binary"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
)

// job is one that is on its way. Its place is used again.
type job struct {
	place    int32
	number   int64 // counted from 1; 0: none
	id       hostapi.Bytes32
	coin     uint64 // below the audit rate modulo 10000: audited
	began    uint64
	first    run
	nth      int   // runs so far
	mediated int64 // runs of mediators
	review   matter
	hearings []*matter
	votes    [lilypad.OutcomeFraud + 1]int
	heard    int
	drawn    []int

	// What the review said.
	decision cases.Decision
	believed hostapi.Bytes32 // the content that the scheme believes; zero: none
}

// matter is a case that is before the scheme: a review, or one mediator's.
type matter struct {
	c        hostapi.Case
	job      *job
	hearing  int // -1: the review
	mediator int
	runs     []run
	games    []game
	pending  int // of the runs and games
	rounds   int // since it last waited
	queued   bool
	done     bool
}

// sameContent finds results equal whose content is.
type sameContent struct{}

func (sameContent) Compare(_ context.Context, _ lilypad.Time, a, b lilypad.ContentID, _ []lilypad.Param) (hostapi.Comparison, error) {
	if a == b {
		return hostapi.Comparison{Sameness: hostapi.SamenessEqual}, nil
	}
	return hostapi.Comparison{Sameness: hostapi.SamenessDifferent, Distance: 1_000_000}, nil
}

// start begins a job in a place.
func (s *shard) start(place int32) {
	j := &s.jobs[place]
	taker := int32(-1)
	switch {
	case s.JobsEach == 0 && s.started < s.wanted:
		taker = s.pick(s.takers, func(int32) bool { return true })
	case s.JobsEach > 0:
		if j.number > 0 && s.providers[j.first.provider].taken < s.JobsEach {
			taker = j.first.provider
		} else if s.next < len(s.takers) {
			taker = s.takers[s.next]
			s.next++
		}
	}
	if taker < 0 {
		j.number = -1
		return
	}
	s.started++
	s.providers[taker].taken++
	*j = job{place: place, number: s.started, began: s.now(), coin: s.dice.Uint64(), review: j.review, hearings: j.hearings[:0], drawn: j.drawn[:0]}
	for i := 0; i < len(j.id); i += 8 {
		binary.BigEndian.PutUint64(j.id[i:], s.dice.Uint64())
	}
	j.first = s.run(taker, j, 0)
	j.nth = 1
	s.at(j.first.seconds, event{job: place, matter: -1, run: -1, of: j.number})
}

// deliver opens the review when the first result comes, as a creator does.
func (s *shard) deliver(j *job) {
	now := lilypad.Time(s.now())
	if j.first.absent {
		s.unserved(j)
		return
	}
	p := &s.providers[j.first.provider]
	k := &s.kinds[p.kind]
	j.review = matter{job: j, hearing: -1, runs: j.review.runs[:0], games: j.review.games[:0], c: hostapi.Case{
		ID: j.id, Opened: s.now(), Deadline: s.now() + s.Deadline, Phase: hostapi.PhaseReview, MaxRuns: s.Deals.MaxRuns,
		Params: s.params, Events: j.review.c.Events[:0],
	}}
	s.terms(&j.review.c, k)
	if s.Deals.AuditBPS > 0 {
		j.review.c.Seed = hostapi.Some(seed(j.coin))
	}
	who := cases.AddParty(&j.review.c, now, s.party(j.first.provider, hostapi.StandingProvider))
	cases.AddResult(&j.review.c, now, hostapi.None, who, j.first.result())
	s.queue(&j.review)
}

func (s *shard) terms(c *hostapi.Case, k *kind) {
	c.Price, c.ProviderStake, c.CreatorStake = uint64(k.price), uint64(k.offer.ProviderStake), uint64(k.offer.CreatorStake)
	c.MediationFee, c.LatePenalty, c.AuditRate = uint64(k.offer.MediationFee), uint64(k.offer.LatePenalty), s.Deals.AuditBPS
}

// seed is a number of 256 bits.
func seed(value uint64) (b hostapi.Bytes32) {
	binary.BigEndian.PutUint64(b[24:], value)
	return b
}

func (s *shard) party(at int32, standing hostapi.Standing) hostapi.Party {
	p := &s.providers[at]
	address, operator := s.address(p, at)
	return hostapi.Party{
		Address: address, Operator: operator, Stake: uint64(s.Deals.ProviderStake), Fee: uint64(s.kinds[p.kind].price), Standing: standing,
		JobsOk: p.JobsOK, JobsBad: p.JobsBad, ChecksOk: p.ChecksOK, ChecksBad: p.ChecksBad,
	}
}

func (r *run) result() hostapi.Result {
	return hostapi.Result{Content: r.content, Size: 1, WallTime: 1000 * r.seconds, Status: hostapi.RunStatusSucceeded}
}

// answer adds what became of a run.
func (m *matter) answer(now lilypad.Time, n int) {
	r := &m.runs[n]
	who := hostapi.None
	for _, e := range m.c.Events {
		if e.Ordered != nil && e.Ordered.Key == r.key {
			who = e.Ordered.Who
		}
	}
	m.pending--
	switch {
	case r.absent && m.hearing >= 0:
		cases.AddMissing(&m.c, now, r.key, who, hostapi.AbsenceFault)
	case r.absent:
		cases.AddMissing(&m.c, now, r.key, who, hostapi.AbsenceLate)
	default:
		cases.AddResult(&m.c, now, r.key, who, r.result())
	}
}

// order runs the job once more: see [cases.Order].
func (s *shard) order(_ context.Context, a hostapi.Action) (hostapi.Party, error) {
	m := s.asking
	j := m.job
	var r run
	var party hostapi.Party
	if m.hearing >= 0 {
		r = s.mediate(m)
		party = hostapi.Party{Address: hostapi.Bytes20{0: 3, 19: byte(m.mediator)}, Operator: hostapi.Bytes20{0: 3, 19: byte(m.mediator)}, Standing: hostapi.StandingMediator}
	} else {
		at := int32(-1)
		if len(s.helpers) > 0 {
			at = s.pick(s.helpers, func(at int32) bool { return s.mayRepeat(m, at) })
		}
		if at < 0 {
			return party, lilypad.Errorf(lilypad.Exhausted, "no further operator offers to run the job again")
		}
		r, party = s.run(at, j, j.nth), s.party(at, hostapi.StandingReplica)
		j.nth++
	}
	r.key = a.Key
	r.seconds = min(r.seconds, m.c.Deadline-min(s.now(), m.c.Deadline))
	m.runs = append(m.runs, r)
	m.pending++
	s.at(r.seconds, event{job: j.place, matter: int16(m.hearing), run: int16(len(m.runs) - 1), of: j.number})
	return party, nil
}

// mayRepeat tells whether a provider is free of the parties to a review, and
// of their operators.
func (s *shard) mayRepeat(m *matter, at int32) bool {
	_, operator := s.address(&s.providers[at], at)
	for _, e := range m.c.Events {
		if e.Party != nil && e.Party.Operator == operator {
			return false
		}
	}
	return true
}

// perform does what the scheme wants.
func (s *shard) perform(ctx context.Context, m *matter, plan []hostapi.Action) {
	s.asking = m
	d, news, err := s.runner.Perform(ctx, lilypad.Time(s.now()), &m.c, plan)
	s.bisect(m)
	if m.rounds++; err == nil && news && m.rounds < cases.MaxRounds {
		s.queue(m)
		return
	}
	switch {
	case d != nil:
		s.decide(m, *d)
	case (err != nil || news) && m.pending == 0: // as a creator does when a scheme is stuck
		s.decide(m, cases.Decision{Doubt: true, Outcome: lilypad.OutcomeRefund})
	case m.pending == 0 && s.now() > m.c.Deadline:
		s.lapse(m)
	case m.pending == 0:
		m.rounds = 0
		s.at(m.c.Deadline-min(s.now(), m.c.Deadline), event{job: m.job.place, matter: int16(m.hearing), run: -2, of: m.job.number})
	default:
		m.rounds = 0
	}
}
