package provider_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	bank "github.com/lilypad-network/lilypad/runtime/settlement/memory"
)

// A provider that is asked again for a job whose deal has lapsed takes it again,
// once no block can open the first deal any more. Until then it says nothing,
// since a no would be for good, and signs nothing.
func TestProvider_answersAfterItsDealHasLapsed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.finalAfter(2)
		j := b.job()
		b.propose(j)
		first := *b.answer(j.ID).Deal
		b.bank.Advance(first.Body.Expiry + 1)
		time.Sleep(time.Minute)
		b.propose(j)
		for final := range 3 {
			time.Sleep(time.Minute)
			synctest.Wait()
			if n, want := len(b.deals(j.ID)), 1+final/2; n != want || b.answer(j.ID).Reason != "" {
				t.Fatalf("%d deals signed while %d blocks lie on the first one's end, the last answer is %+v; want %d", n, final, b.answer(j.ID), want)
			}
			b.bank.Advance(first.Body.Expiry + 2 + lilypad.Time(final))
		}
		b.open(j)
		b.runLate(j)
		if s := b.status(j); s.State != lilypad.StateSubmitted {
			t.Errorf("deal is %s, want submitted", s.State)
		}
	})
}

// What no provider expects happens: the chain goes back to before the end of a
// deal that has lapsed, and opens it. It is served, and there is no second one.
func TestProvider_servesALapsedDealThatAForkOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.finalAfter(5)
		j := b.job()
		b.propose(j)
		back, end := b.bank.Fork(), b.answer(j.ID).Deal.Body.Expiry
		b.bank.Advance(end + 1)
		time.Sleep(time.Minute)
		b.propose(j)
		time.Sleep(time.Minute)
		back()
		b.bank.At(end)
		b.open(j)
		b.bank.At(0)
		b.runLate(j)
		if s := b.status(j); s.State != lilypad.StateSubmitted || len(b.deals(j.ID)) != 1 {
			t.Errorf("deal is %s of %d that were signed, want submitted of 1", s.State, len(b.deals(j.ID)))
		}
	})
}

// finalAfter puts the bench on another ledger, whose blocks are final when so many
// lie on them.
func (b *bench) finalAfter(blocks uint64) {
	b.t.Helper()
	b.stop()
	b.bank, b.journal = bank.New(bank.Config{ChainID: 1, Start: 1000, FinalAfter: blocks}), memory.New()
	b.fund(creatorKey, 1000*lilypad.LILY)
	b.fund(providerKey, 3*stake)
	b.ledger = b.bank.Ledger(providerKey.Address())
	b.config.Ledger, b.config.Journal = b.ledger, b.journal
	b.start()
}
