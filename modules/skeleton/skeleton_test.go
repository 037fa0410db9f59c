package skeleton_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/skeleton"
	"github.com/lilypad-network/lilypad/modules/template"
)

// A module begins without an oddity, in each form.
func TestWrite(t *testing.T) {
	for engine, want := range map[lilypad.Engine][]string{
		lilypad.EngineWasm:   {"README.md", "go.mod", "lilypad_module.json.tmpl", "main.go"},
		lilypad.EngineDocker: {"Dockerfile", "README.md", "go.mod", "lilypad_module.json.tmpl", "main.go"},
	} {
		dir := filepath.Join(t.TempDir(), "my-module")
		files, err := skeleton.Write(dir, engine)
		slices.Sort(files)
		if err != nil || !slices.Equal(files, want) {
			t.Fatalf("%s: wrote %q (%v), want %q", engine, files, err, want)
		}
		for _, file := range files {
			text, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil || strings.Contains(string(text), "NAME") {
				t.Errorf("%s/%s: %v %s", engine, file, err, text)
			}
		}
		text, _ := os.ReadFile(filepath.Join(dir, "lilypad_module.json.tmpl"))
		if odd, err := template.Lint(text); err != nil || len(odd) > 0 {
			t.Errorf("%s: %v %v", engine, odd, err)
		}
		r, err := template.Render(text, map[string]string{"who": `a "b"`})
		if _, ok := r.Forms[engine]; !ok || err != nil || len(r.Forms) != 1 {
			t.Errorf("%s: renders to %v (%v)", engine, r.Forms, err)
		}
		if _, err := skeleton.Write(dir, engine); lilypad.CodeOf(err) != lilypad.Conflict {
			t.Errorf("%s: wrote over a module: %v", engine, err)
		}
	}
	for _, name := range []string{"My-Module", "a b", "-x", strings.Repeat("x", 61)} {
		if _, err := skeleton.Write(filepath.Join(t.TempDir(), name), lilypad.EngineWasm); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
			t.Errorf("%q: got %v, want invalid with a remedy", name, err)
		}
	}
	for _, name := range []string{"inputs", "outputs", "proc", "dev", "tmp", "sys", "etc"} {
		_, err := skeleton.Write(filepath.Join(t.TempDir(), name), lilypad.EngineDocker)
		if lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
			t.Errorf("container %s: got %v, want invalid with a remedy", name, err)
		}
		if _, err := skeleton.Write(filepath.Join(t.TempDir(), name), lilypad.EngineWasm); err != nil {
			t.Errorf("command %s: %v", name, err)
		}
	}
	if _, err := skeleton.Write(filepath.Join(t.TempDir(), "x"), "noop"); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("engine noop: got %v", err)
	}
}
