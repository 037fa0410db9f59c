package matching_test

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

func TestBook_index_findsWhatAScanFinds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offers, jobs := drawMarket(rt)
		b := fill(rt, offers)
		for _, j := range jobs {
			var want []lilypad.Address
			for _, o := range offers {
				if len(j.Unmet(&o.Offer)) == 0 && !slices.Contains(j.Without, o.Provider) {
					want = append(want, o.Provider)
				}
			}
			got := b.Fitting(&j)
			slices.SortFunc(got, func(a, b lilypad.Address) int { return slices.Compare(a[:], b[:]) })
			if diff := gocmp.Diff(want, got); diff != "" {
				rt.Fatalf("job %+v: scan −, index +\n%s", j, diff)
			}
		}
	})
}

// reference is the same market by the book: all pairs, sorted, taken in turn.
func reference(offers []matching.Offer, jobs []matching.Job) map[lilypad.JobID]lilypad.Address {
	type pair struct {
		score int64
		price lilypad.Amount
		offer *matching.Offer
		job   *matching.Job
	}
	var all []pair
	choice := map[lilypad.JobID]int{}
	for i := range jobs {
		for k := range offers {
			j, o := &jobs[i], &offers[k]
			if len(j.Unmet(&o.Offer)) > 0 || slices.Contains(j.Without, o.Provider) || !roomFor(o, nil, j) {
				continue // an offer without room suits nobody
			}
			s := taste(hostapi.Job{ID: hostapi.Bytes32(j.ID)}, hostapi.Offer{Provider: hostapi.Bytes20(o.Provider)})
			if s.Decision == hostapi.DecisionRefuse {
				continue
			}
			if s.Decision == hostapi.DecisionAbstain {
				s.Score = 0
			}
			all = append(all, pair{s.Score, j.Price(&o.Offer), o, j})
			choice[j.ID]++
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.price, b.price),
			slices.Compare(a.offer.Provider[:], b.offer.Provider[:]),
			cmp.Compare(choice[a.job.ID], choice[b.job.ID]), slices.Compare(a.job.ID[:], b.job.ID[:]))
	})
	out, held := map[lilypad.JobID]lilypad.Address{}, map[lilypad.Address][]*matching.Job{}
	for _, p := range all {
		who := p.offer.Provider
		if _, done := out[p.job.ID]; !done && roomFor(p.offer, held[who], p.job) {
			out[p.job.ID] = who
			held[who] = append(held[who], p.job)
		}
	}
	return out
}

// roomFor packs the jobs into slots in the order of their ids, the new one last.
func roomFor(o *matching.Offer, held []*matching.Job, add *matching.Job) bool {
	held = slices.Clone(held)
	slices.SortFunc(held, func(a, b *matching.Job) int { return slices.Compare(a.ID[:], b.ID[:]) })
	var used [4]uint64
	slots, queue := int(o.Slots), int(o.Queue)
	limit := [4]uint64{uint64(o.Capacity.GPUs), uint64(o.Capacity.CPUMilli), uint64(o.Capacity.RAMMB), uint64(o.Capacity.DiskMB)}
	for _, j := range append(held, add) {
		n, with := j.Work.Needs, used
		fits := slots > 0
		for i, v := range [4]uint32{n.GPUs, n.CPUMilli, n.RAMMB, n.DiskMB} {
			with[i] += uint64(v)
			fits = fits && with[i] <= limit[i]
		}
		if fits {
			used, slots = with, slots-1
		} else if queue--; queue < 0 {
			return false
		}
	}
	return true
}

// The promises of a match: what the reference says, whatever the number of
// workers and the order in which jobs and offers came; nothing sold twice; no
// offer that breaks a constraint.
func TestMatcher_Match_keepsItsPromises(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offers, jobs := drawMarket(rt)
		want := reference(offers, jobs)
		b := fill(rt, rapid.Permutation(offers).Draw(rt, "order of offers"))
		m := matching.Matcher{Book: b, Scorer: scorer(taste), Workers: rapid.IntRange(1, 4).Draw(rt, "workers")}
		got, err := m.Match(t.Context(), 0, rapid.Permutation(jobs).Draw(rt, "order of jobs"))
		if err != nil || len(got) != len(jobs) {
			rt.Fatalf("%d matches of %d jobs, %v", len(got), len(jobs), err)
		}
		sold, have := map[lilypad.Address]int{}, map[lilypad.JobID]lilypad.Address{}
		for _, g := range got {
			if g.Err != nil {
				rt.Fatal(g.Err)
			}
			if g.Provider.IsZero() {
				continue
			}
			have[g.Job] = g.Provider
			j := jobs[slices.IndexFunc(jobs, func(j matching.Job) bool { return j.ID == g.Job })]
			o := offers[slices.IndexFunc(offers, func(o matching.Offer) bool { return o.Provider == g.Provider })]
			if un := j.Unmet(&o.Offer); len(un) > 0 || g.Price != j.Price(&o.Offer) {
				rt.Fatalf("job %x at %d, against %v", j.ID, g.Price, un)
			}
			if sold[g.Provider]++; sold[g.Provider] > int(o.Slots+o.Queue) {
				rt.Fatalf("%d jobs at an offer of %d slots and a queue of %d", sold[g.Provider], o.Slots, o.Queue)
			}
		}
		if diff := gocmp.Diff(want, have); diff != "" {
			rt.Fatalf("reference −, matcher +\n%s", diff)
		}
		for who, n := range sold {
			if b.Held(who) != n {
				rt.Fatalf("%d jobs held at %s, %d matched", b.Held(who), who, n)
			}
		}
	})
}

// crowd is more jobs that want the same offers than a job remembers.
func crowd(t *testing.T, jobs, offers int) (*matching.Book, []matching.Job) {
	b, list := matching.NewBook(), make([]matching.Job, jobs)
	for i := range offers {
		if err := b.Put(offerOf(i, lilypad.Amount(i%100))); err != nil {
			t.Fatal(err)
		}
	}
	for i := range list {
		list[i] = jobOf(i)
	}
	return b, list
}

// tiring is a scorer that ends it all when it meets a job again.
type tiring struct {
	lean
	end func()

	mu  sync.Mutex // guards met
	met map[hostapi.Bytes32]int
}

func (s *tiring) MatchStored(ctx context.Context, now lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	s.mu.Lock()
	s.met[job.ID] += len(offers)
	if s.met[job.ID] > 60 {
		s.end()
	}
	s.mu.Unlock()
	return s.lean.MatchStored(ctx, now, job, offers)
}

// Half of the market is sold when the caller gives up.
func TestMatcher_Match_reservesNothingWhenCancelled(t *testing.T) {
	const keep, jobs, offers = 50, 70, 60
	b, list := crowd(t, jobs, offers)
	ctx, cancel := context.WithCancel(t.Context())
	m := matching.Matcher{Book: b, Keep: keep, Scorer: &tiring{end: cancel, met: map[hostapi.Bytes32]int{}}}
	if _, err := m.Match(ctx, 0, list); !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, want cancelled", err)
	}
	for i := range offers {
		if b.Held(provider(i)) != 0 {
			t.Fatalf("offer %d is still reserved", i)
		}
	}
}

func TestMatcher_Match_scoresAgainWhenAllIsTaken(t *testing.T) {
	const keep, jobs, offers = 50, 90, 80
	b, list := crowd(t, jobs, offers)
	var s lean
	got, err := (&matching.Matcher{Book: b, Scorer: &s, Keep: keep}).Match(t.Context(), 0, list)
	if err != nil {
		t.Fatal(err)
	}
	takers := map[lilypad.Address]bool{}
	for _, g := range got {
		if !g.Provider.IsZero() {
			takers[g.Provider] = true
		}
	}
	if len(takers) != offers {
		t.Errorf("%d of %d offers have a job", len(takers), offers)
	}
	if want := int64(jobs*offers + (jobs-keep)*(offers-keep)); s.pairs.Load() != want {
		t.Errorf("%d pairs scored, want %d", s.pairs.Load(), want)
	}
}

func TestMatcher_Match_tellsTheScorerAboutThePair(t *testing.T) {
	b := matching.NewBook()
	o := offerOf(1, 100)
	o.Slots, o.Queue, o.JobsOK, o.Labels = 4, 1, 9, []lilypad.Label{{Key: "a", Value: "b"}}
	if err := b.Put(o); err != nil {
		t.Fatal(err)
	}
	b.Hold(jobID(9), o.Provider, lilypad.Needs{})
	b.Gave(o.Provider, 3400)
	b.Gave(o.Provider, 3401)
	b.Gave(o.Provider, 7000)
	told, strange := jobOf(1), jobOf(2)
	told.Quotes = map[lilypad.Address]lilypad.Amount{o.Provider: 150}
	told.Known = map[lilypad.Address]matching.Known{o.Provider: {PairOK: 3, PairFailed: 2, InputsHere: 1 << 40, ModuleHere: true}}
	seen := map[hostapi.Bytes32]hostapi.Offer{}
	m := matching.Matcher{Book: b, Workers: 1, Scorer: scorer(func(j hostapi.Job, o hostapi.Offer) hostapi.Score {
		seen[j.ID] = o
		return hostapi.Score{Decision: hostapi.DecisionRefuse, Reason: 7}
	})}
	got, err := m.Match(t.Context(), 7000, []matching.Job{told, strange})
	if err != nil {
		t.Fatal(err)
	}
	want := hostapi.Offer{
		ID: hostapi.Bytes32(lilypad.Keccak256(o.Provider[:])), Provider: hostapi.Bytes20(o.Provider), Operator: hostapi.Bytes20(o.Operator),
		Price: 100, MaxStake: uint64(lilypad.MaxAmount), CPU: 4000, RAM: 8000, Disk: 10_000, MaxTimeout: 3600, UpRate: 1_000_000,
		JobsOk: 9, Slots: 4, Queue: 1, Load: 250_000, RecentJobs: 2, Labels: []hostapi.Label{{Key: "a", Value: "b"}},
	}
	if diff := gocmp.Diff(want, seen[hostapi.Bytes32(strange.ID)]); diff != "" {
		t.Errorf("a stranger: %s", diff)
	}
	want.Price, want.PairOk, want.PairBad, want.InputsHere, want.ModuleHere = 150, 3, 2, 1<<40, true
	if diff := gocmp.Diff(want, seen[hostapi.Bytes32(told.ID)]); diff != "" {
		t.Errorf("with a quote and a history: %s", diff)
	}
	refused := []matching.Refusal{{Provider: o.Provider, Score: hostapi.Score{Decision: hostapi.DecisionRefuse, Reason: 7}}}
	for _, g := range got {
		if diff := gocmp.Diff(refused, g.Refused); diff != "" || !g.Provider.IsZero() {
			t.Errorf("job %x at %s: %s", g.Job, g.Provider, diff)
		}
	}
}

// picky fails for one job and answers too little for another.
type picky struct{ scorer }

func (p picky) MatchStored(ctx context.Context, now lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	switch lilypad.JobID(job.ID) {
	case jobID(1):
		return nil, errTrap
	case jobID(2):
		return nil, nil
	}
	return p.scorer.MatchStored(ctx, now, job, offers)
}

var errTrap = errors.New("trap")

func TestMatcher_Match_oneJobsErrorIsItsOwn(t *testing.T) {
	b := matching.NewBook()
	if err := b.Put(offerOf(1, 1)); err != nil {
		t.Fatal(err)
	}
	jobs := []matching.Job{jobOf(1), jobOf(2), jobOf(3), jobOf(4)}
	jobs[3].Work.Needs.Engine = "steam"
	m := matching.Matcher{Book: b, Scorer: picky{func(hostapi.Job, hostapi.Offer) hostapi.Score {
		return hostapi.Score{Decision: hostapi.DecisionRank}
	}}}
	got, err := m.Match(t.Context(), 0, jobs)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range got {
		switch g.Job {
		case jobID(1):
			if !errors.Is(g.Err, errTrap) {
				t.Errorf("error %v, want the scorer's", g.Err)
			}
		case jobID(2):
			if g.Err == nil {
				t.Error("no score for an offer is no error")
			}
		case jobID(3):
			if g.Provider != provider(1) {
				t.Errorf("the good job is at %s", g.Provider)
			}
		default:
			if g.Err != nil || !g.Provider.IsZero() {
				t.Errorf("a job that nothing fits: %+v", g)
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.Match(ctx, 0, jobs); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestMatcher_Match_asksOnlyWhoIsOnline(t *testing.T) {
	b := matching.NewBook()
	for i := range 3 {
		if err := b.Put(offerOf(i, lilypad.Amount(i))); err != nil {
			t.Fatal(err)
		}
	}
	var s lean
	m := matching.Matcher{Book: b, Scorer: &s, Online: func(a lilypad.Address) bool { return a == provider(2) }}
	got, err := m.Match(t.Context(), 0, []matching.Job{jobOf(1)})
	if err != nil || got[0].Provider != provider(2) || s.pairs.Load() != 1 {
		t.Errorf("%+v, %v, %d pairs", got, err, s.pairs.Load())
	}
}

func TestBook_Put_refusesTextThatIsNotUTF8(t *testing.T) {
	o := offerOf(1, 1)
	o.Region = "\xff"
	if err := matching.NewBook().Put(o); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("%v, want invalid", err)
	}
}

// Promises outlive the offer, and a new offer finds them.
func TestBook_Hold_outlivesTheOffer(t *testing.T) {
	b, o := matching.NewBook(), offerOf(1, 1)
	put := func() {
		t.Helper()
		if err := b.Put(o); err != nil {
			t.Fatal(err)
		}
	}
	put()
	b.Hold(jobID(1), o.Provider, lilypad.Needs{Resources: lilypad.Resources{CPUMilli: 1}})
	b.Remove(o.Provider)
	put()
	if !b.Busy(o.Provider, lilypad.Needs{}) || b.Held(o.Provider) != 1 {
		t.Errorf("%d held, free", b.Held(o.Provider))
	}
	b.Hold(jobID(1), provider(2), lilypad.Needs{}) // moved
	if b.Busy(o.Provider, lilypad.Needs{}) || b.Held(provider(2)) != 1 {
		t.Error("the job is at both")
	}
	b.Release(jobID(1))
	b.Release(jobID(1))
	if b.Held(provider(2)) != 0 {
		t.Error("not released")
	}
}

func TestBook_isSafeForConcurrentUse(t *testing.T) {
	b := matching.NewBook()
	m := matching.Matcher{Book: b, Scorer: &lean{}, Workers: 2}
	var wg sync.WaitGroup
	for g := range 3 {
		wg.Go(func() {
			for i := range 200 {
				if err := b.Put(offerOf((i+g)%40, lilypad.Amount(i))); err != nil {
					t.Error(err)
				}
				b.Gave(provider(i%40), lilypad.Time(i))
				b.Remove(provider((i + 7*g) % 40))
			}
		})
	}
	for i := range 100 {
		got, err := m.Match(t.Context(), 100, []matching.Job{jobOf(2 * i), jobOf(2*i + 1)})
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range got {
			b.Release(g.Job)
		}
	}
	wg.Wait()
	for i := range 40 {
		if n := b.Held(provider(i)); n != 0 {
			t.Errorf("provider %d holds %d jobs", i, n)
		}
	}
}

// All the work but the scoring: 1000 jobs by 1000 offers.
func BenchmarkMatcher_Match(b *testing.B) {
	book, jobs := matching.NewBook(), make([]matching.Job, 1000)
	for i := range 1000 {
		o := offerOf(i, lilypad.Amount(i%977))
		o.Slots = 10
		if err := book.Put(o); err != nil {
			b.Fatal(err)
		}
		jobs[i] = jobOf(i)
	}
	var s lean
	m := matching.Matcher{Book: book, Scorer: &s}
	for b.Loop() {
		got, err := m.Match(b.Context(), 0, jobs)
		if err != nil {
			b.Fatal(err)
		}
		for _, g := range got {
			book.Release(g.Job)
		}
	}
	b.ReportMetric(float64(s.pairs.Load())/b.Elapsed().Seconds(), "pairs/s")
}
