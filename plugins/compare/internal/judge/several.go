package judge

import "github.com/lilypad-network/lilypad/sdk/go/compare"

// AnyOf finds files equal if one of its kinds does, and different only if all
// do that read them.
type AnyOf []Kind

// Judge is false if no kind reads the files.
func (k AnyOf) Judge(path string, a, b []byte) (best compare.Comparison, ok bool) {
	for _, kind := range k {
		c, reads := kind.Judge(path, a, b)
		switch {
		case !reads:
			continue
		case c.Sameness == compare.SamenessEqual:
			return c, true
		case !ok || Worse(c, best) == best:
			best = c
		}
		ok = true
	}
	return best, ok
}

// AllOf finds files equal if all of its kinds do that read them, and different
// if one does.
type AllOf []Kind

// Judge is false if no kind reads the files.
func (k AllOf) Judge(path string, a, b []byte) (worst compare.Comparison, ok bool) {
	for _, kind := range k {
		c, reads := kind.Judge(path, a, b)
		switch {
		case !reads:
			continue
		case c.Sameness == compare.SamenessDifferent:
			return c, true
		case !ok:
			worst = c
		default:
			worst = Worse(worst, c)
		}
		ok = true
	}
	return worst, ok
}
