package conformance_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
)

const (
	guests    = "../../sdk/guests"
	arenaSize = 1 << 20

	mutations   = 64 // of each vector
	perInstance = 16 // calls
)

var languages = []string{"go", "c", "rust", "assemblyscript"}

// TestLanguages_Calls: each SDK reads every field of every vector as the host
// does, and writes the answer that it was told to.
func TestLanguages_Calls(t *testing.T) {
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	d := newDump(t)
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			g := openGuest(t, language)
			for _, c := range calls {
				in, err := hex.DecodeString(c.InputHex)
				if err != nil {
					t.Fatal(err)
				}
				g.agree(t, d, c.Name, c.Hook, in, c.Input)
			}
		})
	}
}

// TestLanguages_mutatedCalls: whatever became of its bytes, an input is taken
// or refused by all SDKs alike, and if the host can read it, read as it does.
func TestLanguages_mutatedCalls(t *testing.T) {
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	d := newDump(t)
	opened := make([]*plain, len(languages))
	for i, language := range languages {
		opened[i] = openGuest(t, language)
	}
	for _, c := range calls {
		t.Run(c.Name, func(t *testing.T) {
			good, err := hex.DecodeString(c.InputHex)
			if err != nil {
				t.Fatal(err)
			}
			read := 0
			for seed := range uint64(mutations) {
				in := mutate(good, rand.New(rand.NewPCG(seed, 0)))
				value, err := codecs[c.Hook].decode(in)
				if err == nil {
					read++
				}
				first, _ := opened[0].call(t, c.Hook, in, arenaSize/2)
				for i, g := range opened {
					name := fmt.Sprintf("seed %d, %s", seed, languages[i])
					if err == nil {
						g.agree(t, d, name, c.Hook, in, json.RawMessage(asJSON(t, value)))
					} else if n, _ := g.call(t, c.Hook, in, arenaSize/2); n != first && !text(err) {
						t.Errorf("%s: status %d, of %s %d, of the host %v", name, n, languages[0], first, err)
					}
				}
			}
			if read == 0 || read == mutations {
				t.Errorf("the host reads %d of %d mutated inputs, too few or many to tell", read, mutations)
			}
		})
	}
}

// text tells whether the host refused a text for its spelling, which a guest
// may do, if its language's strings have none; or one that begins in the
// header of its item, which guests read, so that they then differ in the same.
func text(err error) bool {
	return strings.Contains(err.Error(), "UTF-8") || inHeader.MatchString(err.Error())
}

var inHeader = regexp.MustCompile(` bytes at ([0-9]|1[0-5]) leave the item's`)

// mutate overwrites a few bytes, those of the version excepted.
func mutate(b []byte, r *rand.Rand) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(3) {
		b[r.IntN(len(b))] = byte(r.Uint32())
	}
	binary.LittleEndian.PutUint16(b[6:], hostapi.Minor)
	return b
}

// TestLanguages_Refusals: what the host refuses, each SDK refuses as bad input.
func TestLanguages_Refusals(t *testing.T) {
	list, err := conformance.Refusals()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			g := openGuest(t, language)
			for _, r := range list {
				if r.Side != "input" {
					continue
				}
				in, err := hex.DecodeString(r.Hex)
				if err != nil {
					t.Fatal(err)
				}
				if n, _ := g.call(t, r.Hook, in, arenaSize/2); n != int32(hostapi.StatusBadInput) {
					t.Errorf("%s, %s: %d, want bad input", r.Hook, r.Rule, n)
				}
			}
		})
	}
}

// TestLanguages_Status: each SDK says alike what else a call can end with.
func TestLanguages_Status(t *testing.T) {
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	d := newDump(t)
	for _, language := range languages {
		t.Run(language, func(t *testing.T) {
			g := openGuest(t, language)
			for _, c := range calls {
				in, err := hex.DecodeString(c.InputHex)
				if err != nil {
					t.Fatal(err)
				}
				whole := len(d.answer(c.Hook, int(binary.LittleEndian.Uint32(in[12:]))))
				for room, want := range map[int]int{0: -3, 15: -3, 16: -3, whole - 1: -3, whole: whole, whole + 1: whole} {
					if n, _ := g.call(t, c.Hook, in, room); n != int32(want) {
						t.Errorf("%s with %d bytes of room: %d, want %d", c.Name, room, n, want)
					}
				}
				in[6], in[7] = 0xff, 0xff
				if n, _ := g.call(t, c.Hook, in, arenaSize/2); n != int32(hostapi.StatusUnknownMinor) {
					t.Errorf("%s of a later minor version: %d", c.Name, n)
				}
			}
		})
	}
}

// plain is a guest in plain wazero, without what a node adds.
type plain struct {
	runtime  wazero.Runtime
	module   wazero.CompiledModule
	settings hostapi.Settings
	log      strings.Builder // of the last call
	calls    int
	*instance
}

type instance struct {
	api.Module
	arena uint32
}

var compiled = wazero.NewCompilationCache()

func openGuest(t *testing.T, language string) *plain {
	t.Helper()
	return openModule(t, filepath.Join(guests, language, "conformance.wasm.gz"), hostapi.Settings{})
}

func openModule(t *testing.T, path string, settings hostapi.Settings) *plain {
	t.Helper()
	ctx := context.Background()
	g := &plain{settings: settings, runtime: wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCompilationCache(compiled))}
	t.Cleanup(func() { _ = g.runtime.Close(ctx) })
	var err error
	if g.module, err = g.runtime.CompileModule(ctx, unpack(t, path)); err != nil {
		t.Fatal(err)
	}
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, g.runtime); err != nil {
		t.Fatal(err)
	}
	host := g.runtime.NewHostModuleBuilder(hostapi.ImportModule)
	host.NewFunctionBuilder().WithFunc(func(_ context.Context, m api.Module, ptr, n uint32) {
		line, ok := m.Memory().Read(ptr, n)
		if !ok {
			panic("a line outside of memory")
		}
		g.log.Write(line)
		g.log.WriteByte('\n')
	}).Export(hostapi.CapLog)
	host.NewFunctionBuilder().WithFunc(func(_ context.Context, m api.Module, a, _, cursor, out, room uint32) int32 {
		return treeDiff(m.Memory(), a, cursor, out, room)
	}).Export(hostapi.CapTreeDiff)
	host.NewFunctionBuilder().WithFunc(func(_ context.Context, m api.Module, handle uint32, offset uint64, ptr, n uint32) int32 {
		return blobRead(m.Memory(), handle, offset, ptr, n)
	}).Export(hostapi.CapBlobRead)
	if _, err := host.Instantiate(ctx); err != nil {
		t.Fatal(err)
	}
	g.renew(t)
	return g
}

// renew starts the guest afresh: nothing restores its memory here.
func (g *plain) renew(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	if g.instance != nil {
		if err := g.Close(ctx); err != nil {
			t.Fatal(err)
		}
	}
	m, err := g.runtime.InstantiateModule(ctx, g.module, wazero.NewModuleConfig().WithName("").WithStartFunctions(hostapi.ExportInitialize))
	if err != nil {
		t.Fatal(err)
	}
	g.instance = &instance{Module: m}
	g.arena = uint32(g.function(t, hostapi.ExportArena, arenaSize))
	if n := g.configure(t, g.settings); n != 0 {
		t.Fatalf("settings: %d", n)
	}
}

func (g *plain) configure(t *testing.T, settings hostapi.Settings) int32 {
	t.Helper()
	b, err := settings.Append(nil, hostapi.Minor)
	if err != nil {
		t.Fatal(err)
	}
	g.write(t, b)
	return int32(g.function(t, hostapi.ExportConfigure, uint64(g.arena), uint64(len(b)), uint64(g.arena)+arenaSize/2, 1024))
}

func unpack(t *testing.T, path string) []byte {
	t.Helper()
	packed, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: go run ./sdk/build", err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (g *plain) function(t *testing.T, name string, args ...uint64) uint64 {
	t.Helper()
	f := g.ExportedFunction(name)
	if f == nil {
		t.Fatalf("it has no %s", name)
	}
	result, err := f.Call(context.Background(), args...)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return result[0]
}

func (g *plain) write(t *testing.T, b []byte) {
	t.Helper()
	if len(b) > arenaSize/2 || !g.Memory().Write(g.arena, b) {
		t.Fatalf("%d bytes do not fit into its arena", len(b))
	}
}

// call sends one message. It returns the status and, of an answer, its bytes.
func (g *plain) call(t *testing.T, hook string, in []byte, room int) (int32, []byte) {
	t.Helper()
	if g.calls++; g.calls%perInstance == 0 {
		g.renew(t)
	}
	g.log.Reset()
	g.write(t, in)
	const out = arenaSize / 2
	n := int32(g.function(t, fmt.Sprintf("lilypad_%s_%d", hook, hostapi.Major), uint64(g.arena), uint64(len(in)), uint64(g.arena)+out, uint64(room)))
	b, ok := g.Memory().Read(g.arena+out, uint32(max(n, 0)))
	if !ok {
		t.Fatalf("an answer of %d bytes leaves memory", n)
	}
	return n, bytes.Clone(b)
}

// agree sends a message that the host reads as a value.
func (g *plain) agree(t *testing.T, d dump, name, hook string, in []byte, value json.RawMessage) {
	t.Helper()
	n, out := g.call(t, hook, in, arenaSize/2)
	if n < 0 {
		text, _ := g.Memory().Read(g.arena+arenaSize/2, 1028)
		t.Errorf("%s: status %d, %q", name, n, hostapi.ErrorText(text))
		return
	}
	lines, items := d.lines(t, hook, value)
	if diff := cmp.Diff(lines, g.log.String()); diff != "" {
		t.Errorf("%s: it reads (-host +guest):\n%s", name, diff)
	}
	want := d.answer(hook, items)
	copy(want[10:12], in[6:8]) // the minor version of the question
	if diff := cmp.Diff(hex.EncodeToString(want), hex.EncodeToString(out)); diff != "" {
		t.Errorf("%s: it answers (-want +got):\n%s", name, diff)
	}
}
