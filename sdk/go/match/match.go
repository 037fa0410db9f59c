// Package match is for plugins that rank the offers a job can have.
//
//	type cheapest struct{}
//
//	func (cheapest) Score(j match.Job, o match.Offer) match.Score {
//		return match.Rank(int64(j.MaxPrice() - o.Price()))
//	}
//
//	func init() { match.Register(func(match.Settings) (match.Hook, error) { return cheapest{}, nil }) }
//	func main() {}
//
// The solver has already dropped every offer that cannot run the job. Offers
// and jobs are views: keep no view after Score returns. One package per hook
// holds its one export, so a plugin has exactly the hooks that it imports.
package match

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Settings are the operator's.
type Settings = guest.Settings

// Hook scores one offer for a job. The answer may depend on nothing else:
// neither on other offers nor on earlier calls.
type Hook interface {
	Score(j Job, o Offer) Score
}

// Register names what makes the hook from its settings; an error refuses
// them. Call it from init.
func Register(make func(Settings) (Hook, error)) {
	guest.Register(guest.HookMatch, func(s Settings) (guest.Runner, error) {
		h, err := make(s)
		return func(in, out []byte) int32 { return Run(h, in, out) }, err
	})
}

// Run answers one message for h: the bytes written to out, or a status. A
// plugin's author does not call it; the exported function and plugintest do.
func Run(h Hook, in, out []byte) int32 {
	return guest.Serve(in, out, guest.HookMatch, func(m guest.Message, w *guest.Output) {
		j := Job{m.Context(kindJob, sizeJob)}
		for i := range m.Len() {
			s := h.Score(j, Offer{m.Item(i, kindOffer, sizeOffer)})
			s.put(w.Next(sizeScore))
		}
	})
}

// Rank puts the offer above all with a lower score.
func Rank(score int64) Score { return Score{Decision: DecisionRank, Score: score} }

// Refuse keeps the offer from the job. Words for the reason are in the
// manifest.
func Refuse(reason uint16) Score { return Score{Decision: DecisionRefuse, Reason: reason} }

// Abstain leaves the offer in the solver's own order.
func Abstain() Score { return Score{Decision: DecisionAbstain} }

// With fills in the reason's arguments.
func (s Score) With(arg0, arg1 uint64) Score {
	s.Arg0, s.Arg1 = arg0, arg1
	return s
}

// Because gives a reason to a rank, too.
func (s Score) Because(reason uint16) Score {
	s.Reason = reason
	return s
}
