package node_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

// A block is of what runs, by whatever tag it is ordered.
func TestListing_blocksTheSameBytesUnderAnotherTag(t *testing.T) {
	e, err := catalog.Lookup("cowsay", "")
	if err != nil {
		t.Fatal(err)
	}
	cow := e.Module()
	r, err := modules.New(modules.Config{CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	list := []evm.Listing{{Module: lilypad.ModuleID(modules.Digest(cow)), Standing: evm.Blocked, Reason: "it says too much"}}
	for _, tag := range []string{cow.Tag, ""} {
		m := cow
		m.Tag = tag
		if err := r.Verify(t.Context(), m, e.Template); err != nil {
			t.Fatal(err)
		}
		_, err := node.Follows(t.Context(), list, hostapi.RoleSolver, m)
		if lilypad.CodeOf(err) != lilypad.Unauthorized || !strings.Contains(err.Error(), list[0].Reason) {
			t.Errorf("ordered as %q: %v, want a refusal", tag, err)
		}
	}
	list[0].Standing = evm.Listed
	if got, err := node.Follows(t.Context(), list, hostapi.RoleSolver, cow); err != nil || got != hostapi.ListingListed {
		t.Errorf("a listed module is %v, %v", got, err)
	}
	cow.Wasm[0]++
	if got, err := node.Follows(t.Context(), list, hostapi.RoleSolver, cow); err != nil || got != hostapi.ListingUnlisted {
		t.Errorf("a module of other bytes is %v, %v", got, err)
	}
}
