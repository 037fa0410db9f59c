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

// smallCPU divides numbers in "cpu" that are meant as cores from thousandths.
const smallCPU = 64

// bytesFrom is where a memory size without unit is meant in bytes, not MB.
const bytesFrom = 10_000_000

// resources joins the machine block with the job's own resources: the larger
// counts, for authors filled in one or the other.
func (b *builder) resources(top, spec []*node) (r lilypad.Resources) {
	machine := b.object(top, "machine")
	job := b.object(spec, "resources")
	places := slices.Concat(machine, top)
	r.GPUs = max(b.gpus(get(machine, "gpu")), b.gpus(get(job, "gpu")))
	vram := b.megabytes(get(places, "vram"))
	if list := get(places, "gpus"); list != nil && list.kind == array {
		r.GPUs = max(r.GPUs, uint32(len(list.items)))
		for _, g := range list.items {
			if b.is(g, object) {
				vram = max(vram, b.megabytes(get([]*node{g}, "vram")))
			}
		}
	} else {
		r.GPUs = max(r.GPUs, b.gpus(list))
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

// gpuModel is the model that the gpus block asks for.
func (b *builder) gpuModel(top []*node) string {
	list := get(append(b.object(top, "machine"), top...), "gpus")
	if list == nil || list.kind != array || len(list.items) == 0 {
		return ""
	}
	return b.text(get(list.items[:1], "model", "name"))
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

func (b *builder) gpus(n *node) uint32 {
	if strings.EqualFold(b.text(n), "all") {
		b.warning(n, "all GPUs are counted as one")
		return 1
	}
	v := b.number(n)
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
		b.warning(n, "read so small a number as cores, not thousandths")
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
