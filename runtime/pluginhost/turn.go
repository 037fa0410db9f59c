package pluginhost

import (
	"context"
	"slices"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// question is one call.
type question struct {
	header  hostapi.Header
	context []byte
	items   [][]byte
	input   []byte // a whole message, in place of context and items
	content content
}

// append appends the message.
func (q *question) append(dst []byte) ([]byte, error) {
	if q.input != nil {
		return append(dst, q.input...), nil
	}
	return hostapi.AppendMessage(dst, q.header, q.context, q.items...)
}

// recorded is the question of a recorded input.
func (p *program) recorded(ctx context.Context, input []byte, store storage.Getter) (*question, error) {
	h, _, items, err := hostapi.SplitMessage(input)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "recorded input", Err: err}
	}
	if h.Hook != p.hook || h.Minor != p.minor {
		return nil, lilypad.Errorf(lilypad.Invalid, "the input is for %s.%d; the plugin is for %s.%d", h.Hook, h.Minor, p.hook, p.minor)
	}
	q := &question{input: input, items: items}
	if h.Hook == hostapi.HookCompare {
		err = q.content.openRecorded(ctx, store, input)
	}
	return q, err
}

// turn is one call on its way.
type turn struct {
	keep          bool // input and output
	began         time.Time
	wait, took    time.Duration // for a guest, and from then on
	items, pages  int
	budget, fuel  uint64
	snapshot      lilypad.Hash
	discard       string
	restored      bool // the guest, for the next call
	input, output []byte
}

// end stops its clock.
func (t *turn) end() { t.took = time.Since(t.began) - t.wait }

// turn has a guest answer. check reads the answer, which is the guest's memory.
func (p *program) turn(ctx context.Context, q *question, t *turn, check func(out []byte) *Refusal) *Refusal {
	pool, g, r := p.take(ctx, t)
	if r != nil {
		return r
	}
	defer pool.put(g, t)
	t.snapshot = pool.state.hash
	out, r := g.answer(ctx, q, t)
	if r != nil {
		return r
	}
	if t.keep {
		t.output = slices.Clone(out)
	}
	return check(out)
}

// answer has the hook answer a question.
func (g *guest) answer(ctx context.Context, q *question, t *turn) ([]byte, *Refusal) {
	restored := !g.program.host.config.Unrestored
	if restored {
		g.memory.Begin()
	}
	arena := g.space()
	message, err := q.append(arena[:0])
	if err != nil || len(message) > len(arena) {
		return nil, refusef(RuleInput, "%d bytes for an arena of %d: %v", len(message), len(arena), err)
	}
	if restored {
		start, end := g.bounds()
		g.memory.Finish(start+len(message), end)
	}
	if t.keep || slices.Contains(g.program.granted, hostapi.CapLog) {
		t.input = slices.Clone(message)
	}
	t.items, t.budget = len(q.items), g.program.manifest.Fuel.Budget(len(q.items), len(message))
	g.call.begin(ctx, t.input, q.content)
	g.meter.start(t.budget)
	out, r := g.run(g.hook, len(message))
	t.fuel = g.meter.spent()
	if r != nil && r.Rule != RuleStatus && r.Rule != RuleOutput && r.Rule != RuleInput {
		t.discard = DiscardCall // it did not return
	}
	return out, r
}

// decide asks about one batch, lets check read the answer, and counts and
// records both.
func (p *Plugin) decide(ctx context.Context, q *question, check func(out []byte) *Refusal) *Refusal {
	pr, h := p.program, p.host
	t := turn{began: time.Now()}
	trial, r := pr.breaker.enter(t.began)
	if r != nil {
		pr.tally.count(func(s *Stat) { s.Refusals[r.Rule]++ })
		return r
	}
	told, sampled := h.wanted(ctx), h.sampler.due(t.began)
	t.keep = told || sampled
	r = pr.turn(ctx, q, &t, check)
	t.end()
	pr.tally.add(&t, r)
	if pr.breaker.leave(trial, outcomeOf(r, len(q.items)), r) {
		pr.tally.count(func(s *Stat) { s.Opened++ })
		pr.log.WarnContext(ctx, "plugin fails and is left alone", "why", r.Msg, "for", h.config.Breaker.Cool)
	}
	if !t.keep {
		return r
	}
	d := pr.decision(q, &t, r)
	if sampled {
		h.sampler.take(pr, q.content.store, d, r)
	}
	if told {
		h.config.OnDecision(ctx, d)
	}
	return r
}

// outcomeOf tells whose a refusal is. A status is an orderly way to give none,
// so that a stranger's odd offer has no plugin left alone. That a batch spent
// its fuel says nothing: its items are asked again alone.
func outcomeOf(r *Refusal, items int) outcome {
	switch {
	case r == nil || r.Rule == RuleStatus:
		return answered
	case r.Rule.OfHost() || r.Rule == RuleFuel && items > 1:
		return neutral
	}
	return faulty
}
