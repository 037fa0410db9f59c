package chain

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math/big"
	"sync/atomic"
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
	// Once says that the call must never be made twice, as one that gives money
	// away. One with a Value is taken for such.
	Once bool
}

// once tells whether the call may have one nonce only.
func (c Call) once() bool { return c.Once || c.Value != nil && c.Value.Sign() != 0 }

// same tells whether two calls do the same.
func (c Call) same(o Call) bool {
	value := func(c Call) *big.Int {
		if c.Value == nil {
			return new(big.Int)
		}
		return c.Value
	}
	return c.To == o.To && bytes.Equal(c.Data, o.Data) && value(c).Cmp(value(o)) == 0
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
	// AgainAfter is for how long at least a transaction must be found out of the
	// chain's reach before its call gets another nonce; 0: 1 min, and 10 s on a
	// chain that is final at once.
	AgainAfter time.Duration
	MaxFee     *big.Int     // the most wei paid per gas; nil: 1000 gwei
	Log        *slog.Logger // nil: silent
}

// Queue sends the transactions of one key, in nonce order. Each is signed and
// stored before it is sent, and sent again until it is mined: after a crash,
// after the node's, after a reorganisation. Safe for concurrent use.
//
// A call gets another nonce only when a final block shows that its own went to
// another transaction, and one that must not be made twice never does. What nodes
// refuse for good is given up by using its nonce for nothing: see RATIONALE.md.
type Queue struct {
	cfg     QueueConfig
	in      chan *request
	loaded  chan struct{} // closed when the journal is read
	stopped chan struct{}
	fault   error // why Run stopped, if its journal failed; after stopped
	// left counts what may have left calls that nobody was answered: an earlier
	// process, and those of this one that gave up; 0 where Run has found none.
	left atomic.Int64

	// What follows belongs to Run's goroutine. entries are in nonce order;
	// mined ones stay until they are deep.
	entries []*entry
	gap     doubt // that the nonces before the first will be used
	idle    []*request
}

type request struct {
	call Call
	// left chooses among the calls that were left: the request is about one of
	// them, or, where it is idle, waits until none of them is to be mined.
	left  func(Call) bool
	idle  bool
	done  chan outcome // holds one
	state atomic.Int32 // waits, told or gone
}

// Who asked is told or gives up, and cannot do both.
const (
	waits int32 = iota
	told        // the outcome is on its way
	gone        // nobody will read it
)

// claim tells whether somebody reads the outcome, and holds them to it.
func (r *request) claim() bool {
	return r != nil && (r.state.CompareAndSwap(waits, told) || r.state.Load() == told)
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
	if cfg.AgainAfter == 0 {
		cfg.AgainAfter = time.Minute
		if cfg.Client.cfg.Finality == FinalAtOnce {
			cfg.AgainAfter = 10 * time.Second
		}
	}
	if cfg.MaxFee == nil {
		cfg.MaxFee = big.NewInt(1000e9)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Log = cfg.Log.With("account", cfg.Key.Address())
	return &Queue{cfg: cfg, in: make(chan *request), loaded: make(chan struct{}), stopped: make(chan struct{})}
}

// Address is the account that sends.
func (q *Queue) Address() lilypad.Address { return q.cfg.Key.Address() }

// Client is what the queue sends through.
func (q *Queue) Client() *Client { return q.cfg.Client }

// Send signs, stores and sends a transaction, and waits until it is in a
// block. When ctx ends first the transaction is mined or not, and the queue
// keeps sending it.
//
// When who sent an equal call before was not told what became of it, because its
// process or its ctx ended, Send is about that one and signs nothing: to ask again
// is to ask for the same.
//
// # Errors
//
// Invalid for more data than a transaction of this chain may have; Conflict
// when the call reverts, before or in a block, with a [Revert] where the
// contract gave a reason, when it must not be made twice and its nonce went to
// another transaction, or when nodes refused for good what may be with some of
// them; Exhausted when the account cannot pay the gas;
// Unavailable when the node does not answer before anything is stored, or the
// queue has stopped; those of the journal.
func (q *Queue) Send(ctx context.Context, call Call) (Mined, error) {
	if most := q.cfg.Client.cfg.MaxTx - envelope; len(call.Data) > most {
		return Mined{}, lilypad.Errorf(lilypad.Invalid, "a call of %d bytes: at most %d fit a transaction of chain %d", len(call.Data), most, q.cfg.Client.ChainID())
	}
	if m, found, err := q.TakeUp(ctx, call.same); found || err != nil {
		return m, err
	}
	if call.Gas == 0 {
		var err error
		if call.Gas, err = q.cfg.Client.EstimateGas(ctx, q.Address(), call); err != nil {
			return Mined{}, err
		}
	}
	return q.ask(ctx, &request{call: call})
}

// TakeUp waits, as Send does, for the oldest call that match accepts among those
// whose sender was not told what became of them; found is false where there is
// none. It is for calls that no two senders make equal.
//
// # Errors
//
// Those of Send.
func (q *Queue) TakeUp(ctx context.Context, match func(Call) bool) (m Mined, found bool, err error) {
	m, err = q.ask(ctx, &request{left: match})
	if errors.Is(err, errNone) {
		return Mined{}, false, nil
	}
	return m, err == nil || m.Receipt != nil, err
}

// AwaitLeft returns when all that TakeUp would find is mined, so that the newest
// block tells what became of it.
//
// # Errors
//
// Unavailable when the queue has stopped; those of the journal.
func (q *Queue) AwaitLeft(ctx context.Context, match func(Call) bool) error {
	_, err := q.ask(ctx, &request{left: match, idle: true})
	if errors.Is(err, errNone) {
		return nil
	}
	return err
}

// errNone says that no call was left.
var errNone = errors.New("no call was left")

// ask hands a request to Run and waits for its outcome.
func (q *Queue) ask(ctx context.Context, r *request) (Mined, error) {
	select {
	case <-q.loaded:
		if r.left != nil && q.left.Load() == 0 {
			return Mined{}, errNone
		}
	case <-ctx.Done():
		return Mined{}, ended(ctx, "wait for the transaction queue")
	case <-q.stopped:
		return Mined{}, q.ended()
	}
	r.done = make(chan outcome, 1)
	select {
	case q.in <- r:
	case <-ctx.Done():
		return Mined{}, ended(ctx, "wait for the transaction queue")
	case <-q.stopped:
		return Mined{}, q.ended()
	}
	select {
	case o := <-r.done:
		return o.mined, o.err
	case <-ctx.Done():
		if r.state.CompareAndSwap(waits, gone) {
			q.left.Add(1)
			return Mined{}, ended(ctx, "wait for a block")
		}
	case <-q.stopped:
	}
	return q.last(r)
}

// last takes an outcome that is there, or is being stored.
func (q *Queue) last(r *request) (Mined, error) {
	select {
	case o := <-r.done:
		return o.mined, o.err
	case <-q.stopped:
	}
	select {
	case o := <-r.done:
		return o.mined, o.err
	default:
		return Mined{}, q.ended()
	}
}

// envelope is more than all of a transaction takes but its data, in bytes.
const envelope = 256

// ended is the error of who asks a queue that has stopped.
func (q *Queue) ended() error {
	if q.fault != nil {
		return q.fault
	}
	return lilypad.Errorf(lilypad.Unavailable, "the transaction queue has stopped")
}

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
	if q.fault = q.load(ctx); q.fault != nil {
		return q.fault
	}
	close(q.loaded)
	heads, stop := q.cfg.Client.Watch()
	defer stop()
	net := time.NewTicker(checkEvery)
	defer net.Stop()
	for last := uint64(0); ; {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case r := <-q.in:
			if fresh := q.adopt(q.gather(r)); len(fresh) > 0 {
				q.place(ctx, fresh)
				if len(q.idle) == 0 {
					continue
				}
			}
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
		q.answerIdle()
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
