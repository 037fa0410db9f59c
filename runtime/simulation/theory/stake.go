package theory

import "math"

// Sampling is the least probability of a check at which honest work pays:
// the check must come with more than C/((1−r)(R+S)). cost is what cheating
// saves, reward and stake what it loses when found, and r the share of
// colluding providers. Above 1 nothing deters.
//
// Source: Zhang et al., "Proof of Sampling: A Nash Equilibrium-Secured
// Verification Protocol for Decentralized Systems", 2024.
func Sampling(cost, reward, stake, r float64) float64 {
	return cost / ((1 - r) * (reward + stake))
}

// ProbabilisticProof is the stake that takes away what a false claim earns
// before it is found: with probability p of a proof, (1−p)/p claims of a
// reward pass on average.
//
// Source: Pocket Network, "Probabilistic Proofs (Shannon)", 2024.
func ProbabilisticProof(reward, p float64) float64 {
	return reward * (1 - p) / p
}

// Jackpot is what each of k challengers of a forced error is paid, and all of
// them together: J/2^(k−1) each, so more names never earn more.
//
// Source: Teutsch and Reitwießner, "A scalable verification solution for
// blockchains" (TrueBit), 2017.
func Jackpot(jackpot float64, k int) (each, total float64) {
	each = math.Ldexp(jackpot, 1-k)
	return each, float64(k) * each
}

// Deterrence is the audit rate above which a cheat that saves all its work
// loses: q(P+C) > P with a stake of ρ prices gives q > 1/(1+ρ).
//
// Source: derived, from the payouts of a deal.
func Deterrence(rho float64) float64 { return 1 / (1 + rho) }

// Outsourcing is MODiCuM's game between a job creator and a provider. Money
// is in prices of the job.
type Outsourcing struct {
	N      int     // runs of a mediator
	Theta  float64 // penalty rate: the deposit is Theta + N
	Pe     float64 // probability that the provider executes the job
	Gas    float64 // of asking for mediation
	Verify float64 // what it costs the creator to verify
	Work   float64 // what execution costs the provider
	Deceit float64 // what making something up costs it
}

// Ambiguity is the p_a that pays a job creator most: the probability with
// which a job of two answers gives the one that it accepts. It hopes for the
// other from the provider, and for n times the first from the mediator.
//
// With F = θ + n + g_m the creator gains, but for a constant,
// p_e·p(F−1) + (F+1)(pⁿ − p_e·pⁿ⁺¹). Its derivative is positive up to
// (n−1)/(p_e(n+1)), then falls; where it crosses zero is the maximum.
//
// Source: Eisele et al., "Mechanisms for Outsourcing Computation via a
// Decentralized Market", DEBS 2020, theorem 3, from the utilities there.
func (o Outsourcing) Ambiguity() float64 {
	n, f := float64(o.N), o.Theta+float64(o.N)+o.Gas
	slope := func(p float64) float64 {
		return o.Pe*(f-1) + (f+1)*math.Pow(p, n-1)*(n-o.Pe*(n+1)*p)
	}
	low, high := (n-1)/(o.Pe*(n+1)), 1.0
	if o.Pe == 0 || low >= 1 || slope(1) >= 0 {
		return 1
	}
	for range 200 {
		if mid := (low + high) / 2; slope(mid) > 0 {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}

// Equilibrium are the probabilities of the mixed equilibrium of a job with
// one answer: that the provider executes, and that the creator verifies.
//
// Verifying costs v and turns a loss of the price into a gain of it when the
// provider deceives, so the creator is indifferent at 1 − p_e = v/2. Deceit
// saves e − d, and costs price and deposit when it is verified, so the
// provider is indifferent at p_v = (e−d)/(1 + θ + n).
func (o Outsourcing) Equilibrium() (executes, verifies float64) {
	return 1 - o.Verify/2, (o.Work - o.Deceit) / (1 + o.Theta + float64(o.N))
}

// Bisection is how many rounds two parties need to agree on the one step that
// they dispute, when each round splits what is left into arity parts.
//
// Source: Canetti, Riva and Rothblum, "Practical delegation of computation
// using multiple servers", CCS 2011.
func Bisection(steps, arity uint64) int {
	rounds := 0
	for left := steps; left > 1; rounds++ {
		left = (left-1)/arity + 1
	}
	return rounds
}
