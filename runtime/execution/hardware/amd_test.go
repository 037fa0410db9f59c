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

const (
	pci   = "sys/bus/pci/drivers/amdgpu/"
	first = pci + "0000:03:00.0/"
)

// twoAMD is the file system of a machine with an accelerator and a chip that
// has a GPU in it.
func twoAMD() map[string]string {
	return map[string]string{
		pci + "bind":                             "",
		"sys/module/amdgpu/version":              "6.8.5\n",
		first + "device":                         "0x74a1\n",
		first + "unique_id":                      "8a2d1f00c0ffee11\n",
		first + "mem_info_vram_total":            "206141652992\n",
		first + "drm/card1/dev":                  "226:1\n",
		first + "drm/renderD128/dev":             "226:128\n",
		pci + "0000:c4:00.0/device":              "0x164e\n",
		pci + "0000:c4:00.0/mem_info_vram_total": "536870912\n",
		pci + "0000:c4:00.0/product_name":        "Radeon 610M\n",
		pci + "0000:c4:00.0/drm/renderD129/dev":  "226:129\n",
		"usr/share/misc/pci.ids":                 "# a list\n1001  Other\n\t74a1  Wrong\n1002  Advanced Micro Devices, Inc. [AMD/ATI]\n\t74a0  Aqua Vanjaram [Instinct MI300A]\n\t74a1  Aqua Vanjaram [Instinct MI300X]\n\t\t1002 74a1  A board\n",
	}
}

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestAMD_readsSysfs(t *testing.T) {
	got, err := hardware.AMD(tree(t, twoAMD()))
	if err != nil {
		t.Fatal(err)
	}
	want := []execution.GPU{
		{UUID: "AMD-8a2d1f00c0ffee11", Model: "AMD Aqua Vanjaram [Instinct MI300X]", VRAMMB: 206_141, Driver: "6.8.5", Nodes: []string{"/dev/kfd", "/dev/dri/renderD128"}},
		{UUID: "AMD-0000-c4-00-0", Model: "AMD Radeon 610M", VRAMMB: 536, Driver: "6.8.5", Nodes: []string{"/dev/kfd", "/dev/dri/renderD129"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !lilypad.SameModel("MI300X", got[0].Model) {
		t.Error("a job cannot ask for its model")
	}
}

func TestAMD_withoutDriverThereAreNone(t *testing.T) {
	if gpus, err := hardware.AMD(t.TempDir()); len(gpus) > 0 || err != nil {
		t.Errorf("got %v, %v", gpus, err)
	}
}

func TestAMD_namesAnUnknownDevice(t *testing.T) {
	files := twoAMD()
	delete(files, "usr/share/misc/pci.ids")
	got, err := hardware.AMD(tree(t, files))
	if err != nil || got[0].Model != "AMD GPU 74a1" {
		t.Errorf("got %v, %v", got, err)
	}
}

// A device that cannot be read is left out and hides no other.
func TestAMD_leavesOut(t *testing.T) {
	for name, c := range map[string]struct{ file, text string }{
		"no size":       {"mem_info_vram_total", "much"},
		"no number":     {"unique_id", "../../x"},
		"no device":     {"device", "a\x1b"},
		"the other's":   {"unique_id", "0000-c4-00-0"},
		"no such nodes": {"drm", ""},
	} {
		t.Run(name, func(t *testing.T) {
			files := twoAMD()
			for file := range files {
				if strings.HasPrefix(file, first+c.file) {
					delete(files, file)
				}
			}
			files[first+c.file] = c.text
			gpus, err := hardware.AMD(tree(t, files))
			if lilypad.CodeOf(err) != lilypad.Unavailable || err == nil || len(gpus) != 1 {
				t.Errorf("got %v, %v", gpus, err)
			}
		})
	}
}

func TestGPUs_aBrokenDriverHidesNoOther(t *testing.T) {
	gpus, err := hardware.GPUs(t.Context(), program(t, "#!/bin/sh\nexit 9\n"), tree(t, twoAMD()))
	if len(gpus) != 2 || lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("got %v, %v", gpus, err)
	}
}

func TestKinds(t *testing.T) {
	got := hardware.Kinds([]execution.GPU{whole, other, {UUID: "GPU-2", Model: whole.Model, VRAMMB: whole.VRAMMB, Driver: whole.Driver}})
	want := []lilypad.GPUs{
		{Count: 2, Model: whole.Model, VRAMMB: whole.VRAMMB, Driver: whole.Driver},
		{Count: 1, Model: other.Model, VRAMMB: other.VRAMMB, Driver: other.Driver},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func FuzzAMD(f *testing.F) {
	f.Add("8a2d", "206141652992", "0x74a1", "Instinct")
	f.Fuzz(func(t *testing.T, id, vram, device, product string) {
		gpus, err := hardware.AMD(tree(t, map[string]string{
			first + "unique_id": id, first + "mem_info_vram_total": vram, first + "device": device, first + "product_name": product, first + "drm/renderD128/dev": "",
		}))
		if err != nil && lilypad.CodeOf(err) != lilypad.Unavailable {
			t.Fatal(err)
		}
		checkGPUs(t, gpus)
	})
}
