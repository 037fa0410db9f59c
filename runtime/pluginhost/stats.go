package pluginhost

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Why a guest was ended in place of being given its first state back.
const (
	DiscardCall   = "call"   // its call did not return: a trap, spent fuel, a caller who gave up
	DiscardGrown  = "grown"  // its memory grew
	DiscardMissed = "missed" // a written page had been missed
	DiscardSystem = "system" // the machine could not restore it
)

// LatencyBounds are the upper ends of the buckets of [Stat.Latency]; the last
// bucket has none.
var LatencyBounds = [...]time.Duration{
	5 * time.Microsecond, 20 * time.Microsecond, 100 * time.Microsecond, 500 * time.Microsecond, 2 * time.Millisecond,
	10 * time.Millisecond, 50 * time.Millisecond, 250 * time.Millisecond, time.Second,
}

// Stat counts what one plugin did in one host, with whatever settings, since
// the host began.
type Stat struct {
	Plugin string           `json:"plugin"` // name@version
	ID     lilypad.PluginID `json:"id"`
	Hook   string           `json:"hook"`

	Calls       uint64                         `json:"calls"` // batches
	Items       uint64                         `json:"items"`
	Fuel        uint64                         `json:"fuel"`
	Time        time.Duration                  `json:"time"`         // of all calls, waiting left out
	Latency     [len(LatencyBounds) + 1]uint64 `json:"latency"`      // calls by time
	Wait        time.Duration                  `json:"wait"`         // for a free guest or for loading
	Resets      uint64                         `json:"resets"`       // guests given back their first state
	Pages       uint64                         `json:"pages"`        // that they had of their own
	Refusals    map[Rule]uint64                `json:"refusals"`     // calls without an answer that counts
	Discards    map[string]uint64              `json:"discards"`     // guests ended early
	Loads       uint64                         `json:"loads"`        // into memory
	Unloads     uint64                         `json:"unloads"`      // after a time without calls
	Breaker     BreakerState                   `json:"breaker"`      // the worst of those with different settings
	Opened      uint64                         `json:"opened"`       // how often the breaker opened
	Fallbacks   uint64                         `json:"fallbacks"`    // answers that the operator's choice gave in its place
	Refereed    uint64                         `json:"refereed"`     // calls run again by the interpreter
	Disagreed   uint64                         `json:"disagreed"`    // with another outcome
	RefereeTime time.Duration                  `json:"referee_time"` // of these
}

// tally is the Stat of one plugin, and outlives its programs.
type tally struct {
	mu   sync.Mutex // guards what follows
	stat Stat
}

// add counts a call.
func (t *tally) add(u *turn, r *Refusal) {
	bucket, _ := slices.BinarySearch(LatencyBounds[:], u.took)
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &t.stat
	s.Calls++
	s.Items += uint64(u.items)
	s.Fuel += u.fuel
	s.Time += u.took
	s.Latency[bucket]++
	s.Wait += u.wait
	s.Pages += uint64(u.pages)
	if u.restored {
		s.Resets++
	}
	if r != nil {
		s.Refusals[r.Rule]++
	}
	if u.discard != "" {
		s.Discards[u.discard]++
	}
}

func (t *tally) unloaded() { t.count(func(s *Stat) { s.Unloads++ }) }

// count changes counters that change rarely.
func (t *tally) count(change func(*Stat)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	change(&t.stat)
}

// tallyOf returns the counters of a plugin.
func (h *Host) tallyOf(p *program) *tally {
	t, ok := h.tallies[p.id]
	if !ok {
		t = &tally{stat: Stat{Plugin: p.String(), ID: p.id, Hook: p.manifest.Hook, Refusals: map[Rule]uint64{}, Discards: map[string]uint64{}}}
		h.tallies[p.id] = t
	}
	return t
}

// Stats are the counters of every plugin that this host had, by name.
func (h *Host) Stats() []Stat {
	h.mu.Lock()
	tallies := slices.Collect(maps.Values(h.tallies))
	worst := map[lilypad.PluginID]BreakerState{}
	for _, p := range h.programs {
		worst[p.id] = max(worst[p.id], p.breaker.now())
	}
	h.mu.Unlock()
	out := make([]Stat, len(tallies))
	for i, t := range tallies {
		t.mu.Lock()
		out[i] = t.stat
		out[i].Refusals, out[i].Discards = maps.Clone(t.stat.Refusals), maps.Clone(t.stat.Discards)
		t.mu.Unlock()
		out[i].Breaker = worst[out[i].ID]
	}
	slices.SortFunc(out, func(a, b Stat) int {
		return cmp.Or(cmp.Compare(a.Plugin, b.Plugin), slices.Compare(a.ID[:], b.ID[:]))
	})
	return out
}
