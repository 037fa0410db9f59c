// Package members chooses the kinds of files that any-of and all-of judge by.
//
//	kinds := members.Of(limits)
//
// A kind is a parameter that is 1 or 0. There is no exact, which finds no
// differing file equal, and no groth16, whose pairings would make them five
// times as large for a file that no other kind reads.
// Its place: over the kinds, below any-of and all-of.
package members

import (
	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/number"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/picture"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/prose"
)

// Of are the kinds that a pair's parameters ask for.
func Of(l judge.Limits) []judge.Kind {
	var kinds []judge.Kind
	for _, k := range []struct {
		name string
		make func(judge.Limits) judge.Kind
	}{{"image", picture.New}, {"numeric", number.New}, {"text", prose.New}} {
		if l.Get(k.name) > 0 {
			kinds = append(kinds, k.make(l))
		}
	}
	return kinds
}
