package solver

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// record is a job as the journal keeps it.
type record struct {
	api.Job
	Refused map[lilypad.Address]api.Refusal    `json:"refused,omitempty"` // by providers, for good
	Quotes  map[lilypad.Address]lilypad.Amount `json:"quotes,omitempty"`  // what they asked instead
	Receipt *lilypad.Signed[lilypad.Receipt]   `json:"receipt,omitempty"`

	OnChain  lilypad.State `json:"on_chain"`
	Deadline lilypad.Time  `json:"deadline"`

	// Wall clock, of this process: when a provider was last asked in vain.
	silent map[lilypad.Address]time.Time

	askedAt time.Time // wall clock; after a restart a proposal is asked again
}

// clone may be read while the owner goes on with the original.
func (r *record) clone() record {
	c := *r
	c.Refused, c.Quotes, c.silent = maps.Clone(r.Refused), maps.Clone(r.Quotes), maps.Clone(r.silent)
	c.Opinions = slices.Clone(r.Opinions)
	return c
}

func (r *record) needs() lilypad.Needs { return r.Posting.Work.Needs }

// holds tells whether the job occupies its provider.
func (r *record) holds() bool {
	switch r.Phase {
	case api.PhaseProposed, api.PhaseOpening, api.PhaseRunning:
		return true
	}
	return false
}

// doubted tells whether mediators were called: a receipt may still have won.
func (r *record) doubted() bool {
	return r.Deal != nil && !r.Facts.CreatorSeed.IsZero() && r.Path != settlement.PathReceipt
}

func (r *record) asCase() api.Case {
	return api.Case{
		Job: r.ID, Deal: r.Deal.Body.ID(), Provider: r.Provider, Scheme: r.Posting.Work.Scheme,
		Drawn: r.Drawn(), Opinions: r.Opinions, State: r.State(), Outcome: r.Outcome,
	}
}

func (r *record) live() bool {
	return r.Phase != api.PhaseFinal && r.Phase != api.PhaseWithdrawn
}

// parties are those who may read the job and hear of it.
func (r *record) parties() []lilypad.Address {
	ps := []lilypad.Address{r.Posting.Offer.Body.Creator}
	if !r.Provider.IsZero() {
		ps = append(ps, r.Provider)
	}
	if r.Phase == api.PhaseMediation || len(r.Opinions) > 0 {
		ps = append(ps, r.Posting.Panel.Mediators...)
	}
	return ps
}

// history is a provider's track record with this solver.
type history struct {
	ok, failed, disputes, slashes uint32
}

// book is the market of the moment. Only the owner goroutine touches it.
type book struct {
	online  func(lilypad.Address) bool // whether a provider listens now
	offers  map[lilypad.Address]lilypad.Offer
	jobs    map[lilypad.JobID]*record // live ones
	history map[lilypad.Address]history
	pairs   map[[2]lilypad.Address]history // creator, provider
	cursor  settlement.Cursor

	dirty   map[lilypad.JobID]*record // to be written before anyone is answered
	renewed map[lilypad.Address]bool  // so are these offers
	moved   bool                      // so is the cursor
	changed map[lilypad.JobID]bool    // to be told and woken after that
	freed   bool                      // waiting jobs may fit now
}

func newBook(online func(lilypad.Address) bool) *book {
	return &book{
		online: online, offers: map[lilypad.Address]lilypad.Offer{}, jobs: map[lilypad.JobID]*record{},
		history: map[lilypad.Address]history{}, pairs: map[[2]lilypad.Address]history{},
		dirty: map[lilypad.JobID]*record{}, renewed: map[lilypad.Address]bool{}, changed: map[lilypad.JobID]bool{},
	}
}

// change applies fn to a live record and marks it as changed, unless fn fails.
func (b *book) change(r *record, fn func() error) error {
	held := r.holds()
	if err := fn(); err != nil {
		return err
	}
	b.dirty[r.ID], b.changed[r.ID] = r, true
	b.freed = b.freed || held && !r.holds()
	if !r.live() {
		delete(b.jobs, r.ID)
		b.remember(r)
	}
	return nil
}

// remember adds a final job to its provider's track record.
func (b *book) remember(r *record) {
	if r.Phase != api.PhaseFinal || r.Provider.IsZero() {
		return
	}
	pair := [2]lilypad.Address{r.Posting.Offer.Body.Creator, r.Provider}
	add := func(h history) history {
		switch {
		case r.Path == settlement.PathReceipt, r.Path == settlement.PathUnjudged, r.Outcome == lilypad.OutcomeUpheld:
			h.ok++
		default:
			h.failed++
		}
		if r.Facts.CreatorSeed != (lilypad.Hash{}) && r.Path != settlement.PathReceipt {
			h.disputes++
		}
		if r.Path == settlement.PathNoReveal || r.Outcome == lilypad.OutcomeFraud {
			h.slashes++
		}
		return h
	}
	b.history[r.Provider] = add(b.history[r.Provider])
	b.pairs[pair] = add(b.pairs[pair])
}

// liveOf counts a creator's live jobs.
func (b *book) liveOf(creator lilypad.Address) (n int) {
	for _, r := range b.jobs {
		if r.Posting.Offer.Body.Creator == creator {
			n++
		}
	}
	return n
}

// held lists what a provider has promised, in a fixed order.
func (b *book) held(provider lilypad.Address) []lilypad.Resources {
	var ids []lilypad.JobID
	for id, r := range b.jobs {
		if r.Provider == provider && r.holds() {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(x, y lilypad.JobID) int { return slices.Compare(x[:], y[:]) })
	held := make([]lilypad.Resources, len(ids))
	for i, id := range ids {
		held[i] = b.jobs[id].needs().Resources
	}
	return held
}

// room tells whether the offer can take needs on top of what it has promised:
// at most Slots jobs whose resources fit together, and Queue jobs beyond.
func room(o lilypad.Offer, held []lilypad.Resources, needs lilypad.Resources) bool {
	left, running, queued := o.Capacity, uint32(0), uint32(0)
	for _, r := range append(held, needs) {
		if running < o.Slots && within(r, left) {
			running++
			left.GPUs, left.CPUMilli, left.RAMMB, left.DiskMB = left.GPUs-r.GPUs, left.CPUMilli-r.CPUMilli, left.RAMMB-r.RAMMB, left.DiskMB-r.DiskMB
		} else {
			queued++
		}
	}
	return queued <= o.Queue
}

func within(r, capacity lilypad.Resources) bool {
	return r.GPUs <= capacity.GPUs && r.CPUMilli <= capacity.CPUMilli && r.RAMMB <= capacity.RAMMB && r.DiskMB <= capacity.DiskMB
}

// silentFor is how long a provider that did not answer is passed over.
const silentFor = time.Minute

// fits returns every hard constraint that keeps the offer from the job.
func (b *book) fits(r *record, o lilypad.Offer) []api.Refusal {
	var out []api.Refusal
	refuse := func(broken bool, rule, needs, has string) {
		if broken {
			out = append(out, api.Refusal{Provider: o.Provider, By: "constraint", Rule: rule, Needs: needs, Has: has})
		}
	}
	terms, n := r.Posting.Offer.Body, r.needs()
	price := b.price(r, o)
	refuse(!terms.Target.IsZero() && terms.Target != o.Provider, "target", terms.Target.String(), o.Provider.String())
	refuse(o.Provider == terms.Creator, "provider is the creator", "", "")
	refuse(slices.Contains(r.Posting.Exclude, o.Operator) || slices.Contains(r.Posting.Exclude, o.Provider), "excluded operator", "", o.Operator.String())
	refuse(!slices.Contains(o.Engines, n.Engine), "engine", string(n.Engine), joinEngines(o.Engines))
	for _, q := range []struct {
		rule       string
		needs, has uint32
	}{
		{"gpus", n.GPUs, o.Capacity.GPUs},
		{"vram_mb", n.VRAMMB, o.Capacity.VRAMMB},
		{"cpu_milli", n.CPUMilli, o.Capacity.CPUMilli},
		{"ram_mb", n.RAMMB, o.Capacity.RAMMB},
		{"disk_mb", n.DiskMB, o.Capacity.DiskMB},
		{"timeout_s", uint32(n.Timeout), uint32(o.MaxTimeout)},
	} {
		refuse(q.needs > q.has, q.rule, decimal(q.needs), decimal(q.has))
	}
	refuse(n.GPUModel != "" && !strings.Contains(strings.ToLower(o.GPUModel), strings.ToLower(n.GPUModel)), "gpu_model", n.GPUModel, o.GPUModel)
	refuse(n.Network && !o.Network, "network", "yes", "no")
	refuse(n.Region != "" && n.Region != o.Region, "region", n.Region, o.Region)
	for _, l := range n.Labels {
		refuse(!slices.Contains(o.Labels, l), "label "+l.Key, l.Value, "")
	}
	refuse(price > terms.MaxPrice, "price", "at most "+terms.MaxPrice.String(), price.String())
	refuse(terms.ProviderStake > o.MaxStake, "provider_stake", terms.ProviderStake.String(), "at most "+o.MaxStake.String())
	refuse(slices.ContainsFunc(r.Posting.Panel.Mediators, func(m lilypad.Address) bool {
		return m == o.Provider || len(o.Mediators) > 0 && !slices.Contains(o.Mediators, m)
	}), "mediators", "", "")
	if no, ok := r.Refused[o.Provider]; ok {
		out = append(out, no)
	}
	refuse(time.Since(r.silent[o.Provider]) < silentFor, "silent", "an answer in time", "asked again in "+silentFor.String())
	refuse(!b.online(o.Provider), "offline", "a provider that listens", "")
	refuse(len(out) == 0 && !room(o, b.held(o.Provider), n.Resources), "busy", "1 free slot", decimal(uint32(len(b.held(o.Provider))))+" jobs")
	return out
}

// price is what the provider would do the job for.
func (b *book) price(r *record, o lilypad.Offer) lilypad.Amount {
	if quote, ok := r.Quotes[o.Provider]; ok {
		return quote
	}
	return o.Price
}

// providers are those with an offer, in a fixed order.
func (b *book) providers() []lilypad.Address {
	return slices.SortedFunc(maps.Keys(b.offers), func(x, y lilypad.Address) int { return slices.Compare(x[:], y[:]) })
}

// candidates are the offers that pass every hard constraint, in a fixed order.
func (b *book) candidates(r *record) []Candidate {
	var out []Candidate
	for _, addr := range b.providers() {
		o := b.offers[addr]
		if len(b.fits(r, o)) > 0 {
			continue
		}
		h, pair := b.history[addr], b.pairs[[2]lilypad.Address{r.Posting.Offer.Body.Creator, addr}]
		o.Price = b.price(r, o)
		out = append(out, Candidate{
			Offer: o, JobsOK: h.ok, JobsFailed: h.failed, Disputes: h.disputes, Slashes: h.slashes,
			PairOK: pair.ok, PairFailed: pair.failed, LoadPPM: load(len(b.held(addr)), o.Slots),
		})
	}
	return out
}

func load(jobs int, slots uint32) uint32 { return uint32(jobs * 1_000_000 / max(int(slots), 1)) }

// best returns the index of the highest score, the first of equals; -1 if
// every candidate was refused.
func best(scores []Score) int {
	top := -1
	for i, s := range scores {
		if s.Refused == "" && (top < 0 || cmp.Compare(s.Score, scores[top].Score) > 0) {
			top = i
		}
	}
	return top
}
