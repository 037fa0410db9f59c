// Package file keeps blocks in a folder, one file each, in 256 folders by the
// first byte of their digest.
//
//	s, err := file.Open(filepath.Join(dataDir, "blocks"))
//
// A block is written to a temporary file, synced, renamed to its name, and the
// folder synced: after a crash a block is whole or absent, and one whose Put
// returned is there. Blocks that are put at the same time are synced together,
// which a disk does in little more time than for one. Get checks the digest all
// the same, for disks that lie; a damaged block is removed so that it can be
// stored again.
//
// Full blocks go past the page cache where the system can: they are parts of
// something large, and come back once or twice.
//
// Several processes may share a folder: each holds a shared lock on it as long
// as it lives. Who opens it first finds no lock, and so knows that all temporary
// files are leftovers of a crash.
//
// It implements runtime/storage and is imported by runtime/node alone.
package file
