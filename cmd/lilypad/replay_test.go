//go:build !race

// The race detector makes compiling Go guests a matter of minutes.

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// logAdmissions fills the log of a data folder with what the plugin standing
// says to 30 jobs, and what another says in its shadow.
func logAdmissions(t *testing.T, data string) {
	t.Helper()
	l, err := decisions.Open(decisions.Config{Dir: filepath.Join(data, node.DecisionsDir)})
	if err != nil {
		t.Fatal(err)
	}
	h, err := pluginhost.New(pluginhost.Config{CacheDir: filepath.Join(data, "cache", "plugins"), OnDecision: l.Observe})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	open := func(settings map[string]any) *pluginhost.Plugin {
		b, err := plugins.Lookup(hostapi.HookAdmit, "standing")
		if err != nil {
			t.Fatal(err)
		}
		pkg, err := node.BuiltinPackage(b)
		if err != nil {
			t.Fatal(err)
		}
		p, err := h.Load(t.Context(), pluginhost.Source{Wasm: pkg.Wasm, Manifest: pkg.Manifest, Settings: settings})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	ctx := decisions.As(t.Context(), "provider")
	first, shadow := open(nil), open(map[string]any{"price_floor": 1_500_000})
	n := hostapi.Node{Address: hostapi.Bytes20{1}, Weekday: hostapi.WeekdayMonday, Slots: 99}
	for i := range 30 {
		if i == 29 {
			ctx = decisions.WithShadows(ctx, nil, shadow)
		}
		r := hostapi.Request{ID: hostapi.Bytes32{byte(i)}, Engine: hostapi.EngineWasm, StandingPrice: 1_000_000, MaxPrice: 2_000_000, Timeout: 60, ModuleName: "cowsay:v0.0.4"}
		if _, err := first.Admit(ctx, lilypad.Time(i), n, []hostapi.Request{r}); err != nil {
			t.Fatal(err)
		}
	}
	for l.Stats().Kept < 31 {
		if s := l.Stats(); s.Lost+s.Dropped+s.Shadows > 0 {
			t.Fatalf("%+v", s)
		}
		time.Sleep(time.Millisecond)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReplay(t *testing.T) {
	data := t.TempDir()
	logAdmissions(t, data)
	run := func(args ...string) (string, error) { return lilypadWith(t, "", append(args, "--data", data)...) }
	out, err := run("replay", "--last", "30")
	if err != nil || !strings.Contains(out, "30: 30 identical, 0 different") {
		t.Errorf("%s\n%v", out, err)
	}
	if out, err = run("replay", "--all", "--json"); err != nil {
		t.Errorf("%s\n%v", out, err)
	}
	var all replayed
	_, object, _ := strings.Cut(out, "{") // on a slow machine progress comes before it
	if err := json.Unmarshal([]byte("{"+object), &all); err != nil || all.Identical != 31 || all.Replayed != 31 {
		t.Errorf("%+v, %v", all, err)
	}
	for name, args := range map[string][]string{
		"neither": {"replay"}, "both": {"replay", "0x1234", "--last", "2"}, "negative": {"replay", "--last", "-1"}, "unknown": {"replay", "0x00000000000000000"},
	} {
		if out, err := run(args...); err == nil || lilypad.RemedyOf(err) == "" {
			t.Errorf("%s: %s, %v", name, out, err)
		}
	}
}

func TestReplay_tellsAForgedFile(t *testing.T) {
	data := t.TempDir()
	logAdmissions(t, data)
	run := func(args ...string) (string, error) { return lilypadWith(t, "", append(args, "--data", data)...) }
	var id string
	for e, err := range decisions.Read(filepath.Join(data, node.DecisionsDir)) {
		if err != nil {
			t.Fatal(err)
		}
		id = e.ID().String()[:12]
	}
	file := filepath.Join(t.TempDir(), "decision.json")
	if out, err := run("replay", id, "--export", file); err != nil {
		t.Fatalf("%s\n%v", out, err)
	}
	if out, err := run("replay", file, "--referee"); err != nil || !strings.Contains(out, "identical") || !strings.Contains(out, "taken at 1 LILY") {
		t.Errorf("%s\n%v", out, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	forged := strings.Replace(string(text), `"fuel": `, `"fuel": 1`, 1)
	if err := os.WriteFile(file, []byte(forged), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := run("replay", file)
	if lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(out, "record.fuel differs") {
		t.Errorf("%s\n%v", out, err)
	}
	if out, err = run("replay", file, "--json"); err == nil || !strings.Contains(out, `"field": "id"`) {
		t.Errorf("%s\n%v", out, err)
	}
}

// A file cannot be excused from the replay by saying that there was no answer.
func TestReplay_tellsAFileThatWasEmptied(t *testing.T) {
	data := t.TempDir()
	logAdmissions(t, data)
	run := func(args ...string) (string, error) { return lilypadWith(t, "", append(args, "--data", data)...) }
	file := filepath.Join(t.TempDir(), "decision.json")
	var f map[string]any
	for e, err := range decisions.Read(filepath.Join(data, node.DecisionsDir)) {
		if err != nil {
			t.Fatal(err)
		}
		if out, err := run("replay", e.ID().String(), "--export", file); err != nil {
			t.Fatalf("%s\n%v", out, err)
		}
		break
	}
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &f)
	}
	if err != nil {
		t.Fatal(err)
	}
	f["output"], f["rule"], f["error"] = nil, "breaker", "x"
	if text, err = json.Marshal(f); err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := run("replay", file)
	if lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(out, "id differs") || strings.Contains(out, "nothing to repeat") {
		t.Errorf("%s\n%v", out, err)
	}
}

func TestPluginTry(t *testing.T) {
	data := t.TempDir()
	logAdmissions(t, data)
	run := func(args ...string) (string, error) { return lilypadWith(t, "", append(args, "--data", data)...) }
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"recorded":       {[]string{"plugin", "try", "admit/standing", "--set", "price_floor=1500000"}, "30 × taken → asked for more, -30 LILY"},
		"same":           {[]string{"plugin", "try", "admit/standing"}, "30 of 30"},
		"sample":         {[]string{"plugin", "try", "admit/trusted", "--against", "sample"}, "not named by digest"},
		"shadow":         {[]string{"plugin", "shadow"}, "1 × taken → asked for more, -1 LILY"},
		"nothing":        {[]string{"plugin", "try", "match/cheapest"}, ""},
		"another role":   {[]string{"plugin", "try", "admit/standing", "--role", "provider-2"}, ""},
		"no such source": {[]string{"plugin", "try", "admit/standing", "--against", "nothing"}, ""},
		"not for match":  {[]string{"plugin", "try", "match/cheapest", "--against", "sample"}, ""},
		"wrong setting":  {[]string{"plugin", "try", "admit/standing", "--set", "flor=1"}, ""},
	} {
		out, err := run(tc.args...)
		if (err == nil) != (tc.want != "") || !strings.Contains(out, tc.want) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// Who reads a log is told what it lacks.
func TestReplay_tellsOfGaps(t *testing.T) {
	data := t.TempDir()
	logAdmissions(t, data)
	gaps := `{"since": "2026-01-02T03:04:05Z", "last": "2026-01-02T03:04:05Z", "rankings": 77, "shadows": 3, "rate": 2500000}`
	if err := os.WriteFile(filepath.Join(data, node.DecisionsDir, "gaps.json"), []byte(gaps), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"replay", "--last", "1"}, {"plugin", "why", "match/cheapest"}} {
		out, err := lilypadWith(t, "", append(args, "--data", data)...)
		if err != nil || !strings.Contains(out, "77 rankings") || !strings.Contains(out, "2.5 MB") || !strings.Contains(out, "3 questions") {
			t.Errorf("%v: %s\n%v", args, out, err)
		}
	}
	if out, err := lilypadWith(t, "", "plugin", "why", "admit/standing", "--data", data); err != nil || strings.Contains(out, "77") {
		t.Errorf("of what is always logged: %s\n%v", out, err)
	}
	if _, err := lilypadWith(t, "", "replay", "0x1", "0x2", "--data", data); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) != "lilypad replay 0x1" {
		t.Errorf("two at once: %v", err)
	}
}
