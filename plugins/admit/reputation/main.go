// Command reputation declines creators whose deals with this provider too often
// ran out unjudged, or went wrong. Money locked until a window closes is money
// that cannot stand behind another job.
package main

import "github.com/lilypad-network/lilypad/sdk/go/admit"

// Reasons, with words in the manifest.
const (
	runsOut   = 1
	goesWrong = 2
	unknown   = 3
)

type reputation struct {
	deals, timeouts, bad uint64 // the last two in percent
	newcomer             uint64 // micro-LILY
}

func newReputation(s admit.Settings) (admit.Hook, error) {
	return reputation{
		deals: uint64(s.Int("minimum_deals")), timeouts: uint64(s.Int("timeouts_percent")), bad: uint64(s.Int("bad_percent")),
		newcomer: uint64(s.Int("newcomer_stake")),
	}, nil
}

func (h reputation) Admit(_ admit.Node, r admit.Request) admit.Admission {
	deals := r.CreatorOk() + r.CreatorBad()
	switch {
	case deals == 0 && r.ProviderStake() > h.newcomer:
		return admit.Decline(unknown).With(r.ProviderStake(), h.newcomer)
	case deals < h.deals || deals == 0:
		return admit.Take()
	case r.CreatorTimeouts()*100 > deals*h.timeouts:
		return admit.Decline(runsOut).With(r.CreatorTimeouts(), deals)
	case r.CreatorBad()*100 > deals*h.bad:
		return admit.Decline(goesWrong).With(r.CreatorBad(), deals)
	}
	return admit.Take()
}

func init() { admit.Register(newReputation) }

func main() {}
