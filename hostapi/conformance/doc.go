// Package conformance holds the vectors that every host and every guest SDK
// must agree on, byte for byte: whole calls as values and as bytes, and bytes
// that both must refuse.
//
// A host shows that it writes the input bytes from the values and reads the
// answers from the output bytes; a guest SDK shows that it reads each field of
// the input bytes and writes the output bytes. The files under testdata are
// the contract, this package reads them.
//
//	vectors, err := conformance.Calls()
//
// Its place: over nothing; imported by pluginhost, which loads no plugin that
// they break, and by tests. SDKs read the files.
package conformance
