package host

import "unsafe"

//go:wasmimport lilypad log
func log(ptr unsafe.Pointer, n uint32)

//go:wasmimport lilypad blob_read
func blobRead(handle uint32, offset uint64, ptr unsafe.Pointer, n uint32) int32

//go:wasmimport lilypad tree_diff
func treeDiff(a, b, cursor uint32, out unsafe.Pointer, room uint32) int32

// Log writes a line to the operator's log. Capability: log.
func Log(text string) {
	if text != "" {
		log(unsafe.Pointer(unsafe.StringData(text)), uint32(len(text)))
	}
}

// BlobRead fills p with the bytes of a file from an offset. It returns how
// many there were, 0 at the end, or a negative status. Capability: blob_read.
func BlobRead(handle uint32, offset uint64, p []byte) int32 {
	return blobRead(handle, offset, unsafe.Pointer(unsafe.SliceData(p)), uint32(len(p)))
}

// TreeDiff writes the page of differences of two trees that begins at cursor.
// It returns the bytes written or a negative status. Capability: tree_diff.
func TreeDiff(a, b, cursor uint32, out []byte) int32 {
	return treeDiff(a, b, cursor, unsafe.Pointer(unsafe.SliceData(out)), uint32(len(out)))
}
