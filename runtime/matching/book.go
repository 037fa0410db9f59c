package matching

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
)

// Offer is a provider's standing offer and its record with the solver.
type Offer struct {
	lilypad.Offer
	JobsOK, JobsFailed, Disputes, Slashes uint32
}

// Job is a job that waits for an offer.
type Job struct {
	ID         lilypad.JobID
	Terms      lilypad.JobOffer
	Work       lilypad.Work
	ModuleName string            // for the scorer
	Mediators  []lilypad.Address // its panel
	Exclude    []lilypad.Address // operators and providers that may not take it
	Without    []lilypad.Address // providers not to be asked now
	Quotes     map[lilypad.Address]lilypad.Amount
	Known      map[lilypad.Address]Known
}

// Known is what the solver remembers of a provider that concerns one job.
type Known struct {
	PairOK, PairFailed uint32 // deals with the job's creator
	InputsHere         uint64 // bytes of the job's inputs that it fetched before
	ModuleHere         bool   // it ran the job's module in the last day
}

// Price is what the provider would do the job for: its quote, if it made one.
func (j *Job) Price(o *lilypad.Offer) lilypad.Amount {
	if quote, ok := j.Quotes[o.Provider]; ok {
		return quote
	}
	return o.Price
}

// Book holds the offers, one per provider, and what each has promised. Safe
// for concurrent use.
type Book struct {
	mu      sync.RWMutex // guards what follows
	places  []*entry     // nil: free
	free    []int
	offers  map[lilypad.Address]*entry
	duties  map[lilypad.Address]*duty
	jobs    map[lilypad.JobID]lilypad.Address // whose duty a job is
	open    set                               // places with an offer
	numbers [len(numbers)]column
	cheap   column // how far the price is below the highest number
	stakes  column
	drivers column // the newest that a device has
	tags    postings[tag]
	models  postings[string] // in lower case
}

// entry is an offer in its place. It is never changed, only replaced.
type entry struct {
	offer    Offer
	machines []lilypad.Machine
	item     []byte         // the offer on the first machine, as the scorer reads it
	kinds    []lilypad.GPUs // of all machines, each once and without its count
	kindAt   [][]int        // where in kinds those of each machine are
	place    int
	duty     *duty
}

// machine is the first that could run a job for which the index found the
// offer; -1: no one has all that they have together.
func (e *entry) machine(n *lilypad.Needs) int {
	if len(e.machines) == 1 && len(e.machines[0].Kinds) < 2 {
		return 0 // the index knows all of it
	}
	return slices.IndexFunc(e.machines, func(m lilypad.Machine) bool { return m.Runs(n) })
}

// duty is what a provider has promised; it outlives its offer.
type duty struct {
	held  []holding      // by job
	given []lilypad.Time // ascending: the deals of the last hour
}

type holding struct {
	job   lilypad.JobID
	needs lilypad.Needs
	suits kinds // of the provider's offer; none while there is none
}

// tag is a property that an offer has or has not.
type tag struct{ kind, key, value string }

// NewBook returns an empty book.
func NewBook() *Book {
	return &Book{
		offers: map[lilypad.Address]*entry{}, duties: map[lilypad.Address]*duty{}, jobs: map[lilypad.JobID]lilypad.Address{},
		tags: postings[tag]{}, models: postings[string]{},
	}
}

// Put takes an offer into the book in place of the provider's last.
//
// # Errors
//
// Invalid when the scorer's record cannot hold it, for text that is not UTF-8,
// and when its machines have more than [lilypad.MaxKinds] kinds of GPUs.
func (b *Book) Put(o Offer) error {
	e := &entry{offer: o, machines: o.Fleet()}
	for i := range e.machines {
		item, err := o.encode(o.Price, &e.machines[i])
		if err != nil {
			return &lilypad.Error{Code: lilypad.Invalid, Msg: "offer of " + o.Provider.String(), Err: err}
		}
		if i == 0 {
			e.item = item
		}
	}
	if e.sortKinds(); len(e.kinds) > lilypad.MaxKinds {
		return lilypad.Errorf(lilypad.Invalid, "offer of %s has GPUs of %d kinds, and may of %d", o.Provider, len(e.kinds), lilypad.MaxKinds)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remove(o.Provider)
	e.place, e.duty = len(b.places), b.duty(o.Provider)
	for i, h := range e.duty.held {
		e.duty.held[i].suits = e.suits(&h.needs)
	}
	if n := len(b.free); n > 0 {
		e.place, b.free = b.free[n-1], b.free[:n-1]
	} else {
		b.places = append(b.places, nil)
	}
	b.places[e.place], b.offers[o.Provider] = e, e
	b.index(e)
	return nil
}

// Remove takes a provider's offer off the book. What it promised stays.
func (b *Book) Remove(provider lilypad.Address) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.remove(provider)
	b.forget(provider)
}

func (b *Book) remove(provider lilypad.Address) {
	e, ok := b.offers[provider]
	if !ok {
		return
	}
	delete(b.offers, provider)
	b.places[e.place] = nil
	b.free = append(b.free, e.place)
	b.open.remove(e.place)
	for _, t := range e.tags() {
		b.tags.remove(t, uint32(e.place))
	}
	for model := range e.models() {
		b.models.remove(model, uint32(e.place))
	}
}

func (b *Book) index(e *entry) {
	if e.place/64 == len(b.open) {
		b.open = append(b.open, 0)
	}
	b.open.add(e.place)
	for i, v := range offered(e.machines, e.offer.MaxTimeout) {
		b.numbers[i].put(e.place, uint64(v))
	}
	newestDriver := uint64(0)
	for _, m := range e.machines {
		newestDriver = max(newestDriver, lilypad.DriverNumber(newest(m.Kinds)))
	}
	b.drivers.put(e.place, newestDriver)
	b.cheap.put(e.place, math.MaxUint64-uint64(e.offer.Price))
	b.stakes.put(e.place, uint64(e.offer.MaxStake))
	for _, t := range e.tags() {
		b.tags.add(t, uint32(e.place))
	}
	for model := range e.models() {
		b.models.add(model, uint32(e.place))
	}
}

// models yields the names of the offer's devices, in lower case.
func (e *entry) models() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, m := range e.machines {
			for _, k := range m.Kinds {
				if !yield(strings.ToLower(k.Model)) {
					return
				}
			}
		}
	}
}

func (e *entry) tags() []tag {
	o := &e.offer
	tags := []tag{{kind: "region", key: o.Region}, {kind: "operator", key: string(o.Operator[:])}}
	for _, m := range e.machines {
		for _, engine := range m.Engines {
			tags = append(tags, tag{kind: "engine", key: string(engine)})
		}
	}
	if o.Network {
		tags = append(tags, tag{kind: "network"})
	}
	for _, l := range o.Labels {
		tags = append(tags, tag{"label", l.Key, l.Value})
	}
	for _, m := range o.Mediators {
		tags = append(tags, tag{kind: "mediator", key: string(m[:])})
	}
	if len(o.Mediators) == 0 {
		tags = append(tags, anyMediator)
	}
	return tags
}

var anyMediator = tag{kind: "any mediator"}

// fitting returns the places whose offers meet every constraint of the job,
// unless no one of their machines meets all.
func (b *Book) fitting(j *Job) set {
	s, t, n := slices.Clone(b.open), &j.Terms, &j.Work.Needs
	if !t.Target.IsZero() {
		clear(s)
		if e, ok := b.offers[t.Target]; ok {
			s.add(e.place)
		}
	}
	for i, v := range needed(n) {
		b.numbers[i].atLeast(uint64(v), s)
	}
	b.stakes.atLeast(uint64(t.ProviderStake), s)
	b.drivers.atLeast(lilypad.DriverNumber(n.Driver()), s)
	s.only(b.tags[tag{kind: "engine", key: string(n.Engine)}])
	if n.Network {
		s.only(b.tags[tag{kind: "network"}])
	}
	if n.Region != "" {
		s.only(b.tags[tag{kind: "region", key: n.Region}])
	}
	for _, l := range n.Labels {
		if l.Key != lilypad.LabelDriver {
			s.only(b.tags[tag{"label", l.Key, l.Value}])
		}
	}
	for _, m := range j.Mediators {
		s.only(b.tags[anyMediator], b.tags[tag{kind: "mediator", key: string(m[:])}])
	}
	if n.GPUModel != "" {
		var lists [][]uint32
		for model, list := range b.models {
			if lilypad.SameModel(n.GPUModel, model) {
				lists = append(lists, list)
			}
		}
		s.only(lists...)
	}
	b.affordable(j, s)
	b.strike(j, s)
	return s
}

// affordable keeps the places whose price, or quote for the job, it can pay.
func (b *Book) affordable(j *Job, s set) {
	var quoted []int
	for provider, quote := range j.Quotes {
		if e, ok := b.offers[provider]; ok && quote <= j.Terms.MaxPrice && s.has(e.place) {
			quoted = append(quoted, e.place)
		}
	}
	b.cheap.atLeast(math.MaxUint64-uint64(j.Terms.MaxPrice), s)
	for provider := range j.Quotes {
		if e, ok := b.offers[provider]; ok {
			s.remove(e.place)
		}
	}
	for _, place := range quoted {
		s.add(place)
	}
}

// strike takes out who may not have the job, or is not to be asked now.
func (b *Book) strike(j *Job, s set) {
	for _, list := range [][]lilypad.Address{{j.Terms.Creator}, j.Mediators, j.Exclude, j.Without} {
		for _, provider := range list {
			if e, ok := b.offers[provider]; ok {
				s.remove(e.place)
			}
		}
	}
	for _, operator := range j.Exclude {
		for _, place := range b.tags[tag{kind: "operator", key: string(operator[:])}] {
			s.remove(int(place))
		}
	}
}

// candidate is an offer that has room for a job, as it stood when it was found.
type candidate struct {
	*entry
	machine      int // the first that has all it needs
	load, recent uint32
}

// candidates appends the offers that fit a job and have room for it.
func (b *Book) candidates(now lilypad.Time, j *Job, to []candidate) []candidate {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for place := range b.fitting(j).all() {
		e := b.places[place]
		if machine := e.machine(&j.Work.Needs); machine >= 0 && e.room(&j.Work.Needs) {
			to = append(to, candidate{e, machine, load(len(e.duty.held), e.offer.Slots), uint32(len(e.duty.since(now)))})
		}
	}
	return to
}

// load is the share of slots in use, in ppm.
func load(jobs int, slots uint32) uint32 {
	return uint32(min(uint64(jobs)*1_000_000/max(uint64(slots), 1), math.MaxUint32))
}

// reserve gives the job to the provider unless its offer no longer fits.
func (b *Book) reserve(j *Job, provider lilypad.Address) (price lilypad.Amount, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := b.offers[provider]
	if e == nil || !e.room(&j.Work.Needs) || len(j.Unmet(&e.offer.Offer)) > 0 {
		return 0, false
	}
	b.hold(j.ID, provider, j.Work.Needs)
	return j.Price(&e.offer.Offer), true
}

// spent tells that the offer takes no job at all any more.
func (b *Book) spent(e *entry) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return uint64(len(e.duty.held)) >= uint64(e.offer.Slots)+uint64(e.offer.Queue)
}

// Hold notes that a provider works for a job, whether there is room or not:
// what was agreed elsewhere counts too. It replaces an earlier hold of the job.
func (b *Book) Hold(job lilypad.JobID, provider lilypad.Address, needs lilypad.Needs) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hold(job, provider, needs)
}

func (b *Book) hold(job lilypad.JobID, provider lilypad.Address, needs lilypad.Needs) {
	b.release(job)
	d := b.duty(provider)
	i, _ := d.find(job)
	h := holding{job: job, needs: needs}
	if e := b.offers[provider]; e != nil {
		h.suits = e.suits(&needs)
	}
	d.held = slices.Insert(d.held, i, h)
	b.jobs[job] = provider
}

// Release frees what a job held, if it held anything.
func (b *Book) Release(job lilypad.JobID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.release(job)
}

func (b *Book) release(job lilypad.JobID) {
	provider, ok := b.jobs[job]
	if !ok {
		return
	}
	delete(b.jobs, job)
	d := b.duties[provider]
	i, _ := d.find(job)
	d.held = slices.Delete(d.held, i, i+1)
	b.forget(provider)
}

// Held counts the jobs that a provider has promised to do.
func (b *Book) Held(provider lilypad.Address) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if d := b.duties[provider]; d != nil {
		return len(d.held)
	}
	return 0
}

// Busy tells that the provider's offer has no room for such a job.
func (b *Book) Busy(provider lilypad.Address, needs lilypad.Needs) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	e := b.offers[provider]
	return e == nil || !e.room(&needs)
}

// Gave notes that a provider was given a deal at a time.
func (b *Book) Gave(provider lilypad.Address, at lilypad.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := b.duty(provider)
	d.given = append(slices.Clone(d.since(at)), at)
	slices.Sort(d.given)
}

// since returns the deals of the hour before now.
func (d *duty) since(now lilypad.Time) []lilypad.Time {
	i, _ := slices.BinarySearchFunc(d.given, now, func(at, now lilypad.Time) int { return cmp.Compare(at+hour, now+1) })
	return d.given[i:]
}

const hour lilypad.Time = 3600

func (d *duty) find(job lilypad.JobID) (int, bool) {
	return slices.BinarySearchFunc(d.held, job, func(h holding, id lilypad.JobID) int { return slices.Compare(h.job[:], id[:]) })
}

func (b *Book) duty(provider lilypad.Address) *duty {
	d := b.duties[provider]
	if d == nil {
		d = &duty{}
		b.duties[provider] = d
	}
	return d
}

// forget drops the duty of who has neither offer nor job.
func (b *Book) forget(provider lilypad.Address) {
	if d := b.duties[provider]; d != nil && b.offers[provider] == nil && len(d.held) == 0 && len(d.given) == 0 {
		delete(b.duties, provider)
	}
}
