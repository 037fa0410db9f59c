// Package memory keeps a journal in a map, for tests and for roles whose state
// may die with the process.
//
//	j := memory.New()
//	defer j.Close()
//
// It implements runtime/journal and imports nothing else.
package memory
