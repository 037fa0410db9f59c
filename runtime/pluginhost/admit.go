package pluginhost

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Admit asks which jobs a provider takes: one admission per request, in their
// order. A job is taken at the standing price or below it; one that is
// declined with a price above it would be taken at that.
//
// # Errors
//
// A [Refusal]: no job was judged.
func (p *Plugin) Admit(ctx context.Context, now lilypad.Time, node hostapi.Node, requests []hostapi.Request) ([]hostapi.Admission, error) {
	about, err := node.Append(nil, p.program.minor)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "node", Err: err}
	}
	b := batch{hook: hostapi.HookAdmit, now: now, context: about}
	return each(ctx, p, b, requests, hostapi.DecodeAdmissions, checkPrice)
}

func checkPrice(q hostapi.Request, a hostapi.Admission) *Refusal {
	higher := a.Price > q.StandingPrice
	if a.Price != 0 && higher != (a.Answer == hostapi.AnswerDecline) {
		return refusef(RuleOutput, "%s at %d with a standing price of %d: to take it is to ask for no more, to decline with a price is to ask for more", a.Answer, a.Price, q.StandingPrice)
	}
	return nil
}
