package allow

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

//go:wasmexport lilypad_allow_1
func lilypadAllow(in, n, out, room uint32) int32 {
	return guest.Call(guest.HookAllow, in, n, out, room)
}
