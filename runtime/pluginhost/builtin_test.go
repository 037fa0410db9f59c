//go:build !race

// The race detector makes compiling these Go guests a matter of minutes.

package pluginhost_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

func builtin(t testing.TB, p plugins.Plugin) pluginhost.Source {
	t.Helper()
	wasm, err := p.Wasm()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(p.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	return pluginhost.Source{Wasm: wasm, Manifest: manifest, Pin: p.ID(), Grants: p.Manifest.Capabilities}
}

func lookup(t testing.TB, hook hostapi.Hook, name string) pluginhost.Source {
	t.Helper()
	p, err := plugins.Lookup(hook, name)
	if err != nil {
		t.Fatal(err)
	}
	return builtin(t, p)
}

// question is something sensible to ask a plugin of a hook.
func question(ctx context.Context, t *testing.T, p *pluginhost.Plugin, store storage.Store) error {
	t.Helper()
	var err error
	switch p.Manifest().Hook {
	case "match":
		_, err = p.Match(ctx, 1, hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 9}, []hostapi.Offer{{Price: 7, VRAM: 8}, {Price: 6}})
	case "admit":
		_, err = p.Admit(ctx, 1, hostapi.Node{Weekday: hostapi.WeekdayMonday, Slots: 1}, []hostapi.Request{{Engine: hostapi.EngineWasm, StandingPrice: 5, MaxPrice: 9}})
	case "allow":
		_, err = p.Allow(ctx, 1, []hostapi.Module{module})
	case "mediate":
		_, err = p.Mediate(ctx, 100, []hostapi.Case{{
			Phase: hostapi.PhaseMediation, Now: 100, Deadline: 1000, MaxRuns: 3, Seed: hostapi.Some(hostapi.Bytes32{31: 1}),
			Params: []hostapi.Param{{Key: "agree", Value: 2}, {Key: "runs", Value: 3}},
			Events: []hostapi.Event{
				{Party: &hostapi.Party{Standing: hostapi.StandingProvider, Who: 0, Re: hostapi.None}},
				{Party: &hostapi.Party{Standing: hostapi.StandingCreator, Who: 1, Re: hostapi.None}},
				{Party: &hostapi.Party{Standing: hostapi.StandingMediator, Who: 2, Re: hostapi.None}},
				{Result: &hostapi.Result{Who: 0, Re: hostapi.None, Status: hostapi.RunStatusSucceeded, Content: hostapi.Bytes32{1}}},
			},
		}})
	case "compare":
		a, b := tree(t, store, storage.Bytes("out.json", []byte(`[1]`))), tree(t, store, storage.Bytes("out.json", []byte(`[2]`)))
		_, err = p.Compare(ctx, 1, []hostapi.Pair{{ARoot: a, BRoot: b, Engine: hostapi.EngineWasm}}, store)
	}
	return err
}

func TestBuiltin_answersAlike(t *testing.T) {
	all, err := plugins.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		t.Run(b.Manifest.Hook+" "+b.Manifest.Name, func(t *testing.T) {
			t.Parallel()
			ctx, blobs := context.Background(), memory.New()
			p, kept := load(t, builtin(t, b))
			for range 5 {
				if err := question(ctx, t, p, blobs); err != nil {
					t.Fatal(err)
				}
			}
			first := (*kept)[0]
			for _, d := range *kept {
				if diff := cmp.Diff(first.Record, d.Record); diff != "" {
					t.Errorf("the same question, another record: %s", diff)
				}
			}
			again, err := p.Replay(ctx, first.Input, blobs)
			if err != nil || !bytes.Equal(again, first.Output) {
				t.Errorf("replayed %x, %v; want %x", again, err, first.Output)
			}
		})
	}
}

// The vectors of these hooks are sensible questions too, extremes included.
func TestBuiltin_answersVectors(t *testing.T) {
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []struct {
		hook hostapi.Hook
		name string
	}{{hostapi.HookMatch, "cheapest"}, {hostapi.HookMatch, "best-fit"}, {hostapi.HookAdmit, "standing"}, {hostapi.HookAllow, "list"}} {
		p, _ := load(t, lookup(t, b.hook, b.name))
		for _, c := range calls {
			if c.Hook != b.hook.String() {
				continue
			}
			if _, err := ask(context.Background(), p, c.Hook, c.Input); err != nil {
				t.Errorf("%s: %v", c.Name, err)
			}
		}
	}
}

func TestBuiltin_match_judgesItemsAlone(t *testing.T) {
	p, _ := load(t, lookup(t, hostapi.HookMatch, "cheapest"))
	ctx, job := context.Background(), hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 100}
	offers := make([]hostapi.Offer, 20)
	for i := range offers {
		offers[i] = hostapi.Offer{Price: uint64(i*37%20 + 1), JobsOk: uint32(i), JobsFailed: uint32(i * 3 % 8)}
	}
	together, err := p.Match(ctx, 1, job, offers)
	if err != nil {
		t.Fatal(err)
	}
	for i := range offers {
		alone, err := p.Match(ctx, 1, job, offers[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(together[i:i+1], alone); diff != "" {
			t.Errorf("offer %d: %s", i, diff)
		}
	}
}

func TestBuiltin_compare(t *testing.T) {
	ctx, blobs := context.Background(), memory.New()
	exit := storage.Bytes("exitCode", []byte("0\n"))
	a := tree(t, blobs, exit, storage.Bytes("out.json", []byte(`{"x": 1.0000000001}`)))
	near := tree(t, blobs, exit, storage.Bytes("out.json", []byte(`{"x": 1.0000000002}`)))
	far := tree(t, blobs, exit, storage.Bytes("out.json", []byte(`{"x": 2}`)))
	for _, tc := range []struct {
		plugin string
		b      hostapi.Bytes32
		want   hostapi.Sameness
	}{
		{"exact", a, hostapi.SamenessEqual},
		{"exact", near, hostapi.SamenessDifferent},
		{"numeric", near, hostapi.SamenessEqual},
		{"numeric", far, hostapi.SamenessDifferent},
	} {
		p, kept := load(t, lookup(t, hostapi.HookCompare, tc.plugin))
		got, err := p.Compare(ctx, 1, []hostapi.Pair{{ARoot: a, BRoot: tc.b, Engine: hostapi.EngineWasm}}, blobs)
		if err != nil {
			t.Fatal(err)
		}
		if got[0].Sameness != tc.want {
			t.Errorf("%s: got %+v, want %s", tc.plugin, got[0], tc.want)
		}
		for _, d := range *kept {
			again, err := p.Replay(ctx, d.Input, blobs)
			if err != nil || !bytes.Equal(again, d.Output) {
				t.Errorf("%s: replayed %x, %v; want %x", tc.plugin, again, err, d.Output)
			}
		}
	}
}

// BenchmarkMatch asks about 10 offers, at once again or after a pause in which
// the pool starts the next guest; its own time is in the median.
func BenchmarkMatch(b *testing.B) {
	p, _ := load(b, lookup(b, hostapi.HookMatch, "cheapest"))
	offers := make([]hostapi.Offer, 10)
	job := hostapi.Job{Engine: hostapi.EngineWasm}
	for _, pause := range []time.Duration{0, 15 * time.Millisecond} {
		b.Run("pause="+pause.String(), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				time.Sleep(pause)
				began := time.Now()
				if _, err := p.Match(context.Background(), 1, job, offers); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
		})
	}
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
		for b.Loop() {
			once(b, "")
		}
	})
	b.Run("cached", func(b *testing.B) {
		dir := b.TempDir() + "/cache"
		once(b, dir)
		for b.Loop() {
			once(b, dir)
		}
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
