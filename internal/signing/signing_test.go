package signing_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/signing"
)

const mediaType = "application/vnd.example+json"

func newKey(t testing.TB) signing.PrivateKey {
	t.Helper()
	k, err := signing.GenerateKey(filepath.Join(t.TempDir(), "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t testing.TB, payload string, keys ...signing.PrivateKey) []byte {
	t.Helper()
	var text []byte
	for _, k := range keys {
		var err error
		if text, err = signing.Sign(context.Background(), k, mediaType, []byte(payload), text); err != nil {
			t.Fatal(err)
		}
	}
	return text
}

func TestSign_addsAndRenews(t *testing.T) {
	a, b := newKey(t), newKey(t)
	e, err := signing.Open(sign(t, "x", a, b, a), mediaType, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Signers(); len(got) != 2 {
		t.Fatalf("signed by %v", got)
	}
	for _, k := range []signing.PrivateKey{a, b} {
		if err := e.SignedBy(t.Context(), k.PublicKey); err != nil {
			t.Error(err)
		}
	}
	if err := e.SignedBy(t.Context(), newKey(t).PublicKey); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("a stranger's signature fits: %v", err)
	}
	if _, err := signing.Sign(t.Context(), a, mediaType, []byte("y"), sign(t, "x", b)); !errors.Is(err, signing.ErrOther) {
		t.Errorf("signatures of two things are in one file: %v", err)
	}
}

func TestOpen_refuses(t *testing.T) {
	k := newKey(t)
	good := string(sign(t, "x", k))
	head, _, _ := strings.Cut(good, `"signatures"`)
	many := make([]signing.PrivateKey, 16)
	for i := range many {
		many[i] = newKey(t)
	}
	full := sign(t, "x", many...)
	if _, err := signing.Sign(t.Context(), k, mediaType, []byte("x"), full); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("a seventeenth signature: %v", err)
	}
	for name, tt := range map[string]struct{ text, want string }{
		"not JSON":       {"{", "no DSSE envelope"},
		"unknown field":  {strings.Replace(good, `"payload"`, `"more": 1, "payload"`, 1), "unknown field"},
		"more":           {good + "{}", "more follows"},
		"another type":   {strings.Replace(good, mediaType, "text/plain", 1), `it signs "text/plain"`},
		"another thing":  {string(sign(t, "y", k)), "something else"},
		"no signature":   {head + `"signatures": []}`, "0 signatures"},
		"a strange key":  {strings.Replace(good, "ed25519:", "rsa:", 1), "key id"},
		"far too large":  {good + strings.Repeat(" ", signing.MaxEnvelope), "larger than"},
		"no base64 text": {strings.Replace(good, `"payload": "`, `"payload": "*`, 1), "it signs"},
	} {
		if _, err := signing.Open([]byte(tt.text), mediaType, []byte("x")); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func TestReadKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.pem")
	k, err := signing.GenerateKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got, err := signing.ReadKey(path); err != nil || got.PublicKey != k.PublicKey {
		t.Errorf("read %v, %v", got.PublicKey, err)
	}
	if _, err := signing.GenerateKey(path); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("a key was overwritten: %v", err)
	}
	if err := os.WriteFile(path, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := signing.ReadKey(path); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("no key was read: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	k := newKey(f)
	f.Add(sign(f, "x", k))
	f.Add([]byte(`{"payloadType":"","payload":"","signatures":[{"keyid":"ed25519:00","sig":""}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := signing.Open(text, mediaType, []byte("x"))
		if err != nil {
			return
		}
		if n := len(e.Signers()); n < 1 || n > 16 {
			t.Errorf("%d signers", n)
		}
		if err := e.SignedBy(t.Context(), k.PublicKey); err == nil && !slices.Contains(e.Signers(), k.PublicKey) {
			t.Error("a signature fits that is not there")
		}
	})
}
