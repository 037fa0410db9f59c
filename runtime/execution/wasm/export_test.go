package wasm

// TableEntries reads the table section of a wasm file, MemoryPages the memory
// section.
func TableEntries(file []byte) uint64 { return initial(file, tableSection) }
func MemoryPages(file []byte) uint64  { return initial(file, memorySection) }
