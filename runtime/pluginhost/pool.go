package pluginhost

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
	"golang.org/x/sync/semaphore"

	"github.com/lilypad-network/lilypad/runtime/snapshot"
)

// pool is a plugin that runs: its code, the state that every batch begins
// with, and the guests that have it.
//
// A guest belongs to the pool until take or spare hands it out, and then to the caller
// until put, which gives it its first state back, or ends it. So a guest is
// only ever closed by its owner, between calls: closing one inside a call
// would crash the process.
type pool struct {
	program *program
	runtime wazero.Runtime
	code    wazero.CompiledModule
	state   *state
	slots   *semaphore.Weighted // one per guest that is handed out

	mu     sync.Mutex // guards what follows
	free   []*guest   // in their first state, the last one used at the end
	last   time.Time  // of the last call
	closed bool
}

// errUnloaded: the pool ended between its being found and its being used.
// Nobody but [program.take] sees it.
var errUnloaded = refusef(RuleClosed, "it was unloaded")

// spare returns a guest if one is free, and nil otherwise.
func (p *pool) spare() *guest {
	if !p.slots.TryAcquire(1) {
		return nil
	}
	g, _ := p.pop()
	if g == nil {
		p.slots.Release(1)
	}
	return g
}

// take waits for a free slot and returns a guest.
func (p *pool) take(ctx context.Context) (*guest, *Refusal) {
	if !p.slots.TryAcquire(1) {
		if r := p.queue(ctx); r != nil {
			return nil, r
		}
	}
	g, r := p.pop()
	if g == nil && r == nil {
		g, r = p.clone(ctx)
	}
	if r != nil {
		p.slots.Release(1)
	}
	return g, r
}

// pop takes a free guest from the list, if there is one.
func (p *pool) pop() (g *guest, r *Refusal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errUnloaded
	}
	if n := len(p.free); n > 0 {
		g, p.free = p.free[n-1], p.free[:n-1]
	}
	return g, nil
}

func (p *pool) queue(ctx context.Context) *Refusal {
	config := p.program.host.config
	patience, cancel := context.WithTimeout(ctx, config.Wait)
	defer cancel()
	switch err := p.slots.Acquire(patience, 1); {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return cancelled(ctx)
	}
	return refusef(RulePool, "%d calls are running and none ended within %s", config.Calls, config.Wait)
}

// clone makes another guest in the first state.
func (p *pool) clone(ctx context.Context) (*guest, *Refusal) {
	g, r := p.program.instantiate(ctx, p.runtime, p.code)
	if r != nil {
		return nil, r
	}
	if err := g.adopt(p.state); err != nil {
		g.close()
		return nil, systemFault(err)
	}
	return g, nil
}

func systemFault(err error) *Refusal {
	r := refusef(RuleSystem, "%v", err)
	r.Err = err
	return r
}

// put takes a guest back. One that is not sound, because its call did not
// return or its state cannot be restored, is ended; the next call gets another.
func (p *pool) put(g *guest, t *turn) {
	sound := t.discard == ""
	if sound && !p.program.host.config.Unrestored {
		var err error
		switch t.pages, err = g.restore(p.state); {
		case errors.Is(err, snapshot.ErrGrown):
			t.discard = DiscardGrown
		case errors.Is(err, snapshot.ErrMissed):
			t.discard = DiscardMissed
		case err != nil:
			t.discard = DiscardSystem
		}
		sound = err == nil
	}
	if !sound {
		g.close()
	}
	p.mu.Lock()
	if t.began.After(p.last) {
		p.last = t.began
	}
	if t.restored = sound; sound {
		p.free = append(p.free, g)
	}
	p.mu.Unlock()
	p.slots.Release(1)
}

// closeIdle closes the pool if nobody uses it, nor did since.
func (p *pool) closeIdle(since time.Time) bool {
	p.mu.Lock()
	idle := !p.last.After(since)
	p.mu.Unlock()
	if !idle || !p.slots.TryAcquire(p.all()) {
		return false
	}
	p.end()
	return true
}

// close waits for every call to end, and ends all guests.
func (p *pool) close() {
	_ = p.slots.Acquire(context.Background(), p.all()) // it has no other reason to end
	p.end()
}

// all is how many slots there are.
func (p *pool) all() int64 { return int64(p.program.host.config.Calls) }

// end frees everything. Whoever calls it has all slots, and gives them back.
func (p *pool) end() {
	p.mu.Lock()
	p.closed = true
	free := p.free
	p.free = nil
	p.mu.Unlock()
	for _, g := range free {
		g.close()
	}
	p.state.image.Close()
	ctx := context.Background()
	_ = p.code.Close(ctx) // both hold memory only
	_ = p.runtime.Close(ctx)
	p.slots.Release(p.all()) // who waits learns that it is closed
}
