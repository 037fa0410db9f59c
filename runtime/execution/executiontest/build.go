package executiontest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BuildGuest compiles the guest for a system, such as wasip1 and wasm, or
// linux and amd64.
func BuildGuest(t *testing.T, goos, goarch string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "guest")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file,
		"github.com/lilypad-network/lilypad/runtime/execution/executiontest/guest")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build guest for %s: %v\n%s", goos, err, out)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
