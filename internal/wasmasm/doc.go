// Package wasmasm puts together WebAssembly modules that no compiler makes:
// the smallest, the strangest, the wrong. It is for tests and for the corpus of
// hostile plugins.
//
// It checks nothing: what it is told to write it writes.
//
//	wasm := wasmasm.Module{Funcs: []wasmasm.Func{{
//		Export: "add", Type: "ii>i",
//		Body: wasmasm.Code(wasmasm.Get(0), wasmasm.Get(1), wasmasm.I32Add),
//	}}}.Bytes()
package wasmasm
