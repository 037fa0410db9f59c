//go:build !race

// The race detector makes compiling Go guests a matter of minutes.

package pluginhost_test

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// fuzzed is small enough for every run; make test-languages has 10000.
var fuzzed = flag.Int("fuzzed", 24, "inputs that each language is asked, on both engines, in new and in restored instances")

// shares spread the inputs over the hooks, in percent: most go where a
// decision is made most often, or from the most data.
var shares = map[hostapi.Hook]int{
	hostapi.HookMatch: 40, hostapi.HookMediate: 30, hostapi.HookAdmit: 10, hostapi.HookAllow: 10, hostapi.HookCompare: 10,
}

// An input is a message that can be taken apart, with a few of its bytes
// overwritten unless it is sane.
type input struct {
	bytes    []byte
	sane     bool // a question as a host asks it
	readable bool // to the host
}

// reply is what languages have in common.
type reply struct {
	rule   pluginhost.Rule
	output lilypad.Hash
}

// TestLanguages_enginesAgree: whatever the bytes, the same output for the same
// fuel from the same snapshot, or the same status: compiled or interpreted, in
// a new instance or in a restored one. What the host can read is answered alike
// by all examples, and by the built-in plugin too if a host would ask it.
func TestLanguages_enginesAgree(t *testing.T) {
	inputs, answers := make([][]input, len(examples)), make([][4][]reply, len(examples))
	blobs := memory.New()
	trees := someTrees(t, blobs)
	for i, x := range examples {
		inputs[i] = fuzzedInputs(t, x.hook, max(1, *fuzzed*shares[x.hook]/100), trees)
	}
	t.Run("in", func(t *testing.T) { // ends when all of it has; Go first, which takes longest
		for k, language := range languages {
			for i, x := range examples {
				t.Run(language+" "+x.name, func(t *testing.T) {
					t.Parallel()
					answers[i][k] = cells(t, x.source(t, language), inputs[i], blobs)
				})
			}
		}
	})
	for i, x := range examples {
		for n, in := range inputs[i] {
			for k, language := range languages {
				if want, got := answers[i][1], answers[i][k]; in.readable && (k > 0 || in.sane) && n < min(len(want), len(got)) && want[n] != got[n] {
					t.Fatalf("%s, input %d: in %s %v, in %s %v\n%x", x.name, n, language, got[n], languages[1], want[n], in.bytes)
				}
			}
		}
	}
}

// cells asks one plugin in the four ways.
func cells(t *testing.T, src pluginhost.Source, inputs []input, store storage.Getter) []reply {
	ctx := context.Background()
	compiled := loadIn(t, newHost(t, pluginhost.Config{CacheDir: cache}), src)
	interpreted := loadIn(t, newHost(t, pluginhost.Config{CacheDir: cache, Interpreter: true}), src)
	var list []reply
	answered := 0
	for n, in := range inputs {
		want, err := compiled.Replay(ctx, in.bytes, store)
		if want.Record.Input == [32]byte{} {
			t.Fatalf("input %d is not for the plugin: %v", n, err)
		}
		for cell, ask := range map[string]func(context.Context, []byte, storage.Getter) (pluginhost.Decision, error){
			"compiled, new":         compiled.Anew,
			"interpreted, restored": interpreted.Replay,
			"interpreted, new":      compiled.Referee,
		} {
			got, _ := ask(ctx, in.bytes, store)
			if diff := cmp.Diff(want.Record, got.Record); diff != "" {
				t.Fatalf("input %d: another record (-compiled, restored +%s):\n%s\n%x", n, cell, diff, in.bytes)
			}
			if rule(want.Err) != rule(got.Err) {
				t.Fatalf("input %d, %s: %v; compiled, restored: %v\n%x", n, cell, got.Err, want.Err, in.bytes)
			}
		}
		if want.Err == nil {
			answered++
		}
		list = append(list, reply{rule(want.Err), want.Record.Output})
	}
	if answered == 0 {
		t.Error("every input was refused")
	}
	return list
}

// fuzzedInputs are a hook's vectors and random inputs, some of them damaged.
func fuzzedInputs(t *testing.T, hook hostapi.Hook, n int, trees []storedTree) []input {
	t.Helper()
	vectors, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(2, uint64(hook)))
	var list []input
	for len(list) < n {
		in := input{sane: true}
		if in.bytes, err = anyInput(hook, r, trees...).Append(nil, hostapi.Minor); err != nil {
			t.Fatal(err)
		}
		if c := vectors[r.IntN(len(vectors))]; c.Hook == hook.String() {
			in.sane = false
			if in.bytes, err = hex.DecodeString(c.InputHex); err != nil {
				t.Fatal(err)
			}
		}
		for range r.IntN(4) {
			in.sane = false
			in.bytes[32+r.IntN(len(in.bytes)-32)] = byte(r.Uint32())
		}
		binary.LittleEndian.PutUint16(in.bytes[6:], 0) // as the manifests of the examples say
		_, _, items, err := hostapi.SplitMessage(in.bytes)
		in.readable = readers[hook](in.bytes) == nil
		if err == nil && len(items) > 0 && (hook != hostapi.HookCompare || comparable(in.bytes, trees)) {
			list = append(list, in)
		}
	}
	return list
}

var readers = map[hostapi.Hook]func([]byte) error{
	hostapi.HookMatch:   func(b []byte) error { _, err := hostapi.DecodeMatchInput(b); return err },
	hostapi.HookAdmit:   func(b []byte) error { _, err := hostapi.DecodeAdmitInput(b); return err },
	hostapi.HookAllow:   func(b []byte) error { _, err := hostapi.DecodeAllowInput(b); return err },
	hostapi.HookMediate: func(b []byte) error { _, err := hostapi.DecodeMediateInput(b); return err },
	hostapi.HookCompare: func(b []byte) error { _, err := hostapi.DecodeCompareInput(b); return err },
}

// storedTree is a tree that a comparison can be about.
type storedTree struct {
	root  hostapi.Bytes32
	size  uint64
	files uint32
}

// someTrees have files in common; two of them differ in more files than are
// told at once.
func someTrees(t *testing.T, store storage.Store) (list []storedTree) {
	t.Helper()
	for i, n := range []int{0, 1, 3, 4, 2000, 2000} {
		var entries []storage.Entry
		for k := range n {
			entries = append(entries, storage.Bytes("file "+strconv.Itoa(k), []byte(strconv.Itoa(i*k%3))))
		}
		root := tree(t, store, entries...)
		read, err := storage.ReadTree(context.Background(), store, lilypad.ContentID(root))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, storedTree{root, read.Size(), uint32(n)})
	}
	return list
}

// comparable tells whether a host can repeat a comparison: it opens the trees
// before the plugin is asked.
func comparable(message []byte, trees []storedTree) bool {
	in, err := hostapi.DecodeCompareInput(message)
	known := func(root hostapi.Bytes32) bool {
		return slices.ContainsFunc(trees, func(t storedTree) bool { return t.root == root })
	}
	return err == nil && len(in.Pairs) == 1 && known(in.Pairs[0].ARoot) && known(in.Pairs[0].BRoot)
}

type anyMessage interface {
	Append(dst []byte, minor uint16) ([]byte, error)
}

// anyInput is a call of a hook that makes sense, with values that are near
// each other so that each branch of an example is taken.
func anyInput(hook hostapi.Hook, r *rand.Rand, trees ...storedTree) anyMessage {
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
	case hostapi.HookCompare:
		a, b := trees[r.IntN(len(trees))], trees[r.IntN(len(trees))]
		p := hostapi.Pair{
			ARoot: a.root, ASize: a.size, AFiles: a.files, A: 1,
			BRoot: b.root, BSize: b.size, BFiles: b.files, B: 2, Engine: hostapi.EngineWasm,
		}
		for range r.IntN(3) {
			p.Params = append(p.Params, hostapi.Param{Key: pick("agree", "runs", ""), Value: r.Int64()})
		}
		return &hostapi.CompareInput{Now: r.Uint64(), Pairs: []hostapi.Pair{p}}
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
