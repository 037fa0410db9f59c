//go:build !race

package pluginhost_test

import (
	"context"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// silent loads a plugin into a host that tells nobody of decisions.
func silent(b *testing.B, src pluginhost.Source, c pluginhost.Config) (*pluginhost.Host, *pluginhost.Plugin) {
	b.Helper()
	c.CacheDir = cache
	h := newHost(b, c)
	p, err := h.Load(context.Background(), src)
	if err != nil {
		b.Fatal(err)
	}
	return h, p
}

// report adds what the host counted of the only plugin it has, and the CPU
// time of a call, which others on the machine do not change.
func report(b *testing.B, h *pluginhost.Host, cpu time.Duration, items int, unit string) {
	b.Helper()
	s := h.Stats()[0]
	b.ReportMetric(float64(s.Pages)/float64(s.Calls), "pages/op")
	b.ReportMetric(float64(cpu)/float64(b.N), "cpu-ns/op")
	b.ReportMetric(float64(b.N*items)/cpu.Seconds(), unit+"/cpu-s")
	b.ReportMetric(float64(s.Fuel)/float64(s.Calls), "fuel/op")
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// stored are offers as a solver keeps them, each with a few labels.
func stored(b *testing.B, n int) [][]byte {
	b.Helper()
	items := make([][]byte, n)
	for i := range items {
		o := hostapi.Offer{
			Price: uint64(i*37%1000 + 1), GPUs: 1, VRAM: 24_000, CPU: 8000, RAM: 32_000, Disk: 100_000, Slots: 4, JobsOk: uint32(i),
			GPUModel: hostapi.Some("NVIDIA GeForce RTX 4090"), Region: hostapi.Some("eu-west"),
			Labels: []hostapi.Label{{Key: "tier", Value: "gold"}, {Key: "rack", Value: strconv.Itoa(i)}},
		}
		var err error
		if items[i], err = o.Append(nil, 0); err != nil {
			b.Fatal(err)
		}
	}
	return items
}

var benchJob = hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 1000, VRAM: 8000, Region: hostapi.Some("eu-west")}

// BenchmarkMatchStored is calls of 1 and of 1000 offers, by one and by two
// workers (-cpu 1,2), each with its fuel and its restoring; and of 1 offer
// without restoring.
func BenchmarkMatchStored(b *testing.B) {
	for language, src := range map[string]pluginhost.Source{
		"go": lookup(b, hostapi.HookMatch, "cheapest"), "c": compiledGuest(b, "c", "cheapest", nil),
	} {
		b.Run(language+"/1", func(b *testing.B) { matchStored(b, src, 1, pluginhost.Config{}) })
		b.Run(language+"/1000", func(b *testing.B) { matchStored(b, src, 1000, pluginhost.Config{}) })
		b.Run(language+"/unrestored", func(b *testing.B) { matchStored(b, src, 1, pluginhost.Config{Unrestored: true}) })
	}
}

func matchStored(b *testing.B, src pluginhost.Source, n int, c pluginhost.Config) {
	h, p := silent(b, src, c)
	b.ReportAllocs()
	b.ResetTimer()
	began := cpuTime(b)
	b.RunParallel(func(pb *testing.PB) {
		offers := stored(b, n)
		for pb.Next() {
			if _, err := p.MatchStored(context.Background(), 7, benchJob, offers); err != nil {
				b.Fatal(err)
			}
		}
	})
	report(b, h, cpuTime(b)-began, n, "pairs")
}

// BenchmarkMediate is calls of 256 cases whose scheme has one thing to do.
func BenchmarkMediate(b *testing.B) {
	const n = 256
	h, p := silent(b, lookup(b, hostapi.HookMediate, "optimistic"), pluginhost.Config{})
	cases := make([]hostapi.Case, n)
	for i := range cases {
		cases[i] = hostapi.Case{
			ID: hostapi.Bytes32{byte(i)}, Phase: hostapi.PhaseReview, Now: 100, Deadline: 1000, MaxRuns: 3,
			Events: []hostapi.Event{
				{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Re: hostapi.None}},
				{Party: &hostapi.Party{Standing: hostapi.StandingCreator, Who: 1, Re: hostapi.None}},
				{Result: &hostapi.Result{Re: hostapi.None, Status: hostapi.RunStatusSucceeded, Content: hostapi.Bytes32{1}}},
			},
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	began := cpuTime(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := p.Mediate(context.Background(), 100, cases); err != nil {
				b.Fatal(err)
			}
		}
	})
	report(b, h, cpuTime(b)-began, n, "cases")
}

func BenchmarkLoad(b *testing.B) {
	src := lookup(b, hostapi.HookMatch, "cheapest")
	once := func(b *testing.B, dir string) {
		h, err := pluginhost.New(pluginhost.Config{CacheDir: dir})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := h.Load(context.Background(), src); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		h.Close()
		b.StartTimer()
	}
	b.Run("cold", func(b *testing.B) {
		began := cpuTime(b)
		for b.Loop() {
			once(b, "")
		}
		b.ReportMetric(float64(cpuTime(b)-began)/float64(b.N), "cpu-ns/op")
	})
	b.Run("cached", func(b *testing.B) {
		dir := b.TempDir() + "/cache"
		once(b, dir)
		began := cpuTime(b)
		for b.Loop() {
			once(b, dir)
		}
		b.ReportMetric(float64(cpuTime(b)-began)/float64(b.N), "cpu-ns/op")
	})
	b.Run("open", func(b *testing.B) {
		h := newHost(b, pluginhost.Config{})
		for b.Loop() {
			p, err := h.Open(src)
			if err != nil {
				b.Fatal(err)
			}
			p.Close()
		}
	})
}

// BenchmarkMany has 64 different Go plugins in memory, each with a call behind
// it.
func BenchmarkMany(b *testing.B) {
	const many = 64
	all, err := plugins.List()
	if err != nil {
		b.Fatal(err)
	}
	matchers := slices.DeleteFunc(all, func(p plugins.Plugin) bool { return p.Manifest.Hook != "match" })
	for b.Loop() {
		h := newHost(b, pluginhost.Config{CacheDir: cache})
		before := resident(b)
		for i := range many {
			src := builtin(b, matchers[i%len(matchers)])
			// A custom section makes it another module.
			src.Wasm = append(slices.Clone(src.Wasm), 0, 2, 1, byte('0'+i))
			src.Manifest, src.Pin = manifestFor("match", src.Wasm, `"settings":{"type":"object"}`), [32]byte{}
			p, err := h.Load(context.Background(), src)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := p.MatchStored(context.Background(), 7, benchJob, stored(b, 1)); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(resident(b)-before)/(1<<20), "MiB")
		h.Close()
	}
}

// resident is the memory of this process that is in use, in bytes.
func resident(b *testing.B) int {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("no /proc: ", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		b.Fatal(err)
	}
	return kib << 10
}
