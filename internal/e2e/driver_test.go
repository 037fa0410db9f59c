package e2e_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// buildDriver builds the driver of a package under a name.
func buildDriver(t *testing.T, name, from string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "build", "-o", path, "github.com/lilypad-network/lilypad/"+from).CombinedOutput(); err != nil {
		t.Fatalf("build driver: %v\n%s", err, out)
	}
	return path
}

// A provider has its Docker jobs run by another program, a driver that is said
// to speak for an engine and only tells what it should run.
func TestDriver(t *testing.T) {
	program(t)
	runsOver(t, buildDriver(t, "parrot", "runtime/execution/driver/drivertest"))
}

// runsOver runs a Docker job of a market at a provider with a driver.
func runsOver(t *testing.T, driver string) {
	dir, port := t.TempDir(), ports.Reserve(t, 3)
	m := &market{dir: dir, network: filepath.Join(dir, "devchain", node.NetworkFile), roles: map[string]*process{}}
	m.join = []string{"--network", m.network, "--creator-url", "http://127.0.0.1:" + port[2], "--data", filepath.Join(dir, "run")}
	t.Cleanup(func() { m.stop(t) })
	m.startChain(t, port[0], "--solver-url", "http://127.0.0.1:"+port[1])
	m.role(t, "solver", "solver", "--listen", "127.0.0.1:"+port[1])
	m.role(t, "provider-1", "provider", "--key", "provider-1", "--driver", "docker="+driver)
	m.role(t, "creator", "creator", "--listen", "127.0.0.1:"+port[2])
	report, code := m.order(t, "cowsay:v0.0.4", "-i", "Message=over the border", "--executor", "docker").end(t)
	if report.State != "paid" || code != 0 {
		t.Fatalf("the job ended %s, %d: %s", report.State, code, report.Reason)
	}
	got := execute(t, append([]string{"job", "logs", report.Job.String()}, m.join...)...)
	if got.code != 0 || !strings.Contains(got.out, "over the border") {
		t.Errorf("its log is %q, %q", got.out, got.err)
	}
}
