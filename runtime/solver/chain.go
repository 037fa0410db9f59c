package solver

import (
	"context"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/keeper"
)

// batchRetry is how long a batch rests after the chain did not take it.
const batchRetry = time.Second

// open sends the deals of these jobs to the chain in one transaction, together
// with those that have waited for company.
func (s *Solver) open(ctx context.Context, ids []lilypad.JobID) {
	for _, id := range s.held {
		if len(ids) < settlement.MaxBatch && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	s.held = nil
	var batch []record
	for _, id := range ids {
		if r, err := s.get(ctx, id); err == nil && r.Phase == api.PhaseOpening {
			batch = append(batch, r)
		}
	}
	batch, unpaid, err := s.profitable(ctx, batch)
	if err != nil {
		s.afterBatch(ctx, "open", ids, nil, err)
		return
	}
	for _, r := range unpaid {
		s.held = append(s.held, r.ID)
		s.waitForProfit(ctx, r.ID)
	}
	if len(batch) == 0 {
		return
	}
	terms := make([]settlement.Terms, len(batch))
	for i, r := range batch {
		terms[i] = r.Terms()
	}
	tx, skips, err := s.Ledger.Open(ctx, terms)
	s.tellBatch("open", len(batch), tx)
	s.afterBatch(ctx, "open", ids, skips, err)
}

// waitForProfit looks at a deal again that does not pay its gas; a signature
// that runs out meanwhile puts the job back into the book.
func (s *Solver) waitForProfit(ctx context.Context, id lilypad.JobID) {
	s.Logger.Info("deal waits: its fee does not pay the gas", "job", id)
	head, err := s.Ledger.Head(ctx)
	if err == nil {
		err = s.edit(ctx, id, func(_ *book, r *record) error {
			if r.Phase != api.PhaseOpening || r.Deal.Body.Expiry >= head.Time {
				return errSame
			}
			r.release()
			return nil
		})
	}
	if err != nil {
		s.Logger.Info("deal that does not pay its gas not looked at", "job", id, "error", err)
	}
	s.steps.WakeIn(id, profitRetry)
}

// profitRetry is how long deals that do not pay their gas gather.
const profitRetry = 5 * time.Second

// tellBatch logs what a transaction came to.
func (s *Solver) tellBatch(step string, jobs int, tx settlement.Tx) {
	if tx.GasUsed > 0 {
		s.Logger.Debug("batch mined", "step", step, "jobs", jobs, "tx", tx.Hash, "gas", tx.GasUsed)
	}
}

// settle pays the jobs that have a receipt in one transaction.
func (s *Solver) settle(ctx context.Context, ids []lilypad.JobID) {
	var list []settlement.Settlement
	for _, id := range ids {
		if r, err := s.get(ctx, id); err == nil && r.live() && r.Receipt != nil && r.Deal != nil && r.Receipt.Body.Deal == r.Deal.Body.ID() {
			list = append(list, settlement.Settlement{Terms: r.Terms(), Receipt: *r.Receipt})
		}
	}
	if len(list) == 0 {
		return
	}
	tx, skips, err := s.Ledger.Settle(ctx, list)
	s.tellBatch("settle", len(list), tx)
	s.afterBatch(ctx, "settle", ids, skips, err)
}

// afterBatch deals with what was left out. What went through is told by the
// chain's own events.
func (s *Solver) afterBatch(ctx context.Context, step string, ids []lilypad.JobID, skips []settlement.Skip, err error) {
	if err != nil {
		s.Logger.Warn("batch failed and is tried again", "step", step, "jobs", len(ids), "error", err)
		for _, id := range ids {
			s.steps.WakeIn(id, batchRetry)
		}
		return
	}
	for _, skip := range skips {
		s.Logger.Info("deal skipped", "step", step, "job", skip.Job, "reason", skip.Reason)
		after := s.refresh
		if step == "open" {
			after = s.notOpened
		}
		if err := after(ctx, skip.Job, skip.Reason); err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
			s.Logger.Warn("job not updated and tried again", "job", skip.Job, "step", step, "error", err)
			s.steps.WakeIn(skip.Job, batchRetry)
		}
	}
}

// notOpened finds out why the chain skipped a deal: it is open already, its
// time ran out, or one party took back what it had promised. That party is
// banned, and the other's job or offer stays in the book.
func (s *Solver) notOpened(ctx context.Context, id lilypad.JobID, reason string) error {
	status, err := s.Ledger.Status(ctx, id)
	if err != nil {
		return err
	}
	if status.State != lilypad.StateNone && status.State != lilypad.StateApproved {
		return s.refresh(ctx, id, reason)
	}
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		return err
	}
	return s.edit(ctx, id, func(b *book, r *record) error {
		if r.Phase != api.PhaseOpening {
			return nil
		}
		who := r.blamed(reason)
		s.ban(b, who, head.Time, reason)
		switch {
		case who == r.Posting.Offer.Body.Creator || r.Posting.Offer.Body.Expiry <= head.Time:
			r.Phase, r.Reason = api.PhaseWithdrawn, reason
		case reason == settlement.ReasonStale:
			r.release()
		default:
			r.refuse(api.Refusal{Provider: r.Provider, By: "settlement", Rule: reason})
			r.release()
		}
		return nil
	})
}

// ban passes over who made a batch carry what the chain skips; zero: nobody.
func (s *Solver) ban(b *book, who lilypad.Address, now lilypad.Time, reason string) {
	if who.IsZero() {
		return
	}
	ban := b.ban(who, now, reason)
	s.Logger.Warn("party banned", "who", who, "until", ban.Until, "times", ban.Times, "reason", reason)
}

// follow applies the chain's events to the book, in order, cursor included.
func (s *Solver) follow(ctx context.Context) error {
	return s.Ledger.Follow(ctx, s.book.cursor, func(batch settlement.Batch) error {
		stands, err := s.reread(ctx, batch)
		if err != nil {
			return err
		}
		tell := map[lilypad.JobID][]lilypad.Address{}
		err = s.do(ctx, func(b *book) error {
			b.cursor, b.final, b.moved = batch.Cursor, batch.Final, true
			for id, st := range stands {
				if r := b.undo(id, st); r != nil {
					tell[id] = r.parties()
				}
			}
			for _, e := range batch.Events {
				if r, ok := b.jobs[e.Job]; ok {
					_ = b.change(r, func() error { r.observe(e); return nil })
					tell[e.Job] = r.parties()
				}
			}
			for id, r := range b.ended {
				if !b.shaky(r) {
					delete(b.ended, id)
				}
			}
			return nil
		})
		for id, parties := range tell {
			s.hub.Publish(api.Changed(id), unique(parties)...)
		}
		return err
	})
}

// reread asks how the deals stand that a reorganisation may have changed: no
// event tells of what it took away.
func (s *Solver) reread(ctx context.Context, batch settlement.Batch) (map[lilypad.JobID]settlement.Status, error) {
	if !batch.Rewound {
		return nil, nil
	}
	var ids []lilypad.JobID
	if err := s.do(ctx, func(b *book) error {
		for id, r := range b.jobs {
			if r.OnChain > lilypad.StateApproved {
				ids = append(ids, id)
			}
		}
		b.final = batch.Final
		for id, r := range b.ended {
			if b.shaky(r) {
				ids = append(ids, id)
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return records.Statuses(ctx, s.Logger, s.Ledger, ids)
}

// undo makes a job right that knows of events which are gone; nil: it does not.
func (b *book) undo(id lilypad.JobID, st settlement.Status) *record {
	r := b.jobs[id]
	if r == nil {
		r = b.ended[id]
	}
	if r == nil || r.OnChain == st.State {
		return nil
	}
	if !r.live() {
		b.revive(r)
	}
	_ = b.change(r, func() error { r.correct(st); return nil })
	return r
}

// correct sets the record to where the chain is, back too. What its parties
// signed is still good: it is sent again.
func (r *record) correct(st settlement.Status) {
	r.Facts, r.Path, r.Outcome, r.Ended = r.Facts.At(st.State), st.Path, st.Outcome, 0
	r.OnChain, r.Deadline, r.Phase = st.State, st.Deadline, api.PhaseOpening
	if st.State > lilypad.StateApproved {
		r.apply(st)
	}
	if r.Phase == api.PhaseRunning && r.Delivery != nil {
		r.Phase = api.PhaseDelivered
	}
}

// observe adds what an event brought to light; it may come twice.
func (r *record) observe(e settlement.Event) {
	st := settlement.Status{Deadline: e.Deadline, Path: e.Path, Outcome: e.Outcome}
	switch e.Kind {
	case settlement.Opened:
		st.State = lilypad.StateOpen
	case settlement.Submitted:
		st.State, r.Facts.Result = lilypad.StateSubmitted, e.Result
	case settlement.Challenged:
		st.State, r.Facts.CreatorSeed = lilypad.StateChallenged, e.Seed
	case settlement.Revealed:
		st.State, r.Facts.ProviderSeed = lilypad.StateDrawn, e.Seed
	case settlement.Finished:
		st.State = lilypad.StateFinal
	default:
		return
	}
	r.apply(st)
	if st.State == lilypad.StateFinal {
		r.Ended = e.Block.Number
	}
}

// live lists the open deals for the keeper: the solver sees to it that none is
// forgotten when its parties are gone.
func (s *Solver) live(ctx context.Context) ([]keeper.Deal, error) {
	var out []keeper.Deal
	err := s.do(ctx, func(b *book) error {
		replicated := map[lilypad.JobID]bool{}
		for _, r := range b.jobs {
			replicated[r.Posting.Parent] = true
		}
		for id, r := range b.jobs {
			if r.OnChain <= lilypad.StateApproved || r.Deal == nil {
				continue
			}
			d := keeper.Deal{Terms: r.Terms(), Facts: r.Facts, State: r.OnChain, Deadline: r.Deadline, Patience: s.Patience}
			if r.OnChain == lilypad.StateOpen || r.OnChain == lilypad.StateDrawn || replicated[id] {
				d.Patience += time.Duration(r.needs().Timeout) * time.Second // somebody runs it
			}
			switch r.OnChain {
			case lilypad.StateOpen:
				d.Rest = r.Deadline - settlement.SubmitMargin(r.Posting.Offer.Body)
			case lilypad.StateSubmitted:
				d.Rest = r.Deadline - settlement.JudgeMargin(r.Posting.Offer.Body)
			case lilypad.StateDrawn:
				d.Rest = r.Deadline - settlement.VerdictMargin(r.Posting.Offer.Body)
			}
			out = append(out, d)
		}
		return nil
	})
	return out, err
}
