// Command cowsay lets a cow say its arguments. It is the module of the first
// job that anyone runs: it needs no file, no GPU and no second.
//
//	$ cowsay hello lilypad
//
// It is a WASI command and a Linux program of the same source, with the same
// output. modules/catalog ships both.
package main
