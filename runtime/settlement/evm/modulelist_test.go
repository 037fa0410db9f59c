package evm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
)

var errSeen = errors.New("seen enough")

func TestModuleList(t *testing.T) {
	n := start(t)
	steward := n.bank.Address() // Deploy makes the deployer the steward
	d, err := evm.NewDeployment(n.client.ChainID(), evm.Plan{Sink: sink, Supply: 1_000_000_000 * lilypad.LILY, Holder: steward, Steward: steward})
	if err != nil {
		t.Fatal(err)
	}
	list := evm.ModuleList{Client: n.client, At: d.Address("ModuleList")}
	if who, err := list.Steward(t.Context()); err != nil || who != steward {
		t.Fatalf("steward %s, %v; want %s", who, err, steward)
	}
	queue := n.queue(settlementtest.Key("steward of the list"))
	bank := n.queue(settlementtest.Key("deployer"))
	if _, err := list.Set(t.Context(), queue, evm.Listing{Standing: evm.Listed}); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("set by a stranger: %v", err)
	}

	a, b := lilypad.ModuleID{1}, lilypad.ModuleID{2}
	if _, err := list.Set(t.Context(), bank, evm.Listing{Module: a, Standing: evm.Blocked}); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("blocked without a reason: %v", err)
	}
	want := []evm.Listing{{Module: a, Standing: evm.Blocked, Reason: "it mines"}, {Module: b, Standing: evm.Listed}, {Module: a, Standing: evm.Unlisted}}
	for _, l := range want {
		if _, err := list.Set(t.Context(), bank, l); err != nil {
			t.Fatal(err)
		}
		if got, err := list.Standing(t.Context(), l.Module); err != nil || got != l {
			t.Errorf("standing %+v, %v; want %+v", got, err, l)
		}
	}
	var got []evm.Listing
	var place chain.Cursor
	for _, want := range [][]evm.Listing{want, nil} { // the second time from where the first ended
		got = nil
		err = list.Follow(t.Context(), chain.NewFollower(n.client, []lilypad.Address{list.At}, nil), place, nil, func(c evm.Changes) error {
			place = c.Cursor
			if got = append(got, c.Listings...); c.Current {
				return errSeen
			}
			return nil
		})
		if diff := cmp.Diff(want, got); diff != "" || !errors.Is(err, errSeen) {
			t.Errorf("followed to %v\n%s", err, diff)
		}
	}
}
