package chain

import (
	"cmp"
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
	// that is not ours, or unused below ours, before the queue acts on it.
	sure = 3
	// maxTries bounds the race with another program for the next nonce, and with
	// a base fee that rises.
	maxTries = 8
	// catchUp is how long a node that has not seen the last transaction is first
	// left alone.
	catchUp = 50 * time.Millisecond
)

// adopt lets requests have the outcome of calls that were left, each of one, and
// returns those that are to be placed.
func (q *Queue) adopt(requests []*request) (fresh []*request) {
	seen := q.left.Load()
	for _, r := range requests {
		if r.left == nil {
			fresh = append(fresh, r)
			continue
		}
		if r.idle {
			q.idle = append(q.idle, r)
			continue
		}
		i := slices.IndexFunc(q.entries, func(e *entry) bool { return e.leftFor(r.left) })
		if i < 0 {
			if !slices.ContainsFunc(q.entries, (*entry).left) {
				q.left.CompareAndSwap(seen, 0) // unless somebody gave up meanwhile
			}
			r.done <- outcome{err: errNone}
			continue
		}
		q.entries[i].request, q.entries[i].Block = r, 0 // the next check finds it again, to answer
	}
	return fresh
}

// answerIdle answers who waits for what was left to be mined.
func (q *Queue) answerIdle() {
	q.idle = slices.DeleteFunc(q.idle, func(r *request) bool {
		if slices.ContainsFunc(q.entries, func(e *entry) bool { return e.Block == 0 && e.leftFor(r.left) }) {
			return r.state.Load() == gone
		}
		r.done <- outcome{err: errNone}
		return true
	})
}

// place gives requests their nonces, stores and sends them. A request that the
// node refuses gets its error, and those behind it move up.
func (q *Queue) place(ctx context.Context, requests []*request) {
	for tries := 0; len(requests) > 0; tries++ {
		nonce, err := q.nextNonce(ctx)
		if err != nil {
			fail(requests, err)
			return
		}
		placed, err := q.signAll(ctx, nonce, requests)
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

// signAll stores an entry for each request, from a nonce on.
func (q *Queue) signAll(ctx context.Context, nonce uint64, requests []*request) ([]*entry, error) {
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
		placed[i] = &entry{Nonce: tx.Nonce(), Variants: []*types.Transaction{tx}, Once: r.call.once(), Open: r.state.Load() != told, Placed: time.Now(), request: r, signed: time.Now()}
	}
	if err := q.store(ctx, placed); err != nil {
		return nil, err
	}
	q.entries = append(q.entries, placed...)
	slices.SortStableFunc(q.entries, func(a, b *entry) int { return cmp.Compare(a.Nonce, b.Nonce) })
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
		unsure, err := q.cfg.Client.send(ctx, e.newest())
		if lilypad.CodeOf(err) == lilypad.Unavailable || ctx.Err() != nil {
			q.cfg.Log.Warn("transaction waits for the node", "nonce", e.Nonce, "err", err)
			return len(entries), nil
		}
		if err != nil && !q.taken(ctx, e, unsure) {
			return i, err
		}
		e.sent = time.Now()
	}
	return len(entries), nil
}

// taken tells of a refused transaction that a node has it all the same, or may
// have it while it must not be made twice: what it is refused for can be itself.
func (q *Queue) taken(ctx context.Context, e *entry, unsure bool) bool {
	known, err := q.cfg.Client.knows(ctx, e.newest().Hash())
	return known || lilypad.CodeOf(err) == lilypad.Unavailable || unsure && e.Once
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
	var outcomes []outcome // of changed
	for _, e := range q.entries {
		switch {
		case e.Nonce >= used:
			if e.absent = (doubt{}); e.Block != 0 { // the chain has lost it
				e.Block, e.sent = 0, time.Time{}
			}
			waiting = append(waiting, e)
		case e.Block == 0:
			o, err := q.settle(ctx, e)
			if err != nil {
				return err
			}
			if o != nil {
				changed, outcomes = append(changed, e), append(outcomes, *o)
			} else if e.absent.lasts(q.cfg.AgainAfter) {
				lost = append(lost, e)
			}
		}
	}
	if err := q.mined(ctx, changed, outcomes); err != nil {
		return err
	}
	if lost, err = q.replaced(ctx, lost); err != nil {
		return err
	}
	if q.stranded(waiting, used) {
		if slices.ContainsFunc(waiting, func(e *entry) bool { return e.Once }) {
			return q.closeGap(ctx, waiting)
		}
		lost = append(lost, waiting...)
	}
	if len(lost) > 0 {
		return q.again(ctx, lost)
	}
	return q.resend(ctx, waiting)
}

// mined stores where transactions were mined and then tells who waits for them:
// who is told twice would send twice.
func (q *Queue) mined(ctx context.Context, changed []*entry, outcomes []outcome) error {
	if len(changed) == 0 {
		return nil
	}
	for i, e := range changed {
		e.Block = outcomes[i].mined.Block.Number
		e.Open = e.Open && !e.request.claim()
	}
	if err := q.store(ctx, changed); err != nil {
		for _, e := range changed {
			e.Block, e.Open = 0, e.Open || e.request != nil // to be found again
		}
		return err
	}
	for i, e := range changed {
		e.reply(outcomes[i])
	}
	return q.forgetDeep(ctx, changed[len(changed)-1].Block)
}

// replaced returns those of which a final block shows that their nonce is used,
// and by another transaction then. Who waits for a call that must not be made
// twice is told.
func (q *Queue) replaced(ctx context.Context, absent []*entry) (lost []*entry, err error) {
	if len(absent) == 0 {
		return nil, nil
	}
	used, err := q.cfg.Client.finalNonce(ctx, q.Address())
	if err != nil {
		return nil, err
	}
	var given []*entry
	for _, e := range absent {
		switch {
		case e.Nonce >= used: // the other one may leave the chain yet
		case e.Once:
			given = append(given, e)
		default:
			lost = append(lost, e)
		}
	}
	if len(given) == 0 {
		return lost, nil
	}
	if err := q.forget(ctx, given); err != nil {
		return nil, err
	}
	for _, e := range given {
		q.cfg.Log.Warn("transaction given up: another one used its nonce", "nonce", e.Nonce, "tx", e.newest().Hash())
		e.reply(outcome{err: lilypad.Errorf(lilypad.Conflict, "nonce %d of %s is used, and no node knows a receipt of %s: it is not sent again", e.Nonce, q.Address(), e.newest().Hash()).
			Try("look at what the account has sent before you send again")})
	}
	return lost, nil
}

// again places calls whose nonces are gone or out of reach. A crash in the
// middle loses them, so callers must be able to repeat what they did not see
// mined.
func (q *Queue) again(ctx context.Context, lost []*entry) error {
	q.cfg.Log.Warn("transactions get new nonces", "first", lost[0].Nonce, "count", len(lost))
	requests := make([]*request, len(lost))
	for i, e := range lost {
		if requests[i] = e.request; e.request == nil {
			requests[i] = unasked(e.call())
			if e.Open {
				requests[i].state.Store(gone)
			}
		}
	}
	if err := q.forget(ctx, lost); err != nil {
		return err
	}
	q.place(ctx, requests)
	return nil
}

// unasked is a request whose outcome nobody waits for.
func unasked(call Call) *request {
	r := &request{call: call, done: make(chan outcome, 1)}
	r.state.Store(told)
	return r
}

// resend sends what waits to be mined, for more where that is needed.
func (q *Queue) resend(ctx context.Context, waiting []*entry) error {
	if err := q.bumpAll(ctx, waiting); err != nil {
		return err
	}
	for i, e := range waiting {
		if time.Since(e.sent) < resendAfter {
			continue
		}
		_, err := q.cfg.Client.send(ctx, e.newest())
		if lilypad.CodeOf(err) == lilypad.Unavailable {
			return err
		}
		e.sent = time.Now()
		q.note(ctx, e, i == 0, err)
	}
	if len(waiting) == 0 {
		return nil
	}
	return q.giveUp(ctx, waiting[0])
}

// unsend makes the next check send everything again.
func (q *Queue) unsend() {
	for _, e := range q.entries {
		e.sent = time.Time{}
	}
}

// bumpAll bumps what no block can hold at its price, and the first of all if it
// has waited long, and not for something else than a price.
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
		late := time.Since(e.signed) > q.cfg.BumpAfter && (e.refusal.err == nil || aboutPrice(e.refusal.err))
		if !tooLow && (i > 0 || !late) {
			continue
		}
		if err := q.bump(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// bump has the newest variant pay more, within what is allowed.
func (q *Queue) bump(ctx context.Context, e *entry) error {
	if e.newest().GasFeeCap().Cmp(q.cfg.MaxFee) >= 0 {
		e.signed = time.Now()
		q.cfg.Log.Warn("transaction waits at the highest fee allowed", "nonce", e.Nonce, "wei", q.cfg.MaxFee)
		return nil
	}
	return q.replace(ctx, e, callOf(e.newest()))
}

// replace adds a variant that pays an eighth more, or the price of the day if
// that is higher; nodes replace a transaction for a tenth more.
func (q *Queue) replace(ctx context.Context, e *entry, call Call) error {
	e.signed = time.Now()
	tip, most, err := q.cfg.Client.fees(ctx)
	if err != nil {
		return err
	}
	old := e.newest()
	tx, err := q.sign(ctx, e.Nonce, call, atLeastAnEighthMore(tip, old.GasTipCap()), atLeastAnEighthMore(most, old.GasFeeCap()))
	if err != nil {
		return err
	}
	e.Variants, e.sent, e.refusal = append(e.Variants, tx), time.Time{}, complaint{told: e.refusal.told}
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

// settle looks for the receipt of an entry whose nonce is used; nil: there is
// none.
func (q *Queue) settle(ctx context.Context, e *entry) (*outcome, error) {
	for _, tx := range slices.Backward(e.Variants) {
		receipt, err := q.cfg.Client.Receipt(ctx, lilypad.Hash(tx.Hash()))
		if lilypad.CodeOf(err) == lilypad.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		block, err := q.cfg.Client.HeaderOf(ctx, lilypad.Hash(receipt.BlockHash))
		if err != nil {
			return nil, err
		}
		if !callOf(tx).same(e.call()) {
			return q.givenUp(ctx, e, block.Block)
		}
		e.Refused = ""
		o := q.outcome(ctx, e, Mined{receipt, block.Block})
		return &o, nil
	}
	e.absent.grow()
	return nil, nil
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

// forgetDeep forgets what lies deep below the newest block, and is final; not what
// must not be made twice before its sender was told.
func (q *Queue) forgetDeep(ctx context.Context, newest uint64) error {
	deep := slices.DeleteFunc(slices.Clone(q.entries), func(e *entry) bool {
		return e.Block == 0 || e.Block+keepMined >= newest || e.Once && e.Open
	})
	if len(deep) == 0 {
		return nil
	}
	final, err := q.cfg.Client.Final(ctx)
	if err != nil {
		return err
	}
	return q.forget(ctx, slices.DeleteFunc(deep, func(e *entry) bool { return e.Block > final.Number }))
}
