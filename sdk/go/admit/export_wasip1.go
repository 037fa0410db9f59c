package admit

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

//go:wasmexport lilypad_admit_1
func lilypadAdmit(in, n, out, room uint32) int32 {
	return guest.Call(guest.HookAdmit, in, n, out, room)
}
