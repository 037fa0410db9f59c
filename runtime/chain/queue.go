package chain

import (
	"context"
	"log/slog"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/journal"
)

// Call is what a transaction does, or a call without one.
type Call struct {
	To    lilypad.Address // zero: create a contract
	Data  []byte
	Value *big.Int // wei; nil: none
	// Gas limit; 0: estimated, which also refuses a call that would revert.
	Gas uint64
}

func (c Call) message(from lilypad.Address) ethereum.CallMsg {
	return ethereum.CallMsg{From: common.Address(from), To: c.to(), Gas: c.Gas, Value: c.Value, Data: c.Data}
}

func (c Call) to() *common.Address {
	if c.To.IsZero() {
		return nil
	}
	return (*common.Address)(&c.To)
}

// Mined is a transaction in a block.
type Mined struct {
	Receipt *types.Receipt
	Block   Block
}

// TxSigner signs transactions for one account, such as a *wallet.Key.
type TxSigner interface {
	Address() lilypad.Address
	SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error)
}

// QueueConfig describes a Queue.
type QueueConfig struct {
	Client  *Client
	Key     TxSigner
	Journal journal.Journal
	// BumpAfter is when a transaction that is not mined pays more; 0: 1 min. One
	// whose fee cap the base fee has passed does with the next block.
	BumpAfter time.Duration
	MaxFee    *big.Int     // the most wei paid per gas; nil: 1000 gwei
	Log       *slog.Logger // nil: silent
}

// Queue sends the transactions of one key, in nonce order. Each is signed and
// stored before it is sent, and sent again until it is mined: after a crash,
// after the node's, after a reorganisation. Safe for concurrent use.
type Queue struct {
	cfg     QueueConfig
	in      chan *request
	stopped chan struct{}

	// What follows belongs to Run's goroutine. entries are in nonce order;
	// mined ones stay until they are deep.
	entries []*entry
	gaps    int // checks in a row that found a nonce missing before the first
}

type request struct {
	call Call
	done chan outcome // holds one
}

type outcome struct {
	mined Mined
	err   error
}

// NewQueue prepares a queue; Run starts it.
func NewQueue(cfg QueueConfig) *Queue {
	if cfg.BumpAfter == 0 {
		cfg.BumpAfter = time.Minute
	}
	if cfg.MaxFee == nil {
		cfg.MaxFee = big.NewInt(1000e9)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Log = cfg.Log.With("account", cfg.Key.Address())
	return &Queue{cfg: cfg, in: make(chan *request), stopped: make(chan struct{})}
}

// Address is the account that sends.
func (q *Queue) Address() lilypad.Address { return q.cfg.Key.Address() }

// Client is what the queue sends through.
func (q *Queue) Client() *Client { return q.cfg.Client }

// Send signs, stores and sends a transaction, and waits until it is in a
// block. When ctx ends first the transaction is mined or not, and the queue
// keeps sending it.
//
// # Errors
//
// Invalid for more data than a transaction of this chain may have; Conflict
// when the call reverts, before or in a block, with a [Revert] where the
// contract gave a reason; Exhausted when the account cannot pay the gas;
// Unavailable when the node does not answer before anything is stored, or the
// queue has stopped.
func (q *Queue) Send(ctx context.Context, call Call) (Mined, error) {
	if most := q.cfg.Client.cfg.MaxTx - envelope; len(call.Data) > most {
		return Mined{}, lilypad.Errorf(lilypad.Invalid, "a call of %d bytes: at most %d fit a transaction of chain %d", len(call.Data), most, q.cfg.Client.ChainID())
	}
	if call.Gas == 0 {
		var err error
		if call.Gas, err = q.cfg.Client.EstimateGas(ctx, q.Address(), call); err != nil {
			return Mined{}, err
		}
	}
	r := &request{call: call, done: make(chan outcome, 1)}
	select {
	case q.in <- r:
	case <-ctx.Done():
		return Mined{}, ended(ctx, "wait for the transaction queue")
	case <-q.stopped:
		return Mined{}, errStopped
	}
	select {
	case o := <-r.done:
		return o.mined, o.err
	case <-ctx.Done():
		return Mined{}, ended(ctx, "wait for a block")
	case <-q.stopped:
		return Mined{}, errStopped
	}
}

// envelope is more than all of a transaction takes but its data, in bytes.
const envelope = 256

var errStopped = lilypad.Errorf(lilypad.Unavailable, "the transaction queue has stopped")

// checkEvery is the safety net under the block events.
const checkEvery = 15 * time.Second

// Run sends what an earlier process left, then serves Send until ctx ends. It
// runs once. Transactions that another queue sends for the same key meanwhile
// cost both a new nonce now and then; [LockKey] keeps daemons apart.
//
// # Errors
//
// Those of the journal.
func (q *Queue) Run(ctx context.Context) error {
	defer close(q.stopped)
	if err := q.load(ctx); err != nil {
		return err
	}
	heads, stop := q.cfg.Client.Watch()
	defer stop()
	net := time.NewTicker(checkEvery)
	defer net.Stop()
	for last := uint64(0); ; {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case r := <-q.in:
			q.place(ctx, q.gather(r))
			continue
		case head := <-heads:
			if head.Number <= last { // a node that starts anew has an empty pool
				q.unsend()
			}
			last = head.Number
		case <-net.C:
		}
		if err := q.check(ctx); err != nil && ctx.Err() == nil {
			q.cfg.Log.Warn("transactions not checked", "err", err)
		}
	}
}

// gather takes what else is waiting, to be stored together.
func (q *Queue) gather(first *request) []*request {
	const most = 64
	batch := []*request{first}
	for len(batch) < most {
		select {
		case r := <-q.in:
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}
