package creator_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// What a creator saw of a provider is in its next cases: whether its deals
// ended well, and whether results that somebody else gave too were right.
func TestCreator_remembersWhatResultsWereWorth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var saw hostapi.Case
		b := newBench(t, fakePolicies{
			"vote":  vote,
			"trust": func(hostapi.Case) ([]hostapi.Action, error) { return []hostapi.Action{upheld}, nil },
			"look":  func(c hostapi.Case) ([]hostapi.Action, error) { saw = c; return vote(c) },
		})
		trusted := b.order("trust")
		b.pay(trusted, b.serve(trusted, provider[0], "moo"))
		voted := b.order("vote")
		first := b.serve(voted, provider[0], "moo")
		reps := b.replicas()[1:]
		honest, cheat := b.target(reps[0]), b.target(reps[1])
		second := b.serve(reps[0], honest, "moo")
		b.serve(reps[1], cheat, "baa")
		synctest.Wait()
		b.pay(voted, first)
		b.pay(reps[0], second)
		time.Sleep(time.Minute) // it is challenged, and reveals nothing
		head, err := b.config.Ledger.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b.bank.Advance(head.Time + 100_000)
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := b.state(reps[1]); got != lilypad.StateFinal {
			t.Fatalf("the cheat's deal is %s", got)
		}
		b.serve(b.order("look"), provider[0], "moo")
		b.replicas()
		type seen struct{ JobsOK, JobsBad, ChecksOK, ChecksBad uint32 }
		got := map[hostapi.Bytes20]seen{}
		for _, e := range saw.Events {
			if p := e.Party; p != nil {
				got[p.Address] = seen{p.JobsOk, p.JobsBad, p.ChecksOk, p.ChecksBad}
			}
		}
		want := map[hostapi.Bytes20]seen{
			hostapi.Bytes20(provider[0].Address()): {JobsOK: 2, ChecksOK: 1},
			hostapi.Bytes20(honest.Address()):      {JobsOK: 1, ChecksOK: 1},
			hostapi.Bytes20(cheat.Address()):       {JobsBad: 1, ChecksBad: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
