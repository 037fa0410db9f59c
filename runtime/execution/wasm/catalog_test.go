package wasm_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
)

func TestCatalog(t *testing.T) {
	executiontest.RunCatalog(t, func(t *testing.T) execution.Executor {
		e, err := wasm.New(t.Context(), wasm.Config{Modules: wasm.ModulesFunc(catalog.Wasm), CacheDir: cache})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { e.Close() })
		return e
	}, lilypad.EngineWasm)
}

func BenchmarkCowsay(b *testing.B) {
	e, err := wasm.New(b.Context(), wasm.Config{Modules: wasm.ModulesFunc(catalog.Wasm), CacheDir: cache})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	executiontest.Benchmark(b, e, lilypad.EngineWasm)
}
