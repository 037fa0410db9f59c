package pluginstore

import (
	"context"
	"errors"

	"github.com/lilypad-network/lilypad/internal/signing"
)

// ManifestType is the media type of a manifest: the payload type of its DSSE
// envelope, and its layer's type in an OCI artifact.
const ManifestType = "application/vnd.lilypad.plugin.manifest.v1+json"

// Sign returns the package with one more signature, over its manifest, which
// names the module by its digest.
func (p Package) Sign(ctx context.Context, key signing.PrivateKey) (Package, error) {
	if p.Signatures != nil {
		if _, err := openEnvelope(p.Signatures, p.Manifest); err != nil {
			return p, err
		}
	}
	text, err := signing.Sign(ctx, key, ManifestType, p.Manifest, p.Signatures)
	if err != nil {
		return p, err
	}
	return NewPackage(p.Wasm, p.Manifest, text)
}

// openEnvelope reads signatures.json and checks that it is about a manifest.
func openEnvelope(text, manifest []byte) (signing.Envelope, error) {
	e, err := signing.Open(text, ManifestType, manifest)
	switch {
	case errors.Is(err, signing.ErrOther):
		return e, refusef(RuleEnvelope, "%s signs another manifest", signaturesFile).try("get the package again, or sign it again with lilypad plugin sign")
	case err != nil:
		return e, &Refusal{Rule: RuleEnvelope, Msg: signaturesFile + ": " + err.Error()}
	}
	return e, nil
}

// Signers are the keys that a package says it was signed by. Nothing is
// verified.
func (p Package) Signers() []signing.PublicKey {
	if p.Signatures == nil {
		return nil
	}
	e, err := openEnvelope(p.Signatures, p.Manifest)
	if err != nil {
		return nil
	}
	return e.Signers()
}

// CheckSignatures verifies all signatures, whoever made them: what a publisher
// does before others get to see them.
//
// # Errors
//
// A [Refusal] with RuleSignature.
func (p Package) CheckSignatures(ctx context.Context) error {
	for _, key := range p.Signers() {
		if err := p.signedBy(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// signedBy verifies the signature of one key.
func (p Package) signedBy(ctx context.Context, key signing.PublicKey) error {
	e, err := openEnvelope(p.Signatures, p.Manifest)
	if err != nil {
		return err
	}
	if e.SignedBy(ctx, key) != nil {
		return refusef(RuleSignature, "the signature of %s does not fit the manifest", key).try("get the package again, and tell its publisher")
	}
	return nil
}
