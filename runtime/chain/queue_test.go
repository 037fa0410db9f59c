package chain_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/journal"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func TestQueue_Send_concurrently(t *testing.T) {
	overChains(t, func(t *testing.T, net *chaintest.Net) {
		q := net.Queue(t, net.Keys[0])
		emitter := deploy(t, q, chaintest.Emitter)
		var mu sync.Mutex
		seen := map[common.Hash]bool{}
		var group sync.WaitGroup
		const sends = 50
		for i := range sends {
			group.Go(func() {
				topic := common.BigToHash(big.NewInt(int64(i)))
				m, err := q.Send(t.Context(), chain.Call{To: emitter, Data: topic[:]})
				if err != nil || len(m.Receipt.Logs) != 1 {
					t.Errorf("send %d: %+v, %v", i, m, err)
					return
				}
				if got := m.Receipt.Logs[0].Topics[0]; got != topic {
					t.Errorf("send %d got the receipt of %s", i, got)
				}
				if h, err := net.Client.HeaderAt(t.Context(), m.Block.Number); err != nil || h.Block != m.Block {
					t.Errorf("mined in %+v, the chain has %+v, %v", m.Block, h.Block, err)
				}
				mu.Lock()
				defer mu.Unlock()
				seen[m.Receipt.TxHash] = true
			})
		}
		group.Wait()
		if len(seen) != sends {
			t.Errorf("%d transactions for %d sends", len(seen), sends)
		}
	})
}

func TestQueue_Send_refuses(t *testing.T) {
	overChains(t, func(t *testing.T, net *chaintest.Net) {
		q := net.Queue(t, net.Keys[0])
		poor := net.Queue(t, chaintest.Key(t))
		reverter := deploy(t, q, chaintest.Reverter)
		reason := []byte("\x01\x02\x03\x04 because")
		for name, c := range map[string]struct {
			queue  *chain.Queue
			call   chain.Call
			code   lilypad.Code
			revert []byte
		}{
			"reverts when estimated":    {q, chain.Call{To: reverter, Data: reason}, lilypad.Conflict, reason},
			"reverts in a block":        {q, chain.Call{To: reverter, Data: reason, Gas: 100_000}, lilypad.Conflict, reason},
			"reverts without data":      {q, chain.Call{To: reverter}, lilypad.Conflict, []byte{}},
			"cannot pay, estimated":     {poor, chain.Call{To: reverter, Value: big.NewInt(1)}, lilypad.Exhausted, nil},
			"cannot pay, gas is given":  {poor, chain.Call{To: q.Address(), Gas: 50_000}, lilypad.Exhausted, nil},
			"more gas than a block has": {q, chain.Call{To: q.Address(), Gas: 1 << 25}, lilypad.Invalid, nil},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.queue.Send(t.Context(), c.call)
				if lilypad.CodeOf(err) != c.code {
					t.Errorf("error %v of code %s, want %s", err, lilypad.CodeOf(err), c.code)
				}
				revert, ok := errors.AsType[*chain.Revert](err)
				if ok != (c.revert != nil) || ok && string(revert.Data) != string(c.revert) {
					t.Errorf("revert %+v, want %q", revert, c.revert)
				}
				if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
					t.Errorf("the next send: %v", err)
				}
			})
		}
	})
}

// A contract's first block is found, wherever it is; and a node that has thrown
// old state away says so.
func TestClient_CodeSince(t *testing.T) {
	net := chaintest.Start(t, 1)
	q := net.Queue(t, net.Keys[0])
	for range 9 {
		advance(t, net)
		m, err := q.Send(t.Context(), chain.Call{Data: chaintest.Emitter})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := net.Client.CodeSince(t.Context(), lilypad.Address(m.Receipt.ContractAddress)); err != nil || got != m.Block.Number {
			t.Errorf("code since block %d, %v, want %d", got, err, m.Block.Number)
		}
	}
	if _, err := net.Client.CodeSince(t.Context(), lilypad.Address{1, 2}); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("where nothing is: %v", err)
	}
}

// Signed and stored, and killed before it could send.
func TestQueue_Run_sendsWhatWasStored(t *testing.T) {
	net := chaintest.Start(t, 1)
	proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: true, Refuse: map[string]bool{"eth_sendRawTransaction": true}})
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Patience: 100 * time.Millisecond})
	key, stored := net.Keys[0], memory.New()
	first := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: stored})
	stop := chaintest.RunQueue(t, first)
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			if _, err := first.Send(ctx, chain.Call{To: key.Address(), Value: big.NewInt(7)}); lilypad.CodeOf(err) != lilypad.Timeout {
				t.Errorf("send without a node: %v, want timeout", err)
			}
		})
	}
	group.Wait()
	stop()
	if _, err := first.Send(t.Context(), chain.Call{To: key.Address(), Gas: 21000}); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("send after stop: %v, want unavailable", err)
	}
	if n := mined(t, net, key); n != 0 {
		t.Fatalf("%d transactions reached the chain", n)
	}

	second := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: key, Journal: stored})
	chaintest.RunQueue(t, second)
	eventually(t, func() bool { return mined(t, net, key) == 3 })
	if _, err := second.Send(t.Context(), chain.Call{To: key.Address()}); err != nil || mined(t, net, key) != 4 {
		t.Errorf("the next send: %v, %d mined", err, mined(t, net, key))
	}
}

func TestQueue_Send_outlivesTheNode(t *testing.T) {
	for name, plain := range map[string]bool{"websocket": false, "plain HTTP": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			net := chaintest.Start(t, 1)
			proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: plain})
			client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Poll: 50 * time.Millisecond})
			q := chain.NewQueue(chain.QueueConfig{Client: client, Key: net.Keys[0], Journal: memory.New()})
			chaintest.RunQueue(t, q)
			for range 3 {
				sent := make(chan error, 1)
				proxy.Set(chaintest.Faults{PlainHTTP: plain, Down: true})
				go func() {
					_, err := q.Send(t.Context(), chain.Call{To: q.Address()})
					sent <- err
				}()
				select {
				case err := <-sent:
					t.Fatalf("sent without a node: %v", err)
				case <-time.After(300 * time.Millisecond):
				}
				proxy.Set(chaintest.Faults{PlainHTTP: plain})
				if err := <-sent; err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// The node starts anew with an empty pool and without the last blocks: another
// chain with the same genesis that has none of them.
func TestQueue_Run_restoresWhatTheChainLost(t *testing.T) {
	before := chaintest.Start(t, 1)
	key := before.Keys[0]
	after := chaintest.StartWith(t, before.Keys)
	proxy := chaintest.NewProxy(t, before.Chain.URL(), chaintest.Faults{})
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL})
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: memory.New()})
	chaintest.RunQueue(t, q)
	emitter := deploy(t, q, chaintest.Emitter)
	if _, err := q.Send(t.Context(), chain.Call{To: emitter}); err != nil {
		t.Fatal(err)
	}
	proxy.Point(t, after.Chain.URL())
	eventually(t, func() bool { return mined(t, after, key) == 2 })
	if code, err := after.Client.Code(t.Context(), emitter); err != nil || len(code) == 0 {
		t.Errorf("the contract is not where it was: %x, %v", code, err)
	}
	if _, err := q.Send(t.Context(), chain.Call{To: emitter}); err != nil {
		t.Error(err)
	}
}

func TestQueue_Send_whenTheKeyIsUsedElsewhere(t *testing.T) {
	overChains(t, func(t *testing.T, net *chaintest.Net) {
		one, other := net.Queue(t, net.Keys[0]), net.Queue(t, net.Keys[0])
		for i := range 10 {
			var group sync.WaitGroup
			for _, q := range []*chain.Queue{one, other}[i%2:] { // both at once, or one alone
				group.Go(func() {
					if _, err := q.Send(t.Context(), chain.Call{To: q.Address(), Gas: 50_000, Data: []byte{byte(i)}}); err != nil {
						t.Error(err)
					}
				})
			}
			done := make(chan struct{})
			go func() {
				defer close(done)
				group.Wait()
			}()
			// Where both sent the same nonce, the loser learns it at the next blocks.
			eventually(t, func() bool {
				advance(t, net)
				select {
				case <-done:
					return true
				default:
					return false
				}
			})
		}
	})
}

// Stored but not sent, while another program takes the nonce.
func TestQueue_Run_findsItsNonceTaken(t *testing.T) {
	net := chaintest.Start(t, 1)
	refuse := chaintest.Faults{PlainHTTP: true, Refuse: map[string]bool{"eth_sendRawTransaction": true}}
	proxy := chaintest.NewProxy(t, net.Chain.URL(), refuse)
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Patience: 50 * time.Millisecond, Poll: 50 * time.Millisecond})
	q, other := chain.NewQueue(chain.QueueConfig{Client: client, Key: net.Keys[0], Journal: memory.New(), AgainAfter: 100 * time.Millisecond}), net.Queue(t, net.Keys[0])
	chaintest.RunQueue(t, q)
	sent := make(chan error, 1)
	go func() {
		m, err := q.Send(t.Context(), chain.Call{To: q.Address()})
		if err == nil && m.Receipt.Status != types.ReceiptStatusSuccessful {
			err = errors.New("not successful")
		}
		sent <- err
	}()
	eventually(t, func() bool { return proxy.Calls("eth_sendRawTransaction") > 0 })
	if _, err := other.Send(t.Context(), chain.Call{To: q.Address(), Value: big.NewInt(1)}); err != nil {
		t.Fatal(err)
	}
	proxy.Set(chaintest.Faults{PlainHTTP: true})
	eventually(t, func() bool {
		advance(t, net)
		return mined(t, net, net.Keys[0]) == 2
	})
	if err := <-sent; err != nil {
		t.Error(err)
	}
}

// A person sends with the key of a daemon that sends too: all of it is mined.
func TestQueue_Send_besideAnotherOfTheKey(t *testing.T) {
	net := chaintest.Start(t, 1)
	const each = 10
	var sending sync.WaitGroup
	for who := range 2 {
		q := net.Queue(t, net.Keys[0])
		sending.Go(func() {
			for i := range each { // equal calls at one nonce would be one transaction
				if _, err := q.Send(t.Context(), chain.Call{To: q.Address(), Data: []byte{byte(who*each + i)}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	sending.Wait()
	if n := mined(t, net, net.Keys[0]); n != 2*each {
		t.Errorf("%d transactions mined, want %d", n, 2*each)
	}
}

// A journal that waits behind nonces which neither it nor the chain knows.
func TestQueue_Run_closesAGap(t *testing.T) {
	before := chaintest.Start(t, 1)
	key, stored := before.Keys[0], memory.New()
	for range 2 {
		if _, err := before.Queue(t, key).Send(t.Context(), chain.Call{To: key.Address()}); err != nil {
			t.Fatal(err)
		}
	}
	proxy := chaintest.NewProxy(t, before.Chain.URL(), chaintest.Faults{PlainHTTP: true, Swallow: map[string]bool{"eth_sendRawTransaction": true}})
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL})
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: stored})
	stop := chaintest.RunQueue(t, q)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if _, err := q.Send(ctx, chain.Call{To: key.Address()}); lilypad.CodeOf(err) != lilypad.Timeout {
		t.Fatalf("send: %v, want timeout", err)
	}
	stop()

	after := chaintest.StartWith(t, before.Keys)
	chaintest.RunQueue(t, chain.NewQueue(chain.QueueConfig{Client: after.Client, Key: key, Journal: stored, AgainAfter: 100 * time.Millisecond}))
	eventually(t, func() bool {
		advance(t, after)
		return mined(t, after, key) == 1
	})
}

func TestQueue_Run_forgetsWhatLiesDeep(t *testing.T) {
	net := chaintest.Start(t, 1)
	j := memory.New()
	q := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: net.Keys[0], Journal: j})
	chaintest.RunQueue(t, q)
	for range 2 {
		if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
			t.Fatal(err)
		}
		for range 70 {
			advance(t, net)
		}
	}
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool {
		keys := stored(t, j)
		return len(keys) == 1 && strings.HasSuffix(keys[0], "/00000000000000000002")
	})
}

func TestQueue_Run_bumpsTheFee(t *testing.T) {
	net := chaintest.Start(t, 1)
	proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: true, Swallow: map[string]bool{"eth_sendRawTransaction": true}})
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Poll: 50 * time.Millisecond})
	signed := &recorder{Key: net.Keys[0]}
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: signed, Journal: memory.New(), BumpAfter: 200 * time.Millisecond})
	chaintest.RunQueue(t, q)
	sent := make(chan chain.Mined, 1)
	go func() {
		m, err := q.Send(t.Context(), chain.Call{To: q.Address()})
		if err != nil {
			t.Error(err)
		}
		sent <- m
	}()
	eventually(t, func() bool {
		advance(t, net)
		return len(signed.all()) >= 3
	})
	proxy.Set(chaintest.Faults{PlainHTTP: true})
	var m chain.Mined
	eventually(t, func() bool {
		advance(t, net)
		select {
		case m = <-sent:
			return true
		default:
			return false
		}
	})
	txs := signed.all()
	for i, tx := range txs[1:] {
		if tx.Nonce() != txs[0].Nonce() || tenPercentMore(txs[i].GasFeeCap()).Cmp(tx.GasFeeCap()) > 0 || tenPercentMore(txs[i].GasTipCap()).Cmp(tx.GasTipCap()) > 0 {
			t.Errorf("variant %d pays %d+%d at nonce %d after %d+%d", i+1, tx.GasFeeCap(), tx.GasTipCap(), tx.Nonce(), txs[i].GasFeeCap(), txs[i].GasTipCap())
		}
	}
	if n := mined(t, net, net.Keys[0]); n != 1 || m.Receipt.TxHash == txs[0].Hash() {
		t.Errorf("%d mined, receipt of %s", n, m.Receipt.TxHash)
	}
}

func TestQueue_Run_paysAtMostMaxFee(t *testing.T) {
	net := chaintest.Start(t, 1)
	signed := &recorder{Key: net.Keys[0]}
	most := big.NewInt(1_500_000_000)
	q := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: signed, Journal: memory.New(), MaxFee: most})
	chaintest.RunQueue(t, q)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Fatal(err)
	}
	if got := signed.all()[0].GasFeeCap(); got.Cmp(most) != 0 {
		t.Errorf("pays up to %d, want %d", got, most)
	}
}

func TestQueue_Send_whileTheNodeIndexes(t *testing.T) {
	net := chaintest.Start(t, 1)
	proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: true, Indexing: 3})
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Poll: 50 * time.Millisecond})
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: net.Keys[0], Journal: memory.New()})
	chaintest.RunQueue(t, q)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Error(err)
	}
	if n := proxy.Calls("eth_getTransactionReceipt"); n != 4 {
		t.Errorf("asked %d times for a receipt, want 4", n)
	}
}

func TestQueue_Run_refusesADamagedJournal(t *testing.T) {
	net := chaintest.Start(t, 1)
	for _, value := range []string{"", "{}", `{"variants":[]}`, `{"variants":[null]}`, `{"variants":[{"type":"0x2"}]}`, "pond"} {
		j := memory.New()
		err := j.Update(t.Context(), func(w journal.Writer) error {
			return w.Put("transactions", "1337/"+strings.ToLower(net.Keys[0].Address().String())+"/00000000000000000000", []byte(value))
		})
		if err != nil {
			t.Fatal(err)
		}
		q := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: net.Keys[0], Journal: j})
		err = q.Run(t.Context())
		if _, told := q.Send(t.Context(), plain); !errors.Is(told, err) {
			t.Errorf("%q: who sends is told %v", value, told)
		}
		if lilypad.CodeOf(err) != lilypad.Internal || !strings.Contains(err.Error(), "stored transaction") {
			t.Errorf("%q: error %v", value, err)
		}
	}
}

func deploy(t *testing.T, q *chain.Queue, code []byte) lilypad.Address {
	t.Helper()
	m, err := q.Send(t.Context(), chain.Call{Data: code})
	if err != nil {
		t.Fatal(err)
	}
	return lilypad.Address(m.Receipt.ContractAddress)
}

// stored are the keys of all transactions in a journal.
func stored(t *testing.T, j journal.Journal) (keys []string) {
	t.Helper()
	if err := j.View(t.Context(), func(r journal.Reader) error {
		return r.Scan("transactions", "", func(key string, _ []byte) bool { keys = append(keys, key); return true })
	}); err != nil {
		t.Fatal(err)
	}
	return keys
}

// mined counts an account's transactions.
func mined(t *testing.T, net *chaintest.Net, key *wallet.Key) uint64 {
	t.Helper()
	return net.Nonce(t, key.Address())
}

func advance(t *testing.T, net *chaintest.Net) {
	t.Helper()
	head, err := net.Client.Head(t.Context())
	if err == nil {
		err = net.Chain.Advance(t.Context(), head.Time+1)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func eventually(t *testing.T, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it did not happen within 20 seconds")
		}
	}
}

func tenPercentMore(v *big.Int) *big.Int {
	return new(big.Int).Div(new(big.Int).Mul(v, big.NewInt(11)), big.NewInt(10))
}

// recorder keeps what it signed.
type recorder struct {
	*wallet.Key
	mu  sync.Mutex // guards txs
	txs []*types.Transaction
}

func (r *recorder) SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	signed, err := r.Key.SignTx(ctx, tx, chainID)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.txs = append(r.txs, signed)
	return signed, err
}

func (r *recorder) all() []*types.Transaction {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*types.Transaction(nil), r.txs...)
}
