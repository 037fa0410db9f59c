// Command optimistic believes every result. Nobody checks it but the creator;
// when the creator challenges all the same, a mediator runs the job once and
// compares. It deters no cheat.
package main

import "github.com/lilypad-network/lilypad/sdk/go/mediate"

// Reasons beyond those of mediate.Case.Rerun, with words in the manifest.
const (
	believed = 10
	noResult = 11
)

type optimistic struct{}

func (optimistic) Decide(c mediate.Case) mediate.Plan {
	if c.Phase() == mediate.PhaseMediation {
		return c.Rerun()
	}
	if _, ok := c.Claim(); ok {
		return mediate.Verdict(mediate.Upheld).Because(believed)
	}
	if c.Expired() {
		return mediate.Verdict(mediate.Refund).Because(noResult)
	}
	return c.Wait()
}

func init() {
	mediate.Register(func(mediate.Settings) (mediate.Hook, error) { return optimistic{}, nil })
}

func main() {}
