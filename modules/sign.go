package modules

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/modules/template"
)

// SignaturesFile lies beside the template and says who vouches for the module.
const SignaturesFile = "lilypad_module.signatures.json"

// SignatureType is the media type of what is signed.
const SignatureType = "application/vnd.lilypad.module.v1+json"

// maxSignatures bounds the file, in bytes.
const maxSignatures = 64 << 10

// statement is what publishers sign: all that will run. A commit cannot be
// part of it, since the file with the signature is part of the commit.
type statement struct {
	Template lilypad.Hash `json:"template"`
	Wasm     lilypad.Hash `json:"wasm,omitzero"`
	Image    string       `json:"image,omitempty"`
}

func payload(m lilypad.Module) ([]byte, error) {
	return json.Marshal(statement{m.Template, m.Wasm, m.Image})
}

// Digest is what the steward's list of modules knows a module by: the SHA-256
// of the statement that signatures sign, with an image by its digest alone. So
// it is the same for the same bytes under any tag, commit, repository or name.
func Digest(m lilypad.Module) lilypad.Hash {
	if _, digest, ok := strings.Cut(m.Image, "@"); ok {
		m.Image = digest
	}
	return digestOf(m)
}

// Written is the digest of what a publisher wrote, its template and its WASI
// command, whatever image the template's tag means: everyone who runs a module
// has checked both, while the digest of an image behind a tag is its creator's
// word.
func Written(m lilypad.Module) lilypad.Hash {
	m.Image = ""
	return digestOf(m)
}

// BlockID is what a block of a resolved module names so that no other claim
// evades it: its [Digest], or [Written] where its template leaves the image to
// a tag.
//
// # Errors
//
// Those of template.Inspect.
func BlockID(r Resolved) (lilypad.Hash, error) {
	seen, err := template.Inspect(r.Template)
	if err != nil {
		return lilypad.Hash{}, err
	}
	own := r.Module
	if own.Image = seen.Forms[lilypad.EngineDocker].Image; fixed(own) || IsBuiltIn(own) {
		return Digest(r.Module), nil
	}
	return Written(r.Module), nil
}

func digestOf(m lilypad.Module) lilypad.Hash {
	text, err := payload(m)
	if err != nil {
		panic(err) // strings and hashes always marshal
	}
	return sha256.Sum256(text)
}

// Sign returns the module's signatures with one more. old are those that it
// has; nil: none.
//
// # Errors
//
// Invalid for a module whose image may change, and for an old file that is
// about other bytes.
func Sign(ctx context.Context, m lilypad.Module, key signing.PrivateKey, old []byte) ([]byte, error) {
	if !fixed(m) {
		return nil, lilypad.Errorf(lilypad.Invalid, "the image %.100q has no digest, so a signature would not hold it", m.Image).
			Try("write it into the template as NAME@sha256:DIGEST")
	}
	text, err := payload(m)
	if err != nil {
		return nil, err
	}
	signed, err := signing.Sign(ctx, key, SignatureType, text, old)
	if old != nil && err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: SignaturesFile, Remedy: "remove the file, and have the others sign the module again", Err: err}
	}
	return signed, err
}

// fixed tells whether the image is named by its digest.
func fixed(m lilypad.Module) bool {
	if m.Image == "" || IsBuiltIn(m) && strings.HasPrefix(m.Image, "sha256:") {
		return true
	}
	ref, err := name.ParseReference(m.Image)
	_, ok := ref.(name.Digest)
	return err == nil && ok
}

// Signers are the keys that a signature file of the module names, and whose
// signatures fit.
//
// # Errors
//
// Invalid for a file that is about other bytes or is none, Unauthorized naming
// the keys whose signatures do not fit; the others are returned.
func Signers(ctx context.Context, m lilypad.Module, signatures []byte) ([]signing.PublicKey, error) {
	text, err := payload(m)
	if err != nil {
		return nil, err
	}
	e, err := signing.Open(signatures, SignatureType, text)
	if errors.Is(err, signing.ErrOther) {
		return nil, lilypad.Errorf(lilypad.Invalid, "%s signs other bytes than this module's", SignaturesFile).Try("tell its publisher to sign it again")
	}
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: SignaturesFile, Remedy: "tell its publisher to sign it again", Err: err}
	}
	var wrong []error
	keys := slices.DeleteFunc(e.Signers(), func(k signing.PublicKey) bool {
		err := e.SignedBy(ctx, k)
		wrong = append(wrong, err)
		return err != nil
	})
	return keys, errors.Join(wrong...)
}

// Limits of what is remembered of signature files, beside the cache.
const (
	maxSigned  = 256
	failedStay = 10 * time.Second
)

// signed is what a repository said when it was asked for signatures.
type signed struct {
	text []byte
	err  error
	at   time.Time
}

// Signatures returns the signature file of a pinned module; nil when it has
// none. It reads no other file, since m may be anybody's claim: what the
// signatures are about is for [Signers], whether m is true for Verify.
//
// # Errors
//
// Those of Verify. One is remembered for 10 s.
func (r *Resolver) Signatures(ctx context.Context, m lilypad.Module) ([]byte, error) {
	if IsBuiltIn(m) {
		return nil, nil // it is part of the program
	}
	repository, err := pinned(m)
	if err != nil {
		return nil, err
	}
	if f, err := read(r.cacheDir(repository, m.Commit)); err == nil {
		return f.signatures, nil
	}
	key := repository + ":" + m.Commit
	r.mu.Lock()
	known, ok := r.signed[key]
	r.mu.Unlock()
	if ok && (known.err == nil || time.Since(known.at) < failedStay) {
		return known.text, known.err
	}
	at, err := r.fetch(ctx, repository, m.Commit)
	var text []byte
	if err == nil {
		text, err = signatures(ctx, at)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, err // which says nothing of the repository
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.signed) >= maxSigned {
		clear(r.signed)
	}
	r.signed[key] = signed{text, err, time.Now()}
	return text, err
}
