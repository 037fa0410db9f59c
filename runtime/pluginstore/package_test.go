package pluginstore_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// wasm is not a plugin that would run: the store runs none.
var wasm = []byte("\x00asm\x01\x00\x00\x00")

func manifest(edits ...string) []byte {
	m := fmt.Sprintf(`{"name": "demo", "version": "1.0.0", "hook": "match", "api": "1.0", "summary": "for tests",
 "capabilities": ["log"], "license": "MIT", "source": "here", "sha256": "%x"}`, sha256.Sum256(wasm))
	return []byte(strings.NewReplacer(edits...).Replace(m))
}

func newPackage(t *testing.T, edits ...string) pluginstore.Package {
	t.Helper()
	p, err := pluginstore.NewPackage(wasm, manifest(edits...), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newKey(t *testing.T) signing.PrivateKey {
	t.Helper()
	k, err := signing.GenerateKey(filepath.Join(t.TempDir(), "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t *testing.T, p pluginstore.Package, keys ...signing.PrivateKey) pluginstore.Package {
	t.Helper()
	for _, k := range keys {
		var err error
		if p, err = p.Sign(t.Context(), k); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// rule tells which rule of the store an error names.
func rule(err error) pluginstore.Rule {
	r, ok := errors.AsType[*pluginstore.Refusal](err)
	if !ok {
		return ""
	}
	return r.Rule
}

// Whatever is wrong with a package has one rule, a message that says more, a
// code, and where there is one, a remedy.
func TestPackage_refuses(t *testing.T) {
	key, stranger := newKey(t), newKey(t)
	good := sign(t, newPackage(t), key)
	trust := pluginstore.Trust{Keys: []pluginstore.TrustedKey{{Key: key.PublicKey}}}
	other := sign(t, newPackage(t, "1.0.0", "1.0.1"), key)
	edit := func(old, new string) []byte { return bytes.Replace(good.Signatures, []byte(old), []byte(new), 1) }
	var envelope struct {
		Signatures []struct{ Sig string }
	}
	if err := json.Unmarshal(good.Signatures, &envelope); err != nil {
		t.Fatal(err)
	}
	sig := envelope.Signatures[0].Sig
	for name, tt := range map[string]struct {
		wasm, manifest, signatures []byte
		rule                       pluginstore.Rule
		code                       lilypad.Code
		says                       string
	}{
		"changed module":     {append([]byte{}, "\x00asm\x01\x00\x00\x01"...), good.Manifest, good.Signatures, pluginstore.RuleDigest, lilypad.Invalid, "its manifest is for sha256:"},
		"changed manifest":   {wasm, manifest("for tests", "for testz"), good.Signatures, pluginstore.RuleEnvelope, lilypad.Invalid, "signs another manifest"},
		"changed signature":  {wasm, good.Manifest, edit(sig[:8], flip(sig[:8])), pluginstore.RuleSignature, lilypad.Unauthorized, "does not fit"},
		"signature of other": {wasm, good.Manifest, other.Signatures, pluginstore.RuleEnvelope, lilypad.Invalid, "signs another manifest"},
		"unknown key":        {wasm, good.Manifest, sign(t, newPackage(t), stranger).Signatures, pluginstore.RuleKey, lilypad.Unauthorized, stranger.String()},
		"borrowed key id":    {wasm, good.Manifest, bytes.Replace(sign(t, newPackage(t), stranger).Signatures, []byte(stranger.String()), []byte(key.String()), 1), pluginstore.RuleSignature, lilypad.Unauthorized, "does not fit"},
		"unsigned":           {wasm, good.Manifest, nil, pluginstore.RuleUnsigned, lilypad.Unauthorized, "nobody"},
		"other API":          {wasm, manifest(`"1.0"`, `"2.0"`), nil, pluginstore.RuleAPI, lilypad.Invalid, "speaks 2.0"},
		"later API":          {wasm, manifest(`"1.0"`, `"1.999"`), nil, pluginstore.RuleAPI, lilypad.Invalid, "speaks 1.999"},
		"no manifest":        {wasm, []byte("hello"), nil, pluginstore.RuleManifest, lilypad.Invalid, ""},
		"unknown capability": {wasm, manifest(`"log"`, `"clock"`), nil, pluginstore.RuleManifest, lilypad.Invalid, "clock"},
		"manifest of source": {wasm, bytes.Replace(manifest(), fmt.Appendf(nil, `, "sha256": "%x"`, sha256.Sum256(wasm)), nil, 1), nil, pluginstore.RuleDigest, lilypad.Invalid, "names no module"},
		"large module":       {make([]byte, 8<<20+1), good.Manifest, nil, pluginstore.RuleSize, lilypad.Invalid, "plugin.wasm is larger"},
		"large manifest":     {wasm, make([]byte, hostapi.MaxManifest+1), nil, pluginstore.RuleSize, lilypad.Invalid, "manifest.json is larger"},
		"large envelope":     {wasm, good.Manifest, make([]byte, 1<<20), pluginstore.RuleSize, lilypad.Invalid, "signatures.json is larger"},
		"no envelope":        {wasm, good.Manifest, []byte("{"), pluginstore.RuleEnvelope, lilypad.Invalid, "no DSSE"},
		"more than one":      {wasm, good.Manifest, append(edit("", ""), good.Signatures...), pluginstore.RuleEnvelope, lilypad.Invalid, "more follows"},
		"other payload":      {wasm, good.Manifest, edit("vnd.lilypad", "vnd.other"), pluginstore.RuleEnvelope, lilypad.Invalid, "vnd.other"},
		"odd key id":         {wasm, good.Manifest, edit("ed25519:", "rsa:"), pluginstore.RuleEnvelope, lilypad.Invalid, "key id"},
		"good":               {wasm, good.Manifest, good.Signatures, "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := pluginstore.NewPackage(tt.wasm, tt.manifest, tt.signatures)
			if err == nil {
				_, err = trust.Verify(t.Context(), p)
			}
			if tt.rule == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if rule(err) != tt.rule || lilypad.CodeOf(err) != tt.code || !strings.Contains(fmt.Sprint(err, errors.Unwrap(err)), tt.says) {
				t.Errorf("got %v (rule %q, code %s); want rule %s, code %s and %q", err, rule(err), lilypad.CodeOf(err), tt.rule, tt.code, tt.says)
			}
		})
	}
}

// flip gives other base64 of the same length.
func flip(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, s)
}

func TestPackage_Sign_addsAndRenews(t *testing.T) {
	a, b := newKey(t), newKey(t)
	p := sign(t, newPackage(t), a, b, a)
	if got := p.Signers(); len(got) != 2 {
		t.Fatalf("signed by %v", got)
	}
	trust := pluginstore.Trust{Keys: []pluginstore.TrustedKey{{Key: a.PublicKey, Name: "a"}, {Key: b.PublicKey, Name: "b"}}}
	by, err := trust.Verify(t.Context(), p)
	if err != nil || len(by) != 2 {
		t.Errorf("verified by %v, %v", by, err)
	}
}

// write puts files into a new folder.
func write(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRead(t *testing.T) {
	good := sign(t, newPackage(t), newKey(t))
	folder := t.TempDir()
	if err := good.Write(folder); err != nil {
		t.Fatal(err)
	}
	source := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(source, "dist"), 0o700), os.WriteFile(filepath.Join(source, "manifest.json"), []byte("the source's"), 0o600), good.Write(filepath.Join(source, "dist"))); err != nil {
		t.Fatal(err)
	}
	layout := filepath.Join(t.TempDir(), "layout")
	if _, err := good.WriteLayout(t.Context(), layout); err != nil {
		t.Fatal(err)
	}
	loose := write(t, map[string][]byte{"mine.wasm": wasm, "mine.json": good.Manifest, "manifest.json": []byte("another's")})
	shared := write(t, map[string][]byte{"mine.wasm": wasm, "manifest.json": good.Manifest})
	outside := write(t, map[string][]byte{"plugin.wasm": wasm})
	link := write(t, map[string][]byte{"manifest.json": good.Manifest})
	odd := write(t, map[string][]byte{"manifest.json": good.Manifest})
	two := filepath.Join(t.TempDir(), "layout")
	for _, v := range []string{"1.0.0", "1.0.1"} {
		if _, err := newPackage(t, "1.0.0", v).WriteLayout(t.Context(), two); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Symlink(filepath.Join(outside, "plugin.wasm"), filepath.Join(link, "plugin.wasm")), os.Mkdir(filepath.Join(odd, "plugin.wasm"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		path   string
		signed bool
		rule   pluginstore.Rule
		code   lilypad.Code
	}{
		"folder":              {folder, true, "", ""},
		"source folder":       {source, true, "", ""},
		"OCI layout":          {layout, true, "", ""},
		"file and NAME.json":  {filepath.Join(loose, "mine.wasm"), false, "", ""},
		"file and manifest":   {filepath.Join(shared, "mine.wasm"), false, "", ""},
		"link out of it":      {link, false, pluginstore.RulePath, lilypad.Invalid},
		"a folder for a file": {odd, false, pluginstore.RulePath, lilypad.Invalid},
		"layout of two":       {two, false, pluginstore.RuleLayout, lilypad.Invalid},
		"empty":               {t.TempDir(), false, "", lilypad.NotFound},
		"absent":              {filepath.Join(folder, "absent"), false, "", lilypad.NotFound},
		"large":               {write(t, map[string][]byte{"plugin.wasm": make([]byte, 8<<20+1)}), false, pluginstore.RuleSize, lilypad.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := pluginstore.Read(tt.path)
			if tt.code != "" {
				if rule(err) != tt.rule || lilypad.CodeOf(err) != tt.code {
					t.Errorf("%v (rule %q, code %s)", err, rule(err), lilypad.CodeOf(err))
				}
				return
			}
			if err != nil || p.ID != good.ID || (p.Signatures != nil) != tt.signed {
				t.Errorf("read %v, signed %v, %v", p.ID, p.Signatures != nil, err)
			}
		})
	}
}
