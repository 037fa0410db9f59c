//go:build !unix

package pluginhost

func mapMemory(size int) []byte { return make([]byte, size) }

func unmapMemory([]byte) {}
