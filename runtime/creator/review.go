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
	if err == nil && decision == nil && len(cases.Disputes(cs)) > 0 {
		// What was ordered is stored before anybody is asked.
		if err := c.keepCase(ctx, r, cloneCase(cs), nil); err != nil {
			return false, err
		}
		if err := c.playAll(ctx, r, cs, head.Time); err != nil {
			return false, err
		}
		if len(cases.Disputes(cs)) == 0 {
			decision, err = runner.Advance(ctx, head.Time, cs)
		}
	}
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
	first := hostapi.Party{
		Address: hostapi.Bytes20(d.Provider), Operator: hostapi.Bytes20(d.Provider), Stake: uint64(o.ProviderStake), Fee: uint64(d.Price),
		HardwareClass: hostapi.Bytes32(r.Delivery.Outputs.HardwareClass), Standing: hostapi.StandingProvider,
	}
	c.remember(&first)
	provider := cases.AddParty(cs, now, first)
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
		case child.Delivery != nil && r.Replicas[i].SameClass && child.Delivery.Outputs.HardwareClass != r.Delivery.Outputs.HardwareClass:
			// The devices meant were taken: what others give is no evidence.
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
	decided := upheld || !d.Doubt && d.Outcome == lilypad.OutcomeFraud
	for _, rep := range r.Replicas {
		// Where the scheme believed nobody, see judgeLate.
		child, ok := c.get(rep.Job)
		if !ok || !decided && child.Proof.IsZero() { // or a crash kept it from being ordered: see gather
			continue
		}
		if err := c.rule(ctx, rep.Job, side(cs, rep.Key, child, upheld)); err != nil {
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

// judgeLate rules on a replica whose case ended without its scheme believing
// anybody: by what the mediators said of the first result. Where they said
// neither that it is right nor that it is a fraud, nobody was shown wrong.
func judgeLate(r record, rep replica, child record) ruling {
	resolved := r.Path == settlement.PathResolved
	switch {
	case r.Case == nil || !slices.ContainsFunc(r.Replicas, func(of replica) bool { return of.Job == rep.Job }): // or of a deal that was undone
	case resolved && (r.Outcome == lilypad.OutcomeUpheld || r.Outcome == lilypad.OutcomeLate):
		return side(r.Case, rep.Key, child, true)
	case resolved && r.Outcome == lilypad.OutcomeFraud:
		return side(r.Case, rep.Key, child, false)
	}
	return accepted
}

// side rules on a replica by whether the first result is right: who is with
// what is believed is accepted, and who gave nothing in time to doubt. But
// nobody is who was shown wrong.
func side(cs *hostapi.Case, key uint32, child record, first bool) ruling {
	agrees, gave := agreesWithFirst(cs, key)
	if !child.Proof.IsZero() || gave && agrees != first {
		return doubted
	}
	return accepted
}

// agreesWithFirst tells whether the replica ordered with key gave the deal's
// own result: the same content, or equal by the comparator; and whether it
// gave any.
func agreesWithFirst(cs *hostapi.Case, key uint32) (agrees, gave bool) {
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
		return false, false
	}
	if cs.Events[first].Result.Content == cs.Events[mine].Result.Content {
		return true, true
	}
	for _, e := range cs.Events {
		if x := e.Compared; x != nil && x.Sameness == hostapi.SamenessEqual &&
			(int(x.A) == first && int(x.B) == mine || int(x.A) == mine && int(x.B) == first) {
			return true, true
		}
	}
	return false, true
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
	offer, class, err := c.chooseReplica(net, r, a.Place)
	if err != nil {
		return hostapi.Party{}, err
	}
	p := api.Posting{Work: r.Posting.Work, Module: r.Posting.Module, Panel: net.Panel, Parent: id, Sealed: r.Posting.Sealed}
	child, err := c.offer(ctx, net, p, api.Order{Target: offer.Provider, MaxPrice: r.Posting.Offer.Body.MaxPrice, ProviderStake: r.Posting.Offer.Body.ProviderStake})
	if err != nil {
		return hostapi.Party{}, err
	}
	party := hostapi.Party{
		Address: hostapi.Bytes20(offer.Provider), Operator: hostapi.Bytes20(offer.Operator), HardwareClass: hostapi.Bytes32(class),
		Stake: uint64(r.Posting.Offer.Body.ProviderStake), Fee: uint64(offer.Price), Since: uint64(offer.Since), Standing: hostapi.StandingReplica,
	}
	c.remember(&party)
	if err := c.edit(ctx, id, func(r *record) {
		r.Replicas = append(r.Replicas, replica{Key: a.Key, Job: child.ID, Party: party, SameClass: a.Place == hostapi.PlaceSameClass})
	}); err != nil {
		return hostapi.Party{}, err
	}
	_, err = c.create(ctx, child)
	return party, err
}

// chooseReplica picks the cheapest offer of a new operator that fits, and tells
// the class of its hardware.
func (c *Creator) chooseReplica(net api.Network, r record, place hostapi.Place) (lilypad.Offer, lilypad.Hash, error) {
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
	var of lilypad.Hash
	for i, o := range net.Offers {
		if used[o.Operator] || used[o.Provider] || o.Price > r.Posting.Offer.Body.MaxPrice || best != nil && o.Price >= best.Price {
			continue
		}
		if class, ok := runs(&o, r, place); ok {
			best, of = &net.Offers[i], class
		}
	}
	if best == nil {
		return lilypad.Offer{}, of, lilypad.Errorf(lilypad.Exhausted, "no further operator offers to run job %s again", r.ID)
	}
	return *best, of, nil
}

// runs finds the class of a machine of the offer that can run the job again, on
// hardware of the first run's class where the place must be like that.
func runs(o *lilypad.Offer, r record, place hostapi.Place) (class lilypad.Hash, ok bool) {
	n := &r.Posting.Work.Needs
	for _, m := range o.Fleet() {
		class = m.Class(n)
		if len(o.Machines) == 0 && n.GPUs > 0 {
			class = o.HardwareClass
		}
		if m.Runs(n) && n.Timeout <= o.MaxTimeout && (place != hostapi.PlaceSameClass || class == r.Delivery.Outputs.HardwareClass) {
			return class, true
		}
	}
	return class, false
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
