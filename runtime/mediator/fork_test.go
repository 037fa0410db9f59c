package mediator_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/lilypad-network/lilypad"
)

// A case that a reorganisation undid is no case any more, and is decided when
// it comes again.
func TestMediator_rightsItselfAfterAReorganisation(t *testing.T) {
	for _, lost := range []string{"challenge", "reveal"} {
		for _, down := range []bool{false, true} {
			name := lost
			if down {
				name += " while it was down"
			}
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					b := newBench(t, true)
					b.tell(nil)
					b.claimOnChain()
					back := b.bank.Fork()
					b.challenge()
					if lost == "reveal" {
						back = b.bank.Fork()
					}
					b.lag()
					b.reveal()
					if down {
						b.stop()
					}
					back()
					b.tell(nil)
					if down {
						b.start()
					}
					time.Sleep(time.Minute)
					// One that was down may say what it thinks of the case it knew: its
					// seeds are the same whenever it comes again.
					if n := len(b.opinions()); n != 0 && !down {
						t.Fatalf("%d verdicts on a case that is not drawn", n)
					}
					if lost == "challenge" {
						b.challenge()
					}
					b.reveal()
					time.Sleep(time.Minute)
					os := b.opinions()
					if len(os) != 1 || os[0].Verdict.Body.Outcome != lilypad.OutcomeUpheld {
						t.Errorf("opinions %+v, want one that upholds", os)
					}
				})
			})
		}
	}
}
