package conformance_test

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tetratelabs/wazero/api"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/schema"
)

const (
	builtin  = "../../plugins/dist"
	examined = 200 // random calls of each example
)

var examples = []struct {
	hook, name string
	settings   string // that most calls tell something by
	bad        string // of another type, or refused
	status     hostapi.Status
}{
	{"match", "cheapest", `{"region_bonus": 3, "max_failures_ppm": 500000, "after_jobs": 4}`, `{"after_jobs": "4"}`, hostapi.StatusAuthorError},
	{"admit", "floor", `{"price_floor": 5}`, `{"price_floor": true}`, hostapi.StatusAuthorError},
	{"allow", "publishers", `{"publishers": ["aé", "bob", ""]}`, `{"publishers": ["a", "b", "a"]}`, hostapi.StatusSettingsRefused},
	{"mediate", "quorum", `{"agree": 2}`, `{"agree": [2]}`, hostapi.StatusAuthorError},
	{"compare", "exact", `{}`, ``, 0},
	{"compare", "lenient", `{"files": [{"suffix": ".log", "ignore": true}, {"suffix": ".txt", "ignore": false}]}`, `{"files": [{"suffix": 1}]}`, hostapi.StatusAuthorError},
}

func flat(t *testing.T, settings string) hostapi.Settings {
	t.Helper()
	flat, err := hostapi.Flatten([]byte(settings))
	if err != nil {
		t.Fatal(err)
	}
	return flat
}

// TestLanguages_Examples: the example of one name answers the same in every
// language, and the same as the built-in plugin of the name.
func TestLanguages_Examples(t *testing.T) {
	s, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range examples {
		t.Run(x.name, func(t *testing.T) {
			modules := modulesOf(t, x.hook, x.name)
			opened := make([]*plain, len(modules))
			for i, path := range modules {
				opened[i] = openModule(t, path, flat(t, x.settings))
			}
			answers := map[string]bool{}
			for seed := range uint64(examined) {
				in := randomCall(t, s, x.hook, rand.New(rand.NewPCG(seed, 1)))
				var want string
				for i, g := range opened {
					n, out := g.call(t, x.hook, in, arenaSize/2)
					got := fmt.Sprintf("status %d, %s", min(n, 0), hex.EncodeToString(out))
					if i == 0 {
						want = got
						answers[got] = true
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Fatalf("seed %d (-%s +%s):\n%s", seed, modules[0], modules[i], diff)
					}
				}
			}
			if len(answers) < examined/4 {
				t.Errorf("%d answers to %d calls, too few to tell", len(answers), examined)
			}
		})
	}
}

// Settings that an example refuses, or reads as what they are not, end alike.
func TestLanguages_Examples_badSettings(t *testing.T) {
	for _, x := range examples {
		for _, path := range modulesOf(t, x.hook, x.name) {
			if n := openModule(t, path, flat(t, x.settings)).configure(t, flat(t, x.bad)); n != int32(x.status) {
				t.Errorf("%s: status %d, want %d", path, n, x.status)
			}
		}
	}
}

// The manifests of an example differ in their sources alone.
func TestLanguages_Examples_manifests(t *testing.T) {
	for _, x := range examples {
		var first hostapi.Manifest
		for i, language := range languages[1:] {
			b, err := os.ReadFile(filepath.Join("../../sdk", language, "examples", x.name, "manifest.json"))
			if err != nil {
				t.Fatal(err)
			}
			m, err := hostapi.ParseManifest(b)
			if err != nil {
				t.Fatalf("%s: %s: %v", x.name, language, err)
			}
			if m.Source = ""; i == 0 {
				first = m
			}
			if diff := cmp.Diff(first, m); diff != "" {
				t.Errorf("%s (-%s +%s):\n%s", x.name, languages[1], language, diff)
			}
		}
	}
}

// modulesOf are the compiled examples of a name, the built-in plugin first.
func modulesOf(t *testing.T, hook, name string) []string {
	t.Helper()
	var paths []string
	for _, pattern := range []string{filepath.Join(builtin, hook, name), filepath.Join(guests, "*", name)} {
		found, err := filepath.Glob(pattern + ".wasm.gz")
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	for _, language := range languages[1:] { // Go's are the built-in ones
		if !strings.Contains(strings.Join(paths, " "), filepath.Join(guests, language)) {
			t.Errorf("%s has no example %s: go run ./sdk/build", language, name)
		}
	}
	return paths
}

// randomCall is a good input with small values, so that they often meet.
func randomCall(t *testing.T, s *schema.Schema, hook string, r *rand.Rand) []byte {
	t.Helper()
	k := codecs[hook]
	in := k.input()
	randomize(reflect.ValueOf(in).Elem(), s, r)
	if m, ok := in.(*hostapi.MediateInput); ok {
		for i := range m.Cases {
			join(&m.Cases[i], r)
		}
	}
	b, err := k.append(in, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var words = []string{"", "a", "aé", "bob", "€𐍈"}

func randomize(v reflect.Value, s *schema.Schema, r *rand.Rand) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(words[r.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int64:
		v.SetInt(r.Int64N(9) - 4)
	case reflect.Uint8:
		for _, e := range s.Enums {
			if strings.EqualFold(strings.ReplaceAll(e.Name, "_", ""), v.Type().Name()) {
				v.SetUint(uint64(e.Values[r.IntN(len(e.Values))].Number))
			}
		}
	case reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(r.Uint64N(9))
	case reflect.Array:
		v.Index(v.Len() - 1).SetUint(r.Uint64N(3))
	case reflect.Slice:
		n := r.IntN(9)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			randomize(v.Index(i), s, r)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[hostapi.Event]() {
			member := v.Field(r.IntN(v.NumField()))
			member.Set(reflect.New(member.Type().Elem()))
			randomize(member.Elem(), s, r)
			return
		}
		for i := range v.NumField() {
			randomize(v.Field(i), s, r)
		}
	}
}

// join makes of random events a case as a host tells it: parties first, each
// result by one of them, comparisons of results.
func join(c *hostapi.Case, r *rand.Rand) {
	var parties, rest []hostapi.Event
	for _, e := range c.Events {
		if e.Party != nil {
			parties = append(parties, e)
		} else {
			rest = append(rest, e)
		}
	}
	if parties == nil {
		parties = []hostapi.Event{{Party: &hostapi.Party{Standing: hostapi.StandingProvider}}}
	}
	c.Events = slices.Concat(parties, rest)
	for i, e := range c.Events {
		at := func() uint32 { return uint32(len(parties) + r.IntN(len(rest))) }
		switch {
		case e.Party != nil:
			e.Party.Who = uint32(i)
		case e.Result != nil:
			if e.Result.Who = uint32(r.IntN(len(parties))); r.IntN(2) == 0 {
				e.Result.Re = 1<<32 - 1
			}
		case e.Compared != nil:
			e.Compared.A, e.Compared.B = at(), at()
		case e.Missing != nil:
			e.Missing.Key |= uint32(r.IntN(3)) << 24
		}
	}
}

// treeDiff plays the host for a tree whose handle is the number of pages that
// differ, each with as many paths as its cursor.
func treeDiff(m api.Memory, pages, cursor, out, room uint32) int32 {
	page := hostapi.Differences{}
	if cursor < pages {
		page.Next = cursor + 1
	}
	for i := range cursor {
		b := (i * pages) % 4
		d := hostapi.Difference{Path: fmt.Sprint(i, []string{".bin", ".log", ".txt"}[(i+pages)%3]), A: 1, B: b}
		if d.ASize = uint64(len(files[1])); b != 0 {
			d.BSize = uint64(len(files[b]))
		}
		page.Differences = append(page.Differences, d)
	}
	b, err := page.Append(nil, hostapi.Minor)
	if err != nil {
		panic(err)
	}
	if len(b) > int(room) {
		return int32(hostapi.StatusOutputFull)
	}
	if !m.Write(out, b) {
		panic("a page outside of memory")
	}
	return int32(len(b))
}

// files are what handles name.
var files = []string{1: "moo  baa", 2: " moo\n\tbaa\r\n", 3: "moo bah"}

// blobRead plays the host for files, and gives a few bytes at a time.
func blobRead(m api.Memory, handle uint32, offset uint64, ptr, n uint32) int32 {
	if handle == 0 || int(handle) >= len(files) {
		return int32(hostapi.StatusBadInput)
	}
	file := files[handle]
	part := file[min(offset, uint64(len(file))):]
	part = part[:min(len(part), int(n), 3)]
	if !m.Write(ptr, []byte(part)) {
		panic("a file outside of memory")
	}
	return int32(len(part))
}

// Large batches need no more memory than small ones, whatever an answer
// allocates: a guest whose memory grew is thrown away by its host.
func TestLanguages_Examples_memory(t *testing.T) {
	in := hostapi.MatchInput{Job: hostapi.Job{Engine: hostapi.EngineWasm}}
	in.Job.Region.V, in.Job.Region.OK = strings.Repeat("a", 100), true
	for range 1000 {
		o := hostapi.Offer{Price: 1}
		o.Region = in.Job.Region
		in.Offers = append(in.Offers, o)
	}
	b, err := in.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range languages[1:] {
		g := openModule(t, filepath.Join(guests, language, "cheapest.wasm.gz"), hostapi.Settings{})
		before := g.Memory().Size()
		for range perInstance / 2 {
			if n, _ := g.call(t, "match", b, arenaSize/2); n < 0 {
				t.Fatalf("%s: status %d", language, n)
			}
		}
		if after := g.Memory().Size(); after != before {
			t.Errorf("%s: memory grew from %d to %d bytes", language, before, after)
		}
	}
}
