package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
)

// lilypadWith runs a command with a configuration file and returns what it
// printed.
func lilypadWith(t *testing.T, config string, args ...string) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lilypad.yaml")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: &out}}).command()
	root.SetArgs(append(args, "--config", file))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

func TestConfig_refusesKeysThatNobodyReads(t *testing.T) {
	for config, want := range map[string]string{
		"admitt: {use: standing}":              `nothing reads the key "admitt"`,
		"admit: {use: x, setings: {a: 1}}":     `nothing reads the key "admit.setings"`,
		"provider: {zonne: UTC}":               `nothing reads the key "provider.zonne"`,
		"decisions: {max_age: 1h, max_gb: 1}":  `nothing reads the key "decisions.max_gb"`,
		"input: [Message=moo]":                 `nothing reads the key "input"`,
		"admit: [standing]":                    "expected a map",
		"admit: {use: standing":                "yaml",
		"max-price: 3\nlisten: 127.0.0.1:8850": "", // flags of other commands
	} {
		_, err := lilypadWith(t, config, "version")
		switch {
		case want == "" && err != nil:
			t.Errorf("%q is refused: %v", config, err)
		case want != "" && (lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: %v, want %q", config, err, want)
		}
	}
}

func TestConfig_suggestsTheNearestKey(t *testing.T) {
	_, err := lilypadWith(t, "admitt: {use: standing}", "version")
	if got := lilypad.RemedyOf(err); got != "write admit" {
		t.Errorf("%q", got)
	}
}

func TestConfig_precedence(t *testing.T) {
	if out, err := lilypadWith(t, "json: true", "version"); err != nil || !strings.HasPrefix(out, "{") {
		t.Errorf("the file is ignored: %q, %v", out, err)
	}
	t.Setenv("LILYPAD_JSON", "false")
	if out, err := lilypadWith(t, "json: true", "version"); err != nil || strings.HasPrefix(out, "{") {
		t.Errorf("the variable does not come before the file: %q, %v", out, err)
	}
	if out, err := lilypadWith(t, "", "version", "--json"); err != nil || !strings.HasPrefix(out, "{") {
		t.Errorf("the flag does not come before the variable: %q, %v", out, err)
	}
}
