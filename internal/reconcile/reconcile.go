package reconcile

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
)

// Step does the next thing for a key. It is run again after the returned
// duration, or only after the next Wake if that is zero. An error is logged
// and the step is retried, later and later; it is never run twice at once for
// the same key.
type Step[K comparable] func(ctx context.Context, key K) (again time.Duration, err error)

const (
	firstRetry = 250 * time.Millisecond
	lastRetry  = 15 * time.Second
)

// Group runs steps. Safe for concurrent use.
type Group[K comparable] struct {
	log  *slog.Logger
	step Step[K]

	mu   sync.Mutex // guards what follows
	ctx  context.Context
	keys map[K]*entry
	wg   sync.WaitGroup
}

type entry struct {
	running, woken bool
	retry          time.Duration
	timer          *time.Timer
}

// New returns a group that is not running yet; Wake may be called already.
func New[K comparable](log *slog.Logger, step Step[K]) *Group[K] {
	return &Group[K]{log: log, step: step, keys: map[K]*entry{}}
}

// Run starts the steps and returns when ctx has ended and the last has returned.
func (g *Group[K]) Run(ctx context.Context) error {
	g.mu.Lock()
	g.ctx = ctx
	for key, e := range g.keys {
		g.start(key, e)
	}
	g.mu.Unlock()
	<-ctx.Done()
	g.mu.Lock()
	for _, e := range g.keys {
		if e.timer != nil {
			e.timer.Stop()
		}
	}
	g.mu.Unlock()
	g.wg.Wait()
	return nil
}

// Wake runs the key's step soon, once more if it is running now.
func (g *Group[K]) Wake(key K) {
	g.mu.Lock()
	defer g.mu.Unlock()
	e := g.keys[key]
	if e == nil {
		e = &entry{}
		g.keys[key] = e
	}
	e.woken = true
	g.start(key, e)
}

// WakeIn is Wake after a while.
func (g *Group[K]) WakeIn(key K, d time.Duration) { time.AfterFunc(d, func() { g.Wake(key) }) }

// start needs g.mu.
func (g *Group[K]) start(key K, e *entry) {
	if e.running || !e.woken || g.ctx == nil || g.ctx.Err() != nil {
		return
	}
	if e.timer != nil {
		e.timer.Stop()
		e.timer = nil
	}
	e.running, e.woken = true, false
	g.wg.Go(func() { g.run(key, e) })
}

func (g *Group[K]) run(key K, e *entry) {
	again, err := g.step(g.ctx, key)
	g.mu.Lock()
	defer g.mu.Unlock()
	e.running = false
	if g.ctx.Err() != nil {
		return
	}
	if err != nil {
		e.retry = min(max(2*e.retry, firstRetry), lastRetry)
		again = e.retry
		g.log.Warn("step will be retried", "key", key, "code", lilypad.CodeOf(err), "in", again, "error", err)
	} else {
		e.retry = 0
	}
	switch {
	case e.woken && err == nil:
		g.start(key, e)
	case again > 0:
		e.timer = time.AfterFunc(again, func() { g.Wake(key) })
	case !e.woken:
		delete(g.keys, key)
	}
}
