package hostile_test

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginhost/hostile"
)

// The goals of each case; RATIONALE.md of pluginhost says how they are held on
// a machine that does other things too.
const (
	maxHeap  = 32 << 20              // bytes by which live objects may grow
	maxPause = 20 * time.Millisecond // until all goroutines have stopped for the collector
	rounds   = 5
)

var strict = flag.Bool("strict", false, "hold every round to the goal for pauses, and print what each case reached")

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
			loading := watch(honest)
			p, err := h.Load(ctx, pluginhost.Source{Wasm: c.Wasm, Manifest: c.Manifest, Grants: c.Grants})
			loading.end(t, "load")
			if !c.Loads {
				refused(t, err, c.Rule)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			var reached []reached
			for range rounds {
				running := watch(honest)
				calls(t, p, c.Rule)
				reached = append(reached, running.end(t, "run"))
				if reached[len(reached)-1].most <= maxPause && !*strict {
					return
				}
			}
			if !*strict {
				t.Errorf("pauses in %d rounds: %v", rounds, reached)
			} else if worst := slices.MaxFunc(reached, longer); worst.longest > maxPause {
				t.Errorf("a pause of %v", worst.longest)
			}
		})
	}
}

// calls asks a case three times.
func calls(t *testing.T, p *pluginhost.Plugin, rule string) {
	t.Helper()
	var first []hostapi.Ruling
	for i := range 3 {
		got, err := p.Allow(context.Background(), 7, []hostapi.Module{question})
		if rule != "" {
			refused(t, err, rule)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = got
		}
		if diff := gocmp.Diff(first, got); diff != "" {
			t.Errorf("the same question, another answer: %s", diff)
		}
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

// watcher asks an honest plugin and collects garbage all the time while a case
// runs: a guest that does not let go holds the collector up.
type watcher struct {
	stop     chan struct{}
	done     sync.WaitGroup
	base     uint64
	live     uint64 // at most
	answered int
	failed   error
	began    time.Time
	pauses   *metrics.Float64Histogram // before
}

func watch(honest *pluginhost.Plugin) *watcher {
	runtime.GC()
	w := &watcher{stop: make(chan struct{}), base: live(), began: time.Now(), pauses: pauses()}
	w.done.Go(func() {
		for {
			got, err := honest.Allow(context.Background(), 7, []hostapi.Module{question})
			if err != nil || len(got) != 1 || got[0].Permission != hostapi.PermissionAllow {
				w.failed = errors.Join(errors.New("the honest plugin did not allow"), err)
			}
			w.answered++
			runtime.GC()
			w.live = max(w.live, live())
			select {
			case <-w.stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	})
	return w
}

// reached is what a case cost the process.
type reached struct {
	longest, most time.Duration // of the pauses: all are up to the one, nine of ten up to the other
	grown         uint64        // bytes of live objects
}

func longer(a, b reached) int { return cmp.Compare(a.longest, b.longest) }

func (w *watcher) end(t *testing.T, what string) reached {
	t.Helper()
	close(w.stop)
	w.done.Wait()
	took := time.Since(w.began)
	if w.failed != nil || w.answered == 0 {
		t.Errorf("%s: %d answers of another plugin meanwhile: %v", what, w.answered, w.failed)
	}
	r := since(w.pauses, pauses())
	r.grown = max(w.live, w.base) - w.base
	if *strict {
		t.Logf("%s: %v, heap %.1f MiB, nine of ten pauses up to %v, all up to %v", what, took.Round(time.Millisecond), float64(r.grown)/(1<<20), r.most, r.longest)
	}
	if r.grown > maxHeap {
		t.Errorf("%s: live objects grew by %d MiB", what, r.grown>>20)
	}
	return r
}

// live is the bytes of objects that the last collection found in use.
func live() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// pauses counts how long it took to stop all goroutines for the collector.
func pauses() *metrics.Float64Histogram {
	s := []metrics.Sample{{Name: "/sched/pauses/stopping/gc:seconds"}}
	metrics.Read(s)
	return s[0].Value.Float64Histogram()
}

// since is about the pauses after before, to the upper end of their buckets.
func since(before, after *metrics.Float64Histogram) (r reached) {
	n := uint64(0)
	for i := range after.Counts {
		n += after.Counts[i] - before.Counts[i]
	}
	seen := uint64(0)
	for i := range after.Counts {
		more := after.Counts[i] - before.Counts[i]
		if more == 0 {
			continue
		}
		r.longest = time.Duration(after.Buckets[i+1] * float64(time.Second))
		if seen < (9*n+9)/10 {
			r.most = r.longest
		}
		seen += more
	}
	return r
}
