// Package coin tosses the coin of schemes that check by chance. It stands apart
// from package ballot, since a hash makes a plugin larger by a quarter.
package coin

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/lilypad-network/lilypad/sdk/go/mediate"
)

// Toss is a number that the case decides, evenly spread: of its seed, or of
// its name where it has none, and of salt, which the operator may keep secret.
func Toss(c mediate.Case, salt int64) uint64 {
	from := c.ID()
	if c.HasSeed() {
		from = c.Seed()
	}
	hash := sha256.Sum256(binary.BigEndian.AppendUint64(from[:], uint64(salt)))
	return binary.BigEndian.Uint64(hash[:])
}
