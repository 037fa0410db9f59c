package vary

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/cases"
)

// Scheme is asked what follows from each case.
type Scheme func(ctx context.Context, now lilypad.Time, c []hostapi.Case) ([][]hostapi.Action, error)

// Play runs random cases with a scheme until it was shown at least n
// transcripts, and returns them. Providers and mediators, whether they answer
// and what, are drawn by lot; so are the amounts, parameters and deadlines.
//
// # Errors
//
// What the scheme returned, or what it did that ends a case without a
// verdict, with the case as far as it got.
func Play(ctx context.Context, r *rand.Rand, phases []hostapi.Phase, params []string, n int, s Scheme) ([]hostapi.Case, error) {
	var seen []hostapi.Case
	for len(seen) < n {
		g := &game{Rand: r, scheme: s}
		g.begin(phases[r.IntN(len(phases))], params)
		err := g.play(ctx)
		seen = append(seen, g.seen...)
		if err != nil {
			return seen, err
		}
	}
	return seen, nil
}

// game is one case and the world around it.
type game struct {
	*rand.Rand
	scheme Scheme
	c      hostapi.Case
	seen   []hostapi.Case
}

func (g *game) begin(phase hostapi.Phase, params []string) {
	random{g.Rand}.fill(reflect.ValueOf(&g.c).Elem())
	c := &g.c
	if g.IntN(8) == 0 {
		end{most: true}.fill(reflect.ValueOf(c).Elem())
	}
	c.Opened = 1_700_000_000 + g.Uint64N(1000)
	c.Now, c.Deadline = c.Opened, c.Opened+1+g.Uint64N(1000)
	c.Phase, c.Challenged, c.Events = phase, hostapi.Opt[uint64]{}, nil
	c.AuditRate, c.MaxRuns = g.Uint32N(10_001), g.Uint32N(17)
	c.Params = drawParams(g.Rand, params)
	provider := g.party(hostapi.StandingProvider)
	if phase == hostapi.PhaseMediation {
		c.Challenged = hostapi.Some(c.Opened)
	}
	if phase == hostapi.PhaseReview || g.IntN(3) == 0 {
		cases.AddResult(c, lilypad.Time(c.Opened), hostapi.None, provider, g.result())
	}
}

func (g *game) party(s hostapi.Standing) uint32 {
	return cases.AddParty(&g.c, lilypad.Time(g.c.Now), g.draw(s))
}

func (g *game) draw(s hostapi.Standing) (p hostapi.Party) {
	random{g.Rand}.fill(reflect.ValueOf(&p).Elem())
	p.Standing = s
	return p
}

// result is one of few, so that some agree.
func (g *game) result() (res hostapi.Result) {
	random{g.Rand}.fill(reflect.ValueOf(&res).Elem())
	res.Content = hostapi.Bytes32{byte(1 + g.IntN(2)*g.IntN(3))}
	return res
}

// play lets things happen until the scheme decides. At the deadline it must.
func (g *game) play(ctx context.Context) error {
	run := cases.Runner{Scheme: g, Comparator: g, Order: func(context.Context, hostapi.Action) (hostapi.Party, error) {
		if g.c.Phase == hostapi.PhaseMediation {
			return g.draw(hostapi.StandingMediator), nil
		}
		return g.draw(hostapi.StandingReplica), nil
	}}
	deadline := lilypad.Time(g.c.Deadline)
	for now := lilypad.Time(g.c.Opened); ; now = min(now+lilypad.Time(g.Uint64N(200)), deadline) {
		d, err := run.Advance(ctx, now, &g.c)
		if d != nil || err != nil {
			return err
		}
		if now == deadline {
			return lilypad.Errorf(lilypad.Invalid, "at its deadline the case has no verdict")
		}
		g.happen(now)
	}
}

// happen adds the answer to an order, or the provider's result, or nothing.
func (g *game) happen(now lilypad.Time) {
	open := cases.Open(&g.c)
	if len(open) == 0 || g.IntN(8) == 0 {
		if g.IntN(4) == 0 {
			cases.AddResult(&g.c, now, hostapi.None, 0, g.result())
		}
		return
	}
	o := open[g.IntN(len(open))]
	if g.IntN(5) == 0 {
		cases.AddMissing(&g.c, now, o.Key, o.Who, hostapi.Absence(1+g.IntN(3)))
		return
	}
	cases.AddResult(&g.c, now, o.Key, o.Who, g.result())
}

// Decide shows the case to the scheme and remembers it.
func (g *game) Decide(ctx context.Context, in hostapi.MediateInput) ([]hostapi.Action, []byte, []byte, error) {
	c := in.Cases[0]
	c.Events = slices.Clone(c.Events)
	g.seen = append(g.seen, c)
	plans, err := g.scheme(ctx, lilypad.Time(in.Now), in.Cases)
	if err != nil {
		return nil, nil, nil, err
	}
	return plans[0], nil, nil, nil
}

// Replay is never asked for: no transcript of a game is kept.
func (g *game) Replay(context.Context, []byte) ([]byte, error) {
	return nil, lilypad.Errorf(lilypad.Invalid, "a game has no transcript")
}

// Compare draws what a comparator would say.
func (g *game) Compare(context.Context, lilypad.Time, lilypad.ContentID, lilypad.ContentID, []lilypad.Param) (hostapi.Comparison, error) {
	c := hostapi.Comparison{Sameness: hostapi.Sameness(1 + g.IntN(3))}
	if c.Sameness == hostapi.SamenessDifferent {
		c.Distance = random{g.Rand}.number(64)
	}
	return c, nil
}
