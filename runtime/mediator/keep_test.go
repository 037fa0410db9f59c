package mediator_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
)

// What a case may still need is kept until its deal is final and for a while
// longer, the transcript that others replay included.
func TestMediator_Needed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, true)
		b.tell(nil)
		b.dispute()
		opinions := b.opinions()
		if len(opinions) != 1 {
			t.Fatalf("%d opinions", len(opinions))
		}
		got := b.Needed(1 << 40)
		out := b.dealt.Delivery.Outputs
		for what, id := range map[string]lilypad.ContentID{
			"inputs": b.dealt.Posting.Work.Inputs, "plain": out.Plain, "blob": out.Blob, "transcript": opinions[0].Transcript,
		} {
			if !slices.Contains(got, id) {
				t.Errorf("does not need the %s", what)
			}
		}
		st, err := b.config.Ledger.Status(t.Context(), b.dealt.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.bank.Advance(st.Deadline + 1000) // its keeper ends what nobody resolved
		synctest.Wait()
		head, err := b.config.Ledger.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Needed(head.Time)) == 0 || len(b.Needed(head.Time+1)) > 0 {
			t.Errorf("needs %d trees of a deal that is just final, %d of an older one", len(b.Needed(head.Time)), len(b.Needed(head.Time+1)))
		}
	})
}

func TestMediator_Needed_notOfOthersCases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, false)
		b.tell(func(*api.Job) {})
		b.dispute()
		if got := b.Needed(0); len(got) > 0 {
			t.Errorf("needs %v of a case that it is not drawn for", got)
		}
	})
}
