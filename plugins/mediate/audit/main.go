// Command audit believes a result unless the deal's coin chose it: then it is
// doubted, mediators run the job again, and a cheat loses its stake. It deters
// when the audit rate q is above 1/(1+ρ), ρ being the provider's stake over
// the price.
package main

import "github.com/lilypad-network/lilypad/sdk/go/mediate"

// Reasons beyond those of mediate.Case.Rerun, with words in the manifest.
const (
	spared   = 10
	noResult = 11
	audited  = 12
)

type audit struct{}

func (audit) Decide(c mediate.Case) mediate.Plan {
	if c.Phase() == mediate.PhaseMediation {
		return c.Rerun()
	}
	_, shown := c.Claim()
	tossed := c.HasSeed() || c.AuditRate() == 0
	switch {
	case shown && tossed && c.Audited():
		return mediate.Draw().Because(audited).With(c.AuditRate(), 0)
	case shown && tossed:
		return mediate.Verdict(mediate.Upheld).Because(spared).With(c.AuditRate(), 0)
	case c.Expired():
		return mediate.Verdict(mediate.Refund).Because(noResult)
	}
	return c.Wait()
}

func init() {
	mediate.Register(func(mediate.Settings) (mediate.Hook, error) { return audit{}, nil })
}

func main() {}
