// Package hostapi is the host's side of what a node and a plugin promise each
// other: records and their bytes, messages, the names a plugin exports and
// imports, settings, manifests. SPEC.md is the promise, RATIONALE.md its
// reasons.
//
// It moves bytes and runs nothing: no WebAssembly runtime, no types of the
// market. A record is a plain struct; who owns the market's meaning fills it.
// Most of the package is generated from schema, together with the guest SDKs.
//
//	in := hostapi.MatchInput{Job: job, Offers: offers}
//	message, err := in.Append(nil, minor)
//	…
//	scores, err := hostapi.DecodeScores(out)
//
// Its place: a leaf. runtime/pluginhost speaks it; plugins and the command
// line read manifests by it.
package hostapi

//go:generate go run ./gen/cmd
