package chain_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
)

func TestFollower_survivesReorganisations(t *testing.T) {
	for depth := 1; depth <= 20; depth++ {
		t.Run(fmt.Sprint(depth), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := chaintest.NewFakeChain()
				s := subscribe(t, c, chain.Cursor{})
				for i := range 30 {
					c.Mine(i % 3)
					time.Sleep(10 * time.Millisecond)
				}
				time.Sleep(time.Second)
				s.check(t, c)
				s.onlyOnce = false
				c.Reorg(depth, blocksOf(2, depth+1)...)
				time.Sleep(time.Second)
				s.check(t, c)
				if s.rewinds != 1 {
					t.Errorf("told of %d rewinds, want 1", s.rewinds)
				}
				if first := s.firstAfterRewind; first.BlockNumber != uint64(31-depth) {
					t.Errorf("the batch begins at block %d, want the fork at %d", first.BlockNumber, 31-depth)
				}
			})
		})
	}
}

// Whatever happens to the chain, every event that stays on it is delivered,
// and in order: the last time that an event comes, it comes after those before.
func TestFollower_deliversAllThatStays(t *testing.T) {
	for seed := range uint64(30) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			c := chaintest.NewFakeChain()
			c.Mine(blocksOf(1, 25)...)
			s := subscribe(t, c, chain.Cursor{})
			s.onlyOnce = false
			for range 100 {
				switch r.IntN(6) {
				case 0:
					depth := 1 + r.IntN(20)
					c.Reorg(depth, blocksOf(r.IntN(3), depth-r.IntN(2)+r.IntN(3))...)
				case 1:
					c.Fail(r.IntN(2) == 0)
				case 2:
					c.Limit(uint64(2 + r.IntN(10)))
				default:
					c.Mine(blocksOf(r.IntN(3), 1+r.IntN(5))...)
				}
				time.Sleep(time.Duration(r.IntN(50)) * time.Millisecond)
			}
			c.Fail(false)
			time.Sleep(time.Minute)
			s.check(t, c)
			if t.Failed() {
				t.Logf("seed %d", seed)
			}
		})
	}
}

func TestFollower_resumesFromCursor(t *testing.T) {
	for name, c := range map[string]struct {
		cursor  func(logs []types.Log) chain.Cursor
		reorg   int
		want    func(logs []types.Log) []types.Log
		rewound bool
	}{
		"the beginning": {
			func([]types.Log) chain.Cursor { return chain.Cursor{} }, 0,
			func(logs []types.Log) []types.Log { return logs }, false,
		},
		"inside a block": {
			func(logs []types.Log) chain.Cursor { return after(logs[151]) }, 0,
			func(logs []types.Log) []types.Log { return logs[152:] }, false,
		},
		"end of a block": {
			func(logs []types.Log) chain.Cursor { return after(logs[152]) }, 0,
			func(logs []types.Log) []types.Log { return logs[153:] }, false,
		},
		"a block that has left the chain": {
			func(logs []types.Log) chain.Cursor { return after(logs[299]) }, 5,
			func(logs []types.Log) []types.Log { return logs[3*35:] }, true, // 64 blocks before block 100
		},
		"a block above the head": {
			func([]types.Log) chain.Cursor { return chain.Cursor{Block: 1000, Hash: lilypad.Hash{1}} }, 0,
			func(logs []types.Log) []types.Log { return logs[3*35:] }, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fake := chaintest.NewFakeChain()
				fake.Mine(blocksOf(3, 100)...)
				cursor := c.cursor(fake.All())
				if c.reorg > 0 {
					fake.Reorg(c.reorg, blocksOf(3, c.reorg)...)
				}
				s := subscribe(t, fake, cursor)
				time.Sleep(time.Second)
				synctest.Wait()
				want := c.want(fake.All())
				if len(s.got) != len(want) || id(s.got[0]) != id(want[0]) {
					t.Errorf("got %d events from block %d, want %d from block %d", len(s.got), s.got[0].BlockNumber, len(want), want[0].BlockNumber)
				}
				if (s.rewinds > 0) != c.rewound {
					t.Errorf("told of %d rewinds", s.rewinds)
				}
			})
		})
	}
}

func TestFollower_halvesTheRange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		c.Mine(blocksOf(1, 5000)...)
		c.Limit(100)
		s := subscribe(t, c, chain.Cursor{})
		time.Sleep(time.Minute)
		s.check(t, c)
		if n := c.Queries(); n > 250 {
			t.Errorf("%d queries for 5000 blocks, 100 at a time", n)
		}
	})
}

func TestFollower_waitsForTheNode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		s := subscribe(t, c, chain.Cursor{})
		c.Mine(1)
		time.Sleep(time.Second)
		c.Fail(true)
		c.Mine(1)
		time.Sleep(time.Minute)
		if n := c.Queries(); n > 30 {
			t.Errorf("%d queries in a minute without a node", n)
		}
		c.Fail(false)
		time.Sleep(6 * time.Second)
		s.check(t, c)
	})
}

func TestFollower_subscribersShareQueries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		f := chain.NewFollower(c, nil, nil)
		var all []*subscriber
		for range 10 {
			all = append(all, follow(t, f, chain.Cursor{}))
		}
		time.Sleep(time.Second)
		before := c.Queries()
		const blocks = 50
		for range blocks {
			c.Mine(2)
			time.Sleep(time.Second)
		}
		for _, s := range all {
			s.check(t, c)
		}
		if n := c.Queries() - before; n != blocks {
			t.Errorf("%d queries for %d blocks", n, blocks)
		}
	})
}

func TestFollower_Follow_endsWithItsHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		c.Mine(1)
		f := chain.NewFollower(c, nil, nil)
		want := errors.New("enough")
		if err := f.Follow(t.Context(), chain.Cursor{}, func(chain.Batch) error { return want }); !errors.Is(err, want) {
			t.Errorf("error %v, want the handler's", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err := f.Follow(ctx, chain.Cursor{}, func(chain.Batch) error { cancel(); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want canceled", err)
		}
	})
}

// subscriber records what a Follow delivers.
type subscriber struct {
	got              []types.Log
	rewinds          int
	firstAfterRewind types.Log
	onlyOnce         bool
}

func subscribe(t *testing.T, c *chaintest.FakeChain, at chain.Cursor) *subscriber {
	return follow(t, chain.NewFollower(c, nil, nil), at)
}

func follow(t *testing.T, f *chain.Follower, at chain.Cursor) *subscriber {
	s := &subscriber{onlyOnce: true}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = f.Follow(ctx, at, s.take)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return s
}

func (s *subscriber) take(b chain.Batch) error {
	if b.Rewound {
		s.rewinds++
		if len(b.Logs) > 0 {
			s.firstAfterRewind = b.Logs[0]
		}
	}
	s.got = append(s.got, b.Logs...)
	return nil
}

// check demands every log of the chain, in order by its last delivery.
func (s *subscriber) check(t *testing.T, c *chaintest.FakeChain) {
	t.Helper()
	synctest.Wait()
	last := map[string]int{}
	for i, l := range s.got {
		if _, twice := last[id(l)]; twice && s.onlyOnce {
			t.Errorf("event %s came twice", id(l))
		}
		last[id(l)] = i
	}
	before := -1
	for _, l := range c.All() {
		at, ok := last[id(l)]
		if !ok || at < before {
			t.Fatalf("event %s at %d after %d, delivered %v", id(l), at, before, ok)
		}
		before = at
	}
}

func id(l types.Log) string { return fmt.Sprintf("%d/%s/%d", l.BlockNumber, l.BlockHash, l.Index) }

func after(l types.Log) chain.Cursor {
	return chain.Cursor{Block: l.BlockNumber, Hash: lilypad.Hash(l.BlockHash), Index: l.Index + 1}
}

func blocksOf(logs, blocks int) []int {
	out := make([]int, max(blocks, 0))
	for i := range out {
		out[i] = logs
	}
	return out
}
