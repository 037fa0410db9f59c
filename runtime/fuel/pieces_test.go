package fuel_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tetratelabs/wazero"

	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// Long fills and copies are done in pieces. What they leave is what the
// original leaves, also where a copy overlaps itself or a range leaves memory;
// then nothing is written at all.
func TestRewrite_pieces(t *testing.T) {
	const size, piece = 40 << 16, 512 << 10
	random := make([]byte, 1<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(random) // never fails
	m := asm.Module{
		Memory: asm.Limits(40, 40),
		Data:   []asm.Data{{At: 70_000, Bytes: random}, {At: 1_500_000, Bytes: random}},
		Funcs: []asm.Func{
			{Export: "copy", Type: "iii>", Body: asm.Code(asm.Get(0), asm.Get(1), asm.Get(2), asm.Bulk(10, 0, 0))},
			{Export: "fill", Type: "iii>", Body: asm.Code(asm.Get(0), asm.Get(1), asm.Get(2), asm.Bulk(11, 0))},
		},
	}
	original, rewritten := m.Bytes(), rewrite(t, m.Bytes()).Wasm
	for _, args := range [][3]uint64{
		{0, 1, piece},
		{0, 1, piece + 1},
		{1, 0, piece + 1},
		{0, piece, 2 * piece},
		{piece, 0, 2 * piece},
		{7, 70_001, 2_000_000},
		{70_001, 7, 2_000_000},
		{100_000, 100_000, 3 * piece},
		{3, 2, size - 3},
		{2, 3, size - 3},
		{0, 0, size},
		{0, 1, size},
		{1, 0, size},
		{size, 0, 0},
		{0, size, 0},
		{size + 1, 0, 0},
		{size - piece, 0, piece + 1},
		{0, 0, 1<<32 - 1},
		{1<<32 - 1, 1<<32 - 1, 1<<32 - 1},
	} {
		for _, name := range []string{"copy", "fill"} {
			t.Run(fmt.Sprint(name, args), func(t *testing.T) {
				plain := mustStart(t, interpreter(), original)
				_, failed := plain.call(name, noLimit, args[:]...)
				for engine, config := range map[string]wazero.RuntimeConfig{"interpreter": interpreter(), "compiler": compiler()} {
					got := mustStart(t, config, rewritten)
					_, err := got.call(name, noLimit, args[:]...)
					if (err == nil) != (failed == nil) {
						t.Errorf("%s: %v, want %v", engine, err, failed)
					}
					if string(got.memory()) != string(plain.memory()) {
						t.Errorf("%s leaves another memory", engine)
					}
				}
			})
		}
	}
}
