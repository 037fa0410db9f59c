package hostile_test

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginhost/hostile"
)

const (
	maxGrowth = 32 << 20        // bytes of heap that may stay in use
	maxPeak   = 256 << 20       // with garbage: compiling makes much of it
	maxPause  = 2 * time.Second // of the garbage collector; a guest that does not let go has no bound at all
)

// question is about any module.
var question = hostapi.Module{Role: hostapi.RoleSolver, Engine: hostapi.EngineWasm, Listing: hostapi.ListingListed}

// Every case ends where it must, by the rule that it must, on a host with an
// honest plugin, which answers all the time.
func TestCases(t *testing.T) {
	names := map[string]bool{}
	ctx := context.Background()
	h, err := pluginhost.New(pluginhost.Config{Breaker: pluginhost.Breaker{Faults: -1}})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	honest := honestPlugin(t, h)
	for _, c := range hostile.Cases() {
		if names[c.Name] {
			t.Errorf("two cases are called %q", c.Name)
		}
		names[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			watch := watch(t, honest)
			defer watch.end(t)
			p, err := h.Load(ctx, pluginhost.Source{Wasm: c.Wasm, Manifest: c.Manifest, Grants: c.Grants})
			if !c.Loads {
				refused(t, err, c.Rule)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			var first []hostapi.Ruling
			for i := range 3 {
				got, err := p.Allow(ctx, 7, []hostapi.Module{question})
				if c.Rule != "" {
					refused(t, err, c.Rule)
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					first = got
				}
				if diff := cmp.Diff(first, got); diff != "" {
					t.Errorf("the same question, another answer: %s", diff)
				}
			}
		})
	}
}

// refused checks that an error names plugin, hook and rule.
func refused(t *testing.T, err error, rule string) {
	t.Helper()
	r, ok := errors.AsType[*pluginhost.Refusal](err)
	if !ok || string(r.Rule) != rule {
		t.Fatalf("got %v, want the rule %q", err, rule)
	}
	who := "plugin hostile@1.0.0 (allow): "
	if r.Hook == "" { // it was too large for its manifest to be read
		who = "plugin sha256:"
	}
	if !strings.HasPrefix(err.Error(), who) || !strings.Contains(err.Error(), rule+": ") {
		t.Errorf("%v does not name plugin, hook and rule", err)
	}
	if strings.ContainsAny(err.Error(), "\x1b\n") {
		t.Errorf("%q is not one line of plain text", err)
	}
}

func honestPlugin(t *testing.T, h *pluginhost.Host) *pluginhost.Plugin {
	t.Helper()
	c := hostile.Honest()
	p, err := h.Load(context.Background(), pluginhost.Source{Wasm: c.Wasm, Manifest: c.Manifest})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// watcher asks an honest plugin and measures the heap while a case runs.
type watcher struct {
	stop     chan struct{}
	done     sync.WaitGroup
	base     uint64
	peak     uint64
	answered int
	failed   error
	pauses   uint64
}

func watch(t *testing.T, honest *pluginhost.Plugin) *watcher {
	t.Helper()
	runtime.GC()
	w := &watcher{stop: make(chan struct{}), base: heap(), pauses: longPauses()}
	w.done.Go(func() {
		for {
			w.peak = max(w.peak, heap())
			got, err := honest.Allow(context.Background(), 7, []hostapi.Module{question})
			if err != nil || len(got) != 1 || got[0].Permission != hostapi.PermissionAllow {
				w.failed = errors.Join(errors.New("the honest plugin did not allow"), err)
			}
			w.answered++
			select {
			case <-w.stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	return w
}

func (w *watcher) end(t *testing.T) {
	t.Helper()
	close(w.stop)
	w.done.Wait()
	if w.failed != nil || w.answered == 0 {
		t.Errorf("%d answers of another plugin meanwhile: %v", w.answered, w.failed)
	}
	if w.peak > w.base+maxPeak {
		t.Errorf("heap grew by %d MiB", (w.peak-w.base)>>20)
	}
	runtime.GC()
	if now := heap(); now > w.base+maxGrowth {
		t.Errorf("heap grew by %d MiB, which stay", (now-w.base)>>20)
	}
	if n := longPauses(); n > w.pauses {
		t.Errorf("%d pauses of more than %v", n-w.pauses, maxPause)
	}
}

// heap is the bytes of live and dead objects.
func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// longPauses counts pauses of the garbage collector beyond maxPause.
func longPauses() (n uint64) {
	s := []metrics.Sample{{Name: "/sched/pauses/total/gc:seconds"}}
	metrics.Read(s)
	h := s[0].Value.Float64Histogram()
	for i, count := range h.Counts {
		if h.Buckets[i] > maxPause.Seconds() {
			n += count
		}
	}
	return n
}
