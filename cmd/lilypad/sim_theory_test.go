package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
)

func TestSimTheory(t *testing.T) {
	out, err := lilypadWith(t, "", "sim", "theory", "credibility", "--set", "f=.2,groups=10/1", "--json")
	var figures map[string]float64
	if err != nil || json.Unmarshal([]byte(out), &figures) != nil || math.Abs(figures["credibility"]-.90740741) > 5e-9 {
		t.Errorf("%s\n%v", out, err)
	}
	if out, err := lilypadWith(t, "", "sim", "theory", "deterrence", "--set", "rho=2.5"); err != nil || !strings.Contains(out, "0.28571429") {
		t.Errorf("%s\n%v", out, err)
	}
	for name, args := range map[string][]string{
		"no name":      {},
		"unknown":      {"magic"},
		"out of range": {"m-first", "--set", "phi=2,m=3"},
		"missing":      {"m-first", "--set", "phi=.1"},
		"twice":        {"deterrence", "--set", "rho=1,rho=2"},
		"no pair":      {"deterrence", "--set", "rho"},
	} {
		if out, err := lilypadWith(t, "", append([]string{"sim", "theory"}, args...)...); err == nil || lilypad.CodeOf(err) == lilypad.Internal {
			t.Errorf("%s: %s, %v", name, out, err)
		}
	}
}
