//go:build unix

package pluginhost

import "golang.org/x/sys/unix"

func mapMemory(size int) []byte {
	b, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		return nil // the guest has no memory, and traps
	}
	return b
}

func unmapMemory(b []byte) { _ = unix.Munmap(b) } // it was mapped
