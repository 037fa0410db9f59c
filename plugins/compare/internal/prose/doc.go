// Package prose judges texts in UTF-8 by two distances, each with two limits:
//
//   - edits: Levenshtein's distance over the characters of the longer text,
//     bit-parallel in blocks (Myers, A fast bit-vector algorithm for approximate
//     string matching, Journal of the ACM 46, 1999; Hyyrö's form of 2003);
//   - words: 1 − Jaccard's index of the sets of shingles, runs of a few words
//     (Broder, On the resemblance and containment of documents, 1997). It does
//     not mind where a passage stands.
//
// Results are equal if both distances are up to their limits for paying, and
// different if one is beyond its limit for slashing. White space and letter
// case may count or not. Characters are code points: é may be one or two, and
// these are not the same.
//
//	k := prose.New(limits)
//	c, ok := k.Judge("stdout", a, b)
//
// Its place: a kind of judge.
package prose
