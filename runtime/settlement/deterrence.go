package settlement

import "github.com/lilypad-network/lilypad"

// Line is where cheating stops to pay, for one deal's terms. Rates are in
// basis points, from the model q(P+C) ≥ saved work with all work saved: a
// provider that is checked with probability q loses by cheating iff
// q > P/(P+C); a creator cannot gain by framing while mediators err less often
// than B/(P+B).
type Line struct {
	Checked    uint64         // how often results are checked
	Least      uint64         // how often they must be, at least
	LeastStake lilypad.Amount // the provider's stake that would do at the rate Checked
	MaxErrors  uint64         // how often mediators may err
}

// Deters tells whether the rate suffices.
func (l Line) Deters() bool { return l.Checked >= l.Least }

// Deterrence computes the line for price P, provider's stake C and creator's
// stake B. checked must be between 1 and 10000.
func Deterrence(price, providerStake, creatorStake lilypad.Amount, checked uint64) Line {
	l := Line{Checked: checked, MaxErrors: 10_000}
	if price > 0 {
		l.Least = min(uint64(price*10_000/(price+providerStake))+1, 10_000)
		l.LeastStake = price * lilypad.Amount(10_000-checked+1) / lilypad.Amount(checked)
		l.MaxErrors = uint64(creatorStake * 10_000 / (price + creatorStake))
	}
	return l
}
