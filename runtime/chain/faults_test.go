package chain_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Whatever depth the chain loses, each call is in it exactly once afterwards,
// and a follower has told of all that stays, in the order of the chain.
func TestQueueAndFollower_surviveReorganisations(t *testing.T) {
	net := chaintest.Start(t, 1)
	// The fork's base fee may be far above what was offered.
	q := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: net.Keys[0], Journal: memory.New(), BumpAfter: 100 * time.Millisecond})
	chaintest.RunQueue(t, q)
	emitter := deploy(t, q, chaintest.Emitter)
	seen := followTopics(t, net.Client, emitter)
	sent := 0
	for _, depth := range []int{1, 2, 3, 5, 8, 13, 20} {
		awaitRoom(t, net, uint64(depth))
		for range 2 {
			sent++
			topic := common.BigToHash(big.NewInt(int64(sent)))
			if _, err := q.Send(t.Context(), chain.Call{To: emitter, Data: topic[:]}); err != nil {
				t.Fatal(err)
			}
		}
		fork := devchain.Fork{Depth: depth, Blocks: 1 + depth%4*depth/2, Forget: depth%2 == 0}
		if err := net.Chain.Reorganise(t.Context(), fork); err != nil {
			t.Fatalf("depth %d: %v", depth, err)
		}
		eventually(t, func() bool {
			advance(t, net)
			return mined(t, net, net.Keys[0]) == uint64(sent)+1 // and the deployment
		})
	}
	topic := common.BigToHash(big.NewInt(0))
	if _, err := q.Send(t.Context(), chain.Call{To: emitter, Data: topic[:]}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool { return seen.last() == 0 })
	logs, err := net.Client.Logs(t.Context(), 0, head(t, net).Number, []lilypad.Address{emitter})
	if err != nil || len(logs) != sent+1 {
		t.Fatalf("%d events of %d calls, %v", len(logs), sent+1, err)
	}
	for i, l := range logs[:sent] {
		if got := l.Topics[0].Big().Int64(); got != int64(i+1) {
			t.Errorf("event %d on the chain is of call %d", i, got)
		}
	}
	seen.check(t, logs)
}

// awaitRoom makes blocks until depth of them may be lost: the last final one
// stays.
func awaitRoom(t *testing.T, net *chaintest.Net, depth uint64) {
	t.Helper()
	for head(t, net).Number%32 < depth || head(t, net).Number%32 > 28 {
		advance(t, net)
	}
}

func head(t *testing.T, net *chaintest.Net) chain.Header {
	t.Helper()
	h, err := net.Client.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// topicLog is what a follower told, by the place on the chain.
type topicLog struct {
	mu   sync.Mutex // guards told
	told []types.Log
}

func followTopics(t *testing.T, c *chain.Client, emitter lilypad.Address) *topicLog {
	l := &topicLog{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = chain.NewFollower(c, []lilypad.Address{emitter}, nil).Follow(ctx, chain.Cursor{}, func(b chain.Batch) error {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.told = append(l.told, b.Logs...)
			return nil
		})
	}()
	t.Cleanup(func() { cancel(); <-done })
	return l
}

func (l *topicLog) last() int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.told) == 0 {
		return -1
	}
	return l.told[len(l.told)-1].Topics[0].Big().Int64()
}

// check demands every event of the chain, in order by its last delivery.
func (l *topicLog) check(t *testing.T, logs []types.Log) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	last := map[string]int{}
	for i, told := range l.told {
		last[id(told)] = i
	}
	before := -1
	for _, log := range logs {
		at, ok := last[id(log)]
		if !ok || at < before {
			t.Errorf("event %s was told: %v, at %d after %d", id(log), ok, at, before)
		}
		before = at
	}
}

// Of several nodes behind one URL some lag behind: an older head is no
// reorganisation as long as the block that was seen is still there.
func TestFollower_bearsStaleHeads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		s := subscribe(t, c, chain.Cursor{})
		for i := range 40 {
			c.Mine(blocksOf(2, 1+i%3)...)
			time.Sleep(20 * time.Millisecond)
			c.Lag(1 + i%20)
			time.Sleep(20 * time.Millisecond)
			c.Lag(0)
		}
		time.Sleep(time.Second)
		s.check(t, c)
		if s.rewinds != 0 {
			t.Errorf("told of %d reorganisations, there was none", s.rewinds)
		}
	})
}

func TestQueue_Send_whileTheNodeFailsForAMinute(t *testing.T) {
	for name, fault := range map[string]error{
		"unavailable":   rpcError{-32002, "request timed out"},
		"limit reached": rpcError{-32005, "daily request count exceeded"},
		"internal":      rpcError{-32603, "internal error"},
	} {
		t.Run(name, func(t *testing.T) {
			onFakeNode(t, func(t *testing.T, node *fakeNode, q *chain.Queue) {
				if _, err := q.Send(t.Context(), plain); err != nil {
					t.Fatal(err)
				}
				sent := make(chan error, 1)
				node.set(func() { node.deaf = true }) // takes transactions and mines none
				go func() { _, err := q.Send(t.Context(), plain); sent <- err }()
				time.Sleep(time.Second)
				node.set(func() { node.fault = fault })
				time.Sleep(time.Minute)
				node.set(func() { node.fault, node.deaf = nil, false })
				select {
				case err := <-sent:
					if err != nil {
						t.Error(err)
					}
				case <-time.After(time.Minute):
					t.Error("not sent a minute after the node came back")
				}
				if node.nonce() != 2 {
					t.Errorf("%d transactions mined, want 2", node.nonce())
				}
			})
		})
	}
}

// The base fee rises above what transactions offer: they are offered more with
// the next block, not only after BumpAfter, and never above what the operator
// allows.
func TestQueue_Run_followsAFeeSpike(t *testing.T) {
	const gwei = 1_000_000_000
	onFakeNode(t, func(t *testing.T, node *fakeNode, q *chain.Queue) {
		for _, spike := range []int64{30 * gwei, 900 * gwei} {
			node.set(func() { node.deaf = true })
			sent := sendPlain(t, q, 3)
			time.Sleep(time.Second)
			node.set(func() { node.deaf, node.baseFee = false, big.NewInt(spike) })
			awaitSent(t, sent, 3, 10*time.Second)
			node.set(func() { node.baseFee = big.NewInt(gwei) })
		}
		node.set(func() { node.deaf = true })
		sent := sendPlain(t, q, 1)
		time.Sleep(time.Second)
		before := len(node.all())
		node.set(func() { node.deaf, node.baseFee = false, big.NewInt(5000*gwei) })
		time.Sleep(30 * time.Minute)
		offers := map[string]bool{}
		for i, tx := range node.all() {
			if tx.GasFeeCap().Cmp(big.NewInt(1000*gwei)) > 0 {
				t.Errorf("offers %d wei, above the most that is allowed", tx.GasFeeCap())
			}
			if i >= before {
				offers[tx.GasFeeCap().String()] = true
			}
		}
		if len(offers) > 2 {
			t.Errorf("offers %d prices, want what it began with and the most that is allowed", len(offers))
		}
		node.set(func() { node.baseFee = big.NewInt(gwei) })
		awaitSent(t, sent, 1, 5*time.Minute)
		if node.nonce() != 7 {
			t.Errorf("%d transactions mined, want 7", node.nonce())
		}
	})
}

// sendPlain sends that many transactions and returns how they end.
func sendPlain(t *testing.T, q *chain.Queue, count int) <-chan error {
	sent := make(chan error, count)
	for range count {
		go func() { _, err := q.Send(t.Context(), plain); sent <- err }()
	}
	return sent
}

// awaitSent demands that many to be mined within d.
func awaitSent(t *testing.T, sent <-chan error, count int, d time.Duration) {
	t.Helper()
	late := time.After(d)
	for range count {
		select {
		case err := <-sent:
			if err != nil {
				t.Error(err)
			}
		case <-late:
			t.Fatalf("not mined within %s", d)
		}
	}
}

// A node that lags tells an old nonce and knows no receipt: nothing is sent
// twice for that.
func TestQueue_Send_bearsStaleAnswers(t *testing.T) {
	onFakeNode(t, func(t *testing.T, node *fakeNode, q *chain.Queue) {
		for i := range 20 {
			node.set(func() { node.stale = 2 })
			if _, err := q.Send(t.Context(), plain); err != nil {
				t.Fatal(err)
			}
			if got := node.nonce(); got != uint64(i+1) {
				t.Fatalf("%d transactions mined for %d calls", got, i+1)
			}
		}
	})
}

var plain = chain.Call{To: lilypad.Address{7}, Gas: 21_000}

// onFakeNode runs a test with a queue on a fake node, in time that passes when
// all wait.
func onFakeNode(t *testing.T, test func(*testing.T, *fakeNode, *chain.Queue)) {
	t.Helper()
	onFakeNodeOf(t, chain.FinalAtOnce, test)
}

// besideFakeNode leaves it to the test to run queues.
func besideFakeNode(t *testing.T, finality chain.Finality, test func(*testing.T, *fakeNode, *chain.Client, *wallet.Key)) {
	t.Helper()
	key := chaintest.Key(t)
	synctest.Test(t, func(t *testing.T) {
		server := rpc.NewServer()
		defer server.Stop()
		node := &fakeNode{baseFee: big.NewInt(1_000_000_000), mined: map[common.Hash]uint64{}}
		if err := server.RegisterName("eth", node); err != nil {
			t.Fatal(err)
		}
		conn := rpc.DialInProc(server)
		defer conn.Close()
		client, err := chain.New(t.Context(), chain.Config{RPC: conn, Poll: time.Second, Finality: finality})
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		test(t, node, client, key)
	})
}

func onFakeNodeOf(t *testing.T, finality chain.Finality, test func(*testing.T, *fakeNode, *chain.Queue)) {
	t.Helper()
	besideFakeNode(t, finality, func(t *testing.T, node *fakeNode, client *chain.Client, key *wallet.Key) {
		q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: memory.New()})
		stop := chaintest.RunQueue(t, q)
		defer stop()
		test(t, node, q)
	})
}

// fakeNode serves one account's transactions: each question for the head makes
// a block. It tells of no block by itself.
type fakeNode struct {
	mu      sync.Mutex // guards what follows
	fault   error      // of every call
	deaf    bool       // mines nothing
	stale   int        // how many receipts and nonces to come are of a node that lags
	baseFee *big.Int
	number  uint64
	used    uint64
	final   uint64 // of used, what the finalized block has
	pool    []*types.Transaction
	seen    []*types.Transaction
	mined   map[common.Hash]uint64 // block
	lose    bool                   // the next sending is mined, and its answer is lost
	blind   bool                   // finds no transaction by its hash
	words   string                 // the next sending is taken, and refused in these
	refuse  func(*types.Transaction) error
	balance *big.Int // nil: an ether
}

type rpcError struct {
	code int
	text string
}

func (e rpcError) Error() string  { return e.text }
func (e rpcError) ErrorCode() int { return e.code }

func (n *fakeNode) set(fn func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	fn()
}

func (n *fakeNode) nonce() uint64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.used
}

func (n *fakeNode) all() []*types.Transaction {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.seen
}

// NewHeads implements eth_subscribe of newHeads, and tells of none.
func (n *fakeNode) NewHeads(ctx context.Context) (*rpc.Subscription, error) {
	notifier, ok := rpc.NotifierFromContext(ctx)
	if !ok {
		return nil, rpc.ErrNotificationsUnsupported
	}
	return notifier.CreateSubscription(), nil
}

// ChainId implements eth_chainId.
func (n *fakeNode) ChainId() hexutil.Uint64 { return 1 }

// GetBlockByNumber implements eth_getBlockByNumber, of the newest block.
func (n *fakeNode) GetBlockByNumber(_ string, _ bool) (map[string]any, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fault != nil {
		return nil, n.fault
	}
	n.number++
	for progress := !n.deaf; progress; {
		progress = false
		for _, tx := range n.pool {
			if tx.Nonce() == n.used && tx.GasFeeCap().Cmp(n.baseFee) >= 0 {
				n.mined[tx.Hash()], n.used, progress = n.number, n.used+1, true
			}
		}
	}
	return n.block(n.number), nil
}

func (n *fakeNode) block(number uint64) map[string]any {
	hash := func(number uint64) common.Hash { return common.BigToHash(new(big.Int).SetUint64(number + 1000)) }
	return map[string]any{
		"number": hexutil.Uint64(number), "timestamp": hexutil.Uint64(number), "hash": hash(number), "parentHash": hash(number - 1),
		"baseFeePerGas": (*hexutil.Big)(n.baseFee),
	}
}

// GetBlockByHash implements eth_getBlockByHash.
func (n *fakeNode) GetBlockByHash(hash common.Hash, _ bool) (map[string]any, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.block(hash.Big().Uint64() - 1000), n.fault
}

// EstimateGas implements eth_estimateGas.
func (n *fakeNode) EstimateGas(map[string]any, string) hexutil.Uint64 { return 21_000 }

// MaxPriorityFeePerGas implements eth_maxPriorityFeePerGas.
func (n *fakeNode) MaxPriorityFeePerGas() (*hexutil.Big, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return (*hexutil.Big)(big.NewInt(1)), n.fault
}

// GetTransactionCount implements eth_getTransactionCount.
func (n *fakeNode) GetTransactionCount(_ common.Address, at string) (hexutil.Uint64, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fault != nil {
		return 0, n.fault
	}
	if at == "finalized" {
		return hexutil.Uint64(n.final), nil
	}
	count := n.used
	for at == "pending" && slices.ContainsFunc(n.pool, func(tx *types.Transaction) bool { return tx.Nonce() == count }) {
		count++ // those behind a gap do not count
	}
	return hexutil.Uint64(count), nil
}

// SendRawTransaction implements eth_sendRawTransaction.
func (n *fakeNode) SendRawTransaction(raw hexutil.Bytes) (common.Hash, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	tx := new(types.Transaction)
	if err := errors.Join(tx.UnmarshalBinary(raw), n.fault); err != nil {
		return common.Hash{}, err
	}
	if n.refuse != nil {
		if err := n.refuse(tx); err != nil {
			return common.Hash{}, err
		}
	}
	if n.lose {
		n.lose, n.seen, n.mined[tx.Hash()], n.used = false, append(n.seen, tx), n.number, n.used+1
		return common.Hash{}, rpcError{-32002, "request timed out"}
	}
	if tx.Nonce() < n.used {
		return common.Hash{}, rpcError{-32000, fmt.Sprintf("nonce too low: next nonce %d, tx nonce %d", n.used, tx.Nonce())}
	}
	n.pool, n.seen = append(n.pool, tx), append(n.seen, tx)
	if words := n.words; words != "" {
		n.words = ""
		return common.Hash{}, rpcError{-32000, words}
	}
	return tx.Hash(), nil
}

// GetTransactionByHash implements eth_getTransactionByHash.
func (n *fakeNode) GetTransactionByHash(hash common.Hash) (any, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, tx := range n.seen {
		if tx.Hash() == hash && !n.blind {
			return tx, n.fault
		}
	}
	return nil, n.fault
}

// GetTransactionReceipt implements eth_getTransactionReceipt.
func (n *fakeNode) GetTransactionReceipt(hash common.Hash) (any, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, mined := n.mined[hash]
	if n.fault != nil || !mined {
		return nil, n.fault
	}
	if n.stale > 0 {
		n.stale--
		return nil, nil
	}
	return &types.Receipt{
		Type: types.DynamicFeeTxType, Status: types.ReceiptStatusSuccessful, TxHash: hash, Logs: []*types.Log{},
		BlockHash: common.BigToHash(new(big.Int).SetUint64(at + 1000)), BlockNumber: new(big.Int).SetUint64(at), GasUsed: 21_000, CumulativeGasUsed: 21_000,
	}, nil
}
