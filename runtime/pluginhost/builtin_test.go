//go:build !race

// The race detector makes compiling these Go guests a matter of minutes.

package pluginhost_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

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
		_, err = p.Match(ctx, 7, hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 9}, []hostapi.Offer{{Price: 7, VRAM: 8}, {Price: 6}})
	case "admit":
		_, err = p.Admit(ctx, 7, hostapi.Node{Weekday: hostapi.WeekdayMonday, Slots: 1}, []hostapi.Request{{Engine: hostapi.EngineWasm, StandingPrice: 5, MaxPrice: 9}})
	case "allow":
		_, err = p.Allow(ctx, 7, []hostapi.Module{module})
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
		_, err = p.Compare(ctx, 7, []hostapi.Pair{{ARoot: a, BRoot: b, Engine: hostapi.EngineWasm}}, store)
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
			for engine, ask := range map[string]func(context.Context, []byte, storage.Getter) (pluginhost.Decision, error){"compiler": p.Replay, "interpreter": p.Referee} {
				again, err := ask(ctx, first.Input, blobs)
				if err != nil || !bytes.Equal(again.Output, first.Output) || again.Record != first.Record {
					t.Errorf("%s: replayed %+v, %v; want %+v", engine, again.Record, err, first.Record)
				}
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
	together, err := p.Match(ctx, 7, job, offers)
	if err != nil {
		t.Fatal(err)
	}
	for i := range offers {
		alone, err := p.Match(ctx, 7, job, offers[i:i+1])
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
		got, err := p.Compare(ctx, 7, []hostapi.Pair{{ARoot: a, BRoot: tc.b, Engine: hostapi.EngineWasm}}, blobs)
		if err != nil {
			t.Fatal(err)
		}
		if got[0].Sameness != tc.want {
			t.Errorf("%s: got %+v, want %s", tc.plugin, got[0], tc.want)
		}
		for _, d := range *kept {
			again, err := p.Replay(ctx, d.Input, blobs)
			if err != nil || !bytes.Equal(again.Output, d.Output) {
				t.Errorf("%s: replayed %x, %v; want %x", tc.plugin, again.Output, err, d.Output)
			}
		}
	}
}
