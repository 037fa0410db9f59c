//go:build !race

// The race detector makes compiling Go guests a matter of minutes.

package pluginhost_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// An example is one plugin in four languages. In Go it is a built-in one.
type example struct {
	name     string
	hook     hostapi.Hook
	settings map[string]any
	builtin  string
	alike    map[string]any // settings that make the built-in plugin the same
}

var examples = []example{
	{
		"cheapest", hostapi.HookMatch,
		map[string]any{"region_bonus": 30, "after_jobs": 3},
		"cheapest",
		map[string]any{"region_bonus": 30, "after_jobs": 3},
	},
	{
		"floor", hostapi.HookAdmit,
		map[string]any{"price_floor": 50},
		"standing",
		map[string]any{"price_floor": 50, "maximum_queue": 1_000_000},
	},
	{
		"publishers", hostapi.HookAllow,
		map[string]any{"publishers": []any{"ada", "grace"}},
		"list",
		map[string]any{"otherwise": "deny", "follow_listing": false, "rules": []any{
			map[string]any{"action": "allow", "publisher": "ada"}, map[string]any{"action": "allow", "publisher": "grace"},
		}},
	},
	{
		"quorum", hostapi.HookMediate,
		map[string]any{"agree": 2},
		"replicate",
		map[string]any{"agree": 2, "runs": 64, "place": "other_owner"},
	},
	{"exact", hostapi.HookCompare, nil, "exact", nil},
}

// in is the example in each language, loaded.
func (x example) in(t *testing.T) map[string]*pluginhost.Plugin {
	t.Helper()
	loaded := map[string]*pluginhost.Plugin{}
	for _, language := range languages {
		loaded[language], _ = load(t, x.source(t, language))
	}
	return loaded
}

var languages = []string{"go", "c", "rust", "assemblyscript"}

func (x example) source(t *testing.T, language string) pluginhost.Source {
	t.Helper()
	if language != "go" {
		return compiledGuest(t, language, x.name, x.settings)
	}
	src := lookup(t, x.hook, x.builtin)
	src.Settings = x.alike
	return src
}

// compiledGuest is an example of an SDK, as sdk/build compiled it.
func compiledGuest(t testing.TB, language, name string, settings map[string]any) pluginhost.Source {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join("../../sdk/guests", language, name+".wasm.gz"))
	if err != nil {
		t.Fatalf("%v: go run ./sdk/build", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join("../../sdk", language, "examples", name, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := hostapi.ParseManifest(source)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(wasm)
	m.SHA256 = hex.EncodeToString(sum[:])
	manifest, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return pluginhost.Source{Wasm: wasm, Manifest: manifest, Settings: settings, Grants: m.Capabilities}
}

// TestLanguages_examplesAnswerAlike: what an example answers does not depend on
// its language, nor on what the instance was asked before.
func TestLanguages_examplesAnswerAlike(t *testing.T) {
	ctx := context.Background()
	for _, x := range examples {
		if x.hook == hostapi.HookCompare {
			continue
		}
		t.Run(x.name, func(t *testing.T) {
			plugins := x.in(t)
			r := rand.New(rand.NewPCG(1, 0))
			for i := range 200 {
				in, err := json.Marshal(anyInput(x.hook, r))
				if err != nil {
					t.Fatal(err)
				}
				want, wantErr := ask(ctx, plugins["go"], x.hook.String(), in)
				for language, p := range plugins {
					for _, when := range []string{"first", "again"} {
						got, err := ask(ctx, p, x.hook.String(), in)
						if rule(err) != rule(wantErr) {
							t.Fatalf("%s, input %d, %s: %v; in Go %v", language, i, when, err, wantErr)
						}
						if diff := cmp.Diff(want, got); diff != "" {
							t.Fatalf("%s, input %d, %s (-go +%s):\n%s\n%s", language, i, when, language, diff, in)
						}
					}
				}
			}
		})
	}
}

func rule(err error) pluginhost.Rule {
	if r, ok := errors.AsType[*pluginhost.Refusal](err); ok {
		return r.Rule
	}
	return ""
}

func TestLanguages_comparatorsAnswerAlike(t *testing.T) {
	ctx, blobs := context.Background(), memory.New()
	entries := func(n int, content string) []storage.Entry {
		var list []storage.Entry
		for i := range n {
			list = append(list, storage.Bytes("file "+strconv.Itoa(i), []byte(content)))
		}
		return list
	}
	few, other := tree(t, blobs, entries(3, "a")...), tree(t, blobs, append(entries(2, "a"), storage.Bytes("z", []byte("b")))...)
	many, changed := tree(t, blobs, entries(2000, "a")...), tree(t, blobs, entries(2000, "b")...)
	pairs := []hostapi.Pair{
		{ARoot: few, BRoot: few, Engine: hostapi.EngineWasm},
		{ARoot: few, BRoot: other, Engine: hostapi.EngineWasm},
		{ARoot: other, BRoot: many, Engine: hostapi.EngineWasm},
		{ARoot: many, BRoot: changed, Engine: hostapi.EngineWasm}, // more differences than one page holds
	}
	plugins := examples[4].in(t)
	want, err := plugins["go"].Compare(ctx, 1, pairs, blobs)
	if err != nil {
		t.Fatal(err)
	}
	if want[3].Arg0 != 2000 {
		t.Errorf("%d files differ, want 2000", want[3].Arg0)
	}
	for language, p := range plugins {
		for range 2 {
			got, err := p.Compare(ctx, 1, pairs, blobs)
			if err != nil {
				t.Fatalf("%s: %v", language, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-go +%s):\n%s", language, language, diff)
			}
		}
	}
}

// The example lenient reads settings in objects, and files.
func TestLanguages_comparatorsReadFiles(t *testing.T) {
	ctx, blobs := context.Background(), memory.New()
	files := func(notes, log, data string) hostapi.Bytes32 {
		return tree(t, blobs, storage.Bytes("data", []byte(data)), storage.Bytes("run.log", []byte(log)), storage.Bytes("z/notes.txt", []byte(notes)))
	}
	long, spaced := strings.Repeat("ab ", 5000), strings.Repeat("a\n\tb", 5000)
	a := files(long, "at noon", "1")
	for name, tc := range map[string]struct {
		b    hostapi.Bytes32
		want hostapi.Comparison
	}{
		"white space":       {files(spaced, "at noon", "1"), hostapi.Comparison{Sameness: hostapi.SamenessEqual}},
		"what is ignored":   {files(long, "at one", "1"), hostapi.Comparison{Sameness: hostapi.SamenessEqual}},
		"an ignored file":   {tree(t, blobs, storage.Bytes("data", []byte("1")), storage.Bytes("z/notes.txt", []byte(long))), hostapi.Comparison{Sameness: hostapi.SamenessEqual}},
		"the last letter":   {files(long+"x", "", "1"), differ(1, 3)},
		"letters":           {files(strings.Replace(long, "b", "c", 1), "", "1"), differ(1, 3)},
		"a file of no rule": {files(spaced, "at noon", "1 "), differ(1, 3)},
		"a missing file":    {tree(t, blobs, storage.Bytes("data", []byte("2"))), differ(2, 3)},
		"too much to read": {files(strings.Repeat(" ", 8<<20+1), "", "1"), hostapi.Comparison{
			Sameness: hostapi.SamenessIncomparable, Reason: 2, Arg0: 8<<20 + 1, Arg1: 8 << 20,
		}},
	} {
		for _, language := range []string{"c", "rust", "assemblyscript"} {
			t.Run(name+" in "+language, func(t *testing.T) {
				p, _ := load(t, compiledGuest(t, language, "lenient", map[string]any{"files": []any{
					map[string]any{"suffix": ".txt"}, map[string]any{"suffix": ".log", "ignore": true},
				}}))
				got, err := p.Compare(ctx, 1, []hostapi.Pair{{ARoot: a, BRoot: tc.b, Engine: hostapi.EngineWasm}}, blobs)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff([]hostapi.Comparison{tc.want}, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func differ(n, files uint64) hostapi.Comparison {
	return hostapi.Comparison{Sameness: hostapi.SamenessDifferent, Distance: n * 1_000_000 / files, Reason: 1, Arg0: n, Arg1: files}
}

// What a plugin says when it refuses its settings reaches the operator.
func TestLanguages_settingsRefused(t *testing.T) {
	for _, language := range []string{"c", "rust", "assemblyscript"} {
		src := compiledGuest(t, language, "publishers", map[string]any{"publishers": []any{"ada", "grace", "ada"}})
		_, err := newHost(t, pluginhost.Config{CacheDir: cache}).Load(context.Background(), src)
		wantRefusal(t, err, pluginhost.RuleSettings, "stands twice")
	}
}

// BenchmarkLanguages ranks stored offers by the example cheapest.
func BenchmarkLanguages(b *testing.B) {
	ctx, job := context.Background(), hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: 100}
	offer := hostapi.Offer{Price: 7, JobsOk: 5, Region: hostapi.Some("eu"), GPUModel: hostapi.Some("NVIDIA H100")}
	stored, err := offer.Append(nil, hostapi.Minor)
	if err != nil {
		b.Fatal(err)
	}
	for _, language := range []string{"go", "c", "rust", "assemblyscript"} {
		src := lookup(b, hostapi.HookMatch, "cheapest")
		if language != "go" {
			src = compiledGuest(b, language, "cheapest", nil)
		}
		p, err := newHost(b, pluginhost.Config{CacheDir: cache}).Load(ctx, src)
		if err != nil {
			b.Fatal(err)
		}
		for _, n := range []int{1, 1000} {
			offers := slices.Repeat([][]byte{stored}, n)
			b.Run(language+"/offers="+strconv.Itoa(n), func(b *testing.B) {
				for b.Loop() {
					if _, err := p.MatchStored(ctx, 1, job, offers); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/offer")
			})
		}
	}
}
