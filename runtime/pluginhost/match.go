package pluginhost

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Match scores offers for a job: one score per offer, in their order.
//
// # Errors
//
// A [Refusal]: no offer was judged.
func (p *Plugin) Match(ctx context.Context, now lilypad.Time, job hostapi.Job, offers []hostapi.Offer) ([]hostapi.Score, error) {
	s := scratches.Get().(*scratch)
	defer s.free()
	if err := encode(p, s, offers); err != nil {
		return nil, err
	}
	return p.MatchStored(ctx, now, job, s.items)
}

// MatchStored is Match for offers as their Append stored them, in the minor
// version of the plugin, with what depends on the job patched. They are copied
// once, into the plugin.
//
// # Errors
//
// A [Refusal]: no offer was judged.
func (p *Plugin) MatchStored(ctx context.Context, now lilypad.Time, job hostapi.Job, offers [][]byte) ([]hostapi.Score, error) {
	s := scratches.Get().(*scratch)
	defer s.free()
	about, err := job.Append(s.buf, p.program.minor)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "job", Err: err}
	}
	s.buf = about
	b := batch{hook: hostapi.HookMatch, now: now, context: about, items: offers}
	return records(ctx, p, b, hostapi.DecodeScores, nil)
}

// Minor is the minor version of the host API that its items are stored in.
func (p *Plugin) Minor() uint16 { return p.program.minor }
