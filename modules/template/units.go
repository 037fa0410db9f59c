package template

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Most templates ask for "ram": 100 whatever they run: it was never a limit.
// Below these a container gets what small programs need, in MB.
const (
	minRAM    = 512
	minRAMGPU = 4096
)

// A cpu of the machine block below smallCPU is meant as cores, and one of the
// job's resources from largeCPU on as thousandths.
const (
	smallCPU = 64
	largeCPU = 500
)

// bytesFrom is where a memory size without unit is meant in bytes, not MB.
const bytesFrom = 10_000_000

// resources joins the machine block with the job's own resources: the larger
// counts, for authors filled in one or the other.
func (b *builder) resources(top, spec []*node) (r lilypad.Resources) {
	machine := b.object(top, "machine")
	job := b.object(spec, "resources")
	places := slices.Concat(machine, top)
	r.GPUs = max(b.gpus(get(machine, "gpu")), b.gpus(get(job, "gpu")))
	vram := max(b.megabytes(get(places, "vram")), b.megabytes(get(job, "vram")))
	if list := get(places, "gpus"); list != nil && list.kind == array {
		count := uint32(0)
		for _, g := range list.items {
			if b.is(g, object) {
				in := []*node{g}
				vram = max(vram, b.megabytes(get(in, "vram")))
				count += max(1, b.gpus(get(in, "count")))
			}
		}
		r.GPUs = max(r.GPUs, count)
	} else {
		r.GPUs = max(r.GPUs, b.gpus(list))
	}
	if n := get(places, "vram"); r.GPUs == 0 && vram > 0 && n != nil {
		r.GPUs = 1
		b.warning(n, "read memory of a GPU as one GPU", `write "gpu": 1`)
	}
	if r.GPUs > 0 {
		r.VRAMMB = vram
	}
	r.CPUMilli = max(b.milli(get(machine, "cpu"), true), b.milli(get(job, "cpu"), false))
	if r.CPUMilli == 0 {
		r.CPUMilli = 1000
	}
	r.RAMMB = max(b.megabytes(get(machine, "ram", "memory")), b.megabytes(get(job, "memory", "ram")))
	r.DiskMB = max(b.megabytes(get(machine, "disk")), b.megabytes(get(job, "disk")))
	return r
}

// gpuKind is the model, and the lowest version of the driver, that the gpus
// block asks for. A job has GPUs of one kind: an element that leaves one of them
// out wants that of the others.
func (b *builder) gpuKind(top []*node) (model, driver string) {
	list := get(append(b.object(top, "machine"), top...), "gpus")
	if list == nil || list.kind != array {
		return "", ""
	}
	for _, g := range list.items {
		in := []*node{g}
		b.agree(&model, get(in, "model", "name"), "model", `write one list for all, as in "H100, A100" if either will do`)
		version := get(in, "driver")
		if text := b.text(version); text != "" && lilypad.DriverNumber(text) == 0 {
			b.fail(version.pos, "write a version such as 535.104", "%.40q is no version of a driver", text)
		}
		b.agree(&driver, version, "driver", "write the later version for all")
	}
	return model, driver
}

// agree reads what each element of the gpus block must say alike.
func (b *builder) agree(was *string, n *node, what, fix string) {
	switch text := b.text(n); {
	case text == "":
	case *was == "":
		*was = text
	case !strings.EqualFold(*was, text):
		b.fail(n.pos, fix, "GPUs of %s %.40q beside %.40q: a job has GPUs of one kind", what, text, *was)
	}
}

func floor(r lilypad.Resources) uint32 {
	least := uint32(minRAM)
	if r.GPUs > 0 {
		least = minRAMGPU
	}
	return max(r.RAMMB, least)
}

// number reads a number, also one in quotes; "" is 0.
func (b *builder) number(n *node) float64 {
	text := strings.TrimSpace(b.text(n))
	if text == "" {
		return 0
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
		b.fail(n.pos, "write a number, at least 0", "%.40q is not a number", text)
		return 0
	}
	return v
}

// gpus reads a count. Older templates have thousandths, as for processors.
func (b *builder) gpus(n *node) uint32 {
	if strings.EqualFold(b.text(n), "all") {
		b.warning(n, "all GPUs are counted as one", "write a number")
		return 1
	}
	text, thousandths := strings.CutSuffix(strings.TrimSpace(b.text(n)), "m")
	if thousandths {
		n = &node{kind: str, text: text, pos: n.pos}
	}
	v := b.number(n)
	if v >= 1000 || thousandths {
		v /= 1000
		b.warning(n, "read thousandths of a GPU", "write a count")
	}
	if v > 64 || v != math.Trunc(v) {
		b.fail(n.pos, "write a count of at most 64", "%s GPUs cannot be had", n.text)
		return 0
	}
	return uint32(v)
}

// milli reads processors: "2" cores or "500m" in a job's resources, thousandths
// in the machine block.
func (b *builder) milli(n *node, thousandths bool) uint32 {
	scale := 1000.0
	if text, ok := strings.CutSuffix(strings.TrimSpace(b.text(n)), "m"); ok {
		n = &node{kind: str, text: text, pos: n.pos}
		scale = 1
	}
	v := b.number(n)
	switch {
	case thousandths && v >= smallCPU:
		scale = 1
	case thousandths && v > 0:
		b.warning(n, "read so small a number as cores, not thousandths", "write thousandths of a core")
	case scale == 1000 && v >= largeCPU:
		scale = 1
		b.warning(n, "read so large a number as thousandths of a core", `write cores, or thousandths with an m`)
	}
	if v *= scale; v > 1_000_000 {
		b.fail(n.pos, "write at most 1000 cores", "%.40q is out of range", n.text)
		return 0
	}
	return uint32(math.Ceil(v))
}

var units = []struct {
	suffix string
	bytes  float64
}{
	{"kib", 1 << 10},
	{"mib", 1 << 20},
	{"gib", 1 << 30},
	{"tib", 1 << 40},
	{"ki", 1 << 10},
	{"mi", 1 << 20},
	{"gi", 1 << 30},
	{"ti", 1 << 40},
	{"kb", 1e3},
	{"mb", 1e6},
	{"gb", 1e9},
	{"tb", 1e12},
	{"k", 1e3},
	{"m", 1e6},
	{"g", 1e9},
	{"t", 1e12},
	{"b", 1},
}

// megabytes reads a size such as "16Gb", "3gib" or 8000, rounded up.
func (b *builder) megabytes(n *node) uint32 {
	text := strings.ToLower(strings.TrimSpace(b.text(n)))
	scale := 1e6
	for _, u := range units {
		if digits, ok := strings.CutSuffix(text, u.suffix); ok {
			text, scale = digits, u.bytes
			break
		}
	}
	if text == "" {
		return 0
	}
	v := b.number(&node{kind: str, text: text, pos: n.pos})
	if scale == 1e6 && v >= bytesFrom {
		scale = 1
	}
	if v *= scale / 1e6; v > 1e8 {
		b.fail(n.pos, "write it in MB, or with a unit such as 16Gb", "%.40q is out of range", n.text)
		return 0
	}
	return uint32(math.Ceil(v))
}
