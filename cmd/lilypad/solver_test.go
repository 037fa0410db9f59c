package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
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
	chain := startNode(t, node.Config{Network: network, DevChain: dev})
	for price, refused := range map[string]bool{"100": false, "1000000": true} {
		t.Run(price, func(t *testing.T) {
			network := chain.Network
			network.SolverURL = startSolver(t, filepath.Join(chain.Dir, node.NetworkFile), "--ether-price", price)
			n := startNode(t, node.Config{Network: network, Creator: &node.CreatorConfig{Key: node.LocalKey("creator"), Deposit: 100 * lilypad.LILY}})
			creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
			report, err := creator.Order(t.Context(), api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}})
			if err != nil {
				t.Fatal(err)
			}
			taken := false
			for !taken && !report.Done {
				time.Sleep(20 * time.Millisecond)
				_, err := creator.Why(t.Context(), report.Job) // asks the solver
				taken = err == nil
				if report, err = creator.Report(t.Context(), report.Job); err != nil {
					t.Fatal(err)
				}
			}
			if taken == refused || refused && !strings.Contains(report.Reason, "refused by the solver: gas costs ") {
				t.Errorf("taken: %v, reason: %q; want refused: %v", taken, report.Reason, refused)
			}
		})
	}
}

func startNode(t *testing.T, cfg node.Config) *node.Node {
	t.Helper()
	cfg.Dir, cfg.Logger = t.TempDir(), slog.New(slog.DiscardHandler)
	n, err := node.Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// startSolver runs the command until the test ends and returns the URL that it
// prints.
func startSolver(t *testing.T, network string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	serves, ended := make(chan struct{}), make(chan error, 1)
	out := &until{word: "http://", stop: sync.OnceFunc(func() { close(serves) })}
	root := (&app{Printer: &cli.Printer{Out: out, Err: out}}).command()
	root.SetArgs(append([]string{"solver", "--network", network, "--listen", "127.0.0.1:0", "--data", t.TempDir()}, args...))
	go func() { ended <- root.ExecuteContext(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case <-serves:
	case err := <-ended:
		ended <- err
		t.Fatal("the solver does not serve")
	}
	out.mu.Lock()
	defer out.mu.Unlock()
	return regexp.MustCompile(`http://\S+`).FindString(out.text.String())
}
