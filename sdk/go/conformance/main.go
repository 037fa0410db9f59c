// Command conformance is the Go SDK's conformance guest: it logs all that it
// reads and answers with fixed records, as hostapi/conformance/README.md says.
package main

import (
	"encoding/hex"
	"strconv"

	"github.com/lilypad-network/lilypad/sdk/go/admit"
	"github.com/lilypad-network/lilypad/sdk/go/allow"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
	"github.com/lilypad-network/lilypad/sdk/go/host"
	"github.com/lilypad-network/lilypad/sdk/go/match"
	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

type mirror struct{}

func (mirror) Score(j match.Job, o match.Offer) match.Score {
	dumpJob("job.", j)
	dumpOffer("offer.", o)
	return sampleScore
}

func (mirror) Admit(n admit.Node, r admit.Request) admit.Admission {
	dumpNode("node.", n)
	dumpRequest("request.", r)
	return sampleAdmission
}

func (mirror) Rule(m allow.Module) allow.Ruling {
	dumpModule("module.", m)
	return sampleRuling
}

func (mirror) Decide(c mediate.Case) mediate.Plan {
	dumpCase("case.", c)
	return mediate.Do(sampleAction)
}

func (mirror) Compare(p compare.Pair) compare.Comparison {
	dumpPair("pair.", p)
	return sampleComparison
}

func line(name, value string)           { host.Log(name + "=" + value) }
func absent(name string)                { line(name, "-") }
func number(name string, v uint64)      { line(name, strconv.FormatUint(v, 10)) }
func signed(name string, v int64)       { line(name, strconv.FormatInt(v, 10)) }
func text(name, v string)               { line(name, hex.EncodeToString([]byte(v))) }
func bytes20(name string, v [20]byte)   { text(name, string(v[:])) }
func bytes32(name string, v [32]byte)   { text(name, string(v[:])) }
func element(name string, i int) string { return name + "." + strconv.Itoa(i) + "." }

func truth(name string, v bool) {
	n := uint64(0)
	if v {
		n = 1
	}
	number(name, n)
}

func init() {
	match.Register(func(match.Settings) (match.Hook, error) { return mirror{}, nil })
	admit.Register(func(admit.Settings) (admit.Hook, error) { return mirror{}, nil })
	allow.Register(func(allow.Settings) (allow.Hook, error) { return mirror{}, nil })
	mediate.Register(func(mediate.Settings) (mediate.Hook, error) { return mirror{}, nil })
	compare.Register(func(compare.Settings) (compare.Hook, error) { return mirror{}, nil })
}

func main() {}
