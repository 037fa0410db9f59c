package lilypad_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
)

func TestSameModel(t *testing.T) {
	const ada, a100, l40 = "NVIDIA GeForce RTX 4090", "NVIDIA A100-SXM4-80GB", "NVIDIA L40S"
	for _, c := range []struct {
		wanted, name string
		want         bool
	}{
		{"", ada, true},
		{"", "", true},
		{"h100", "", false},
		{ada, ada, true},
		{"rtx 4090", ada, true},
		{"RTX4090", ada, true},
		{"rtx-4090", ada, true},
		{"geforce 4090", ada, true},
		{"4090 rtx", ada, false},
		{"409", ada, false},
		{"A10", a100, false},
		{"a100", a100, true},
		{"A100 80GB", a100, true},
		{"A100-40GB", a100, false},
		{"L4", l40, false},
		{"L40S", l40, true},
		{"H100, A100", a100, true},
		{"H100, L4", a100, false},
		{"A100,", ada, false},
		{" , ", ada, true},
		{"GPUGPU", "GPU", false},
		{"MI300X", "AMD Instinct MI300X OAM", true},
	} {
		if got := lilypad.SameModel(c.wanted, c.name); got != c.want {
			t.Errorf("%q in %q: %v", c.wanted, c.name, got)
		}
	}
}

func TestDriverNumber(t *testing.T) {
	ascending := []string{"", "470", "470.1", "535.104.05", "535.104.12", "535.129.03", "550.54.14", "580.159.04"}
	for i := 1; i < len(ascending); i++ {
		if lilypad.DriverNumber(ascending[i-1]) >= lilypad.DriverNumber(ascending[i]) {
			t.Errorf("%s is not below %s", ascending[i-1], ascending[i])
		}
	}
	for _, bad := range []string{"550.x", "1.2.3.4", "-1", "550.", "9999999", "N/A"} {
		if n := lilypad.DriverNumber(bad); n != 0 {
			t.Errorf("%q is %d", bad, n)
		}
	}
}

func TestMachine_Runs(t *testing.T) {
	m := lilypad.Machine{
		Capacity: lilypad.Resources{GPUs: 3, VRAMMB: 80_000, CPUMilli: 8000, RAMMB: 64_000, DiskMB: 100_000}, Slots: 2, Engines: []lilypad.Engine{lilypad.EngineDocker},
		Kinds: []lilypad.GPUs{{Count: 1, Model: "NVIDIA H100", VRAMMB: 80_000, Driver: "550.54"}, {Count: 2, Model: "NVIDIA L4", VRAMMB: 24_000, Driver: "550.54"}},
	}
	plain := func(gpus, vram uint32, model string) lilypad.Needs {
		return lilypad.Needs{Engine: lilypad.EngineDocker, GPUModel: model, Resources: lilypad.Resources{GPUs: gpus, VRAMMB: vram}}
	}
	driver := plain(1, 0, "")
	driver.Labels = []lilypad.Label{{Key: lilypad.LabelDriver, Value: "570"}}
	hungry, foreign := plain(0, 0, ""), plain(0, 0, "")
	hungry.RAMMB, foreign.Engine = 64_001, lilypad.EngineWasm
	for name, c := range map[string]struct {
		needs lilypad.Needs
		want  bool
	}{
		"no GPU":                   {plain(0, 0, ""), true},
		"all of them":              {plain(3, 0, ""), true},
		"more than there are":      {plain(4, 0, ""), false},
		"two that are large":       {plain(2, 24_000, ""), true},
		"two that are too large":   {plain(2, 24_001, ""), false},
		"one of a model":           {plain(1, 40_000, "h100"), true},
		"two of a model with one":  {plain(2, 0, "h100"), false},
		"size and model of no one": {plain(1, 40_000, "l4"), false},
		"models that together do":  {plain(3, 0, "h100, l4"), true},
		"a newer driver":           {driver, false},
		"memory without a GPU":     {plain(0, 80_001, ""), false},
		"more RAM":                 {hungry, false},
		"another engine":           {foreign, false},
	} {
		if got := m.Runs(&c.needs); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The class told beforehand is of the devices that a fleet gives first.
func TestMachine_Class_isOfTheSmallestThatWillDo(t *testing.T) {
	m := lilypad.Machine{Kinds: []lilypad.GPUs{{Count: 1, Model: "H100", VRAMMB: 80_000, Driver: "1"}, {Count: 1, Model: "L4", VRAMMB: 24_000, Driver: "2"}, {Count: 1, Model: "A10", VRAMMB: 24_000, Driver: "3"}}}
	for name, c := range map[string]struct {
		gpus, vram uint32
		want       lilypad.Hash
	}{
		"any":    {1, 0, lilypad.HardwareClass("L4", "2")},
		"large":  {1, 40_000, lilypad.HardwareClass("H100", "1")},
		"no GPU": {0, 0, lilypad.HardwareClass("", "")},
		"none":   {1, 90_000, lilypad.HardwareClass("", "")},
	} {
		if got := m.Class(&lilypad.Needs{Resources: lilypad.Resources{GPUs: c.gpus, VRAMMB: c.vram}}); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
