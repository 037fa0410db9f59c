//go:build !race

package fuel_test

import (
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// BenchmarkGuest shows what counting costs: original against rewritten.
func BenchmarkGuest(b *testing.B) {
	b.Run("c", func(b *testing.B) {
		wasm := guestC(b)
		for _, w := range workloads[1:] {
			b.Run(w.name, func(b *testing.B) {
				compare(b, wasm, func(m *machine) func() {
					if _, err := m.call("_initialize", noLimit); err != nil {
						b.Fatal(err)
					}
					return func() {
						if _, err := m.call(w.name, noLimit, w.args...); err != nil {
							b.Fatal(err)
						}
					}
				})
			})
		}
	})
	b.Run("go", func(b *testing.B) {
		for _, name := range []string{"cheapest", "best-fit"} {
			p, err := plugins.Lookup(hostapi.HookMatch, name)
			if err != nil {
				b.Fatal(err)
			}
			wasm, err := p.Wasm()
			if err != nil {
				b.Fatal(err)
			}
			b.Run(name, func(b *testing.B) {
				compare(b, wasm, func(m *machine) func() { return matcher(b, m, 1000) })
			})
		}
	})
}

func compare(b *testing.B, wasm []byte, prepare func(*machine) func()) {
	for _, v := range []struct {
		name string
		wasm []byte
	}{{"original", wasm}, {"rewritten", rewrite(b, wasm).Wasm}} {
		b.Run(v.name, func(b *testing.B) {
			m := mustStart(b, compiler(), v.wasm)
			work := prepare(m)
			for b.Loop() {
				work()
			}
			if m.fuel != nil {
				b.ReportMetric(float64(m.spent()), "fuel/op")
			}
		})
	}
}

// matcher starts a match plugin and returns a call about n offers.
func matcher(t testing.TB, m *machine, n int) func() {
	t.Helper()
	in := hostapi.MatchInput{Now: 1, Job: hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 900, GPUs: 2}}
	for i := range n {
		in.Offers = append(in.Offers, hostapi.Offer{Price: uint64(i*37%1000 + 1), GPUs: uint32(i % 8), JobsOk: uint32(i % 100), JobsFailed: uint32(i % 3)})
	}
	msg, err := in.Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	g := startPlugin(t, m)
	return func() { g.ask(t, hostapi.HookMatch.Export(), msg) }
}

// BenchmarkRewrite is what rewriting a Go plugin of 1.9 MB takes.
func BenchmarkRewrite(b *testing.B) {
	p, err := plugins.Lookup(hostapi.HookMatch, "cheapest")
	if err != nil {
		b.Fatal(err)
	}
	wasm, err := p.Wasm()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(wasm)))
	for b.Loop() {
		if _, err := fuel.Rewrite(wasm, fuel.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
