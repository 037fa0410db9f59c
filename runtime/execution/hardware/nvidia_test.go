package hardware_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

const (
	h100    = "GPU-5f1b2c3d-0000-1111-2222-333344445555"
	ada     = "GPU-aaaabbbb-cccc-dddd-eeee-ffff00001111"
	twoGPUs = h100 + ", NVIDIA H100 80GB HBM3, 81559, 570.86.15\n" + ada + ", NVIDIA GeForce RTX 4090, 24564, 570.86.15\n"
	split   = h100 + ", Enabled\n" + ada + ", [N/A]\n"
	list    = "GPU 0: NVIDIA H100 80GB HBM3 (UUID: " + h100 + ")\n" +
		"  MIG 3g.40gb     Device  0: (UUID: MIG-11111111-0000-0000-0000-000000000000)\n" +
		"  MIG 1g.10gb+me  Device  1: (UUID: MIG-22222222-0000-0000-0000-000000000000)\n" +
		"  MIG 1c.3g.40gb  Device  2: (UUID: MIG-33333333-0000-0000-0000-000000000000)\n" +
		"GPU 1: NVIDIA GeForce RTX 4090 (UUID: " + ada + ")\n"
)

var (
	whole = execution.GPU{UUID: h100, Model: "NVIDIA H100 80GB HBM3", VRAMMB: 85520, Driver: "570.86.15"}
	other = execution.GPU{UUID: ada, Model: "NVIDIA GeForce RTX 4090", VRAMMB: 25757, Driver: "570.86.15"}
)

// smi writes a program that answers as a fake nvidia-smi: each question with
// its text, any other with an error.
func smi(t *testing.T, answers map[string]string) string {
	t.Helper()
	script := "#!/bin/sh\ncase \"$*\" in\n"
	for question, answer := range answers {
		script += "'" + question + "') cat <<'.'\n" + answer + ".\n;;\n"
	}
	return program(t, script+"*) exit 2;; esac\n")
}

func program(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "nvidia-smi")
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	asksGPUs = "--query-gpu=uuid,name,memory.total,driver_version --format=csv,noheader,nounits"
	asksMIG  = "--query-gpu=uuid,mig.mode.current --format=csv,noheader"
)

func TestNVIDIA_asksProgram(t *testing.T) {
	parts := []execution.GPU{
		{UUID: "MIG-11111111-0000-0000-0000-000000000000", Model: whole.Model + " MIG 3g.40gb", VRAMMB: 38_000, Driver: whole.Driver},
		{UUID: "MIG-22222222-0000-0000-0000-000000000000", Model: whole.Model + " MIG 1g.10gb+me", VRAMMB: 9500, Driver: whole.Driver},
		other,
	}
	for name, c := range map[string]struct {
		answers map[string]string
		want    []execution.GPU
	}{
		"none":                        {map[string]string{asksGPUs: ""}, nil},
		"an old driver without MIG":   {map[string]string{asksGPUs: twoGPUs}, []execution.GPU{whole, other}},
		"none is split":               {map[string]string{asksGPUs: twoGPUs, asksMIG: h100 + ", Disabled\n"}, []execution.GPU{whole, other}},
		"one is split":                {map[string]string{asksGPUs: twoGPUs, asksMIG: split, "-L": list}, parts},
		"one is split into no device": {map[string]string{asksGPUs: twoGPUs, asksMIG: split, "-L": "GPU 0: H100 (UUID: " + h100 + ")\n"}, []execution.GPU{other}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := hardware.NVIDIA(t.Context(), smi(t, c.answers))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestNVIDIA_withoutProgramThereAreNone(t *testing.T) {
	gpus, err := hardware.NVIDIA(t.Context(), "no-such-program-here")
	if len(gpus) > 0 || err != nil {
		t.Errorf("got %v, %v", gpus, err)
	}
}

func TestNVIDIA_brokenDriverIsUnavailable(t *testing.T) {
	for name, script := range map[string]string{
		"it fails":           "#!/bin/sh\necho 'NVIDIA-SMI has failed'; exit 9\n",
		"it talks":           "#!/bin/sh\necho 'No devices were found'\n",
		"it talks all day":   "#!/bin/sh\nyes\n",
		"it fails about MIG": "#!/bin/sh\ncase \"$*\" in *name*) echo '" + h100 + ", A, 1, 1';; *mode*) echo '" + h100 + ", Enabled';; *) exit 1;; esac\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := hardware.NVIDIA(t.Context(), program(t, script)); lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" {
				t.Errorf("got %v, want unavailable with a remedy", err)
			}
		})
	}
}

// The second program is dead and its child still holds the pipe.
func TestNVIDIA_survivesAHangingProgram(t *testing.T) {
	for name, script := range map[string]string{"itself": "#!/bin/sh\nexec sleep 20\n", "a child": "#!/bin/sh\nsleep 20\n"} {
		t.Run(name, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer stop()
			if _, err := hardware.NVIDIA(ctx, program(t, script)); lilypad.CodeOf(err) != lilypad.Unavailable || err == nil {
				t.Errorf("got %v, want unavailable", err)
			}
		})
	}
}

func TestParseNVIDIA_refuses(t *testing.T) {
	line := "GPU-1, A, 1, 1\n"
	for name, text := range map[string]string{
		"few fields": "GPU-1, A, 1",
		"memory":     "GPU-1, A, [N/A], 1",
		"uuid":       "../dev, A, 1, 1",
		"slashes":    "GPU-1/2, A, 1, 1",
		"a list":     "\"GPU-1,GPU-2\", A, 1, 1",
		"control":    "GPU-1, \"A\x1b[2J\", 1, 1",
		"twice":      line + line,
		"no model":   "GPU-1, , 1, 1",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := hardware.ParseNVIDIA(strings.NewReader(text))
			if lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
				t.Errorf("got %v, %v, want invalid", got, err)
			}
		})
	}
}

// A GPU that has fallen off the bus takes no other with it.
func TestNVIDIA_aBadDeviceHidesNoOther(t *testing.T) {
	for name, bad := range map[string]string{
		"memory":    "GPU-1, NVIDIA L4, [Unknown Error], 570.86.15\n",
		"no memory": "GPU-1, NVIDIA L4, [N/A], 570.86.15\n",
		"model":     "GPU-1, [Unknown Error], 23034, 570.86.15\n",
		"uuid":      "[GPU is lost], NVIDIA L4, 23034, 570.86.15\n",
		"a message": "Unable to determine the device handle for GPU0000:01:00.0: GPU is lost.\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := hardware.NVIDIA(t.Context(), smi(t, map[string]string{asksGPUs: bad + twoGPUs, asksMIG: "GPU-1, [Unknown Error]\n"}))
			if lilypad.CodeOf(err) != lilypad.Unavailable || err == nil || !strings.Contains(err.Error(), "line 1") {
				t.Errorf("got %v, want a word about line 1", err)
			}
			if diff := cmp.Diff([]execution.GPU{whole, other}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func FuzzParseNVIDIA(f *testing.F) {
	f.Add(twoGPUs)
	f.Add("GPU-1, \"A, B\", 1, 1")
	f.Fuzz(func(t *testing.T, text string) {
		gpus, err := hardware.ParseNVIDIA(strings.NewReader(text))
		if err != nil && lilypad.CodeOf(err) != lilypad.Invalid {
			t.Fatal(err)
		}
		checkGPUs(t, gpus)
	})
}

func FuzzParseMIG(f *testing.F) {
	f.Add(split, list)
	f.Add("GPU-1, Enabled", "GPU 0: (UUID: GPU-1)\n  MIG 1g.5gb Device 0: (UUID: MIG-GPU-1/7/0)\n")
	f.Fuzz(func(t *testing.T, modes, list string) {
		gpus, err := hardware.ParseMIG([]execution.GPU{whole, other}, []byte(modes), []byte(list))
		if err != nil && lilypad.CodeOf(err) != lilypad.Invalid {
			t.Fatal(err)
		}
		checkGPUs(t, gpus)
	})
}

func checkGPUs(t *testing.T, gpus []execution.GPU) {
	t.Helper()
	seen := map[string]bool{}
	for _, g := range gpus {
		if g.UUID == "" || seen[g.UUID] || g.Model == "" || strings.ContainsAny(g.UUID+g.Model+g.Driver, "\n\x1b") || strings.Contains(g.UUID, ",") {
			t.Fatalf("accepted %+v", g)
		}
		seen[g.UUID] = true
	}
}
