package sealing

import (
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Secrets of age are written in Bech32 (BIP 173), for which age exports no
// function: see https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki.
const (
	prefix  = "age-secret-key-"
	letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	checks  = 6 // letters
)

// encode writes a secret as age does.
func encode(secret lilypad.Hash) string {
	var data []byte // of 5 bits each
	acc, bits := uint(0), 0
	for _, b := range secret {
		for acc, bits = acc<<8|uint(b), bits+8; bits >= 5; {
			bits -= 5
			data = append(data, byte(acc>>bits&31))
		}
	}
	data = append(data, byte(acc<<(5-bits)&31))
	sum := checksum(append(data, make([]byte, checks)...)) ^ 1
	for i := range checks {
		data = append(data, byte(sum>>(5*(checks-1-i))&31))
	}
	text := []byte(prefix + "1")
	for _, d := range data {
		text = append(text, letters[d])
	}
	return strings.ToUpper(string(text))
}

// checksum is the polynomial of BIP 173 over the prefix and data.
func checksum(data []byte) uint32 {
	var all []byte
	for _, c := range prefix {
		all = append(all, byte(c)>>5)
	}
	all = append(all, 0)
	for _, c := range prefix {
		all = append(all, byte(c)&31)
	}
	sum := uint32(1)
	for _, d := range append(all, data...) {
		top := sum >> 25
		sum = (sum&0x1ffffff)<<5 ^ uint32(d)
		for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	return sum
}
