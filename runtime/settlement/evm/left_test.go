package evm_test

import (
	"context"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	journal "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// A command that moves money ends before it is told what became of it: the same
// one is about that transaction, and leaves nothing allowed; another comes after
// it. None of them may be made twice.
func TestLedger_takesUpWhatWasLeft(t *testing.T) {
	net := chaintest.Start(t, 1)
	key := net.Keys[0]
	at, err := evm.Deploy(t.Context(), net.Queue(t, key), evm.Plan{Sink: sink, Supply: 100 * lilypad.LILY})
	if err != nil {
		t.Fatal(err)
	}
	open := func(client *chain.Client, kept *journal.Journal) (*evm.Ledger, func()) {
		q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
		stop := chaintest.RunQueue(t, q)
		l, err := evm.New(t.Context(), evm.Config{Client: client, Queue: q, Contract: at.Settlement})
		if err != nil {
			t.Fatal(err)
		}
		return l, stop
	}
	type command func(context.Context, *evm.Ledger, wallet.Signer) error
	deposit := func(amount lilypad.Amount) command {
		return func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) error {
			_, err := l.Deposit(ctx, amount)
			return err
		}
	}
	permit := func(ctx context.Context, l *evm.Ledger, me wallet.Signer) error {
		_, err := l.DepositWithPermit(ctx, me, 2*lilypad.LILY)
		return err
	}
	withdraw := func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) error {
		_, err := l.Withdraw(ctx, 1*lilypad.LILY)
		return err
	}
	bump := func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) error { _, err := l.Bump(ctx); return err }
	for _, c := range []struct {
		name        string
		left, given command
		harm        string // which call gets no answer
		allowed     lilypad.Amount
		sent        uint64 // by both
		free        int64  // more than before
	}{
		{"deposit, mined", deposit(5 * lilypad.LILY), deposit(5 * lilypad.LILY), "eth_getTransactionReceipt", 5 * lilypad.LILY, 1, 5},
		{"deposit, not sent", deposit(5 * lilypad.LILY), deposit(5 * lilypad.LILY), "eth_sendRawTransaction", 5 * lilypad.LILY, 1, 5},
		{"deposit, then another", deposit(5 * lilypad.LILY), deposit(3 * lilypad.LILY), "eth_sendRawTransaction", 5 * lilypad.LILY, 3, 8},
		{"permit, mined", permit, permit, "eth_getTransactionReceipt", 0, 1, 2},
		{"permit, not sent", permit, permit, "eth_sendRawTransaction", 0, 1, 2},
		{"withdraw", withdraw, withdraw, "eth_sendRawTransaction", 0, 1, -1},
		{"bump", bump, bump, "eth_getTransactionReceipt", 0, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole, stop := open(net.Client, journal.New())
			if _, err := whole.Allow(t.Context(), c.allowed); err != nil {
				t.Fatal(err)
			}
			stop()
			before, err := whole.Account(t.Context(), key.Address())
			if err != nil {
				t.Fatal(err)
			}
			sent := net.Nonce(t, key.Address())
			proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: true, Refuse: map[string]bool{c.harm: true}})
			kept := journal.New()
			first, stop := open(chaintest.Dial(t, chain.Config{URL: proxy.URL, Patience: 50 * time.Millisecond}), kept)
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- c.left(ctx, first, key) }()
			for proxy.Calls(c.harm) == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			stop()
			cancel()
			if err := <-ended; err == nil {
				t.Fatal("it was answered")
			}
			if list, err := chain.ReadStored(t.Context(), kept); err != nil || len(list) != 1 || !list[0].Open || !list[0].Call.Once {
				t.Errorf("left %+v, %v", list, err)
			}

			second, stop := open(net.Client, kept)
			defer stop()
			if err := c.given(t.Context(), second, key); err != nil {
				t.Fatal(err)
			}
			after, err := second.Account(t.Context(), key.Address())
			moved := (int64(after.Free) - int64(before.Free)) / int64(lilypad.LILY)
			if n := net.Nonce(t, key.Address()) - sent; err != nil || n != c.sent || moved != c.free {
				t.Errorf("%d transactions moved %d LILY, %v, want %d and %d", n, moved, err, c.sent, c.free)
			}
			if allowed, err := second.Allowance(t.Context(), key.Address()); err != nil || allowed != 0 {
				t.Errorf("%s LILY are still allowed, %v", allowed, err)
			}
		})
	}
}
