package chain

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
)

const (
	// keepMined is how deep a transaction lies at least before it is forgotten: a
	// dev chain that is killed loses its last blocks, though they were final.
	keepMined = 64
	// resendAfter is the least time between two sendings of the same bytes.
	resendAfter = time.Second
	// sure is how many checks in a row must find a nonce used by a transaction
	// that is not ours, or unused below ours, before the queue acts on it: the
	// nodes behind one URL do not always agree.
	sure = 3
	// maxTries bounds the race with another program for the next nonce, and with
	// a base fee that rises.
	maxTries = 8
	// catchUp is how long a node that has not seen the last transaction is first
	// left alone.
	catchUp = 50 * time.Millisecond
)

// place gives requests their nonces, stores and sends them. A request that the
// node refuses gets its error, and those behind it move up.
func (q *Queue) place(ctx context.Context, requests []*request) {
	for tries := 0; len(requests) > 0; tries++ {
		placed, err := q.signAll(ctx, requests)
		if err != nil {
			fail(requests, err)
			return
		}
		sent, err := q.sendAll(ctx, placed)
		if err == nil {
			return
		}
		// The node has none of the rest, so their nonces are free again.
		requests = requests[sent:]
		if err := q.forget(ctx, placed[sent:]); err != nil {
			fail(requests, err)
			return
		}
		usedElsewhere := says(err, saysNonceLow) || says(err, saysUnderpriced)
		behind := says(err, saysNonceHigh) && sleep(ctx, time.Duration(tries+1)*catchUp)
		if !usedElsewhere && !behind && !says(err, saysFeeLow) || tries == maxTries {
			fail(requests[:1], err)
			requests, tries = requests[1:], 0
		}
	}
}

func fail(requests []*request, err error) {
	for _, r := range requests {
		r.done <- outcome{err: err}
	}
}

// signAll stores an entry for each request.
func (q *Queue) signAll(ctx context.Context, requests []*request) ([]*entry, error) {
	nonce, err := q.nextNonce(ctx)
	if err != nil {
		return nil, err
	}
	tip, most, err := q.cfg.Client.fees(ctx)
	if err != nil {
		return nil, err
	}
	placed := make([]*entry, len(requests))
	for i, r := range requests {
		tx, err := q.sign(ctx, nonce+uint64(i), r.call, tip, most)
		if err != nil {
			return nil, err
		}
		placed[i] = &entry{Nonce: tx.Nonce(), Variants: []*types.Transaction{tx}, request: r, signed: time.Now()}
	}
	if err := q.store(ctx, placed); err != nil {
		return nil, err
	}
	q.entries = append(q.entries, placed...)
	return placed, nil
}

// nextNonce follows the last transaction that waits; where none does, the node
// knows best, for the key may have been used elsewhere.
func (q *Queue) nextNonce(ctx context.Context) (uint64, error) {
	nonce, err := q.cfg.Client.nonce(ctx, q.Address(), true)
	if err != nil || len(q.entries) == 0 {
		return nonce, err
	}
	last := q.entries[len(q.entries)-1]
	if last.Block != 0 && last.Nonce >= nonce { // the chain has lost it
		if err := q.check(ctx); err != nil {
			return 0, err
		}
	}
	return max(nonce, last.Nonce+1), nil
}

// sendAll sends in order and returns how many the node has, or will have as
// soon as it answers again. An error is the node's refusal of the next.
func (q *Queue) sendAll(ctx context.Context, entries []*entry) (int, error) {
	for i, e := range entries {
		err := q.cfg.Client.send(ctx, e.newest())
		if lilypad.CodeOf(err) == lilypad.Unavailable || ctx.Err() != nil {
			q.cfg.Log.Warn("transaction waits for the node", "nonce", e.Nonce, "err", err)
			return len(entries), nil
		}
		if err != nil {
			return i, err
		}
		e.sent = time.Now()
	}
	return len(entries), nil
}

// forget removes entries from journal and queue.
func (q *Queue) forget(ctx context.Context, gone []*entry) error {
	nonces := make([]uint64, len(gone))
	for i, e := range gone {
		nonces[i] = e.Nonce
	}
	if err := q.store(ctx, nil, nonces...); err != nil {
		return err
	}
	q.entries = slices.DeleteFunc(q.entries, func(e *entry) bool { return slices.Contains(gone, e) })
	return nil
}

// check compares the queue with the chain: it answers for what was mined and
// sends again what was not.
func (q *Queue) check(ctx context.Context) error {
	if len(q.entries) == 0 {
		return nil
	}
	used, err := q.cfg.Client.nonce(ctx, q.Address(), false)
	if err != nil {
		return err
	}
	var waiting, changed, lost []*entry
	for _, e := range q.entries {
		switch {
		case e.Nonce >= used:
			if e.absent = 0; e.Block != 0 { // the chain has lost it
				e.Block, e.sent = 0, time.Time{}
			}
			waiting = append(waiting, e)
		case e.Block == 0:
			if err := q.settle(ctx, e); err != nil {
				return err
			}
			if e.Block != 0 {
				changed = append(changed, e)
			} else if e.absent >= sure {
				lost = append(lost, e)
			}
		}
	}
	if len(changed) > 0 {
		if err := q.store(ctx, changed); err != nil {
			return err
		}
		if err := q.forgetDeep(ctx, changed[len(changed)-1].Block); err != nil {
			return err
		}
	}
	if len(waiting) == 0 || waiting[0].Nonce == used {
		q.gaps = 0
	} else if q.gaps++; q.gaps >= sure {
		lost = append(lost, waiting...)
	}
	if len(lost) > 0 {
		q.gaps = 0
		return q.again(ctx, lost)
	}
	return q.resend(ctx, waiting)
}

// again places calls whose nonces are gone or out of reach. A crash in the
// middle loses them, so callers must be able to repeat what they did not see
// mined.
func (q *Queue) again(ctx context.Context, lost []*entry) error {
	q.cfg.Log.Warn("transactions get new nonces", "first", lost[0].Nonce, "count", len(lost))
	requests := make([]*request, len(lost))
	for i, e := range lost {
		if requests[i] = e.request; e.request == nil {
			requests[i] = &request{call: e.call(), done: make(chan outcome, 1)}
		}
	}
	if err := q.forget(ctx, lost); err != nil {
		return err
	}
	q.place(ctx, requests)
	return nil
}

// resend sends what waits to be mined, for more where that is needed.
func (q *Queue) resend(ctx context.Context, waiting []*entry) error {
	if err := q.bumpAll(ctx, waiting); err != nil {
		return err
	}
	for _, e := range waiting {
		if time.Since(e.sent) < resendAfter {
			continue
		}
		err := q.cfg.Client.send(ctx, e.newest())
		if lilypad.CodeOf(err) == lilypad.Unavailable {
			return err
		}
		if err != nil && !says(err, saysNonceLow) { // else it was mined just now
			q.cfg.Log.Warn("transaction refused", "nonce", e.Nonce, "err", err)
		}
		e.sent = time.Now()
	}
	return nil
}

// unsend makes the next check send everything again.
func (q *Queue) unsend() {
	for _, e := range q.entries {
		e.sent = time.Time{}
	}
}

// bumpAll bumps what no block can hold at its price, and the first of all if it
// has waited long.
func (q *Queue) bumpAll(ctx context.Context, waiting []*entry) error {
	if len(waiting) == 0 {
		return nil
	}
	base, err := q.cfg.Client.baseFee(ctx)
	if err != nil {
		return err
	}
	for i, e := range waiting {
		most := e.newest().GasFeeCap()
		tooLow := most.Cmp(base) < 0 && most.Cmp(q.cfg.MaxFee) < 0
		if !tooLow && (i > 0 || time.Since(e.signed) <= q.cfg.BumpAfter) {
			continue
		}
		if err := q.bump(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// bump adds a variant that pays an eighth more, or the price of the day if
// that is higher; nodes replace a transaction for a tenth more.
func (q *Queue) bump(ctx context.Context, e *entry) error {
	e.signed = time.Now()
	tip, most, err := q.cfg.Client.fees(ctx)
	if err != nil {
		return err
	}
	old := e.newest()
	if old.GasFeeCap().Cmp(q.cfg.MaxFee) >= 0 {
		q.cfg.Log.Warn("transaction waits at the highest fee allowed", "nonce", e.Nonce, "wei", q.cfg.MaxFee)
		return nil
	}
	tx, err := q.sign(ctx, e.Nonce, e.call(), atLeastAnEighthMore(tip, old.GasTipCap()), atLeastAnEighthMore(most, old.GasFeeCap()))
	if err != nil {
		return err
	}
	e.Variants, e.sent = append(e.Variants, tx), time.Time{}
	return q.store(ctx, []*entry{e})
}

func atLeastAnEighthMore(v, old *big.Int) *big.Int {
	more := new(big.Int).Rsh(old, 3)
	more.Add(more, old).Add(more, big.NewInt(1))
	if v.Cmp(more) > 0 {
		return v
	}
	return more
}

// settle looks for the receipt of an entry whose nonce is used.
func (q *Queue) settle(ctx context.Context, e *entry) error {
	for _, tx := range slices.Backward(e.Variants) {
		receipt, err := q.cfg.Client.Receipt(ctx, lilypad.Hash(tx.Hash()))
		if lilypad.CodeOf(err) == lilypad.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		block, err := q.cfg.Client.HeaderOf(ctx, lilypad.Hash(receipt.BlockHash))
		if err != nil {
			return err
		}
		e.Block = block.Number
		e.reply(q.outcome(ctx, e, Mined{receipt, block.Block}))
		return nil
	}
	e.absent++
	return nil
}

// outcome asks again for the reason of a failure: a receipt has none.
func (q *Queue) outcome(ctx context.Context, e *entry, m Mined) outcome {
	if m.Receipt.Status == types.ReceiptStatusSuccessful {
		return outcome{mined: m}
	}
	_, err := q.cfg.Client.Call(ctx, q.Address(), e.call(), false)
	if _, ok := errors.AsType[*Revert](err); !ok {
		err = nil
	}
	return outcome{m, &lilypad.Error{Code: lilypad.Conflict, Msg: "transaction " + m.Receipt.TxHash.String() + " reverted", Err: err}}
}

// forgetDeep forgets what lies deep below the newest block, and is final.
func (q *Queue) forgetDeep(ctx context.Context, newest uint64) error {
	deep := slices.DeleteFunc(slices.Clone(q.entries), func(e *entry) bool { return e.Block == 0 || e.Block+keepMined >= newest })
	if len(deep) == 0 {
		return nil
	}
	final, err := q.cfg.Client.Final(ctx)
	if err != nil {
		return err
	}
	return q.forget(ctx, slices.DeleteFunc(deep, func(e *entry) bool { return e.Block > final.Number }))
}
