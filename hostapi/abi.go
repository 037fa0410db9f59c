package hostapi

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// What a plugin exports, beside its hooks.
const (
	ExportMemory     = "memory"
	ExportInitialize = "_initialize"       // () : optional
	ExportArena      = "lilypad_arena"     // (len) -> ptr
	ExportConfigure  = "lilypad_configure" // (ptr, len, err, cap) -> status
)

// Export is the name of the hook's function: (in, len, out, cap) -> status.
func (h Hook) Export() string { return fmt.Sprintf("lilypad_%s_%d", h, Major) }

// ParseHook is the hook of a name.
//
// # Errors
//
// There is no such hook.
func ParseHook(name string) (Hook, error) {
	for _, h := range Hooks {
		if h.String() == name {
			return h, nil
		}
	}
	return 0, fmt.Errorf("there is no hook %q", name)
}

// ImportModule holds the host's functions. Each is a capability of its name.
const ImportModule = "lilypad"

// Capabilities: what a manifest may ask for and an operator may grant.
const (
	CapLog      = "log"       // (ptr, len)
	CapBlobRead = "blob_read" // (handle u32, offset u64, ptr, len) -> bytes read, 0 at the end, or a status
	CapTreeDiff = "tree_diff" // (a u32, b u32, cursor u32, out, cap) -> bytes of a differences item, or a status
)

// Capabilities are all there are.
var Capabilities = []string{CapLog, CapBlobRead, CapTreeDiff}

// A Status is what a guest returns for a whole call when it is negative, else
// the bytes that it wrote. Host functions use BadInput and OutputFull.
type Status int32

const (
	StatusBadInput        Status = -1 // the message breaks SPEC.md; of a host call: no such handle
	StatusUnknownMinor    Status = -2 // the message is of a later minor version
	StatusOutputFull      Status = -3 // cap is too small
	StatusSettingsRefused Status = -4
	StatusAuthorError     Status = -5 // the author's code gave up
)

// String says what the status means.
func (s Status) String() string {
	switch s {
	case StatusBadInput:
		return "bad input"
	case StatusUnknownMinor:
		return "unknown minor version"
	case StatusOutputFull:
		return "output full"
	case StatusSettingsRefused:
		return "settings refused"
	case StatusAuthorError:
		return "author's error"
	}
	return fmt.Sprintf("status %d", int32(s))
}

// MaxErrorText is the most that a guest may say beside a negative status.
const MaxErrorText = 1 << 10

// ErrorText reads what a guest wrote to out beside a negative status: a u32
// length and that much UTF-8. Anything else is no text.
func ErrorText(out []byte) string {
	if len(out) < 4 {
		return ""
	}
	n := binary.LittleEndian.Uint32(out)
	if n > MaxErrorText || int(n) > len(out)-4 || !utf8.Valid(out[4:4+n]) {
		return ""
	}
	return string(out[4 : 4+n])
}
