package chaintest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
)

// FakeChain is a chain.Source whose blocks and logs the test makes up: it can
// be reorganised, limit its answers and fail. A query takes a millisecond.
type FakeChain struct {
	mu       sync.Mutex // guards all below
	blocks   []fakeBlock
	forks    int // makes the hashes of a new branch new
	limit    uint64
	lag      int
	unfinal  int
	since    int
	failing  bool
	hushed   bool
	queries  int
	watchers map[chan chain.Header]struct{}
}

type fakeBlock struct {
	chain.Header
	logs []types.Log
}

var _ chain.Source = (*FakeChain)(nil)

// NewFakeChain has a genesis block without logs.
func NewFakeChain() *FakeChain {
	c := &FakeChain{watchers: map[chan chain.Header]struct{}{}}
	c.Mine(0)
	return c
}

// Unfinal makes the last so many blocks not final.
func (c *FakeChain) Unfinal(blocks int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.unfinal = blocks
}

// FinalBelow implements chain.Source.
func (c *FakeChain) FinalBelow(context.Context, chain.Header) (uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return uint64(max(len(c.blocks)-1-c.unfinal, 0)), nil
}

// Since makes contracts come to be in a block; -1: nobody knows.
func (c *FakeChain) Since(block int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.since = block
}

// CodeSince implements chain.Source.
func (c *FakeChain) CodeSince(context.Context, lilypad.Address) (uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.since < 0 {
		return 0, lilypad.Errorf(lilypad.Invalid, "missing trie node")
	}
	return uint64(c.since), nil
}

// Mine appends one block for each number of logs.
func (c *FakeChain) Mine(logs ...int) { c.Reorg(0, logs...) }

// Reorg takes the last depth blocks away and appends others.
func (c *FakeChain) Reorg(depth int, logs ...int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if depth > 0 {
		c.forks++
		c.blocks = c.blocks[:len(c.blocks)-depth]
	}
	for _, n := range logs {
		c.blocks = append(c.blocks, c.block(n))
	}
	for ch := range c.watchers {
		c.tell(ch)
	}
}

// block makes the next block.
func (c *FakeChain) block(logs int) fakeBlock {
	number := len(c.blocks)
	b := fakeBlock{Header: chain.Header{Block: chain.Block{
		Number: uint64(number), Time: lilypad.Time(number), Hash: lilypad.Keccak256(fmt.Append(nil, c.forks, number)),
	}}}
	if number > 0 {
		b.Parent = c.blocks[number-1].Hash
	}
	for i := range logs {
		b.logs = append(b.logs, types.Log{
			BlockNumber: b.Number, BlockHash: common.Hash(b.Hash), BlockTimestamp: uint64(b.Time), Index: uint(i),
		})
	}
	return b
}

func (c *FakeChain) tell(ch chan chain.Header) {
	if c.hushed {
		return
	}
	select {
	case <-ch:
	default:
	}
	ch <- c.blocks[max(len(c.blocks)-1-c.lag, 0)].Header
}

// Limit refuses queries over more blocks than that; 0: none.
func (c *FakeChain) Limit(blocks uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limit = blocks
}

// Lag makes what it tells of the head older by so many blocks, as one of several
// nodes behind a URL may be.
func (c *FakeChain) Lag(blocks int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lag = blocks
	for ch := range c.watchers {
		c.tell(ch)
	}
}

// Hush makes it tell of no head, or again.
func (c *FakeChain) Hush(hushed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hushed = hushed
}

// Fail makes every call fail, or no longer.
func (c *FakeChain) Fail(failing bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failing = failing
}

// Queries tells how many times logs were asked for.
func (c *FakeChain) Queries() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.queries
}

// All are the logs of the chain as it is.
func (c *FakeChain) All() (logs []types.Log) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.blocks {
		logs = append(logs, b.logs...)
	}
	return logs
}

// HeaderAt implements chain.Source.
func (c *FakeChain) HeaderAt(_ context.Context, number uint64) (chain.Header, error) {
	time.Sleep(time.Millisecond)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failing {
		return chain.Header{}, lilypad.Errorf(lilypad.Unavailable, "the node is gone")
	}
	if number >= uint64(len(c.blocks)) {
		return chain.Header{}, lilypad.Errorf(lilypad.NotFound, "no block %d", number)
	}
	return c.blocks[number].Header, nil
}

// Logs implements chain.Source; the contracts do not matter.
func (c *FakeChain) Logs(_ context.Context, from, to uint64, _ []lilypad.Address) (logs []types.Log, err error) {
	time.Sleep(time.Millisecond)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queries++
	if c.failing {
		return nil, lilypad.Errorf(lilypad.Unavailable, "the node is gone")
	}
	if c.limit > 0 && to-from+1 > c.limit {
		return nil, lilypad.Errorf(lilypad.Internal, "range of %d blocks is too large", to-from+1)
	}
	for n := from; n <= to && n < uint64(len(c.blocks)); n++ {
		logs = append(logs, c.blocks[n].logs...)
	}
	return logs, nil
}

// Watch implements chain.Source.
func (c *FakeChain) Watch() (<-chan chain.Header, func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := make(chan chain.Header, 1)
	c.watchers[ch] = struct{}{}
	c.tell(ch)
	return ch, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers, ch)
	}
}
