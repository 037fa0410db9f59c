package guest

import "unsafe"

var (
	arena []byte
	base  uint32
)

//go:wasmexport lilypad_arena
func lilypadArena(n uint32) uint32 {
	b := make([]byte, n+15)
	at := uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
	skip := -at & 15
	arena, base = b[skip:skip+n:skip+n], at+skip
	return base
}

//go:wasmexport lilypad_configure
func lilypadConfigure(in, n, out, room uint32) int32 {
	if !inside(in, n) || !inside(out, room) {
		return statusBadInput
	}
	return Configure(within(in, n), within(out, room))
}

// Call answers a message that lies in the arena.
func Call(hook int, in, n, out, room uint32) int32 {
	if !inside(in, n) || !inside(out, room) {
		return statusBadInput
	}
	return Answer(hook, within(in, n), within(out, room))
}

func inside(at, n uint32) bool {
	return at >= base && uint64(at-base)+uint64(n) <= uint64(len(arena))
}

func within(at, n uint32) []byte { return arena[at-base:][:n:n] }
