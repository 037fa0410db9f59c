package e2e_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/internal/testkit/ports"
)

// The documented script runs a job twice from one folder, and leaves no
// process behind.
func TestScript_separateProcesses(t *testing.T) {
	startChain(t)
	dir, port, prog := t.TempDir(), ports.Reserve(t, 3), program(t)
	for _, message := range []string{"first", "again"} {
		cmd := exec.CommandContext(t.Context(), "../../docs/separate-processes.sh", dir, "cowsay:v0.0.4", "-i", "Message="+message)
		cmd.Env = append(os.Environ(), "LILYPAD_PROGRAM="+prog, "CHAIN_PORT="+port[0], "SOLVER_PORT="+port[1], "CREATOR_PORT="+port[2])
		out, err := cmd.Output()
		if err != nil {
			exit, _ := errors.AsType[*exec.ExitError](err)
			t.Fatalf("%v: %s", err, exit.Stderr)
		}
		if text := string(out); !strings.Contains(text, "< "+message+" >") || !strings.Contains(text, "deal       paid") {
			t.Errorf("the script printed\n%s", text)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*.pid")); len(left) > 0 {
			t.Errorf("the script left %s", left)
		}
	}
}
