package creator

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/cases"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

const (
	// maxReplicas bounds what a scheme may order in one review.
	maxReplicas = 16
	// maxStuck is how often a scheme may fail to decide, or want what is not to
	// be had, before its case goes to the mediators.
	maxStuck = 3
)

// lasting tells whether asking the scheme again is little use.
func lasting(err error) bool {
	switch lilypad.CodeOf(err) {
	case lilypad.Invalid, lilypad.Unauthorized, lilypad.Exhausted, lilypad.Timeout:
		return true
	}
	return false
}

// review asks the deal's scheme what to make of the result, until it waits or
// decides. What it saw is stored before anything is done about it.
func (c *Creator) review(ctx context.Context, r record) (decided bool, err error) {
	w := r.Posting.Work
	scheme, err := c.Policies.Scheme(ctx, w.Scheme.String())
	if err != nil {
		return false, err
	}
	comparator, err := c.Policies.Comparator(ctx, w.Comparator.String())
	if err != nil {
		return false, err
	}
	head, err := c.Ledger.Head(ctx)
	if err != nil {
		return false, err
	}
	cs := r.Case
	if cs == nil {
		cs = c.newCase(r, head.Time)
	}
	c.gather(&r, cs, head.Time)
	runner := cases.Runner{Scheme: scheme, Comparator: comparator, Order: func(ctx context.Context, a hostapi.Action) (hostapi.Party, error) {
		return c.orderReplica(ctx, r.ID, a)
	}}
	decision, err := runner.Advance(ctx, head.Time, cs)
	if lasting(err) && len(cases.Open(cs)) == 0 {
		if err := c.edit(ctx, r.ID, func(r *record) { r.Stuck++ }); err != nil {
			return false, err
		}
		if r.Stuck+1 >= maxStuck {
			c.Logger.Warn("scheme cannot decide: mediators will", "job", r.ID, "error", err)
			decision, err = &cases.Decision{Doubt: true}, nil
		}
	}
	if err := c.keepCase(ctx, r, cs, decision); err != nil {
		return false, err
	}
	if err != nil || decision == nil {
		return false, err
	}
	return true, c.conclude(ctx, r, cs, decision, scheme)
}

func (c *Creator) newCase(r record, now lilypad.Time) *hostapi.Case {
	o, d := r.Posting.Offer.Body, r.Deal.Body
	cs := &hostapi.Case{
		ID: hostapi.Bytes32(r.ID), Opened: uint64(r.Opened), Deadline: uint64(r.Deadline), Phase: hostapi.PhaseReview,
		Price: uint64(d.Price), ProviderStake: uint64(o.ProviderStake), CreatorStake: uint64(o.CreatorStake),
		MediationFee: uint64(o.MediationFee), LatePenalty: uint64(o.LatePenalty), AuditRate: uint32(o.AuditBPS),
		MaxRuns: maxReplicas, Params: paramsToWire(r.Posting.Work.Parameters),
	}
	if o.AuditBPS > 0 {
		cs.Seed = hostapi.Some(hostapi.Bytes32(settlement.Coin(c.seed(o.Nonce), d.ID())))
	}
	provider := cases.AddParty(cs, now, hostapi.Party{
		Address: hostapi.Bytes20(d.Provider), Operator: hostapi.Bytes20(d.Provider), Stake: uint64(o.ProviderStake), Fee: uint64(d.Price),
		HardwareClass: hostapi.Bytes32(r.Delivery.Outputs.HardwareClass), Standing: hostapi.StandingProvider,
	})
	cases.AddResult(cs, now, hostapi.None, provider, resultToWire(r.Delivery))
	return cs
}

// gather adds what has become of the replicas.
func (c *Creator) gather(r *record, cs *hostapi.Case, now lilypad.Time) {
	for _, order := range cases.Open(cs) {
		i := slices.IndexFunc(r.Replicas, func(rep replica) bool { return rep.Key == order.Key })
		if i < 0 {
			continue
		}
		child, ok := c.get(r.Replicas[i].Job)
		switch {
		case !ok || child.Phase == api.PhaseWithdrawn:
			cases.AddMissing(cs, now, order.Key, order.Who, hostapi.AbsenceDeclined)
		case child.Delivery != nil:
			cases.AddResult(cs, now, order.Key, order.Who, resultToWire(child.Delivery))
		case child.State == lilypad.StateFinal:
			cases.AddMissing(cs, now, order.Key, order.Who, hostapi.AbsenceLate)
		}
	}
}

// keepCase stores the case of a deal, unless the job has another deal by now.
func (c *Creator) keepCase(ctx context.Context, r record, cs *hostapi.Case, d *cases.Decision) error {
	deal := r.Deal.Body.ID()
	if now, _ := c.get(r.ID); d == nil && now.Case != nil && len(now.Case.Events) == len(cs.Events) {
		return nil
	}
	return c.edit(ctx, r.ID, func(r *record) {
		if r.of(deal) {
			r.Case, r.Review = cs, d
		}
	})
}

// conclude rules on every deal of the case.
func (c *Creator) conclude(ctx context.Context, r record, cs *hostapi.Case, d *cases.Decision, s Scheme) error {
	deal := r.Deal.Body.ID()
	if r, _ = c.get(r.ID); !r.of(deal) {
		return nil // undone meanwhile
	}
	ruling, upheld := doubted, !d.Doubt && d.Outcome == lilypad.OutcomeUpheld
	o := r.Posting.Offer.Body
	audited := settlement.Audited(o.AuditBPS, c.seed(o.Nonce), deal) // then the chain takes no receipt
	if upheld && !audited {
		ruling = accepted
	}
	reason := s.Reason(d.Reason, d.Arg0, d.Arg1)
	c.Logger.Info("result judged", "job", r.ID, "scheme", s.Name, "ruling", ruling, "outcome", d.Outcome, "reason", reason)
	for _, rep := range r.Replicas {
		// Who sides with the verdict is accepted: where the first result was
		// refused, the scheme believed those that differ from it.
		of := doubted
		if agreesWithFirst(cs, rep.Key) == upheld {
			of = accepted
		}
		// One that a crash kept from being ordered has no record: see gather.
		if err := c.rule(ctx, rep.Job, of); err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
			return err
		}
	}
	return c.edit(ctx, r.ID, func(r *record) {
		if r.Ruling == "" && r.of(deal) {
			r.Ruling, r.Reviewed = ruling, reason
		}
	})
}

func (c *Creator) rule(ctx context.Context, id lilypad.JobID, to ruling) error {
	return c.edit(ctx, id, func(r *record) {
		if r.Ruling == "" {
			r.Ruling = to
		}
	})
}

// agreesWithFirst tells whether the replica ordered with key gave the deal's
// own result: the same content, or equal by the comparator.
func agreesWithFirst(cs *hostapi.Case, key uint32) bool {
	first, mine := -1, -1
	for i, e := range cs.Events {
		if e.Result == nil {
			continue
		}
		if e.Result.Re == hostapi.None {
			first = i
		} else if o := cs.Events[e.Result.Re].Ordered; o != nil && o.Key == key {
			mine = i
		}
	}
	if first < 0 || mine < 0 {
		return true // it gave nothing to doubt
	}
	if cs.Events[first].Result.Content == cs.Events[mine].Result.Content {
		return true
	}
	for _, e := range cs.Events {
		if x := e.Compared; x != nil && x.Sameness == hostapi.SamenessEqual &&
			(int(x.A) == first && int(x.B) == mine || int(x.A) == mine && int(x.B) == first) {
			return true
		}
	}
	return false
}

// orderReplica buys the job once more, at an operator with no part in the
// case. The replica's job id is stored with the order before it is posted.
func (c *Creator) orderReplica(ctx context.Context, id lilypad.JobID, a hostapi.Action) (hostapi.Party, error) {
	r, _ := c.get(id)
	for _, rep := range r.Replicas {
		if rep.Key == a.Key {
			return rep.Party, nil
		}
	}
	net, err := c.Market.Network(ctx)
	if err != nil {
		return hostapi.Party{}, err
	}
	offer, err := c.chooseReplica(net, r, a.Place)
	if err != nil {
		return hostapi.Party{}, err
	}
	p := api.Posting{Work: r.Posting.Work, Module: r.Posting.Module, Panel: net.Panel, Parent: id}
	child, err := c.offer(ctx, net, p, api.Order{Target: offer.Provider, MaxPrice: r.Posting.Offer.Body.MaxPrice, ProviderStake: r.Posting.Offer.Body.ProviderStake})
	if err != nil {
		return hostapi.Party{}, err
	}
	party := hostapi.Party{
		Address: hostapi.Bytes20(offer.Provider), Operator: hostapi.Bytes20(offer.Operator), HardwareClass: hostapi.Bytes32(offer.HardwareClass),
		Stake: uint64(r.Posting.Offer.Body.ProviderStake), Fee: uint64(offer.Price), Since: uint64(offer.Since), Standing: hostapi.StandingReplica,
	}
	if err := c.edit(ctx, id, func(r *record) { r.Replicas = append(r.Replicas, replica{Key: a.Key, Job: child.ID, Party: party}) }); err != nil {
		return hostapi.Party{}, err
	}
	_, err = c.create(ctx, child)
	return party, err
}

// chooseReplica picks the cheapest offer of a new operator that fits.
func (c *Creator) chooseReplica(net api.Network, r record, place hostapi.Place) (lilypad.Offer, error) {
	used := map[lilypad.Address]bool{r.Deal.Body.Provider: true}
	for _, o := range net.Offers {
		if o.Provider == r.Deal.Body.Provider {
			used[o.Operator] = true
		}
	}
	for _, rep := range r.Replicas {
		used[lilypad.Address(rep.Party.Operator)], used[lilypad.Address(rep.Party.Address)] = true, true
	}
	var best *lilypad.Offer
	for i, o := range net.Offers {
		fits := !used[o.Operator] && !used[o.Provider] && slices.Contains(o.Engines, r.Posting.Work.Needs.Engine) && o.Price <= r.Posting.Offer.Body.MaxPrice &&
			(place != hostapi.PlaceSameClass || o.HardwareClass == r.Delivery.Outputs.HardwareClass)
		if fits && (best == nil || o.Price < best.Price) {
			best = &net.Offers[i]
		}
	}
	if best == nil {
		return lilypad.Offer{}, lilypad.Errorf(lilypad.Exhausted, "no further operator offers to run job %s again", r.ID)
	}
	return *best, nil
}

func resultToWire(d *api.Delivery) hostapi.Result {
	return hostapi.Result{
		Content: hostapi.Bytes32(d.Outputs.Plain), Size: d.Outputs.Size, WallTime: d.WallMS, Status: hostapi.RunStatus(d.Outputs.Status),
	}
}

func paramsToWire(ps []lilypad.Param) []hostapi.Param {
	out := make([]hostapi.Param, len(ps))
	for i, p := range ps {
		out[i] = hostapi.Param{Key: p.Key, Value: p.Value}
	}
	return out
}
