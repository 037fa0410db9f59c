package solver_test

import (
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// plan is what a property draws before the market of it starts.
type plan struct {
	offers []lilypad.Offer
	jobs   []lilypad.Needs
	prices []lilypad.Amount // the most each job pays
	moves  []byte           // what providers answer, in turn
}

func drawPlan(rt *rapid.T) (p plan) {
	ps := providers(rapid.IntRange(1, 4).Draw(rt, "providers"))
	for _, k := range ps {
		o := offerOf(k, lilypad.Amount(2*rapid.IntRange(0, 600).Draw(rt, "price")))
		o.Slots, o.Queue = uint32(rapid.IntRange(1, 3).Draw(rt, "slots")), uint32(rapid.IntRange(0, 2).Draw(rt, "queue"))
		o.Capacity = lilypad.Resources{
			CPUMilli: uint32(rapid.IntRange(1, 4).Draw(rt, "cpu") * 1000), RAMMB: rapid.SampledFrom([]uint32{4000, 1<<32 - 1}).Draw(rt, "ram"), DiskMB: 100,
			GPUs: uint32(rapid.IntRange(0, 2).Draw(rt, "gpus")),
		}
		p.offers = append(p.offers, o)
	}
	for range rapid.IntRange(1, 8).Draw(rt, "jobs") {
		n := lilypad.Needs{Engine: lilypad.EngineWasm, Timeout: 60}
		n.CPUMilli, n.GPUs = uint32(rapid.IntRange(0, 4).Draw(rt, "cpu")*1000), uint32(rapid.IntRange(0, 2).Draw(rt, "gpus"))
		n.RAMMB = rapid.SampledFrom([]uint32{0, 3000, 1 << 31}).Draw(rt, "ram")
		p.jobs = append(p.jobs, n)
		p.prices = append(p.prices, lilypad.Amount(rapid.IntRange(0, 1200).Draw(rt, "most")))
	}
	p.moves = rapid.SliceOfN(rapid.ByteRange(0, 5), 0, 30).Draw(rt, "moves")
	return p
}

// check returns how the market breaks a promise, or "".
func (m *market) check(p plan, ids []lilypad.JobID, quotes map[string]lilypad.Amount) string {
	type use struct {
		jobs           int
		cpu, ram, gpus uint64
	}
	used := map[lilypad.Address]use{}
	offers := map[lilypad.Address]lilypad.Offer{}
	for _, o := range p.offers {
		offers[o.Provider] = o
	}
	for i, id := range ids {
		j := m.job(id)
		switch j.Phase {
		case api.PhaseProposed, api.PhaseOpening, api.PhaseRunning:
		default:
			continue
		}
		floor := offers[j.Provider].Price
		if q, ok := quotes[id.String()+j.Provider.String()]; ok {
			floor = q
		}
		if j.Price > p.prices[i] || j.Price != floor {
			return fmt.Sprintf("job %d at %d, bounds %d and %d", i, j.Price, floor, p.prices[i])
		}
		n, u := p.jobs[i], used[j.Provider]
		u.jobs, u.cpu, u.ram, u.gpus = u.jobs+1, u.cpu+uint64(n.CPUMilli), u.ram+uint64(n.RAMMB), u.gpus+uint64(n.GPUs)
		used[j.Provider] = u
	}
	for who, u := range used {
		o := offers[who]
		if u.jobs > int(o.Slots+o.Queue) {
			return fmt.Sprintf("%d jobs at %d slots and a queue of %d", u.jobs, o.Slots, o.Queue)
		}
		if o.Queue == 0 && (u.cpu > uint64(o.Capacity.CPUMilli) || u.ram > uint64(o.Capacity.RAMMB) || u.gpus > uint64(o.Capacity.GPUs)) {
			return fmt.Sprintf("%+v sold of %+v", u, o.Capacity)
		}
	}
	return ""
}

// play posts all jobs at once and lets providers answer as the plan says.
func (m *market) play(p plan, ps map[lilypad.Address]*wallet.Key) string {
	ids := make([]lilypad.JobID, len(p.jobs))
	posts := make([]api.Posting, len(p.jobs))
	for i := range p.jobs {
		posts[i] = m.posting(func(post *api.Posting) { post.Work.Needs, post.Offer.Body.MaxPrice = p.jobs[i], p.prices[i] })
		ids[i] = posts[i].ID()
	}
	var wg sync.WaitGroup
	for _, post := range posts {
		wg.Go(func() {
			if _, err := m.Post(m.t.Context(), creatorKey.Address(), post); err != nil {
				m.t.Error(err)
			}
		})
	}
	wg.Wait()
	m.settle()
	quotes := map[string]lilypad.Amount{}
	if bad := m.check(p, ids, quotes); bad != "" {
		return "at first: " + bad
	}
	for turn, move := range p.moves {
		id := ids[turn%len(ids)]
		j := m.job(id)
		k, ctx := ps[j.Provider], m.t.Context()
		if j.Phase == api.PhaseRunning && move == 4 {
			m.finish(id, k)
		}
		if j.Phase == api.PhaseProposed {
			a := api.Answer{Reason: "no"}
			switch move {
			case 0, 1:
				a = m.deal(k, id)
			case 2:
				a.Price = j.Price + 2
			case 3:
				a.Price = j.Price/2&^1 + 2
			}
			key := id.String() + j.Provider.String()
			if _, again := quotes[key]; a.Price > 0 && !again && a.Price <= j.Posting.Offer.Body.MaxPrice {
				quotes[key] = a.Price
			}
			if err := m.Answer(ctx, j.Provider, id, a); err != nil && lilypad.CodeOf(err) != lilypad.Invalid {
				return err.Error()
			}
		}
		m.settle()
		if bad := m.check(p, ids, quotes); bad != "" {
			return fmt.Sprintf("after move %d: %s", turn, bad)
		}
	}
	return ""
}

func TestSolver_Match_sellsNothingTwiceAndKeepsBothBounds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, broken := drawPlan(rt), ""
		bubble(t, func(t *testing.T) {
			m, keys := newMarket(t), map[lilypad.Address]*wallet.Key{}
			for i, k := range providers(len(p.offers)) {
				keys[k.Address()] = k
				m.join(k, 0, func(o *lilypad.Offer) { *o = p.offers[i] })
			}
			broken = m.play(p, keys)
		})
		if broken != "" {
			rt.Fatal(broken)
		}
	})
}

// The provider that a job gets does not depend on the order in which offers
// came in, nor on equal ones among them.
func TestSolver_Match_ignoresTheOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(rt, "providers")
		prices := rapid.SliceOfN(rapid.IntRange(1, 3), n, n).Draw(rt, "prices")
		var first lilypad.Address
		for round := range 2 {
			order := rapid.Permutation(providers(n)).Draw(rt, "order")
			var got lilypad.Address
			bubble(t, func(t *testing.T) {
				m := newMarket(t)
				for _, k := range order {
					for i, same := range providers(n) {
						if same.Address() == k.Address() {
							m.join(k, lilypad.Amount(100*prices[i]))
						}
					}
				}
				got = m.job(m.post()).Provider
			})
			if round == 0 {
				first = got
			} else if got != first || got.IsZero() {
				rt.Fatalf("job went to %s, and to %s in the order %v", first, got, addresses(order))
			}
		}
	})
}
