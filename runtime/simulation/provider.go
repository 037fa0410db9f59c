package simulation

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// dice draw what happens by chance.
type dice struct{ rand.PCG }

// chance is true so often.
func (d *dice) chance(p float64) bool {
	return p > 0 && (p >= 1 || float64(d.Uint64()>>11) < p*(1<<53))
}

// below draws from 0 up to n.
func (d *dice) below(n int) int {
	hi, _ := bits.Mul64(d.Uint64(), uint64(n))
	return int(hi)
}

// kind is a population, ready for use.
type kind struct {
	Population
	offer lilypad.JobOffer
	price lilypad.Amount
	work  int64
}

// provider is one of a population.
type provider struct {
	kind  uint16
	busy  uint16
	names uint16 // it had before this one
	seat  int32  // in its population, in this shard
	runs  int32
	Trust
	taken, replicated int64 // jobs that it took, and those that were run again
}

// address names a provider, or with another first byte its operator.
func (s *shard) address(p *provider, at int32) (address, operator hostapi.Bytes20) {
	binary.BigEndian.PutUint32(address[2:], uint32(s.id))
	binary.BigEndian.PutUint32(address[6:], uint32(at))
	binary.BigEndian.PutUint16(address[10:], p.names)
	address[0] = 1
	if operator = address; s.market.kinds[p.kind].Kind == Sybil {
		operator = hostapi.Bytes20{0: 2, 1: byte(p.kind)}
		binary.BigEndian.PutUint32(operator[2:], s.circle(p))
	}
	return address, operator
}

// circle is the group of a colluder or Sybil.
func (s *shard) circle(p *provider) uint32 {
	if size := s.market.kinds[p.kind].Group; size > 0 {
		return uint32(p.seat) / uint32(size)
	}
	return 0
}

// What contents of results begin with. The rest tells jobs apart.
const (
	rightContent  = 1
	sharedContent = 2 // the wrong answer that others give too
	loneContent   = 3
)

// run is what a provider or mediator makes of a job.
type run struct {
	provider int32 // -1: a mediator
	key      uint32
	content  hostapi.Bytes32
	absent   bool // it does not answer
	seconds  uint64
	cost     int64 // micro-LILY
}

func (r *run) right() bool { return r.content[0] == rightContent }

// run has a provider do a job, its nth run counted from 0.
func (s *shard) run(at int32, j *job, nth int) run {
	p := &s.providers[at]
	k := &s.market.kinds[p.kind]
	p.busy++
	p.runs++
	r := run{provider: at, seconds: k.Latency/2 + uint64(s.dice.below(int(k.Latency)+1)), cost: k.work}
	if s.dice.chance(k.Unavailable) {
		r.absent, r.cost, r.seconds = true, 0, s.market.Deadline
		return r
	}
	rate := k.Rate
	if k.Kind == Sleeper && int(p.runs) <= k.After {
		rate = 0
	}
	wrong := nth < s.market.Dissent || s.dice.chance(rate)
	if !wrong {
		r.content = j.content(rightContent, 0)
		return r
	}
	if k.Kind != Faulty && k.Kind != Honest && k.Kind != Unavailable {
		r.cost = 0
	}
	if !s.dice.chance(k.EqualWrong) {
		r.content = j.content(loneContent, s.dice.Uint64())
		return r
	}
	pool := uint64(0)
	if k.Kind == Colluder || k.Kind == Sybil {
		pool = uint64(p.kind+1)<<32 | uint64(s.circle(p))
	}
	r.content = j.content(sharedContent, pool)
	return r
}

// content is a content id.
func (j *job) content(tag byte, value uint64) hostapi.Bytes32 {
	c := j.id
	c[0] = tag
	binary.BigEndian.PutUint64(c[1:], value)
	return c
}

// judged writes a run into its provider's record.
func (s *shard) judged(at int32, good, checked bool) {
	p := &s.providers[at]
	if s.market.Reputation == "frozen" {
		return
	}
	switch {
	case good && checked:
		p.JobsOK++
		p.ChecksOK++
	case good:
		p.JobsOK++
	case s.market.kinds[p.kind].Kind == Sybil && checked:
		p.names++
		p.Trust = s.market.kinds[p.kind].Trust
	case checked:
		p.JobsBad++
		p.ChecksBad++
	default:
		p.JobsBad++
	}
}

// pick draws a provider out of a list, one that is idle if it is soon found,
// that ok allows; -1 when there is none.
func (s *shard) pick(list []int32, ok func(int32) bool) int32 {
	for tries := range 16 {
		at := list[s.dice.below(len(list))]
		if (s.providers[at].busy == 0 || tries >= 8) && ok(at) {
			return at
		}
	}
	from := s.dice.below(len(list))
	for i := range list {
		if at := list[(from+i)%len(list)]; ok(at) {
			return at
		}
	}
	return -1
}
