//go:build unix

package modelcache

import (
	"io/fs"
	"syscall"
)

// links is how many names a file has: one here, and one for each job.
func links(info fs.FileInfo) uint64 {
	return uint64(info.Sys().(*syscall.Stat_t).Nlink) //nolint:unconvert // of another size elsewhere
}
