package provider_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
)

// What a deal may still want is kept until it is final and for a while longer;
// what was declined is nobody's.
func TestProvider_Needed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j, denied := b.job(), b.job(func(j *api.Job) { j.Posting.Module.Name = "denied" })
		b.propose(j, denied)
		if got := b.Needed(1 << 40); len(got) != 1 || got[0] != j.Posting.Work.Inputs {
			t.Errorf("needs %v of one signed job, want its inputs", got)
		}
		b.open(j)
		b.runLate(j)
		want := b.Needed(1 << 40)
		if len(want) != 3 {
			t.Errorf("needs %v of a claimed job, want inputs and both trees of its result", want)
		}
		b.bank.Advance(b.status(j).Deadline + 1) // its keeper ends it
		synctest.Wait()
		head, err := b.ledger.Head(t.Context())
		if err != nil || b.status(j).State != lilypad.StateFinal {
			t.Fatalf("deal is %s, %v", b.status(j).State, err)
		}
		if got := b.Needed(head.Time); !slices.Equal(got, want) {
			t.Errorf("needs %v of a deal that is just final", got)
		}
		if got := b.Needed(head.Time + 1); len(got) > 0 {
			t.Errorf("needs %v of a deal that was final before", got)
		}
	})
}
