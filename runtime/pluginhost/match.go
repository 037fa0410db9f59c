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
	about, err := job.Append(nil, p.program.minor)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "job", Err: err}
	}
	b := batch{hook: hostapi.HookMatch, now: now, context: about}
	return each(ctx, p, b, offers, hostapi.DecodeScores, func(hostapi.Offer, hostapi.Score) *Refusal { return nil })
}
