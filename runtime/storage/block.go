package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"sync"

	"github.com/lilypad-network/lilypad"
)

// Block is bytes with their digest. It can only be made by hashing them, so
// that within a process nobody need hash a block twice: whoever takes it in
// from elsewhere does, and hands it on as a Block. The bytes never change.
type Block struct {
	id    lilypad.Hash
	bytes []byte
	lent  *buffer // where the bytes are, if they are the pool's
}

// NewBlock hashes b, which nobody may change from now on.
func NewBlock(b []byte) Block { return Block{id: sha256.Sum256(b), bytes: b} }

// ID is the digest.
func (b Block) ID() lilypad.Hash { return b.id }

// Bytes are the content, to be read only.
func (b Block) Bytes() []byte { return b.bytes }

// buffer has room for a full block and the byte that shows that one is too long.
type buffer [MaxBlock + 1]byte

// buffers are used again: to make and clear one for each block cost a fifth
// of the processor time of a large result.
var buffers = sync.Pool{New: func() any { return new(buffer) }}

// FillBlock hashes what fill puts into a buffer of size bytes, of which it
// returns how many it has filled. [Block.Free] gives a large buffer back.
func FillBlock(size int, fill func([]byte) (int, error)) (Block, error) {
	if size <= MaxBlock/2 || size > len(buffer{}) {
		b := make([]byte, size)
		n, err := fill(b)
		if err != nil {
			return Block{}, err
		}
		return NewBlock(b[:n]), nil
	}
	lent := buffers.Get().(*buffer)
	n, err := fill(lent[:size:size])
	switch {
	case err != nil: // who was to fill it may not be done with it
		return Block{}, err
	case n <= MaxBlock/2: // not worth all that memory while it lives
		defer buffers.Put(lent)
		return NewBlock(bytes.Clone(lent[:n])), nil
	}
	b := NewBlock(lent[:n:n])
	b.lent = lent
	return b, nil
}

// Free lets the memory of a block from [FillBlock] be used again: nobody may read
// or free any copy of it from now on. Others are left as they are. Who does not
// call it leaves the memory to the garbage collector.
func (b Block) Free() {
	if b.lent != nil {
		buffers.Put(b.lent)
	}
}

// BlockPutter is what a Putter may be too, to save it the hashing.
type BlockPutter interface {
	// PutBlock is Put of what is hashed already. The bytes are not kept.
	PutBlock(ctx context.Context, b Block) error
}

// BlockGetter is what a Getter may be too, to save others the hashing.
type BlockGetter interface {
	// GetBlock is Get with the digest that was checked. The caller may free it.
	GetBlock(ctx context.Context, id lilypad.Hash) (Block, error)
}

// PutBlock stores a block in dst.
//
// # Errors
//
// Invalid when dst says that it has stored another.
func PutBlock(ctx context.Context, dst Putter, b Block) error {
	if dst, ok := dst.(BlockPutter); ok {
		return dst.PutBlock(ctx, b)
	}
	got, err := dst.Put(ctx, b.bytes)
	if err == nil && got != b.id {
		err = lilypad.Errorf(lilypad.Invalid, "block %s was stored as %s", b.id, got)
	}
	return err
}

// GetBlock gets a block from src.
//
// # Errors
//
// NotFound when it is not there, Invalid when src gives another.
func GetBlock(ctx context.Context, src Getter, id lilypad.Hash) (b Block, err error) {
	if known, ok := src.(BlockGetter); ok {
		b, err = known.GetBlock(ctx, id)
	} else {
		var raw []byte
		raw, err = src.Get(ctx, id)
		b = NewBlock(raw)
	}
	switch {
	case err != nil:
		return Block{}, err
	case b.id != id:
		return Block{}, lilypad.Errorf(lilypad.Invalid, "block %s came with the content of %s", id, b.id)
	}
	return b, nil
}
