package evm_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Anyone can read the terms of a deal from the transaction that opened it.
func TestLedger_Opened(t *testing.T) {
	n := start(t)
	keys := settlementtest.Actors()
	creator, provider, solver := keys[0], keys[1], keys[2]
	for _, k := range []*wallet.Key{creator, provider} {
		if _, err := n.bank.Transfer(t.Context(), k.Address(), 100*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
		if _, err := n.ledgerOf(n.queue(k)).Deposit(t.Context(), 100*lilypad.LILY); err != nil {
			t.Fatal(err)
		}
	}
	l := n.ledgerOf(n.queue(solver))
	head, err := l.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want []settlement.Terms
	for nonce := range uint64(2) {
		o := lilypad.JobOffer{
			Creator: creator.Address(), Judge: creator.Address(), Solver: solver.Address(), SeedHash: lilypad.Hash{1}, Work: lilypad.Hash{2}, Panel: lilypad.Hash{3},
			MaxPrice: 2 * lilypad.LILY, CreatorStake: 2 * lilypad.LILY, ProviderStake: 5 * lilypad.LILY, LatePenalty: lilypad.LILY,
			MediationFee: 6 * lilypad.LILY / 5, SolverFee: lilypad.LILY / 2, AuditBPS: 7, SubmitFor: 100, JudgeFor: 101, RevealFor: 102, MediateFor: 103,
			Nonce: nonce, Expiry: head.Time + 1e6,
		}
		d := lilypad.Deal{Job: o.ID(), Provider: provider.Address(), Price: lilypad.LILY, SeedHash: lilypad.Hash{4}, Expiry: head.Time + 1e5}
		var x settlement.Terms
		if x.Offer, err = wallet.Sign(t.Context(), creator, l.Domain(), o); err != nil {
			t.Fatal(err)
		}
		if x.Deal, err = wallet.SignDeal(t.Context(), provider, l.Domain(), d, o); err != nil {
			t.Fatal(err)
		}
		want = append(want, x)
	}
	tx, skips, err := l.Open(t.Context(), want)
	if err != nil || len(skips) > 0 {
		t.Fatal(skips, err)
	}
	got, err := l.Opened(t.Context(), tx.Hash)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	other, err := n.bank.Transfer(t.Context(), solver.Address(), lilypad.LILY)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := l.Opened(t.Context(), other.Hash); err != nil || got != nil {
		t.Errorf("a transfer opened %v, %v", got, err)
	}
	if _, err := l.Opened(t.Context(), lilypad.Hash{1}); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a transaction that is not there: %v", err)
	}
}

func TestLedger_Allow(t *testing.T) {
	n := start(t)
	for _, want := range []lilypad.Amount{5 * lilypad.LILY, 0} {
		if _, err := n.bank.Allow(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if got, err := n.bank.Allowance(t.Context(), n.bank.Address()); err != nil || got != want {
			t.Errorf("allowance %s, %v; want %s", got, err, want)
		}
	}
}

// A deposit allows the contract what it takes, and leaves nothing allowed.
func TestLedger_Deposit_allowsExactly(t *testing.T) {
	n := start(t)
	var deposits errgroup.Group
	for i := range lilypad.Amount(3) {
		deposits.Go(func() error { _, err := n.bank.Deposit(t.Context(), (i+1)*lilypad.LILY); return err })
	}
	if err := deposits.Wait(); err != nil {
		t.Fatal(err)
	}
	if left, err := n.bank.Allowance(t.Context(), n.bank.Address()); err != nil || left != 0 {
		t.Errorf("%s LILY are still allowed, %v", left, err)
	}
	if a, err := n.bank.Account(t.Context(), n.bank.Address()); err != nil || a.Free != 6*lilypad.LILY {
		t.Errorf("%s LILY are free, %v", a.Free, err)
	}
}

// A contract that answers like ours but lies where ours would not gets nothing.
func TestLedger_Deposit_refusesForeignCode(t *testing.T) {
	n := start(t)
	queue := n.queue(settlementtest.Key("creator"))
	mined, err := queue.Send(t.Context(), chain.Call{Data: evm.SettlementCreation(n.addresses)}) // not by the factory
	if err != nil {
		t.Fatal(err)
	}
	l, err := evm.New(t.Context(), evm.Config{Client: n.client, Queue: queue, Follower: n.follower, Contract: lilypad.Address(mined.Receipt.ContractAddress)})
	if err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func(context.Context, lilypad.Amount) (settlement.Tx, error){"deposit": l.Deposit, "allow": l.Allow} {
		if _, err := do(t.Context(), lilypad.LILY); lilypad.CodeOf(err) != lilypad.Conflict || lilypad.RemedyOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := l.Allowance(t.Context(), l.Address()); err != nil || got != 0 {
		t.Errorf("%s LILY are allowed, %v", got, err)
	}
}

// What anyone may write into a transaction must not harm who reads it.
func FuzzDecodeOpen(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5})
	f.Add(evm.OpenSelector())
	f.Fuzz(func(_ *testing.T, data []byte) { evm.DecodeOpen(data) })
}
