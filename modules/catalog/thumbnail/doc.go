// Command thumbnail makes a small PNG of an image in /inputs and writes it to
// /outputs, with a JSON file of facts.
//
//	$ thumbnail -width 128 -file photos/cat.jpg
//
// It reads PNG, JPEG and GIF (the first frame). It is a WASI command and a
// Linux program of the same source; on wasm and amd64, where Go rounds every
// floating-point step alike, both write the same bytes.
package main
