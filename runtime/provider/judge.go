package provider

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// declined is a refusal that the solver is told.
type declined struct {
	reason string
	price  lilypad.Amount // what the job would cost
}

func (d *declined) Error() string { return d.reason }

func decline(err error) error { return &declined{reason: err.Error()} }

// judge decides whether to take a job and for how much. It returns *declined
// for a no, another error when it could not decide now.
func (p *Provider) judge(ctx context.Context, job api.Job) (lilypad.Spec, lilypad.Amount, error) {
	none := lilypad.Spec{}
	post := job.Posting
	if err := p.checkTerms(ctx, post); err != nil {
		return none, 0, err
	}
	if err := p.Allower.Allow(ctx, post.Module, post.Work.Needs); err != nil {
		return none, 0, softly(err, "") // before its inputs are fetched
	}
	most, err := p.inputRoom(post.Work.Needs)
	if err != nil {
		return none, 0, err
	}
	size, err := p.inputs(ctx, job, most)
	if err != nil {
		return none, 0, p.discreet(job, err, "inputs: ")
	}
	in, err := bundle.ReadInputs(ctx, p.Store, post.Work.Inputs)
	if err != nil {
		return none, 0, p.discreet(job, err, "inputs: ")
	}
	if err := p.Modules.Verify(ctx, post.Module, in.Template); err != nil {
		return none, 0, p.discreet(job, err, "module: ")
	}
	spec, err := p.Modules.Render(in.Template, in.Params, post.Work.Needs.Engine, post.Module)
	if err != nil {
		return none, 0, p.discreet(job, err, "module: ")
	}
	if err := covers(post.Work.Needs, spec); err != nil {
		return none, 0, decline(err)
	}
	spec.Timeout = post.Work.Needs.Timeout
	if err := p.check(ctx, spec, post.Work.Needs); err != nil {
		return none, 0, p.discreet(job, err, "executor: ")
	}
	if err := p.Models.Check(ctx, spec.Models); err != nil {
		return none, 0, p.discreet(job, err, "models: ")
	}
	price, err := p.admit(ctx, job, size)
	return spec, price, err
}

// check asks the executors on which the job may come to run whether they would
// have it.
func (p *Provider) check(ctx context.Context, spec lilypad.Spec, n lilypad.Needs) error {
	for _, x := range p.Fleet.For(n) {
		if c, ok := x.(execution.Checker); ok {
			if err := c.Check(ctx, spec); err != nil {
				return err
			}
		}
	}
	return nil
}

// softly makes a refusal of a lasting error, and keeps one that may pass.
func softly(err error, prefix string) error {
	switch lilypad.CodeOf(err) {
	case lilypad.Unavailable, lilypad.Timeout, lilypad.Internal:
		return err
	}
	return &declined{reason: prefix + err.Error()}
}

// checkTerms checks what was signed against what this machine promises.
func (p *Provider) checkTerms(ctx context.Context, post api.Posting) error {
	o, n := post.Offer.Body, post.Work.Needs
	if err := post.Check(); err != nil {
		return decline(err)
	}
	if err := wallet.VerifyOffer(ctx, p.Ledger, p.Ledger.Domain(), post.Offer); err != nil {
		return softly(err, "") // a node that is behind sees an approval later
	}
	if err := post.Panel.Check(o.Creator, o.Judge, o.Solver, p.Key.Address()); err != nil {
		return decline(err)
	}
	if len(p.Offer.Mediators) > 0 {
		for _, m := range post.Panel.Mediators {
			if !slices.Contains(p.Offer.Mediators, m) {
				return &declined{reason: "mediator " + m.String() + " is not on this provider's list"}
			}
		}
	}
	if err := p.Fleet.Check(n); err != nil {
		return decline(err)
	}
	if p.taken() >= p.Offer.Slots+p.Offer.Queue {
		return &declined{reason: "all slots and the queue are taken"}
	}
	if n.Timeout > p.Offer.MaxTimeout || n.Timeout == 0 {
		return &declined{reason: "the job's time limit does not fit this provider"}
	}
	if err := p.Windows.Check(o, n); err != nil {
		return decline(err)
	}
	if limit := p.Offer.MaxStake / 4; o.LatePenalty > limit {
		// A job can be made so that it gives no result: bound what that costs.
		return &declined{reason: "the late penalty of " + o.LatePenalty.String() + " LILY is above this provider's limit of " + limit.String()}
	}
	if p.Known != nil {
		if err := p.Known(post.Work); err != nil {
			return decline(err)
		}
	}
	if n.Network && !p.Offer.Network {
		return &declined{reason: "this provider gives jobs no network"}
	}
	account, err := p.Ledger.Account(ctx, p.Key.Address())
	if err != nil {
		return err
	}
	return p.checkStake(o.ProviderStake, account.Free, p.records.Each)
}

// checkStake tells whether the stake can be promised on top of what is signed
// and not yet on chain.
func (p *Provider) checkStake(stake, free lilypad.Amount, each records.Each[record]) error {
	if stake > p.Offer.MaxStake || promised(each)+stake > free {
		return &declined{reason: "the stake of " + stake.String() + " LILY is more than this provider has free"}
	}
	return nil
}

// covers tells whether what was rendered stays within what was agreed.
func covers(n lilypad.Needs, s lilypad.Spec) error {
	r := s.Resources
	if s.Engine != n.Engine || r.GPUs > n.GPUs || r.VRAMMB > n.VRAMMB || r.CPUMilli > n.CPUMilli || r.RAMMB > n.RAMMB || r.DiskMB > n.DiskMB || s.Network && !n.Network || s.GPUModel != n.GPUModel || lilypad.DriverNumber(s.GPUDriver) > lilypad.DriverNumber(n.Driver()) {
		return lilypad.Errorf(lilypad.Invalid, "the module needs more than the offer says")
	}
	return nil
}

// taken counts the jobs that this machine has signed and not ended.
func (p *Provider) taken() (n uint32) {
	p.records.Each(func(r record) {
		if r.Stage == stageSigned || r.Stage == stageOpen {
			n++
		}
	})
	return n
}

// promised is the stake of deals that are signed and not yet on chain.
func promised(each records.Each[record]) (sum lilypad.Amount) {
	each(func(r record) {
		if r.Stage == stageSigned {
			sum += r.Posting.Offer.Body.ProviderStake
		}
	})
	return sum
}

// admit asks the admit plugin. The price is the standing one or a lower quote.
func (p *Provider) admit(ctx context.Context, job api.Job, size uint64) (lilypad.Amount, error) {
	floor := p.Offer.Price
	if r, known := p.records.Get(job.ID); known && r.Quote > 0 {
		floor = min(floor, r.Quote)
	}
	if job.Price < floor {
		return 0, &declined{"the solver offers " + job.Price.String() + " LILY, the price is " + floor.String(), floor}
	}
	head, err := p.Ledger.Head(ctx)
	if err != nil {
		return 0, err
	}
	account, err := p.Ledger.Account(ctx, p.Key.Address())
	if err != nil {
		return 0, err
	}
	node := Node{Offer: p.Offer, Deposit: account.Free, Free: p.Offer.Capacity}
	req := Request{Posting: job.Posting, Price: job.Price, InputSize: size}
	p.tally(&node, &req)
	a, err := p.Admitter.Admit(ctx, head.Time, node, req)
	switch {
	case err != nil:
		return 0, err
	case a.Declined != "":
		return 0, &declined{a.Declined, a.Price}
	case a.Price > 0:
		return min(a.Price, job.Price), nil
	}
	return job.Price, nil
}

// tally fills in what is busy, and the history with this creator and module.
func (p *Provider) tally(n *Node, q *Request) {
	p.records.Each(func(r record) {
		sameCreator := r.Posting.Offer.Body.Creator == q.Posting.Offer.Body.Creator
		sameModule := r.Posting.Work.Module == q.Posting.Work.Module
		switch {
		case r.Stage == stageOpen:
			n.Running++
			use := r.Posting.Work.Needs.Resources
			n.Free.GPUs -= min(use.GPUs, n.Free.GPUs)
			n.Free.CPUMilli -= min(use.CPUMilli, n.Free.CPUMilli)
			n.Free.RAMMB -= min(use.RAMMB, n.Free.RAMMB)
			n.Free.DiskMB -= min(use.DiskMB, n.Free.DiskMB)
		case r.Stage == stageSigned:
			n.Queued++
		case r.Stage == stageFinal && r.good():
			q.CreatorOK += count(sameCreator)
			q.CreatorTimeouts += count(sameCreator && r.Path == settlement.PathUnjudged)
			q.ModuleOK += count(sameModule)
		case r.Stage == stageFinal:
			q.CreatorBad += count(sameCreator)
			q.ModuleFailed += count(sameModule)
			q.CreatorDisputes += count(sameCreator && !r.Facts.CreatorSeed.IsZero())
		}
	})
	if over := n.Running - min(n.Running, p.Offer.Slots); over > 0 {
		n.Running, n.Queued = p.Offer.Slots, n.Queued+over
	}
}

func count(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}
