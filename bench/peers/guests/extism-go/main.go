//go:build wasip1

// Command extism-go is the decision of the example plugin "cheapest" as an
// Extism guest: it copies the flat request through Extism's kernel, eight
// bytes a call, as its PDKs do.
package main

import (
	"bytes"
	"encoding/binary"
)

//go:wasmimport extism:host/env input_length
func inputLength() uint64

//go:wasmimport extism:host/env input_load_u64
func inputLoadU64(at uint64) uint64

//go:wasmimport extism:host/env input_load_u8
func inputLoadU8(at uint64) uint32

//go:wasmimport extism:host/env alloc
func alloc(size uint64) uint64

//go:wasmimport extism:host/env store_u64
func storeU64(at, value uint64)

//go:wasmimport extism:host/env output_set
func outputSet(at, size uint64)

var le = binary.LittleEndian

//go:wasmexport match
func match() int32 {
	in := make([]byte, inputLength())
	i := 0
	for ; i+8 <= len(in); i += 8 {
		le.PutUint64(in[i:], inputLoadU64(uint64(i)))
	}
	for ; i < len(in); i++ {
		in[i] = byte(inputLoadU8(uint64(i)))
	}
	job, offer := in[le.Uint32(in[20:]):], in[le.Uint32(in[le.Uint32(in[16:]):]):]
	failed := uint64(le.Uint32(offer[184:]))
	jobs, failures, score := uint64(le.Uint32(offer[180:]))+failed, uint64(0), int64(0)
	if jobs >= 10 {
		failures = failed * 1_000_000 / jobs
	}
	if failures <= 500_000 {
		failures, score = 0, -int64(le.Uint64(offer[120:]))
		if a, ok := region(job, 176); ok {
			if b, ok := region(offer, 224); ok && bytes.Equal(a, b) {
				score += 5
			}
		}
	}
	out := alloc(16)
	storeU64(out, uint64(score))
	storeU64(out+8, failures)
	outputSet(out, 16)
	return 0
}

// region is the second optional field of either item.
func region(item []byte, at int) ([]byte, bool) {
	from, n := le.Uint32(item[at:]), le.Uint32(item[at+4:])
	return item[from : from+n], item[8]&2 != 0
}

func main() {}
