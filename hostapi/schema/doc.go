// Package schema reads the host API's schema: line-based files that give each
// record every offset, so that what is on the wire is what is written there.
//
// It parses, resolves names, and refuses what would not hold on the wire:
// fields that overlap or are out of line, and any change of a layout that an
// earlier version has frozen. It writes no code; hostapi/gen does.
//
//	s, err := schema.Load()
//	fmt.Println(s.Hooks[0].Name) // match
//
// Its place: a leaf, imported by hostapi/gen alone. No node imports it.
package schema
