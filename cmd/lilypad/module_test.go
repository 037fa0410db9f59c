package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/modules"
)

// module runs a command of lilypad module and returns its result, as JSON.
func (o operator) module(v any, args ...string) error {
	o.Helper()
	var out bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: &bytes.Buffer{}}}).command()
	root.SetArgs(append([]string{"module", "--json", "--data", o.data}, args...))
	err := root.ExecuteContext(o.Context())
	if err == nil && v != nil {
		err = json.Unmarshal(out.Bytes(), v)
	}
	return err
}

func (o operator) moduleRefused(code lilypad.Code, says string, args ...string) {
	o.Helper()
	err := o.module(nil, args...)
	if lilypad.CodeOf(err) != code || !strings.Contains(err.Error(), says) || lilypad.RemedyOf(err) == "" {
		o.Errorf("%v: %v (%s), remedy %q; want %s and %q", args, err, lilypad.CodeOf(err), lilypad.RemedyOf(err), code, says)
	}
}

// From a publisher's folder to a module that an operator trusts.
func TestModule_SignAndVerify(t *testing.T) {
	o, dir, file := operator{t, t.TempDir()}, t.TempDir(), filepath.Join(t.TempDir(), "publisher.pem")
	template := func(image string) {
		t.Helper()
		text := `{"job": {"Spec": {"Docker": {"Image": "` + image + `", "Entrypoint": ["tool"]}}}}`
		if err := os.WriteFile(filepath.Join(dir, modules.TemplateFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var key, other struct{ Key string }
	o.must(&key, "keygen", file)
	template("example/tool:1")
	o.moduleRefused(lilypad.Invalid, "no key to sign with", "sign", dir)
	o.moduleRefused(lilypad.NotFound, "key file", "sign", dir, "--key", file+"x")
	o.moduleRefused(lilypad.Invalid, "has no digest", "sign", dir, "--key", file)
	template("example/tool@sha256:" + strings.Repeat("ab", 32))
	o.moduleRefused(lilypad.Unauthorized, "nobody vouches for", "verify", dir)
	var signed struct {
		File string
		Keys []string
	}
	if err := o.module(&signed, "sign", dir, "--key", file); err != nil {
		t.Fatal(err)
	}
	if signed.File != filepath.Join(dir, modules.SignaturesFile) || len(signed.Keys) != 1 || signed.Keys[0] != key.Key {
		t.Errorf("signed %+v", signed)
	}
	o.moduleRefused(lilypad.Unauthorized, key.Key, "verify", dir)
	o.must(nil, "trust", key.Key, "--name", "alice")
	second := filepath.Join(t.TempDir(), "second.pem")
	o.must(&other, "keygen", second)
	if err := o.module(nil, "sign", dir, "--key", second); err != nil {
		t.Fatal(err)
	}
	var verified struct {
		By []struct{ Name string } `json:"signed_by"`
	}
	if err := o.module(&verified, "verify", dir); err != nil || len(verified.By) != 1 || verified.By[0].Name != "alice" {
		t.Errorf("verified %+v, %v", verified, err)
	}
	template("example/tool@sha256:" + strings.Repeat("cd", 32))
	o.moduleRefused(lilypad.Invalid, "signs other bytes", "verify", dir)
	o.moduleRefused(lilypad.Invalid, "is no URL", "verify", dir, "--git-mirror", "github.com=nowhere")
	for _, wrong := range [][]string{{"sign"}, {"verify", "a", "b"}, {"list", "all"}, {"inspect"}} {
		o.moduleRefused(lilypad.Invalid, "w", wrong...)
	}
}

// A signature is written beside the template that it is about, or nowhere.
func TestModule_Sign_onlyFolders(t *testing.T) {
	o, file := operator{t, t.TempDir()}, filepath.Join(t.TempDir(), "publisher.pem")
	o.must(nil, "keygen", file)
	t.Chdir(t.TempDir())
	if err := os.Mkdir("cowsay", 0o700); err != nil {
		t.Fatal(err)
	}
	for ref, remedy := range map[string]string{"cowsay": "write ./cowsay", "cowsay:v0.0.4": "part of the program", "github.com/owner/name:v1": "clone"} {
		err := o.module(nil, "sign", ref, "--key", file)
		if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(lilypad.RemedyOf(err), remedy) {
			t.Errorf("sign %s: %v, remedy %q, want %q", ref, err, lilypad.RemedyOf(err), remedy)
		}
	}
	for _, dir := range []string{".", "cowsay"} {
		if _, err := os.Stat(filepath.Join(dir, modules.SignaturesFile)); err == nil {
			t.Errorf("a signature file was written into %s", dir)
		}
	}
	o.moduleRefused(lilypad.Unauthorized, "part of the program", "verify", "cowsay:v0.0.4")
}

// The digest that a steward blocks is the one that nodes compute: a tag is
// looked up. What is signed must not depend on that.
func TestModule_looksUpTagsAsNodesDo(t *testing.T) {
	o, dir, file := operator{t, t.TempDir()}, t.TempDir(), filepath.Join(t.TempDir(), "publisher.pem")
	o.must(nil, "keygen", file)
	text := `{"job": {"Spec": {"Docker": {"Image": "127.0.0.1:1/tool:v1", "Entrypoint": ["tool"]}}}}`
	if err := os.WriteFile(filepath.Join(dir, modules.TemplateFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	o.moduleRefused(lilypad.Unauthorized, "127.0.0.1", "inspect", dir)
	o.moduleRefused(lilypad.Unauthorized, "127.0.0.1", "block", dir, "--reason", "why")
	o.moduleRefused(lilypad.Unauthorized, "127.0.0.1", "unblock", dir)
	o.moduleRefused(lilypad.Invalid, "has no digest", "sign", dir, "--key", file)
}
