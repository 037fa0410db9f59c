// Package nearest finds the names that a mistyped one may have meant, for
// error messages.
//
//	nearest.Names("mesage", []string{"Message", "Image"}, 3) // [Message]
//
// It imports nothing of the project and may be imported by all of it.
package nearest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxName bounds the work that a hostile name can cause, in bytes.
const maxName = 64

// Names returns at most n of the names, the closest to word first: those that
// need few edits, letter case aside, or that begin with it.
func Names(word string, names []string, n int) []string {
	if len(word) > maxName {
		return nil
	}
	type match struct {
		name     string
		distance int
	}
	var found []match
	low := strings.ToLower(word)
	for _, name := range names {
		if len(name) > maxName {
			continue
		}
		d := distance(low, strings.ToLower(name))
		if low != "" && strings.HasPrefix(strings.ToLower(name), low) {
			d = min(d, 1)
		}
		if d <= max(1, utf8.RuneCountInString(word)/3) {
			found = append(found, match{name, d})
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), strings.Compare(a.name, b.name))
	})
	var out []string
	for _, m := range found[:min(n, len(found))] {
		out = append(out, m.name)
	}
	return out
}

// distance counts insertions, deletions and substitutions (Levenshtein).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(y)]
}
