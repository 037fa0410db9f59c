package decisions

import (
	"cmp"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Report compares two plugins of a hook on the same questions.
type Report struct {
	Plugin  string   `json:"plugin"` // the one that is looked at, name@version
	Hook    string   `json:"hook"`
	Seen    int      `json:"seen"` // jobs, modules, cases or pairs
	Same    int      `json:"same"` // with the same answer
	Was     Tally    `json:"was"`
	Is      Tally    `json:"is"`
	Changes []Change `json:"changes"` // the most frequent first
	// Fault is why a question had no answer, the first time.
	Fault string `json:"fault,omitempty"`
}

// Tally is what one plugin said.
type Tally struct {
	Words map[string]int `json:"words"` // answers by their word
	// Price is the sum, in micro-LILY, of the jobs that were taken (admit), or
	// of the offers that ranked first (match).
	Price lilypad.Amount `json:"price"`
	// Quoted is the sum of what was asked for jobs that were declined at their
	// price (admit).
	Quoted lilypad.Amount `json:"quoted,omitempty"`
}

// Change is a kind of difference.
type Change struct {
	Was      string    `json:"was"` // a word of the hook
	Is       string    `json:"is"`
	Reason   string    `json:"reason,omitempty"` // of the one that says no, without its arguments
	Count    int       `json:"count"`
	Price    int64     `json:"price"`    // micro-LILY that it earns more, or less
	Examples []Example `json:"examples"` // the dearest
}

// Example is one item on which the two differ.
type Example struct {
	Item
	Was Answer `json:"was"`
	Is  Answer `json:"is"`
}

// maxExamples is how many examples a kind of difference has at most.
const maxExamples = 3

type itemKey struct{ role, id string }

type pair struct {
	item    Item
	was, is Answer
}

// comparison collects what a report is made of.
type comparison struct {
	manifest hostapi.Manifest // of the plugin that is looked at
	record   pluginhost.Record
	fault    string
	items    map[itemKey]*pair
	order    []*pair
}

func newComparison(m hostapi.Manifest) *comparison {
	return &comparison{manifest: m, items: map[itemKey]*pair{}}
}

// add notes answers about items. A job that is offered again, at another
// price, is one job: what was taken stays taken, else the later answer counts.
func (c *comparison) add(role string, items []Item, was, is []Answer) {
	took := hostapi.AnswerTake.String()
	for i, item := range items {
		k := itemKey{role, item.ID}
		p, seen := c.items[k]
		if !seen || c.manifest.Hook != hostapi.HookAdmit.String() {
			p = &pair{item: item}
			c.items[k] = p
			c.order = append(c.order, p)
		}
		if p.was.Word != took {
			p.was = was[i]
		}
		if p.is.Word != took {
			p.is = is[i]
		}
	}
}

// report counts.
func (c *comparison) report() *Report {
	r := &Report{
		Plugin: c.manifest.Name + "@" + c.manifest.Version, Hook: c.manifest.Hook, Seen: len(c.order), Fault: c.fault,
		Was: Tally{Words: map[string]int{}}, Is: Tally{Words: map[string]int{}}, Changes: []Change{},
	}
	changes := map[[3]string]*Change{}
	for _, p := range c.order {
		r.Was.count(p.was)
		r.Is.count(p.is)
		if p.was.Word == p.is.Word && p.was.Choice == p.is.Choice && p.was.Price == p.is.Price {
			r.Same++
			continue
		}
		kind := change(p)
		k := [3]string{kind.Was, kind.Is, kind.Reason}
		if changes[k] == nil {
			changes[k] = &kind
		}
		changes[k].add(p)
	}
	for _, kind := range changes {
		r.Changes = append(r.Changes, *kind)
	}
	slices.SortFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Was+a.Is+a.Reason, b.Was+b.Is+b.Reason))
	})
	return r
}

func (t *Tally) count(a Answer) {
	t.Words[a.Word]++
	if a.Word == wordQuote {
		t.Quoted += a.Price
		return
	}
	t.Price += a.Price
}

// change names the kind of a difference.
func change(p *pair) Change {
	c := Change{Was: p.was.Word, Is: p.is.Word, Reason: cmp.Or(p.is.kind, p.was.kind)}
	if c.Was == c.Is {
		c.Is = "another price"
		if p.was.Choice != p.is.Choice {
			c.Is = "another choice"
		}
	}
	return c
}

func (c *Change) add(p *pair) {
	c.Count++
	c.Price += earned(p.is) - earned(p.was)
	e := Example{p.item, p.was, p.is}
	at, _ := slices.BinarySearchFunc(c.Examples, e, func(x, y Example) int {
		return cmp.Compare(max(y.Was.Price, y.Is.Price), max(x.Was.Price, x.Is.Price))
	})
	if at < maxExamples {
		c.Examples = slices.Insert(c.Examples, at, e)
		c.Examples = c.Examples[:min(len(c.Examples), maxExamples)]
	}
}

func earned(a Answer) int64 {
	if a.Word == wordQuote {
		return 0
	}
	return int64(a.Price)
}
