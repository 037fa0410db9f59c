package pluginhost

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"

	"github.com/lilypad-network/lilypad/runtime/storage"
)

// referee is a plugin's code for the interpreter, which shares nothing with
// the compiler but the parser.
type referee struct {
	runtime wazero.Runtime
	code    wazero.CompiledModule
}

// Referee is Replay by the interpreter, in an instance that goes through its
// whole start. Output, fuel and snapshot must be those of the decision. It
// takes some fifty times as long.
//
// # Errors
//
// As of [Plugin.Replay].
func (p *Plugin) Referee(ctx context.Context, input []byte, store storage.Getter) (Decision, error) {
	return p.program.arbitrate(ctx, input, store)
}

func (p *program) arbitrate(ctx context.Context, input []byte, store storage.Getter) (Decision, error) {
	q, err := p.recorded(ctx, input, store)
	if err != nil {
		return Decision{}, err
	}
	t := turn{began: time.Now(), keep: true}
	r := p.interpret(ctx, q, &t)
	t.end()
	d := p.decision(q, &t, r)
	return d, d.Err
}

func (p *program) interpret(ctx context.Context, q *question, t *turn) *Refusal {
	if r := p.lock(ctx); r != nil {
		return r
	}
	defer p.unlock()
	g, r := p.slow(ctx)
	if r != nil {
		return r
	}
	defer g.close()
	t.snapshot = g.digest()
	out, r := g.answer(ctx, q, t)
	t.output = bytes.Clone(out)
	return r
}

// slow makes a guest of the interpreter.
func (p *program) slow(ctx context.Context) (*guest, *Refusal) {
	if p.referee == nil {
		wasm, r := p.rewritten(ctx)
		if r != nil {
			return nil, r
		}
		runtime, code, r := p.compile(ctx, wazero.NewRuntimeConfigInterpreter(), wasm)
		if r != nil {
			return nil, r
		}
		p.referee = &referee{runtime, code}
	}
	return p.fresh(ctx, p.referee.runtime, p.referee.code)
}

// dismiss frees the referee. The caller has the gate.
func (p *program) dismiss() {
	if p.referee != nil {
		_ = p.referee.runtime.Close(context.Background()) // memory only
		p.referee = nil
	}
}

// Disagreement is a decision that the referee does not confirm. Either the
// engine, the restoring of memory, or the machine is broken.
type Disagreement struct{ Decision, Referee Decision }

// sampler has some decisions run again in the background, one at a time, as
// far as their share of the processors allows.
type sampler struct {
	host  *Host
	share float64
	cases chan func(context.Context)

	mu    sync.Mutex // guards what follows
	next  time.Time  // not before
	began bool       // one is running or queued
}

// due tells whether the next decision is to be taken. Take must follow.
func (s *sampler) due(now time.Time) bool {
	if s.share == 0 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.began || now.Before(s.next) {
		return false
	}
	s.began = true
	return true
}

// finish ends a case that took so long, and sets when the next may begin.
func (s *sampler) finish(took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rest := float64(took) / (s.share * float64(runtime.NumCPU()))
	s.began, s.next = false, time.Now().Add(time.Duration(rest))
}

// maxRefereed is the most fuel of a decision that is sampled: seconds of the
// interpreter.
const maxRefereed = 50_000_000

// take has a decision of a program run again, unless that takes too long, or
// it ended for a reason that is not in the plugin.
func (s *sampler) take(p *program, store storage.Getter, d Decision, r *Refusal) {
	if d.Record.Fuel > maxRefereed || r != nil && r.Rule.OfHost() || !s.host.hold(p) {
		s.finish(0)
		return
	}
	s.cases <- func(ctx context.Context) { // it has room for one, and one is due at a time
		defer s.host.release(p)
		s.judge(ctx, p, store, d)
	}
}

func (s *sampler) judge(ctx context.Context, p *program, store storage.Getter, d Decision) {
	judged, err := p.arbitrate(ctx, d.Input, store)
	if p.lock(ctx) == nil {
		p.dismiss() // some 50 MB for a Go plugin, and rarely needed
		p.unlock()
	}
	s.finish(judged.Duration)
	if r, refused := errors.AsType[*Refusal](err); refused && r.Rule.OfHost() {
		return
	}
	agreed := judged.Record == d.Record
	p.tally.count(func(s *Stat) {
		s.Refereed++
		s.RefereeTime += judged.Duration
		if !agreed {
			s.Disagreed++
		}
	})
	if on := s.host.config.OnDisagreement; !agreed && on != nil {
		on(Disagreement{d, judged})
	}
}

func (s *sampler) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case judge := <-s.cases:
			judge(ctx)
		}
	}
}
