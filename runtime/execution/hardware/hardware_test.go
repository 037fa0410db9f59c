package hardware_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

const twoGPUs = `GPU-5f1b2c3d-0000-1111-2222-333344445555, NVIDIA H100 80GB HBM3, 81559, 570.86.15
GPU-aaaabbbb-cccc-dddd-eeee-ffff00001111, NVIDIA GeForce RTX 4090, 24564, 570.86.15
`

func TestGPUs_asksProgram(t *testing.T) {
	program := filepath.Join(t.TempDir(), "nvidia-smi")
	script := "#!/bin/sh\ncase \"$*\" in '--query-gpu=uuid,name,memory.total,driver_version --format=csv,noheader,nounits') cat <<'.'\n" + twoGPUs + ".\n;; *) exit 2;; esac\n"
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	got, err := hardware.GPUs(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	want := []execution.GPU{
		{UUID: "GPU-5f1b2c3d-0000-1111-2222-333344445555", Model: "NVIDIA H100 80GB HBM3", VRAMMB: 85520, Driver: "570.86.15"},
		{UUID: "GPU-aaaabbbb-cccc-dddd-eeee-ffff00001111", Model: "NVIDIA GeForce RTX 4090", VRAMMB: 25757, Driver: "570.86.15"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestGPUs_withoutProgramThereAreNone(t *testing.T) {
	gpus, err := hardware.GPUs(t.Context(), "no-such-program-here")
	if len(gpus) > 0 || err != nil {
		t.Errorf("got %v, %v", gpus, err)
	}
}

func TestGPUs_brokenDriverIsUnavailable(t *testing.T) {
	program := filepath.Join(t.TempDir(), "nvidia-smi")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho 'NVIDIA-SMI has failed'; exit 9\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := hardware.GPUs(t.Context(), program); lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" {
		t.Errorf("got %v, want unavailable with a remedy", err)
	}
}

func TestParseNVIDIA_refuses(t *testing.T) {
	line := "GPU-1, A, 1, 1\n"
	for name, text := range map[string]string{
		"few fields": "GPU-1, A, 1",
		"memory":     "GPU-1, A, [N/A], 1",
		"uuid":       "../dev, A, 1, 1",
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

func FuzzParseNVIDIA(f *testing.F) {
	f.Add(twoGPUs)
	f.Add("GPU-1, \"A, B\", 1, 1")
	f.Fuzz(func(t *testing.T, text string) {
		gpus, err := hardware.ParseNVIDIA(strings.NewReader(text))
		if err != nil && lilypad.CodeOf(err) != lilypad.Invalid {
			t.Fatal(err)
		}
		for _, g := range gpus {
			if g.UUID == "" || g.Model == "" || strings.ContainsAny(g.UUID+g.Model+g.Driver, "\n\x1b") {
				t.Fatalf("accepted %+v", g)
			}
		}
	})
}

func TestCapacity(t *testing.T) {
	got, err := hardware.Capacity(t.TempDir())
	if err != nil || got.CPUMilli < 1000 || got.RAMMB == 0 || got.DiskMB == 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}
