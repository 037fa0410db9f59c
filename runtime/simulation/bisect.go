package simulation

import (
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
)

// firstGame is what an event calls the end of a matter's first game; the
// second is one less.
const firstGame = -3

// gameRounds is how many blocks a game takes: commit, six times open, segment.
const gameRounds = 8

// game is a bisect on its way. It costs nobody anything.
type game struct {
	key   uint32
	who   uint32 // against the provider; none: what the challenger shows
	wrong uint32 // who will be shown wrong; none: nobody
}

// bisect begins the games that the scheme has ordered.
func (s *shard) bisect(m *matter) {
	for _, o := range cases.Disputes(&m.c) {
		if slices.ContainsFunc(m.games, func(g game) bool { return g.key == o.Key }) {
			continue
		}
		seconds := s.Block // a mediator has the step at hand
		if m.hearing < 0 {
			seconds = gameRounds * s.Block
		}
		seconds = min(seconds, m.c.Deadline-min(s.now(), m.c.Deadline))
		s.at(seconds, event{job: m.job.place, matter: int16(m.hearing), run: int16(firstGame - len(m.games)), of: m.job.number})
		m.games = append(m.games, game{o.Key, o.Who, s.loser(m, o.Who)})
		m.pending++
	}
}

// loser is the party that a game against another shows wrong: of two that are,
// one by chance, since it is the one that left the right way first. What a
// creator shows to mediators is what its review has found.
func (s *shard) loser(m *matter, other uint32) uint32 {
	of := func(who uint32) (claim hostapi.Bytes32) {
		for _, e := range m.c.Events {
			if e.Result != nil && e.Result.Who == who {
				claim = e.Result.Content
			}
		}
		return claim
	}
	if other == hostapi.None {
		if slices.ContainsFunc(m.job.review.c.Events, func(e hostapi.Event) bool { return e.Segment != nil && e.Segment.Who == ofProvider }) {
			return ofProvider
		}
		return hostapi.None
	}
	wrong := []uint32{ofProvider, other}
	wrong = slices.DeleteFunc(wrong, func(who uint32) bool { return of(who)[0] == rightContent })
	if len(wrong) == 0 {
		return hostapi.None
	}
	return wrong[s.dice.below(len(wrong))]
}

// ofProvider is the position of the deal's provider among the events.
const ofProvider = 0

// settle adds what a game has shown.
func (m *matter) settle(now lilypad.Time, n int) {
	g := m.games[n]
	m.pending--
	if g.wrong == hostapi.None {
		cases.AddMissing(&m.c, now, g.key, g.who, hostapi.AbsenceFault)
		return
	}
	cases.AddSegment(&m.c, now, g.key, g.wrong, hostapi.Segment{})
}
