// Package image makes Docker images without Docker: one program, one layer,
// fixed times. The same program gives the same image id on every machine, so a
// deal can pin it without a registry.
//
// It neither builds programs nor talks to an engine: runtime/execution/docker
// loads what [Source] opens.
//
//	id, err := image.ID(image.Program{Name: "cowsay", Binary: b})
package image
