package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

// The limits of the manifest: rounding is paid, other numbers are slashed, and
// what lies between is refunded. Paid is at no distance, or a host refuses it.
func TestNumeric_Compare(t *testing.T) {
	h := plugintest.New(t, newNumeric, `{}`)
	right := plugintest.Tree{"out/x.csv": "loss,step\n0.5,1\n0.25,2\n0.125,3\n0.0625,4\n0.03,5\n0.015,6\n0.007,7\n0.003,8\n0.001,9\n0.0005,10\n", "stdout": "done"}
	for name, tt := range map[string]struct {
		b        plugintest.Tree
		want     plugintest.Sameness
		distance uint64
	}{
		"rounded":       {plugintest.Tree{"out/x.csv": "loss,step\n0.5001,1\n0.25,2\n0.1249,3\n0.0625,4\n0.03,5\n0.015,6\n0.007,7\n0.003,8\n0.001,9\n0.0005,10\n", "stdout": "done"}, plugintest.SamenessEqual, 0},
		"one of ten":    {plugintest.Tree{"out/x.csv": "loss,step\n0.6,1\n0.25,2\n0.125,3\n0.0625,4\n0.03,5\n0.015,6\n0.007,7\n0.003,8\n0.001,9\n0.0005,10\n", "stdout": "done"}, plugintest.SamenessIncomparable, 100_000},
		"three of ten":  {plugintest.Tree{"out/x.csv": "loss,step\n0.6,1\n0.35,2\n0.225,3\n0.0625,4\n0.03,5\n0.015,6\n0.007,7\n0.003,8\n0.001,9\n0.0005,10\n", "stdout": "done"}, plugintest.SamenessDifferent, 300_000},
		"another word":  {plugintest.Tree{"out/x.csv": right["out/x.csv"], "stdout": "failed"}, plugintest.SamenessDifferent, 1_000_000},
		"a file less":   {plugintest.Tree{"out/x.csv": right["out/x.csv"]}, plugintest.SamenessDifferent, 1_000_000},
		"the same file": {right, plugintest.SamenessEqual, 0},
	} {
		if got := plugintest.Compare(t, h, right, tt.b); got.Sameness != tt.want || got.Distance != tt.distance {
			t.Errorf("%s: %+v, want %s at %d", name, got, tt.want, tt.distance)
		}
	}
}
