package memory

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// Store is a storage.Store in memory.
type Store struct{ blocks sync.Map } // lilypad.Hash to block

type block struct {
	bytes  []byte
	stored time.Time
}

var (
	_ storage.Store  = (*Store)(nil)
	_ storage.Lister = (*Store)(nil)
)

// New returns an empty store.
func New() *Store { return &Store{} }

func (s *Store) Put(ctx context.Context, b []byte) (lilypad.Hash, error) {
	if err := errors.Join(storage.CheckBlock(b), ctx.Err()); err != nil {
		return lilypad.Hash{}, err
	}
	id := lilypad.Hash(sha256.Sum256(b))
	s.blocks.Store(id, block{bytes.Clone(b), time.Now()})
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
	return bytes.Clone(b.(block).bytes), nil
}

func (s *Store) Has(ctx context.Context, id lilypad.Hash) (bool, error) {
	_, ok := s.blocks.Load(id)
	return ok, ctx.Err()
}

// BlockSize implements [storage.Sizer].
func (s *Store) BlockSize(ctx context.Context, id lilypad.Hash) (int, error) {
	b, err := s.Get(ctx, id)
	return len(b), err
}

func (s *Store) Delete(ctx context.Context, id lilypad.Hash) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.blocks.Delete(id)
	return nil
}

// Each implements [storage.Lister].
func (s *Store) Each(ctx context.Context, fn func(id lilypad.Hash, stored time.Time) error) (err error) {
	s.blocks.Range(func(id, b any) bool {
		if err = ctx.Err(); err == nil {
			err = fn(id.(lilypad.Hash), b.(block).stored)
		}
		return err == nil
	})
	return err
}
