package lilypad

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Amount is money in micro-LILY, 10⁻⁶ LILY. The token has 18 decimals; one
// micro-LILY is 10¹² of its base units, and every amount in a deal is a whole
// number of micro-LILY. In JSON it is an integer.
type Amount uint64

// LILY is one whole token.
const LILY Amount = 1_000_000

// MaxAmount is the largest amount that signed terms may name: the contract
// keeps prices in 80 bits of base units.
const MaxAmount Amount = 1_000_000_000_000

// String prints LILY as a decimal without trailing zeros, such as 1.25.
func (a Amount) String() string {
	whole := strconv.FormatUint(uint64(a/LILY), 10)
	if a%LILY == 0 {
		return whole
	}
	frac := strconv.FormatUint(uint64(a%LILY+LILY), 10)[1:]
	return whole + "." + strings.TrimRight(frac, "0")
}

// ParseAmount reads a decimal number of LILY with at most six decimals.
//
// # Errors
//
// Invalid for anything else, a sign or an overflow included.
func ParseAmount(s string) (Amount, error) {
	bad := Errorf(Invalid, "amount %.40q is not LILY with at most 6 decimals, such as 1.25", s)
	whole, frac, _ := strings.Cut(strings.TrimSpace(s), ".")
	if len(frac) > 6 || (whole == "" && frac == "") {
		return 0, bad
	}
	w, err := strconv.ParseUint("0"+whole, 10, 64)
	if err != nil || w > math.MaxUint64/uint64(LILY)-1 {
		return 0, bad
	}
	f, err := strconv.ParseUint((frac + "000000")[:6], 10, 64)
	if err != nil {
		return 0, bad
	}
	return Amount(w)*LILY + Amount(f), nil
}

// Base returns the amount in the token's base units (10⁻¹⁸ LILY) as a
// big-endian 256-bit integer.
func (a Amount) Base() Hash {
	hi, lo := bits.Mul64(uint64(a), basePerMicro)
	var w Hash
	binary.BigEndian.PutUint64(w[16:], hi)
	binary.BigEndian.PutUint64(w[24:], lo)
	return w
}

// AmountFromBase converts base units, dropping a fraction of a micro-LILY.
// It saturates at the largest Amount.
func AmountFromBase(w Hash) Amount {
	for _, b := range w[:16] {
		if b != 0 {
			return math.MaxUint64
		}
	}
	hi, lo := binary.BigEndian.Uint64(w[16:]), binary.BigEndian.Uint64(w[24:])
	if hi >= basePerMicro {
		return math.MaxUint64
	}
	q, _ := bits.Div64(hi, lo, basePerMicro)
	return Amount(q)
}

const basePerMicro = 1_000_000_000_000
