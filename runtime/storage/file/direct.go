package file

import (
	"io"
	"os"
	"unsafe"

	"github.com/lilypad-network/lilypad/runtime/storage"
)

// aligned tells whether b is a full block that can be moved past the page cache.
// To fill that would cost processors more than all else that is done with a block
// (bench/result.go: 14 s for a gigabyte's whole way, 9 s without), and would push
// out what others need.
func aligned(b []byte) bool {
	const sector = 4096
	return len(b) == storage.MaxBlock && uintptr(unsafe.Pointer(unsafe.SliceData(b)))%sector == 0
}

// writeAll writes b to an empty file.
func writeAll(f *os.File, b []byte) error {
	if aligned(b) && setDirect(f, true) {
		_, err := f.WriteAt(b, 0)
		if err == nil || !setDirect(f, false) {
			return err
		}
		// The disk has larger sectors, or the file system promised too much.
	}
	_, err := f.WriteAt(b, 0)
	return err
}

// readBlock reads a file of a block. One that is longer than any shows by a byte too many.
func readBlock(f *os.File) (storage.Block, error) {
	info, err := f.Stat()
	if err != nil {
		return storage.Block{}, err
	}
	return storage.FillBlock(int(min(info.Size(), storage.MaxBlock+1)), func(b []byte) (int, error) {
		if aligned(b) && setDirect(f, true) {
			n, err := f.ReadAt(b, 0)
			if n == len(b) {
				return n, nil
			}
			if !setDirect(f, false) {
				return n, err
			}
		}
		return io.ReadFull(io.NewSectionReader(f, 0, int64(len(b))), b)
	})
}
