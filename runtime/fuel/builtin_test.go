//go:build !race

// The race detector makes compiling these Go guests a matter of minutes.

package fuel_test

import (
	"bytes"
	"encoding/hex"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/hostapi/conformance"
	"github.com/lilypad-network/lilypad/plugins"
)

// Every built-in plugin, asked the vectors of its hook one after the other:
// original, rewritten, and rewritten on the compiler answer the same bytes,
// and the latter two spend the same fuel and leave the same memory.
func TestRewrite_builtin(t *testing.T) {
	all, err := plugins.List()
	if err != nil {
		t.Fatal(err)
	}
	calls, err := conformance.Calls()
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{} // digests: some plugins share their code
	for _, p := range all {
		if asked[p.ID().String()] {
			continue
		}
		asked[p.ID().String()] = true
		t.Run(p.Manifest.Hook+" "+p.Manifest.Name, func(t *testing.T) {
			wasm, err := p.Wasm()
			if err != nil {
				t.Fatal(err)
			}
			rewritten := rewrite(t, wasm)
			original := startPlugin(t, mustStart(t, interpreter(), wasm))
			fast := startPlugin(t, mustStart(t, compiler(), rewritten.Wasm))
			slow := startPlugin(t, mustStart(t, interpreter(), rewritten.Wasm))
			slow.slice = 1000
			for _, c := range calls {
				if c.Hook != p.Manifest.Hook {
					continue
				}
				in, err := hex.DecodeString(c.InputHex)
				if err != nil {
					t.Fatal(err)
				}
				export := "lilypad_" + c.Hook + "_1"
				want, _ := original.ask(t, export, in)
				got, spent := fast.ask(t, export, in)
				again, spentAgain := slow.ask(t, export, in)
				if !bytes.Equal(got, want) || !bytes.Equal(again, want) {
					t.Errorf("%s: original %x, compiler %x, interpreter %x", c.Name, want, got, again)
				}
				if spent == 0 || spent != spentAgain || !bytes.Equal(fast.memory(), slow.memory()) {
					t.Errorf("%s: compiler %d fuel, interpreter %d", c.Name, spent, spentAgain)
				}
				t.Logf("%s: %d bytes of answer, %d fuel", c.Name, len(want), spent)
			}
		})
	}
}

// guestPlugin is a machine with a started plugin.
type guestPlugin struct {
	*machine
	arena uint64
}

const arenaSize = 1 << 20

func startPlugin(t testing.TB, m *machine) *guestPlugin {
	t.Helper()
	g := &guestPlugin{machine: m}
	if m.mod.ExportedFunction(hostapi.ExportInitialize) != nil {
		g.must(t, hostapi.ExportInitialize)
	}
	g.arena = g.must(t, hostapi.ExportArena, arenaSize)[0]
	settings, err := new(hostapi.Settings).Append(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	g.ask(t, hostapi.ExportConfigure, settings)
	return g
}

func (g *guestPlugin) must(t testing.TB, name string, args ...uint64) []uint64 {
	t.Helper()
	out, err := g.call(name, noLimit, args...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// ask returns the answer, or the text of an error, and the fuel.
func (g *guestPlugin) ask(t testing.TB, export string, in []byte) ([]byte, uint64) {
	t.Helper()
	g.mod.Memory().Write(uint32(g.arena), in)
	at := uint64(len(in)+15) &^ 15
	n := int32(g.must(t, export, g.arena, uint64(len(in)), g.arena+at, arenaSize-at)[0])
	if n < 0 {
		n = 64 // the text of an error, or its beginning
	}
	out, ok := g.mod.Memory().Read(uint32(g.arena+at), uint32(n))
	if !ok {
		t.Fatalf("an answer of %d bytes", n)
	}
	var spent uint64
	if g.fuel != nil {
		spent = g.spent()
	}
	return bytes.Clone(out), spent
}
