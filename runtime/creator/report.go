package creator

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Report tells how a job stands. NotFound for one that is not of this creator.
func (c *Creator) Report(_ context.Context, id lilypad.JobID) (api.Report, error) {
	r, ok := c.get(id)
	if !ok {
		return api.Report{}, lilypad.Errorf(lilypad.NotFound, "no job %s of this creator", id).Try("lilypad job list")
	}
	return c.report(r), nil
}

// Reports lists the jobs that were ordered, newest first; replicas are part of
// their job's report.
func (c *Creator) Reports(context.Context) ([]api.Report, error) {
	reports := []api.Report{}
	for _, r := range slices.Backward(c.all(func(r *record) bool { return r.Posting.Parent == (lilypad.JobID{}) })) {
		reports = append(reports, c.report(r))
	}
	return reports, nil
}

func (c *Creator) report(r record) api.Report {
	m := r.Posting.Module
	digest := m.Image
	if r.Posting.Work.Needs.Engine == lilypad.EngineWasm {
		digest = "sha256:" + m.Wasm.String()[2:]
	}
	rep := api.Report{
		Job: r.ID, Module: api.ModuleReport{Name: m.Name + ":" + m.Tag, Commit: m.Commit, Digest: digest},
		State: r.name(), Done: r.Done, Reason: r.Reason, Warnings: r.Warnings, ExitCode: r.ExitCode, Result: r.Result,
		Scheme: r.Scheme, Comparator: r.Comparator, Review: r.Reviewed, Known: r.Known, Txs: r.Txs, Timings: r.Times, Created: r.Created.Unix(), Deals: []api.DealReport{c.dealReport(r)},
	}
	if r.client() {
		o, w := r.Posting.Offer.Body, r.Posting.Work
		rep.Offer, rep.Work = &o, &w
	}
	if r.Delivery != nil {
		out := r.Delivery.Outputs
		rep.Outputs = &out
	}
	if r.Deal != nil {
		rep.Deal, rep.Provider, rep.Price = r.Deal.Body.ID(), r.Deal.Body.Provider, r.Deal.Body.Price
	}
	records := []record{r}
	for _, replica := range r.bought() {
		if child, ok := c.get(replica.Job); ok {
			records = append(records, child)
			rep.Deals = append(rep.Deals, c.dealReport(child))
			rep.Txs = append(rep.Txs, child.Txs...)
		}
	}
	for _, x := range records {
		rep.Cost.Total += cost(x)
	}
	if r.Done {
		rep.Balances = balances(records)
		for _, d := range rep.Deals {
			if d.Settled != nil {
				rep.Settled = rep.Settled.With(*d.Settled)
			}
		}
	}
	return rep
}

func (c *Creator) dealReport(r record) api.DealReport {
	d := api.DealReport{Job: r.ID, State: r.name(), Replica: r.Posting.Parent != (lilypad.JobID{}), Faulty: r.Faulty}
	if r.Deal != nil {
		d.Deal, d.Provider, d.Price = r.Deal.Body.ID(), r.Deal.Body.Provider, r.Deal.Body.Price
	}
	if r.State == lilypad.StateFinal {
		d.Settled = &api.Settled{Block: r.Ended, Final: r.Ended > 0 && c.records.Final(r.Ended)}
	}
	return d
}

// cost is what a final deal has cost the creator: what it locked less what
// came back.
func cost(r record) lilypad.Amount {
	if r.State != lilypad.StateFinal || r.Deal == nil {
		return 0
	}
	o, price := r.Posting.Offer.Body, r.Deal.Body.Price
	pay, err := settlement.Pay(o, price, settlement.End{
		Path: r.Path, Outcome: r.Outcome, Drawn: r.Posting.Panel.Drawn, Signers: r.Signers,
		Audited: o.AuditBPS > 0 && settlement.Audited(o.AuditBPS, r.Facts.CreatorSeed, r.Deal.Body.ID()),
	})
	if err != nil {
		return 0
	}
	return price + o.SolverFee + o.CreatorStake - pay.Creator
}

// balances groups what the parties of these deals held, before the first and
// after the last. Nothing is in escrow then: before the first deal was open and
// after the last was final these deals lock nothing.
func balances(records []record) map[string]api.Balance {
	out := map[string]api.Balance{}
	first, last := records[0], records[0]
	kinds := map[string][]lilypad.Address{}
	for _, r := range records {
		if r.After != nil && r.Created.Add(time.Duration(r.Times["total"])*time.Millisecond).After(last.Created.Add(time.Duration(last.Times["total"])*time.Millisecond)) {
			last = r
		}
		if r.Deal != nil {
			kinds["provider"] = append(kinds["provider"], r.Deal.Body.Provider)
		}
	}
	o := first.Posting.Offer.Body
	kinds["creator"], kinds["solver"] = []lilypad.Address{o.Creator}, []lilypad.Address{o.Solver}
	kinds["mediators"], kinds["sink"] = first.Posting.Panel.Mediators, []lilypad.Address{first.Sink}
	for kind, accounts := range kinds {
		var b api.Balance
		for _, a := range accounts {
			b.Before += first.Before[a]
			b.After += last.After[a]
		}
		out[kind] = b
	}
	out["escrow"] = api.Balance{}
	return out
}

// holdings reads what every account holds that may take part in a job. Jobs
// that ask in the same block share an answer.
func (c *Creator) holdings(ctx context.Context, r record) (map[lilypad.Address]lilypad.Amount, error) {
	head, err := c.Ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	payer := r.Posting.Offer.Body.Creator
	held, err, _ := c.looks.Do(fmt.Sprint(head.Hash, r.Posting.Panel.Hash(), payer, r.Sink), func() (any, error) {
		net, err := c.Market.Network(ctx)
		if err != nil {
			return nil, err
		}
		accounts := append([]lilypad.Address{c.Key.Address(), payer, net.Solver, r.Sink}, r.Posting.Panel.Mediators...)
		for _, o := range net.Offers {
			accounts = append(accounts, o.Provider)
		}
		out := map[lilypad.Address]lilypad.Amount{}
		for _, a := range accounts {
			acct, err := c.Ledger.Account(ctx, a)
			if err != nil {
				return nil, err
			}
			out[a] = acct.Free + acct.Wallet
		}
		return out, nil
	})
	if err != nil {
		return nil, err
	}
	return held.(map[lilypad.Address]lilypad.Amount), nil // which nobody changes
}

// Cancel withdraws a job whose deal is not open yet. Conflict, telling what
// happens to the money, for one that is; Unavailable before the solver has it.
func (c *Creator) Cancel(ctx context.Context, id lilypad.JobID) (api.Report, error) {
	r, ok := c.get(id)
	if !ok {
		return api.Report{}, lilypad.Errorf(lilypad.NotFound, "no job %s of this creator", id).Try("lilypad job list")
	}
	if r.Done {
		return api.Report{}, lilypad.Errorf(lilypad.Conflict, "job %s is over: it is %s", id, r.name()).Try("lilypad job show %s", id)
	}
	if !r.Posted && r.client() {
		if s, err := c.Ledger.Status(ctx, id); err != nil {
			return api.Report{}, err
		} else if s.State == lilypad.StateNone {
			if err := c.giveUp(ctx, id, "withdrawn before its contract approved it"); err != nil {
				return api.Report{}, err
			}
			return c.Report(ctx, id)
		}
	}
	if !r.Posted { // it may reach the solver yet, and must not be forgotten before
		return api.Report{}, lilypad.Errorf(lilypad.Unavailable, "job %s is on its way to the solver", id).Try("lilypad job cancel %s, in a moment", id)
	}
	if r.State > lilypad.StateApproved {
		return api.Report{}, lilypad.Errorf(lilypad.Conflict, "job %s is %s: its payment is locked, and is paid for the result or comes back at the deadline, block time %d", id, r.name(), r.Deadline).
			Try("lilypad job show %s", id)
	}
	job, err := c.Market.Withdraw(ctx, id)
	if err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
		return api.Report{}, err
	}
	if err := c.edit(ctx, id, func(r *record) {
		if r.State == lilypad.StateNone {
			r.Phase, r.Reason, r.Done = api.PhaseWithdrawn, job.Reason, true
		}
	}); err != nil {
		return api.Report{}, err
	}
	return c.Report(ctx, id)
}

// Why asks the solver what keeps a job from being matched.
func (c *Creator) Why(ctx context.Context, id lilypad.JobID) (api.Why, error) {
	if _, err := c.Report(ctx, id); err != nil {
		return api.Why{}, err
	}
	return c.Market.Why(ctx, id)
}

// Watch yields the job's report whenever it changes, and its log, until it is
// done.
func (c *Creator) Watch(ctx context.Context, id lilypad.JobID) iter.Seq[api.Event] {
	return func(yield func(api.Event) bool) {
		for e := range c.hub.Events(ctx, id, func() []api.Event { return []api.Event{api.Changed(id)} }) {
			if e.Kind != api.EventChanged {
				if !yield(e) {
					return
				}
				continue
			}
			r, err := c.Report(ctx, id)
			if err != nil || !yield(e.WithData(r)) || r.Done {
				return
			}
		}
	}
}

// tell wakes who watches a job or the case that it serves.
func (c *Creator) tell(id lilypad.JobID) {
	c.hub.Publish(api.Changed(id), id)
	if r, ok := c.get(id); ok && r.Posting.Parent != (lilypad.JobID{}) {
		c.hub.Publish(api.Changed(r.Posting.Parent), r.Posting.Parent)
	}
}
