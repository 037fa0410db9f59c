package devchain

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"

	"github.com/lilypad-network/lilypad"
)

// sealEvery is the shortest time between two blocks of transactions: each
// costs a second of chain time.
const sealEvery = 50 * time.Millisecond

// stale is how far the newest block may lag behind the clock. People sign for a
// time after the newest block, and the next block has the clock's time.
var stale = 30 * time.Second

// maxAdvance keeps a step within a time.Duration.
const maxAdvance = 200 * 365 * 24 * 3600

// sealer owns the beacon: the goroutine of run makes every block. Start and
// Stop are called by the node.
type sealer struct {
	eth     *eth.Ethereum
	beacon  *catalyst.SimulatedBeacon
	log     *slog.Logger
	arrived chan struct{} // holds one: there are transactions to seal
	orders  chan order
	stop    chan struct{}
	running sync.WaitGroup
}

// order is work for the goroutine of run.
type order struct {
	do   func() error
	done chan error // holds one
}

func newSealer(e *eth.Ethereum, beacon *catalyst.SimulatedBeacon, log *slog.Logger) *sealer {
	return &sealer{
		eth: e, beacon: beacon, log: log,
		arrived: make(chan struct{}, 1), orders: make(chan order), stop: make(chan struct{}),
	}
}

func (s *sealer) Start() error {
	s.running.Go(s.listen)
	s.running.Go(s.run)
	return nil
}

func (s *sealer) Stop() error {
	close(s.stop)
	s.running.Wait()
	return s.beacon.Stop()
}

// listen always receives: the pool waits for its listeners, and sealing waits
// for the pool.
func (s *sealer) listen() {
	events := make(chan core.NewTxsEvent, 16)
	sub := s.eth.TxPool().SubscribeTransactions(events, true)
	defer sub.Unsubscribe()
	for {
		select {
		case <-s.stop:
			return
		case <-events:
			select {
			case s.arrived <- struct{}{}:
			default:
			}
		}
	}
}

func (s *sealer) run() {
	var timer <-chan time.Time // nil: nothing waits to be sealed
	var last time.Time
	idle := time.NewTicker(stale / 2)
	defer idle.Stop()
	s.refresh()
	for {
		select {
		case <-s.stop:
			return
		case <-idle.C:
			s.refresh()
		case <-s.arrived:
			if timer == nil {
				timer = time.After(time.Until(last.Add(sealEvery)))
			}
		case <-timer:
			timer = nil
			sealed := s.seal()
			last = time.Now()
			if sealed && s.pending() { // the block was full
				timer = time.After(sealEvery)
			}
		case o := <-s.orders:
			o.done <- o.do()
		}
	}
}

// refresh makes an empty block when the newest is stale. The genesis block is
// older than any clock.
func (s *sealer) refresh() {
	head := s.eth.BlockChain().CurrentBlock()
	if head.Number.Sign() > 0 && time.Since(time.Unix(int64(head.Time), 0)) > stale {
		s.seal()
	}
}

// seal makes a block and tells whether it holds a transaction. A pool that
// offers only what the miner refuses is left alone until something arrives.
func (s *sealer) seal() bool {
	before := s.eth.BlockChain().CurrentBlock().Hash()
	s.beacon.Commit()
	head := s.eth.BlockChain().CurrentBlock()
	if head.Hash() == before {
		s.log.Warn("no block sealed", "block", head.Number)
		return false
	}
	s.sync()
	return head.GasUsed > 0
}

// sync puts the newest block on disk, where the database would keep it in
// memory until more has gathered. Who waits for the block has it already.
func (s *sealer) sync() {
	if err := s.eth.ChainDb().SyncKeyValue(); err != nil {
		s.log.Error("block not on disk", "err", err)
	}
}

func (s *sealer) pending() bool {
	if err := s.eth.TxPool().Sync(); err != nil {
		return false
	}
	executable, _ := s.eth.TxPool().Stats()
	return executable > 0
}

func (s *sealer) advanceTo(to lilypad.Time) error {
	for {
		for s.pending() && s.seal() {
		}
		now := s.now()
		if to <= now {
			return nil
		}
		if to-now > maxAdvance {
			return lilypad.Errorf(lilypad.Invalid, "time %d is more than 200 years after %d", to, now)
		}
		err := s.beacon.AdjustTime(time.Duration(to-now) * time.Second)
		if err == nil {
			s.sync()
			return nil
		}
		if !s.pending() { // else a transaction slipped in: it is sealed first
			return &lilypad.Error{Code: lilypad.Unavailable, Msg: "advance the chain", Err: err}
		}
	}
}

func (s *sealer) fork(f Fork) error {
	bc := s.eth.BlockChain()
	head, final := bc.CurrentBlock().Number.Uint64(), uint64(0)
	if b := bc.CurrentFinalBlock(); b != nil {
		final = b.Number.Uint64()
	}
	if f.Depth < 1 || uint64(f.Depth) > head-final || f.Blocks < 1 {
		return lilypad.Errorf(lilypad.Invalid, "a fork puts %d blocks in place of the last %d, block %d of %d is final", f.Blocks, f.Depth, final, head)
	}
	if _, err := bc.SetCanonical(bc.GetBlockByNumber(head - uint64(f.Depth))); err != nil {
		return &lilypad.Error{Code: lilypad.Internal, Msg: "fork the chain", Err: err}
	}
	if err := s.eth.TxPool().Sync(); err != nil { // what was in the lost blocks is in the pool again
		return &lilypad.Error{Code: lilypad.Internal, Msg: "fork the chain", Err: err}
	}
	if f.Forget {
		s.beacon.Rollback()
	}
	for range f.Blocks {
		s.seal() // later than all the lost ones, so it is none of them
	}
	return nil
}

func (s *sealer) now() lilypad.Time { return lilypad.Time(s.eth.BlockChain().CurrentBlock().Time) }

// order has run do something and waits for it.
func (s *sealer) order(ctx context.Context, do func() error) error {
	o := order{do: do, done: make(chan error, 1)}
	select {
	case s.orders <- o:
	case <-s.stop:
		return lilypad.Errorf(lilypad.Unavailable, "the dev chain has stopped")
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-o.done:
		return err
	case <-s.stop:
		return lilypad.Errorf(lilypad.Unavailable, "the dev chain has stopped")
	}
}

// namespace of the calls that only a local chain has.
const namespace = "lilypad"

// api is served over RPC: lilypad_advance(time).
type api struct{ sealer *sealer }

// Advance is [Chain.Advance]; it returns the new block time.
func (a *api) Advance(ctx context.Context, to hexutil.Uint64) (hexutil.Uint64, error) {
	if err := a.sealer.order(ctx, func() error { return a.sealer.advanceTo(lilypad.Time(to)) }); err != nil {
		return 0, err
	}
	return hexutil.Uint64(a.sealer.now()), nil
}
