package memory

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Store is a storage.Store in memory.
type Store struct{ blocks sync.Map } // lilypad.Hash to []byte

var _ storage.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store { return &Store{} }

func (s *Store) Put(ctx context.Context, block []byte) (lilypad.Hash, error) {
	if err := errors.Join(storage.CheckBlock(block), ctx.Err()); err != nil {
		return lilypad.Hash{}, err
	}
	id := lilypad.Hash(sha256.Sum256(block))
	s.blocks.LoadOrStore(id, bytes.Clone(block))
	return id, nil
}

func (s *Store) Get(ctx context.Context, id lilypad.Hash) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, ok := s.blocks.Load(id)
	if !ok {
		return nil, storage.NotFound(id)
	}
	return bytes.Clone(b.([]byte)), nil
}

func (s *Store) Has(ctx context.Context, id lilypad.Hash) (bool, error) {
	_, ok := s.blocks.Load(id)
	return ok, ctx.Err()
}

func (s *Store) Delete(ctx context.Context, id lilypad.Hash) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.blocks.Delete(id)
	return nil
}
