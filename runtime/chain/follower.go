package chain

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"golang.org/x/sync/singleflight"

	"github.com/lilypad-network/lilypad"
)

// Cursor is a place in the event log: the logs of all blocks before Block are
// handled, and of Block those with an index below Index. The zero Cursor is
// the beginning.
type Cursor struct {
	Block uint64       `json:"block"`
	Hash  lilypad.Hash `json:"hash"`
	Index uint         `json:"index"`
}

// Batch is what Follow delivers.
type Batch struct {
	Logs    []types.Log // in order, each with its block's time; read only
	Cursor  Cursor      // the place after all of them
	Rewound bool        // some of what was delivered before has left the chain
	Head    Block       // the newest block known
	Final   uint64      // the newest block that no reorganisation takes away
}

// Source is the part of [Client] that a follower reads.
type Source interface {
	HeaderAt(ctx context.Context, number uint64) (Header, error)
	Logs(ctx context.Context, from, to uint64, contracts []lilypad.Address) ([]types.Log, error)
	Watch() (heads <-chan Header, stop func())
	FinalBelow(ctx context.Context, head Header) (uint64, error)
	CodeSince(ctx context.Context, contract lilypad.Address) (uint64, error)
}

var _ Source = (*Client)(nil)

// Follower delivers the events of some contracts to many subscribers. A
// process needs one: subscribers at the same place share a query. Safe for
// concurrent use.
type Follower struct {
	// Since is a block before which the contracts have no events, such as the
	// one in which they were made; 0: the chain is asked when that matters. Set
	// it before the follower is shared.
	Since uint64

	source    Source
	contracts []lilypad.Address
	log       *slog.Logger
	span      atomic.Uint64 // blocks a query asks for: less after a refusal, more after an answer
	queries   singleflight.Group
	asking    singleflight.Group
	found     atomic.Uint64 // Since, as the chain says
}

const (
	maxSpan = 4096
	// blindRewind is how many blocks a subscriber goes back when no place it
	// remembers is on the chain: more than any reorganisation to be expected.
	blindRewind = 64
	maxTrail    = 256
)

// NewFollower follows contracts. Interruptions are logged; nil: silently borne.
func NewFollower(source Source, contracts []lilypad.Address, log *slog.Logger) *Follower {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	f := &Follower{source: source, contracts: contracts, log: log}
	f.span.Store(maxSpan)
	return f
}

// Follow calls fn with what happened after the cursor, then with the events of
// every new block, until ctx ends or fn fails; it returns that error. A batch
// may be empty: it tells the head, time, and what is final. The subscriber keeps the cursor
// where it must not miss anything across restarts.
//
// After a reorganisation, or when the chain has lost blocks, the next batch is
// marked Rewound and begins at the fork, or before it where the fork is not
// known: the same event can come twice. While the node is gone Follow waits.
//
// # Errors
//
// Unauthorized when the node refuses to serve us.
func (f *Follower) Follow(ctx context.Context, after Cursor, fn func(Batch) error) error {
	after.Block = max(after.Block, f.begin(ctx, after))
	heads, stop := f.source.Watch()
	defer stop()
	s := &subscriber{Follower: f, at: after, heads: heads}
	for {
		var look <-chan time.Time
		if s.told && s.final < s.at.Block { // a chain can go quiet before it finalizes
			look = time.After(finalEvery)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case s.head = <-heads:
		case <-look:
			if before := s.final; s.finalized(ctx) > before {
				if !s.stays(ctx) {
					s.final = before // the head to come tells
					continue
				}
				if err := fn(Batch{Cursor: s.at, Head: s.head.Block, Final: s.final}); err != nil {
					return err
				}
			}
			continue
		}
		if err := s.catchUp(ctx, fn); err != nil {
			return err
		}
	}
}

// begin is the block at which there is something to read for a cursor that has
// read no block. A node without the state of old blocks cannot tell: then all are
// read, once.
func (f *Follower) begin(ctx context.Context, after Cursor) uint64 {
	switch {
	case !after.Hash.IsZero():
		return 0
	case f.Since > 0 || after.Block > 0:
		return f.Since
	case f.found.Load() > 0 || len(f.contracts) == 0:
		return f.found.Load()
	}
	_, _ = together(ctx, &f.asking, "", func(ctx context.Context) (any, error) {
		first := ^uint64(0)
		for _, at := range f.contracts {
			block, err := f.source.CodeSince(ctx, at)
			if err != nil {
				f.log.Info("all blocks are read for events: nobody tells since when the contract is there", "contract", at, "err", err)
				return nil, nil
			}
			first = min(first, block)
		}
		f.found.Store(first)
		return nil, nil
	})
	return f.found.Load()
}

// subscriber is one Follow.
type subscriber struct {
	*Follower
	heads   <-chan Header
	at      Cursor
	head    Header
	trail   []Cursor // places delivered, oldest first: where a fork is looked for
	rewound bool     // to be told with the next batch
	told    bool     // something was delivered
	final   uint64   // as was told last
}

// stays tells that what was delivered is on the chain still.
func (s *subscriber) stays(ctx context.Context) bool {
	on, err := s.onChain(ctx, s.at, Header{}) // not as of the head, which may have left too
	return on && err == nil
}

// finalized asks which block is final. While nobody answers it is the one before.
func (s *subscriber) finalized(ctx context.Context) uint64 {
	if number, err := s.source.FinalBelow(ctx, s.head); err == nil {
		s.final = number
	} else {
		s.log.Warn("finality not known", "block", s.head.Number, "err", err)
	}
	return s.final
}

// catchUp delivers everything up to the head.
func (s *subscriber) catchUp(ctx context.Context, fn func(Batch) error) error {
	for pause := firstPause; !s.told || s.at.Hash != s.head.Hash; {
		if s.stale(ctx) {
			return nil
		}
		batch, err := s.next(ctx)
		if err == nil {
			if err := fn(batch); err != nil {
				return err
			}
			s.told, pause = true, firstPause
			continue
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if lilypad.CodeOf(err) == lilypad.Unauthorized {
			return err
		}
		s.log.Warn("chain events delayed", "block", s.at.Block, "err", err)
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case s.head = <-s.heads: // the old one may have left the chain
		case <-time.After(pause):
		}
		pause = min(2*pause, longestWait)
	}
	return nil
}

// stale tells a head of a node that lags behind another at the same URL: what
// was delivered above it is still there.
func (s *subscriber) stale(ctx context.Context) bool {
	if !s.told || s.head.Number >= s.at.Block {
		return false
	}
	on, err := s.onChain(ctx, s.at, s.head)
	return on && err == nil
}

// next fetches one batch and moves the cursor behind it.
func (s *subscriber) next(ctx context.Context) (Batch, error) {
	logs, to, err := s.query(ctx)
	if err != nil {
		return Batch{}, err
	}
	for len(logs) > 0 && logs[0].BlockNumber == s.at.Block && logs[0].Index < s.at.Index {
		logs = logs[1:]
	}
	after := Cursor{Block: to.Number, Hash: to.Hash}
	if to.Number == s.at.Block {
		after.Index = s.at.Index
	}
	if n := len(logs); n > 0 && logs[n-1].BlockNumber == to.Number {
		after.Index = logs[n-1].Index + 1
	}
	batch := Batch{Logs: logs, Cursor: after, Rewound: s.rewound, Head: s.head.Block, Final: s.finalized(ctx)}
	s.at, s.rewound = after, false
	if s.trail = append(s.trail, after); len(s.trail) > maxTrail {
		s.trail = s.trail[maxTrail/2:]
	}
	return batch, nil
}

// query reads as many blocks from the cursor as the node allows. Nodes limit
// ranges, results or bytes, each in its own words, or break off.
func (s *subscriber) query(ctx context.Context) ([]types.Log, Header, error) {
	for {
		span, to := s.span.Load(), s.head
		if s.at.Block+span <= to.Number {
			var err error
			if to, err = s.source.HeaderAt(ctx, s.at.Block+span-1); err != nil {
				return nil, to, err
			}
		}
		// Only now: a cursor on the chain later than to leaves either to above
		// it, or to off the chain, which the next round sees.
		if moved, err := s.checkFork(ctx, to); err != nil {
			return nil, to, err
		} else if moved {
			continue
		}
		logs, err := s.fetch(ctx, s.at.Block, to)
		if err == nil {
			s.span.Store(min(span*2, maxSpan))
			return logs, to, nil
		}
		s.span.Store(max(span/2, 2))
		if span == 2 || lilypad.CodeOf(err) == lilypad.Unavailable || ctx.Err() != nil {
			return nil, to, err
		}
	}
}

// fetch shares a query with subscribers that ask for the same right now. The
// block at the cursor is read again, as the cursor may lie inside it.
func (s *subscriber) fetch(ctx context.Context, from uint64, to Header) ([]types.Log, error) {
	return together(ctx, &s.queries, fmt.Sprint(from, to.Number, to.Hash), func(ctx context.Context) ([]types.Log, error) {
		return s.source.Logs(ctx, from, to.Number, s.contracts)
	})
}

// checkFork moves the cursor back to a block of the chain that ends in tip,
// where it is not on it.
func (s *subscriber) checkFork(ctx context.Context, tip Header) (moved bool, err error) {
	if on, err := s.onChain(ctx, s.at, tip); on || err != nil {
		return false, err
	}
	from := s.at.Block
	for ; len(s.trail) > 0; s.trail = s.trail[:len(s.trail)-1] {
		last := s.trail[len(s.trail)-1]
		on, err := s.onChain(ctx, last, tip)
		if err != nil {
			return false, err
		}
		if on {
			s.rewind(from, last)
			return true, nil
		}
	}
	start := min(from, tip.Number)
	s.rewind(from, Cursor{Block: start - min(start, blindRewind)})
	return true, nil
}

func (s *subscriber) rewind(from uint64, to Cursor) {
	s.log.Info("chain reorganised", "block", from, "back_to", to.Block)
	s.at, s.rewound = to, true
}

func (s *subscriber) onChain(ctx context.Context, c Cursor, tip Header) (bool, error) {
	switch {
	case c.Hash.IsZero(), c.Hash == tip.Hash, c.Hash == tip.Parent:
		return true, nil
	case c.Block == tip.Number:
		return false, nil
	}
	h, err := s.source.HeaderAt(ctx, c.Block)
	if lilypad.CodeOf(err) == lilypad.NotFound { // the chain is shorter now
		return false, nil
	}
	return h.Hash == c.Hash, err
}
