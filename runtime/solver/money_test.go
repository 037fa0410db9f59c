package solver_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/solver"
)

// bans are those that the solver tells everybody of.
func (m *market) bans() (out []api.Ban) {
	m.t.Helper()
	net, err := m.Network(m.t.Context())
	if err != nil {
		m.t.Fatal(err)
	}
	for _, b := range net.Bans {
		b.Until = 0
		out = append(out, b)
	}
	return out
}

// Who takes back what it signed is passed over, longer each time, and everybody
// can see why; a restart forgets nothing.
func TestSolver_bansWhoCausesSkips(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.join(ps[1], 200)
		broke := m.bank.Ledger(ps[0].Address())
		if _, err := broke.Withdraw(t.Context(), 1000*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		until := lilypad.Time(0)
		for times := uint32(1); times <= 3; times++ {
			id := m.post()
			m.take(ps[0], id)
			m.proposedTo(id, ps[1])
			want := []api.Ban{{Who: ps[0].Address(), Times: times, Reason: settlement.ReasonProviderFunds}}
			if diff := cmp.Diff(want, m.bans()); diff != "" {
				t.Fatalf("bans (-want +got):\n%s", diff)
			}
			m.stop()
			m.start()
			m.listen(ps[0])
			m.listen(ps[1])
			next := m.post(func(p *api.Posting) { p.Offer.Body.Target = ps[0].Address() })
			why, err := m.Why(t.Context(), creatorKey.Address(), next)
			if err != nil || !strings.Contains(why.Nearest, "banned") {
				t.Errorf("%q, %v; want the ban named", why.Nearest, err)
			}
			if _, err := m.Withdraw(t.Context(), creatorKey.Address(), next); err != nil {
				t.Fatal(err)
			}
			if _, err := m.Withdraw(t.Context(), creatorKey.Address(), id); err != nil {
				t.Fatal(err)
			}
			net, err := m.Network(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			head, err := m.config.Ledger.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got, least := net.Bans[0].Until-head.Time, lilypad.Time(60)<<(times-1); got+5 < least || net.Bans[0].Until <= until {
				t.Errorf("ban %d lasts %d s more, want about %d", times, got, least)
			}
			until = net.Bans[0].Until
			m.bank.Advance(until + 1)
			m.settle()
			if left := m.bans(); left != nil {
				t.Errorf("%v after the end of the ban", left)
			}
		}
	})
}

// A creator that voids its own offer is banned; the provider is not blamed.
func TestSolver_bansCreators(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		if _, err := m.bank.Ledger(creatorKey.Address()).Bump(t.Context()); err != nil {
			t.Fatal(err)
		}
		m.take(p, id)
		if j := m.job(id); j.Phase != api.PhaseWithdrawn {
			t.Errorf("job is %s", j.Phase)
		}
		if diff := cmp.Diff([]api.Ban{{Who: creatorKey.Address(), Times: 1, Reason: settlement.ReasonCreatorEpoch}}, m.bans()); diff != "" {
			t.Errorf("bans (-want +got):\n%s", diff)
		}
		post := m.posting(func(p *api.Posting) { p.Offer.Body.Epoch = 1 })
		_, err := m.Post(t.Context(), creatorKey.Address(), post)
		wantCode(t, "a posting of a banned creator", err, lilypad.Unauthorized)
		m.bank.Advance(2000)
		m.settle()
		if _, err := m.Post(t.Context(), creatorKey.Address(), post); err != nil {
			t.Errorf("after its ban: %v", err)
		}
	})
}

// The solver itself never promises a creator's money twice: many jobs wait for
// one purse, and nobody is blamed.
func TestSolver_match_neverPromisesMoneyTwice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		const each = 1000 + 10 + 600 // what an offer may lock
		if _, err := m.bank.Ledger(creatorKey.Address()).Withdraw(t.Context(), 1000*lilypad.LILY-3*each); err != nil {
			t.Fatal(err)
		}
		var ids []lilypad.JobID
		for range 6 {
			ids = append(ids, m.post())
		}
		m.join(p, 100, func(o *lilypad.Offer) { o.Slots, o.Queue = 8, 8 }) // all are matched together
		phases := func() map[api.Phase]int {
			out := map[api.Phase]int{}
			for _, id := range ids {
				out[m.job(id).Phase]++
			}
			return out
		}
		if diff := cmp.Diff(map[api.Phase]int{api.PhaseProposed: 3, api.PhaseWaiting: 3}, phases()); diff != "" {
			t.Fatalf("jobs (-want +got):\n%s", diff)
		}
		for paid := 0; paid < len(ids); {
			before := paid
			for _, id := range ids {
				if m.job(id).Phase == api.PhaseProposed {
					m.take(p, id)
					m.finish(id, p)
					paid++
				}
			}
			if paid == before {
				t.Fatalf("jobs are stuck: %v", phases())
			}
			time.Sleep(20 * time.Second)
			m.settle()
		}
		if m.bans() != nil {
			t.Errorf("somebody was blamed: %v", m.bans())
		}
	})
}

// Deals whose fee does not pay their gas wait for company or cheaper gas.
func TestSolver_open_waitsForProfit(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var alone atomic.Uint64 // price of a batch of one
		alone.Store(30)
		m, p := newMarket(t, func(c *solver.Config) {
			c.Cost = func(_ context.Context, batch int) (lilypad.Amount, error) {
				return lilypad.Amount(alone.Load() / uint64(batch)), nil
			}
		}), providers(1)[0]
		m.join(p, 100, func(o *lilypad.Offer) { o.Slots = 8 })
		first, second, third := m.post(), m.post(), m.post()
		m.take(p, first)
		m.take(p, second)
		time.Sleep(20 * time.Second)
		for _, id := range []lilypad.JobID{first, second} {
			if j := m.job(id); j.Phase != api.PhaseOpening {
				t.Fatalf("job is %s for a fee of 10 and gas of 15", j.Phase)
			}
		}
		m.take(p, third) // now each pays its third of 30
		time.Sleep(20 * time.Second)
		m.settle()
		for _, id := range []lilypad.JobID{first, second, third} {
			if j := m.job(id); j.Phase != api.PhaseRunning {
				t.Errorf("job is %s, want running", j.Phase)
			}
		}
		alone.Store(2000) // not even in the largest batch
		_, err := m.Post(t.Context(), creatorKey.Address(), m.posting())
		wantCode(t, "a fee below the gas", err, lilypad.Exhausted)
	})
}
