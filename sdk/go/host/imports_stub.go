//go:build !wasip1

package host

// Host is what stands in for a node outside of wasm.
type Host interface {
	Log(text string)
	BlobRead(handle uint32, offset uint64, p []byte) int32
	TreeDiff(a, b, cursor uint32, out []byte) int32
}

var current Host

// Use makes h answer from now on. It exists outside of wasm only.
func Use(h Host) { current = h }

// Log writes a line to the operator's log. Capability: log.
func Log(text string) { current.Log(text) }

// BlobRead fills p with the bytes of a file from an offset. It returns how
// many there were, 0 at the end, or a negative status. Capability: blob_read.
func BlobRead(handle uint32, offset uint64, p []byte) int32 {
	return current.BlobRead(handle, offset, p)
}

// TreeDiff writes the page of differences of two trees that begins at cursor.
// It returns the bytes written or a negative status. Capability: tree_diff.
func TreeDiff(a, b, cursor uint32, out []byte) int32 {
	return current.TreeDiff(a, b, cursor, out)
}
