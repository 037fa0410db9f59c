package creator

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/records"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// Defaults of an order.
const (
	defaultScheme     = "optimistic"
	defaultComparator = "exact"
)

// Order takes an order: it pins and renders the module, checks what can be
// checked before anything is signed, and signs the offer.
//
// # Errors
//
// NotFound for an unknown module or plugin, Invalid for bad inputs or terms,
// Unauthorized when a module is not allowed, Exhausted when funds are short.
func (c *Creator) Order(ctx context.Context, o api.Order) (api.Report, error) {
	began := time.Now()
	if id, known := ordered(c.records.Each, o.Nonce); known {
		c.steps.Wake(id) // a contract may have approved it meanwhile
		return c.Report(ctx, id)
	}
	module, template, err := c.Modules.Resolve(ctx, o.Module)
	if err != nil {
		return api.Report{}, err
	}
	spec, warnings, err := c.Modules.Render(template, o.Inputs, o.Engine, module)
	if err != nil {
		return api.Report{}, err
	}
	o = c.complete(o, spec.Verification)
	if err := c.checkFiles(ctx, o.Files, spec); err != nil {
		return api.Report{}, err
	}
	needs := needsOf(spec, o)
	if err := bundle.CheckNeeds(needs); err != nil {
		return api.Report{}, err
	}
	if err := c.allow(ctx, o, module, needs); err != nil {
		return api.Report{}, err
	}
	o.Nonce = cmp.Or(o.Nonce, newNonce())
	p, err := c.pack(ctx, o, module, template)
	if err != nil {
		return api.Report{}, err
	}
	scheme, err := c.fill(ctx, o, needs, &p.Work)
	if err != nil {
		return api.Report{}, err
	}
	net, err := c.Market.Network(ctx)
	if err != nil {
		return api.Report{}, err
	}
	if err := enoughOperators(net, p.Work); err != nil {
		return api.Report{}, err
	}
	p.Panel = net.Panel
	r, err := c.offer(ctx, net, p, o)
	if err != nil {
		return api.Report{}, err
	}
	r.Created, r.Warnings, r.Scheme, r.Comparator, r.Known = began, warnings, o.Scheme, o.Comparator, o.Known
	if line, err := deterrence(r.Posting.Offer.Body, scheme.Deters, r.Scheme); err != nil {
		return api.Report{}, err
	} else if err := c.checks(ctx, *r, scheme); err != nil {
		return api.Report{}, err
	} else if line != "" {
		r.Warnings = append(r.Warnings, line)
	}
	id, err := c.create(ctx, r)
	if err != nil {
		return api.Report{}, err
	}
	return c.Report(ctx, id)
}

// complete fills in how the result is verified: who pays decides, by the order
// or else by the configuration, and the module's author advises.
func (c *Creator) complete(o api.Order, advice lilypad.Verification) api.Order {
	if o.Scheme = cmp.Or(o.Scheme, c.Scheme); o.Scheme == "" {
		o.Scheme = cmp.Or(advice.Scheme, defaultScheme)
		o.AuditBPS = cmp.Or(o.AuditBPS, advice.AuditBPS)
	}
	o.Comparator = cmp.Or(o.Comparator, c.Comparator, advice.Comparator, defaultComparator)
	return o
}

// ordered finds the job of an order that was told before.
func ordered(each records.Each[record], nonce uint64) (id lilypad.JobID, known bool) {
	if nonce == 0 {
		return id, false
	}
	each(func(r record) {
		if r.Posting.Offer.Body.Nonce == nonce {
			id, known = r.ID, true
		}
	})
	return id, known
}

func (c *Creator) allow(ctx context.Context, o api.Order, m lilypad.Module, n lilypad.Needs) error {
	if !o.SkipAllow {
		return c.Allower.Allow(ctx, m, n)
	}
	if !c.Local {
		return lilypad.Errorf(lilypad.Invalid, "the module check can be left out on the local network only")
	}
	return nil
}

// checkFiles compares the given input files with those the module asks for.
func (c *Creator) checkFiles(ctx context.Context, files lilypad.ContentID, spec lilypad.Spec) error {
	var tree storage.Tree
	if !files.IsZero() {
		var err error
		if tree, err = storage.ReadTree(ctx, c.Store, files); err != nil {
			return err
		}
	}
	for _, in := range spec.Inputs {
		if _, ok := tree.Find(in.Path); in.Required && !ok {
			return lilypad.Errorf(lilypad.Invalid, "the module needs the input file %q", in.Path).
				Try("put it into a folder and pass --inputs-path FOLDER")
		}
	}
	return nil
}

func needsOf(s lilypad.Spec, o api.Order) lilypad.Needs {
	n := lilypad.Needs{Resources: s.Resources, Engine: s.Engine, GPUModel: s.GPUModel, Network: s.Network, Timeout: s.Timeout}
	if s.GPUDriver != "" {
		n.Labels = []lilypad.Label{{Key: lilypad.LabelDriver, Value: s.GPUDriver}}
	}
	if o.Timeout > 0 {
		n.Timeout = o.Timeout
	}
	return n
}

// pack stores the inputs, sealed for a private job, and names them.
func (c *Creator) pack(ctx context.Context, o api.Order, m lilypad.Module, template []byte) (api.Posting, error) {
	inputs, err := bundle.PutInputs(ctx, c.Store, template, o.Inputs, o.Files)
	p := api.Posting{Module: m, Work: lilypad.Work{Module: m.ID(), Inputs: inputs}}
	if err != nil || !o.Private {
		return p, err
	}
	err = c.conceal(ctx, &p, c.secrets(o.Nonce))
	return p, err
}

// fill says in w what is needed and how the result is verified.
func (c *Creator) fill(ctx context.Context, o api.Order, n lilypad.Needs, w *lilypad.Work) (Scheme, error) {
	scheme, err := c.Policies.Scheme(ctx, o.Scheme)
	if err != nil {
		return scheme, err
	}
	comparator, err := c.Policies.Comparator(ctx, o.Comparator)
	w.Needs, w.Scheme, w.Comparator, w.Parameters = n, scheme.ID, comparator.ID, sortedParams(o.Params)
	return scheme, err
}

// offer signs the terms for p and makes the record.
func (c *Creator) offer(ctx context.Context, net api.Network, p api.Posting, o api.Order) (*record, error) {
	own := c.Network
	if net.Solver != own.Solver || net.Panel.Hash() != own.Panel.Hash() || net.Windows != own.Windows || net.Fee > own.Fee || net.Sink != own.Sink {
		return nil, lilypad.Errorf(lilypad.Unauthorized, "the solver names other terms than the network file: panel, windows, fee or sink").
			Try("compare the network file with GET /v1/network of the solver")
	}
	head, err := c.Ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	me := c.Key.Address()
	payer := me
	if !o.Client.IsZero() {
		payer = o.Client
	}
	account, err := c.Ledger.Account(ctx, payer)
	if err != nil {
		return nil, err
	}
	nonce := cmp.Or(o.Nonce, newNonce())
	t := c.Terms
	terms := lilypad.JobOffer{
		Creator: payer, Judge: me, Solver: net.Solver, Target: o.Target,
		Work: p.Work.Hash(), Panel: p.Panel.Hash(), SeedHash: lilypad.SeedHash(c.seed(nonce), payer),
		MaxPrice: t.MaxPrice, CreatorStake: t.CreatorStake, ProviderStake: t.ProviderStake,
		LatePenalty: max(t.LatePenalty, net.Fee), MediationFee: t.MediationFee, SolverFee: net.Fee, AuditBPS: o.AuditBPS,
		SubmitFor: net.Windows.Submit + p.Work.Needs.Timeout, JudgeFor: net.Windows.Judge,
		RevealFor: net.Windows.Reveal, MediateFor: net.Windows.Mediate + p.Work.Needs.Timeout,
		Epoch: account.Epoch, Nonce: nonce, Expiry: head.Time + lilypad.Time(t.Expiry),
	}
	if o.MaxPrice > 0 {
		terms.MaxPrice = o.MaxPrice
	}
	if o.ProviderStake > 0 {
		terms.ProviderStake = o.ProviderStake
	}
	if err := terms.Check(int(p.Panel.Drawn)); err != nil {
		return nil, err
	}
	if need := terms.MaxPrice + terms.SolverFee + terms.CreatorStake; account.Free < need {
		return nil, lilypad.Errorf(lilypad.Exhausted, "not enough funds: %s LILY are free, the job needs %s (price up to %s, fee %s, stake %s)",
			account.Free, need, terms.MaxPrice, terms.SolverFee, terms.CreatorStake).Try("%s", moreFunds(payer, account, need))
	}
	if p.Offer.Body = terms; payer == me {
		if p.Offer, err = wallet.SignOffer(ctx, c.Key, c.Ledger.Domain(), wallet.Ordering{JobOffer: terms, Work: p.Work, Module: p.Module}); err != nil {
			return nil, err
		}
	}
	return &record{ID: p.ID(), Created: time.Now(), Posting: p, Sink: net.Sink, Times: map[string]int64{}, Phase: api.PhaseWaiting}, nil
}

func newNonce() uint64 {
	var random [8]byte
	rand.Read(random[:])
	return binary.BigEndian.Uint64(random[:])
}

// enoughOperators refuses an order whose scheme wants more runs than there are
// operators to ask.
func enoughOperators(net api.Network, w lilypad.Work) error {
	runs := int64(0)
	for _, p := range w.Parameters {
		if p.Key == "runs" {
			runs = p.Value
		}
	}
	seen := map[lilypad.Address]bool{}
	for _, o := range net.Offers {
		seen[o.Operator] = true
	}
	if runs > int64(len(seen)) {
		return lilypad.Errorf(lilypad.Invalid, "%d runs need %d operators, the network has %d", runs, runs, len(seen)).
			Try("ask for fewer with --set runs=N, or start the local network with lilypad up --providers %d", runs)
	}
	return nil
}

// deterrence refuses stakes by which a cheat would win, and says what a scheme
// that deters nobody leaves to the creator.
func deterrence(o lilypad.JobOffer, deters bool, scheme string) (string, error) {
	if !deters {
		return fmt.Sprintf("scheme %s: nobody checks this result but you", scheme), nil
	}
	checked := uint64(10_000) // of every 10 000 results: all, unless a coin decides
	if o.AuditBPS > 0 {
		checked = uint64(o.AuditBPS)
	}
	l := settlement.Deterrence(o.MaxPrice, o.ProviderStake, o.CreatorStake, checked)
	if !l.Deters() {
		return "", lilypad.Errorf(lilypad.Invalid, "checking %d of 10000 results with a stake of %s LILY for a price of %s does not deter: at least %d of 10000 must be checked",
			checked, o.ProviderStake, o.MaxPrice, l.Least).Try("--audit %d%%, or --provider-stake %s", (l.Least+99)/100, l.LeastStake)
	}
	how := fmt.Sprintf("a cheat loses, as %d of 10000 results are checked and %d would do", l.Checked, l.Least)
	if o.AuditBPS == 0 {
		how = fmt.Sprintf("a cheat loses if at least %d of 10000 results are checked", l.Least)
	}
	return fmt.Sprintf("scheme %s: %s; blaming an honest provider gains nothing while fewer than %d of 10000 verdicts are wrong",
		scheme, how, l.MaxErrors), nil
}

// checks refuses an order whose scheme means to deter and yet, as no coin is
// tossed, upholds a lone result at once. One that says it deters nobody may.
//
// # Errors
//
// Invalid; those of the scheme.
func (c *Creator) checks(ctx context.Context, r record, s Scheme) error {
	o := r.Posting.Offer.Body
	if !s.Deters || o.AuditBPS > 0 {
		return nil
	}
	r.Deal = &lilypad.Signed[lilypad.Deal]{Body: lilypad.Deal{Job: r.ID, Price: o.MaxPrice}}
	r.Delivery = &api.Delivery{Outputs: lilypad.Outputs{Plain: lilypad.ContentID(r.ID), Status: lilypad.StatusSucceeded}}
	r.Deadline = lilypad.Time(o.JudgeFor)
	actions, _, _, err := s.Decide(ctx, hostapi.MediateInput{Cases: []hostapi.Case{*c.newCase(r, 0)}})
	if err != nil {
		return fmt.Errorf("try scheme %s: %w", r.Scheme, err)
	}
	if !slices.ContainsFunc(actions, func(a hostapi.Action) bool {
		return a.Kind == hostapi.ActionKindVerdict && a.Outcome == hostapi.OutcomeUpheld
	}) {
		return nil
	}
	l := settlement.Deterrence(o.MaxPrice, o.ProviderStake, o.CreatorStake, 10_000)
	return lilypad.Errorf(lilypad.Invalid, "scheme %s upholds a lone result where the audit rate is 0: nothing would be checked", r.Scheme).
		Try("--audit %d%%, or --scheme %s if nobody but you need check", (l.Least+99)/100, defaultScheme)
}

// moreFunds tells how to have that much free in the settlement contract.
func moreFunds(me lilypad.Address, a settlement.Account, need lilypad.Amount) string {
	deposit := fmt.Sprintf("lilypad wallet deposit %s --key %s", need-a.Free, me)
	if a.Wallet < need-a.Free {
		return fmt.Sprintf("lilypad wallet faucet %s --amount %s (its wallet has %s), then %s", me, need-a.Free-a.Wallet, a.Wallet, deposit)
	}
	return deposit
}
