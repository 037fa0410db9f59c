package chaos_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

// driver orders jobs and makes trouble. One goroutine makes all trouble and
// looks at the chain, so that no block is lost while it looks.
type driver struct {
	*market
	rng     *rand.Rand
	did     map[string]int
	wake    []waking // silent roles
	lost    []int    // how many blocks each reorganisation took
	ordered atomic.Int64
	waits   sync.Map // creator and nonce -> how the job stands, for the log
}

type waking struct {
	role *role
	at   time.Time
}

const (
	tick    = 150 * time.Millisecond
	finalBy = 2 * time.Minute // after the trouble has ended
)

// run opens that many deals amid trouble, and then waits until all are final.
func (d *driver) run(ctx context.Context, deals int) {
	d.t.Helper()
	trade, enough := context.WithCancel(ctx)
	defer enough()
	var all sync.WaitGroup
	buyers := min(24+deals/10, 96)
	for i := range buyers {
		rng := rand.New(rand.NewPCG(d.rng.Uint64(), uint64(i)))
		all.Go(func() { d.buy(trade, creators[i%len(creators)], rng) })
	}
	for said := time.Now(); len(d.mirror.Deals()) < deals; {
		if time.Since(said) > 20*time.Second {
			said = time.Now()
			d.t.Logf("%s: %d deals, %d open, %d ordered, block %d; %v", said.Format("04:05"), len(d.mirror.Deals()), len(d.open()), d.ordered.Load(), d.head().Number, d.did)
			d.t.Logf("buyers wait for %v", d.waiting())
		}
		if d.step(ctx); d.t.Failed() || ctx.Err() != nil {
			break
		}
	}
	enough()
	all.Wait()
	if n := len(d.mirror.Deals()); n < deals && (n < deals/4 || *oneSeed != 0) { // a slow machine opens fewer
		d.t.Errorf("%d deals were opened in time", n)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finalBy)
	defer cancel()
	d.settleDown(ctx)
}

// step makes one piece of trouble and looks at the chain.
func (d *driver) step(ctx context.Context) {
	d.t.Helper()
	d.look(ctx)
	for i := 0; i < len(d.wake); i++ {
		if w := d.wake[i]; time.Now().After(w.at) {
			d.startSoon(w.role)
			d.wake = append(d.wake[:i], d.wake[i+1:]...)
		}
	}
	r := d.roles[d.rng.IntN(len(d.roles))]
	switch n := d.rng.IntN(100); {
	case n < 6 && r.running.Load() != nil:
		d.do("crash", func() { d.stop(r); d.startSoon(r) })
	case n < 10 && len(d.wake) < 3 && r.running.Load() != nil:
		d.do("silence", func() { d.silence(ctx, r) })
	case n < 14:
		d.do("cut", r.proxy.Drop)
	case n < 18:
		d.do("reorg", func() { d.reorganise(ctx) })
	case n < 22:
		d.do("time", func() { d.advance(ctx, lilypad.Time(1+d.rng.IntN(60))) })
	case n == 99 && d.rng.IntN(4) == 0:
		d.do("leap", func() { d.advance(ctx, lilypad.Time(window)+2) })
	default:
		time.Sleep(tick)
	}
}

func (d *driver) do(what string, fn func()) {
	d.did[what]++
	fn()
}

// look compares the chain with the model.
func (d *driver) look(ctx context.Context) {
	d.t.Helper()
	if err := d.mirror.Follow(ctx); err != nil {
		d.t.Fatalf("the model differs: %v", err)
	}
	if err := d.ended(); err != nil {
		d.t.Fatal(err)
	}
}

// silence takes a role away for a while. While a creator is gone somebody with
// its key may doubt what it has not judged.
func (d *driver) silence(ctx context.Context, r *role) {
	d.stop(r)
	d.wake = append(d.wake, waking{r, time.Now().Add(time.Duration(d.rng.IntN(8000)) * time.Millisecond)})
	if r.config.Creator != nil {
		d.challenge(ctx, r)
	}
}

// challenge doubts a claimed result, right or wrong, in the name of a creator
// that is silent.
func (d *driver) challenge(ctx context.Context, r *role) {
	for _, deal := range d.mirror.Deals() {
		key := node.LocalKey(r.name)
		if deal.Status.State != lilypad.StateSubmitted || deal.Offer.Body.Creator != key.Address() {
			continue
		}
		queue, stop := d.queue(r.name)
		defer stop()
		ledger, err := evm.New(ctx, evm.Config{Client: d.client, Queue: queue, Follower: chain.NewFollower(d.client, nil, nil), Contract: d.net.Settlement})
		if err != nil {
			d.t.Fatal(err)
		}
		_, err = ledger.Challenge(ctx, deal.Terms, deal.Facts.Result, seed(key, deal.Offer.Body.Nonce))
		if err != nil && lilypad.CodeOf(err) != lilypad.Conflict { // else the time is up, or a receipt was first
			d.t.Errorf("challenge: %v", err)
		}
		d.did["blind challenge"]++
		return
	}
}

func (d *driver) reorganise(ctx context.Context) {
	const final = 32 // one block in so many cannot be lost
	head := d.head().Number
	depth := min(1+d.rng.IntN([]int{3, 3, 3, 20}[d.rng.IntN(4)]), int(head%final), int(head-d.base))
	if depth < 1 {
		return
	}
	f := devchain.Fork{Depth: depth, Blocks: 1 + d.rng.IntN(depth+2), Forget: d.rng.IntN(2) == 0}
	if err := d.chain.Reorganise(ctx, f); err != nil && lilypad.CodeOf(err) != lilypad.Invalid { // a block came in between
		d.t.Fatal(err)
	}
	d.lost = append(d.lost, depth)
}

func (d *driver) advance(ctx context.Context, by lilypad.Time) {
	if err := d.chain.Advance(ctx, d.head().Time+by); err != nil {
		d.t.Fatal(err)
	}
}

// buy orders jobs, one after the other, until ctx ends.
func (d *driver) buy(ctx context.Context, creator string, rng *rand.Rand) {
	client := d.buyer(creator)
	for ; ctx.Err() == nil; time.Sleep(tick) {
		o := order(rng)
		o.Nonce = uint64(d.ordered.Add(1))<<8 | uint64(len(creator)) // so that it can be told again
		d.await(ctx, client, o)
	}
}

// await orders a job and waits for its end, whatever becomes of the creator.
func (d *driver) await(ctx context.Context, client *api.CreatorClient, o api.Order) {
	var report api.Report
	var err error
	defer d.waits.Delete(o.Nonce)
	for told := false; ctx.Err() == nil && !report.Done; time.Sleep(tick) {
		if !told {
			if report, err = client.Order(ctx, o); err == nil {
				told = true
			} else if code := lilypad.CodeOf(err); code == lilypad.Invalid || code == lilypad.Unauthorized || code == lilypad.NotFound {
				d.t.Errorf("order %+v: %v", o, err)
				return
			} else if code == lilypad.Exhausted || code == lilypad.Conflict {
				return // money is locked elsewhere
			}
			continue
		}
		if now, err := client.Report(ctx, report.Job); err == nil {
			report = now
			d.waits.Store(o.Nonce, report.State+" "+report.Reason)
		}
	}
}

// waiting counts what the buyers wait for.
func (d *driver) waiting() map[string]int {
	count := map[string]int{}
	d.waits.Range(func(_, how any) bool { count[how.(string)]++; return true })
	return count
}

// order draws a job's terms.
func order(rng *rand.Rand) api.Order {
	o := api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": fmt.Sprint("moo ", rng.IntN(4))}, Timeout: 5}
	if n := rng.IntN(20); n < len(sellers) { // more often than not an honest one
		o.Target = node.LocalKey(sellers[n]).Address()
	} else if n < 19 {
		o.Target = node.LocalKey(sellers[n%3]).Address()
	}
	switch n := rng.IntN(10); {
	case n < 2:
		o.Scheme, o.AuditBPS = "audit", 10_000
	case n < 4:
		o.Scheme, o.AuditBPS = "audit", 4000
	case n < 5:
		o.Scheme, o.Params = "replicate", map[string]int64{"runs": 2}
	}
	return o
}

// settleDown ends the trouble, wakes everybody and lets time pass until every
// deal is final: the roles' keepers must see to it.
func (d *driver) settleDown(ctx context.Context) {
	d.t.Helper()
	d.starts.Wait()
	d.wake = nil
	for _, r := range d.roles {
		d.start(r)
	}
	for next := time.Now().Add(10 * time.Second); ; time.Sleep(tick) {
		if ctx.Err() != nil {
			d.t.Fatalf("deals are not final: %v", d.open())
		}
		if d.look(ctx); len(d.open()) == 0 {
			return
		}
		if time.Now().After(next) {
			d.advance(ctx, lilypad.Time(window)/2)
			next = time.Now().Add(3 * time.Second)
		}
	}
}

// open lists the deals whose money is locked.
func (d *driver) open() (left []string) {
	for job, deal := range d.mirror.Deals() {
		if deal.Status.State != lilypad.StateFinal {
			left = append(left, fmt.Sprintf("%s is %s until %d", job, deal.Status.State, deal.Status.Deadline))
		}
	}
	return left
}
