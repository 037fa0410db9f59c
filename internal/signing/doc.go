// Package signing lets publishers vouch for what they publish: plugins and
// modules have signatures of one form, made with keys of one kind.
//
//	key, err := signing.ReadKey("publisher.pem")
//	text, err := signing.Sign(ctx, key, mediaType, payload, nil)
//	…
//	e, err := signing.Open(text, mediaType, payload)
//	for _, key := range e.Signers() {
//		err := e.SignedBy(ctx, key)
//	}
//
// A signature file is a DSSE envelope (https://github.com/secure-systems-lab/dsse)
// with an Ed25519 signature for each key. Whoever reads one knows already what
// it must be about, and opens it for that alone.
//
// It does not know what is signed, nor whom to trust: runtime/pluginstore and
// modules say the first, the operator the second. It imports the root package
// (ADR 13).
package signing
