// Package storagetest is the contract of runtime/storage as a suite. An
// implementation's test calls it and adds only what is its own, such as damage
// on disk.
//
//	storagetest.Run(t, func(t *testing.T) storage.Store { return memory.New() })
//	storagetest.RunLister(t, memory.New())
package storagetest
