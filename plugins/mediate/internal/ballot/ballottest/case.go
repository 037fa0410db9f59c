// Package ballottest makes cases for tests of schemes that weigh results.
package ballottest

import (
	"crypto/sha256"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

// Member is a party with its record and its result, named by a word; equal
// words are equal content.
type Member struct {
	Word    string
	OK, Bad uint32 // checks
}

// Case is a review in which the provider, first, and replicas have answered,
// and the comparator found unequal words different.
func Case(members ...Member) plugintest.Case {
	c := plugintest.Case{
		Phase: plugintest.PhaseReview, Opened: 100, Now: 100, Deadline: 1000, MaxRuns: 256,
		ProviderStake: 100, CreatorStake: 100, Price: 10,
	}
	add := func(e plugintest.Event) uint32 {
		c.Events = append(c.Events, e)
		return uint32(len(c.Events) - 1)
	}
	var results []uint32
	for i, m := range members {
		p := plugintest.Party{
			At: 100, Who: uint32(len(c.Events)), Re: plugintest.None, Standing: plugintest.StandingReplica,
			Address: plugintest.Bytes20{byte(i), byte(i >> 8)}, JobsOk: m.OK, JobsBad: m.Bad, ChecksOk: m.OK, ChecksBad: m.Bad,
		}
		if i == 0 {
			p.Standing = plugintest.StandingProvider
		}
		who, re := add(plugintest.Event{Party: &p}), plugintest.None
		if i > 0 {
			re = add(plugintest.Event{Ordered: &plugintest.Ordered{At: 100, Who: who, Re: plugintest.None, Key: 1<<24 | uint32(i-1), Kind: plugintest.ActionKindExecute}})
		}
		results = append(results, add(plugintest.Event{Result: &plugintest.Result{
			At: 100, Who: who, Re: re, Content: sha256.Sum256([]byte(m.Word)), Status: plugintest.RunStatusSucceeded,
		}}))
	}
	for j := range results {
		for i := range j {
			if members[i].Word == members[j].Word {
				continue
			}
			key := 2<<24 | results[i]<<12 | results[j]
			re := add(plugintest.Event{Ordered: &plugintest.Ordered{At: 100, Who: plugintest.None, Re: plugintest.None, Key: key, Kind: plugintest.ActionKindCompare}})
			add(plugintest.Event{Compared: &plugintest.Compared{
				At: 100, Who: plugintest.None, Re: re, A: results[i], B: results[j], Key: key, Sameness: plugintest.SamenessDifferent,
			}})
		}
	}
	return c
}
