package evm_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm/evmtest"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
)

// The mirror follows whatever is done to the contract, and tells a contract
// from one that pays somebody else.
func TestMirror(t *testing.T) {
	n := start(t)
	rpc := n.chain.Attach()
	t.Cleanup(rpc.Close)
	mirror := evmtest.NewMirror(rpc, n.addresses, devchain.DefaultChainID)
	var paid bool
	for _, d := range settlementtest.Walk(t, 2000, 150, n.fixture()) {
		paid = paid || d.State == lilypad.StateFinal
	}
	if err := mirror.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !paid {
		t.Errorf("the walk ended no deal: %v", mirror.Calls)
	}
	t.Logf("calls %v, %d deals", mirror.Calls, len(mirror.Deals()))

	opened := len(mirror.Deals())
	for _, depth := range []int{1, 20} {
		head, err := n.client.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		depth = min(depth, int(head.Number%32)) // below lies a block that is final
		if err := n.chain.Reorganise(t.Context(), devchain.Fork{Depth: depth, Blocks: 2, Forget: true}); err != nil {
			t.Fatal(err)
		}
		if err := mirror.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(mirror.Deals()) >= opened {
		t.Errorf("%d deals stand after the reorganisations, %d before", len(mirror.Deals()), opened)
	}

	other := n.addresses
	other.Sink = lilypad.Address{9}
	if err := evmtest.NewMirror(rpc, other, devchain.DefaultChainID).Follow(t.Context()); err == nil || !strings.Contains(err.Error(), "block ") {
		t.Errorf("another sink: %v, want a difference", err)
	}
}
