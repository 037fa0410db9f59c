package pluginhost

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Allow asks which modules may be sold, bought or run: one ruling per module,
// in their order.
//
// # Errors
//
// A [Refusal]: no module was judged.
func (p *Plugin) Allow(ctx context.Context, now lilypad.Time, modules []hostapi.Module) ([]hostapi.Ruling, error) {
	b := batch{hook: hostapi.HookAllow, now: now}
	return each(ctx, p, b, modules, hostapi.DecodeRulings, func(hostapi.Module, hostapi.Ruling) *Refusal { return nil })
}
