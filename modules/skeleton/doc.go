// Package skeleton writes the folder that a module begins as: a small program
// in Go that greets, its template, a README and, for a container, a Dockerfile.
//
//	files, err := skeleton.Write(dir, lilypad.EngineWasm)
//
// It runs no compiler and knows no catalog: the program builds what is written,
// and the folder is a module like any other. It imports the root package alone.
package skeleton
