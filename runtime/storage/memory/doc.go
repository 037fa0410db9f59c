// Package memory keeps blocks in a map, for tests and for stores whose content
// may die with the process.
//
//	s := memory.New()
//
// It implements runtime/storage and imports nothing else.
package memory
