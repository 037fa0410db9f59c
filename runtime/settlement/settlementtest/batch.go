package settlementtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

type edit = func(*lilypad.JobOffer, *lilypad.Deal)

func testSkippedOpens(t *testing.T, m *market) {
	head, err := m.as(m.solver).Head(m.ctx())
	m.ok(err)
	m.fx.Advance(head.Time + 100_000) // ahead of the wall clock
	head, err = m.as(m.solver).Head(m.ctx())
	m.ok(err)
	for name, row := range map[string]struct {
		edit   edit
		reason string // "": that of Terms.Check
	}{
		"nobody may open":     {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Solver, o.SolverFee = lilypad.Address{}, 0 }, ""},
		"fee without solver":  {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Solver, o.Target = lilypad.Address{}, m.provider }, ""},
		"self deal":           {func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Provider = m.creator }, ""},
		"price above maximum": {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.MaxPrice = price - 1 }, ""},
		"odd price":           {func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Price-- }, ""},
		"fee above stake":     {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake = mediationFee - 1 }, ""},
		"stake below fees": {func(o *lilypad.JobOffer, _ *lilypad.Deal) {
			o.ProviderStake, o.LatePenalty = 179*lilypad.LILY, 60*lilypad.LILY
		}, ""},
		"late below solver fee": {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.LatePenalty = solverFee - 1 }, ""},
		"late above stake":      {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.LatePenalty = providerStake + 1 }, ""},
		"audit rate":            {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.AuditBPS = 10001 }, ""},
		"answers another offer": {func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Job = lilypad.JobID{1} }, ""},
		"offer expiry":          {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Expiry = 1 << 40 }, ""},
		"deal expiry":           {func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Expiry = 1 << 40 }, ""},
		"price above all":       {func(o *lilypad.JobOffer, d *lilypad.Deal) { o.MaxPrice, d.Price = 1<<63, 1<<62 }, ""},
		"another target":        {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Target = m.stranger }, settlement.ReasonTarget},
		"stale offer":           {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Expiry = head.Time }, settlement.ReasonStale},
		"stale deal":            {func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Expiry = head.Time }, settlement.ReasonStale},
		"no time to submit":     {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.SubmitFor = 0 }, settlement.ReasonWindow},
		"a century to submit":   {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.SubmitFor = 3_155_760_000 }, settlement.ReasonWindow},
		"no time to judge":      {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.JudgeFor = 0 }, settlement.ReasonWindow},
		"a century to reveal":   {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.RevealFor = 3_155_760_000 }, settlement.ReasonWindow},
		"a century to mediate":  {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.MediateFor = 3_155_760_000 }, settlement.ReasonWindow},
		"creator's next epoch":  {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.Epoch = 1 }, settlement.ReasonCreatorEpoch},
		"provider's next epoch": {func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Epoch = 1 }, settlement.ReasonProviderEpoch},
		"poor creator":          {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake = purse }, settlement.ReasonCreatorFunds},
		"creator short of fee":  {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake = purse - price - solverFee + 1 }, settlement.ReasonCreatorFunds},
		"poor provider":         {func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.ProviderStake = 2 * purse }, settlement.ReasonProviderFunds},
		"solver fee as stake":   {func(o *lilypad.JobOffer, d *lilypad.Deal) { o.Solver, o.ProviderStake = m.provider, purse+1 }, settlement.ReasonProviderFunds},
	} {
		d := m.deal(row.edit)
		reason := row.reason
		if reason == "" {
			reason = d.Check().Error()
		}
		if err := m.open(d); err == nil || err.Error() != reason {
			t.Errorf("%s: got %v, want skipped because %s", name, err, reason)
		}
	}
	m.wantReason(m.open(m.spoilt(func(d *deal) { d.Offer.Signature = m.deal().Offer.Signature })), settlement.ReasonCreatorSignature)
	m.wantReason(m.open(m.spoilt(func(d *deal) { d.Deal.Signature = m.deal().Deal.Signature })), settlement.ReasonProviderSignature)
	m.wantReason(m.open(m.spoilt(func(d *deal) { d.Deal.Signature = lilypad.Signature{} })), settlement.ReasonProviderSignature)

	last := m.deal(func(o *lilypad.JobOffer, d *lilypad.Deal) { o.Expiry, d.Expiry = head.Time+1, head.Time+1 })
	m.ok(m.open(last))
}

func (m *market) spoilt(spoil func(*deal)) *deal {
	d := m.deal()
	spoil(d)
	return d
}

func testSkippedSettles(t *testing.T, m *market) {
	settle := func(s settlement.Settlement) error {
		_, skips, err := m.as(m.stranger).Settle(m.ctx(), []settlement.Settlement{s})
		return skipped(skips, err)
	}
	unopened := m.deal()
	m.wantReason(m.settle(unopened), settlement.ReasonState)

	d := m.deal()
	m.reach(d, lilypad.StateOpen)
	receipt := func(edit func(*lilypad.Receipt)) settlement.Settlement {
		s := m.receipt(d)
		edit(&s.Receipt.Body)
		s.Receipt = sign(m, d.Offer.Body.Judge, s.Receipt.Body)
		return s
	}
	m.wantReason(settle(receipt(func(r *lilypad.Receipt) { r.Deal = unopened.id() })), settlement.ReasonJudgeSignature)
	forged := m.receipt(d)
	forged.Receipt = sign(m, m.creator, forged.Receipt.Body)
	m.wantReason(settle(forged), settlement.ReasonJudgeSignature)
	foreign := m.receipt(d)
	foreign.Deal = sign(m, m.provider, lilypad.Deal{Job: d.job(), Provider: m.provider, Price: price / 2, Expiry: never})
	m.wantReason(settle(foreign), settlement.ReasonFacts)

	m.ok(m.submit(d))
	m.wantReason(settle(receipt(func(r *lilypad.Receipt) { r.Result = number(0) })), settlement.ReasonFacts)
	m.ok(settle(m.receipt(d)))

	d = m.audits(false)
	m.reach(d, lilypad.StateOpen)
	m.wantReason(settle(receipt(func(r *lilypad.Receipt) { r.CreatorSeed = lilypad.Hash{} })), settlement.ReasonSeed)
	m.wantReason(settle(receipt(func(r *lilypad.Receipt) { r.CreatorSeed = number(0) })), settlement.ReasonSeed)
}

func testMixedBatch(t *testing.T, m *market) {
	poor := m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake = purse })
	absurd := m.deal(func(o *lilypad.JobOffer, d *lilypad.Deal) { o.MaxPrice, d.Price, d.Expiry = 1<<63, 1<<63, 1<<63 })
	first, second := m.deal(), m.deal()
	tx, skips, err := m.as(m.solver).Open(m.ctx(), []settlement.Terms{absurd.Terms, first.Terms, poor.Terms, second.Terms, first.Terms})
	m.ok(err)
	want := []settlement.Skip{
		{Job: absurd.job(), Reason: absurd.Check().Error()},
		{Job: poor.job(), Reason: settlement.ReasonCreatorFunds},
		{Job: first.job(), Reason: settlement.ReasonState},
	}
	if diff := cmp.Diff(want, skips); diff != "" {
		t.Error(diff)
	}
	if tx.Hash.IsZero() || tx.Block.Number == 0 {
		t.Errorf("transaction %+v", tx)
	}

	before := m.holdings()
	_, skips, err = m.as(m.stranger).Settle(m.ctx(), []settlement.Settlement{m.receipt(absurd), m.receipt(second), m.receipt(poor), m.receipt(second), m.receipt(first)})
	m.ok(err)
	want = []settlement.Skip{{Job: absurd.job(), Reason: settlement.ReasonState}, {Job: poor.job(), Reason: settlement.ReasonState}, {Job: second.job(), Reason: settlement.ReasonState}}
	if diff := cmp.Diff(want, skips); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(gain{Creator: 800, Provider: 3200}, m.holdings().since(before)); diff != "" {
		t.Error(diff)
	}

	head, err := m.as(m.stranger).Head(m.ctx())
	m.ok(err)
	tx, skips, err = m.as(m.solver).Open(m.ctx(), []settlement.Terms{poor.Terms})
	m.ok(err)
	if now, err := m.as(m.stranger).Head(m.ctx()); err != nil || now != head || tx != (settlement.Tx{}) || len(skips) != 1 {
		t.Errorf("an empty batch was sent: %+v, head %+v, %v", tx, now, err)
	}
	if _, skips, err := m.as(m.solver).Open(m.ctx(), nil); err != nil || len(skips) > 0 {
		t.Errorf("no entries: %v %v", skips, err)
	}
}

// A provider can sign for more than it holds, but not open it: in a batch the
// first deals get the stake.
func testOverCommitment(t *testing.T, m *market) {
	var terms []settlement.Terms
	var want []settlement.Skip
	for i := range 4 {
		d := m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.ProviderStake = purse / 2 })
		terms = append(terms, d.Terms)
		if i >= 2 {
			want = append(want, settlement.Skip{Job: d.job(), Reason: settlement.ReasonProviderFunds})
		}
	}
	_, skips, err := m.as(m.solver).Open(m.ctx(), terms)
	m.ok(err)
	if diff := cmp.Diff(want, skips); diff != "" {
		t.Error(diff)
	}
	if got := m.free(m.provider); got != 0 {
		t.Errorf("the provider has %s LILY free, want all locked", got)
	}
}

func testBatchLimit(t *testing.T, m *market) {
	var terms []settlement.Terms
	var receipts []settlement.Settlement
	for range settlement.MaxBatch + 1 {
		d := m.deal(func(o *lilypad.JobOffer, _ *lilypad.Deal) { o.CreatorStake, o.MediationFee = 0, 0 },
			func(_ *lilypad.JobOffer, d *lilypad.Deal) { d.Price = 6 * lilypad.LILY })
		terms = append(terms, d.Terms)
		receipts = append(receipts, m.receipt(d))
	}
	_, _, err := m.as(m.solver).Open(m.ctx(), terms)
	m.wantCode(err, lilypad.Invalid)
	_, _, err = m.as(m.solver).Settle(m.ctx(), receipts)
	m.wantCode(err, lilypad.Invalid)

	before := m.free(m.provider)
	_, skips, err := m.as(m.solver).Open(m.ctx(), terms[1:])
	m.ok(skipped(skips, err))
	_, skips, err = m.as(m.solver).Settle(m.ctx(), receipts[1:])
	m.ok(skipped(skips, err))
	if got, want := m.free(m.provider)-before, settlement.MaxBatch*6*lilypad.LILY; got != want {
		t.Errorf("a full batch paid %s, want %s", got, want)
	}
}
