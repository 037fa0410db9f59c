package creator_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/journal"
)

// A crash between storing that a replica is ordered and storing the replica
// leaves an order without a job: the case counts it as declined and goes on.
func TestCreator_rulesWithoutAReplicaThatACrashLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		once := fakeScheme(func(c hostapi.Case) ([]hostapi.Action, error) {
			for _, e := range c.Events {
				if e.Missing != nil {
					return []hostapi.Action{upheld}, nil
				}
			}
			return []hostapi.Action{{Kind: hostapi.ActionKindExecute, Key: 1, Place: hostapi.PlaceAny}}, nil
		})
		b := newBench(t, fakePolicies{"once": once})
		id := b.order("once")
		b.serve(id, provider[0], "moo")
		lost := b.replicas()[0]
		b.stop()
		if err := b.config.Journal.Update(t.Context(), func(w journal.Writer) error {
			return w.Delete("creator.job", lost.String())
		}); err != nil {
			t.Fatal(err)
		}
		b.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		if !b.receipt(id) {
			t.Error("the case is stuck: no receipt for its first result")
		}
	})
}

// deafMarket does not answer to postings; they may have arrived.
type deafMarket struct{ *fakeMarket }

func (deafMarket) Post(context.Context, api.Posting) (api.Job, error) {
	return api.Job{}, lilypad.Errorf(lilypad.Unavailable, "no answer")
}

// What may have reached the solver is not given up before the solver says so:
// it could be opened, and nobody would judge its result.
func TestCreator_Cancel_keepsWhatTheSolverMayHave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"once": always(upheld)})
		b.stop()
		b.config.Market = deafMarket{b.market}
		b.start()
		id := b.order("once")
		if _, err := b.Cancel(t.Context(), id); lilypad.CodeOf(err) != lilypad.Unavailable {
			t.Errorf("cancelled: %v", err)
		}
		b.stop()
		b.config.Market = b.market
		b.start()
		if _, err := b.Cancel(t.Context(), id); err != nil {
			t.Error(err)
		}
		if r, err := b.Report(t.Context(), id); err != nil || !r.Done || r.State != "withdrawn" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}
