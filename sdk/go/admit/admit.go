// Package admit is for plugins that choose which jobs a provider takes.
//
//	type small struct{}
//
//	func (small) Admit(n admit.Node, r admit.Request) admit.Admission {
//		if r.Disk() > 1000 {
//			return admit.Decline(TooLarge).With(r.Disk(), 1000)
//		}
//		return admit.Take()
//	}
//
//	func init() { admit.Register(func(admit.Settings) (admit.Hook, error) { return small{}, nil }) }
//	func main() {}
//
// Nodes and requests are views: keep none after Admit returns.
package admit

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Settings are the operator's.
type Settings = guest.Settings

// Hook answers one request. The answer may depend on nothing else: neither on
// other requests nor on earlier calls.
type Hook interface {
	Admit(n Node, r Request) Admission
}

// Register names what makes the hook from its settings; an error refuses
// them. Call it from init.
func Register(make func(Settings) (Hook, error)) {
	guest.Register(guest.HookAdmit, func(s Settings) (guest.Runner, error) {
		h, err := make(s)
		return func(in, out []byte) int32 { return Run(h, in, out) }, err
	})
}

// Run answers one message for h: the bytes written to out, or a status. A
// plugin's author does not call it; the exported function and plugintest do.
func Run(h Hook, in, out []byte) int32 {
	return guest.Serve(in, out, guest.HookAdmit, func(m guest.Message, w *guest.Output) {
		n := Node{m.Context(kindNode, sizeNode)}
		for i := range m.Len() {
			a := h.Admit(n, Request{m.Item(i, kindRequest, sizeRequest)})
			a.put(w.Next(sizeAdmission))
		}
	})
}

// Take accepts the job at the standing price.
func Take() Admission { return Admission{Answer: AnswerTake} }

// Decline leaves the job to others. Words for the reason are in the manifest.
func Decline(reason uint16) Admission { return Admission{Answer: AnswerDecline, Reason: reason} }

// At names a price in micro-LILY: to take for less than the standing price,
// or to decline unless the solver ranks this provider again with more.
func (a Admission) At(price uint64) Admission {
	a.Price = price
	return a
}

// With fills in the reason's arguments.
func (a Admission) With(arg0, arg1 uint64) Admission {
	a.Arg0, a.Arg1 = arg0, arg1
	return a
}
