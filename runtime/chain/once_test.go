package chain_test

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
)

// A node says for a while that a nonce is used and knows of no receipt: what was
// mined is not sent again under another nonce.
func TestQueue_Run_bearsReceiptsThatComeLate(t *testing.T) {
	for name, c := range map[string]struct {
		finality chain.Finality
		late     int // checks, one a second
	}{
		"final at once": {chain.FinalAtOnce, 8},
		"not final yet": {chain.Finalized, 600},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeNodeOf(t, c.finality, func(t *testing.T, node *fakeNode, q *chain.Queue) {
				node.set(func() { node.stale = c.late })
				sent := sendPlain(t, q, 1)
				awaitSent(t, sent, 1, 15*time.Minute)
				if node.nonce() != 1 {
					t.Errorf("%d transactions mined for one call", node.nonce())
				}
			})
		})
	}
}

// Another transaction has the nonce, and the block is final. A call that may be
// repeated gets the next nonce; one that gives money away is given up, and who
// sent it is told.
func TestQueue_Run_repeatsNothingThatGivesMoney(t *testing.T) {
	for name, c := range map[string]struct {
		call chain.Call
		code lilypad.Code
		used uint64
	}{
		"repeatable": {plain, "", 2},
		"once":       {chain.Call{To: lilypad.Address{7}, Gas: 21_000, Once: true}, lilypad.Conflict, 1},
		"ether":      {chain.Call{To: lilypad.Address{7}, Gas: 21_000, Value: big.NewInt(1)}, lilypad.Conflict, 1},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeNodeOf(t, chain.Finalized, func(t *testing.T, node *fakeNode, q *chain.Queue) {
				node.set(func() { node.deaf = true })
				sent := make(chan error, 1)
				go func() { _, err := q.Send(t.Context(), c.call); sent <- err }()
				time.Sleep(time.Second)
				node.set(func() { node.deaf, node.pool, node.used = false, nil, 1 })
				time.Sleep(10 * time.Minute)
				if n := len(node.all()); n != 1 {
					t.Fatalf("sent %d times before anything is final", n)
				}
				node.set(func() { node.final = 1 })
				if err := <-sent; lilypad.CodeOf(err) != c.code && (err != nil || c.code != "") {
					t.Errorf("error %v, want %q", err, c.code)
				}
				time.Sleep(10 * time.Minute)
				if node.nonce() != c.used {
					t.Errorf("%d nonces are used, want %d", node.nonce(), c.used)
				}
			})
		})
	}
}

// A process that is gone has signed and stored, and nobody knows whether it sent.
// The same call in the next process is that one; another is another.
func TestQueue_Send_takesUpWhatWasLeft(t *testing.T) {
	for name, refused := range map[string]bool{"before it was sent": true, "before it was mined": false} {
		t.Run(name, func(t *testing.T) {
			net := chaintest.Start(t, 1)
			faults := chaintest.Faults{PlainHTTP: true, Refuse: map[string]bool{"eth_sendRawTransaction": refused, "eth_getTransactionReceipt": true}}
			proxy := chaintest.NewProxy(t, net.Chain.URL(), faults)
			client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Patience: 50 * time.Millisecond})
			key, kept := net.Keys[0], memory.New()
			gift := chain.Call{To: lilypad.Address{9}, Value: big.NewInt(7)}
			first := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
			stop := chaintest.RunQueue(t, first)
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { _, err := first.Send(ctx, gift); ended <- err }()
			eventually(t, func() bool { return len(stored(t, kept)) == 1 && (refused || mined(t, net, key) == 1) })
			stop()
			cancel()
			if err := <-ended; err == nil {
				t.Fatal("it was answered")
			}

			left, err := chain.ReadStored(t.Context(), kept)
			if err != nil || len(left) != 1 || !left[0].Open || left[0].Block != 0 || left[0].Account != key.Address() || left[0].Call.To != gift.To {
				t.Fatalf("stored %+v, %v", left, err)
			}
			second := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: key, Journal: kept})
			chaintest.RunQueue(t, second)
			if refused { // else the queue finds it mined before anybody asks
				eventually(t, func() bool { return mined(t, net, key) == 1 })
			}
			other := gift
			other.To = lilypad.Address{8}
			for i, c := range []struct {
				call  chain.Call
				mined uint64
				is    bool
			}{{other, 2, false}, {gift, 2, true}, {gift, 3, false}} {
				m, err := second.Send(t.Context(), c.call)
				if err != nil {
					t.Fatal(err)
				}
				if is := lilypad.Hash(m.Receipt.TxHash) == left[0].Hash; is != c.is || mined(t, net, key) != c.mined {
					t.Errorf("send %d: it is what was left: %v; %d mined", i, is, mined(t, net, key))
				}
			}
			if left, err := chain.ReadStored(t.Context(), kept); err != nil || len(left) != 3 || left[0].Open || left[2].Open {
				t.Errorf("afterwards: %+v, %v", left, err)
			}
		})
	}
}

func TestReadStored_refusesADamagedJournal(t *testing.T) {
	for _, key := range []string{"1/0x12/0", "pond"} {
		j := memory.New()
		if err := j.Update(t.Context(), func(w journal.Writer) error { return w.Put("transactions", key, []byte("{}")) }); err != nil {
			t.Fatal(err)
		}
		if _, err := chain.ReadStored(t.Context(), j); lilypad.CodeOf(err) != lilypad.Internal {
			t.Errorf("%s: %v", key, err)
		}
	}
}
