// Package snapshot gives linear memory back the content that it had at one
// moment, at the price of the pages that were written since.
//
// It knows bytes and pages, and no wasm engine: a [Memory] has the methods
// that an engine's allocator asks for. What else a state consists of, such as
// globals, is its caller's.
//
//	first := snapshot.Reserve(limit)
//	… // the engine runs in first
//	image, err := first.Freeze(snapshot.Options{})
//	…
//	clone := snapshot.Reserve(limit)
//	… // the engine grows clone to image.Size()
//	err = clone.Attach(image)
//	… // the engine writes to clone
//	pages, err := clone.Restore()
//
// A part of the memory that its user overwrites before each run, such as a
// buffer for messages, need not be restored twice: RestoreExcept leaves it out,
// and Finish restores what was not overwritten.
//
// On Linux the image is a sealed file in memory that all clones map privately,
// so equal pages are there once, and a written page is one that stopped being
// the file's: the kernel tells which ([Methods]). Elsewhere all is copied.
//
// Its place: a leaf; runtime/pluginhost imports it.
package snapshot
