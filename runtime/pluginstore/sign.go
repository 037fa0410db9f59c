package pluginstore

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"github.com/lilypad-network/lilypad"
)

// ManifestType is the media type of a manifest: the payload type of its DSSE
// envelope, and its layer's type in an OCI artifact.
const ManifestType = "application/vnd.lilypad.plugin.manifest.v1+json"

// maxSigners bounds the signatures of one package.
const maxSigners = 16

// PublicKey is an Ed25519 key that signs packages. Its text is ed25519: and 64
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

// PrivateKey signs packages.
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

// Sign returns the package with one more signature: a DSSE envelope over its
// manifest, which names the module by its digest
// (https://github.com/secure-systems-lab/dsse).
func (p Package) Sign(ctx context.Context, key PrivateKey) (Package, error) {
	signer, err := dsse.NewEnvelopeSigner(key)
	if err != nil {
		return p, err
	}
	e, err := signer.SignPayload(ctx, ManifestType, p.Manifest)
	if err != nil {
		return p, err
	}
	if p.Signatures != nil {
		old, err := openEnvelope(p.Signatures, p.Manifest)
		if err != nil {
			return p, err
		}
		others := slices.DeleteFunc(old.Signatures, func(s dsse.Signature) bool { return s.KeyID == key.String() })
		e.Signatures = append(others, e.Signatures...)
	}
	text, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return p, err
	}
	return NewPackage(p.Wasm, p.Manifest, append(text, '\n'))
}

// openEnvelope reads signatures.json and checks that it is about a manifest.
func openEnvelope(text, manifest []byte) (*dsse.Envelope, error) {
	var e dsse.Envelope
	if err := decode(text, &e); err != nil {
		return nil, &Refusal{Rule: RuleEnvelope, Msg: signaturesFile + " is no DSSE envelope", Err: err}
	}
	payload, err := e.DecodeB64Payload()
	switch {
	case err != nil || e.PayloadType != ManifestType:
		return nil, refusef(RuleEnvelope, "%s signs %.100q, not %s", signaturesFile, e.PayloadType, ManifestType)
	case !bytes.Equal(payload, manifest):
		return nil, refusef(RuleEnvelope, "%s signs another manifest", signaturesFile).try("get the package again, or sign it again with lilypad plugin sign")
	case len(e.Signatures) == 0 || len(e.Signatures) > maxSigners:
		return nil, refusef(RuleEnvelope, "%s has %d signatures; want 1 to %d", signaturesFile, len(e.Signatures), maxSigners)
	}
	for _, s := range e.Signatures {
		if _, err := ParsePublicKey(s.KeyID); err != nil {
			return nil, refusef(RuleEnvelope, "a signature's key id is %.100q, not a key like ed25519:…", s.KeyID)
		}
	}
	return &e, nil
}

// Signers are the keys that a package says it was signed by. Nothing is
// verified.
func (p Package) Signers() []PublicKey {
	var keys []PublicKey
	if p.Signatures == nil {
		return nil
	}
	e, err := openEnvelope(p.Signatures, p.Manifest)
	if err != nil {
		return nil
	}
	for _, s := range e.Signatures {
		if k, err := ParsePublicKey(s.KeyID); err == nil {
			keys = append(keys, k)
		}
	}
	return keys
}

// signedBy verifies the signature of one key.
func (p Package) signedBy(ctx context.Context, key PublicKey) error {
	e, err := openEnvelope(p.Signatures, p.Manifest)
	if err != nil {
		return err
	}
	v, err := dsse.NewEnvelopeVerifier(key)
	if err != nil {
		return err
	}
	if _, err := v.Verify(ctx, e); err != nil {
		return refusef(RuleSignature, "the signature of %s does not fit the manifest", key).try("get the package again, and tell its publisher")
	}
	return nil
}
