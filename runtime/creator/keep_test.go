package creator_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Results that a person ordered are kept for good; inputs, replicas and what a
// case was about for a while after the deals are final.
func TestCreator_Needed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fakePolicies{"vote": vote})
		id := b.order("vote")
		terms := b.open(id, provider[0])
		first := b.result(terms, provider[0], "moo", false)
		b.deliver(id, first)
		job, err := b.market.Job(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		trees := []lilypad.ContentID{first.Outputs.Plain, first.Outputs.Blob, job.Posting.Work.Inputs}
		deals := map[lilypad.JobID]settlement.Terms{id: terms}
		for _, rep := range b.replicas() {
			deals[rep] = b.open(rep, b.target(rep))
			d := b.result(deals[rep], b.target(rep), "moo", false)
			trees = append(trees, d.Outputs.Blob)
			b.deliver(rep, d)
		}
		missing := func(since lilypad.Time) (n int) {
			got := b.Needed(since)
			for _, x := range trees {
				if !slices.Contains(got, x) {
					n++
				}
			}
			return n
		}
		if n := missing(1 << 40); n > 0 {
			t.Errorf("does not need %d trees of an open case", n)
		}
		for id, terms := range deals {
			b.pay(id, terms)
		}
		synctest.Wait()
		head, err := b.config.Ledger.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n := missing(head.Time - 10); n > 0 {
			t.Errorf("does not need %d trees of a job that is just done", n)
		}
		if got := b.Needed(head.Time + 1); !slices.Equal(got, []lilypad.ContentID{first.Outputs.Blob}) {
			t.Errorf("needs %v of an old job, want the result that was ordered", got)
		}
	})
}
