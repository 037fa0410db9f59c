package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
)

// command runs the program and returns what it printed as its result.
func command(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := (&app{Printer: &cli.Printer{Out: &out, Err: io.Discard}}).command()
	root.SetArgs(append(args, "--data", t.TempDir()))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// TestPlugin_fromNewToBench is what an author does, in an empty folder outside
// of the repository, where no module can be fetched.
func TestPlugin_fromNewToBench(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a plugin")
	}
	t.Chdir(t.TempDir())
	t.Setenv("GOPROXY", "off")
	for _, step := range []struct {
		args []string
		want []string
	}{
		{[]string{"new", "--lang", "go", "--hook", "match", "demo"}, []string{"demo/main.go", "lilypad plugin build demo"}},
		{[]string{"build", "demo"}, []string{"match/demo 0.1.0", "sha256:", "export     lilypad_match_1 (i32 i32 i32 i32) (i32)", "load "}},
		{[]string{"test", "demo", "--count", "50"}, []string{"ok    go test (1)", "ok    vectors (2)", "ok    interpreted as compiled"}},
		{[]string{"bench", "demo"}, []string{"FUEL PER ITEM", "1000", "memory"}},
		{[]string{"inspect", "demo"}, []string{"section    code", "import     wasi_snapshot_preview1.", "would load it"}},
		{[]string{"inspect", "demo/dist/plugin.wasm"}, []string{"would load it"}},
		{[]string{"sdk", "update", "demo"}, []string{"changed    0 files"}},
	} {
		out, err := command(t, append([]string{"plugin"}, step.args...)...)
		if err != nil {
			t.Fatalf("plugin %q: %v\n%s", step.args, err, out)
		}
		for _, want := range step.want {
			if !strings.Contains(filepath.ToSlash(out), want) {
				t.Errorf("plugin %q lacks %q:\n%s", step.args, want, out)
			}
		}
	}
	var built struct {
		SHA256 string
		Load   int64 `json:"load_ns"`
	}
	out, err := command(t, "plugin", "build", "demo", "--json")
	if err == nil {
		err = json.Unmarshal([]byte(out), &built)
	}
	if err != nil || len(built.SHA256) != 64 || built.Load <= 0 {
		t.Errorf("build --json: %v\n%s", err, out)
	}
	out, err = command(t, "plugin", "bench", "demo", "--json")
	names := map[string]bool{}
	for line := range strings.Lines(out) {
		var l struct{ Name, Unit string }
		if e := json.Unmarshal([]byte(line), &l); e != nil || l.Unit == "" {
			t.Errorf("%q: %v", line, e)
		}
		names[l.Name] = true
	}
	if err != nil || !names["batch-1000/time"] || !names["load/warm"] {
		t.Errorf("bench --json: %v\n%s", err, out)
	}
}

func TestPlugin_test_failsForABrokenPlugin(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a plugin")
	}
	t.Chdir(t.TempDir())
	t.Setenv("GOPROXY", "off")
	if _, err := command(t, "plugin", "new", "demo"); err != nil {
		t.Fatal(err)
	}
	vector := filepath.Join("demo", "vectors", "price.json")
	b, err := os.ReadFile(vector)
	if err == nil {
		err = os.WriteFile(vector, bytes.Replace(b, []byte("-9500"), []byte("-9501"), 1), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := command(t, "plugin", "build", "demo", "--set", "max_slashes=-1"); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "max_slashes") {
		t.Errorf("settings that the schema refuses: %v", err)
	}
	out, err := command(t, "plugin", "test", "demo", "--count", "1", "--seed", "5")
	if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(lilypad.RemedyOf(err), "--seed 5") {
		t.Errorf("got %v, try %q", err, lilypad.RemedyOf(err))
	}
	for _, want := range []string{"FAIL  vectors", "price: record 1: score is -9500, want -9501", "ok    in any order"} {
		if !strings.Contains(out, want) {
			t.Errorf("it lacks %q:\n%s", want, out)
		}
	}
	if out, err = command(t, "plugin", "test", "demo", "--count", "1", "--accept"); err != nil {
		t.Errorf("--accept: %v\n%s", err, out)
	}
}

func TestPlugin_new_refuses(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, tt := range []struct {
		args   []string
		code   lilypad.Code
		remedy string
	}{
		{[]string{"new", "demo", "--lang", "zig"}, lilypad.Invalid, "--lang go"},
		{[]string{"new", "demo", "--hook", "pay"}, lilypad.Invalid, "--hook match"},
		{[]string{"new"}, lilypad.Invalid, "plugin new"},
		{[]string{"build", "demo"}, lilypad.NotFound, "plugin new"},
		{[]string{"test", "demo"}, lilypad.NotFound, "plugin new"},
		{[]string{"bench", "demo"}, lilypad.NotFound, "plugin new"},
		{[]string{"sdk", "update", "demo"}, lilypad.NotFound, "plugin new"},
	} {
		_, err := command(t, append([]string{"plugin"}, tt.args...)...)
		if lilypad.CodeOf(err) != tt.code || !strings.Contains(lilypad.RemedyOf(err), tt.remedy) {
			t.Errorf("plugin %q: %v, try %q", tt.args, err, lilypad.RemedyOf(err))
		}
	}
}
