package settlement

import (
	"encoding/binary"
	"slices"

	"github.com/lilypad-network/lilypad"
)

// Audited tosses the audit coin of a deal: true means that mediators must see
// the result. The provider cannot know it before its result is signed, and the
// creator committed to its seed before it knew the deal.
func Audited(auditBPS uint16, creatorSeed lilypad.Hash, deal lilypad.DealID) bool {
	return modulo(Coin(creatorSeed, deal), 10000) < uint64(auditBPS)
}

// Coin is the 256-bit number that decides about an audit.
func Coin(creatorSeed lilypad.Hash, deal lilypad.DealID) lilypad.Hash {
	return lilypad.Keccak256(creatorSeed[:], deal[:])
}

// Draw picks the mediators of a case: a partial Fisher-Yates shuffle of the
// panel, seeded by both parties. The contract draws the same.
//
// # Errors
//
// Invalid for a panel that draws more than it has.
func Draw(p lilypad.Panel, creatorSeed, providerSeed lilypad.Hash, deal lilypad.DealID) ([]lilypad.Address, error) {
	n, k := len(p.Mediators), int(p.Drawn)
	if k > n {
		return nil, lilypad.Errorf(lilypad.Invalid, "panel of %d draws %d", n, k)
	}
	seed := DrawSeed(creatorSeed, providerSeed, deal)
	drawn := slices.Clone(p.Mediators)
	for i := range k {
		var word lilypad.Hash
		binary.BigEndian.PutUint64(word[24:], uint64(i))
		j := i + int(modulo(lilypad.Keccak256(seed[:], word[:]), uint64(n-i)))
		drawn[i], drawn[j] = drawn[j], drawn[i]
	}
	return drawn[:k], nil
}

// DrawSeed is what the mediators of a case are drawn with.
func DrawSeed(creatorSeed, providerSeed lilypad.Hash, deal lilypad.DealID) lilypad.Hash {
	return lilypad.Keccak256(creatorSeed[:], providerSeed[:], deal[:])
}

// modulo reduces a 256-bit number by a divisor below 2⁵⁶.
func modulo(h lilypad.Hash, n uint64) (r uint64) {
	for _, b := range h {
		r = (r<<8 | uint64(b)) % n
	}
	return r
}
