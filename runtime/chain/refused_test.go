package chain_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// leave has a process sign and send a call, end, and the node forget it: nobody
// knows any more who has it.
func leave(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key, kept *memory.Journal, call chain.Call) *types.Transaction {
	t.Helper()
	node.set(func() { node.deaf = true })
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
	stop := chaintest.RunQueue(t, q)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Second, cancel)
	if _, err := q.Send(ctx, call); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	stop()
	sent := node.all()[0]
	node.set(func() { node.deaf, node.pool, node.seen = false, nil, nil })
	return sent
}

// refusing has a node refuse the transactions of a call, in these words.
func (n *fakeNode) refusing(call chain.Call, words string) {
	n.set(func() {
		n.refuse = func(tx *types.Transaction) error {
			if lilypad.Address(*tx.To()) != call.To {
				return nil
			}
			return rpcError{-32000, words}
		}
	})
}

// What nodes refuse for good holds up nobody for ever: its nonce is used for
// nothing, what waits behind it is mined, and who sent it is told once that is
// final. Only then can it be sent again, and it is mined once.
func TestQueue_Run_givesUpWhatIsRefusedForGood(t *testing.T) {
	for name, finality := range map[string]chain.Finality{"final at once": chain.FinalAtOnce, "not final yet": chain.Finalized} {
		t.Run(name, func(t *testing.T) {
			besideFakeNode(t, finality, func(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key) {
				kept := memory.New()
				leave(t, node, client, key, kept, gift)
				node.refusing(gift, "oversized data")
				q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
				defer chaintest.RunQueue(t, q)()
				behind := sendPlain(t, q, 1)
				given := make(chan error, 1)
				go func() { _, err := q.Send(t.Context(), gift); given <- err }()
				time.Sleep(9 * time.Minute)
				if node.nonce() != 0 {
					t.Fatal("given up while the refusal may pass")
				}
				awaitSent(t, behind, 1, 10*time.Minute)
				if list, err := chain.ReadStored(t.Context(), kept); err != nil || !strings.Contains(list[0].Refused, "oversized data") || list[0].Call.To != gift.To {
					t.Errorf("stored %+v, %v", list, err)
				}
				if finality == chain.Finalized {
					time.Sleep(10 * time.Minute)
					if len(given) > 0 {
						t.Fatalf("told before it is final: %v", <-given)
					}
					node.set(func() { node.final = 1 })
				}
				err := <-given
				if lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(err.Error(), "oversized data") || lilypad.RemedyOf(err) == "" {
					t.Errorf("told %v", err)
				}
				node.set(func() { node.refuse = nil })
				if _, err := q.Send(t.Context(), gift); err != nil {
					t.Error(err)
				}
				if n := node.given(gift); n != 1 || node.nonce() != 3 {
					t.Errorf("%d of %d mined transactions give, want 1 of 3", n, node.nonce())
				}
			})
		})
	}
}

// The node that is asked refuses a gift, and another has it: when that one is
// mined, it is what was sent, also after it was to be given up.
func TestQueue_Run_findsMinedWhatWasRefused(t *testing.T) {
	besideFakeNode(t, chain.FinalAtOnce, func(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key) {
		kept := memory.New()
		tx := leave(t, node, client, key, kept, gift)
		node.set(func() {
			node.refuse = func(*types.Transaction) error { return rpcError{-32000, "oversized data"} }
		})
		q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept})
		defer chaintest.RunQueue(t, q)()
		time.Sleep(30 * time.Minute)
		node.set(func() { node.mined[tx.Hash()], node.used = node.number, 1 })
		if list, err := chain.ReadStored(t.Context(), kept); err != nil || list[0].Refused == "" || list[0].Hash != lilypad.Hash(tx.Hash()) {
			t.Errorf("to be given up: %+v, %v", list, err)
		}
		if m, err := q.Send(t.Context(), gift); err != nil || m.Receipt.TxHash != tx.Hash() || node.nonce() != 1 {
			t.Errorf("sent %+v, %v", m, err)
		}
		if list, err := chain.ReadStored(t.Context(), kept); err != nil || list[0].Refused != "" {
			t.Errorf("mined all the same: %+v, %v", list, err)
		}
	})
}

// Ether may come: until then a transaction waits at the price it has, and the log
// tells what to do.
func TestQueue_Run_waitsForFunds(t *testing.T) {
	for name, c := range map[string]struct {
		words   string
		balance *big.Int
	}{
		"as most say it": {"insufficient funds for gas * price + value", big.NewInt(1e18)},
		"by the balance": {"upfront cost exceeds account balance", big.NewInt(1)},
	} {
		t.Run(name, func(t *testing.T) {
			besideFakeNode(t, chain.FinalAtOnce, func(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key) {
				kept := memory.New()
				tx := leave(t, node, client, key, kept, gift)
				node.refusing(gift, c.words)
				node.set(func() { node.balance = c.balance })
				var log bytes.Buffer
				q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: kept, Log: slog.New(slog.NewTextHandler(&log, nil))})
				stop := chaintest.RunQueue(t, q)
				time.Sleep(time.Hour)
				node.set(func() { node.refuse = nil })
				m, err := q.Send(t.Context(), gift)
				if err != nil || m.Receipt.TxHash != tx.Hash() || node.nonce() != 1 {
					t.Errorf("sent %+v, %v", m, err)
				}
				stop()
				if n := strings.Count(log.String(), "send ether to the account"); n < 10 || n > 61 {
					t.Errorf("told %d times in an hour:\n%s", n, log.String())
				}
			})
		})
	}
}

// GetBalance implements eth_getBalance.
func (n *fakeNode) GetBalance(common.Address, string) (*hexutil.Big, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return (*hexutil.Big)(cmp.Or(n.balance, big.NewInt(1e18))), n.fault
}

// given counts the mined transactions that do a call.
func (n *fakeNode) given(call chain.Call) (count int) {
	for _, tx := range n.all() {
		n.set(func() {
			if _, mined := n.mined[tx.Hash()]; mined && lilypad.Address(*tx.To()) == call.To {
				count++
			}
		})
	}
	return count
}
