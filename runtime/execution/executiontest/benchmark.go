package executiontest

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Benchmark measures whole cowsay jobs, one after another, the image or
// compiled module at hand.
func Benchmark(b *testing.B, e execution.Executor, engine lilypad.Engine) {
	entry, err := catalog.Lookup("cowsay", "")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	n := 0
	run := func() {
		n++
		job := execution.Job{ID: "bench-" + strconv.Itoa(n), Dir: filepath.Join(dir, strconv.Itoa(n)), Spec: lilypad.Spec{
			Engine: engine, Image: entry.Image, Wasm: entry.Wasm, Entrypoint: []string{"/cowsay", "moo"},
			Outputs: []lilypad.Output{{Name: "outputs", Path: "/outputs"}},
		}}
		if err := os.MkdirAll(filepath.Join(job.Dir, "inputs"), 0o755); err != nil {
			b.Fatal(err)
		}
		h, err := e.Start(b.Context(), job)
		if err != nil {
			b.Fatal(err)
		}
		if o, err := e.Wait(b.Context(), h); err != nil || o.End != execution.Succeeded {
			b.Fatal(o, err)
		}
	}
	run()
	for b.Loop() {
		run()
	}
}
