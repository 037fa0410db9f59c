package chain_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
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

// Nothing is read from before the contracts were made, unless nobody knows when.
func TestFollower_beginsWhereItsContractsDo(t *testing.T) {
	for name, c := range map[string]struct {
		since   int    // as the chain says
		told    uint64 // as the configuration says
		at      chain.Cursor
		from    uint64
		queries int
	}{
		"the chain knows":      {4990, 0, chain.Cursor{}, 4990, 1},
		"the network file":     {-1, 4980, chain.Cursor{}, 4980, 1},
		"nobody":               {-1, 0, chain.Cursor{}, 1, 2},
		"a cursor goes on":     {4990, 0, chain.Cursor{Block: 4995}, 4995, 1},
		"a cursor from before": {-1, 4980, chain.Cursor{Block: 10}, 4980, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fake := chaintest.NewFakeChain()
				fake.Mine(blocksOf(1, 5000)...)
				fake.Since(c.since)
				f := chain.NewFollower(fake, []lilypad.Address{{1}}, nil)
				f.Since = c.told
				s := follow(t, f, c.at)
				time.Sleep(time.Second)
				synctest.Wait()
				if len(s.got) != int(5000-c.from)+1 || s.got[0].BlockNumber != c.from || fake.Queries() != c.queries {
					t.Errorf("%d events from block %d in %d queries, want block %d in %d", len(s.got), s.got[0].BlockNumber, fake.Queries(), c.from, c.queries)
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

// What is final is told with each batch, and without one when the chain has gone
// quiet before it finalizes.
func TestFollower_tellsWhatIsFinal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		c.Unfinal(20)
		s := subscribe(t, c, chain.Cursor{})
		for range 30 {
			c.Mine(1)
			time.Sleep(time.Second)
		}
		synctest.Wait()
		if s.last.Final != 10 || s.last.Head.Number != 30 {
			t.Errorf("at block %d block %d is final, want 30 and 10", s.last.Head.Number, s.last.Final)
		}
		batches := s.batches
		c.Unfinal(3)
		time.Sleep(time.Minute)
		synctest.Wait()
		if s.last.Final != 27 || s.last.Cursor.Block != 30 || s.batches != batches+1 {
			t.Errorf("on a quiet chain: %+v, %d batches", s.last, s.batches-batches)
		}
		s.check(t, c)
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
	last             chain.Batch
	batches          int
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
	s.last = b
	s.batches++
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

// While the chain is quiet, finality is told only of what is on it.
func TestFollower_tellsNothingFinalOfWhatHasLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := chaintest.NewFakeChain()
		c.Unfinal(20)
		c.Mine(blocksOf(1, 30)...)
		s := subscribe(t, c, chain.Cursor{})
		time.Sleep(time.Second)
		c.Hush(true)
		c.Reorg(5, 1, 1, 1, 1, 1, 1)
		c.Unfinal(0)
		time.Sleep(time.Minute)
		synctest.Wait()
		if s.last.Final != 10 || s.batches != 1 {
			t.Errorf("on another branch: %+v, %d batches", s.last, s.batches)
		}
		c.Hush(false)
		c.Mine(1)
		time.Sleep(time.Second)
		synctest.Wait()
		if s.last.Final != 32 || s.rewinds != 1 {
			t.Errorf("once it is told: %+v, %d rewinds", s.last, s.rewinds)
		}
	})
}

// What two subscribers ask for together is answered although the first is gone.
func TestFollower_asksForWhoStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := chaintest.NewFakeChain()
		fake.Mine(blocksOf(1, 100)...)
		fake.Since(90)
		source := &slowSource{FakeChain: fake}
		f := chain.NewFollower(source, []lilypad.Address{{1}}, nil)
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error, 1)
		go func() { left <- f.Follow(ctx, chain.Cursor{}, func(chain.Batch) error { return nil }) }()
		time.Sleep(100 * time.Millisecond)
		s := follow(t, f, chain.Cursor{})
		time.Sleep(100 * time.Millisecond)
		cancel()
		began := time.Now()
		if err := <-left; !errors.Is(err, context.Canceled) || time.Since(began) > 0 {
			t.Errorf("who left waited %s: %v", time.Since(began), err)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if source.asked.Load() != 1 || len(s.got) != 11 {
			t.Errorf("asked %d times, %d events, want 1 and 11", source.asked.Load(), len(s.got))
		}
	})
}

// slowSource takes a second to tell since when a contract is there.
type slowSource struct {
	*chaintest.FakeChain
	asked atomic.Int32
}

func (s *slowSource) CodeSince(ctx context.Context, at lilypad.Address) (uint64, error) {
	s.asked.Add(1)
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-time.After(time.Second):
		return s.FakeChain.CodeSince(ctx, at)
	}
}
