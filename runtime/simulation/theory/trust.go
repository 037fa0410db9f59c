package theory

import "math/big"

// PoCo is how many workers must agree until iExec's consensus has the trust
// that was asked for, when dissent workers gave something else before. Every
// worker has the same score. Dissenters that are alike stand together,
// otherwise each of them stands alone.
//
// A worker weighs w = max(⌊score/3⌋, 3) − 1; a group of n workers weighs wⁿ,
// and all groups together 1 more than their sum. Consensus is reached when
// group·trust > total·(trust−1), so when wⁿ > (1 + others)·(trust−1).
//
// Source: iExec PoCo contracts, IexecPoco1 (contribute, checkConsensus).
func PoCo(trust, score, dissent int64, alike bool) int {
	w := big.NewInt(max(score/3, 3) - 1)
	others := new(big.Int)
	switch {
	case dissent > 0 && alike:
		others.Exp(w, big.NewInt(dissent), nil)
	default:
		others.Mul(w, big.NewInt(dissent))
	}
	bar := others.Add(others, big.NewInt(1))
	bar.Mul(bar, big.NewInt(max(trust, 1)-1))
	workers := 1
	for group := new(big.Int).Set(w); group.Cmp(bar) <= 0; workers++ {
		group.Mul(group, w)
	}
	return workers
}

// untrusted is the number of valid results up to which BOINC always
// replicates a host's jobs.
const untrusted = 10

// negligible is the probability below which a state is no longer followed.
const negligible = 1e-18

// Adaptive is how many of its first jobs an honest host has replicated, in
// expectation: every one until 10 were found valid, then each with
// probability 1/valid. Only replicated ones can be found valid.
//
// Source: BOINC's adaptive replication (consecutive_valid of a host and an
// application's version).
func Adaptive(jobs int) float64 {
	if jobs <= untrusted {
		return float64(jobs)
	}
	// state[i] is the probability of low+i valid results.
	low, state := untrusted, []float64{1}
	replicated := float64(untrusted)
	for range jobs - untrusted {
		state = append(state, 0)
		for i := len(state) - 2; i >= 0; i-- {
			move := state[i] / float64(low+i)
			replicated += move
			state[i] -= move
			state[i+1] += move
		}
		for len(state) > 1 && state[0] < negligible {
			low, state = low+1, state[1:]
		}
		for len(state) > 1 && state[len(state)-1] < negligible {
			state = state[:len(state)-1]
		}
	}
	return replicated
}
