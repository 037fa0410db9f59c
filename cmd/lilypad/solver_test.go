package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// What an ether is worth decides whether a fee of 0.05 LILY pays for a deal:
// some 90 000 gas at a gwei or less.
func TestSolver_etherPrice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a chain")
	}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	network, dev := node.LocalChain(node.MinMediators, "", 0)
	chain := nodes.Start(t, node.Config{Network: network, DevChain: dev})
	for price, refused := range map[string]bool{"100": false, "1000000": true} {
		t.Run(price, func(t *testing.T) {
			network := chain.Network
			told := startDaemon(t, "http://", "solver", "--network", filepath.Join(chain.Dir, node.NetworkFile), "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--ether-price", price)
			network.SolverURL = regexp.MustCompile(`http://\S+`).FindString(told)
			n := nodes.Start(t, node.Config{Network: network, Creator: &node.CreatorConfig{Key: node.LocalKey("creator"), Deposit: 100 * lilypad.LILY}})
			creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
			report, err := creator.Order(t.Context(), api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}})
			if err != nil {
				t.Fatal(err)
			}
			taken := false
			nodes.Until(t, "the solver does not answer", func() bool {
				_, err := creator.Why(t.Context(), report.Job) // asks the solver
				taken = err == nil
				if report, err = creator.Report(t.Context(), report.Job); err != nil {
					t.Fatal(err)
				}
				return taken || report.Done
			})
			if taken == refused || refused && !strings.Contains(report.Reason, "refused by the solver: gas costs ") {
				t.Errorf("taken: %v, reason: %q; want refused: %v", taken, report.Reason, refused)
			}
		})
	}
}
