package pluginhost

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Breaker says when a plugin that fails is left alone. Faults are what a
// plugin does by itself: traps, spent fuel, answers that break the host API. An
// error status is none.
type Breaker struct {
	Faults int           // so many open it; 0: 5; negative: nothing does
	Within time.Duration // when they happen in such a time; 0: 1 min
	Cool   time.Duration // then nothing is asked so long, and after it one trial; 0: 30 s
}

// BreakerState is what a [Breaker] makes of calls.
type BreakerState int32

const (
	BreakerClosed BreakerState = iota // they are made
	BreakerTrial                      // one is being made, or is due
	BreakerOpen                       // they are refused
)

func (s BreakerState) String() string {
	return [...]string{"closed", "trial", "open"}[s]
}

func (s BreakerState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// breaker is the state of a Breaker. Where nothing fails it takes no lock.
type breaker struct {
	config Breaker
	state  atomic.Int32

	mu    sync.Mutex // guards what follows, and changes of state
	times []time.Time
	last  string // fault
	until time.Time
}

// now is the state, in which a trial that is due counts as one.
func (b *breaker) now() BreakerState {
	s := BreakerState(b.state.Load())
	if s != BreakerOpen {
		return s
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !time.Now().Before(b.until) {
		return BreakerTrial
	}
	return s
}

// enter refuses a call, or lets it in; then leave must follow.
func (b *breaker) enter(now time.Time) (trial bool, r *Refusal) {
	if BreakerState(b.state.Load()) == BreakerClosed {
		return false, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	next := "one trial is running"
	switch BreakerState(b.state.Load()) {
	case BreakerClosed:
		return false, nil
	case BreakerOpen:
		if !now.Before(b.until) {
			b.state.Store(int32(BreakerTrial))
			return true, nil
		}
		next = "it is asked again at " + b.until.UTC().Format(time.RFC3339)
	}
	return false, refusef(RuleBreaker, "it failed %d times within %s and %s; at last: %s", b.config.Faults, b.config.Within, next, b.last)
}

// outcome is what a call says about its plugin.
type outcome int

const (
	answered outcome = iota
	faulty
	neutral // it ended for another reason
)

// leave learns how a call went that enter let in, and tells when that opens
// the breaker.
func (b *breaker) leave(trial bool, o outcome, r *Refusal) (opened bool) {
	if !trial && o != faulty || b.config.Faults < 0 {
		return false
	}
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case o == faulty:
		b.last = fmt.Sprintf("%s: %s", r.Rule, r.Msg)
		b.times = append(b.times, now)
		if len(b.times) > b.config.Faults {
			b.times = b.times[1:]
		}
		often := len(b.times) == b.config.Faults && now.Sub(b.times[0]) <= b.config.Within
		if trial || often && BreakerState(b.state.Load()) == BreakerClosed {
			b.until = now.Add(b.config.Cool)
			b.state.Store(int32(BreakerOpen))
			return true
		}
	case o == answered:
		b.times = nil
		b.state.Store(int32(BreakerClosed))
	default: // the next call is the trial
		b.state.Store(int32(BreakerOpen))
	}
	return false
}
