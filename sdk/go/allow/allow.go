// Package allow is for plugins that say which modules may run.
//
//	type signedOnly struct{}
//
//	func (signedOnly) Rule(m allow.Module) allow.Ruling {
//		if len(m.Signers()) == 0 {
//			return allow.Deny(1).Because(Unsigned)
//		}
//		return allow.Abstain()
//	}
//
//	func init() { allow.Register(func(allow.Settings) (allow.Hook, error) { return signedOnly{}, nil }) }
//	func main() {}
//
// Modules are views: keep none after Rule returns.
package allow

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Settings are the operator's.
type Settings = guest.Settings

// Hook rules on one module. The answer may depend on nothing else: neither on
// other modules nor on earlier calls.
type Hook interface {
	Rule(m Module) Ruling
}

// Register names what makes the hook from its settings; an error refuses
// them. Call it from init.
func Register(make func(Settings) (Hook, error)) {
	guest.Register(guest.HookAllow, func(s Settings) (guest.Runner, error) {
		h, err := make(s)
		return func(in, out []byte) int32 { return Run(h, in, out) }, err
	})
}

// Run answers one message for h: the bytes written to out, or a status. A
// plugin's author does not call it; the exported function and plugintest do.
func Run(h Hook, in, out []byte) int32 {
	return guest.Serve(in, out, guest.HookAllow, func(m guest.Message, w *guest.Output) {
		for i := range m.Len() {
			r := h.Rule(Module{m.Item(i, kindModule, sizeModule)})
			r.put(w.Next(sizeRuling))
		}
	})
}

// Allow lets the module run by a rule, counted from 1.
func Allow(rule uint32) Ruling { return Ruling{Permission: PermissionAllow, Rule: rule} }

// Deny keeps the module out by a rule, counted from 1; 0 when it is by none.
func Deny(rule uint32) Ruling { return Ruling{Permission: PermissionDeny, Rule: rule} }

// Abstain leaves the module to the next plugin.
func Abstain() Ruling { return Ruling{Permission: PermissionAbstain} }

// Because gives a reason. Words for it are in the manifest.
func (r Ruling) Because(reason uint16) Ruling {
	r.Reason = reason
	return r
}

// With fills in the reason's arguments.
func (r Ruling) With(arg0, arg1 uint64) Ruling {
	r.Arg0, r.Arg1 = arg0, arg1
	return r
}
