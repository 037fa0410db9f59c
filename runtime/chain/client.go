package chain

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/url"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
)

// Config describes a Client. Set URL or RPC.
type Config struct {
	// URL of a node: http(s), ws(s), or the path of an IPC socket. At an http
	// URL of this machine a WebSocket is tried first, for it tells of blocks
	// when they come.
	URL string
	// RPC is a client inside the process; who made it closes it.
	RPC      *rpc.Client
	ChainID  uint64        // what the node must serve; 0: anything
	Patience time.Duration // how long a call tries again while the node is gone; 0: 10 s
	// Poll is the period of the safety net that asks for the head; 0: 15 s,
	// over plain HTTP, where nothing else tells of blocks, 5 s.
	Poll time.Duration
	// Finality is the chain's rule; empty: FinalAtOnce.
	Finality Finality
	// MaxTx is the largest transaction that the chain takes, in bytes; 0: 128 KiB,
	// the bound of go-ethereum's pool.
	MaxTx int
	Log   *slog.Logger // nil: silent
}

// Block is a point in chain time.
type Block struct {
	Number uint64       `json:"number"`
	Time   lilypad.Time `json:"time"`
	Hash   lilypad.Hash `json:"hash"`
}

// Header is a block and its parent's hash.
type Header struct {
	Block
	Parent lilypad.Hash
}

// Client speaks to one node. A call that meets no node tries again with
// growing pauses for Config.Patience or until its context ends. Safe for
// concurrent use.
//
// # Errors
//
// Unavailable when the node does not answer, Conflict with a [Revert] when a
// contract refuses, Exhausted when the sender cannot pay, NotFound for a block
// or transaction that is not there, Unauthorized when the node refuses us.
type Client struct {
	cfg   Config
	rpc   *rpc.Client
	eth   *ethclient.Client
	id    uint64
	heads *heads

	finality finality
}

const (
	// An answer can be lost together with its connection, and then nothing
	// tells the caller: the first attempt is a short one.
	firstTimeout = 5 * time.Second
	callTimeout  = 15 * time.Second // of each further attempt
	firstPause   = 50 * time.Millisecond
	longestWait  = 5 * time.Second
)

// New connects to a node and checks its chain id. The caller closes it.
//
// # Errors
//
// Those of Client; Conflict when the node serves another chain, Invalid for a
// bad URL.
func New(ctx context.Context, cfg Config) (*Client, error) {
	if (cfg.URL == "") == (cfg.RPC == nil) {
		return nil, lilypad.Errorf(lilypad.Invalid, "a chain client needs a URL or an RPC client")
	}
	if cfg.Patience == 0 {
		cfg.Patience = 10 * time.Second
	}
	if cfg.Finality == "" {
		cfg.Finality = FinalAtOnce
	}
	if err := cfg.Finality.Check(); err != nil {
		return nil, err
	}
	if cfg.MaxTx == 0 {
		cfg.MaxTx = 128 << 10
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	c := &Client{cfg: cfg, rpc: cfg.RPC}
	if c.rpc == nil {
		if err := c.dial(ctx); err != nil {
			return nil, err
		}
	}
	c.eth = ethclient.NewClient(c.rpc)
	if err := c.checkID(ctx); err != nil {
		c.closeRPC()
		return nil, err
	}
	c.heads = newHeads(c)
	return c, nil
}

func (c *Client) dial(ctx context.Context) error {
	u, err := url.Parse(c.cfg.URL)
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "chain URL", Err: err}
	}
	switch u.Scheme {
	case "http", "https", "ws", "wss", "":
	default:
		return lilypad.Errorf(lilypad.Invalid, "chain URL scheme %q is not http, https, ws, wss or a socket's path", u.Scheme)
	}
	return c.do(ctx, "connect", func(ctx context.Context) error {
		if host := u.Hostname(); u.Scheme == "http" && (host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1") {
			if c.rpc, err = rpc.DialContext(ctx, "ws"+strings.TrimPrefix(c.cfg.URL, "http")); err == nil {
				return nil
			}
		}
		c.rpc, err = rpc.DialContext(ctx, c.cfg.URL)
		return err
	})
}

func (c *Client) checkID(ctx context.Context) error {
	err := c.do(ctx, "chain id", func(ctx context.Context) error {
		id, err := c.eth.ChainID(ctx)
		if err == nil {
			c.id = id.Uint64()
		}
		return err
	})
	if err == nil && c.cfg.ChainID != 0 && c.id != c.cfg.ChainID {
		err = lilypad.Errorf(lilypad.Conflict, "the node serves chain %d, not %d", c.id, c.cfg.ChainID).
			Try("point the chain URL at a node of chain %d, or choose the network of chain %d", c.cfg.ChainID, c.id)
	}
	return err
}

// Close ends the client and everything that watches through it.
func (c *Client) Close() {
	c.heads.close()
	c.closeRPC()
}

func (c *Client) closeRPC() {
	if c.cfg.RPC == nil {
		c.rpc.Close()
	}
}

// ChainID is the chain that the node serves.
func (c *Client) ChainID() uint64 { return c.id }

// Watch returns a channel that always holds the newest head and misses older
// ones; the first comes at once. stop ends it.
func (c *Client) Watch() (heads <-chan Header, stop func()) { return c.heads.watch() }

// Head is the newest block.
func (c *Client) Head(ctx context.Context) (Header, error) {
	return c.header(ctx, "eth_getBlockByNumber", "latest")
}

// HeaderAt is the block at a height.
func (c *Client) HeaderAt(ctx context.Context, number uint64) (Header, error) {
	return c.header(ctx, "eth_getBlockByNumber", hexutil.Uint64(number))
}

// HeaderOf is the block with a hash, of the main chain or not.
func (c *Client) HeaderOf(ctx context.Context, hash lilypad.Hash) (Header, error) {
	return c.header(ctx, "eth_getBlockByHash", hash)
}

func (c *Client) header(ctx context.Context, method string, block any) (Header, error) {
	h, err := c.wireHeader(ctx, method, block)
	if err != nil {
		return Header{}, err
	}
	return h.header(), nil
}

// wireHeader trusts the node's hash instead of computing one: chains add
// header fields that a library does not know yet.
func (c *Client) wireHeader(ctx context.Context, method string, block any) (h *wireHeader, err error) {
	err = c.do(ctx, "block header", func(ctx context.Context) error {
		if err := c.rpc.CallContext(ctx, &h, method, block, false); err != nil {
			return err
		}
		if h == nil {
			return ethereum.NotFound
		}
		return nil
	})
	return h, err
}

type wireHeader struct {
	Number  hexutil.Uint64 `json:"number"`
	Time    hexutil.Uint64 `json:"timestamp"`
	Hash    lilypad.Hash   `json:"hash"`
	Parent  lilypad.Hash   `json:"parentHash"`
	BaseFee *hexutil.Big   `json:"baseFeePerGas"`
}

func (h wireHeader) header() Header {
	return Header{Block{uint64(h.Number), lilypad.Time(h.Time), h.Hash}, h.Parent}
}

// Call runs a contract call without a transaction, on the newest block or on
// what is pending.
func (c *Client) Call(ctx context.Context, from lilypad.Address, call Call, pending bool) (out []byte, err error) {
	err = c.do(ctx, "call", func(ctx context.Context) (err error) {
		if pending {
			out, err = c.eth.PendingCallContract(ctx, call.message(from))
		} else {
			out, err = c.eth.CallContract(ctx, call.message(from), nil)
		}
		return err
	})
	return out, err
}

// EstimateGas is the node's estimate for the next block, whose time may be well
// after the newest one's, and a fifth more.
func (c *Client) EstimateGas(ctx context.Context, from lilypad.Address, call Call) (gas uint64, err error) {
	err = c.do(ctx, "estimate gas", func(ctx context.Context) (err error) {
		gas, err = c.eth.EstimateGasAtBlock(ctx, call.message(from), big.NewInt(int64(rpc.PendingBlockNumber)))
		return err
	})
	return gas + gas/5, err
}

// GasPrice is what the node suggests to pay per gas now, in wei.
func (c *Client) GasPrice(ctx context.Context) (wei *big.Int, err error) {
	err = c.do(ctx, "gas price", func(ctx context.Context) (err error) {
		wei, err = c.eth.SuggestGasPrice(ctx)
		return err
	})
	return wei, err
}

// fees are what the node suggests to pay per gas now: a tip, and a cap that
// holds while the base fee doubles (EIP-1559).
func (c *Client) fees(ctx context.Context) (tip, most *big.Int, err error) {
	base, err := c.baseFee(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = c.do(ctx, "gas tip", func(ctx context.Context) (err error) {
		tip, err = c.eth.SuggestGasTipCap(ctx)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	most = new(big.Int).Lsh(base, 1)
	return tip, most.Add(most, tip), nil
}

// baseFee is what the newest block burnt per gas, in wei (EIP-1559).
func (c *Client) baseFee(ctx context.Context) (*big.Int, error) {
	head, err := c.wireHeader(ctx, "eth_getBlockByNumber", "latest")
	if err != nil {
		return nil, err
	}
	if head.BaseFee == nil {
		return nil, lilypad.Errorf(lilypad.Invalid, "chain %d has no base fee (EIP-1559)", c.id)
	}
	return head.BaseFee.ToInt(), nil
}

// nonce is how many transactions of an account are mined, or known to the node.
func (c *Client) nonce(ctx context.Context, who lilypad.Address, pending bool) (n uint64, err error) {
	err = c.do(ctx, "nonce", func(ctx context.Context) (err error) {
		if pending {
			n, err = c.eth.PendingNonceAt(ctx, common.Address(who))
		} else {
			n, err = c.eth.NonceAt(ctx, common.Address(who), nil)
		}
		return err
	})
	return n, err
}

// finalNonce is how many transactions of an account no reorganisation undoes.
func (c *Client) finalNonce(ctx context.Context, who lilypad.Address) (n uint64, err error) {
	var used hexutil.Uint64
	err = c.do(ctx, "final nonce", func(ctx context.Context) error {
		return c.rpc.CallContext(ctx, &used, "eth_getTransactionCount", who, string(c.cfg.Finality))
	})
	if says(err, saysNotFinal) {
		return 0, nil
	}
	return uint64(used), err
}

// send hands a signed transaction to the node; one that it has already is fine.
// unsure: a refusal was not the first answer, and the others were lost.
func (c *Client) send(ctx context.Context, tx *types.Transaction) (unsure bool, err error) {
	attempts := 0
	err = c.do(ctx, "send transaction", func(ctx context.Context) error {
		attempts++
		if err := c.eth.SendTransaction(ctx, tx); err != nil && !says(err, saysKnown) {
			return err
		}
		return nil
	})
	return attempts > 1, err
}

// knows tells whether the node has a transaction, mined or not.
func (c *Client) knows(ctx context.Context, tx common.Hash) (bool, error) {
	err := c.do(ctx, "transaction", func(ctx context.Context) error {
		_, _, err := c.eth.TransactionByHash(ctx, tx)
		return err
	})
	if lilypad.CodeOf(err) == lilypad.NotFound {
		return false, nil
	}
	return err == nil, err
}

// Balance is an account's balance of the chain's own coin, in wei.
func (c *Client) Balance(ctx context.Context, who lilypad.Address) (wei *big.Int, err error) {
	err = c.do(ctx, "balance", func(ctx context.Context) (err error) {
		wei, err = c.eth.BalanceAt(ctx, common.Address(who), nil)
		return err
	})
	return wei, err
}

// Code is the contract at an address; empty where there is none.
func (c *Client) Code(ctx context.Context, at lilypad.Address) (code []byte, err error) {
	err = c.do(ctx, "code", func(ctx context.Context) (err error) {
		code, err = c.eth.CodeAt(ctx, common.Address(at), nil)
		return err
	})
	return code, err
}

// Receipt is that of a mined transaction. A node that is still indexing is
// asked again.
func (c *Client) Receipt(ctx context.Context, tx lilypad.Hash) (r *types.Receipt, err error) {
	err = c.do(ctx, "receipt", func(ctx context.Context) (err error) {
		r, err = c.eth.TransactionReceipt(ctx, common.Hash(tx))
		return err
	})
	return r, err
}

// Logs are those of contracts in the blocks from and to and between, in order,
// each with its block's time. A node may refuse a wide range.
func (c *Client) Logs(ctx context.Context, from, to uint64, contracts []lilypad.Address) (logs []types.Log, err error) {
	query := ethereum.FilterQuery{FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(to)}
	for _, a := range contracts {
		query.Addresses = append(query.Addresses, common.Address(a))
	}
	err = c.do(ctx, fmt.Sprintf("logs of blocks %d to %d", from, to), func(ctx context.Context) (err error) {
		logs, err = c.eth.FilterLogs(ctx, query)
		return err
	})
	if err != nil {
		return nil, err
	}
	return logs, c.stamp(ctx, logs)
}

// stamp fills in the block times that some nodes leave out of logs.
func (c *Client) stamp(ctx context.Context, logs []types.Log) error {
	var last Header
	for i := range logs {
		if logs[i].BlockTimestamp != 0 {
			continue
		}
		if hash := lilypad.Hash(logs[i].BlockHash); hash != last.Hash {
			var err error
			if last, err = c.HeaderOf(ctx, hash); err != nil {
				return err
			}
		}
		logs[i].BlockTimestamp = uint64(last.Time)
	}
	return nil
}

// Advance moves the time of a local dev chain forward to at least to.
//
// # Errors
//
// Invalid on any other chain.
func (c *Client) Advance(ctx context.Context, to lilypad.Time) error {
	var now hexutil.Uint64
	return c.do(ctx, "advance time", func(ctx context.Context) error {
		return c.rpc.CallContext(ctx, &now, "lilypad_advance", hexutil.Uint64(to))
	})
}

// do makes a call, again and again while nobody answers it.
func (c *Client) do(ctx context.Context, what string, call func(context.Context) error) error {
	start, timeout := time.Now(), firstTimeout
	for pause := firstPause; ; pause, timeout = min(2*pause, longestWait), callTimeout {
		attempt, cancel := context.WithTimeout(ctx, timeout)
		err := explain(ctx, what, call(attempt))
		cancel()
		if lilypad.CodeOf(err) != lilypad.Unavailable || time.Since(start)+pause > c.cfg.Patience ||
			errors.Is(err, rpc.ErrClientQuit) { // closed on our side
			return err
		}
		if !sleep(ctx, pause) {
			return errors.Join(err, ctx.Err())
		}
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
