package wasmasm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// The smallest module with one of each part, byte for byte as the
// specification has it.
func TestModule_Bytes(t *testing.T) {
	got := asm.Module{
		Imports:  []asm.Import{{Module: "m", Name: "f", Type: ">"}},
		Funcs:    []asm.Func{{Export: "add", Type: "ii>i", Locals: "l", Body: asm.Code(asm.Get(0), asm.Get(1), asm.I32Add)}},
		Table:    asm.Limits(1, 1),
		Elements: []uint32{1},
		Memory:   asm.Limits(1, 300),
		Globals:  []asm.Global{{Type: 'i', Mutable: true, Init: asm.I32(-1)}},
		Data:     []asm.Data{{At: 64, Bytes: []byte("x")}, {Passive: true, Bytes: []byte("y")}},
	}.Bytes()
	want := []byte("\x00asm\x01\x00\x00\x00" +
		"\x01\x0a\x02\x60\x00\x00\x60\x02\x7f\x7f\x01\x7f" +
		"\x02\x07\x01\x01m\x01f\x00\x00" +
		"\x03\x02\x01\x01" +
		"\x04\x05\x01\x70\x01\x01\x01" +
		"\x05\x05\x01\x01\x01\xac\x02" +
		"\x06\x06\x01\x7f\x01\x41\x7f\x0b" +
		"\x07\x10\x02\x03add\x00\x01\x06memory\x02\x00" +
		"\x09\x07\x01\x00\x41\x00\x0b\x01\x01" +
		"\x0c\x01\x02" +
		"\x0a\x0b\x01\x09\x01\x01\x7e\x20\x00\x20\x01\x6a\x0b" +
		"\x0b\x0b\x02\x00\x41\xc0\x00\x0b\x01x\x01\x01y")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
