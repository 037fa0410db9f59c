//go:build !race

// The race detector makes compiling Go guests a matter of minutes.

package pluginhost_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
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
	"github.com/lilypad-network/lilypad/hostapi/conformance"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// fuzzed is small enough for every run; make test-languages has 10000.
var fuzzed = flag.Int("fuzzed", 24, "inputs for each language to be answered by both engines")

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
	src := lookup(t, x.hook, x.builtin)
	src.Settings = x.alike
	loaded["go"], _ = load(t, src)
	for _, language := range []string{"c", "rust", "assemblyscript"} {
		loaded[language], _ = load(t, compiledGuest(t, language, x.name, x.settings))
	}
	return loaded
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

// TestLanguages_enginesAgree: whatever the bytes, the compiler in a restored
// instance and the interpreter in a new one give the same output for the same
// fuel, or the same status.
func TestLanguages_enginesAgree(t *testing.T) {
	ctx := context.Background()
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range examples {
		if x.name != "cheapest" && x.name != "quorum" {
			continue
		}
		for language, p := range x.in(t) {
			t.Run(x.name+" "+language, func(t *testing.T) {
				r, answered := rand.New(rand.NewPCG(2, 0)), 0
				for i := range max(1, *fuzzed/2) { // there are two plugins
					in := fuzzedInput(t, x.hook, calls, r)
					first, err := p.Replay(ctx, in, nil)
					if first.Record.Input == [32]byte{} {
						t.Fatalf("input %d is not for the plugin: %v", i, err)
					}
					again, _ := p.Replay(ctx, in, nil)
					judged, _ := p.Referee(ctx, in, nil)
					for engine, d := range map[string]pluginhost.Decision{"the compiler, restored": again, "the interpreter, new": judged} {
						if diff := cmp.Diff(first.Record, d.Record); diff != "" {
							t.Fatalf("input %d, %s: another record:\n%s\n%x", i, engine, diff, in)
						}
						if rule(first.Err) != rule(d.Err) {
							t.Fatalf("input %d, %s: %v, want %v", i, engine, d.Err, first.Err)
						}
					}
					if first.Err == nil {
						answered++
					}
				}
				if answered == 0 {
					t.Error("every input was refused")
				}
			})
		}
	}
}

// fuzzedInput is a message that can be taken apart: a vector or a random input
// with a few bytes overwritten.
func fuzzedInput(t *testing.T, hook hostapi.Hook, calls []conformance.Call, r *rand.Rand) []byte {
	t.Helper()
	for {
		b, err := anyInput(hook, r).Append(nil, hostapi.Minor)
		if err != nil {
			t.Fatal(err)
		}
		if c := calls[r.IntN(len(calls))]; c.Hook == hook.String() {
			if b, err = hex.DecodeString(c.InputHex); err != nil {
				t.Fatal(err)
			}
		}
		for range r.IntN(4) {
			b[32+r.IntN(len(b)-32)] = byte(r.Uint32())
		}
		binary.LittleEndian.PutUint16(b[6:], hostapi.Minor)
		if _, _, items, err := hostapi.SplitMessage(b); err == nil && len(items) > 0 {
			return b
		}
	}
}

type anyMessage interface {
	Append(dst []byte, minor uint16) ([]byte, error)
}

// anyInput is a call of a hook that makes sense, with values that are near
// each other so that each branch of an example is taken.
func anyInput(hook hostapi.Hook, r *rand.Rand) anyMessage {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	switch hook {
	case hostapi.HookMatch:
		in := hostapi.MatchInput{Now: r.Uint64(), Job: hostapi.Job{Engine: hostapi.EngineWasm, MaxPrice: r.Uint64N(1000)}}
		if r.IntN(2) == 0 {
			in.Job.Region = hostapi.Some(pick("eu", "us", "asia-south"))
		}
		for range 1 + r.IntN(6) {
			o := hostapi.Offer{Price: r.Uint64() >> r.IntN(64), JobsOk: r.Uint32N(6), JobsFailed: r.Uint32N(6)}
			if r.IntN(2) == 0 {
				o.Region = hostapi.Some(pick("eu", "us", "asia-south"))
			}
			in.Offers = append(in.Offers, o)
		}
		return &in
	case hostapi.HookAdmit:
		in := hostapi.AdmitInput{Node: hostapi.Node{Weekday: hostapi.WeekdayFriday, Slots: 1}}
		for range 1 + r.IntN(6) {
			in.Requests = append(in.Requests, hostapi.Request{Engine: hostapi.EngineDocker, StandingPrice: r.Uint64N(100), MaxPrice: r.Uint64N(100)})
		}
		return &in
	case hostapi.HookAllow:
		in := hostapi.AllowInput{}
		for range 1 + r.IntN(6) {
			m := module
			m.Publisher = pick("", "ada", "adam", "grace", "ad")
			in.Modules = append(in.Modules, m)
		}
		return &in
	}
	in := hostapi.MediateInput{Now: 100}
	for range 1 + r.IntN(3) {
		in.Cases = append(in.Cases, anyCase(r))
	}
	return &in
}

// anyCase is a case with some of what can have happened.
func anyCase(r *rand.Rand) hostapi.Case {
	c := hostapi.Case{
		Phase: hostapi.Phase(1 + r.IntN(2)), Opened: 1, Now: 100, Deadline: 100 + r.Uint64N(3)*100, MaxRuns: r.Uint32N(5),
	}
	if r.IntN(2) == 0 {
		c.Challenged = hostapi.Some(uint64(50))
	}
	add := func(e hostapi.Event) uint32 {
		c.Events = append(c.Events, e)
		return uint32(len(c.Events) - 1)
	}
	for i, s := range []hostapi.Standing{hostapi.StandingProvider, hostapi.StandingMediator, hostapi.StandingReplica, hostapi.StandingReplica} {
		add(hostapi.Event{Party: &hostapi.Party{Who: uint32(i), Re: hostapi.None, Standing: s}})
	}
	var results []uint32
	for who := range uint32(4) {
		re := hostapi.None
		if who > 0 {
			if r.IntN(3) == 0 {
				continue
			}
			key := uint32(1<<24) + who - 1
			re = add(hostapi.Event{Ordered: &hostapi.Ordered{At: 10, Who: who, Re: hostapi.None, Key: key, Kind: hostapi.ActionKindExecute}})
			if r.IntN(4) == 0 {
				add(hostapi.Event{Missing: &hostapi.Missing{At: 20, Who: who, Re: re, Key: key, Why: hostapi.AbsenceLate}})
				continue
			}
		}
		if r.IntN(4) > 0 {
			results = append(results, add(hostapi.Event{Result: &hostapi.Result{
				At: 20 + r.Uint64N(60), Who: who, Re: re, Status: hostapi.RunStatusSucceeded, Content: hostapi.Bytes32{byte(r.IntN(3))},
			}}))
		}
	}
	for range r.IntN(3) {
		if len(results) < 2 {
			break
		}
		a, b := results[r.IntN(len(results))], results[r.IntN(len(results))]
		key := 2<<24 | min(a, b)<<12 | max(a, b)
		re := add(hostapi.Event{Ordered: &hostapi.Ordered{At: 90, Who: hostapi.None, Re: hostapi.None, Key: key, Kind: hostapi.ActionKindCompare}})
		if r.IntN(3) > 0 {
			add(hostapi.Event{Compared: &hostapi.Compared{
				At: 95, Who: hostapi.None, Re: re, A: a, B: b, Distance: 7, Sameness: hostapi.Sameness(1 + r.IntN(3)), Key: key,
			}})
		}
	}
	return c
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
