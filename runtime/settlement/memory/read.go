package memory

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Status implements [settlement.Reader].
func (l *Ledger) Status(ctx context.Context, job lilypad.JobID) (settlement.Status, error) {
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	if d := l.bank.deals[job]; d != nil {
		return d.status, ctx.Err()
	}
	return settlement.Status{}, ctx.Err()
}

// Account implements [settlement.Reader].
func (l *Ledger) Account(ctx context.Context, who lilypad.Address) (settlement.Account, error) {
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	return l.bank.standing(who), ctx.Err()
}

// Head implements [settlement.Reader].
func (l *Ledger) Head(ctx context.Context) (settlement.Block, error) {
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	return l.bank.head(), ctx.Err()
}

// Transaction implements [settlement.Reader]; no transaction uses gas.
func (l *Ledger) Transaction(_ context.Context, hash lilypad.Hash) (settlement.Tx, error) {
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	tx, ok := l.bank.txs[hash]
	if !ok {
		return tx, lilypad.Errorf(lilypad.NotFound, "transaction %s is not mined", hash)
	}
	return tx, nil
}

// Opened implements [settlement.Reader].
func (l *Ledger) Opened(_ context.Context, hash lilypad.Hash) (terms []settlement.Terms, _ error) {
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	if _, ok := l.bank.txs[hash]; !ok {
		return nil, lilypad.Errorf(lilypad.NotFound, "transaction %s is not mined", hash)
	}
	for _, e := range l.bank.events {
		if e.Kind == settlement.Opened && e.Tx == hash {
			terms = append(terms, l.bank.terms[e.Deal])
		}
	}
	return terms, nil
}

// Follow implements [settlement.Reader]. Batches end with a block; a cursor of
// another bank is answered from the first block, Rewound.
func (l *Ledger) Follow(ctx context.Context, after settlement.Cursor, fn func(settlement.Batch) error) error {
	for ctx.Err() == nil {
		batch, grown := l.bank.since(after)
		if batch.Rewound || batch.Cursor != after {
			if err := fn(batch); err != nil {
				return err
			}
			after = batch.Cursor
		}
		select {
		case <-ctx.Done():
		case <-grown:
		}
	}
	return ctx.Err()
}

// since returns what came after a cursor, and what will be closed when there
// is more.
func (b *Bank) since(after settlement.Cursor) (settlement.Batch, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := settlement.Batch{Head: b.head()}
	out.Final = out.Head.Number - min(out.Head.Number, b.cfg.FinalAfter)
	if after != (settlement.Cursor{}) && (after.Block >= uint64(len(b.blocks)) || b.blocks[after.Block].Hash != after.Hash) {
		after, out.Rewound = settlement.Cursor{}, true
	}
	index := func(i int) uint { // of event i in its block
		n := i
		for n > 0 && b.events[n-1].Block.Number == b.events[i].Block.Number {
			n--
		}
		return uint(i - n)
	}
	first, _ := slices.BinarySearchFunc(b.events, after.Block, func(e settlement.Event, block uint64) int {
		if e.Block.Number < block {
			return -1
		}
		return 1
	})
	for first < len(b.events) && b.events[first].Block.Number == after.Block && index(first) < after.Index {
		first++
	}
	out.Events = slices.Clone(b.events[first:])
	out.Cursor = settlement.Cursor{Block: out.Head.Number, Hash: out.Head.Hash}
	if last := len(b.events) - 1; last >= 0 && b.events[last].Block == out.Head {
		out.Cursor.Index = index(last) + 1
	}
	return out, b.grown
}
