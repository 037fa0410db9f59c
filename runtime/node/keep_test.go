package node_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/provider"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// cowOrder is the least job.
func cowOrder(target lilypad.Address) api.Order {
	return api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}, Target: target}
}

// blocks counts what a role has stored.
func blocks(t *testing.T, dir string) (n int) {
	t.Helper()
	if err := filepath.WalkDir(filepath.Join(dir, "blobs"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// What jobs leave on disk goes some time after their deals are final; the
// result that a person ordered stays.
func TestNode_sweepsWhatNobodyNeeds(t *testing.T) {
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 1, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	n := nodes.Start(t, cfg)
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	report, err := creator.Order(t.Context(), cowOrder(lilypad.Address{}))
	if err != nil {
		t.Fatal(err)
	}
	nodes.Until(t, "the job is not paid", func() bool {
		report, err = creator.Report(t.Context(), report.Job)
		return err == nil && report.Done
	})
	whole := func() error {
		_, err := storage.Copy(t.Context(), memory.New(), creator, report.Result, storage.Limits{})
		return err
	}
	all := blocks(t, filepath.Join(n.Dir, "provider-1"))
	if err := n.Sweep(t.Context(), 24*time.Hour); err != nil || all == 0 || blocks(t, filepath.Join(n.Dir, "provider-1")) != all {
		t.Errorf("a job of today was swept, or %v", err)
	}
	if err := n.Advance(t.Context(), 24*3600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // what was used since the last sweep but one stays
		if err := n.Sweep(t.Context(), time.Nanosecond); err != nil {
			t.Fatal(err)
		}
	}
	if left := blocks(t, filepath.Join(n.Dir, "provider-1")); left > 0 {
		t.Errorf("the provider keeps %d blocks of an old job", left)
	}
	if err := whole(); err != nil {
		t.Errorf("the result that was ordered: %v", err)
	}
}

// A creator that has lost its journal gets its money back all the same: no
// keeper knows of the deal, and the chain tells it.
func TestNode_endsTheDealsOfLostJournals(t *testing.T) {
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 1, Mediators: 3, Faulty: []provider.Fault{provider.Silent}, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Patience = time.Hour // nobody ends it before
	n := nodes.Start(t, cfg)
	held := func() lilypad.Amount {
		t.Helper()
		b, err := node.Balance(t.Context(), n.Network, node.LocalKey("creator").Address(), cfg.Logger)
		if err != nil {
			t.Fatal(err)
		}
		return b.Free + b.Wallet
	}
	before := held()
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	report, err := creator.Order(t.Context(), cowOrder(cfg.Providers[1].Key.Address()))
	if err != nil {
		t.Fatal(err)
	}
	nodes.Until(t, "the job does not run", func() bool {
		report, err = creator.Report(t.Context(), report.Job)
		return err == nil && report.State == "running" && held() < before
	})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{"creator", "solver", cfg.Providers[1].Name} {
		if err := os.RemoveAll(filepath.Join(cfg.Dir, role)); err != nil {
			t.Fatal(err)
		}
	}
	n = nodes.Start(t, cfg)
	if err := n.Advance(t.Context(), 49*3600); err != nil {
		t.Fatal(err)
	}
	nodes.Until(t, "the money is not back", func() bool { return held() == before })
}
