package e2e_test

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A solver that moves to another address: its operator changes the network file,
// everybody starts again with it, and jobs under way go on there. Nothing that
// was signed or stored names the old place.
func TestSolver_moves(t *testing.T) {
	m, files := startMarket(t), picture(t)
	const price, fee = 1_000_000, 50_000
	paid := outcome{"paid", 0, map[string]int64{"creator": -price - fee, "provider-1": price, "solver": fee}}
	order := []string{"thumbnail:v0.1.0", "--inputs-path", files, "-i", "Width=1024", "--target", node.LocalKey("provider-1").Address().String()}

	before := m.holdings(t)
	r := m.order(t, order...)
	r.await(t, ": running")
	solver := m.roles["solver"]
	solver.stop(t)
	place := "127.0.0.1:" + ports.Reserve(t, 1)[0]
	solver.args[slices.Index(solver.args, "--listen")+1] = place
	if err := os.Rename(altered(t, m.network, "solver_url", "http://"+place), m.network); err != nil {
		t.Fatal(err)
	}
	solver.start(t)
	for name, p := range m.roles {
		if name != "solver" && name != "devchain" {
			p.stop(t)
			p.start(t)
		}
	}
	report, code := r.end(t)
	if diff := cmp.Diff(paid, outcome{report.State, code, m.holdings(t).change(before)}); diff != "" {
		t.Errorf("the job under way ended differently (-want +got):\n%s", diff)
	}
	before = m.holdings(t)
	report, code = m.order(t, order...).end(t)
	if diff := cmp.Diff(paid, outcome{report.State, code, m.holdings(t).change(before)}); diff != "" {
		t.Errorf("the next job ended differently (-want +got):\n%s", diff)
	}
}
