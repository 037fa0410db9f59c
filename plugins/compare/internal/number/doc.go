// Package number judges files that hold numbers: JSON, CSV, NumPy arrays,
// safetensors, and any other text. A number is within tolerance if
//
//	|a−b| ≤ abs + rel·max(|a|, |b|) + scale·s
//
// where s is the root mean square of the numbers of its field, the smaller of
// the two results': who blows up one number widens nothing. Rounding errors of
// a sum of many terms are as large as the terms, not as the sum, so a tensor
// needs the last term, as numpy.allclose needs its atol.
//
// A field is a tensor by its name (array in .npy), a column by the first row or
// by its number from 1 on, or a place in JSON such as layers.*.loss, with * for
// all positions in an array. The share of numbers out of tolerance is taken in
// each, and the worst field decides: one wrong answer is not hidden by a
// million right ones. All that is no number has to be the same, white space
// apart. Numbers in running text are one field, and have no scale.
//
// A parameter such as rel_ppb@metrics.csv:loss is for the fields that match:
// FILE, or FILE:FIELD, with * and ? as in path.Match. The longest pattern wins.
//
//	k := number.New(limits)
//	c, ok := k.Judge("out.npy", a, b)
//
// Its place: a kind of judge.
package number
