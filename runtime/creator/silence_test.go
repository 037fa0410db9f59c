package creator_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// goneMarket is a solver that does not answer any more.
type goneMarket struct{ *fakeMarket }

func (goneMarket) Job(context.Context, lilypad.JobID) (api.Job, error) {
	return api.Job{}, lilypad.Errorf(lilypad.Unavailable, "no answer")
}

func (goneMarket) Accept(context.Context, lilypad.JobID, lilypad.Signed[lilypad.Receipt]) error {
	return lilypad.Errorf(lilypad.Unavailable, "no answer")
}

// A solver that is gone through the whole time to judge costs the creator
// neither the price of a withheld result nor the stake of a good one.
func TestCreator_actsWithoutItsSolver(t *testing.T) {
	for name, tc := range map[string]struct {
		withheld bool
		want     settlement.Status
	}{
		"withheld result": {true, settlement.Status{State: lilypad.StateChallenged}},
		"accepted result": {false, settlement.Status{State: lilypad.StateFinal, Path: settlement.PathReceipt}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"good": always(upheld)})
				id := b.order("good", func(o *api.Order) { o.AuditBPS, o.Nonce = 1, 7 }) // silence would cost the stake
				terms := b.open(id, provider[0])
				d := b.result(terms, provider[0], "moo", tc.withheld)
				if !tc.withheld {
					b.deliver(id, d)
				}
				b.stop()
				b.config.Market = goneMarket{b.market}
				b.start()
				if _, err := b.bank.Ledger(provider[0].Address()).Submit(t.Context(), terms, d.Result); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Hour)
				st, err := b.config.Ledger.Status(t.Context(), id)
				if err != nil || st.State != lilypad.StateSubmitted {
					t.Fatalf("deal is %s, %v: its solver may come back yet", st.State, err)
				}
				b.bank.Advance(st.Deadline - settlement.JudgeMargin(terms.Offer.Body))
				synctest.Wait()
				got, err := b.config.Ledger.Status(t.Context(), id)
				if got.Deadline = 0; err != nil || got != tc.want {
					t.Errorf("deal is %+v, %v; want %+v", got, err, tc.want)
				}
			})
		})
	}
}

// mute is a ledger whose transactions tell no terms, as when a solver opens
// through a contract of its own.
type mute struct{ settlement.Ledger }

func (mute) Opened(context.Context, lilypad.Hash) ([]settlement.Terms, error) { return nil, nil }

// A solver that opens a deal and hides it, or dies before it says so, takes
// nothing away: the event tells the deal, and the creator judges, or ends it in
// time.
func TestCreator_readsFromTheChainWhatItsSolverDidNotTell(t *testing.T) {
	for name, tc := range map[string]struct {
		served bool
		back   bool // the solver comes back
		want   settlement.Status
	}{
		"withheld result":   {true, false, settlement.Status{State: lilypad.StateChallenged}},
		"no result":         {false, false, settlement.Status{State: lilypad.StateFinal, Path: settlement.PathUnserved}},
		"solver comes back": {true, true, settlement.Status{State: lilypad.StateFinal, Path: settlement.PathReceipt}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, fakePolicies{"good": always(upheld)})
				id := b.order("good", func(o *api.Order) { o.Nonce = 7 })
				b.stop()
				b.config.Market, b.config.Ledger = goneMarket{b.market}, mute{b.config.Ledger}
				b.start()
				terms := b.openOnChain(id, provider[0])
				d := b.result(terms, provider[0], "moo", !tc.back)
				time.Sleep(time.Minute)
				r, err := b.Report(t.Context(), id)
				if err != nil || r.Deal != terms.Deal.Body.ID() || r.Provider != provider[0].Address() || r.State != "running" {
					t.Fatalf("%s by %s, %v: the chain tells who runs it", r.State, r.Provider, err)
				}
				if tc.served {
					if _, err := b.bank.Ledger(provider[0].Address()).Submit(t.Context(), terms, d.Result); err != nil {
						t.Fatal(err)
					}
				}
				st, err := b.config.Ledger.Status(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case tc.back:
					b.stop()
					b.config.Market = b.market
					b.market.edit(id, func(j *api.Job) { j.Deal, j.Delivery = &terms.Deal, &d })
					b.start()
					b.pay(id, terms)
				case tc.served:
					b.bank.Advance(st.Deadline - settlement.JudgeMargin(terms.Offer.Body))
				default:
					b.bank.Advance(st.Deadline + 1)
				}
				synctest.Wait()
				got, err := b.config.Ledger.Status(t.Context(), id)
				if got.Deadline = 0; err != nil || got != tc.want {
					t.Errorf("deal is %+v, %v; want %+v", got, err, tc.want)
				}
			})
		})
	}
}
