package chaos_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm/evmtest"
)

var (
	deals   = flag.Int("chaos.deals", 12, "how many deals to open in a run; from 1000 on more, up to three times as many, until each kind of end and of trouble has come up")
	oneSeed = flag.Uint64("chaos.seed", 0, "the only seed to run; 0: a fixed one and a random one")
)

func TestMarket_survivesChaos(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a whole market for a minute or two: left out by -short")
	}
	seeds := []uint64{1, uint64(time.Now().UnixNano()) % 1_000_000}
	if *oneSeed != 0 {
		seeds = []uint64{*oneSeed}
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			began := time.Now()
			d := &driver{market: newMarket(t), rng: rand.New(rand.NewPCG(seed, 1)), did: map[string]int{}}
			d.run(t.Context(), *deals)
			t.Logf("%d deals in %v: %v", len(d.mirror.Deals()), time.Since(began).Round(time.Second), d.did)
			t.Logf("transactions compared with the model: %v, %d of them reverted", d.mirror.Calls, d.mirror.Reverted)
			d.checkPayouts(t.Context())
			ends := d.ends()
			for _, end := range slices.Sorted(maps.Keys(ends)) {
				t.Logf("%4d deals: %s", ends[end], end)
			}
			for _, what := range d.lacks() {
				d.t.Errorf("too little came up: %s", what)
			}
		})
	}
}

// checkPayouts demands that every account has on chain what it put in and what
// the payout table gives it for each of its deals, all of which are final.
func (d *driver) checkPayouts(ctx context.Context) {
	d.t.Helper()
	want := map[lilypad.Address]int64{}
	var sum, in int64
	for who, amount := range d.mirror.Deposited() {
		want[who] = int64(amount)
		in += int64(amount)
	}
	for job, deal := range d.mirror.Deals() {
		end := d.endOf(deal)
		o, price := deal.Offer.Body, deal.Deal.Body.Price
		pay, err := settlement.Pay(o, price, end)
		if err != nil {
			d.t.Fatalf("deal %s: %v", job, err)
		}
		want[o.Creator] += int64(pay.Creator) - int64(price+o.SolverFee+o.CreatorStake)
		want[deal.Deal.Body.Provider] += int64(pay.Provider) - int64(o.ProviderStake)
		want[o.Solver] += int64(o.SolverFee)
		want[d.net.Sink] += int64(pay.Sink)
		for _, m := range deal.Signers {
			want[m] += int64(pay.Mediator)
		}
	}
	got, err := d.mirror.Free(ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	unit := lilypad.Amount(1).Base()
	for who, free := range got {
		if owed := new(big.Int).Mul(big.NewInt(want[who]), new(big.Int).SetBytes(unit[:])); free.Cmp(owed) != 0 {
			d.t.Errorf("%s has %d units, the table gives it %d", who, free, owed)
		}
		sum += want[who]
	}
	if sum != in || in == 0 {
		d.t.Errorf("all balances are %d micro-LILY, deposits %d", sum, in)
	}
}

// ends counts the rows of the payout table by which deals ended.
func (d *driver) ends() map[string]int {
	rows := map[string]int{}
	for _, deal := range d.in(lilypad.StateFinal) {
		rows[row(d.endOf(deal), deal.Offer.Body.AuditBPS > 0)]++
	}
	return rows
}

func (d *driver) endOf(deal *evmtest.Deal) settlement.End {
	return settlement.End{
		Path: deal.Status.Path, Outcome: deal.Status.Outcome, Drawn: d.net.Panel.Drawn, Signers: uint8(len(deal.Signers)),
		Audited: settlement.Audited(deal.Offer.Body.AuditBPS, deal.Facts.CreatorSeed, deal.Deal.Body.ID()),
	}
}

// row names the row of the payout table.
func row(e settlement.End, audits bool) string {
	name := settlement.StateName(e.Path, e.Outcome)
	switch by := map[bool]string{true: " after an audit", false: " after a challenge"}[e.Audited]; e.Path {
	case settlement.PathReceipt:
		return name + " by a receipt"
	case settlement.PathUnjudged:
		return name + map[bool]string{true: " unjudged, the audit dodged", false: " unjudged"}[audits]
	case settlement.PathNoVerdict:
		return name + by
	case settlement.PathNoReveal:
		return name + " without a reveal"
	case settlement.PathResolved:
		if e.Outcome == lilypad.OutcomeUpheld {
			return name + by
		}
	}
	return name
}

// lacks tells what a long run has not seen enough of; a short one lacks nothing.
func (d *driver) lacks() (what []string) {
	if *deals < 1000 {
		return nil
	}
	least := func(n int, of string, least int) {
		if n < least {
			what = append(what, fmt.Sprintf("%s: %d of %d", of, n, least))
		}
	}
	ends := []string{
		"paid by a receipt", "paid unjudged", "paid unjudged, the audit dodged", "expired", "fraud without a reveal",
		"upheld after a challenge", "upheld after an audit", "late", "fraud", "no verdict after a challenge", "no verdict after an audit",
	}
	if d.docker {
		ends = append(ends, "refunded")
	}
	seen := d.ends()
	for _, end := range ends {
		least(seen[end], end, 3)
	}
	for _, method := range []string{"open", "settle", "submit", "challenge", "reveal", "resolve", "expire"} {
		least(d.mirror.Calls[method], method, 10)
	}
	for _, trouble := range []string{"crash", "silence", "cut", "reorg", "blocks lost", "time", "no creators", "no mediators", "blind challenge"} {
		least(d.did[trouble], trouble, 3)
	}
	return what
}
