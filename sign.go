package lilypad

import "encoding/binary"

// Signature is a 64-byte compact secp256k1 signature (EIP-2098), low s.
type Signature [64]byte

func (s Signature) MarshalText() ([]byte, error)  { return []byte(hexText(s[:])), nil }
func (s *Signature) UnmarshalText(b []byte) error { return parseHex(s[:], "signature", b) }

// Signable is a statement with an EIP-712 struct hash.
type Signable interface{ StructHash() Hash }

// Signed is a statement and the signature over its EIP-712 digest. Nothing
// here checks it: see runtime/wallet.
type Signed[T Signable] struct {
	Body      T         `json:"body"`
	Signature Signature `json:"signature"`
}

// Domain is the EIP-712 domain of one contract, in version "1".
type Domain struct {
	ChainID  uint64  `json:"chain_id"`
	Contract Address `json:"contract"`
	Name     string  `json:"name,omitempty"` // empty: that of settlement contracts
}

// Title is the name that is signed.
func (d Domain) Title() string {
	if d.Name == "" {
		return "Lilypad"
	}
	return d.Name
}

// Digest is what is signed for a statement: keccak(0x1901 ‖ domain ‖ struct).
func (d Domain) Digest(s Signable) Hash {
	name, version := Keccak256([]byte(d.Title())), Keccak256([]byte("1"))
	domain := newStruct("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)").
		word(name).word(version).uint(d.ChainID).address(d.Contract).hash()
	statement := s.StructHash()
	return Keccak256([]byte{0x19, 0x01}, domain[:], statement[:])
}

// encoder builds abi.encode of static words.
type encoder struct{ buf []byte }

func newStruct(typ string) *encoder {
	return (&encoder{}).word(Keccak256([]byte(typ)))
}

func (e *encoder) word(h Hash) *encoder {
	e.buf = append(e.buf, h[:]...)
	return e
}

func (e *encoder) address(a Address) *encoder {
	e.buf = append(append(e.buf, make([]byte, 12)...), a[:]...)
	return e
}

func (e *encoder) uint(v uint64) *encoder {
	e.buf = binary.BigEndian.AppendUint64(append(e.buf, make([]byte, 24)...), v)
	return e
}

func (e *encoder) bool(v bool) *encoder {
	if v {
		return e.uint(1)
	}
	return e.uint(0)
}

func (e *encoder) text(s string) *encoder { return e.word(Keccak256([]byte(s))) }

// amount encodes micro-LILY as the token's base units.
func (e *encoder) amount(a Amount) *encoder {
	w := a.Base()
	return e.word(w)
}

func (e *encoder) hash() Hash { return Keccak256(e.buf) }
