package simulation

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// mediator is one of those who may be drawn.
type mediator struct {
	kind        string
	vote        lilypad.Outcome
	unavailable float64
}

// decide takes what the scheme says of a matter.
func (s *shard) decide(m *matter, d cases.Decision) {
	m.done = true
	j := m.job
	if s.trace != nil {
		s.trace(s.id, m.c, d)
	}
	if m.hearing >= 0 {
		s.hear(j, d.Outcome)
		return
	}
	j.decision = d
	t := s.book(j.first.provider)
	t.confidence.add(int64(d.ConfidencePPM))
	t.say(d)
	upheld := !d.Doubt && d.Outcome == lilypad.OutcomeUpheld
	audited := j.coin%10_000 < uint64(s.Deals.AuditBPS)
	switch {
	case upheld:
		j.believed = j.first.content
	case !d.Doubt && d.Outcome == lilypad.OutcomeFraud:
		j.believed = m.rival(j.first.content)
	}
	if j.believed != (hostapi.Bytes32{}) {
		t.workers.add(int64(m.agreeing(j.believed)))
	}
	if upheld && !audited {
		s.finish(j, settlement.End{Path: settlement.PathReceipt})
		return
	}
	s.convene(j, audited)
}

// lapse ends a case that the scheme left undecided in its time: the deal stays
// unjudged, or the mediator gives no verdict.
func (s *shard) lapse(m *matter) {
	m.done = true
	if m.hearing >= 0 {
		s.hear(m.job, lilypad.OutcomeNone)
		return
	}
	s.finish(m.job, settlement.End{Path: settlement.PathUnjudged})
}

// agreeing is the number of results of a content.
func (m *matter) agreeing(content hostapi.Bytes32) int {
	n := 0
	if m.job.first.content == content {
		n = 1
	}
	for i := range m.runs {
		if !m.runs[i].absent && m.runs[i].content == content {
			n++
		}
	}
	return n
}

// rival is the content that most results other than the first have, the
// earliest of equals; zero when there is none.
func (m *matter) rival(first hostapi.Bytes32) (best hostapi.Bytes32) {
	most := 0
	for i := range m.runs {
		if m.runs[i].absent || m.runs[i].content == first {
			continue
		}
		n := 0
		for k := range m.runs {
			if !m.runs[k].absent && m.runs[k].content == m.runs[i].content {
				n++
			}
		}
		if n > most {
			most, best = n, m.runs[i].content
		}
	}
	return best
}

// convene draws mediators, each with a case of its own.
func (s *shard) convene(j *job, audited bool) {
	if s.Panel.Drawn == 0 {
		outcome := j.decision.Outcome
		if audited || j.decision.Doubt {
			outcome = truth(&j.first)
		}
		s.finish(j, settlement.End{Path: settlement.PathResolved, Outcome: outcome, Audited: audited, Drawn: 1, Signers: 1})
		return
	}
	s.draw(j)
	for n, who := range j.drawn {
		if v := s.opinion(&s.mediators[who], &j.first); v != lilypad.OutcomeNone {
			s.hear(j, v)
			continue
		}
		j.hearings = append(j.hearings, s.hearing(j, len(j.hearings), j.drawn[n]))
	}
}

// draw picks the panel, as the contract does, by a partial Fisher–Yates.
func (s *shard) draw(j *job) {
	var all [maxMediators]int
	n := len(s.mediators)
	for i := range n {
		all[i] = i
	}
	j.drawn = j.drawn[:0]
	for i := range s.Panel.Drawn {
		k := i + s.dice.below(n-i)
		all[i], all[k] = all[k], all[i]
		j.drawn = append(j.drawn, all[i])
	}
}

// opinion is what a mediator says that does not run the job; none for one that
// does.
func (s *shard) opinion(m *mediator, r *run) lilypad.Outcome {
	switch {
	case m.kind == Honest:
		return lilypad.OutcomeNone
	case m.kind == "bribed" && !r.right():
		return m.vote
	}
	return lilypad.OutcomeUpheld
}

func truth(r *run) lilypad.Outcome {
	if r.right() {
		return lilypad.OutcomeUpheld
	}
	return lilypad.OutcomeFraud
}

// hearing opens a mediator's case, as a mediator does.
func (s *shard) hearing(j *job, nth, who int) *matter {
	now := lilypad.Time(s.now())
	m := &matter{job: j, hearing: nth, mediator: who, c: hostapi.Case{
		ID: j.id, Opened: s.now(), Challenged: hostapi.Some(s.now()), Deadline: s.now() + s.Deadline, Seed: hostapi.Some(seed(^j.coin)),
		Phase: hostapi.PhaseMediation, MaxRuns: 3, Params: s.params,
	}}
	k := &s.kinds[s.providers[j.first.provider].kind]
	s.terms(&m.c, k)
	party := s.party(j.first.provider, hostapi.StandingProvider)
	claimed := lilypad.Time(j.review.c.Opened)
	cases.AddParty(&m.c, claimed, party)
	cases.AddResult(&m.c, min(claimed, now), hostapi.None, 0, j.first.result())
	s.queue(m)
	return m
}

// mediate is a mediator's own run.
func (s *shard) mediate(m *matter) run {
	m.job.mediated++
	return run{provider: -1, seconds: 10, absent: s.dice.chance(s.mediators[m.mediator].unavailable), content: m.job.content(rightContent, 0)}
}

// hear counts a verdict, and ends the job with the last.
func (s *shard) hear(j *job, outcome lilypad.Outcome) {
	j.votes[outcome]++
	if j.heard++; j.heard < s.Panel.Drawn {
		return
	}
	end := settlement.End{Path: settlement.PathNoVerdict, Drawn: uint8(s.Panel.Drawn), Audited: s.audited(j)}
	for o := lilypad.OutcomeUpheld; o <= lilypad.OutcomeFraud; o++ {
		if j.votes[o] >= s.Panel.Agree {
			end.Path, end.Outcome, end.Signers = settlement.PathResolved, o, uint8(j.heard-j.votes[lilypad.OutcomeNone])
		}
	}
	s.finish(j, end)
}

func (s *shard) audited(j *job) bool { return j.coin%10_000 < uint64(s.Deals.AuditBPS) }

// quick is the panel's outcome about a replica: its deal has no scheme, so
// that honest mediators compare with their own run. Without a panel the word of
// the scheme is final, and where it had none, the truth.
func (s *shard) quick(j *job, r *run) settlement.End {
	if s.Panel.Drawn == 0 {
		outcome := lilypad.OutcomeFraud
		if !j.decided() {
			outcome = truth(r)
		}
		return settlement.End{Path: settlement.PathResolved, Outcome: outcome, Drawn: 1, Signers: 1}
	}
	s.draw(j)
	var votes [lilypad.OutcomeFraud + 1]int
	for _, who := range j.drawn {
		v := s.opinion(&s.mediators[who], r)
		if v == lilypad.OutcomeNone {
			v = truth(r)
		}
		votes[v]++
	}
	for o := lilypad.OutcomeUpheld; o <= lilypad.OutcomeFraud; o++ {
		if votes[o] >= s.Panel.Agree {
			return settlement.End{Path: settlement.PathResolved, Outcome: o, Drawn: uint8(s.Panel.Drawn), Signers: uint8(s.Panel.Drawn)}
		}
	}
	return settlement.End{Path: settlement.PathNoVerdict, Drawn: uint8(s.Panel.Drawn)}
}

// pay settles one deal with a provider, and returns its profit and what the
// creator spent.
func (s *shard) pay(r *run, end settlement.End) (profit, spent int64) {
	k := &s.kinds[s.providers[r.provider].kind]
	t := &s.book(r.provider).kinds[s.providers[r.provider].kind]
	p, err := settlement.Pay(k.offer, k.price, end)
	if err != nil {
		panic(err) // the terms were checked with the scenario, and the ends are of the table
	}
	stake := int64(k.offer.ProviderStake)
	profit = int64(p.Provider) - stake - r.cost
	spent = int64(k.price) + int64(k.offer.CreatorStake) - int64(p.Creator)
	t.profit.add(profit)
	t.lost.add(max(0, stake-int64(p.Provider)))
	if t.wrong.add(!r.absent && !r.right()); !r.absent && !r.right() {
		t.whenWrong.add(profit)
	}
	t.fraud.add(end.Path == settlement.PathResolved && end.Outcome == lilypad.OutcomeFraud)
	return profit, spent
}

// unserved ends a job whose provider does not deliver.
func (s *shard) unserved(j *job) {
	s.book(j.first.provider).served.add(false)
	_, spent := s.pay(&j.first, settlement.End{Path: settlement.PathUnserved})
	s.judged(j.first.provider, false, false)
	s.count(j, spent, 0)
}

// finish ends a job that was judged.
func (s *shard) finish(j *job, end settlement.End) {
	book := s.book(j.first.provider)
	t := &book.kinds[s.providers[j.first.provider].kind]
	profit, spent := s.pay(&j.first, end)
	mediated := end.Path != settlement.PathReceipt && end.Path != settlement.PathUnjudged
	good := !mediated || end.Outcome == lilypad.OutcomeUpheld || end.Outcome == lilypad.OutcomeLate
	fraud := end.Outcome == lilypad.OutcomeFraud
	right := j.first.right()
	book.served.add(true)
	book.disputed.add(mediated)
	book.paidWrong.add(!right && (good || end.Path == settlement.PathNoVerdict))
	if mediated {
		book.split.add(end.Path == settlement.PathNoVerdict)
		if good {
			j.believed = j.first.content
		} else if j.believed == j.first.content {
			j.believed = hostapi.Bytes32{}
		}
	}
	if right {
		book.accused.add(fraud)
	} else {
		book.caught.add(fraud)
		if mediated {
			t.audited.add(profit)
		} else {
			t.spared.add(profit)
		}
	}
	if good || fraud {
		s.judged(j.first.provider, good, mediated || len(j.review.runs) > 0)
	}
	s.count(j, spent+s.replicas(j, end), len(j.review.runs))
}

// decided tells whether the scheme believed somebody.
func (j *job) decided() bool {
	return !j.decision.Doubt && (j.decision.Outcome == lilypad.OutcomeUpheld || j.decision.Outcome == lilypad.OutcomeFraud)
}

// side tells whether somebody is believed, and whether that is the first
// result: by the scheme or, where it believed nobody, by how the first deal ended.
func (j *job) side(end settlement.End) (known, first bool) {
	outcome := j.decision.Outcome
	if !j.decided() {
		if outcome = end.Outcome; end.Path != settlement.PathResolved {
			return false, false
		}
	}
	switch outcome {
	case lilypad.OutcomeUpheld, lilypad.OutcomeLate:
		return true, true
	case lilypad.OutcomeFraud:
		return true, false
	}
	return false, false
}

// replicas settles the deals of a case beside the first, and returns what they
// cost. Who is on the side that is believed is accepted, as a creator does it;
// where nobody is, all are paid.
func (s *shard) replicas(j *job, first settlement.End) (spent int64) {
	known, upheld := j.side(first)
	for i := range j.review.runs {
		r := &j.review.runs[i]
		end := settlement.End{Path: settlement.PathReceipt}
		switch {
		case r.absent:
			end.Path = settlement.PathUnserved
		case known && (r.content == j.first.content) != upheld:
			end = s.quick(j, r)
		}
		_, cost := s.pay(r, end)
		spent += cost
		switch {
		case r.absent:
			s.judged(r.provider, false, false)
		case end.Path == settlement.PathReceipt || end.Outcome == lilypad.OutcomeUpheld || end.Outcome == lilypad.OutcomeLate:
			s.judged(r.provider, true, known)
		case end.Outcome == lilypad.OutcomeFraud:
			s.judged(r.provider, false, true)
		}
		s.providers[r.provider].busy--
	}
	return spent
}

// count closes the books of a job, and begins the next in its place.
func (s *shard) count(j *job, spent int64, replicas int) {
	t, p := s.book(j.first.provider), &s.providers[j.first.provider]
	t.jobs++
	s.done++
	p.busy--
	if replicas > 0 {
		p.replicated++
	}
	delivered := int64(0)
	for i := range j.review.runs[:replicas] {
		if !j.review.runs[i].absent {
			delivered++
		}
	}
	if !j.first.absent {
		delivered++
	}
	believed := j.believed != hostapi.Bytes32{}
	wrong := believed && j.believed[0] != rightContent
	b := &t.time[min(Buckets*(j.number-1)/s.wanted, Buckets-1)]
	if t.decided.add(believed); believed {
		t.errors.add(wrong)
		b.errors.add(wrong)
	}
	t.replicated.add(replicas > 0)
	t.results.add(delivered)
	t.latency.add(int64(s.now() - j.began))
	t.cost.add(spent)
	t.mediated.add(j.mediated)
	b.results.add(delivered)
	b.trust[p.kind].add(int64((uint64(p.JobsOK) + 1) * 1_000_000 / (uint64(p.JobsOK) + uint64(p.JobsBad) + 2)))
	s.start(j.place)
}
