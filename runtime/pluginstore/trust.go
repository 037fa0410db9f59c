package pluginstore

import (
	"context"
	"errors"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/signing"
)

// Trust is whom an operator believes.
type Trust struct {
	Keys     []TrustedKey       `json:"keys,omitempty"`
	Unsigned []lilypad.PluginID `json:"unsigned,omitempty"` // packages that were taken without a signature
}

// TrustedKey is a key and what its operator calls it.
type TrustedKey struct {
	Key  signing.PublicKey `json:"key"`
	Name string            `json:"name,omitempty"`
}

// Verify returns the trusted keys that signed a package: at least one, and
// every signature that names a trusted key fits.
//
// # Errors
//
// A [Refusal] with RuleUnsigned, RuleKey or RuleSignature.
func (t Trust) Verify(ctx context.Context, p Package) ([]TrustedKey, error) {
	if p.Signatures == nil {
		return nil, refusef(RuleUnsigned, "nobody has signed it").try("ask its publisher, or install it from a local folder with --unsigned")
	}
	signers := p.Signers()
	var by []TrustedKey
	for _, k := range t.Keys {
		if !slices.Contains(signers, k.Key) {
			continue
		}
		if err := p.signedBy(ctx, k.Key); err != nil {
			return nil, err
		}
		by = append(by, k)
	}
	if len(by) == 0 && len(signers) > 0 {
		return nil, refusef(RuleKey, "it is signed by %s, which is not trusted", signers[0]).
			try("lilypad plugin trust %s, after asking the publisher whether that is their key", signers[0])
	}
	if len(by) == 0 {
		_, err := openEnvelope(p.Signatures, p.Manifest)
		return nil, err
	}
	return by, nil
}

// accept forgives what its operator knowingly took.
func (t Trust) accept(id lilypad.PluginID, err error) error {
	if slices.Contains(t.Unsigned, id) && tolerable(err) {
		return nil
	}
	return err
}

// tolerable tells whether nobody known signed it. A signature that does not
// fit is not tolerated.
func tolerable(err error) bool {
	r, ok := errors.AsType[*Refusal](err)
	return ok && (r.Rule == RuleUnsigned || r.Rule == RuleKey)
}

// maxKeys bounds the trusted keys.
const maxKeys = 256

// Trust reads whom the operator believes.
//
// # Errors
//
// Invalid when the file cannot be read.
func (s *Store) Trust() (t Trust, err error) {
	err = s.read(trustFile, &t)
	return t, err
}

// AddKey trusts a key from now on, or renames it.
func (s *Store) AddKey(ctx context.Context, k TrustedKey) error {
	return s.change(ctx, func() error {
		t, err := s.Trust()
		if err != nil {
			return err
		}
		t.Keys = append(t.without(k.Key), k)
		if len(t.Keys) > maxKeys {
			return lilypad.Errorf(lilypad.Exhausted, "at most %d keys are trusted", maxKeys).Try("lilypad plugin trust KEY --remove")
		}
		return s.write(trustFile, t)
	})
}

// RemoveKey trusts a key no more. Running nodes drop what it alone has signed.
//
// # Errors
//
// NotFound.
func (s *Store) RemoveKey(ctx context.Context, k signing.PublicKey) error {
	return s.change(ctx, func() error {
		t, err := s.Trust()
		if err != nil {
			return err
		}
		rest := t.without(k)
		if len(rest) == len(t.Keys) {
			return lilypad.Errorf(lilypad.NotFound, "key %s is not trusted", k).Try("lilypad plugin trust")
		}
		t.Keys = rest
		return s.write(trustFile, t)
	})
}

func (t Trust) without(k signing.PublicKey) []TrustedKey {
	return slices.DeleteFunc(slices.Clone(t.Keys), func(o TrustedKey) bool { return o.Key == k })
}
