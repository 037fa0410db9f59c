package storage

import (
	"context"

	"github.com/lilypad-network/lilypad"
)

// MaxBlock is the largest block, in bytes. Bigger files are cut into blocks.
const MaxBlock = 1 << 20

// Store keeps blocks by their SHA-256 digest. Safe for concurrent use.
type Store interface {
	Putter
	Getter
	Deleter
}

// Putter takes blocks in.
type Putter interface {
	// Put stores a block of at most MaxBlock bytes and returns its digest.
	// Storing it again is no error. Durable when it returns; the slice is not
	// kept. Invalid for a larger block.
	Put(ctx context.Context, block []byte) (lilypad.Hash, error)
}

// Getter gives blocks out.
type Getter interface {
	// Get returns a block whose content has been checked against id. The slice
	// is the caller's. NotFound when it is not here.
	Get(ctx context.Context, id lilypad.Hash) ([]byte, error)
	// Has tells whether a block is here, without reading it.
	Has(ctx context.Context, id lilypad.Hash) (bool, error)
}

// Deleter forgets blocks.
type Deleter interface {
	// Delete removes a block; one that is not there is no error.
	Delete(ctx context.Context, id lilypad.Hash) error
}

// CheckBlock refuses what no store may take.
//
// # Errors
//
// Invalid for more than MaxBlock bytes.
func CheckBlock(block []byte) error {
	if len(block) > MaxBlock {
		return lilypad.Errorf(lilypad.Invalid, "block of %d bytes is larger than %d", len(block), MaxBlock)
	}
	return nil
}

// NotFound is what a Getter returns for a block that is not here.
func NotFound(id lilypad.Hash) error {
	return lilypad.Errorf(lilypad.NotFound, "block %s is not here", id)
}
