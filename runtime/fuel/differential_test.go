package fuel_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"

	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// outcome is all that a run leaves.
type outcome struct {
	results []uint64
	err     string
	memory  []byte
	globals []uint64
	fuel    uint64
}

func outcomeOf(m *machine, globals int, budget uint64, args ...uint64) outcome {
	var o outcome
	var err error
	o.results, err = m.call("run", budget, args...)
	switch {
	case errors.Is(err, errSpent), errors.Is(err, errDeep):
		o.err = errors.Unwrap(err).Error()
	case err != nil:
		o.err, _, _ = strings.Cut(err.Error(), "\n")
	}
	o.memory = bytes.Clone(m.memory())
	if m.fuel != nil {
		o.fuel = m.spent()
		for i := range globals {
			o.globals = append(o.globals, m.global(i))
		}
	}
	return o
}

// same compares what an original and a rewritten module share.
func (o outcome) same(p outcome) bool {
	return slices.Equal(o.results, p.results) && o.err == p.err && bytes.Equal(o.memory, p.memory)
}

func (o outcome) equal(p outcome) bool {
	return o.same(p) && o.fuel == p.fuel && slices.Equal(o.globals, p.globals)
}

// FuzzRun makes a module of each seed. The original on the interpreter and the
// rewritten one on both engines must do the same, and both engines must spend
// the same fuel, whatever the slice, and stop at the same place when the budget
// is too small. Where a module shows the bits of its NaNs, only the rewritten
// ones are compared: the bits of the original are the engine's choice.
func FuzzRun(f *testing.F) {
	for seed := range uint64(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		nan := seed%2 == 1
		wasm := module(seed, nan)
		rewritten, err := fuel.Rewrite(wasm, fuel.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		globals := len(rewritten.Globals)
		r := rand.New(rand.NewPCG(seed, 3))
		for range 2 {
			args := []uint64{uint64(r.Uint32()), r.Uint64(), uint64(r.Uint32()), r.Uint64()}
			first := mustStart(t, compiler(), rewritten.Wasm)
			want := outcomeOf(first, globals, noLimit, args...)
			if !nan {
				got := outcomeOf(mustStart(t, interpreter(), wasm), 0, 0, args...)
				if !floatless(wasm) {
					got.results, want.results = nil, want.results[:0]
				}
				if !got.same(want) {
					t.Errorf("seed %d: original %v %s, rewritten %v %s", seed, got.results, got.err, want.results, want.err)
				}
			}
			want = outcomeOf(mustStart(t, compiler(), rewritten.Wasm), globals, noLimit, args...)
			for _, c := range []wazero.RuntimeConfig{compiler(), interpreter()} {
				m := mustStart(t, c, rewritten.Wasm)
				m.slice = 1 + r.Uint64N(500)
				if got := outcomeOf(m, globals, noLimit, args...); !got.equal(want) {
					t.Errorf("seed %d: slices of %d: got %v %s %d fuel; want %v %s %d", seed, m.slice, got.results, got.err, got.fuel, want.results, want.err, want.fuel)
				}
			}
			short := r.Uint64N(want.fuel + 1)
			a := outcomeOf(mustStart(t, compiler(), rewritten.Wasm), globals, short, args...)
			m := mustStart(t, interpreter(), rewritten.Wasm)
			m.slice = 100
			if b := outcomeOf(m, globals, short, args...); !a.equal(b) {
				t.Errorf("seed %d: budget %d: compiler %s %d fuel; interpreter %s %d", seed, short, a.err, a.fuel, b.err, b.fuel)
			}
		}
	})
}

// A guest from a compiler does the same on both engines as it did before, and
// spends the same fuel.
func TestRewrite_guestC(t *testing.T) {
	wasm := guestC(t)
	rewritten := rewrite(t, wasm).Wasm
	original, fast, slow := mustStart(t, compiler(), wasm), mustStart(t, compiler(), rewritten), mustStart(t, interpreter(), rewritten)
	for _, w := range workloads {
		want, err := original.call(w.name, noLimit, w.args...)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fast.call(w.name, noLimit, w.args...)
		again, errAgain := slow.call(w.name, noLimit, w.args...)
		if err != nil || errAgain != nil || !slices.Equal(got, want) || !slices.Equal(again, want) {
			t.Errorf("%s: original %v, compiler %v, %v, interpreter %v, %v", w.name, want, got, err, again, errAgain)
		}
		if fast.spent() == 0 || fast.spent() != slow.spent() || !bytes.Equal(fast.memory(), slow.memory()) {
			t.Errorf("%s: compiler %d fuel, interpreter %d", w.name, fast.spent(), slow.spent())
		}
	}
	if !bytes.Equal(original.memory(), fast.memory()) {
		t.Error("the rewritten guest left another memory")
	}
}

// floatless tells whether run gives no float, whose bits might differ.
func floatless(wasm []byte) bool {
	src, err := fuel.Parse(wasm, fuel.Limits{})
	if err != nil {
		panic(err)
	}
	results := src.Signature(src.Exports["run"].Index).Results
	return !slices.Contains(results, fuel.F32) && !slices.Contains(results, fuel.F64)
}

// FuzzRewrite: whatever the engine finds valid stays so; nothing panics.
func FuzzRewrite(f *testing.F) {
	for seed := range uint64(100) {
		f.Add(damaged(seed, module(seed, true)))
	}
	f.Add(module(1, true))
	ctx := context.Background()
	f.Fuzz(func(t *testing.T, wasm []byte) {
		m, err := fuel.Rewrite(wasm, fuel.Limits{})
		if err != nil {
			if e, ok := errors.AsType[*fuel.Error](err); !ok || e.Rule == "" || e.Msg == "" {
				t.Fatalf("an error without a rule: %v", err)
			}
			return
		}
		again, err := fuel.Rewrite(wasm, fuel.Limits{})
		if err != nil || !bytes.Equal(m.Wasm, again.Wasm) {
			t.Fatalf("rewritten twice, to different bytes: %v", err)
		}
		r := wazero.NewRuntimeWithConfig(ctx, interpreter())
		defer r.Close(ctx)
		if _, err := r.CompileModule(ctx, wasm); err != nil {
			return // we need not see what the engine sees in dead code
		}
		if _, err := r.CompileModule(ctx, m.Wasm); err != nil {
			t.Fatalf("valid before, and after: %v", err)
		}
	})
}
