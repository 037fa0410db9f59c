package settlement_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// round is an offer with numbers that tell the parties apart: B=400, C=600,
// L=200, F=120, S=60; the price is 1000.
var round = lilypad.JobOffer{
	MaxPrice: 1000, CreatorStake: 400, ProviderStake: 600, LatePenalty: 200, MediationFee: 120, SolverFee: 60,
}

func resolved(o lilypad.Outcome, audited bool, signers uint8) settlement.End {
	return settlement.End{Path: settlement.PathResolved, Outcome: o, Audited: audited, Drawn: 3, Signers: signers}
}

func TestPay_rows(t *testing.T) {
	audits := round
	audits.AuditBPS = 100
	for name, row := range map[string]struct {
		offer lilypad.JobOffer
		end   settlement.End
		want  settlement.Payout
	}{
		"receipt":               {round, settlement.End{Path: settlement.PathReceipt}, settlement.Payout{Provider: 1600, Creator: 400}},
		"unjudged":              {round, settlement.End{Path: settlement.PathUnjudged}, settlement.Payout{Provider: 1600, Creator: 400}},
		"audit dodged":          {audits, settlement.End{Path: settlement.PathUnjudged}, settlement.Payout{Provider: 1600, Sink: 400}},
		"unserved":              {round, settlement.End{Path: settlement.PathUnserved}, settlement.Payout{Provider: 400, Creator: 1460, Sink: 140}},
		"no reveal":             {round, settlement.End{Path: settlement.PathNoReveal}, settlement.Payout{Creator: 1460, Sink: 540}},
		"upheld":                {round, resolved(lilypad.OutcomeUpheld, false, 3), settlement.Payout{Provider: 1600, Mediator: 40, Sink: 280}},
		"upheld, two signers":   {round, resolved(lilypad.OutcomeUpheld, false, 2), settlement.Payout{Provider: 1600, Mediator: 40, Sink: 320}},
		"upheld after audit":    {audits, resolved(lilypad.OutcomeUpheld, true, 3), settlement.Payout{Provider: 1600, Creator: 280, Mediator: 40}},
		"late":                  {round, resolved(lilypad.OutcomeLate, false, 3), settlement.Payout{Provider: 1540, Creator: 340, Mediator: 40}},
		"refund":                {round, resolved(lilypad.OutcomeRefund, false, 3), settlement.Payout{Provider: 480, Creator: 1400, Mediator: 40}},
		"fraud":                 {round, resolved(lilypad.OutcomeFraud, false, 3), settlement.Payout{Creator: 1460, Mediator: 40, Sink: 420}},
		"fraud, two signers":    {round, resolved(lilypad.OutcomeFraud, false, 2), settlement.Payout{Creator: 1460, Mediator: 40, Sink: 460}},
		"no verdict":            {round, settlement.End{Path: settlement.PathNoVerdict}, settlement.Payout{Provider: 1100, Creator: 900}},
		"no verdict, audit":     {audits, settlement.End{Path: settlement.PathNoVerdict, Audited: true}, settlement.Payout{Provider: 1600, Creator: 400}},
		"no verdict, challenge": {audits, settlement.End{Path: settlement.PathNoVerdict}, settlement.Payout{Provider: 1100, Creator: 900}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := settlement.Pay(row.offer, 1000, row.end)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPay_refusesEndsThatNoDealHas(t *testing.T) {
	greedy := round
	greedy.SolverFee = 500
	for name, row := range map[string]struct {
		offer lilypad.JobOffer
		end   settlement.End
	}{
		"no path":             {round, settlement.End{}},
		"no outcome":          {round, resolved(lilypad.OutcomeNone, false, 3)},
		"nobody signed":       {round, resolved(lilypad.OutcomeFraud, false, 0)},
		"more signed":         {round, resolved(lilypad.OutcomeFraud, false, 4)},
		"stakes below fees":   {greedy, settlement.End{Path: settlement.PathReceipt}},
		"path past the table": {round, settlement.End{Path: settlement.PathNoVerdict + 1}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := settlement.Pay(row.offer, 1000, row.end); lilypad.CodeOf(err) != lilypad.Invalid {
				t.Errorf("paid %+v, error %v", got, err)
			}
		})
	}
}

// charge and pay are the two sides of a payment rule: what a deal takes from
// the parties when it opens and what it gives back when it ends.
type rule struct {
	charge func(o lilypad.JobOffer, price lilypad.Amount) lilypad.Amount
	pay    func(o lilypad.JobOffer, price lilypad.Amount, e settlement.End) (lilypad.Amount, error)
}

var ours = rule{
	charge: func(o lilypad.JobOffer, p lilypad.Amount) lilypad.Amount { return p + o.CreatorStake + o.ProviderStake },
	pay: func(o lilypad.JobOffer, p lilypad.Amount, e settlement.End) (lilypad.Amount, error) {
		y, err := settlement.Pay(o, p, e)
		return y.Provider + y.Creator + y.Sink + lilypad.Amount(e.Signers)*y.Mediator, err
	},
}

// reference has the shape of the payment engine of the reference network: the
// treasury gets its whole share and then the two parts of it once more, and
// the solver a second fee that nobody was charged.
var reference = rule{
	charge: func(o lilypad.JobOffer, p lilypad.Amount) lilypad.Amount {
		congestion := o.MediationFee
		return p + o.SolverFee + congestion
	},
	pay: func(o lilypad.JobOffer, p lilypad.Amount, _ settlement.End) (lilypad.Amount, error) {
		treasury := o.MediationFee
		burnt, grants := treasury/10, treasury/20
		return p + 2*o.SolverFee + treasury + burnt + grants, nil
	},
}

func (r rule) conserves(o lilypad.JobOffer, price lilypad.Amount, e settlement.End) error {
	paid, err := r.pay(o, price, e)
	if err != nil {
		return err
	}
	if charged := r.charge(o, price); charged != paid {
		return fmt.Errorf("%+v charges %d and pays %d", e, charged, paid)
	}
	return nil
}

func TestPay_conserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, price, end := drawDeal(t)
		if err := ours.conserves(o, price, end); err != nil {
			t.Fatal(err)
		}
		y, _ := settlement.Pay(o, price, end)
		if most := price + o.CreatorStake + o.SolverFee; y.Creator > most {
			t.Fatalf("%+v: the creator gets %d of at most %d that it paid", end, y.Creator, most)
		}
		if most := price + o.ProviderStake; y.Provider > most {
			t.Fatalf("%+v: the provider gets %d of at most %d", end, y.Provider, most)
		}
	})
}

func TestPay_conservationCatchesTheReferenceFormula(t *testing.T) {
	o := lilypad.JobOffer{SolverFee: 10, MediationFee: 120}
	if err := reference.conserves(o, 1000, settlement.End{Path: settlement.PathReceipt}); err == nil {
		t.Error("a formula that pays the treasury twice passes for conserving")
	}
}

// drawDeal draws terms that JobOffer.Check accepts, and any end of them.
func drawDeal(t *rapid.T) (o lilypad.JobOffer, price lilypad.Amount, e settlement.End) {
	amount := func(name string, low, high lilypad.Amount) lilypad.Amount {
		return lilypad.Amount(rapid.Uint64Range(uint64(low), uint64(high)).Draw(t, name))
	}
	e.Drawn = 2*rapid.Uint8Range(0, 15).Draw(t, "k") + 1
	unit := lilypad.Amount(2 * int(e.Drawn))
	o.MediationFee = unit * amount("fee", 0, lilypad.MaxAmount/200)
	o.SolverFee = amount("solver fee", 0, lilypad.MaxAmount/4)
	o.ProviderStake = amount("provider stake", o.MediationFee+o.SolverFee, lilypad.MaxAmount)
	o.LatePenalty = amount("late", o.SolverFee, o.ProviderStake)
	o.CreatorStake = amount("creator stake", o.MediationFee, lilypad.MaxAmount)
	o.MaxPrice = amount("max price", 0, lilypad.MaxAmount)
	price = amount("price", 0, o.MaxPrice/2) * 2
	o.AuditBPS = rapid.Uint16Range(0, 10000).Draw(t, "audits")
	e.Audited = o.AuditBPS > 0 && rapid.Bool().Draw(t, "audited")
	e.Path = settlement.Path(rapid.Uint8Range(uint8(settlement.PathReceipt), uint8(settlement.PathNoVerdict)).Draw(t, "path"))
	if e.Path == settlement.PathResolved {
		e.Outcome = lilypad.Outcome(rapid.Uint8Range(1, 4).Draw(t, "outcome"))
		e.Signers = rapid.Uint8Range(1, e.Drawn).Draw(t, "signers")
	}
	return o, price, e
}
