package wasm

import (
	"context"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// maxFD bounds the numbers that a guest gives to its files: wazero's table of
// them grows to the largest, 8 bytes each, which no memory limit counts. Those
// that wazero gives are lower, since maxOpen bounds how many are in use. All
// nodes have the same bound, as it is part of how a job ends.
const maxFD = 1024

// exportWASI is wazero's WASI, but that fd_renumber to maxFD or above is EBADF.
// One host function cannot call another, but a listener can change what it is
// told: to a negative number wazero says EBADF itself.
func exportWASI(ctx context.Context, r wazero.Runtime) error {
	bound := experimental.FunctionListenerFunc(func(_ context.Context, _ api.Module, _ api.FunctionDefinition, params []uint64, _ experimental.StackIterator) {
		if to := &params[1]; uint32(*to) >= maxFD {
			*to = api.EncodeI32(-1)
		}
	})
	ctx = experimental.WithFunctionListenerFactory(ctx, experimental.FunctionListenerFactoryFunc(func(f api.FunctionDefinition) experimental.FunctionListener {
		if f.Name() == "fd_renumber" {
			return bound
		}
		return nil
	}))
	_, err := wasi_snapshot_preview1.Instantiate(ctx, r)
	return err
}
