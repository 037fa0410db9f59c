// Package guest is what the hook packages share: the arena that messages lie
// in, views of their records, the exports every plugin has, and the settings.
//
// It is no author's business: an author imports one hook package. All use of
// unsafe in the SDK is in this package and in host, in files for wasm only.
//
//	func Run(h Hook, in, out []byte) int32 {
//		return guest.Serve(in, out, guest.HookMatch, func(m guest.Message, w *guest.Output) { … })
//	}
//
// Its place: under the hook packages; over nothing.
package guest
