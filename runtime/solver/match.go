package solver

import (
	"context"
	"fmt"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

// maxMatches are the jobs that are matched together: their scores are kept in
// memory until all are known.
const maxMatches = 1 << 14

// match finds the best offer with room for each of the jobs, and asks their
// providers.
func (s *Solver) match(ctx context.Context, ids []lilypad.JobID) {
	head, err := s.Ledger.Head(ctx)
	if err != nil {
		s.matchLater(ids, err)
		return
	}
	budgets, err := s.budgets(ctx, ids)
	if err != nil {
		s.matchLater(ids, err)
		return
	}
	var jobs []matching.Job
	over := map[lilypad.JobID]string{}
	if err := s.do(ctx, func(b *book) error {
		jobs = s.ready(b, ids, head.Time, budgets, over)
		return nil
	}); err != nil {
		return // ctx has ended
	}
	for id, why := range over {
		if err := s.withdraw(ctx, id, why); err != nil {
			s.Logger.Info("job not withdrawn", "job", id, "error", err) // it is not waiting any more
		}
	}
	found, err := s.matcher.Match(ctx, head.Time, jobs)
	if err != nil {
		return // ctx has ended
	}
	var failed []lilypad.JobID
	for _, m := range found {
		if m.Err != nil {
			failed, err = append(failed, m.Job), m.Err
		}
	}
	if len(failed) > 0 {
		s.matchLater(failed, err)
	}
	if err := s.propose(ctx, head.Time, found); err != nil {
		s.Logger.Warn("matches not kept", "jobs", len(found), "error", err)
	}
}

// ready returns the jobs that may be matched now. Those that never will be are
// told in over, with the reason; others wait, for reasons that are not kept.
func (s *Solver) ready(b *book, ids []lilypad.JobID, now lilypad.Time, budgets map[lilypad.Address]*budget, over map[lilypad.JobID]string) (jobs []matching.Job) {
	for _, id := range ids {
		r, ok := b.jobs[id]
		if !ok || r.Phase != api.PhaseWaiting {
			continue
		}
		o := r.Posting.Offer.Body
		if o.Expiry <= now {
			over[id] = "the offer expired before anyone took it"
			continue
		}
		if ban, is := b.banned(o.Creator, now); is {
			r.Reason = fmt.Sprintf("its creator is banned until block time %d: %s", ban.Until, ban.Reason)
			s.steps.WakeIn(id, askMoneyAgain)
			continue
		}
		purse := budgets[o.Creator]
		if purse == nil { // posted after the purses were looked into: its step comes again
			s.steps.WakeIn(id, batchRetry)
			continue
		}
		switch later, err := purse.take(o); {
		case err == nil:
			r.Reason = ""
			jobs = append(jobs, b.seek(r, now))
		case later:
			r.Reason = "it waits for other jobs of its creator: " + err.Error()
			s.steps.WakeIn(id, askMoneyAgain)
		default:
			over[id] = err.Error()
		}
	}
	return jobs
}

func (s *Solver) matchLater(ids []lilypad.JobID, err error) {
	s.Logger.Warn("jobs not matched and tried again", "jobs", len(ids), "error", err)
	for _, id := range ids {
		s.steps.WakeIn(id, batchRetry)
	}
}

// propose makes the matches the jobs' own, if they still hold, and tells the
// parties.
func (s *Solver) propose(ctx context.Context, now lilypad.Time, found []matching.Match) error {
	tell := map[lilypad.JobID][]lilypad.Address{}
	err := s.do(ctx, func(b *book) error {
		for _, m := range found {
			r, live := b.jobs[m.Job]
			switch {
			case m.Err != nil:
			case !live:
				b.market.Release(m.Job)
			case r.Phase != api.PhaseWaiting:
				b.hold(r)
			case b.adopt(r, m, now, s.Ranker.Reason):
				tell[m.Job] = r.parties()
			}
		}
		return nil
	})
	for id, parties := range tell {
		s.hub.Publish(api.Changed(id), unique(parties)...)
	}
	return err
}

// adopt proposes a waiting job to the provider that it was matched with, or
// notes who was refused. It tells whether anything has changed.
func (b *book) adopt(r *record, m matching.Match, now lilypad.Time, reason func(hostapi.Score) string) bool {
	b.market.Release(r.ID)
	if m.Provider.IsZero() {
		return b.noteRefusals(r, m.Refused, reason)
	}
	o, here := b.offers[m.Provider]
	if !here || len(b.fits(r, o, now)) > 0 {
		b.changed[r.ID] = true // the offer is another one by now: match again
		return false
	}
	_ = b.change(r, func() error { // which does not fail
		j := r.wanted()
		r.Phase, r.Provider, r.Price, r.Given, r.askedAt = api.PhaseProposed, o.Provider, j.Price(&o), now, time.Now()
		return nil
	})
	return true
}

func (b *book) noteRefusals(r *record, refused []matching.Refusal, reason func(hostapi.Score) string) bool {
	if len(refused) == 0 {
		return false
	}
	_ = b.change(r, func() error { // which does not fail
		for _, no := range refused {
			r.refuse(api.Refusal{Provider: no.Provider, By: "match", Rule: reason(no.Score)})
		}
		return nil
	})
	return true
}
