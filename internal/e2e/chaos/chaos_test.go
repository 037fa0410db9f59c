package chaos_test

import (
	"context"
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

var (
	deals   = flag.Int("chaos.deals", 20, "how many deals to open in a run")
	oneSeed = flag.Uint64("chaos.seed", 0, "the only seed to run; 0: a fixed one and a random one")
	within  = flag.Duration("chaos.within", 90*time.Second, "how long deals are opened for, at most")
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
			ctx, cancel := context.WithTimeout(t.Context(), *within)
			defer cancel()
			d.run(ctx, *deals)
			t.Logf("%d deals in %v: %v", len(d.mirror.Deals()), time.Since(began).Round(time.Second), d.did)
			d.checkPayouts(t.Context())
		})
	}
}

// checkPayouts demands that every account has on chain what it put in and what
// the payout table gives it for each of its deals.
func (d *driver) checkPayouts(ctx context.Context) {
	d.t.Helper()
	type end struct {
		path    settlement.Path
		outcome lilypad.Outcome
		audited bool
	}
	ends := map[end]int{}
	want := map[lilypad.Address]int64{}
	for who, amount := range d.mirror.Deposited() {
		want[who] = int64(amount)
	}
	for job, deal := range d.mirror.Deals() {
		o, price := deal.Offer.Body, deal.Deal.Body.Price
		audited := settlement.Audited(o.AuditBPS, deal.Facts.CreatorSeed, deal.Deal.Body.ID())
		e := settlement.End{Path: deal.Status.Path, Outcome: deal.Status.Outcome, Audited: audited, Drawn: d.net.Panel.Drawn, Signers: uint8(len(deal.Signers))}
		pay, err := settlement.Pay(o, price, e)
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
		ends[end{e.Path, e.Outcome, audited && e.Path > settlement.PathUnserved}]++
	}
	got, err := d.mirror.Free(ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	unit := lilypad.Amount(1).Base()
	var sum, in int64
	for who, free := range got {
		if owed := new(big.Int).Mul(big.NewInt(want[who]), new(big.Int).SetBytes(unit[:])); free.Cmp(owed) != 0 {
			d.t.Errorf("%s has %d units, the table gives it %d", who, free, owed)
		}
		sum += want[who]
	}
	for _, amount := range d.mirror.Deposited() {
		in += int64(amount)
	}
	if sum != in {
		d.t.Errorf("all balances are %d micro-LILY, deposits %d", sum, in)
	}
	for e, n := range ends {
		d.t.Logf("%4d deals %s, audited %v", n, settlement.StateName(e.path, e.outcome), e.audited)
	}
	d.t.Logf("transactions compared with the model: %v, %d of them reverted", d.mirror.Calls, d.mirror.Reverted)
}
