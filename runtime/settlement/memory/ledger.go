package memory

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Ledger is a Bank as seen by one account.
type Ledger struct {
	bank *Bank
	self lilypad.Address
}

var _ settlement.Ledger = (*Ledger)(nil)

// Address is the account that the ledger acts for.
func (l *Ledger) Address() lilypad.Address { return l.self }

// Domain is what statements for this ledger are signed under.
func (l *Ledger) Domain() lilypad.Domain { return l.bank.domain() }

// write runs fn, which checks all before it changes anything, and makes a
// block of the events it returns.
func (l *Ledger) write(ctx context.Context, fn func(b *Bank) ([]settlement.Event, error)) (settlement.Tx, error) {
	if err := ctx.Err(); err != nil {
		return settlement.Tx{}, err
	}
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	events, err := fn(l.bank)
	if err != nil {
		return settlement.Tx{}, err
	}
	return l.bank.mine(l.bank.next(), events), nil
}

// move is a write that changes one deal.
func (l *Ledger) move(ctx context.Context, fn func(b *Bank) (settlement.Event, error)) (settlement.Tx, error) {
	return l.write(ctx, func(b *Bank) ([]settlement.Event, error) {
		e, err := fn(b)
		return []settlement.Event{e}, err
	})
}

// batch is a write that changes many deals; without a change it makes no block.
func batch[E any](ctx context.Context, l *Ledger, entries []E, job func(E) lilypad.JobID, fn func(*Bank, E) (settlement.Event, string)) (settlement.Tx, []settlement.Skip, error) {
	if len(entries) > settlement.MaxBatch {
		return settlement.Tx{}, nil, lilypad.Errorf(lilypad.Invalid, "batch of %d entries: at most %d fit a transaction", len(entries), settlement.MaxBatch)
	}
	if err := ctx.Err(); err != nil {
		return settlement.Tx{}, nil, err
	}
	l.bank.mu.Lock()
	defer l.bank.mu.Unlock()
	var events []settlement.Event
	var skips []settlement.Skip
	for _, entry := range entries {
		e, reason := fn(l.bank, entry)
		if reason != "" {
			skips = append(skips, settlement.Skip{Job: job(entry), Reason: reason})
			continue
		}
		events = append(events, e)
	}
	if len(events) == 0 {
		return settlement.Tx{}, skips, nil
	}
	return l.bank.mine(l.bank.next(), events), skips, nil
}

// Open implements [settlement.Batcher].
func (l *Ledger) Open(ctx context.Context, terms []settlement.Terms) (settlement.Tx, []settlement.Skip, error) {
	return batch(ctx, l, terms,
		func(t settlement.Terms) lilypad.JobID { return t.Offer.Body.ID() },
		func(b *Bank, t settlement.Terms) (settlement.Event, string) { return b.open(l.self, t) })
}

// Settle implements [settlement.Batcher].
func (l *Ledger) Settle(ctx context.Context, settlements []settlement.Settlement) (settlement.Tx, []settlement.Skip, error) {
	return batch(ctx, l, settlements,
		func(s settlement.Settlement) lilypad.JobID { return s.Offer.Body.ID() },
		(*Bank).settle)
}

// Submit implements [settlement.Mover].
func (l *Ledger) Submit(ctx context.Context, t settlement.Terms, result lilypad.Signed[lilypad.Result]) (settlement.Tx, error) {
	return l.move(ctx, func(b *Bank) (settlement.Event, error) { return b.submit(t, result) })
}

// Challenge implements [settlement.Mover].
func (l *Ledger) Challenge(ctx context.Context, t settlement.Terms, result, creatorSeed lilypad.Hash) (settlement.Tx, error) {
	return l.move(ctx, func(b *Bank) (settlement.Event, error) { return b.challenge(l.self, t, result, creatorSeed) })
}

// Reveal implements [settlement.Mover].
func (l *Ledger) Reveal(ctx context.Context, t settlement.Terms, facts settlement.Facts, providerSeed lilypad.Hash) (settlement.Tx, error) {
	return l.move(ctx, func(b *Bank) (settlement.Event, error) { return b.reveal(t, facts, providerSeed) })
}

// Resolve implements [settlement.Mover].
func (l *Ledger) Resolve(ctx context.Context, t settlement.Terms, facts settlement.Facts, panel lilypad.Panel, verdicts []lilypad.Signed[lilypad.Verdict]) (settlement.Tx, error) {
	return l.move(ctx, func(b *Bank) (settlement.Event, error) { return b.resolve(t, facts, panel, verdicts) })
}

// Expire implements [settlement.Mover].
func (l *Ledger) Expire(ctx context.Context, t settlement.Terms, facts settlement.Facts) (settlement.Tx, error) {
	return l.move(ctx, func(b *Bank) (settlement.Event, error) { return b.expire(t, facts) })
}

// Deposit implements [settlement.Funds].
func (l *Ledger) Deposit(ctx context.Context, amount lilypad.Amount) (settlement.Tx, error) {
	return l.write(ctx, func(b *Bank) ([]settlement.Event, error) {
		a := b.account(l.self)
		if a.Wallet < amount {
			return nil, lilypad.Errorf(lilypad.Exhausted, "deposit %s LILY: the wallet holds %s", amount, a.Wallet)
		}
		a.Wallet, a.Free = a.Wallet-amount, a.Free+amount
		return nil, nil
	})
}

// Withdraw implements [settlement.Funds].
func (l *Ledger) Withdraw(ctx context.Context, amount lilypad.Amount) (settlement.Tx, error) {
	return l.write(ctx, func(b *Bank) ([]settlement.Event, error) {
		a := b.account(l.self)
		if a.Free < amount {
			return nil, lilypad.Errorf(lilypad.Exhausted, "withdraw %s LILY: %s are free", amount, a.Free)
		}
		a.Wallet, a.Free = a.Wallet+amount, a.Free-amount
		return nil, nil
	})
}

// Bump implements [settlement.Funds].
func (l *Ledger) Bump(ctx context.Context) (settlement.Tx, error) {
	return l.write(ctx, func(b *Bank) ([]settlement.Event, error) {
		b.account(l.self).Epoch++
		return nil, nil
	})
}
