package sealing

import (
	"bytes"
	"crypto/ecdh"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"
	"filippo.io/age/plugin"

	"github.com/lilypad-network/lilypad"
)

// Key opens what was sealed to its recipient.
type Key struct {
	secret    lilypad.Hash
	identity  *age.X25519Identity
	recipient lilypad.Hash
}

// NewKey returns the key of 32 secret bytes, which may be any.
func NewKey(secret lilypad.Hash) Key {
	private, err := ecdh.X25519().NewPrivateKey(secret[:])
	if err != nil {
		panic(err) // of another length
	}
	identity, err := age.ParseX25519Identity(encode(secret))
	if err != nil {
		panic(err) // badly encoded
	}
	return Key{secret, identity, lilypad.Hash(private.PublicKey().Bytes())}
}

// Recipient is the public half: an X25519 public key.
func (k Key) Recipient() lilypad.Hash { return k.recipient }

// Format implements [fmt.Formatter]: whatever the verb, it tells the public
// half only.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.recipient.String()) }

// recipients are those of age for public keys. Invalid for what is none.
func recipients(to []lilypad.Hash) ([]age.Recipient, error) {
	var out []age.Recipient
	for _, h := range to {
		public, err := ecdh.X25519().NewPublicKey(h[:])
		if err != nil {
			return nil, notKey(h, err)
		}
		text, err := plugin.EncodeX25519Recipient(public)
		if err != nil {
			return nil, notKey(h, err)
		}
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, notKey(h, err)
		}
		if _, err := r.Wrap(make([]byte, 16)); err != nil { // a point of low order
			return nil, notKey(h, err)
		}
		out = append(out, r)
	}
	return out, nil
}

func notKey(h lilypad.Hash, err error) error {
	return &lilypad.Error{Code: lilypad.Invalid, Msg: h.String() + " is no key to seal to", Err: err}
}

func identities(keys []Key) (out []age.Identity) {
	for _, k := range keys {
		out = append(out, k.identity)
	}
	return out
}

// CheckRecipient tells whether something can be sealed to a key: there are
// points to which nothing can.
//
// # Errors
//
// Invalid.
func CheckRecipient(to lilypad.Hash) error {
	rs, err := recipients([]lilypad.Hash{to})
	if err != nil {
		return err
	}
	if _, err := age.Encrypt(io.Discard, rs...); err != nil {
		return notKey(to, err)
	}
	return nil
}

// Limits of a grant.
const (
	MaxGrant = 1024 // bytes
	maxKeys  = 4    // inside
)

// Grant seals keys to a recipient.
//
// # Errors
//
// Invalid for a recipient that is no key, or for no keys or more than 4.
func Grant(to lilypad.Hash, keys ...Key) ([]byte, error) {
	if len(keys) == 0 || len(keys) > maxKeys {
		return nil, lilypad.Errorf(lilypad.Invalid, "a grant has 1 to %d keys, not %d", maxKeys, len(keys))
	}
	rs, err := recipients([]lilypad.Hash{to})
	if err != nil {
		return nil, err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, rs...)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if _, err := w.Write(k.secret[:]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}

// Granted opens a grant that somebody sent.
//
// # Errors
//
// Invalid when the key does not open it, or it holds anything but 1 to 4 keys.
func Granted(grant []byte, with Key) ([]Key, error) {
	if len(grant) > MaxGrant {
		return nil, lilypad.Errorf(lilypad.Invalid, "a grant of %d bytes: at most %d", len(grant), MaxGrant)
	}
	r, err := age.Decrypt(bytes.NewReader(grant), with.identity)
	if err != nil {
		return nil, unopened(err)
	}
	secrets, err := io.ReadAll(r)
	if err != nil {
		return nil, unopened(err)
	}
	if n := len(secrets); n == 0 || n%32 != 0 || n > 32*maxKeys {
		return nil, lilypad.Errorf(lilypad.Invalid, "%d bytes in a grant are not 1 to %d keys", n, maxKeys)
	}
	var keys []Key
	for s := range slices.Chunk(secrets, 32) {
		keys = append(keys, NewKey(lilypad.Hash(s)))
	}
	return keys, nil
}

func unopened(err error) error {
	return &lilypad.Error{Code: lilypad.Invalid, Msg: "what is sealed cannot be opened", Err: err}
}
