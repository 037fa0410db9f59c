package memory_test

import (
	"context"
	"errors"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func fixture(t *testing.T) settlementtest.Fixture {
	sink := lilypad.Address{0: 5}
	bank := memory.New(memory.Config{ChainID: 1337, Contract: lilypad.Address{19: 1}, Sink: sink})
	return settlementtest.Fixture{
		Ledger: func(k *wallet.Key) settlement.Ledger { return bank.Ledger(k.Address()) },
		Mint: func(who lilypad.Address, amount lilypad.Amount) {
			if err := bank.Mint(who, amount); err != nil {
				t.Fatal(err)
			}
		},
		Advance: bank.Advance,
		Sink:    sink,
	}
}

func TestBank(t *testing.T) { settlementtest.Run(t, fixture) }

func TestBank_conservesOnRandomWalks(t *testing.T) {
	type end struct {
		path    settlement.Path
		outcome lilypad.Outcome
	}
	ends := map[end]int{}
	for seed := range uint64(60) {
		for _, deal := range settlementtest.Walk(t, seed, 80, fixture(t)) {
			ends[end{deal.Path, deal.Outcome}]++
		}
	}
	want := []end{
		{path: settlement.PathNone},
		{path: settlement.PathReceipt},
		{path: settlement.PathUnjudged},
		{path: settlement.PathUnserved},
		{path: settlement.PathNoReveal},
		{path: settlement.PathNoVerdict},
		{settlement.PathResolved, lilypad.OutcomeUpheld},
		{settlement.PathResolved, lilypad.OutcomeLate},
		{settlement.PathResolved, lilypad.OutcomeRefund},
		{settlement.PathResolved, lilypad.OutcomeFraud},
	}
	for _, e := range want {
		if ends[e] == 0 {
			t.Errorf("no walk ended by path %d, outcome %s", e.path, e.outcome)
		}
	}
}

func TestLedger_Follow_rewindsAForeignCursor(t *testing.T) {
	bank := memory.New(memory.Config{})
	if err := bank.Mint(lilypad.Address{1}, 10); err != nil {
		t.Fatal(err)
	}
	ledger := bank.Ledger(lilypad.Address{1})
	if _, err := ledger.Deposit(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	for _, foreign := range []settlement.Cursor{{Block: 1, Hash: lilypad.Hash{1}}, {Block: 7}} {
		stop := errors.New("seen")
		err := ledger.Follow(t.Context(), foreign, func(b settlement.Batch) error {
			if !b.Rewound || b.Cursor.Block != 1 {
				t.Errorf("after %+v: %+v", foreign, b)
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Error(err)
		}
	}
}

func TestBank_Mint_refusesMoreThanAnAmountHolds(t *testing.T) {
	bank := memory.New(memory.Config{})
	if err := bank.Mint(lilypad.Address{1}, 1); err != nil {
		t.Fatal(err)
	}
	if err := bank.Mint(lilypad.Address{2}, ^lilypad.Amount(0)); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("error %v", err)
	}
}

func TestLedger_write_leavesNothingWhenCancelled(t *testing.T) {
	bank := memory.New(memory.Config{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ledger := bank.Ledger(lilypad.Address{1})
	if _, err := ledger.Bump(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if a, _ := ledger.Account(t.Context(), ledger.Address()); a.Epoch != 0 {
		t.Error("a cancelled call bumped the epoch")
	}
}
