package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// operator types commands in a data folder of its own.
type operator struct {
	*testing.T
	data string
}

// try runs a command and returns its result, as JSON.
func (o operator) try(v any, args ...string) error {
	o.Helper()
	_, err := o.steps(v, args...)
	return err
}

// steps is try, and returns what was told beside the result.
func (o operator) steps(v any, args ...string) (string, error) {
	o.Helper()
	var out, steps bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: &steps}}).command()
	root.SetArgs(append([]string{"plugin", "--json", "--data", o.data}, args...))
	err := root.ExecuteContext(o.Context())
	if err == nil && v != nil {
		if err := json.Unmarshal(out.Bytes(), v); err != nil {
			o.Fatalf("%v printed %q: %v", args, out.String(), err)
		}
	}
	return steps.String(), err
}

func (o operator) must(v any, args ...string) {
	o.Helper()
	if err := o.try(v, args...); err != nil {
		o.Fatalf("%v: %v", args, err)
	}
}

func (o operator) refused(code lilypad.Code, says string, args ...string) {
	o.Helper()
	err := o.try(nil, args...)
	if lilypad.CodeOf(err) != code || !strings.Contains(err.Error(), says) || lilypad.RemedyOf(err) == "" && code != lilypad.Invalid {
		o.Errorf("%v: %v (%s), remedy %q; want %s and %q", args, err, lilypad.CodeOf(err), lilypad.RemedyOf(err), code, says)
	}
}

// demoFolder writes the package of a plugin that is not built in.
func demoFolder(t *testing.T) (string, pluginstore.Package) {
	t.Helper()
	p, err := plugins.Lookup(hostapi.HookMatch, "cheapest")
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := p.Wasm()
	if err != nil {
		t.Fatal(err)
	}
	m := p.Manifest
	m.Name, m.Capabilities = "demo", []string{"log"}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := pluginstore.NewPackage(wasm, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "dist")
	if err := pkg.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir, pkg
}

// A plugin is not started before all that it wants is granted, even to look
// whether it takes its settings.
func TestPlugin_Enable_startsNothingThatIsNotGranted(t *testing.T) {
	o := operator{t, t.TempDir()}
	wasm := wasmasm.Module{Memory: wasmasm.Limits(32, 32), Funcs: []wasmasm.Func{
		{Export: hostapi.ExportArena, Type: "i>i", Body: wasmasm.I32(1 << 16)},
		{Export: hostapi.ExportConfigure, Type: "iiii>i", Body: wasmasm.Code(wasmasm.Unreachable)},
		{Export: hostapi.HookMatch.Export(), Type: "iiii>i", Body: wasmasm.I32(0)},
	}}.Bytes()
	text, err := json.Marshal(hostapi.Manifest{
		Name: "trap", Version: "1.0.0", Hook: "match", API: "1.0", License: "MIT", Source: "here",
		SHA256: fmt.Sprintf("%x", sha256.Sum256(wasm)), Capabilities: []string{"log"},
	})
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := pluginstore.NewPackage(wasm, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	dist := filepath.Join(t.TempDir(), "dist")
	if err := pkg.Write(dist); err != nil {
		t.Fatal(err)
	}
	o.must(nil, "install", dist, "--unsigned")
	o.refused(lilypad.Unauthorized, "which is not granted", "enable", "match/trap")
	o.refused(lilypad.Invalid, "does not ask for blob_read", "enable", "match/trap", "--grant", "log,blob_read")
	o.refused(lilypad.Invalid, "trap", "enable", "match/trap", "--grant", "log")
}

// Whoever enables a plugin is told of all that it ends.
func TestPlugin_Enable_tellsWhatItReplaces(t *testing.T) {
	o := operator{t, t.TempDir()}
	for _, step := range []struct {
		args []string
		want string // of what it replaces; empty: nothing
	}{
		{[]string{"match/cheapest"}, ""},
		{[]string{"match/cheapest", "--shadow"}, ""},
		{[]string{"match/cheapest", "--shadow", "--set", "region_bonus=5"}, "match/cheapest@1.0.0, for the solver, as a shadow"},
		{[]string{"match/best-fit", "--role", "solver"}, "match/cheapest@1.0.0, for the solver, fallback configured"},
		{[]string{"match/best-fit", "--fallback", "refuse"}, "match/best-fit@1.0.0, for the solver, fallback configured"},
	} {
		steps, err := o.steps(nil, append([]string{"enable"}, step.args...)...)
		if err != nil {
			t.Fatal(err)
		}
		if (step.want != "") != strings.Contains(steps, "takes the place of") || !strings.Contains(steps, step.want) {
			t.Errorf("enable %v tells %q, want %q", step.args, steps, step.want)
		}
	}
}

// A shadow ends alone, and leaves what decides.
func TestPlugin_Disable_shadow(t *testing.T) {
	o := operator{t, t.TempDir()}
	o.refused(lilypad.NotFound, "is a shadow", "disable", "match/cheapest", "--shadow")
	o.must(nil, "enable", "match/cheapest")
	o.must(nil, "enable", "match/cheapest", "--shadow")
	var ended []pluginstore.Entry
	o.must(&ended, "disable", "match/cheapest", "--shadow")
	if len(ended) != 1 || !ended[0].Shadow {
		t.Errorf("ended %+v", ended)
	}
	o.refused(lilypad.NotFound, "is a shadow", "disable", "match/cheapest", "--shadow")
	o.must(nil, "disable", "match/cheapest")
}

func TestPlugin_Enable_helpNamesTheRolesOfEachHook(t *testing.T) {
	role := (&app{Printer: &cli.Printer{}}).enableCommand().Flags().Lookup("role").Usage
	for hook, roles := range pluginstore.Roles {
		if strings.Contains(role, hook) != (len(roles) > 0) {
			t.Errorf("--role of %s, which %v ask: %q", hook, roles, role)
		}
	}
}

type whyAnswer struct {
	InUse    bool `json:"in_use"`
	Findings []finding
}

// asked finds what plugin why says to a question.
func (w whyAnswer) asked(question string) finding {
	for _, f := range w.Findings {
		if f.Question == question {
			return f
		}
	}
	return finding{}
}

// From a publisher's key to a plugin in use, and back.
func TestPlugin_fromKeyToUse(t *testing.T) {
	o := operator{t, t.TempDir()}
	dist, pkg := demoFolder(t)
	file := filepath.Join(t.TempDir(), "publisher.pem")
	var key struct{ Key string }
	o.must(&key, "keygen", file)

	o.refused(lilypad.Unauthorized, "nobody has signed it", "install", dist)
	o.refused(lilypad.Invalid, "no key to sign with", "sign", dist)
	o.must(nil, "sign", dist, "--key", file)
	o.refused(lilypad.Unauthorized, key.Key, "install", dist)
	o.refused(lilypad.Unauthorized, key.Key, "verify", dist)
	o.must(nil, "trust", key.Key, "--name", "alice")
	o.must(nil, "verify", dist)
	o.must(nil, "install", dist)
	var inside hostapi.Manifest
	if o.must(&inside, "inspect", "match/demo"); inside.SHA256 != strings.TrimPrefix(pkg.ID.String(), "sha256:") {
		t.Errorf("inspected %+v", inside)
	}

	o.refused(lilypad.Unauthorized, "which is not granted", "enable", "match/demo")
	o.refused(lilypad.Invalid, "Region_Bonus", "enable", "match/demo", "--grant", "log", "--set", "Region_Bonus=5")
	o.refused(lilypad.Invalid, "want integer", "enable", "match/demo", "--grant", "log", "--set", `region_bonus="5"`)
	o.refused(lilypad.Invalid, `no role "provider"`, "enable", "match/demo", "--grant", "log", "--role", "provider")
	o.refused(lilypad.NotFound, "match/other", "enable", "match/other")
	var why whyAnswer
	o.must(&why, "why", "match/demo")
	if f := why.asked("enabled"); why.InUse || f.Yes || !strings.Contains(f.Because, "nobody has enabled it") {
		t.Errorf("before it is enabled: %+v", why)
	}

	rules := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(rules, []byte(`{"region_bonus": 7}`), 0o600); err != nil {
		t.Fatal(err)
	}
	o.must(nil, "enable", "match/demo", "--grant", "log", "--settings", rules, "--set", "region_bonus=5")
	why = whyAnswer{}
	o.must(&why, "why", pkg.ID.String())
	enabled := why.asked("enabled").Because
	if !why.InUse || !strings.Contains(enabled, `{"region_bonus":5}`) || !strings.Contains(enabled, "granted log") || why.asked("loads").Because == "" {
		t.Errorf("when it is enabled: %+v", why)
	}
	why = whyAnswer{}
	o.must(&why, "why", "match/best-fit")
	if f := why.asked("enabled"); f.Yes || !strings.Contains(f.Because, "match/demo@1.0.0 is enabled in its place") {
		t.Errorf("of another one: %+v", why)
	}

	var list []listed
	o.must(&list, "list")
	if l := list[len(list)-1]; l.Name != "demo" || !l.Installed || l.SignedBy[0].Name != "alice" || len(l.Enabled) != 1 || l.Origin != dist {
		t.Errorf("listed as %+v", l)
	}
	o.must(nil, "trust", key.Key, "--remove")
	why = whyAnswer{}
	o.must(&why, "why", "match/demo")
	if f := why.asked("trusted"); why.InUse || f.Yes || !strings.Contains(f.Because, "not trusted") {
		t.Errorf("when its key is not trusted any more: %+v", why)
	}
	o.refused(lilypad.Conflict, "is enabled", "rm", "match/demo")
	o.must(nil, "disable", "match/demo")
	o.must(nil, "rm", "match/demo")
	o.refused(lilypad.NotFound, "match/demo", "why", "match/demo")
}

func TestPlugin_Push_refusesASignatureThatDoesNotFit(t *testing.T) {
	o := operator{t, t.TempDir()}
	dist, _ := demoFolder(t)
	keys := t.TempDir()
	var a, b struct{ Key string }
	o.must(&a, "keygen", filepath.Join(keys, "a"))
	o.must(&b, "keygen", filepath.Join(keys, "b"))
	o.must(nil, "sign", dist, "--key", filepath.Join(keys, "a"))
	file := filepath.Join(dist, "signatures.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(text, []byte(a.Key), []byte(b.Key)), 0o600); err != nil {
		t.Fatal(err)
	}
	o.refused(lilypad.Unauthorized, "does not fit", "push", dist, "oci:"+filepath.Join(t.TempDir(), "layout"))
}

func TestPlugin_Push_toALayoutAndBack(t *testing.T) {
	o := operator{t, t.TempDir()}
	dist, pkg := demoFolder(t)
	layout := filepath.Join(t.TempDir(), "layout")
	var pushed struct{ Reference string }
	o.must(&pushed, "push", dist, "oci:"+layout)
	if !strings.HasPrefix(pushed.Reference, "oci:"+layout+"@sha256:") {
		t.Errorf("pushed as %q", pushed.Reference)
	}
	var installed struct{ Digest string }
	o.must(&installed, "install", layout, "--unsigned")
	if installed.Digest != pkg.ID.String() {
		t.Errorf("installed %s", installed.Digest)
	}
}
