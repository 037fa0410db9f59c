package lilypad

import (
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/sha3"
)

// Hash is a 32-byte Keccak-256 digest with no more specific type.
type Hash [32]byte

// JobID is the EIP-712 struct hash of a JobOffer. One offer gives at most one
// deal, so it is also the key of the deal on chain.
type JobID [32]byte

// DealID is the EIP-712 struct hash of a Deal.
type DealID [32]byte

// ModuleID names a pinned module; see [Module.ID].
type ModuleID [32]byte

// PluginID is the SHA-256 digest of a plugin's wasm file.
type PluginID [32]byte

// ContentID is the SHA-256 digest of the canonical DAG-CBOR block that
// describes a folder: see runtime/storage and docs/adr/0001-content-id.md.
// Its text is a CIDv1 (dag-cbor, sha2-256, base32).
type ContentID [32]byte

// Address is an EVM account.
type Address [20]byte

// Keccak256 returns the Keccak-256 digest of the concatenated parts.
func Keccak256(parts ...[]byte) Hash {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	var out Hash
	h.Sum(out[:0])
	return out
}

func (h Hash) String() string      { return hexText(h[:]) }
func (id JobID) String() string    { return hexText(id[:]) }
func (id DealID) String() string   { return hexText(id[:]) }
func (id ModuleID) String() string { return hexText(id[:]) }

// String returns the digest as sha256:<hex>.
func (id PluginID) String() string { return sha256Prefix + hex.EncodeToString(id[:]) }

// String returns the EIP-55 mixed-case form.
func (a Address) String() string {
	text := []byte(hex.EncodeToString(a[:]))
	sum := Keccak256(text)
	for i, c := range text {
		if c >= 'a' && sum[i/2]>>(4*(1-i%2))&0xf >= 8 {
			text[i] = c - 'a' + 'A'
		}
	}
	return "0x" + string(text)
}

// String returns the CIDv1 text, beginning "bafyrei".
func (id ContentID) String() string {
	return "b" + cidBase32.EncodeToString(append([]byte(cidPrefix), id[:]...))
}

func (h Hash) IsZero() bool       { return h == Hash{} }
func (a Address) IsZero() bool    { return a == Address{} }
func (id ContentID) IsZero() bool { return id == ContentID{} }
func (id PluginID) IsZero() bool  { return id == PluginID{} }

func (h Hash) MarshalText() ([]byte, error)       { return []byte(h.String()), nil }
func (id JobID) MarshalText() ([]byte, error)     { return []byte(id.String()), nil }
func (id DealID) MarshalText() ([]byte, error)    { return []byte(id.String()), nil }
func (id ModuleID) MarshalText() ([]byte, error)  { return []byte(id.String()), nil }
func (id PluginID) MarshalText() ([]byte, error)  { return []byte(id.String()), nil }
func (id ContentID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }
func (a Address) MarshalText() ([]byte, error)    { return []byte(a.String()), nil }

func (h *Hash) UnmarshalText(b []byte) error      { return parseHex(h[:], "hash", b) }
func (id *JobID) UnmarshalText(b []byte) error    { return parseHex(id[:], "job id", b) }
func (id *DealID) UnmarshalText(b []byte) error   { return parseHex(id[:], "deal id", b) }
func (id *ModuleID) UnmarshalText(b []byte) error { return parseHex(id[:], "module id", b) }
func (a *Address) UnmarshalText(b []byte) error   { return parseHex(a[:], "address", b) }

// UnmarshalText accepts the digest with or without its sha256: prefix.
func (id *PluginID) UnmarshalText(b []byte) error {
	text := strings.TrimPrefix(string(b), sha256Prefix)
	return parseHex(id[:], "plugin digest", []byte("0x"+text))
}

// UnmarshalText accepts only the form that String prints.
func (id *ContentID) UnmarshalText(b []byte) error {
	var got ContentID
	raw, err := cidBase32.DecodeString(strings.TrimPrefix(string(b), "b"))
	if err == nil && len(raw) == len(cidPrefix)+len(got) {
		copy(got[:], raw[len(cidPrefix):])
	}
	// The decoder skips line breaks and spare bits: only the printed form counts.
	if got.String() != string(b) {
		return Errorf(Invalid, "content id %.80q is not a base32 CIDv1 of a dag-cbor block", b)
	}
	*id = got
	return nil
}

// ParseJobID reads the text form of a job id.
func ParseJobID(s string) (id JobID, err error) { return id, id.UnmarshalText([]byte(s)) }

// ParseAddress reads 0x and 40 hexadecimal digits in any letter case.
func ParseAddress(s string) (a Address, err error) { return a, a.UnmarshalText([]byte(s)) }

// ParsePluginID reads a plugin's SHA-256 digest.
func ParsePluginID(s string) (id PluginID, err error) { return id, id.UnmarshalText([]byte(s)) }

// ParseContentID reads the text form of a content id.
func ParseContentID(s string) (id ContentID, err error) { return id, id.UnmarshalText([]byte(s)) }

const (
	sha256Prefix = "sha256:"
	cidPrefix    = "\x01\x71\x12\x20" // CIDv1, dag-cbor, sha2-256, 32 bytes
)

var cidBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func hexText(b []byte) string { return "0x" + hex.EncodeToString(b) }

func parseHex(dst []byte, what string, text []byte) error {
	s := strings.TrimPrefix(string(text), "0x")
	if len(s) == len(text) || len(s) != 2*len(dst) {
		return Errorf(Invalid, "%s %.80q is not 0x and %d hexadecimal digits", what, text, 2*len(dst))
	}
	if _, err := hex.Decode(dst, []byte(s)); err != nil {
		return &Error{Code: Invalid, Msg: fmt.Sprintf("%s %.80q", what, text), Err: err}
	}
	return nil
}
