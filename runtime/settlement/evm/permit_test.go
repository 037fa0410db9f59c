package evm_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	journal "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
)

// A permit moves money with one transaction, and leaves no allowance behind.
func TestLedger_DepositWithPermit(t *testing.T) {
	n := start(t)
	key := settlementtest.Key("creator")
	if _, err := n.bank.Transfer(t.Context(), key.Address(), 5*lilypad.LILY); err != nil {
		t.Fatal(err)
	}
	l := n.ledgerOf(n.queue(key))
	before := (&chaintest.Net{Chain: n.chain}).Nonce(t, key.Address())
	for i := range 2 { // the token counts permits
		if _, err := l.DepositWithPermit(t.Context(), key, 2*lilypad.LILY); err != nil {
			t.Fatalf("deposit %d: %v", i, err)
		}
	}
	a, err := l.Account(t.Context(), key.Address())
	if sent := (&chaintest.Net{Chain: n.chain}).Nonce(t, key.Address()) - before; err != nil || a.Free != 4*lilypad.LILY || a.Wallet != lilypad.LILY || sent != 2 {
		t.Errorf("%+v after %d transactions, %v", a, sent, err)
	}
	if left, err := l.Allowance(t.Context(), key.Address()); err != nil || left != 0 {
		t.Errorf("%s LILY are still allowed, %v", left, err)
	}
	if _, err := l.DepositWithPermit(t.Context(), key, 2*lilypad.LILY); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("more than the wallet holds: %v", err)
	}
	if _, err := l.DepositWithPermit(t.Context(), settlementtest.Key("provider"), 1); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("signed by another: %v", err)
	}
}

// A contract of other code gets no money, whichever way it is asked to take it.
func TestLedger_givesAStrangersContractNothing(t *testing.T) {
	net := chaintest.Start(t, 1)
	at, err := evm.Deploy(t.Context(), net.Queue(t, net.Keys[0]), evm.Plan{Sink: sink, Supply: 100 * lilypad.LILY})
	if err != nil {
		t.Fatal(err)
	}
	code, err := net.Client.Code(t.Context(), at.Settlement)
	if err != nil {
		t.Fatal(err)
	}
	code[len(code)/2] ^= 1
	proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: true, Code: map[lilypad.Address][]byte{at.Settlement: code}})
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL})
	queue := chain.NewQueue(chain.QueueConfig{Client: client, Key: net.Keys[0], Journal: journal.New()})
	chaintest.RunQueue(t, queue)
	l, err := evm.New(t.Context(), evm.Config{Client: client, Queue: queue, Contract: at.Settlement})
	if err != nil {
		t.Fatal(err)
	}
	sent := net.Nonce(t, queue.Address())
	for name, pay := range map[string]func() error{
		"deposit": func() error { _, err := l.Deposit(t.Context(), 1); return err },
		"permit":  func() error { _, err := l.DepositWithPermit(t.Context(), net.Keys[0], 1); return err },
		"allow":   func() error { _, err := l.Allow(t.Context(), 1); return err },
		"client":  func() error { _, err := l.DeployClient(t.Context(), sink, lilypad.ModuleID{1}); return err },
		"fund":    func() error { return l.FundClient(t.Context(), sink, 1) },
	} {
		if err := pay(); lilypad.CodeOf(err) != lilypad.Conflict || lilypad.RemedyOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := net.Nonce(t, queue.Address()) - sent; n != 0 {
		t.Errorf("%d transactions were sent", n)
	}
}
