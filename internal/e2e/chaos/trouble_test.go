package chaos_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm/evmtest"
)

// silence takes a role away for a while.
func (d *driver) silence(r *role) {
	d.stop(r)
	d.wake = append(d.wake, waking{r, time.Now().Add(time.Duration(d.rng.IntN(8000)) * time.Millisecond)})
}

// atMost bounds each wait for others in the midst of trouble. What does not
// happen in it happens another time.
const atMost = 15 * time.Second

// without takes all roles of a kind away for longer than they have to act.
func (d *driver) without(ctx context.Context, kind string, meanwhile func(context.Context)) {
	d.t.Helper()
	d.starts.Wait() // none of them comes back meanwhile
	d.wake = slices.DeleteFunc(d.wake, func(w waking) bool { return w.role.is(kind) })
	var gone []*role
	for _, r := range d.roles {
		if r.is(kind) {
			gone = append(gone, r)
			d.stop(r)
		}
	}
	meanwhile(ctx)
	d.leap(ctx)
	for _, r := range gone {
		d.startSoon(r)
	}
}

func (r *role) is(kind string) bool {
	return strings.HasPrefix(r.name, kind) || kind == "creator" && r.config.Creator != nil
}

// leaveUnjudged waits until providers claim what nobody judges. Somebody with
// the creators' keys then doubts a part of it, right or wrong.
func (d *driver) leaveUnjudged(ctx context.Context) {
	d.t.Helper()
	d.advance(ctx, lilypad.Time(window)*4/5) // providers act by themselves in the last quarter
	d.wait(ctx, func() bool {
		for _, deal := range d.in(lilypad.StateOpen) {
			if deal.Deal.Body.Provider != node.LocalKey(silent).Address() {
				return false
			}
		}
		return true
	})
	var doubted []*evmtest.Deal
	for _, deal := range d.in(lilypad.StateSubmitted) {
		if len(doubted) < 6 && d.rng.IntN(2) == 0 {
			d.challenge(ctx, deal)
			doubted = append(doubted, deal)
		}
	}
	d.wait(ctx, func() bool {
		for _, deal := range doubted {
			if now := d.mirror.Deals()[deal.Offer.Body.ID()]; now != nil && now.Status.State != lilypad.StateFinal {
				return false
			}
		}
		return true
	})
}

// leaveUndecided waits until there are cases that nobody decides.
func (d *driver) leaveUndecided(ctx context.Context) {
	d.t.Helper()
	d.wait(ctx, func() bool { return len(d.in(lilypad.StateDrawn)) > 3 })
}

// wait looks at the chain until done, or for a while.
func (d *driver) wait(ctx context.Context, done func() bool) {
	d.t.Helper()
	for end := time.Now().Add(atMost); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(tick) {
		if d.look(ctx); done() {
			return
		}
	}
}

// in are the deals in a state.
func (d *driver) in(state lilypad.State) (deals []*evmtest.Deal) {
	for _, deal := range d.mirror.Deals() {
		if deal.Status.State == state {
			deals = append(deals, deal)
		}
	}
	return deals
}

// challenge doubts a claimed result, right or wrong, in the name of a creator
// that is silent.
func (d *driver) challenge(ctx context.Context, deal *evmtest.Deal) {
	d.t.Helper()
	name := creators[0]
	if deal.Offer.Body.Creator != node.LocalKey(name).Address() {
		name = creators[1]
	}
	queue, stop := d.queue(name)
	defer stop()
	ledger, err := evm.New(ctx, evm.Config{Client: d.client, Queue: queue, Follower: chain.NewFollower(d.client, nil, nil), Contract: d.net.Settlement})
	if err != nil {
		d.t.Fatal(err)
	}
	_, err = ledger.Challenge(ctx, deal.Terms, deal.Facts.Result, seed(node.LocalKey(name), deal.Offer.Body.Nonce))
	if err != nil && lilypad.CodeOf(err) != lilypad.Conflict { // else the time is up, or a receipt was first
		d.t.Errorf("challenge: %v", err)
	}
	d.did["blind challenge"]++
}

func (d *driver) reorganise(ctx context.Context) {
	d.t.Helper()
	const final = 32 // one block in so many cannot be lost
	head := d.head().Number
	depth := min(1+d.rng.IntN([]int{3, 3, 3, 20}[d.rng.IntN(4)]), int(head%final), int(head-d.base))
	if depth < 1 {
		return
	}
	f := devchain.Fork{Depth: depth, Blocks: 1 + d.rng.IntN(depth+2), Forget: d.rng.IntN(2) == 0}
	err := d.chain.Reorganise(ctx, f)
	if lilypad.CodeOf(err) == lilypad.Invalid {
		return // a block came in between
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.did["reorg"]++
	d.did["blocks lost"] += depth
}

// leap passes every deadline that there is.
func (d *driver) leap(ctx context.Context) { d.advance(ctx, lilypad.Time(window)+2) }

func (d *driver) advance(ctx context.Context, by lilypad.Time) {
	d.t.Helper()
	if err := d.chain.Advance(ctx, d.head().Time+by); err != nil {
		d.t.Fatal(err)
	}
}
