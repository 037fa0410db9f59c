//go:build !unix

package modelcache

import "io/fs"

// links cannot tell here who uses a file; the system does not let one go that
// is open.
func links(fs.FileInfo) uint64 { return 1 }
