package signing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"github.com/lilypad-network/lilypad"
)

const (
	// MaxEnvelope is the largest signature file that Open reads, in bytes.
	MaxEnvelope = 1 << 20
	maxSigners  = 16
)

// Envelope is a signature file that is about a known payload. Nothing in it is
// verified but that.
type Envelope struct{ dsse dsse.Envelope }

// Sign returns a signature file over a payload of a media type. old is one to
// add to, whose other keys' signatures stay; nil: none.
//
// # Errors
//
// Those of Open for old.
func Sign(ctx context.Context, key PrivateKey, mediaType string, payload, old []byte) ([]byte, error) {
	signer, err := dsse.NewEnvelopeSigner(key)
	if err != nil {
		return nil, err
	}
	e, err := signer.SignPayload(ctx, mediaType, payload)
	if err != nil {
		return nil, err
	}
	if old != nil {
		had, err := Open(old, mediaType, payload)
		if err != nil {
			return nil, err
		}
		others := slices.DeleteFunc(had.dsse.Signatures, func(s dsse.Signature) bool { return s.KeyID == key.String() })
		e.Signatures = append(others, e.Signatures...)
	}
	if len(e.Signatures) > maxSigners {
		return nil, lilypad.Errorf(lilypad.Exhausted, "at most %d keys sign one thing", maxSigners)
	}
	text, err := json.MarshalIndent(e, "", "  ")
	return append(text, '\n'), err
}

// ErrOther is that a signature file is about something else than expected.
var ErrOther = errors.New("it signs something else")

// Open reads a signature file and checks that it is about a payload.
//
// # Errors
//
// ErrOther, or what is wrong with its form.
func Open(text []byte, mediaType string, payload []byte) (Envelope, error) {
	var e dsse.Envelope
	if len(text) > MaxEnvelope {
		return Envelope{}, fmt.Errorf("it is larger than %d bytes", MaxEnvelope)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return Envelope{}, fmt.Errorf("it is no DSSE envelope: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Envelope{}, errors.New("it is no DSSE envelope: more follows the value")
	}
	signed, err := e.DecodeB64Payload()
	switch {
	case err != nil || e.PayloadType != mediaType:
		return Envelope{}, fmt.Errorf("it signs %.100q, not %s", e.PayloadType, mediaType)
	case !bytes.Equal(signed, payload):
		return Envelope{}, ErrOther
	case len(e.Signatures) == 0 || len(e.Signatures) > maxSigners:
		return Envelope{}, fmt.Errorf("it has %d signatures; want 1 to %d", len(e.Signatures), maxSigners)
	}
	for _, s := range e.Signatures {
		if _, err := ParsePublicKey(s.KeyID); err != nil {
			return Envelope{}, fmt.Errorf("a signature's key id is %.100q, not a key like ed25519:…", s.KeyID)
		}
	}
	return Envelope{e}, nil
}

// Signers are the keys that it says it was signed by.
func (e Envelope) Signers() []PublicKey {
	var keys []PublicKey
	for _, s := range e.dsse.Signatures {
		if k, err := ParsePublicKey(s.KeyID); err == nil { // Open has seen that
			keys = append(keys, k)
		}
	}
	return keys
}

// SignedBy verifies the signature of one key.
//
// # Errors
//
// Unauthorized when it does not fit, or there is none.
func (e Envelope) SignedBy(ctx context.Context, key PublicKey) error {
	v, err := dsse.NewEnvelopeVerifier(key)
	if err != nil {
		return err
	}
	if _, err := v.Verify(ctx, &e.dsse); err != nil {
		return lilypad.Errorf(lilypad.Unauthorized, "the signature of %s does not fit", key)
	}
	return nil
}
