package pluginhost

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Compare tells whether the two trees of each pair are the same result: one
// comparison per pair, in their order. The caller sets the roots, the
// parameters and the engine; the rest is filled in here. Equal roots are
// equal without asking. Every block of the trees must be in store.
//
// # Errors
//
// NotFound when a tree is not in store, a [Refusal] otherwise.
func (p *Plugin) Compare(ctx context.Context, now lilypad.Time, pairs []hostapi.Pair, store storage.Getter) ([]hostapi.Comparison, error) {
	out := make([]hostapi.Comparison, len(pairs))
	for i, pair := range pairs {
		if pair.ARoot == pair.BRoot {
			out[i].Sameness = hostapi.SamenessEqual
			continue
		}
		var err error
		if out[i], err = p.compare(ctx, now, pair, store); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// compare asks about one pair in a call of its own, so that its handles, and
// with them its answer, are the same whatever it is asked with.
func (p *Plugin) compare(ctx context.Context, now lilypad.Time, pair hostapi.Pair, store storage.Getter) (none hostapi.Comparison, err error) {
	b := batch{hook: hostapi.HookCompare, now: now}
	if err := b.content.openPair(ctx, store, &pair); err != nil {
		return none, err
	}
	answers, err := each(ctx, p, b, []hostapi.Pair{pair}, hostapi.DecodeComparisons, checkComparison)
	if err != nil {
		return none, err
	}
	return answers[0], nil
}

func checkComparison(_ hostapi.Pair, c hostapi.Comparison) *Refusal {
	if c.Sameness == hostapi.SamenessEqual && c.Distance != 0 {
		return refusef(RuleOutput, "equal at a distance of %d ppm", c.Distance)
	}
	return nil
}

// openPair opens the trees of a pair and describes them in it.
func (c *content) openPair(ctx context.Context, store storage.Getter, pair *hostapi.Pair) (err error) {
	if store == nil {
		return lilypad.Errorf(lilypad.Invalid, "compare needs a store")
	}
	c.store = store
	if pair.A, err = c.open(ctx, lilypad.ContentID(pair.ARoot)); err != nil {
		return err
	}
	if pair.B, err = c.open(ctx, lilypad.ContentID(pair.BRoot)); err != nil {
		return err
	}
	pair.ASize, pair.AFiles = c.trees[0].Size(), uint32(len(c.trees[0].Files))
	pair.BSize, pair.BFiles = c.trees[1].Size(), uint32(len(c.trees[1].Files))
	return nil
}

// openRecorded opens the trees of a recorded call.
func (c *content) openRecorded(ctx context.Context, store storage.Getter, input []byte) error {
	in, err := hostapi.DecodeCompareInput(input)
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "recorded input", Err: err}
	}
	if len(in.Pairs) != 1 {
		return lilypad.Errorf(lilypad.Invalid, "the input has %d pairs; a recorded one has 1", len(in.Pairs))
	}
	return c.openPair(ctx, store, &in.Pairs[0])
}
