//go:build (linux || darwin) && !race

package wasm

import (
	"fmt"
	"syscall"
	"time"
)

// limitProcess bounds what this process may take from now on.
func limitProcess() error {
	const seconds = uint64(maxCompileTime / time.Second)
	for what, most := range map[int]uint64{syscall.RLIMIT_CPU: seconds, syscall.RLIMIT_DATA: maxCompileMemory} {
		var now syscall.Rlimit
		if err := syscall.Getrlimit(what, &now); err != nil {
			return fmt.Errorf("read a limit of the process: %w", err)
		}
		if now.Cur = min(now.Cur, most); now.Max > most {
			now.Max = most
		}
		if err := syscall.Setrlimit(what, &now); err != nil {
			return fmt.Errorf("limit the process: %w", err)
		}
	}
	return nil
}
