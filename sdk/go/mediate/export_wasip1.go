package mediate

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

//go:wasmexport lilypad_mediate_1
func lilypadMediate(in, n, out, room uint32) int32 {
	return guest.Call(guest.HookMediate, in, n, out, room)
}
