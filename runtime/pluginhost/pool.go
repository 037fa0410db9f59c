package pluginhost

import (
	"context"
	"sync"
	"time"
)

// pool owns the guests of a plugin. A guest belongs to the pool until take
// hands it out, then to the caller until put, which ends it: a guest serves
// one batch, so that no answer depends on an earlier one. Meanwhile the pool
// starts its successor. A guest is only ever closed by its owner, between
// calls: closing one inside a call would crash the process.
//
// The snapshot pool takes this place by giving guests back their first state
// instead of ending them.
type pool struct {
	start  func(context.Context) (*guest, *Refusal)
	wait   time.Duration
	slots  chan struct{} // one token per guest that is handed out
	spares chan *guest
	used   chan struct{} // wakes refill
	cancel context.CancelFunc
	ctx    context.Context // ends with close
	owned  sync.WaitGroup  // refill
}

func newPool(size int, wait time.Duration, first *guest, start func(context.Context) (*guest, *Refusal)) *pool {
	ctx, cancel := context.WithCancel(context.Background())
	p := &pool{
		start: start, wait: wait, ctx: ctx, cancel: cancel,
		slots:  make(chan struct{}, size),
		spares: make(chan *guest, 1),
		used:   make(chan struct{}, 1),
	}
	p.spares <- first
	p.owned.Go(p.refill)
	return p
}

// take waits for a free slot and returns a guest.
func (p *pool) take(ctx context.Context) (*guest, *Refusal) {
	timeout := time.NewTimer(p.wait)
	defer timeout.Stop()
	select {
	case p.slots <- struct{}{}:
	case <-p.ctx.Done():
		return nil, refusef(RuleClosed, "it was closed")
	case <-timeout.C:
		return nil, refusef(RulePool, "%d calls are running and none ended within %s", cap(p.slots), p.wait)
	case <-ctx.Done():
		return nil, cancelled(ctx)
	}
	defer p.wake()
	select {
	case g := <-p.spares:
		return g, nil
	default:
	}
	g, r := p.start(ctx)
	if r != nil {
		<-p.slots
	}
	return g, r
}

// put ends a guest that take handed out.
func (p *pool) put(g *guest) {
	g.close()
	<-p.slots
}

func (p *pool) wake() {
	select {
	case p.used <- struct{}{}:
	default: // refill is awake
	}
}

// refill keeps a spare guest ready. One that does not start is left to the
// next caller, who is told why.
func (p *pool) refill() {
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-p.used:
		}
		if len(p.spares) > 0 {
			continue
		}
		if g, r := p.start(p.ctx); r == nil {
			p.spares <- g // nobody else fills it
		}
	}
}

// close waits for every call to end, and ends all guests.
func (p *pool) close() {
	p.cancel()
	p.owned.Wait()
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	select {
	case g := <-p.spares:
		g.close()
	default:
	}
}
