package devchain

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strconv"
	"syscall"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
)

// DefaultChainID is used where Config names none.
const DefaultChainID = 1337

// Config describes a chain. Chain id and accounts are part of its genesis: a
// folder opens only with those it was made with.
type Config struct {
	Dir      string            // data folder; empty: in memory
	ChainID  uint64            // 0: DefaultChainID
	Accounts []lilypad.Address // each starts with a million ether
	Listen   bool              // serve HTTP and WebSocket on 127.0.0.1
	Port     int               // of both; 0: any free one
	Log      *slog.Logger      // nil: silent
}

// Chain is a running chain. Safe for concurrent use.
type Chain struct {
	stack  *node.Node
	sealer *sealer
}

// New starts a chain. It seals arriving transactions at once, and those that
// arrive within the next 50 ms together. The caller closes it.
//
// # Errors
//
// Conflict when the folder is in use, belongs to another chain, or the port is
// taken; Invalid for a bad port.
func New(ctx context.Context, cfg Config) (*Chain, error) {
	if cfg.Port < 0 || cfg.Port > 65535 {
		return nil, lilypad.Errorf(lilypad.Invalid, "port %d is not between 0 and 65535", cfg.Port)
	}
	if cfg.ChainID == 0 {
		cfg.ChainID = DefaultChainID
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stack, err := node.New(nodeConfig(cfg))
	if err != nil {
		return nil, explain(cfg, err)
	}
	c := &Chain{stack: stack}
	if err := c.start(cfg); err != nil {
		return nil, explain(cfg, errors.Join(err, stack.Close()))
	}
	return c, nil
}

func (c *Chain) start(cfg Config) error {
	backend, err := eth.New(c.stack, ethConfig(cfg))
	if err != nil {
		return err
	}
	beacon, err := catalyst.NewSimulatedBeacon(0, common.Address{}, backend)
	if err != nil {
		return err
	}
	c.sealer = newSealer(backend, beacon, cfg.Log)
	c.stack.RegisterAPIs([]rpc.API{
		{Namespace: "eth", Service: filters.NewFilterAPI(filters.NewFilterSystem(backend.APIBackend, filters.Config{}))},
		{Namespace: namespace, Service: &api{c.sealer}},
	})
	c.stack.RegisterLifecycle(c.sealer)
	backend.SetSynced()
	return c.stack.Start()
}

// Attach returns a client inside the process. The caller closes it.
func (c *Chain) Attach() *rpc.Client { return c.stack.Attach() }

// URL is the address of the HTTP endpoint; the same with ws: is the WebSocket
// one. It is empty where the chain does not listen.
func (c *Chain) URL() string {
	if c.stack.Config().HTTPHost == "" {
		return ""
	}
	return c.stack.HTTPEndpoint()
}

// Advance seals what is pending, then an empty block at time to. Where the
// chain is there already it does nothing.
//
// # Errors
//
// Invalid for a time more than 200 years ahead.
func (c *Chain) Advance(ctx context.Context, to lilypad.Time) error {
	return c.sealer.order(ctx, func() error { return c.sealer.advanceTo(to) })
}

// Fork is a reorganisation.
type Fork struct {
	Depth  int  // blocks that leave the chain
	Blocks int  // blocks that take their place
	Forget bool // the node forgets the transactions of those that left; else they are sealed anew
}

// Reorganise makes the chain go another way, as public chains do now and then.
// It is for tests, and cannot be asked for over RPC.
//
// # Errors
//
// Invalid for a fork below the last finalized block, one in 32 is, or one
// without blocks.
func (c *Chain) Reorganise(ctx context.Context, f Fork) error {
	return c.sealer.order(ctx, func() error { return c.sealer.fork(f) })
}

// Close stops the chain and waits for it. What is sealed is kept.
func (c *Chain) Close() error { return c.stack.Close() }

func nodeConfig(cfg Config) *node.Config {
	n := &node.Config{
		Name:    "lilypad",
		DataDir: cfg.Dir,
		// No peers: neither listens nor dials.
		P2P:                  p2p.Config{NoDiscovery: true, NoDial: true},
		HTTPVirtualHosts:     []string{"localhost"}, // against DNS rebinding
		HTTPModules:          modules,
		WSModules:            modules,
		HTTPTimeouts:         rpc.DefaultHTTPTimeouts,
		BatchRequestLimit:    node.DefaultConfig.BatchRequestLimit,
		BatchResponseMaxSize: node.DefaultConfig.BatchResponseMaxSize,
	}
	if cfg.Listen {
		n.HTTPHost, n.HTTPPort = loopback, cfg.Port
		n.WSHost, n.WSPort = loopback, cfg.Port
	}
	return n
}

const loopback = "127.0.0.1"

var modules = []string{"eth", "net", "web3", namespace}

func ethConfig(cfg Config) *ethconfig.Config {
	e := ethconfig.Defaults
	e.Genesis = genesis(cfg)
	e.SyncMode = ethconfig.FullSync
	// With hash scheme and no pruning every block's state is on disk: at most
	// the last blocks are lost when the process is killed.
	e.StateScheme, e.NoPruning = rawdb.HashScheme, true
	e.DatabaseCache, e.DatabaseHandles = 16, 64 // MB, files
	e.TrieCleanCache, e.TrieDirtyCache, e.SnapshotCache = 16, 16, 0
	e.LogNoHistory = true // a small chain's logs are searched without an index
	e.TransactionHistory = 0
	// The pool must refuse what the miner would leave lying.
	e.Miner.GasPrice = big.NewInt(1)
	e.TxPool.PriceLimit = 1
	e.TxPool.NoLocals = true
	return &e
}

func genesis(cfg Config) *core.Genesis {
	config := *params.AllDevChainProtocolChanges
	config.ChainID = new(big.Int).SetUint64(cfg.ChainID)
	// Forks that no network has yet: their gas rules are not the market's.
	config.BogotaTime, config.AmsterdamTime = nil, nil
	alloc := core.SystemContractAllocs()
	million := new(big.Int).Mul(big.NewInt(1e6), big.NewInt(params.Ether))
	for _, a := range cfg.Accounts {
		alloc[common.Address(a)] = types.Account{Balance: million}
	}
	return &core.Genesis{
		Config:     &config,
		GasLimit:   ethconfig.Defaults.Miner.GasCeil,
		BaseFee:    big.NewInt(params.InitialBaseFee),
		Difficulty: new(big.Int),
		ExtraData:  binary.BigEndian.AppendUint64([]byte("lilypad"), cfg.ChainID), // else ids share a genesis hash
		Alloc:      alloc,
	}
}

func explain(cfg Config, err error) error {
	conflict := &lilypad.Error{Op: "dev chain", Code: lilypad.Conflict, Err: err}
	var genesis *core.GenesisMismatchError
	switch {
	case errors.Is(err, node.ErrDatadirUsed):
		conflict.Msg = fmt.Sprintf("folder %s is in use by another process", cfg.Dir)
		return conflict.Try("stop it, or choose another folder")
	case errors.As(err, &genesis):
		conflict.Msg = fmt.Sprintf("folder %s holds a chain with another id or other accounts", cfg.Dir)
		return conflict.Try("choose another folder, or delete this one to start anew")
	case errors.Is(err, syscall.EADDRINUSE):
		conflict.Msg = "port " + strconv.Itoa(cfg.Port) + " is in use"
		return conflict.Try("choose another port, or 0 for any")
	}
	return &lilypad.Error{Op: "dev chain", Code: lilypad.Internal, Msg: "start", Err: err}
}
