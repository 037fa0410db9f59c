package guest_test

import (
	"encoding/binary"
	"errors"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/internal/guest"
)

// Two hooks in one plugin are both made from the settings, and each answers
// its own messages; an error of one refuses the settings.
func TestConfigure(t *testing.T) {
	empty := make([]byte, 24) // a settings item without settings
	binary.LittleEndian.PutUint32(empty, 24)
	binary.LittleEndian.PutUint16(empty[4:], 24)
	binary.LittleEndian.PutUint16(empty[6:], 1)
	text := func(out []byte) string { return string(out[4 : 4+binary.LittleEndian.Uint32(out)]) }

	out := make([]byte, 64)
	if n := guest.Configure(empty, out); n != -5 || text(out) != "the plugin registers no hook" {
		t.Errorf("without hooks: %d, %q", n, text(out))
	}
	var refuse error
	for _, hook := range []int{guest.HookMatch, guest.HookAdmit} {
		guest.Register(hook, func(guest.Settings) (guest.Runner, error) {
			return func(in, out []byte) int32 { return int32(hook) }, refuse
		})
	}
	if n := guest.Answer(guest.HookMatch, nil, out); n != -5 {
		t.Errorf("before settings: %d", n)
	}
	if n := guest.Configure(empty, out); n != 0 {
		t.Errorf("settings: %d, %q", n, text(out))
	}
	if a, b := guest.Answer(guest.HookMatch, nil, out), guest.Answer(guest.HookAdmit, nil, out); a != guest.HookMatch || b != guest.HookAdmit {
		t.Errorf("answers by %d and %d", a, b)
	}
	if n := guest.Answer(guest.HookCompare, nil, out); n != -5 {
		t.Errorf("a hook it has not: %d", n)
	}
	refuse = errors.New("no")
	if n := guest.Configure(empty, out); n != -4 || text(out) != "no" {
		t.Errorf("refused settings: %d, %q", n, text(out))
	}
	if n := guest.Configure(empty[:8], out); n != -1 {
		t.Errorf("cut settings: %d", n)
	}
	if n := guest.Configure(empty, make([]byte, 5)); n != -4 {
		t.Errorf("no room for the text: %d", n)
	}
}
