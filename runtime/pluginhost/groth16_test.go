//go:build !race

// The race detector makes compiling these Go guests a matter of minutes.

package pluginhost_test

import (
	"context"
	"os"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// Pairings in a guest take no more than a twentieth of what a call may spend.
func TestBuiltin_groth16_verifiesWithinBudget(t *testing.T) {
	p, kept := load(t, lookup(t, hostapi.HookCompare, "groth16"))
	store := memory.New()
	proof := func(name string) hostapi.Bytes32 {
		b, err := os.ReadFile("../../plugins/compare/groth16/testdata/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		return tree(t, store, storage.Bytes("outputs/outputs/proof.json", b))
	}
	one, two, other := proof("one"), proof("two"), proof("other")
	for _, c := range []struct {
		a, b hostapi.Bytes32
		want hostapi.Sameness
	}{{one, two, hostapi.SamenessEqual}, {one, other, hostapi.SamenessDifferent}} {
		got, err := p.Compare(context.Background(), 7, []hostapi.Pair{{ARoot: c.a, BRoot: c.b, Engine: hostapi.EngineDocker}}, store)
		if err != nil || got[0].Sameness != c.want {
			t.Errorf("%+v, %v; want %s", got, err, c.want)
		}
	}
	for _, d := range *kept {
		t.Logf("%d units of fuel", d.Record.Fuel)
		if d.Record.Fuel > hostapi.MaxFuel/20 {
			t.Errorf("%d units of fuel, at most %d", d.Record.Fuel, hostapi.MaxFuel/20)
		}
	}
}
