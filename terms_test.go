package lilypad_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
)

// uint is a number that the vectors keep as text.
type uint uint64

func (u *uint) UnmarshalText(b []byte) error {
	n, err := strconv.ParseUint(string(b), 10, 64)
	*u = uint(n)
	return err
}

// base is an amount in the token's base units; whole is false when that is no
// whole number of micro-LILY, which the contract allows and Go never signs.
type base struct {
	amount lilypad.Amount
	whole  bool
}

func (b *base) UnmarshalText(text []byte) error {
	s := string(text)
	cut := max(len(s)-12, 0)
	n, err := strconv.ParseUint("0"+s[:cut], 10, 64)
	b.amount, b.whole = lilypad.Amount(n), strings.Trim(s[cut:], "0") == ""
	return err
}

type vector struct {
	Name   string
	Domain struct {
		ChainID           uint
		VerifyingContract lilypad.Address
	}
	CreatorSeed, ProviderSeed, ResultHash lilypad.Hash
	Members                               []lilypad.Address
	Drawn, Threshold                      uint8
	Offer                                 struct {
		Creator, Judge, Solver, Target                                              lilypad.Address
		Work                                                                        lilypad.Hash
		MaxPrice, CreatorStake, ProviderStake, LatePenalty, MediationFee, SolverFee base
		AuditBPS, SubmitFor, JudgeFor, RevealFor, MediateFor, Epoch, Nonce, Expiry  uint
	}
	Deal struct {
		Provider      lilypad.Address
		Price         base
		Epoch, Expiry uint
	}
	Receipt struct{ CreatorSeed lilypad.Hash }
	Verdict struct {
		Outcome        uint
		TranscriptHash lilypad.Hash
	}
	Want map[string]any
}

func TestStructHash_agreesWithTheContractsVectors(t *testing.T) {
	raw, err := os.ReadFile("contracts/testdata/terms.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []vector }
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	offers, deals := 0, 0
	for _, v := range file.Cases {
		d := lilypad.Domain{ChainID: uint64(v.Domain.ChainID), Contract: v.Domain.VerifyingContract}
		compare := func(name string, got lilypad.Hash) {
			t.Helper()
			if want := v.Want[name]; got.String() != want {
				t.Errorf("%s: %s is %s, want %s", v.Name, name, got, want)
			}
		}
		var deal lilypad.DealID
		var job lilypad.JobID
		text := func(name string) []byte { s, _ := v.Want[name].(string); return []byte(s) }
		if err := deal.UnmarshalText(text("Deal")); err != nil {
			t.Fatal(err)
		}
		if err := job.UnmarshalText(text("JobOffer")); err != nil {
			t.Fatal(err)
		}
		compare("panel", lilypad.Panel{Mediators: v.Members, Drawn: v.Drawn, Agree: v.Threshold}.Hash())
		compare("creatorSeedHash", lilypad.SeedHash(v.CreatorSeed, v.Offer.Creator))
		compare("providerSeedHash", lilypad.SeedHash(v.ProviderSeed, v.Deal.Provider))
		if o, whole := v.offer(); whole {
			offers++
			compare("JobOffer", o.StructHash())
			compare("JobOfferDigest", d.Digest(o))
		}
		if v.Deal.Price.whole {
			deals++
			b := lilypad.Deal{
				Job: job, Provider: v.Deal.Provider, Price: v.Deal.Price.amount, SeedHash: lilypad.SeedHash(v.ProviderSeed, v.Deal.Provider),
				Epoch: uint32(v.Deal.Epoch), Expiry: lilypad.Time(v.Deal.Expiry),
			}
			compare("Deal", b.StructHash())
			compare("DealDigest", d.Digest(b))
		}
		result := lilypad.Result{Deal: deal, Result: v.ResultHash}
		compare("Result", result.StructHash())
		compare("ResultDigest", d.Digest(result))
		receipt := lilypad.Receipt{Deal: deal, Result: v.ResultHash, CreatorSeed: v.Receipt.CreatorSeed}
		compare("Receipt", receipt.StructHash())
		compare("ReceiptDigest", d.Digest(receipt))
		verdict := lilypad.Verdict{Deal: deal, Result: v.ResultHash, Outcome: lilypad.Outcome(v.Verdict.Outcome), Transcript: v.Verdict.TranscriptHash}
		compare("Verdict", verdict.StructHash())
		compare("VerdictDigest", d.Digest(verdict))
	}
	if offers == 0 || deals == 0 {
		t.Errorf("only %d offers and %d deals are in whole micro-LILY", offers, deals)
	}
}

func (v vector) offer() (lilypad.JobOffer, bool) {
	o := v.Offer
	whole := o.MaxPrice.whole && o.CreatorStake.whole && o.ProviderStake.whole && o.LatePenalty.whole && o.MediationFee.whole && o.SolverFee.whole
	return lilypad.JobOffer{
		Creator: o.Creator, Judge: o.Judge, Solver: o.Solver, Target: o.Target, Work: o.Work,
		Panel: lilypad.Panel{Mediators: v.Members, Drawn: v.Drawn, Agree: v.Threshold}.Hash(), SeedHash: lilypad.SeedHash(v.CreatorSeed, o.Creator),
		MaxPrice: o.MaxPrice.amount, CreatorStake: o.CreatorStake.amount, ProviderStake: o.ProviderStake.amount,
		LatePenalty: o.LatePenalty.amount, MediationFee: o.MediationFee.amount, SolverFee: o.SolverFee.amount, AuditBPS: uint16(o.AuditBPS),
		SubmitFor: lilypad.Seconds(o.SubmitFor), JudgeFor: lilypad.Seconds(o.JudgeFor), RevealFor: lilypad.Seconds(o.RevealFor), MediateFor: lilypad.Seconds(o.MediateFor),
		Epoch: uint32(o.Epoch), Nonce: uint64(o.Nonce), Expiry: lilypad.Time(o.Expiry),
	}, whole
}

func TestJobOffer_Check(t *testing.T) {
	good := lilypad.JobOffer{
		Creator: lilypad.Address{1}, Judge: lilypad.Address{2}, Solver: lilypad.Address{3},
		MaxPrice: 100, CreatorStake: 60, ProviderStake: 100, LatePenalty: 50, MediationFee: 60, SolverFee: 40, AuditBPS: 10_000,
	}
	if err := good.Check(3); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		edit func(*lilypad.JobOffer)
		k    int
		want string
	}{
		"no creator":        {func(o *lilypad.JobOffer) { o.Creator = lilypad.Address{} }, 3, "creator and judge"},
		"no judge":          {func(o *lilypad.JobOffer) { o.Judge = lilypad.Address{} }, 3, "creator and judge"},
		"blank cheque":      {func(o *lilypad.JobOffer) { o.Solver = lilypad.Address{} }, 3, "name its provider"},
		"price too large":   {func(o *lilypad.JobOffer) { o.MaxPrice = lilypad.MaxAmount + 1 }, 3, "at most"},
		"stake too large":   {func(o *lilypad.JobOffer) { o.CreatorStake = 1<<64 - 1 }, 3, "at most"},
		"provider's too":    {func(o *lilypad.JobOffer) { o.ProviderStake = lilypad.MaxAmount + 1 }, 3, "at most"},
		"fee above stake":   {func(o *lilypad.JobOffer) { o.CreatorStake = 59 }, 3, "mediation fee must be at most"},
		"stake below fees":  {func(o *lilypad.JobOffer) { o.ProviderStake = 99 }, 3, "must cover"},
		"solver fee wraps":  {func(o *lilypad.JobOffer) { o.SolverFee = 1<<64 - 60 }, 3, "late penalty"},
		"penalty below fee": {func(o *lilypad.JobOffer) { o.LatePenalty = 39 }, 3, "late penalty"},
		"penalty too high":  {func(o *lilypad.JobOffer) { o.LatePenalty = 101 }, 3, "late penalty"},
		"audit rate":        {func(o *lilypad.JobOffer) { o.AuditBPS = 10_001 }, 3, "audit rate"},
		"indivisible fee":   {func(*lilypad.JobOffer) {}, 7, "divide"},
		"no mediators":      {func(*lilypad.JobOffer) {}, 0, "divide"},
	} {
		o := good
		c.edit(&o)
		if err := o.Check(c.k); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want invalid with %q", name, err, c.want)
		}
	}
}

func TestPanel_Check(t *testing.T) {
	members := func(n int) (m []lilypad.Address) {
		for i := range n {
			m = append(m, lilypad.Address{byte(i + 1)})
		}
		return m
	}
	party := lilypad.Address{200}
	for name, c := range map[string]struct {
		panel lilypad.Panel
		ok    bool
	}{
		"three of five":     {lilypad.Panel{Mediators: members(5), Drawn: 3, Agree: 2}, true},
		"one of one":        {lilypad.Panel{Mediators: members(1), Drawn: 1, Agree: 1}, true},
		"thirty-one of 32":  {lilypad.Panel{Mediators: members(32), Drawn: 31, Agree: 16}, true},
		"none":              {lilypad.Panel{}, false},
		"even":              {lilypad.Panel{Mediators: members(5), Drawn: 4, Agree: 3}, false},
		"single veto":       {lilypad.Panel{Mediators: members(5), Drawn: 3, Agree: 3}, false},
		"no majority":       {lilypad.Panel{Mediators: members(5), Drawn: 3, Agree: 1}, false},
		"too few":           {lilypad.Panel{Mediators: members(2), Drawn: 3, Agree: 2}, false},
		"thirty-three":      {lilypad.Panel{Mediators: members(33), Drawn: 3, Agree: 2}, false},
		"twice the same":    {lilypad.Panel{Mediators: append(members(2), lilypad.Address{2}), Drawn: 3, Agree: 2}, false},
		"descending":        {lilypad.Panel{Mediators: []lilypad.Address{{3}, {2}, {1}}, Drawn: 3, Agree: 2}, false},
		"nobody as a judge": {lilypad.Panel{Mediators: append([]lilypad.Address{{}}, members(2)...), Drawn: 3, Agree: 2}, false},
		"a party inside":    {lilypad.Panel{Mediators: append(members(2), party), Drawn: 3, Agree: 2}, false},
	} {
		err := c.panel.Check(lilypad.Address{100}, party)
		if c.ok && err != nil || !c.ok && lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParamsHash_ignoresTheOrder(t *testing.T) {
	a := []lilypad.Param{{Key: "runs", Value: 3}, {Key: "agree", Value: -1}}
	b := []lilypad.Param{a[1], a[0]}
	if lilypad.ParamsHash(a) != lilypad.ParamsHash(b) {
		t.Error("the order of parameters changes their hash")
	}
	if a[0].Key != "runs" {
		t.Error("the caller's parameters were sorted in place")
	}
	for name, other := range map[string][]lilypad.Param{
		"value": {{Key: "runs", Value: 3}, {Key: "agree", Value: 1}}, "key": {{Key: "run", Value: 3}, {Key: "agree", Value: -1}}, "fewer": a[:1],
	} {
		if lilypad.ParamsHash(a) == lilypad.ParamsHash(other) {
			t.Errorf("another %s has the same hash", name)
		}
	}
}

// Every field of what is signed must be in its hash.
func TestOutputs_Hash_coversEveryField(t *testing.T) {
	seen := map[lilypad.Hash]string{}
	for name, o := range map[string]lilypad.Outputs{
		"none": {}, "plain": {Plain: lilypad.ContentID{1}}, "blob": {Blob: lilypad.ContentID{1}}, "size": {Size: 1},
		"status": {Status: lilypad.StatusFailed}, "class": {HardwareClass: lilypad.Hash{1}},
	} {
		if other, ok := seen[o.Hash()]; ok {
			t.Errorf("%s and %s have one hash", name, other)
		}
		seen[o.Hash()] = name
	}
}

func TestNames_coverAllValues(t *testing.T) {
	for i, want := range []string{"none", "approved", "open", "submitted", "challenged", "drawn", "final", "final"} {
		if got := lilypad.State(i).String(); got != want {
			t.Errorf("state %d is %s, want %s", i, got, want)
		}
	}
	for i, want := range []string{"none", "upheld", "late", "refund", "fraud", "fraud"} {
		if got := lilypad.Outcome(i).String(); got != want {
			t.Errorf("outcome %d is %s, want %s", i, got, want)
		}
	}
	for i, want := range []string{"none", "succeeded", "failed", "out of memory", "timed out", "timed out"} {
		if got := lilypad.Status(i).String(); got != want {
			t.Errorf("status %d is %s, want %s", i, got, want)
		}
	}
}
