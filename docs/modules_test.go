package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The page for authors of modules does what it says, up to the market.
func TestModules_asWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a module")
	}
	t.Parallel()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, b := range block.FindAllStringSubmatch(read(t, "modules.md"), -1) {
		if b[2] == "sh" {
			script.WriteString(outside.ReplaceAllString(b[3], ""))
		}
	}
	dir := t.TempDir()
	cmd := exec.Command("sh", "-e")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(script.String())
	cmd.Env = append(os.Environ(), "GOPROXY=off", "XDG_DATA_HOME="+filepath.Join(dir, "data"), "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"Hello, Ada!\n", "Hi, Grace!\n", "clean ", `command    ["Ada"]`, "default \"world\""} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if n := strings.Count(string(out), "Hello, Ada!"); n != 2 {
		t.Errorf("greeted %d times, from the folder and from the tag, want 2:\n%s", n, out)
	}
}
