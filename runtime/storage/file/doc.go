// Package file keeps blocks in a folder, one file each, in 256 folders by the
// first byte of their digest.
//
//	s, err := file.Open(filepath.Join(dataDir, "blocks"))
//
// A block is written to a temporary file, synced, renamed to its name, and the
// folder synced: after a crash a block is whole or absent, and one whose Put
// returned is there. Get checks the digest all the same, for disks that lie; a
// damaged block is removed so that it can be stored again. Several processes
// may share a folder.
//
// It implements runtime/storage and is imported by runtime/node alone.
package file
