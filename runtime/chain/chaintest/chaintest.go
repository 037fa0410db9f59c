package chaintest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Net is a dev chain in memory and the keys that have ether on it.
type Net struct {
	Chain  *devchain.Chain
	Client *chain.Client
	Keys   []*wallet.Key
}

// Start runs a chain with that many funded keys, which listens on a free port,
// until the test ends.
func Start(t testing.TB, keys int) *Net {
	t.Helper()
	var all []*wallet.Key
	for range keys {
		all = append(all, Key(t))
	}
	return StartWith(t, all)
}

// StartWith is Start with given keys. The same keys give the same genesis.
func StartWith(t testing.TB, keys []*wallet.Key) *Net {
	t.Helper()
	var funded []lilypad.Address
	for _, k := range keys {
		funded = append(funded, k.Address())
	}
	c, err := devchain.New(context.Background(), devchain.Config{Accounts: funded, Listen: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Errorf("close the chain: %v", err)
		}
	})
	rpc := c.Attach()
	t.Cleanup(rpc.Close)
	return &Net{Chain: c, Client: Dial(t, chain.Config{RPC: rpc}), Keys: keys}
}

// Nonce is how many transactions of an account are in a block.
func (n *Net) Nonce(t testing.TB, who lilypad.Address) uint64 {
	t.Helper()
	rpc := n.Chain.Attach()
	defer rpc.Close()
	nonce, err := ethclient.NewClient(rpc).NonceAt(t.Context(), common.Address(who), nil)
	if err != nil {
		t.Fatal(err)
	}
	return nonce
}

// Dial connects until the test ends.
func Dial(t testing.TB, cfg chain.Config) *chain.Client {
	t.Helper()
	c, err := chain.New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// Key draws a key.
func Key(t testing.TB) *wallet.Key {
	t.Helper()
	k, err := wallet.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Queue runs a queue of the key until the test ends.
func (n *Net) Queue(t testing.TB, key *wallet.Key) *chain.Queue {
	t.Helper()
	q := chain.NewQueue(chain.QueueConfig{Client: n.Client, Key: key, Journal: memory.New(), AgainAfter: 100 * time.Millisecond})
	RunQueue(t, q)
	return q
}

// RunQueue runs q until stop or the end of the test, whatever comes first.
func RunQueue(t testing.TB, q *chain.Queue) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := q.Run(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("queue: %v", err)
		}
	}()
	stop = func() {
		cancel()
		<-done
	}
	t.Cleanup(stop)
	return stop
}

// Emitter is the creation code of a contract that logs its first 32 bytes of
// call data as a topic.
var Emitter = create("5f355f5fa100")

// Reverter is the creation code of a contract that reverts with its call data.
var Reverter = create("365f5f37365ffd")

// create wraps code of at most 32 bytes: push it, store it, return its end.
func create(runtime string) []byte {
	code := common.FromHex(runtime)
	n := byte(len(code))
	init := append([]byte{0x5f + n}, code...) // PUSHn
	return append(init, 0x5f, 0x52, 0x60, n, 0x60, 32-n, 0xf3)
}
