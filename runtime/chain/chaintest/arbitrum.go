package chaintest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad/runtime/chain"
)

// ArbitrumMaxTx is the most bytes of a transaction that Arbitrum's sequencer
// takes.
const ArbitrumMaxTx = 95_000

// FakeArbitrum answers as a provider of an Arbitrum chain does, from a dev
// chain that it stands before. Against that chain:
//
//   - gas includes what the parent chain takes for the calldata: estimates vary,
//     a limit below the day's share is refused, receipts tell it apart
//   - there is no pool: a nonce ahead and a cap below the base fee are refused
//   - blocks have more fields, logs no time; finality lags behind the head
//   - plain HTTP only, and logs of few blocks at once
//
// Two things it cannot change: the opcodes of block number and block hash, and
// that the dev chain takes no transaction without a tip, so it suggests 1 wei
// where Arbitrum suggests none.
type FakeArbitrum struct {
	URL string

	cfg      ArbitrumConfig
	upstream *rpc.Client

	mu     sync.Mutex        // guards all below
	asked  int               // estimates so far: each meets another price
	spikes int               // sendings that will meet a base fee above their cap
	behind int               // sendings that will meet a node that is behind
	shares map[string]uint64 // gas for the parent chain, by transaction
	calls  map[string]int
}

// ArbitrumConfig says how far the fake goes; zero values are its defaults.
type ArbitrumConfig struct {
	LogRange uint64 // the most blocks of an eth_getLogs; 0: 10 000
	FinalLag uint64 // blocks between the head and the final one; 0: 20
}

// Arbitrum is the net seen through a fake of Arbitrum, until the test ends.
func (n *Net) Arbitrum(t testing.TB, cfg ArbitrumConfig) (*Net, *FakeArbitrum) {
	t.Helper()
	if cfg.LogRange == 0 {
		cfg.LogRange = 10_000
	}
	if cfg.FinalLag == 0 {
		cfg.FinalLag = 20
	}
	f := &FakeArbitrum{cfg: cfg, upstream: n.Chain.Attach(), shares: map[string]uint64{}, calls: map[string]int{}}
	t.Cleanup(f.upstream.Close)
	server := httptest.NewServer(f)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	f.URL = server.URL
	client := Dial(t, chain.Config{URL: f.URL, Finality: chain.Finalized, MaxTx: ArbitrumMaxTx, Poll: 20 * time.Millisecond})
	return &Net{Chain: n.Chain, Client: client, Keys: n.Keys}, f
}

// Spike makes so many sendings meet a base fee above their cap.
func (f *FakeArbitrum) Spike(sendings int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.spikes = sendings
}

// Behind makes so many sendings meet a node that has not seen the transaction
// before.
func (f *FakeArbitrum) Behind(sendings int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.behind = sendings
}

// Calls tells how often a method was called.
func (f *FakeArbitrum) Calls(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

// ServeHTTP implements http.Handler.
func (f *FakeArbitrum) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var call struct {
		ID     json.RawMessage   `json:"id"`
		Method string            `json:"method"`
		Params []json.RawMessage `json:"params"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 16<<20)).Decode(&call); err != nil {
		http.Error(w, "one call in JSON, over plain HTTP", http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	f.calls[call.Method]++
	f.mu.Unlock()
	out := map[string]any{"jsonrpc": "2.0", "id": call.ID}
	if result, err := f.answer(r.Context(), call.Method, call.Params); err != nil {
		out["error"] = errorObject(err)
	} else {
		out["result"] = result
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out) // who has gone needs no answer
}

// refused is an error in the words of Arbitrum's sequencer.
type refused string

func (e refused) Error() string { return string(e) }

func errorObject(err error) map[string]any {
	out := map[string]any{"code": -32000, "message": err.Error()}
	if e, ok := errors.AsType[rpc.Error](err); ok {
		out["code"] = e.ErrorCode()
	}
	if e, ok := errors.AsType[rpc.DataError](err); ok {
		out["data"] = e.ErrorData()
	}
	return out
}

func (f *FakeArbitrum) answer(ctx context.Context, method string, params []json.RawMessage) (any, error) {
	switch method {
	case "eth_maxPriorityFeePerGas":
		return "0x1", nil
	case "eth_getBlockByNumber":
		return f.block(ctx, params)
	case "eth_getBlockByHash":
		b, err := f.object(ctx, method, params)
		return parentFields(b), err
	case "eth_estimateGas":
		return f.estimate(ctx, params)
	case "eth_sendRawTransaction":
		return f.send(ctx, params)
	case "eth_getTransactionReceipt":
		return f.receipt(ctx, params)
	case "eth_getLogs":
		return f.logs(ctx, params)
	}
	if method[:min(len(method), 8)] == "lilypad_" {
		return nil, &unknown{method}
	}
	var out json.RawMessage
	err := f.call(ctx, &out, method, params)
	return out, err
}

type unknown struct{ method string }

func (e *unknown) Error() string {
	return fmt.Sprintf("the method %s does not exist/is not available", e.method)
}
func (e *unknown) ErrorCode() int { return -32601 }

func (f *FakeArbitrum) call(ctx context.Context, out any, method string, params []json.RawMessage) error {
	args := make([]any, len(params))
	for i, p := range params {
		args[i] = p
	}
	return f.upstream.CallContext(ctx, out, method, args...)
}

// object is an answer whose fields can be changed; nil for null.
func (f *FakeArbitrum) object(ctx context.Context, method string, params []json.RawMessage) (out map[string]any, err error) {
	err = f.call(ctx, &out, method, params)
	return out, err
}

// parentFields adds what Arbitrum's blocks have beside Ethereum's.
func parentFields(block map[string]any) map[string]any {
	if block != nil {
		block["l1BlockNumber"], block["sendCount"], block["sendRoot"] = "0x1499a3f", "0x2c1", fmt.Sprintf("0x%064x", 7)
	}
	return block
}

func (f *FakeArbitrum) block(ctx context.Context, params []json.RawMessage) (any, error) {
	var tag string
	if len(params) > 0 && json.Unmarshal(params[0], &tag) == nil && (tag == "finalized" || tag == "safe") {
		var head hexutil.Uint64
		if err := f.call(ctx, &head, "eth_blockNumber", nil); err != nil {
			return nil, err
		}
		if uint64(head) < f.cfg.FinalLag {
			return nil, refused(tag + " block not found")
		}
		params[0], _ = json.Marshal(hexutil.Uint64(uint64(head) - f.cfg.FinalLag))
	}
	b, err := f.object(ctx, "eth_getBlockByNumber", params)
	return parentFields(b), err
}

// share is the gas that calldata of that size costs for the parent chain, at a
// price in percent of the usual one.
func share(size int, percent uint64) uint64 { return (5_000 + 8*uint64(size)) * percent / 100 }

func (f *FakeArbitrum) estimate(ctx context.Context, params []json.RawMessage) (any, error) {
	var gas hexutil.Uint64
	if err := f.call(ctx, &gas, "eth_estimateGas", params); err != nil {
		return nil, err
	}
	var call struct {
		Data  hexutil.Bytes `json:"data"`
		Input hexutil.Bytes `json:"input"`
	}
	if err := json.Unmarshal(params[0], &call); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked++
	percent := 90 + uint64(f.asked*8%21) // 90 to 110
	return hexutil.Uint64(uint64(gas) + share(max(len(call.Data), len(call.Input)), percent)), nil
}

func (f *FakeArbitrum) send(ctx context.Context, params []json.RawMessage) (any, error) {
	var raw hexutil.Bytes
	tx := new(types.Transaction)
	if len(params) != 1 || json.Unmarshal(params[0], &raw) != nil || tx.UnmarshalBinary(raw) != nil {
		return nil, refused("rlp: expected a transaction")
	}
	if len(raw) > ArbitrumMaxTx {
		return nil, refused("oversized data")
	}
	from, err := types.Sender(types.LatestSignerForChainID(tx.ChainId()), tx)
	if err != nil {
		return nil, err
	}
	var next hexutil.Uint64
	if err := f.upstream.CallContext(ctx, &next, "eth_getTransactionCount", from, "pending"); err != nil {
		return nil, err
	}
	var head struct {
		BaseFee *hexutil.Big `json:"baseFeePerGas"`
	}
	if err := f.upstream.CallContext(ctx, &head, "eth_getBlockByNumber", "latest", false); err != nil {
		return nil, err
	}
	f.mu.Lock()
	spike := f.spikes > 0
	if spike {
		f.spikes--
	}
	behind := f.behind > 0 && !spike
	if behind {
		f.behind--
	}
	f.mu.Unlock()
	parent := share(len(tx.Data()), 100)
	switch {
	case behind, tx.Nonce() > uint64(next):
		return nil, refused(fmt.Sprintf("nonce too high: address %s, tx: %d state: %d", from, tx.Nonce(), next))
	case spike || tx.GasFeeCap().Cmp(head.BaseFee.ToInt()) < 0:
		return nil, refused(fmt.Sprintf("max fee per gas less than block base fee: address %s, maxFeePerGas: %s baseFee: %s", from, tx.GasFeeCap(), head.BaseFee.ToInt()))
	case tx.Gas() < 21_000+parent:
		return nil, refused(fmt.Sprintf("intrinsic gas too low: have %d, want %d", tx.Gas(), 21_000+parent))
	}
	var hash string
	if err := f.call(ctx, &hash, "eth_sendRawTransaction", params); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shares[hash] = parent
	return hash, nil
}

func (f *FakeArbitrum) receipt(ctx context.Context, params []json.RawMessage) (any, error) {
	r, err := f.object(ctx, "eth_getTransactionReceipt", params)
	if err != nil || r == nil {
		return nil, err
	}
	f.mu.Lock()
	parent := f.shares[r["transactionHash"].(string)]
	f.mu.Unlock()
	for _, field := range []string{"gasUsed", "cumulativeGasUsed"} {
		used, err := hexutil.DecodeUint64(r[field].(string))
		if err != nil {
			return nil, err
		}
		r[field] = hexutil.Uint64(used + parent)
	}
	r["gasUsedForL1"], r["l1BlockNumber"], r["timeboosted"] = hexutil.Uint64(parent), "0x1499a3f", false
	return r, nil
}

func (f *FakeArbitrum) logs(ctx context.Context, params []json.RawMessage) (any, error) {
	if blocks(params) > f.cfg.LogRange {
		return nil, refused(fmt.Sprintf("exceed maximum block range: %d", f.cfg.LogRange))
	}
	var logs []map[string]any
	if err := f.call(ctx, &logs, "eth_getLogs", params); err != nil {
		return nil, err
	}
	for _, log := range logs {
		delete(log, "blockTimestamp")
	}
	if logs == nil {
		logs = []map[string]any{}
	}
	return logs, nil
}
