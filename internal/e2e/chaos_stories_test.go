package e2e_test

import (
	"slices"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// story is a job that comes by some points, and how it ends.
type story struct {
	order []string // flags of lilypad run; nil: a cow from whom dies, who is paid for it
	more  []string // flags beside those
	want  outcome
	begin func(*testing.T, *telling) // until the trap is set; nil: the job is ordered
	back  func(*testing.T, *telling) // when the victim is back, before the roles are
	end   func(*testing.T, *telling) // when the job has ended
	// At the moment away, roles are killed that come back after the victim has:
	// what they would do, the others must.
	away  moment
	roles []string
	shown func(*testing.T, *telling) // done at the moment away
	// late moves block time while the deal is in a state: to so long after its
	// deadline, or before it.
	late    map[lilypad.State]int64
	expires bool // or moves it past the time to open the deal
}

// movesTime tells whether it can be told on an embedded chain alone.
func (s story) movesTime() bool { return s.late != nil || s.expires }

const (
	price, fee, stake, penalty = 1_000_000, 50_000, 5_000_000, 500_000
	verdicts                   = 2 * 400_000 // two mediators are there, and two are needed

	// margin is how long before a deadline a party acts that waited for others.
	margin = 48 * 3600 / 4
	// grace is how much longer than the parties a mediator waits.
	grace = 300
)

var (
	paid     = paidTo("provider-1", price)
	unserved = outcome{"expired", 69, map[string]int64{"silent": -penalty, "sink": penalty - fee, "solver": fee}}
	opens    = moment{role: "solver", to: "chain", calls: sends}
	judges   = moment{role: "creator", to: "solver", calls: "POST /v1/jobs/ID/receipt"}
)

var stories = map[string]story{
	"paid":   {order: target("provider-1"), want: paid},
	"docker": {order: target("provider-2", "--executor", "docker"), want: paidTo("provider-2", price)},
	"fraud": {
		order: audited,
		want:  outcome{"fraud", 69, map[string]int64{"cheat": -stake, "mediators": verdicts, "sink": stake - verdicts - fee, "solver": fee}},
	},
	"declined": {order: target("provider-3"), want: paidTo("choosy", 1_500_000)},
	"failed": {
		order: append([]string{brokenModule}, target("provider-2")[1:]...), back: runOut, late: map[lilypad.State]int64{lilypad.StateOpen: 1},
		want: outcome{"expired", 69, map[string]int64{"provider-2": -penalty, "sink": penalty - fee, "solver": fee}},
	},
	"lapsed":      {expires: true, begin: expire, back: lapse, away: opens, roles: []string{"solver"}},
	"asked again": {expires: true, begin: expireAndAsk, away: opens, roles: []string{"solver"}},
	"drain":       {away: opens, shown: drainAway, end: drained},
	"undrained":   {begin: undrain},
	"joins":       {begin: join, end: leave},
	"renewed":     {begin: renewed, end: leave},
	"pre-pull":    {begin: join, end: leave, more: []string{"--executor", "docker"}},
	"private":     {order: target("provider-1", "--private"), want: paid},
	"private fraud": {
		order: append(slices.Clone(audited), "--private"),
		want:  outcome{"fraud", 69, map[string]int64{"cheat": -stake, "mediators": verdicts, "sink": stake - verdicts - fee, "solver": fee}},
	},
	"no receipt": {
		order: target("provider-1"), want: paid, away: judges, roles: []string{"creator"},
		late: map[lilypad.State]int64{lilypad.StateOpen: -margin},
	},
	"unjudged": {
		order: target("provider-1"), want: paid, away: judges, roles: []string{"solver", "creator"},
		late: map[lilypad.State]int64{lilypad.StateOpen: -margin, lilypad.StateSubmitted: 1},
	},
	"no solver": {
		order: target("provider-1"), want: paid, away: judges, roles: []string{"solver"},
		late: map[lilypad.State]int64{lilypad.StateOpen: -margin, lilypad.StateSubmitted: -margin},
	},
	"unserved": {
		order: target("provider-19"), want: unserved,
		away: moment{role: "creator", to: "solver", calls: "POST /v1/jobs", done: true}, roles: []string{"creator"},
		late: map[lilypad.State]int64{lilypad.StateOpen: 1},
	},
	"unserved, no solver": {
		order: target("provider-19"), want: unserved,
		away: moment{role: "solver", to: "chain", calls: sends, done: true}, roles: []string{"solver"},
		late: map[lilypad.State]int64{lilypad.StateOpen: 1},
	},
	"no verdict": {
		order: audited, want: outcome{"no verdict", 0, map[string]int64{"creator": -cheats - fee, "cheat": cheats, "solver": fee}},
		away:  moment{role: "mediator-1", to: "solver", calls: "POST /v1/jobs/ID/opinion"},
		roles: []string{"solver", "creator", "cheat", "mediator-2"},
		late:  map[lilypad.State]int64{lilypad.StateDrawn: grace + 1},
	},
}

// cheats is the price of the provider that cheats.
const cheats = 1_500_000

var audited = target("provider-17", "--scheme", "audit", "--audit", "100%")

// target orders a cow from one provider.
func target(account string, more ...string) []string {
	return append([]string{"cowsay:v0.0.4", "--target", node.LocalKey(account).Address().String()}, more...)
}

func paidTo(role string, pay int64) outcome {
	return outcome{"paid", 0, map[string]int64{"creator": -pay - fee, role: pay, "solver": fee}}
}

// storyOf is the story of a point, with what follows from who dies.
func storyOf(p point) story {
	s := stories[p.story]
	if s.order == nil {
		s.order, s.want = target(p.victim, s.more...), paidTo(p.victim, price)
	}
	if s.begin == nil {
		s.begin = ordered
	}
	return s
}
