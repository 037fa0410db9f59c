package node_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// One key acts for one process on a network, whatever the data folders, and
// networks with the same keys and contracts run side by side.
func TestNode_refusesAKeyInUse(t *testing.T) {
	locks := t.TempDir()
	start := func(cfg node.Config) (*node.Node, error) {
		cfg.Dir, cfg.LockDir, cfg.Logger = t.TempDir(), locks, slog.New(slog.DiscardHandler)
		n, err := node.Start(t.Context(), cfg)
		if err == nil {
			t.Cleanup(func() { _ = n.Close() }) // again, where the test has closed it
		}
		return n, err
	}
	chain := func() node.Network {
		network, dev := node.LocalChain(node.MinMediators, "", 0)
		n, err := start(node.Config{Network: network, DevChain: dev})
		if err != nil {
			t.Fatal(err)
		}
		return n.Network
	}
	network, other := chain(), chain()
	solver := node.SolverConfig{Key: node.LocalKey("solver")}
	first, err := start(node.Config{Network: network, Solver: &solver})
	if err != nil {
		t.Fatal(err)
	}
	_, err = start(node.Config{Network: network, Solver: &solver})
	if lilypad.CodeOf(err) != lilypad.Conflict || lilypad.RemedyOf(err) == "" || !strings.Contains(err.Error(), first.Dir) {
		t.Errorf("a second solver with the key: %v, want a conflict that names %s, with a remedy", err, first.Dir)
	}
	if network.Settlement != other.Settlement || network.ChainID != other.ChainID {
		t.Fatal("local networks differ: this test proves nothing")
	}
	if _, err := start(node.Config{Network: other, Solver: &solver}); err != nil {
		t.Errorf("the solver of another local network: %v", err)
	}
	sendsBeside(t, network)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := start(node.Config{Network: network, Solver: &solver}); err != nil {
		t.Errorf("after the first was closed: %v", err)
	}
}

// sendsBeside checks that a command sends for a key that a daemon has.
func sendsBeside(t *testing.T, n node.Network) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	if _, err := node.Fund(t.Context(), n, n.Solver, 3*lilypad.LILY, log); err != nil {
		t.Fatal(err)
	}
	l, stop, err := node.OpenLedger(t.Context(), n, node.LocalKey("solver"), "", log)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if _, err := l.Deposit(t.Context(), lilypad.LILY); err != nil {
		t.Errorf("a deposit for a key that a daemon has: %v", err)
	}
}

func TestNode_refusesAFolderOfLocksThatCannotBe(t *testing.T) {
	network, dev := node.LocalChain(node.MinMediators, "", 0)
	cfg := node.Config{
		Dir: t.TempDir(), LockDir: "/dev/null/locks", Network: network, DevChain: dev,
		Solver: &node.SolverConfig{Key: node.LocalKey("solver")}, Logger: slog.New(slog.DiscardHandler),
	}
	n, err := node.Start(t.Context(), cfg)
	if err == nil {
		_ = n.Close()
	}
	if lilypad.CodeOf(err) != lilypad.Unavailable || !strings.Contains(lilypad.RemedyOf(err), "XDG_STATE_HOME") {
		t.Errorf("error %v, want unavailable with what to do", err)
	}
}
