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
	"github.com/lilypad-network/lilypad/runtime/node"
)

// driver orders jobs and makes trouble. One goroutine makes all trouble and
// looks at the chain, so that no block is lost while it looks.
type driver struct {
	*market
	rng     *rand.Rand
	did     map[string]int
	wake    []waking // silent roles
	seen    int      // calls, when there last was trouble
	at      time.Time
	parted  int // how often all of a kind were away
	ordered atomic.Int64
	waits   sync.Map // creator and nonce -> how the job stands, for the log
}

type waking struct {
	role *role
	at   time.Time
}

const (
	tick    = 150 * time.Millisecond
	finalBy = 5 * time.Minute // after the trouble has ended

	mostAway  = 3               // roles at once
	quiet     = 2 * time.Second // without progress, before the next trouble
	partEvery = 40              // deals
)

// run opens that many deals amid trouble, or more while some of what should come
// up has not, and then waits until all are final.
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
	lacks := d.lacks()
	for said := time.Now(); !d.t.Failed(); d.step(ctx) {
		if n := len(d.mirror.Deals()); n >= deals && (len(lacks) == 0 || n >= 3*deals) {
			break
		}
		if time.Since(said) > 20*time.Second {
			said, lacks = time.Now(), d.lacks()
			d.t.Logf("lacks %v", lacks)
			d.t.Logf("%s: %d deals, %d open, %d ordered, block %d; %v", said.Format("04:05"), len(d.mirror.Deals()), len(d.open()), d.ordered.Load(), d.head().Number, d.did)
			d.t.Logf("buyers wait for %v", d.waiting())
		}
	}
	enough()
	all.Wait()
	d.settleDown(ctx)
}

// step looks at the chain and makes a piece of trouble: when something was done
// since the last, or nothing for a while, so that a slow machine has as much of
// it for each deal as a fast one.
func (d *driver) step(ctx context.Context) {
	d.t.Helper()
	d.look(ctx)
	for i := 0; i < len(d.wake); i++ {
		if w := d.wake[i]; time.Now().After(w.at) {
			d.startSoon(w.role)
			d.wake = append(d.wake[:i], d.wake[i+1:]...)
		}
	}
	calls := 0
	for _, n := range d.mirror.Calls {
		calls += n
	}
	if calls == d.seen && time.Since(d.at) < quiet || len(d.wake)+int(d.coming.Load()) > mostAway {
		time.Sleep(tick)
		return
	}
	d.seen, d.at = calls, time.Now()
	d.trouble(ctx)
}

func (d *driver) trouble(ctx context.Context) {
	d.t.Helper()
	if len(d.mirror.Deals()) > (d.parted+1)*partEvery {
		if d.parted++; d.parted%2 == 0 {
			d.do("no creators", func() { d.without(ctx, "creator", d.leaveUnjudged) })
		} else {
			d.do("no mediators", func() { d.without(ctx, "mediator", d.leaveUndecided) })
		}
		return
	}
	r := d.roles[d.rng.IntN(len(d.roles))]
	switch n := d.rng.IntN(200); {
	case n < 12 && r.running.Load() != nil:
		d.do("crash", func() { d.stop(r); d.startSoon(r) })
	case n < 20 && r.running.Load() != nil:
		d.do("silence", func() { d.silence(r) })
	case n < 28:
		d.do("cut", r.proxy.Drop)
	case n < 36:
		d.reorganise(ctx)
	case n < 44:
		d.do("time", func() { d.advance(ctx, lilypad.Time(1+d.rng.IntN(60))) })
	case n < 45:
		d.do("leap", func() { d.leap(ctx) })
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

// buy orders jobs, one after the other, until ctx ends.
func (d *driver) buy(ctx context.Context, creator string, rng *rand.Rand) {
	client := d.buyer(creator)
	for ; ctx.Err() == nil; time.Sleep(tick) {
		o := d.order(rng)
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
func (d *driver) order(rng *rand.Rand) api.Order {
	o := api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": fmt.Sprint("moo ", rng.IntN(4))}, Timeout: 5}
	if n := rng.IntN(20); n < len(sellers) { // more often than not an honest one
		o.Target = node.LocalKey(sellers[n]).Address()
	} else if n < 19 {
		o.Target = node.LocalKey(sellers[n%3]).Address()
	}
	if d.docker && rng.IntN(12) == 0 {
		o.Target, o.Engine = node.LocalKey(unjudgeable).Address(), lilypad.EngineDocker
		o.Scheme, o.AuditBPS = "audit", 10_000 // so that mediators are asked
		return o
	}
	if o.Target == node.LocalKey(wrong).Address() {
		o.Scheme, o.AuditBPS = "audit", 10_000 // so that frauds come up
		return o
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
	late := time.Now().Add(finalBy)
	for next := time.Now().Add(10 * time.Second); ; time.Sleep(tick) {
		if time.Now().After(late) {
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
