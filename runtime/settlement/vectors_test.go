package settlement_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// The vectors are shared with the Solidity tests.
func vectors(t *testing.T, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../contracts/testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

// contractPaths are the contract's names of the ends of a deal, by number.
var contractPaths = []settlement.End{
	1:  {Path: settlement.PathReceipt},
	2:  {Path: settlement.PathUnjudged},
	3:  {Path: settlement.PathUnjudged, Audited: true},
	4:  {Path: settlement.PathUnserved},
	5:  {Path: settlement.PathNoReveal},
	6:  {Path: settlement.PathResolved, Outcome: lilypad.OutcomeUpheld},
	7:  {Path: settlement.PathResolved, Outcome: lilypad.OutcomeUpheld, Audited: true},
	8:  {Path: settlement.PathResolved, Outcome: lilypad.OutcomeLate},
	9:  {Path: settlement.PathResolved, Outcome: lilypad.OutcomeRefund},
	10: {Path: settlement.PathResolved, Outcome: lilypad.OutcomeFraud},
	11: {Path: settlement.PathNoVerdict},
	12: {Path: settlement.PathNoVerdict, Audited: true},
}

// amount reads a number of any unit: payouts scale.
type amount lilypad.Amount

func (a *amount) UnmarshalText(b []byte) error {
	n, err := strconv.ParseUint(string(b), 10, 62)
	if err != nil {
		n = tooLarge
	}
	*a = amount(n)
	return nil
}

const tooLarge = 1 << 62

func TestPay_agreesWithTheContractsVectors(t *testing.T) {
	var file struct {
		Cases []struct {
			Name                                                                     string
			Path                                                                     int
			Price, CreatorStake, ProviderStake, LatePenalty, SolverFee, MediationFee amount
			Drawn, Votes                                                             uint8
			Want                                                                     struct{ Provider, Creator, Mediators, Sink amount }
		}
	}
	vectors(t, "payouts.json", &file)
	var checked int
	for _, c := range file.Cases {
		if max(c.Price, c.CreatorStake, c.ProviderStake) == tooLarge {
			continue // beyond any Amount; the contract's own tests have those
		}
		end := contractPaths[c.Path]
		end.Drawn, end.Signers = c.Drawn, c.Votes
		o := lilypad.JobOffer{
			CreatorStake: lilypad.Amount(c.CreatorStake), ProviderStake: lilypad.Amount(c.ProviderStake),
			LatePenalty: lilypad.Amount(c.LatePenalty), SolverFee: lilypad.Amount(c.SolverFee), MediationFee: lilypad.Amount(c.MediationFee),
		}
		if end.Audited {
			o.AuditBPS = 1
		}
		got, err := settlement.Pay(o, lilypad.Amount(c.Price), end)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		paid := struct{ Provider, Creator, Mediators, Sink amount }{
			amount(got.Provider), amount(got.Creator), amount(got.Mediator) * amount(c.Votes), amount(got.Sink),
		}
		if diff := cmp.Diff(c.Want, paid); diff != "" {
			t.Errorf("%s at price %d:\n%s", c.Name, c.Price, diff)
		}
		checked++
	}
	if checked < len(contractPaths)-1 {
		t.Errorf("only %d vectors were small enough", checked)
	}
}

func TestDraw_agreesWithTheContractsVectors(t *testing.T) {
	var file struct {
		Cases []struct {
			Name                      string
			CreatorSeed, ProviderSeed lilypad.Hash
			Members                   []lilypad.Address
			Drawn, Threshold          uint8
			Offer                     struct{ AuditBPS string }
			Want                      struct {
				Deal  lilypad.DealID
				Panel lilypad.Hash
				Seats []lilypad.Address
				Audit bool
			}
		}
	}
	vectors(t, "terms.json", &file)
	if len(file.Cases) == 0 {
		t.Fatal("no vectors")
	}
	for _, c := range file.Cases {
		p := lilypad.Panel{Mediators: c.Members, Drawn: c.Drawn, Agree: c.Threshold}
		if got := p.Hash(); got != c.Want.Panel {
			t.Errorf("%s: panel %s, want %s", c.Name, got, c.Want.Panel)
		}
		got, err := settlement.Draw(p, c.CreatorSeed, c.ProviderSeed, c.Want.Deal)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(c.Want.Seats, got); diff != "" {
			t.Errorf("%s:\n%s", c.Name, diff)
		}
		bps, err := strconv.ParseUint(c.Offer.AuditBPS, 10, 16)
		if err != nil {
			t.Fatal(err)
		}
		if got := settlement.Audited(uint16(bps), c.CreatorSeed, c.Want.Deal); got != c.Want.Audit {
			t.Errorf("%s: audit %v, want %v", c.Name, got, c.Want.Audit)
		}
	}
}
