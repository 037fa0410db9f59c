package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
)

func TestCopyInputs(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	if err := os.MkdirAll(filepath.Join(from, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(from, "a", "b", "c"), "12345")
	write(t, filepath.Join(from, "d"), "12345")
	if err := copyInputs(to, from, 10); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"a/b/c", "d"} {
		if text, err := os.ReadFile(filepath.Join(to, name)); err != nil || string(text) != "12345" {
			t.Errorf("%s: %q %v", name, text, err)
		}
	}
	if err := copyInputs(t.TempDir(), from, 9); lilypad.CodeOf(err) != lilypad.Exhausted || lilypad.RemedyOf(err) == "" {
		t.Errorf("10 bytes of 9: %v", err)
	}
}

// A link in the inputs folder does not bring a job what lies outside.
func TestModule_Run_followsNoLinks(t *testing.T) {
	o, dir := operator{t, t.TempDir()}, t.TempDir()
	secret := write(t, filepath.Join(t.TempDir(), "secret"), "x")
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	results := filepath.Join(t.TempDir(), "results")
	if p := o.refusal("run", "cowsay:v0.0.4", "-i", "Message=moo", "--inputs-path", dir, "--output", results); p.Error.Code != string(lilypad.Invalid) || !strings.Contains(p.Error.Message, "link") {
		t.Errorf("%+v", p)
	}
	if _, err := os.Stat(filepath.Join(results, workFolder)); err == nil {
		t.Error("a copy is left")
	}
}

// A template that is a link is mended where it is.
func TestModule_Lint_mendsThroughLinks(t *testing.T) {
	o, dir := operator{t, t.TempDir()}, t.TempDir()
	file := write(t, filepath.Join(dir, "real.tmpl"), `{"job": {"Spec": {"Docker": {"Image": "a/b:1", "Entrypoint": ["a",]}}}}`)
	link := filepath.Join(t.TempDir(), modules.TemplateFile)
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	if text, err := o.says("lint", link, "--fix"); err != nil {
		t.Fatal(err, text)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
	if text, err := os.ReadFile(file); err != nil || strings.Contains(string(text), ",]") {
		t.Errorf("mended to %s (%v)", text, err)
	}
}
