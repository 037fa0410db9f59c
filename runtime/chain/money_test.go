package chain_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// gift must not be made twice.
var gift = chain.Call{To: lilypad.Address{9}, Gas: 21_000, Once: true}

// A node takes a transaction and says otherwise: what it has is not signed again.
func TestQueue_Send_whenTheAnswerIsLost(t *testing.T) {
	for name, c := range map[string]struct {
		call chain.Call
		harm func(*fakeNode)
	}{
		"mined":                    {gift, func(n *fakeNode) { n.lose = true }},
		"mined, repeatable":        {plain, func(n *fakeNode) { n.lose = true }},
		"mined, and not found":     {gift, func(n *fakeNode) { n.lose, n.blind = true, true }},
		"pooled, in other words":   {gift, func(n *fakeNode) { n.words = "transaction already exists in mempool" }},
		"pooled, as if it was new": {gift, func(n *fakeNode) { n.words = "nonce too low" }},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeNode(t, func(t *testing.T, node *fakeNode, q *chain.Queue) {
				node.set(func() { c.harm(node) })
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
				defer cancel()
				m, err := q.Send(ctx, c.call)
				if err != nil || m.Receipt.TxHash != node.all()[0].Hash() {
					t.Errorf("sent %+v, %v", m, err)
				}
				time.Sleep(10 * time.Minute)
				if node.nonce() != 1 {
					t.Errorf("%d transactions mined for one call", node.nonce())
				}
			})
		})
	}
}

// What became of a gift is kept until its sender has been told, however deep it
// lies; what may be repeated is not.
func TestQueue_Run_keepsWhatNobodyWasTold(t *testing.T) {
	besideFakeNode(t, chain.FinalAtOnce, func(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key) {
		kept := memory.New()
		run := func() (*chain.Queue, func()) {
			q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
			return q, chaintest.RunQueue(t, q)
		}
		node.set(func() { node.deaf = true })
		first, stop := run()
		var sending sync.WaitGroup
		for _, call := range []chain.Call{gift, plain} {
			sending.Go(func() { _, _ = first.Send(t.Context(), call) })
		}
		time.Sleep(time.Second)
		stop()
		sending.Wait()
		second, stop := run()
		defer stop()
		node.set(func() { node.deaf = false })
		for range 3 { // something must be mined for anything to be forgotten
			time.Sleep(5 * time.Minute)
			if _, err := second.Send(t.Context(), chain.Call{To: lilypad.Address{8}, Gas: 21_000}); err != nil {
				t.Fatal(err)
			}
		}
		before := node.nonce()
		if _, err := second.Send(t.Context(), gift); err != nil || node.nonce() != before {
			t.Errorf("given again: %v, %d more were mined", err, node.nonce()-before)
		}
		if _, err := second.Send(t.Context(), plain); err != nil || node.nonce() != before+1 {
			t.Errorf("repeated: %v, %d more were mined", err, node.nonce()-before)
		}
	})
}

// Who gives up while the outcome is stored is told; who gave up before was not,
// and the same call is the same transaction.
func TestQueue_Send_giveUp(t *testing.T) {
	besideFakeNode(t, chain.FinalAtOnce, func(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key) {
		ctx, cancel := context.WithCancel(t.Context())
		kept := &interrupted{Journal: memory.New(), at: 2, interrupt: cancel}
		q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
		stop := chaintest.RunQueue(t, q)
		defer stop()
		if _, err := q.Send(ctx, gift); err != nil {
			t.Errorf("given up while it is stored: %v", err)
		}
		for i, deaf := range []bool{true, false} { // mined after it gave up, or before
			node.set(func() { node.deaf = deaf })
			ctx, cancel = context.WithCancel(t.Context())
			if deaf {
				time.AfterFunc(time.Second, cancel)
			} else {
				kept.set(kept.writes+1, cancel)
			}
			_, err := q.Send(ctx, gift)
			cancel()
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("given up: %v", err)
			}
			node.set(func() { node.deaf = false })
			time.Sleep(time.Minute)
			if left, err := chain.ReadStored(t.Context(), kept); err != nil || !left[len(left)-1].Open {
				t.Errorf("stored %+v, %v", left, err)
			}
			if _, err := q.Send(t.Context(), gift); err != nil || node.nonce() != uint64(i+2) {
				t.Errorf("the same again: %v, %d mined, want %d", err, node.nonce(), i+2)
			}
		}
	})
}

// interrupted is a journal that has its user give up during a write.
type interrupted struct {
	journal.Journal
	mu        sync.Mutex // guards what follows
	writes    int
	at        int
	interrupt func()
}

func (j *interrupted) set(at int, interrupt func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.at, j.interrupt = at, interrupt
}

func (j *interrupted) Update(ctx context.Context, fn func(journal.Writer) error) error {
	j.mu.Lock()
	j.writes++
	if j.writes == j.at {
		j.interrupt()
	}
	j.mu.Unlock()
	time.Sleep(time.Second)
	return j.Journal.Update(ctx, fn)
}

// A gift waits behind nonces that nobody has: they are used for nothing, and each
// call is mined once.
func TestQueue_Run_closesTheGapBeforeAGift(t *testing.T) {
	for name, c := range map[string]struct {
		behind []chain.Call
		gap    uint64
	}{
		"alone":               {[]chain.Call{gift}, 2},
		"wide":                {[]chain.Call{gift}, 100},
		"before a repeatable": {[]chain.Call{gift, plain}, 2},
		"behind one":          {[]chain.Call{plain, gift}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeNode(t, func(t *testing.T, node *fakeNode, q *chain.Queue) {
				node.set(func() { node.used, node.deaf = c.gap, true })
				sent := make(chan error, len(c.behind))
				for _, call := range c.behind {
					go func() { _, err := q.Send(t.Context(), call); sent <- err }()
					time.Sleep(100 * time.Millisecond)
				}
				node.set(func() { node.used, node.pool, node.deaf = 0, nil, false })
				awaitSent(t, sent, len(c.behind), time.Hour)
				time.Sleep(10 * time.Minute)
				signed := map[common.Hash]bool{}
				for _, tx := range node.all() {
					if lilypad.Address(*tx.To()) != q.Address() {
						signed[tx.Hash()] = true
					}
				}
				if want := c.gap + uint64(len(c.behind)); node.nonce() != want || len(signed) != len(c.behind) {
					t.Errorf("%d transactions mined, %d signed for %d calls, want %d", node.nonce(), len(signed), len(c.behind), want)
				}
			})
		})
	}
}
