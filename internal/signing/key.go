package signing

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// PublicKey is an Ed25519 key. Its text is ed25519: and 64
// hexadecimal digits.
type PublicKey [ed25519.PublicKeySize]byte

const keyPrefix = "ed25519:"

func (k PublicKey) String() string { return keyPrefix + hex.EncodeToString(k[:]) }

// MarshalText gives the text form.
func (k PublicKey) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the text form.
func (k *PublicKey) UnmarshalText(text []byte) error {
	s, ok := strings.CutPrefix(string(text), keyPrefix)
	b, err := hex.DecodeString(s)
	if !ok || err != nil || len(b) != len(k) {
		return lilypad.Errorf(lilypad.Invalid, "key %.100q is not ed25519: and 64 hexadecimal digits", text).
			Try("ask its owner, who sees it with lilypad plugin keygen, or in signatures.json")
	}
	copy(k[:], b)
	return nil
}

// ParsePublicKey reads the text form of a key.
func ParsePublicKey(s string) (k PublicKey, err error) {
	err = k.UnmarshalText([]byte(s))
	return k, err
}

// Verify is for package dsse.
func (k PublicKey) Verify(_ context.Context, data, sig []byte) error {
	if !ed25519.Verify(k[:], data, sig) {
		return errors.New("it does not fit")
	}
	return nil
}

// KeyID is the text form.
func (k PublicKey) KeyID() (string, error) { return k.String(), nil }

// Public is for package dsse.
func (k PublicKey) Public() crypto.PublicKey { return ed25519.PublicKey(k[:]) }

// PrivateKey signs.
type PrivateKey struct {
	PublicKey
	secret ed25519.PrivateKey
}

// Sign is for package dsse.
func (k PrivateKey) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(k.secret, data), nil
}

// GenerateKey makes a key and writes it to a new file that only its owner can
// read, in PKCS #8 as PEM.
//
// # Errors
//
// Conflict when the file exists or cannot be made.
func GenerateKey(path string) (PrivateKey, error) {
	_, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return PrivateKey{}, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		return PrivateKey{}, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return PrivateKey{}, &lilypad.Error{Code: lilypad.Conflict, Msg: "key file", Remedy: "name a file that does not exist, in a folder that does", Err: err}
	}
	_, err = f.Write(pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: der}))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return PrivateKey{}, err
	}
	return newPrivateKey(secret), nil
}

const pemType = "PRIVATE KEY"

func newPrivateKey(secret ed25519.PrivateKey) PrivateKey {
	k := PrivateKey{secret: secret}
	copy(k.PublicKey[:], secret.Public().(ed25519.PublicKey))
	return k
}

// ReadKey reads a file of GenerateKey, or of openssl genpkey -algorithm
// ed25519.
//
// # Errors
//
// NotFound, Invalid.
func ReadKey(path string) (PrivateKey, error) {
	f, err := os.Open(path)
	if err != nil {
		return PrivateKey{}, &lilypad.Error{Code: lilypad.NotFound, Msg: "key file", Remedy: "lilypad plugin keygen FILE", Err: err}
	}
	defer f.Close()
	const maxKeyFile = 4 << 10
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return PrivateKey{}, err
	}
	if block, _ := pem.Decode(text); block != nil && block.Type == pemType {
		if any, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if secret, ok := any.(ed25519.PrivateKey); ok {
				return newPrivateKey(secret), nil
			}
		}
	}
	return PrivateKey{}, lilypad.Errorf(lilypad.Invalid, "%s is no Ed25519 private key", path).Try("lilypad plugin keygen FILE")
}
