package solver

import (
	"cmp"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

// recent knows who made which deals in the last day, in block time.
type recent struct {
	deals   []deal // by time
	modules lastTimes[lilypad.ModuleID]
	inputs  lastTimes[lilypad.ContentID]
}

type deal struct {
	at       lilypad.Time
	provider lilypad.Address
	module   lilypad.ModuleID
	inputs   lilypad.ContentID
}

// lastTimes tells when each provider last had something.
type lastTimes[K comparable] map[K]map[lilypad.Address]lilypad.Time

func newRecent() *recent {
	return &recent{modules: lastTimes[lilypad.ModuleID]{}, inputs: lastTimes[lilypad.ContentID]{}}
}

const day lilypad.Time = 24 * 3600

// learn adds a job's deal, and forgets those of the day before.
func (t *recent) learn(r *record) {
	d := deal{r.Given, r.Provider, r.Posting.Work.Module, r.Posting.Work.Inputs}
	at, _ := slices.BinarySearchFunc(t.deals, d, func(x, y deal) int { return cmp.Compare(x.at, y.at) })
	t.deals = slices.Insert(t.deals, at, d)
	t.modules.add(d.module, d.provider, d.at)
	t.inputs.add(d.inputs, d.provider, d.at)
	for last := t.deals[len(t.deals)-1].at; t.deals[0].at+day < last; t.deals = t.deals[1:] {
		old := t.deals[0]
		t.modules.drop(old.module, old.provider, old.at)
		t.inputs.drop(old.inputs, old.provider, old.at)
	}
}

// about tells what is known of the providers that concerns a job.
func (t *recent) about(r *record, now lilypad.Time) map[lilypad.Address]matching.Known {
	known := map[lilypad.Address]matching.Known{}
	for provider, at := range t.modules[r.Posting.Work.Module] {
		if at+day >= now {
			known[provider] = matching.Known{ModuleHere: true}
		}
	}
	for provider, at := range t.inputs[r.Posting.Work.Inputs] {
		if k := known[provider]; at+day >= now {
			k.InputsHere = r.InputSize
			known[provider] = k
		}
	}
	return known
}

func (l lastTimes[K]) add(key K, provider lilypad.Address, at lilypad.Time) {
	if l[key] == nil {
		l[key] = map[lilypad.Address]lilypad.Time{}
	}
	l[key][provider] = max(l[key][provider], at)
}

// drop forgets a time, unless there was a later one.
func (l lastTimes[K]) drop(key K, provider lilypad.Address, at lilypad.Time) {
	if l[key][provider] > at {
		return
	}
	if delete(l[key], provider); len(l[key]) == 0 {
		delete(l, key)
	}
}
