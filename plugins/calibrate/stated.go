package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// The table that docs/comparators.md states, and the digests of its data set.
//
//go:embed stated.json
var statedJSON []byte

func stated() (t table, err error) { return t, json.Unmarshal(statedJSON, &t) }

// interval is where a rate lies with a confidence of 95 %, by Wilson (Probable
// inference, the law of succession, and statistical inference, Journal of the
// American Statistical Association 22, 1927), as shares of 1.
func interval(k, n int) (low, high float64) {
	const z = 1.959963984540054
	p, size := float64(k)/float64(n), float64(n)
	middle := p + z*z/(2*size)
	reach := z * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	return max(0, (middle-reach)/scale), min(1, (middle+reach)/scale)
}

// disagrees names the rows whose rates are not those stated: of one seed every
// file and every count has to be the same, of another the intervals must meet.
func (t table) disagrees(with table) (why []string) {
	stated := map[string]row{}
	for _, r := range with.Rows {
		stated[r.Comparator+"/"+r.Kind] = r
	}
	for _, r := range t.Rows {
		name := r.Comparator + " on " + r.Kind
		s, ok := stated[r.Comparator+"/"+r.Kind]
		switch {
		case !ok:
			why = append(why, name+": not stated")
		case t.Seed == with.Seed && t.Jobs == with.Jobs && r.SHA256 != s.SHA256:
			why = append(why, name+": the generator makes other files")
		case t.Seed == with.Seed && t.Jobs == with.Jobs && r != s:
			why = append(why, fmt.Sprintf("%s: paid %d, slashed %d of %d; stated are %d and %d", name, r.Paid, r.Slashed, r.Pairs, s.Paid, s.Slashed))
		case !meet(r.Paid, r.Pairs, s.Paid, s.Pairs) || !meet(r.Slashed, r.Pairs, s.Slashed, s.Pairs):
			why = append(why, fmt.Sprintf("%s: paid %d, slashed %d of %d; stated are %d and %d of %d", name, r.Paid, r.Slashed, r.Pairs, s.Paid, s.Slashed, s.Pairs))
		}
	}
	return why
}

// meet tells whether two intervals have a rate in common.
func meet(k1, n1, k2, n2 int) bool {
	low1, high1 := interval(k1, n1)
	low2, high2 := interval(k2, n2)
	return low1 <= high2 && low2 <= high1
}

// sum is all rows of a comparator that are honest, or all that are not.
func (t table) sum(comparator string, honest bool) (s row) {
	for _, r := range t.Rows {
		if r.Comparator == comparator && r.Honest == honest {
			s.Pairs, s.Paid, s.Slashed = s.Pairs+r.Pairs, s.Paid+r.Paid, s.Slashed+r.Slashed
		}
	}
	return s
}

var comparators = []string{"numeric", "image", "text", "any-of", "all-of"}

// markdown is the table as docs/comparators.md has it.
func (t table) markdown() string {
	var b strings.Builder
	b.WriteString("| comparator | honest, not paid | honest, slashed | cheats, paid | cheats, slashed |\n|---|---|---|---|---|\n")
	for _, c := range comparators {
		right, wrong := t.sum(c, true), t.sum(c, false)
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", c,
			rate(right.Pairs-right.Paid, right.Pairs), rate(right.Slashed, right.Pairs), rate(wrong.Paid, wrong.Pairs), rate(wrong.Slashed, wrong.Pairs))
	}
	for _, c := range comparators {
		fmt.Fprintf(&b, "\n| `%s` | | paid | refunded | slashed |\n|---|---|---|---|---|\n", c)
		for _, r := range t.Rows {
			if r.Comparator != c {
				continue
			}
			side := "cheat"
			if r.Honest {
				side = "honest"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.Kind, side, rate(r.Paid, r.Pairs), rate(r.Pairs-r.Paid-r.Slashed, r.Pairs), rate(r.Slashed, r.Pairs))
		}
	}
	return b.String()
}

func rate(k, n int) string {
	low, high := interval(k, n)
	return fmt.Sprintf("%d of %d (%.1f–%.1f %%)", k, n, 100*low, 100*high)
}
