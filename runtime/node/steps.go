package node

import (
	"context"
	"sync"

	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
)

// steps is the wasm engine of a role that runs no jobs: it is opened with the
// first dispute, and closed with the node.
type steps struct {
	node *Node
	mu   sync.Mutex // guards what follows
	x    *wasm.Executor
}

var _ execution.Stepper = (*steps)(nil)

// Steps implements [execution.Stepper].
func (s *steps) Steps(ctx context.Context, job execution.Job, use func(context.Context, bisection.Program) error) error {
	x, err := s.open()
	if err != nil {
		return err
	}
	return x.Steps(ctx, job, use)
}

func (s *steps) open() (*wasm.Executor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.x != nil {
		return s.x, nil
	}
	x, err := wasm.New(s.node.ctx, wasm.Config{Modules: s.node.modules, CacheDir: s.node.dir("cache", "wasm"), Compiler: s.node.Compiler})
	if err != nil {
		return nil, err
	}
	s.node.onClose(x.Close)
	s.x = x
	return x, nil
}
