package theory

import "math"

// MFirst is M-first voting: results come in until m are the same. Of all
// results the share phi is wrong; a wrong one is the colluders' common one
// with probability c, else like no other. It gives the share of votes that
// the common wrong result wins, and the mean number of results of a vote.
//
// Only right and common results count, so with q = φc/(1−φ+φc) the wrong ones
// win with probability Σ_{i<m} C(m−1+i, i) q^m (1−q)^i, as they are first to m
// with i right ones against them; each counted result costs 1/(1−φ+φc). Of one
// vote, which needs no other that is the same, all wrong results win.
//
// Source: Watanabe and Fukushi, "Sabotage-tolerant job scheduling for
// reliable volunteer computing", in Computer Science Research and Technology,
// Nova, 2011.
func MFirst(phi, c float64, m int) (errorRate, results float64) {
	if m == 1 { // the first result wins, whatever it is
		return phi, 1
	}
	counted := 1 - phi + phi*c
	q := phi * c / counted
	p := (1 - phi) / counted
	var needed float64
	for i := range m {
		wrong, right := first(m, i, q, p), first(m, i, p, q)
		errorRate += wrong
		needed += float64(m+i) * (wrong + right)
	}
	return min(errorRate, 1), needed / counted
}

// first is the chance that the side of probability win gets its m-th vote when
// the other side, of probability lose, has i.
func first(m, i int, win, lose float64) float64 {
	if win == 0 || lose == 0 && i > 0 {
		return 0
	}
	x := logChoose(m-1+i, i) + float64(m)*math.Log(win)
	if i > 0 {
		x += float64(i) * math.Log(lose)
	}
	return math.Exp(x)
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// Credibility is the probability of each group of equal results that it is
// the right one. A group is told by how many spot-checks each of its members
// has survived; f is the share of providers that cheat.
//
// A member is credible with 1 − f/k, or 1 − f before its first check (k = 0);
// a group G with P(G good) = Π CR, P(G bad) = Π (1−CR), on condition that at
// most one group is right. In odds r = P(good)/P(bad) this is r/(1 + Σ r).
//
// Source: Sarmenta, "Sabotage-tolerance mechanisms for volunteer computing
// systems", Future Generation Computer Systems 18(4), 2002, without
// blacklisting.
func Credibility(f float64, groups [][]int) []float64 {
	odds := make([]float64, len(groups)) // logarithms
	top := 0.0                           // of the case that no group is right
	for i, g := range groups {
		for _, k := range g {
			bad := f / float64(max(k, 1))
			odds[i] += math.Log1p(-bad) - math.Log(bad)
		}
		top = max(top, odds[i])
	}
	sum := math.Exp(-top)
	for _, x := range odds {
		sum += math.Exp(x - top)
	}
	credible := make([]float64, len(groups))
	for i, x := range odds {
		credible[i] = math.Exp(x-top) / sum
	}
	return credible
}
