package chain

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
)

const (
	// giveUpAfter is for how long at least nodes must refuse a transaction, for
	// what neither price nor funds would mend, before its nonce goes to nothing.
	giveUpAfter = 10 * time.Minute
	// tellEvery is between two warnings about one transaction.
	tellEvery = time.Minute
)

// complaint is what the node said when a transaction was last sent again.
type complaint struct {
	err   error // nil: it has it
	doubt doubt // that it will ever take it
	told  time.Time
}

// note takes the node's answer, and warns of what keeps a transaction waiting. One
// that is not the first may be refused for those before it.
func (q *Queue) note(ctx context.Context, e *entry, first bool, err error) {
	r := &e.refusal
	if err == nil || says(err, saysNonceLow) || q.taken(ctx, e, false) { // else it was mined just now
		*r = complaint{told: r.told}
		return
	}
	short := q.short(ctx, e, err)
	if r.err = err; first && lasts(err) && !short {
		r.doubt.grow()
	} else {
		r.doubt = doubt{}
	}
	if time.Since(r.told) < tellEvery {
		return
	}
	r.told = time.Now()
	if short {
		q.cfg.Log.Warn("transactions wait for funds: send ether to the account", "nonce", e.Nonce, "wei", e.newest().Cost(), "err", err)
		return
	}
	q.cfg.Log.Warn("transaction refused", "nonce", e.Nonce, "err", err)
}

// short tells whether the account cannot pay for a transaction, whatever words the
// node has for it.
func (q *Queue) short(ctx context.Context, e *entry, refused error) bool {
	if says(refused, saysFunds) {
		return true
	}
	wei, err := q.cfg.Client.Balance(ctx, q.Address())
	return err == nil && wei.Cmp(e.newest().Cost()) < 0
}

// lasts tells a refusal that is about the transaction itself.
func lasts(err error) bool {
	code := lilypad.CodeOf(err)
	return (code == lilypad.Invalid || code == lilypad.Conflict) && !aboutPrice(err) && !says(err, saysNonceHigh)
}

// aboutPrice tells a refusal that a higher price may mend.
func aboutPrice(err error) bool {
	return says(err, saysUnderpriced) || says(err, saysFeeLow) || says(err, saysFull)
}

// giveUp gives the nonce of what is refused for good to a transaction that does
// nothing. A node that has the refused one all the same may still have it mined
// instead: which of them it was tells whether the call was made.
func (q *Queue) giveUp(ctx context.Context, e *entry) (err error) {
	nothing := Call{To: q.Address()}
	if !e.refusal.doubt.lasts(giveUpAfter) || callOf(e.newest()).same(nothing) {
		return nil
	}
	if nothing.Gas, err = q.cfg.Client.EstimateGas(ctx, q.Address(), nothing); err != nil {
		return err
	}
	q.cfg.Log.Warn("transaction is refused for good: its nonce is used for nothing", "nonce", e.Nonce, "tx", e.newest().Hash(), "err", e.refusal.err)
	e.Refused = e.refusal.err.Error()
	return q.replace(ctx, e, nothing)
}

// givenUp is the outcome of an entry whose nonce went to nothing, by a receipt in
// that block; nil while the block is not final: the call may be made yet.
func (q *Queue) givenUp(ctx context.Context, e *entry, block Block) (*outcome, error) {
	used, err := q.cfg.Client.finalNonce(ctx, q.Address())
	if err != nil || e.Nonce >= used {
		return nil, err
	}
	return &outcome{Mined{Block: block}, lilypad.Errorf(lilypad.Conflict, "nodes refused transaction %s for good, and its nonce went to nothing: %s", e.Variants[0].Hash(), e.Refused).
		Try("mend what they refused, then give the command again: nothing was done")}, nil
}

// callOf is what a transaction does.
func callOf(tx *types.Transaction) Call {
	c := Call{Data: tx.Data(), Value: tx.Value(), Gas: tx.Gas()}
	if tx.To() != nil {
		c.To = lilypad.Address(*tx.To())
	}
	return c
}
