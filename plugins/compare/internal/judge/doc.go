// Package judge is what comparators of this Go module share: the walk over two
// trees, the bounds of what is read, the two limits, and the words for reasons.
//
//	func init() { compare.Register(judge.Hook(picture.New)) }
//
// A comparator has two limits for each distance. Up to the first, pay, the
// results are equal; from the second, slash, on they are different; between
// them they are incomparable, of which schemes make a refund: the provider is
// not paid and not punished.
//
// It reads no file itself: a [Kind] does, one per format family (number,
// picture, prose). Kinds know nothing of trees, so several can judge one tree:
// [AnyOf] and [AllOf]. Its place: between sdk/go and the kinds; never imported
// by the node.
package judge
