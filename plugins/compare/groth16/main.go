// Command groth16 finds two results equal when they differ in their proofs
// alone, and both proofs hold. Proofs of one statement differ from run to run,
// since their randomness is what hides the secret; so bytes say nothing, and
// the statement says all: the same verifying key and the same public values.
//
// It reads files whose names end in proof.json, as snarkjs writes them, with
// the verifying key and the public values inside, see [proofFile]; any other
// difference is one. Of two proofs that differ, neither is accepted that the
// verifier's equation does not.
//
// What it does not tell:
//
//   - that equal results hold: two copies of one bad proof, or two results
//     without a proof, are equal, and a host does not even ask;
//   - that two results were made apart: anyone can turn a proof into another of
//     the same statement. So among strangers who see each other's results
//     agreement of several, as in replicate, proves no work; an audit, which
//     holds a result against a mediator's own, does;
//   - that the verifying key is the right one: only that both have the same.
package main

import (
	"bytes"
	"strings"

	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

// Reasons, with words in the manifest.
const (
	sameStatement  = 1
	otherStatement = 2
	otherFile      = 3
	oneFails       = 4
	noneHolds      = 5
	tooLarge       = 6
	tooMany        = 7
	noProof        = 8
)

// maxFile bounds a proof with its statement, in bytes.
const maxFile = 128 << 10

// maxProofs bounds the pairs of proofs, so that the fuel suffices.
const maxProofs = 16

type groth16 struct{}

func (groth16) Compare(p compare.Pair) compare.Comparison {
	proofs := uint64(0)
	for d := range p.Differences() {
		if !d.InBoth() || d.AExecutable != d.BExecutable || !strings.HasSuffix(d.Path, "proof.json") {
			return different(otherFile)
		}
		if proofs == maxProofs {
			return compare.Incomparable().Because(tooMany).With(maxProofs, 0)
		}
		if c := judge(d); c.Sameness != compare.SamenessEqual {
			return c
		}
		proofs++
	}
	if proofs == 0 {
		return compare.Equal().Because(noProof)
	}
	return compare.Equal().Because(sameStatement).With(proofs, 0)
}

// judge holds two proofs against each other. One that is too large is one that
// does not hold, or who pads a bad one would be out of reach.
func judge(d compare.Difference) compare.Comparison {
	switch size := max(d.ASize, d.BSize); {
	case min(d.ASize, d.BSize) > maxFile:
		return compare.Incomparable().Because(tooLarge).With(size, maxFile)
	case size > maxFile:
		return different(oneFails)
	}
	x, errA := read(d.ReadA())
	y, errB := read(d.ReadB())
	switch {
	case errA != nil && errB != nil:
		return compare.Incomparable().Because(noneHolds)
	case errA != nil || errB != nil:
		return different(oneFails)
	case !bytes.Equal(x.said, y.said):
		return different(otherStatement)
	}
	// Of the same statement: what is read of one is so of the other.
	holdsA, holdsB := x.holds(), y.holds()
	switch {
	case !holdsA && !holdsB:
		return compare.Incomparable().Because(noneHolds)
	case holdsA != holdsB:
		return different(oneFails)
	}
	return compare.Equal()
}

func newGroth16(compare.Settings) (compare.Hook, error) { return groth16{}, nil }

func different(reason uint16) compare.Comparison {
	return compare.Different(1_000_000).Because(reason)
}

func init() {
	compare.Register(newGroth16)
}

func main() {}
