package wasm

import (
	"context"
	"sync/atomic"

	"github.com/tetratelabs/wazero/experimental"
)

// allowance bounds a guest's memory and remembers whether it asked for more.
// wazero's own limit is one for all guests of a runtime, and does not tell.
type allowance struct {
	limit  uint64 // bytes
	bytes  []byte // that memory has from the start; nil: a new one
	denied atomic.Bool
}

func (a *allowance) in(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(
		func(capacity, _ uint64) experimental.LinearMemory {
			if a.bytes != nil {
				return &memory{allowance: a, bytes: a.bytes[:0]}
			}
			return &memory{allowance: a, bytes: make([]byte, 0, min(capacity, a.limit))}
		}))
}

type memory struct {
	*allowance
	bytes []byte
}

func (m *memory) Reallocate(size uint64) []byte {
	if size > m.limit {
		m.denied.Store(true)
		return nil
	}
	if size > uint64(cap(m.bytes)) {
		grown := make([]byte, size, min(size+size/2, m.limit))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

func (m *memory) Free() { m.bytes = nil }
