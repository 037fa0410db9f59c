package compare

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

//go:wasmexport lilypad_compare_1
func lilypadCompare(in, n, out, room uint32) int32 {
	return guest.Call(guest.HookCompare, in, n, out, room)
}
