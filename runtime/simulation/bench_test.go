package simulation_test

import (
	"fmt"
	"testing"

	"github.com/lilypad-network/lilypad/runtime/simulation"
)

// BenchmarkRun is one worker's time for a job that is decided in one step.
func BenchmarkRun(b *testing.B) {
	for _, name := range []string{"optimistic", "replicate"} {
		b.Run(name, func(b *testing.B) {
			s, err := simulation.Parse(fmt.Appendf(nil, "{scheme: {name: %s}, jobs: %d, providers: [{kind: honest, count: 100000}]}", name, b.N))
			if err != nil {
				b.Fatal(err)
			}
			p := scheme(b, name, nil)
			b.ReportAllocs()
			b.ResetTimer()
			if _, err := simulation.Run(b.Context(), s, p, simulation.Options{Workers: 1}); err != nil {
				b.Fatal(err)
			}
		})
	}
}
