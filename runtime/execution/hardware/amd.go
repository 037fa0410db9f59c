package hardware

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

var (
	addressForm = regexp.MustCompile(`^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$`)
	hexForm     = regexp.MustCompile(`^(0x)?[0-9a-f]{1,16}$`)
	renderForm  = regexp.MustCompile(`^renderD[0-9]{1,4}$`)
)

// kfd is the one device through which all AMD GPUs compute.
const kfd = "/dev/kfd"

// AMD lists the GPUs that the amdgpu driver has, as sysfs below root tells: by
// unique_id, or by PCI address where a device has none. Without the driver
// there are none.
//
// # Errors
//
// Unavailable for devices of the driver that cannot be read; the others come
// with it.
func AMD(root string) ([]execution.GPU, error) {
	driver := filepath.Join(root, "sys/bus/pci/drivers/amdgpu")
	entries, err := os.ReadDir(driver)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unreadable(err)
	}
	version, _ := line(filepath.Join(root, "sys/module/amdgpu/version")) // only drivers from outside the kernel have one
	var gpus []execution.GPU
	var left []error
	for _, e := range entries {
		if !addressForm.MatchString(e.Name()) || len(gpus) == maxGPUs {
			continue
		}
		g, err := amdGPU(root, filepath.Join(driver, e.Name()), e.Name())
		if err == nil && slices.ContainsFunc(gpus, func(o execution.GPU) bool { return o.UUID == g.UUID }) {
			err = fmt.Errorf("another device is %s", g.UUID)
		}
		if err != nil {
			left = append(left, fmt.Errorf("%s: %w", e.Name(), err))
			continue
		}
		if plain(version) {
			g.Driver = version
		}
		gpus = append(gpus, g)
	}
	if len(left) > 0 {
		return gpus, unreadable(errors.Join(left...))
	}
	return gpus, nil
}

func unreadable(err error) error {
	return &lilypad.Error{Code: lilypad.Unavailable, Msg: "read AMD GPUs", Err: err, Remedy: "see what dmesg says of amdgpu"}
}

// amdGPU reads the folder of one PCI device.
func amdGPU(root, dir, address string) (g execution.GPU, err error) {
	vram, err := line(filepath.Join(dir, "mem_info_vram_total"))
	if err != nil {
		return g, err
	}
	size, err := strconv.ParseUint(vram, 10, 64)
	if err != nil {
		return g, fmt.Errorf("mem_info_vram_total %.30q is not a number of bytes", vram)
	}
	g.VRAMMB, g.UUID = InMB(size), "AMD-"+strings.NewReplacer(":", "-", ".", "-").Replace(address)
	switch id, err := line(filepath.Join(dir, "unique_id")); {
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return g, err
	case err == nil && !hexForm.MatchString(id):
		return g, fmt.Errorf("unique_id %.30q is no hexadecimal number", id)
	case err == nil && strings.Trim(id, "0x") != "":
		g.UUID = "AMD-" + strings.TrimPrefix(id, "0x")
	}
	if g.Model, err = amdModel(root, dir); err != nil {
		return g, err
	}
	nodes, err := os.ReadDir(filepath.Join(dir, "drm"))
	if err != nil {
		return g, err
	}
	for _, n := range nodes {
		if renderForm.MatchString(n.Name()) {
			g.Nodes = []string{kfd, "/dev/dri/" + n.Name()}
			return g, nil
		}
	}
	return g, errors.New("it has no render node")
}

// amdModel is the name that the device's firmware or the machine's list of PCI
// ids has for it.
func amdModel(root, dir string) (string, error) {
	if name, err := line(filepath.Join(dir, "product_name")); err == nil && name != "" && plain(name) {
		return branded(name), nil
	}
	device, err := line(filepath.Join(dir, "device"))
	if err != nil {
		return "", err
	}
	if !hexForm.MatchString(device) {
		return "", fmt.Errorf("device %.30q is no hexadecimal number", device)
	}
	device = strings.TrimPrefix(device, "0x")
	for _, list := range []string{"usr/share/hwdata/pci.ids", "usr/share/misc/pci.ids"} {
		f, err := os.Open(filepath.Join(root, list))
		if err != nil {
			continue
		}
		name := pciName(f, "1002", device)
		f.Close()
		if name != "" && plain(name) {
			return branded(name), nil
		}
	}
	return "AMD GPU " + device, nil
}

func branded(name string) string {
	if strings.HasPrefix(name, "AMD") {
		return name
	}
	return "AMD " + name
}

// pciName looks a device up in the list of PCI ids: a line for a vendor, then
// lines that begin with a tab for its devices.
func pciName(r io.Reader, vendor, device string) string {
	ours := false
	for s := bufio.NewScanner(io.LimitReader(r, 16<<20)); s.Scan(); {
		text := s.Text()
		if !strings.HasPrefix(text, "\t") {
			ours = strings.HasPrefix(text, vendor+"  ")
		} else if name, ok := strings.CutPrefix(text, "\t"+device+"  "); ok && ours {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// line reads a file of sysfs, which has one line.
func line(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 256))
	return strings.TrimSpace(string(b)), err
}
