package provider_test

import (
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// A reorganisation takes away what the provider has seen on chain: it does
// again what is its to do, and claims nothing twice.
func TestProvider_rightsItselfAfterAReorganisation(t *testing.T) {
	for _, tc := range []struct {
		lost string
		want lilypad.State
	}{
		{"open", lilypad.StateSubmitted},
		{"submit", lilypad.StateSubmitted},
		{"challenge", lilypad.StateDrawn},
		{"reveal", lilypad.StateDrawn},
		{"pay", lilypad.StateFinal},
	} {
		for _, down := range []bool{false, true} {
			name := tc.lost
			if down {
				name += " while it was down"
			}
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := newBench(t)
					j := b.job()
					b.propose(j)
					var back func()
					reach := func(step string) {
						synctest.Wait()
						if step == tc.lost {
							back = b.bank.Fork()
						}
					}
					reach("open")
					terms := b.open(j)
					reach("submit")
					if tc.lost != "open" { // or its signature would be too old
						b.runLate(j)
					}
					reach("challenge")
					disputed := tc.lost == "challenge" || tc.lost == "reveal"
					challenge := func() {
						if _, err := b.bank.Ledger(creatorKey.Address()).Challenge(t.Context(), terms, b.result(j), creatorKey.Seed([]byte{1})); err != nil {
							t.Fatal(err)
						}
					}
					switch {
					case tc.lost == "reveal":
						b.stop()
						challenge()
						reach("reveal")
						b.start()
					case disputed:
						challenge()
					case tc.lost == "pay":
						reach("pay")
						b.bank.Advance(10_000)
					}
					synctest.Wait()
					if down {
						b.stop()
					}
					back()
					if down {
						b.start()
					}
					synctest.Wait()
					if tc.lost == "open" {
						if s := b.status(j); s.State != lilypad.StateNone {
							t.Fatalf("deal is %s, it was undone", s.State)
						}
						b.reopen(terms)
					}
					if tc.lost != "pay" {
						b.runLate(j)
					}
					if tc.lost == "challenge" {
						if s := b.status(j); s.State != lilypad.StateSubmitted {
							t.Fatalf("deal is %s, the challenge was undone", s.State)
						}
						challenge()
					}
					if tc.lost == "pay" {
						b.bank.Advance(20_000)
					}
					synctest.Wait()
					if s := b.status(j); s.State != tc.want {
						t.Errorf("deal is %s, want %s", s.State, tc.want)
					}
					if n := len(b.deals(j.ID)); n != 1 {
						t.Errorf("%d deals were signed for one job", n)
					}
				})
			})
		}
	}
}

// reopen opens the same deal once more.
func (b *bench) reopen(terms settlement.Terms) {
	b.t.Helper()
	if _, skips, err := b.bank.Ledger(terms.Offer.Body.Solver).Open(b.t.Context(), []settlement.Terms{terms}); err != nil || len(skips) > 0 {
		b.t.Fatal(err, skips)
	}
	synctest.Wait()
}
