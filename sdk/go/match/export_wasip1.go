package match

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

//go:wasmexport lilypad_match_1
func lilypadMatch(in, n, out, room uint32) int32 {
	return guest.Call(guest.HookMatch, in, n, out, room)
}
