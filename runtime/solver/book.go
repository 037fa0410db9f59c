package solver

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/matching"
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
	Ended    uint64        `json:"ended,omitempty"` // block in which it became final

	InputSize uint64       `json:"input_size"` // bytes
	Given     lilypad.Time `json:"given"`      // when it was last proposed, in block time

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
	ps := ordering(r.Posting.Offer.Body)
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
	ended   map[lilypad.JobID]*record // final ones that a reorganisation may undo
	bans    map[lilypad.Address]api.Ban
	history map[lilypad.Address]history
	pairs   map[lilypad.Address]map[lilypad.Address]history // by creator and provider
	recent  *recent
	market  *matching.Book // the same offers, and what live jobs hold of them
	cursor  settlement.Cursor
	final   uint64 // newest block that nothing undoes

	dirty   map[lilypad.JobID]*record // to be written before anyone is answered
	renewed map[lilypad.Address]bool  // so are these offers
	judged  map[lilypad.Address]bool  // and these bans
	moved   bool                      // so is the cursor
	changed map[lilypad.JobID]bool    // to be told and woken after that
	freed   bool                      // waiting jobs may fit now
}

func newBook(online func(lilypad.Address) bool) *book {
	return &book{
		online: online, offers: map[lilypad.Address]lilypad.Offer{}, jobs: map[lilypad.JobID]*record{},
		ended: map[lilypad.JobID]*record{}, bans: map[lilypad.Address]api.Ban{}, judged: map[lilypad.Address]bool{},
		history: map[lilypad.Address]history{}, pairs: map[lilypad.Address]map[lilypad.Address]history{},
		recent: newRecent(), market: matching.NewBook(),
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
	b.freed = b.freed || held && !r.holds() || !r.live() // room, or its creator's money
	b.hold(r)
	if !r.live() {
		delete(b.jobs, r.ID)
		b.bury(r)
	}
	return nil
}

// bury keeps a job that is over as long as a reorganisation may bring it back.
func (b *book) bury(r *record) {
	b.remember(r, 1)
	if r.Phase == api.PhaseFinal && b.shaky(r) {
		b.ended[r.ID] = r
	}
}

// shaky tells of a job that is over whether a reorganisation may bring it back.
func (b *book) shaky(r *record) bool {
	return r.Ended+records.Deep >= b.cursor.Block || r.Ended > b.final
}

// revive takes a job back that was final.
func (b *book) revive(r *record) {
	b.remember(r, -1)
	delete(b.ended, r.ID)
	b.jobs[r.ID] = r
}

// hold brings what the matcher knows of a job's capacity in line with the job.
func (b *book) hold(r *record) {
	if r.holds() {
		b.market.Hold(r.ID, r.Provider, r.needs())
	} else {
		b.market.Release(r.ID)
	}
}

// remember adds a final job to its provider's track record, or, by -1, takes
// it away.
func (b *book) remember(r *record, by int32) {
	if r.Phase != api.PhaseFinal || r.Provider.IsZero() {
		return
	}
	add := func(h history) history {
		one := uint32(by) // wraps around as it should
		switch {
		case r.Path == settlement.PathReceipt, r.Path == settlement.PathUnjudged, r.Outcome == lilypad.OutcomeUpheld:
			h.ok += one
		default:
			h.failed += one
		}
		if r.Facts.CreatorSeed != (lilypad.Hash{}) && r.Path != settlement.PathReceipt {
			h.disputes += one
		}
		if r.Path == settlement.PathNoReveal || r.Outcome == lilypad.OutcomeFraud {
			h.slashes += one
		}
		return h
	}
	b.history[r.Provider] = add(b.history[r.Provider])
	creator := r.Posting.Offer.Body.Creator
	if b.pairs[creator] == nil {
		b.pairs[creator] = map[lilypad.Address]history{}
	}
	b.pairs[creator][r.Provider] = add(b.pairs[creator][r.Provider])
	if o, here := b.offers[r.Provider]; here {
		_ = b.list(o) // it was taken before
	}
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

// silentFor is how long a provider that did not answer is passed over.
const silentFor = time.Minute

// fits returns every hard constraint that keeps the offer from the job.
func (b *book) fits(r *record, o lilypad.Offer, now lilypad.Time) []obstacle {
	var out []obstacle
	refuse := func(rule, needs, has string, short uint64) {
		out = append(out, obstacle{api.Refusal{Provider: o.Provider, By: "constraint", Rule: rule, Needs: needs, Has: has}, short})
	}
	j := r.wanted()
	for _, u := range j.Unmet(&o) {
		refuse(u.Rule, u.Needs, u.Has, u.Short)
	}
	if no, ok := r.Refused[o.Provider]; ok {
		out = append(out, obstacle{no, matching.Fixed})
	}
	if ban, is := b.banned(o.Provider, now); is {
		refuse("banned", "a provider that keeps its word", fmt.Sprintf("%s, banned until block time %d", ban.Reason, ban.Until), matching.Fixed)
	}
	if r.ignoredBy(o.Provider) {
		refuse("silent", "an answer in time", "asked again in "+silentFor.String(), matching.Whole)
	}
	if !b.online(o.Provider) {
		refuse("offline", "a provider that listens", "", matching.Fixed)
	}
	if len(out) == 0 && b.market.Busy(o.Provider, r.needs()) {
		refuse("busy", "1 free slot", strconv.Itoa(b.market.Held(o.Provider))+" jobs", matching.Whole)
	}
	return out
}

// ignoredBy tells that the provider did not answer a moment ago.
func (r *record) ignoredBy(provider lilypad.Address) bool {
	return time.Since(r.silent[provider]) < silentFor
}

// wanted is the job as offers are measured by it.
func (r *record) wanted() matching.Job {
	p := &r.Posting
	return matching.Job{
		ID: r.ID, Terms: p.Offer.Body, Work: p.Work, ModuleName: p.Module.Name + ":" + p.Module.Tag,
		Mediators: p.Panel.Mediators, Exclude: p.Exclude, Quotes: r.Quotes,
	}
}

// seek is wanted, with what the solver remembers of the providers. It shares
// nothing with the record.
func (b *book) seek(r *record, now lilypad.Time) matching.Job {
	j := r.wanted()
	j.Quotes = maps.Clone(r.Quotes)
	j.Without = slices.Collect(maps.Keys(r.Refused))
	for provider := range r.silent {
		if r.ignoredBy(provider) {
			j.Without = append(j.Without, provider)
		}
	}
	for who := range b.bans {
		if _, is := b.banned(who, now); is {
			j.Without = append(j.Without, who)
		}
	}
	j.Known = b.recent.about(r, now)
	for provider, pair := range b.pairs[r.Posting.Offer.Body.Creator] {
		k := j.Known[provider]
		k.PairOK, k.PairFailed = pair.ok, pair.failed
		j.Known[provider] = k
	}
	return j
}

// providers are those with an offer, in a fixed order.
func (b *book) providers() []lilypad.Address {
	return slices.SortedFunc(maps.Keys(b.offers), func(x, y lilypad.Address) int { return slices.Compare(x[:], y[:]) })
}

// learn notes that a provider made a deal.
func (b *book) learn(r *record) {
	b.recent.learn(r)
	b.market.Gave(r.Provider, r.Given)
}

// strike takes a provider's offer off the book. What it was asked and has not
// answered waits for others, or for its next offer.
func (b *book) strike(provider lilypad.Address) error {
	if _, listed := b.offers[provider]; !listed {
		return nil
	}
	delete(b.offers, provider)
	b.market.Remove(provider)
	b.renewed[provider] = true
	for _, r := range b.jobs {
		if r.Phase != api.PhaseProposed || r.Provider != provider {
			continue
		}
		if err := b.change(r, func() error { r.release(); return nil }); err != nil {
			return err
		}
	}
	return nil
}

// list puts a provider's offer, with its track record, before the matcher.
func (b *book) list(o lilypad.Offer) error {
	h := b.history[o.Provider]
	return b.market.Put(matching.Offer{Offer: o, JobsOK: h.ok, JobsFailed: h.failed, Disputes: h.disputes, Slashes: h.slashes})
}
