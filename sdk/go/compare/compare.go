// Package compare is for plugins that say whether two results are the same.
//
//	type sizes struct{}
//
//	func (sizes) Compare(p compare.Pair) compare.Comparison {
//		for d := range p.Differences() {
//			if d.ASize != d.BSize {
//				return compare.Different(1_000_000)
//			}
//		}
//		return compare.Equal()
//	}
//
//	func init() { compare.Register(func(compare.Settings) (compare.Hook, error) { return sizes{}, nil }) }
//	func main() {}
//
// Its manifest asks for tree_diff, and for blob_read if it reads files. The
// host answers for equal trees itself.
package compare

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Settings are the operator's.
type Settings = guest.Settings

// Hook compares one pair. The answer may depend on nothing else: neither on
// other pairs nor on earlier calls.
type Hook interface {
	Compare(p Pair) Comparison
}

// Register names what makes the hook from its settings; an error refuses
// them. Call it from init.
func Register(make func(Settings) (Hook, error)) {
	guest.Register(guest.HookCompare, func(s Settings) (guest.Runner, error) {
		h, err := make(s)
		return func(in, out []byte) int32 { return Run(h, in, out) }, err
	})
}

// Run answers one message for h: the bytes written to out, or a status. A
// plugin's author does not call it; the exported function and plugintest do.
func Run(h Hook, in, out []byte) int32 {
	return guest.Serve(in, out, guest.HookCompare, func(m guest.Message, w *guest.Output) {
		for i := range m.Len() {
			c := h.Compare(Pair{m.Item(i, kindPair, sizePair)})
			c.put(w.Next(sizeComparison))
		}
	})
}

// Equal says that the results are the same.
func Equal() Comparison { return Comparison{Sameness: SamenessEqual} }

// Different says that they are not, and by how much in parts in a million.
func Different(distance uint64) Comparison {
	return Comparison{Sameness: SamenessDifferent, Distance: distance}
}

// Incomparable says that this comparator cannot tell.
func Incomparable() Comparison { return Comparison{Sameness: SamenessIncomparable} }

// Because gives a reason. Words for it are in the manifest.
func (c Comparison) Because(reason uint16) Comparison {
	c.Reason = reason
	return c
}

// At states the distance in parts in a million.
func (c Comparison) At(distance uint64) Comparison {
	c.Distance = distance
	return c
}

// With fills in the reason's arguments.
func (c Comparison) With(arg0, arg1 uint64) Comparison {
	c.Arg0, c.Arg1 = arg0, arg1
	return c
}
