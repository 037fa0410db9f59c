package driver_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// TestSDK holds the example of sdk/driver, a program of another Go module, to
// the contract.
func TestSDK(t *testing.T) {
	path := filepath.Join(t.TempDir(), "process")
	build := exec.Command("go", "build", "-o", path, "./example/process")
	build.Dir = filepath.Join("..", "..", "..", "sdk", "driver")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build example: %v\n%s", err, out)
	}
	executiontest.Run(t, executiontest.Subject{
		New: func(t *testing.T) execution.Executor {
			e, err := driver.New(driver.Config{
				Engine: "process", Path: path,
				Settings: driver.Settings{Owner: "test", Limits: executiontest.Limits},
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { e.Close() })
			return e
		},
		NoModels: true, // its programs could change them
		Spec: func(steps ...string) lilypad.Spec {
			return lilypad.Spec{Engine: "process", Entrypoint: []string{"sh", "-c", script(steps)}}
		},
	})
}

// script is the suite's steps for a shell in the job's folder.
func script(steps []string) string {
	in := strings.NewReplacer("/inputs/", "inputs/", "/outputs/", "outputs/outputs/", "/side/results/", "outputs/side/")
	var lines []string
	for _, step := range steps {
		verb, arg, _ := strings.Cut(step, ":")
		left, right, _ := strings.Cut(in.Replace(arg), "=")
		lines = append(lines, map[string]string{
			"print": "echo " + arg,
			"warn":  "echo " + arg + " >&2",
			"exit":  "exit " + arg,
			"wait":  "exec sleep 1000",
			"write": "printf %s " + right + " > " + left,
			"copy":  "mkdir -p " + filepath.Dir(right) + "; cp " + left + " " + right,
		}[verb])
	}
	return strings.Join(lines, "\n")
}
