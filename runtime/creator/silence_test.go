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
