package chain_test

import (
	"context"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
)

func TestNew_refuses(t *testing.T) {
	node := chaintest.Start(t, 0)
	rpc := node.Chain.Attach()
	t.Cleanup(rpc.Close)
	nobody := "127.0.0.1:" + ports.Reserve(t, 1)[0]
	for name, c := range map[string]struct {
		cfg  chain.Config
		code lilypad.Code
		says string
	}{
		"nothing":        {chain.Config{}, lilypad.Invalid, "needs a URL"},
		"two nodes":      {chain.Config{URL: node.Chain.URL(), RPC: rpc}, lilypad.Invalid, "needs a URL"},
		"no URL":         {chain.Config{URL: "http://[::1"}, lilypad.Invalid, "chain URL"},
		"unknown scheme": {chain.Config{URL: "ftp://127.0.0.1"}, lilypad.Invalid, `"ftp"`},
		"another chain":  {chain.Config{RPC: rpc, ChainID: 1}, lilypad.Conflict, "serves chain 1337, not 1"},
		"nobody there":   {chain.Config{URL: "http://" + nobody}, lilypad.Unavailable, nobody},
		"nobody at ws":   {chain.Config{URL: "ws://" + nobody}, lilypad.Unavailable, nobody},
		"no socket":      {chain.Config{URL: t.TempDir() + "/none.ipc"}, lilypad.Unavailable, "none.ipc"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.cfg.Patience = 200 * time.Millisecond
			_, err := chain.New(t.Context(), c.cfg)
			if lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want %s saying %q", err, c.code, c.says)
			}
		})
	}
}

func TestClient_givesAnswersTheirCode(t *testing.T) {
	type reply struct {
		status int
		body   string
	}
	var now atomic.Pointer[reply]
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(now.Load().status)
		_, _ = w.Write([]byte(now.Load().body))
	}))
	defer node.Close()
	answer := func(s string) string { return `{"jsonrpc":"2.0","id":1,` + s + `}` }
	failure := func(s string) string { return answer(`"error":{` + s + `}`) }
	now.Store(&reply{200, answer(`"result":"0x1"`)})
	client := chaintest.Dial(t, chain.Config{URL: node.URL, Patience: 10 * time.Millisecond, Poll: time.Hour})
	for name, c := range map[string]struct {
		status int
		body   string
		want   lilypad.Code
	}{
		"no such block":    {200, answer(`"result":null`), lilypad.NotFound},
		"overloaded":       {429, "", lilypad.Unavailable},
		"gateway":          {502, "", lilypad.Unavailable},
		"no key":           {401, "", lilypad.Unauthorized},
		"forbidden":        {403, "", lilypad.Unauthorized},
		"too large":        {413, "", lilypad.Invalid},
		"not JSON":         {200, "<html>", lilypad.Unavailable},
		"unknown method":   {200, failure(`"code":-32601,"message":"no"`), lilypad.Invalid},
		"limit":            {200, failure(`"code":-32005,"message":"limit"`), lilypad.Exhausted},
		"node time-out":    {200, failure(`"code":-32002,"message":"request timed out"`), lilypad.Unavailable},
		"indexing":         {200, failure(`"code":-32000,"message":"transaction indexing is in progress"`), lilypad.Unavailable},
		"funds":            {200, failure(`"code":-32000,"message":"insufficient funds for gas * price + value"`), lilypad.Exhausted},
		"nonce":            {200, failure(`"code":-32000,"message":"nonce too low: next nonce 3"`), lilypad.Conflict},
		"revert":           {200, failure(`"code":3,"message":"execution reverted","data":"0x01"`), lilypad.Conflict},
		"revert, bad data": {200, failure(`"code":3,"message":"execution reverted","data":{"a":[]}`), lilypad.Conflict},
		"broken node":      {200, failure(`"code":-32603,"message":"panic"`), lilypad.Internal},
		"bad hash":         {200, answer(`"result":{"number":"0x1","hash":"0x12"}`), lilypad.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			now.Store(&reply{c.status, c.body})
			_, err := client.Head(t.Context())
			if lilypad.CodeOf(err) != c.want {
				t.Errorf("error %v of code %s, want %s", err, lilypad.CodeOf(err), c.want)
			}
		})
	}
}

func TestClient_triesAgain(t *testing.T) {
	node := chaintest.Start(t, 0)
	proxy := chaintest.NewProxy(t, node.Chain.URL(), chaintest.Faults{Down: true})
	time.AfterFunc(300*time.Millisecond, func() { proxy.Set(chaintest.Faults{}) })
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL})
	proxy.Set(chaintest.Faults{Down: true})
	time.AfterFunc(300*time.Millisecond, func() { proxy.Set(chaintest.Faults{}) })
	if _, err := client.Head(t.Context()); err != nil {
		t.Errorf("a node that was gone for 300 ms: %v", err)
	}
	proxy.Set(chaintest.Faults{Down: true})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := client.Head(ctx); err == nil || time.Since(start) > time.Second {
		t.Errorf("error %v after %v, want one when the context ends", err, time.Since(start))
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := client.Head(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want canceled", err)
	}
}

func TestClient_Watch(t *testing.T) {
	for name, c := range map[string]struct {
		faults chaintest.Faults
		poll   time.Duration
		within time.Duration
	}{
		"websocket found behind http": {chaintest.Faults{}, time.Hour, time.Second},
		"plain HTTP":                  {chaintest.Faults{PlainHTTP: true}, 100 * time.Millisecond, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			node := chaintest.Start(t, 0)
			proxy := chaintest.NewProxy(t, node.Chain.URL(), c.faults)
			client := chaintest.Dial(t, chain.Config{URL: proxy.URL, Poll: c.poll})
			heads, stop := client.Watch()
			defer stop()
			for i := range 3 {
				advance(t, node)
				want, err := node.Client.Head(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				limit := time.After(c.within)
				for got := (chain.Header{}); got != want; {
					select {
					case got = <-heads:
					case <-limit:
						t.Fatalf("round %d: head %d did not come within %v", i, want.Number, c.within)
					}
				}
				proxy.Drop() // the next one comes through a new connection
			}
		})
	}
}

// forgetful is a node whose first answer to a subscription and to a question
// for the head get lost.
type forgetful struct {
	subscriptions, heads atomic.Int32
	end                  chan struct{}
}

func (f *forgetful) ChainId() hexutil.Uint64 { return 1 }

func (f *forgetful) GetBlockByNumber(_ string, _ bool) map[string]any {
	if f.heads.Add(1) == 1 {
		<-f.end
	}
	return map[string]any{"number": "0x1", "timestamp": "0x1", "hash": common.Hash{1}, "parentHash": common.Hash{}}
}

func (f *forgetful) NewHeads(ctx context.Context) (*rpc.Subscription, error) {
	if f.subscriptions.Add(1) == 1 {
		<-f.end
	}
	n, _ := rpc.NotifierFromContext(ctx)
	return n.CreateSubscription(), nil
}

func TestClient_survivesLostAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := rpc.NewServer()
		node := &forgetful{end: make(chan struct{})}
		if err := server.RegisterName("eth", node); err != nil {
			t.Fatal(err)
		}
		defer server.Stop()
		conn := rpc.DialInProc(server)
		defer conn.Close()
		defer close(node.end)
		client, err := chain.New(t.Context(), chain.Config{RPC: conn})
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		heads, stop := client.Watch()
		defer stop()
		select {
		case <-heads:
		case <-time.After(30 * time.Second):
			t.Error("no head came in 30 s")
		}
	})
}

func TestClient_Call(t *testing.T) {
	overChains(t, func(t *testing.T, node *chaintest.Net) {
		q := node.Queue(t, node.Keys[0])
		at := deploy(t, q, chaintest.Reverter)
		for _, pending := range []bool{false, true} {
			_, err := node.Client.Call(t.Context(), q.Address(), chain.Call{To: at, Data: []byte("why")}, pending)
			if revert, ok := errors.AsType[*chain.Revert](err); !ok || string(revert.Data) != "why" {
				t.Errorf("pending %v: error %v, want a revert saying why", pending, err)
			}
		}
		code, err := node.Client.Code(t.Context(), at)
		if diff := cmp.Diff(common.FromHex("365f5f37365ffd"), code); diff != "" || err != nil {
			t.Errorf("code: %v %s", err, diff)
		}
		wei, err := node.Client.Balance(t.Context(), lilypad.Address{1})
		if err != nil || wei.Sign() != 0 {
			t.Errorf("balance %d, %v; want none", wei, err)
		}
	})
}

func TestClient_EstimateGas(t *testing.T) {
	node := chaintest.Start(t, 1)
	to := node.Keys[0].Address()
	gas, err := node.Client.EstimateGas(t.Context(), to, chain.Call{To: to})
	if err != nil || gas != 21000*6/5 {
		t.Errorf("gas %d, %v; want a fifth more than 21000", gas, err)
	}
}

func TestClient_Simulate(t *testing.T) {
	overChains(t, func(t *testing.T, node *chaintest.Net) {
		q := node.Queue(t, node.Keys[0])
		emitter, reverter := deploy(t, q, chaintest.Emitter), deploy(t, q, chaintest.Reverter)
		topic := common.Hash{1, 2, 3}
		logs, err := node.Client.Simulate(t.Context(), q.Address(), chain.Call{To: emitter, Data: topic[:]})
		if err != nil || len(logs) != 1 || logs[0].Topics[0] != topic {
			t.Errorf("logs %+v, %v; want one of %s", logs, err, topic)
		}
		_, err = node.Client.Simulate(t.Context(), q.Address(), chain.Call{To: reverter, Data: []byte{1, 2}})
		if revert, ok := errors.AsType[*chain.Revert](err); !ok || string(revert.Data) != "\x01\x02" || lilypad.CodeOf(err) != lilypad.Conflict {
			t.Errorf("error %v, want a revert with 0x0102", err)
		}
	})
}

func TestFollower_onAFaultyNode(t *testing.T) {
	behind := func(faults chaintest.Faults) func(*testing.T, *chaintest.Net) (*chain.Client, func()) {
		return func(t *testing.T, node *chaintest.Net) (*chain.Client, func()) {
			proxy := chaintest.NewProxy(t, node.Chain.URL(), faults)
			return chaintest.Dial(t, chain.Config{URL: proxy.URL, Poll: 50 * time.Millisecond}), proxy.Drop
		}
	}
	for name, reach := range map[string]func(*testing.T, *chaintest.Net) (client *chain.Client, drop func()){
		"honest":      behind(chaintest.Faults{}),
		"plain HTTP":  behind(chaintest.Faults{PlainHTTP: true}),
		"small range": behind(chaintest.Faults{PlainHTTP: true, LogRange: 3}),
		"Arbitrum": func(t *testing.T, node *chaintest.Net) (*chain.Client, func()) {
			on, _ := node.Arbitrum(t, chaintest.ArbitrumConfig{LogRange: 3})
			return on.Client, func() {}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			node := chaintest.Start(t, 1)
			q := node.Queue(t, node.Keys[0])
			emitter := deploy(t, q, chaintest.Emitter)
			const events = 12
			emit := func(i int) {
				topic := common.BigToHash(big.NewInt(int64(i)))
				if _, err := q.Send(t.Context(), chain.Call{To: emitter, Data: topic[:]}); err != nil {
					t.Error(err)
				}
			}
			for i := range events / 2 { // some before it follows
				emit(i)
			}
			client, drop := reach(t, node)
			f := chain.NewFollower(client, []lilypad.Address{emitter}, nil)
			got := make(chan int64, 2*events)
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() {
				done <- f.Follow(ctx, chain.Cursor{}, func(b chain.Batch) error {
					for _, l := range b.Logs {
						if l.BlockTimestamp == 0 {
							t.Errorf("event in block %d has no time", l.BlockNumber)
						}
						got <- l.Topics[0].Big().Int64()
					}
					return nil
				})
			}()
			for i := events / 2; i < events; i++ {
				drop()
				emit(i)
			}
			for i := range int64(events) {
				select {
				case n := <-got:
					if n != i {
						t.Errorf("event %d, want %d", n, i)
					}
				case <-time.After(time.Minute):
					t.Fatalf("event %d did not come", i)
				}
			}
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("follow: %v", err)
			}
		})
	}
}
