// Package mediate is for schemes: plugins that say how a result is verified.
//
//	type trusting struct{}
//
//	func (trusting) Decide(c mediate.Case) mediate.Plan {
//		if _, ok := c.Claim(); ok {
//			return mediate.Verdict(mediate.Upheld)
//		}
//		return c.Wait()
//	}
//
//	func init() { mediate.Register(func(mediate.Settings) (mediate.Hook, error) { return trusting{}, nil }) }
//	func main() {}
//
// Decide is called again after each event with all events so far, so a scheme
// keeps no state and a replay needs nothing but the events. What it asks for
// has a key that follows from the case alone, and is done once.
package mediate

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Settings are the operator's.
type Settings = guest.Settings

// Hook decides what comes next in one case. The answer may depend on nothing
// else: neither on other cases nor on earlier calls.
type Hook interface {
	Decide(c Case) Plan
}

// Register names what makes the hook from its settings; an error refuses
// them. Call it from init.
func Register(make func(Settings) (Hook, error)) {
	guest.Register(guest.HookMediate, func(s Settings) (guest.Runner, error) {
		h, err := make(s)
		return func(in, out []byte) int32 { return Run(h, in, out) }, err
	})
}

// Run answers one message for h: the bytes written to out, or a status. A
// plugin's author does not call it; the exported function and plugintest do.
func Run(h Hook, in, out []byte) int32 {
	return guest.Serve(in, out, guest.HookMediate, func(m guest.Message, w *guest.Output) {
		for i := range m.Len() {
			for _, a := range h.Decide(openCase(m.Item(i, kindCase, sizeCase))).actions {
				a.Item = uint32(i)
				a.put(w.Next(sizeAction))
			}
		}
	})
}

// The outcomes of a verdict.
const (
	Upheld = OutcomeUpheld // the result is right
	Late   = OutcomeLate   // right, but it came only after the challenge
	Refund = OutcomeRefund // not payable, fraud not proven
	Fraud  = OutcomeFraud  // wrong, or withheld
)

// None is the position of no event.
const None = 1<<32 - 1
