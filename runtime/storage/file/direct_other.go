//go:build !linux

package file

import "os"

// setDirect does nothing where it is not known how to pass the page cache.
func setDirect(*os.File, bool) bool { return false }
