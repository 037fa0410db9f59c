package wasm

import (
	"context"
	"time"

	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	wasys "github.com/tetratelabs/wazero/experimental/sys"
)

// TableEntries reads the table section of a wasm file, MemoryPages the memory
// section.
func TableEntries(file []byte) uint64 { return initial(file, tableSection) }
func MemoryPages(file []byte) uint64  { return initial(file, memorySection) }

// Trim bounds a cache folder.
func Trim(dir string, most int64) { trim(dir, most) }

// EmptyData takes the data out of a wasm file; n is how many pieces it took.
func EmptyData(file []byte) (emptied []byte, n int, err error) {
	emptied, list, err := emptyData(file)
	return emptied, len(list), err
}

// Patience is how long an executor waits for its compiler.
func (e *Executor) Patience(d time.Duration) { e.shelf.patience = d }

// HashFiles lists the files of an output as a last step does.
func HashFiles(ctx context.Context, dir, name string) ([]bisection.File, error) {
	return hashFiles(ctx, dir, name)
}

// Errno is what a guest sees of an error of its files.
func Errno(r *jobrun.Run, err error) wasys.Errno { return newQuota(r).errno(err) }
