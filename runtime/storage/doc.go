// Package storage keeps immutable bytes under the digest of their content:
// inputs, results and templates, as blocks and as trees of files.
//
// It does not know whose bytes they are or for how long they are kept. file
// stores them on disk, memory in a map; storagetest is their suite.
//
// A tree is one block that lists files and the blocks of their bytes; its
// digest is the [lilypad.ContentID] that deals sign. The format is in
// docs/adr/0001-content-id.md. Paths, executable bits and bytes are all there
// is to a tree: no times, no owners, no empty folders, no links.
//
//	id, size, err := storage.PutDir(ctx, store, "results")
//	err = storage.Extract(ctx, store, id, "copy", storage.Limits{Size: 1 << 30})
//
// A [Block] carries its digest, so that bytes are hashed once where they enter a
// process and where they leave a disk, and nowhere else. Stores that take and
// give blocks as such are found by assertion: see [PutBlock] and [GetBlock].
//
// It imports only the root package; roles, executors and the node import it.
package storage
