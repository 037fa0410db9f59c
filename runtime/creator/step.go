package creator

import (
	"context"
	"errors"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// lookAgain is the safety net under events that never came.
const lookAgain = 15 * time.Second

// step does the next thing for a job.
func (c *Creator) step(ctx context.Context, id lilypad.JobID) (time.Duration, error) {
	r, ok := c.get(id)
	if !ok || r.Done {
		return 0, nil
	}
	if !r.Posted {
		if agreed, err := c.agreed(ctx, r); err != nil || !agreed {
			return lookAgain, err
		}
		return 0, c.post(ctx, r)
	}
	if r.State < lilypad.StateFinal {
		if err := errors.Join(c.learn(ctx, r), c.lastChance(ctx, r)); err != nil {
			return 0, err
		}
		if err := c.drop(ctx, r); err != nil { // holds up nothing: it is tried at the next step
			c.Logger.Warn("replica of an undone deal not dropped", "job", r.ID, "error", err)
		}
		if r, _ = c.get(id); r.Done {
			return 0, nil
		}
	}
	switch {
	case r.State == lilypad.StateFinal:
		return c.finish(ctx, r)
	case r.State == lilypad.StateOpen || r.State == lilypad.StateSubmitted:
		return c.judge(ctx, r)
	}
	return lookAgain, nil
}

// agreed tells whether the job's payer has agreed to the offer: a contract does
// so on chain, after it is told the offer. A job whose offer has expired ends.
func (c *Creator) agreed(ctx context.Context, r record) (bool, error) {
	if !r.client() {
		return true, nil
	}
	head, err := c.Ledger.Head(ctx)
	if err != nil {
		return false, err
	}
	s, err := c.Ledger.Status(ctx, r.ID)
	if err == nil && s.State <= lilypad.StateApproved && head.Time > r.Posting.Offer.Body.Expiry {
		return false, c.giveUp(ctx, r.ID, "the offer expired before its contract approved it and the solver had it")
	}
	return s.State > lilypad.StateNone, err
}

// giveUp ends a job that the solver does not have.
func (c *Creator) giveUp(ctx context.Context, id lilypad.JobID, reason string) error {
	return c.edit(ctx, id, func(r *record) {
		if !r.Posted {
			r.Phase, r.Reason, r.Done = api.PhaseWithdrawn, reason, true
		}
	})
}

// post gives the solver the inputs and the signed offer.
func (c *Creator) post(ctx context.Context, r record) error {
	inputs := r.Posting.Work.Inputs
	if r.Posting.Private() {
		inputs = r.Posting.Sealed
	}
	if _, err := storage.Copy(ctx, c.Market, c.Store, inputs, storage.Limits{}); err != nil {
		return err
	}
	before, err := c.holdings(ctx, r)
	if err != nil {
		return err
	}
	job, err := c.Market.Post(ctx, r.Posting)
	switch lilypad.CodeOf(err) {
	case lilypad.Internal, lilypad.Unavailable, lilypad.Timeout:
		if err != nil {
			return err
		}
	}
	dropped := false
	if err := c.edit(ctx, r.ID, func(r *record) {
		dropped = r.Done && err == nil
		r.Posted, r.Before = true, before
		switch {
		case err != nil: // for good
			r.Phase, r.Reason, r.Done = api.PhaseWithdrawn, "refused by the solver: "+err.Error(), true
		case !dropped:
			r.Phase = job.Phase
		}
	}); err != nil || !dropped {
		return err
	}
	_, err = c.Market.Withdraw(ctx, r.ID) // it was cancelled on the way
	return err
}

// lastChance does without a solver what must be done before the time to judge
// is over: it challenges a claim whose bytes never came, and settles by its own
// receipt, since with audits silence costs the stake.
func (c *Creator) lastChance(ctx context.Context, r record) error {
	r, _ = c.get(r.ID)
	if r.State != lilypad.StateSubmitted || !r.opened() {
		return nil
	}
	head, err := c.Ledger.Head(ctx)
	if err != nil || head.Time < r.Deadline-settlement.JudgeMargin(r.Posting.Offer.Body) {
		return err
	}
	switch {
	case !r.delivered() || r.Ruling == doubted || r.Facts.Result != r.Delivery.Result.Body.Result:
		c.Logger.Info("claim challenged before it is too late", "job", r.ID)
		return c.challenge(ctx, r)
	case r.Ruling == accepted:
		signed, err := c.receipt(ctx, r)
		if err != nil {
			return err
		}
		_, skips, err := c.Ledger.Settle(ctx, []settlement.Settlement{{Terms: r.terms(), Receipt: signed}})
		for _, skip := range skips {
			c.Logger.Warn("own receipt not settled", "job", r.ID, "reason", skip.Reason)
		}
		return err
	}
	return nil
}

// drop ends the replicas of a deal that was undone: one that waits is
// withdrawn, one that runs is paid unseen, for it judges nothing any more.
func (c *Creator) drop(ctx context.Context, r record) error {
	var errs []error
	for _, rep := range r.Dropped {
		child, ok := c.get(rep.Job)
		if !ok || child.Done {
			continue
		}
		if child.Ruling == "" {
			errs = append(errs, c.rule(ctx, child.ID, accepted))
		}
		if child.State == lilypad.StateNone {
			_, err := c.Cancel(ctx, child.ID)
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// learn asks the solver what has become of the job.
func (c *Creator) learn(ctx context.Context, r record) error {
	job, err := c.Market.Job(ctx, r.ID)
	if lilypad.CodeOf(err) == lilypad.NotFound {
		// A solver that lost its journal: the offer is still good.
		_, err = c.Market.Post(ctx, r.Posting)
		return err
	}
	if err != nil {
		return err
	}
	if err := c.checkDeal(r, job.Deal); err != nil {
		c.Logger.Warn("solver tells of another deal", "job", r.ID, "error", err)
		job.Deal, job.Delivery = nil, nil
	}
	c.share(ctx, r, job)
	var exit *int
	if job.Delivery != nil && (r.Delivery == nil || r.Delivery.Result.Body.Deal != job.Delivery.Result.Body.Deal) {
		if exit, err = c.fetch(ctx, r, job); err != nil {
			return err
		}
	}
	// What is not taken over must not count as news: each edit runs this again.
	told := r.State == lilypad.StateNone && (r.Phase != job.Phase || r.Reason != job.Reason)
	dealt := job.Deal != nil && !r.of(job.Deal.Body.ID()) || job.Deal == nil && r.Deal != nil && r.State == lilypad.StateNone
	if !told && !dealt && exit == nil {
		return nil
	}
	return c.edit(ctx, r.ID, func(r *record) {
		if r.State == lilypad.StateNone {
			r.take(job.Deal)
			r.Phase, r.Reason = job.Phase, job.Reason
		}
		if job.Deal != nil {
			r.take(job.Deal)
			r.mark("match")
		}
		if exit != nil {
			if !r.delivered() {
				r.forget()
			}
			r.Delivery, r.ExitCode, r.Result = job.Delivery, exit, job.Delivery.Outputs.Blob
			r.mark("run")
		}
		if job.Phase == api.PhaseWithdrawn && r.State == lilypad.StateNone {
			r.Done = true
		}
	})
}

// checkDeal refuses a deal that its provider did not sign for this job, or
// that is not the one on chain.
func (c *Creator) checkDeal(r record, d *lilypad.Signed[lilypad.Deal]) error {
	switch {
	case d == nil:
		return nil
	case d.Body.Job != r.ID || d.Body.Price > r.Posting.Offer.Body.MaxPrice:
		return lilypad.Errorf(lilypad.Invalid, "it is for another job or above the maximum price")
	case r.OpenedAs != (lilypad.DealID{}) && d.Body.ID() != r.OpenedAs:
		return lilypad.Errorf(lilypad.Invalid, "the chain opened deal %s, not %s", r.OpenedAs, d.Body.ID())
	}
	return wallet.Verify(c.Ledger.Domain(), *d, d.Body.Provider)
}

// fetch checks a delivery and brings its bytes here. What is wrong with it is
// the provider's fault: then there is no delivery, and time or a challenge
// decides.
func (c *Creator) fetch(ctx context.Context, r record, job api.Job) (*int, error) {
	d := job.Delivery
	if job.Deal == nil || d.Result.Body.Deal != job.Deal.Body.ID() || d.Outputs.Hash() != d.Result.Body.Result {
		c.Logger.Warn("delivery is not of this deal", "job", r.ID)
		return nil, nil
	}
	if err := wallet.Verify(c.Ledger.Domain(), d.Result, job.Deal.Body.Provider); err != nil {
		c.Logger.Warn("delivery is not signed by its provider", "job", r.ID, "error", err)
		return nil, nil
	}
	err := c.bring(ctx, r, d)
	switch lilypad.CodeOf(err) {
	case lilypad.NotFound, lilypad.Invalid, lilypad.Exhausted:
		c.Logger.Warn("delivered result cannot be had", "job", r.ID, "error", err)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	code, err := bundle.ReadExitCode(ctx, c.Store, d.Outputs.Blob)
	if err != nil {
		c.Logger.Warn("result without an exit code", "job", r.ID, "error", err)
		code = -1
	}
	return &code, nil
}

// judge moves a delivered or claimed result to a receipt or a challenge.
func (c *Creator) judge(ctx context.Context, r record) (time.Duration, error) {
	if !r.opened() {
		return lookAgain, nil
	}
	if !r.delivered() {
		if r.State != lilypad.StateSubmitted {
			return lookAgain, nil // it runs
		}
		if wait := c.DoubtAfter - time.Since(r.Claimed); wait > 0 {
			return wait, nil
		}
		c.Logger.Info("result claimed but withheld: challenged", "job", r.ID)
		return lookAgain, c.challenge(ctx, r)
	}
	if r.State == lilypad.StateSubmitted && r.Facts.Result != r.Delivery.Result.Body.Result {
		c.Logger.Info("another result claimed than delivered: challenged", "job", r.ID)
		return lookAgain, c.challenge(ctx, r)
	}
	if r.Ruling == "" && r.Posting.Parent == (lilypad.JobID{}) {
		decided, err := c.review(ctx, r)
		if err != nil || !decided {
			return lookAgain, err
		}
		r, _ = c.get(r.ID)
	}
	switch r.Ruling {
	case accepted:
		return lookAgain, c.accept(ctx, r)
	case doubted:
		return lookAgain, c.challenge(ctx, r)
	}
	return lookAgain, nil // a replica, whose case is not decided yet
}

// accept gives the solver the receipt.
func (c *Creator) accept(ctx context.Context, r record) error {
	signed, err := c.receipt(ctx, r)
	if err != nil {
		return err
	}
	err = c.Market.Accept(ctx, r.ID, signed)
	if lilypad.CodeOf(err) == lilypad.NotFound {
		return nil // it is over there
	}
	if err != nil || r.Receipt { // told again, in case the solver has lost it
		return err
	}
	return c.edit(ctx, r.ID, func(r *record) { r.Receipt = r.of(signed.Body.Deal) })
}

// receipt signs for the delivered result. Conflict when that is of another deal.
func (c *Creator) receipt(ctx context.Context, r record) (lilypad.Signed[lilypad.Receipt], error) {
	if !r.delivered() {
		return lilypad.Signed[lilypad.Receipt]{}, lilypad.Errorf(lilypad.Conflict, "no result of the present deal of job %s is here", r.ID)
	}
	receipt := lilypad.Receipt{Deal: r.Deal.Body.ID(), Result: r.Delivery.Result.Body.Result}
	if r.Posting.Offer.Body.AuditBPS > 0 {
		receipt.CreatorSeed = c.seed(r.Posting.Offer.Body.Nonce)
	}
	return wallet.Sign(ctx, c.Key, c.Ledger.Domain(), receipt)
}

// challenge calls the mediators. The chain must know the provider's claim
// first; anyone may post it.
func (c *Creator) challenge(ctx context.Context, r record) error {
	if r.State == lilypad.StateOpen {
		_, err := c.Ledger.Submit(ctx, r.terms(), r.Delivery.Result)
		if err != nil && lilypad.CodeOf(err) != lilypad.Conflict {
			return err
		}
		return nil // the event brings us back
	}
	c.prove(ctx, r)
	_, err := c.Ledger.Challenge(ctx, r.terms(), r.Facts.Result, c.seed(r.Posting.Offer.Body.Nonce))
	if lilypad.CodeOf(err) == lilypad.Conflict {
		return nil
	}
	return err
}

// finish closes the books of a job once all its deals are final.
func (c *Creator) finish(ctx context.Context, r record) (time.Duration, error) {
	if r.Posting.Parent == (lilypad.JobID{}) {
		waits := false
		for _, rep := range r.bought() {
			child, ok := c.get(rep.Job)
			if !ok || child.Done {
				continue
			}
			waits = true
			if child.Ruling == "" && child.Delivery != nil {
				if err := c.rule(ctx, child.ID, judgeLate(r, rep, child)); err != nil {
					return 0, err
				}
			}
		}
		if waits {
			return lookAgain, nil
		}
		if err := c.lateFetch(ctx, &r); err != nil {
			return 0, err
		}
	}
	after, err := c.holdings(ctx, r)
	if err != nil {
		return 0, err
	}
	signers, faulty := c.aftermath(ctx, r)
	var txs []api.Step
	for _, t := range r.Txs {
		tx, err := c.Ledger.Transaction(ctx, t.Hash)
		if lilypad.CodeOf(err) == lilypad.NotFound {
			continue // another took its place in a reorganisation
		}
		if err != nil {
			return 0, err
		}
		t.GasUsed = tx.GasUsed
		txs = append(txs, t)
	}
	return 0, c.edit(ctx, r.ID, func(r *record) {
		r.After, r.Txs, r.Signers, r.Faulty, r.Done = after, txs, signers, faulty, true
		r.mark("total")
		c.chooseResult(r)
	})
}

// aftermath asks the solver how many mediators gave a verdict, and whether the
// provider had said that it misbehaves.
func (c *Creator) aftermath(ctx context.Context, r record) (signers uint8, faulty string) {
	if job, err := c.Market.Job(ctx, r.ID); err == nil {
		signers = uint8(len(job.Opinions))
	}
	if net, err := c.Market.Network(ctx); err == nil && r.Deal != nil {
		for _, o := range net.Offers {
			if o.Provider == r.Deal.Body.Provider {
				faulty = o.Faulty
			}
		}
	}
	return signers, faulty
}

// lateFetch brings in a result that came only in mediation, or that was paid
// before it was fetched.
func (c *Creator) lateFetch(ctx context.Context, r *record) error {
	if r.Delivery != nil || r.Path == settlement.PathUnserved {
		return nil
	}
	job, err := c.Market.Job(ctx, r.ID)
	if err != nil || job.Delivery == nil || c.checkDeal(*r, job.Deal) != nil {
		return nil // there is nothing to be had any more
	}
	exit, err := c.fetch(ctx, *r, job)
	if err != nil || exit == nil {
		return nil
	}
	return c.edit(ctx, r.ID, func(r *record) {
		r.take(job.Deal)
		r.Delivery, r.ExitCode, r.Result = job.Delivery, exit, job.Delivery.Outputs.Blob
	})
}

// chooseResult gives the person a replica's result where its own was refused.
func (c *Creator) chooseResult(r *record) {
	if r.State != lilypad.StateFinal || r.Outcome < lilypad.OutcomeRefund && r.Path != settlement.PathNoReveal && r.Path != settlement.PathUnserved {
		return
	}
	r.Result, r.ExitCode = lilypad.ContentID{}, nil
	for _, rep := range r.Replicas {
		if child, ok := c.get(rep.Job); ok && child.Ruling == accepted && child.Delivery != nil {
			r.Result, r.ExitCode = child.Delivery.Outputs.Blob, child.ExitCode
			return
		}
	}
}
