// Package gen writes, from the schema, all code and text that repeats it: the
// host's structs and codec, the SDKs' views, their conformance guests, and the
// tables of SPEC.md.
//
// One file of this package is one [Emitter], so a further language is a
// further file and a line in [Emitters]. What is written is committed; a test
// fails when it is not what the schema says. It is not part of any node.
//
//	go generate ./hostapi
//
// Its place: over hostapi/schema; imported by its own command alone.
package gen
