package chain

import "context"

// stranded tells that all wait behind a nonce which nobody uses, once that has
// lasted.
func (q *Queue) stranded(waiting []*entry, used uint64) bool {
	if len(waiting) == 0 || waiting[0].Nonce == used {
		q.gap = doubt{}
		return false
	}
	if q.gap.grow(); !q.gap.lasts(q.cfg.AgainAfter) {
		return false
	}
	q.gap = doubt{}
	return true
}

// closeGap gives the nonces that are missing to transactions that do nothing, so
// that calls which must keep theirs are mined. Those that may be repeated keep
// theirs too: what is signed would be mined beside what repeats it.
func (q *Queue) closeGap(ctx context.Context, waiting []*entry) error {
	const most = 64
	first, err := q.cfg.Client.nonce(ctx, q.Address(), true)
	if err != nil || first >= waiting[0].Nonce { // somebody else has sent what was missing
		return err
	}
	nothing := Call{To: q.Address()}
	if nothing.Gas, err = q.cfg.Client.EstimateGas(ctx, q.Address(), nothing); err != nil {
		return err
	}
	missing := make([]*request, min(waiting[0].Nonce-first, most))
	for i := range missing {
		missing[i] = unasked(nothing)
	}
	q.cfg.Log.Warn("transactions wait for nonces that nobody has: they are used for nothing", "first", first, "count", len(missing))
	placed, err := q.signAll(ctx, first, missing)
	if err != nil {
		return err
	}
	_, err = q.sendAll(ctx, placed) // what is refused is sent again
	return err
}
