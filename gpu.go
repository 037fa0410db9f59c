package lilypad

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Suits tells whether a device of the kind is one that the needs ask for.
func (g *GPUs) Suits(n *Needs) bool {
	return g.VRAMMB >= n.VRAMMB && SameModel(n.GPUModel, g.Model) && DriverNumber(g.Driver) >= DriverNumber(n.Driver())
}

// Runs tells whether the machine, with nothing else to do, could run a job of
// these needs.
func (m *Machine) Runs(n *Needs) bool {
	c := &m.Capacity
	if n.CPUMilli > c.CPUMilli || n.RAMMB > c.RAMMB || n.DiskMB > c.DiskMB || m.Slots == 0 || !slices.Contains(m.Engines, n.Engine) {
		return false
	}
	devices, wanted := uint64(0), n.GPUs > 0 || n.VRAMMB > 0 || n.GPUModel != "" || n.Driver() != ""
	for i := range m.Kinds {
		if m.Kinds[i].Suits(n) {
			devices, wanted = devices+uint64(m.Kinds[i].Count), false
		}
	}
	return devices >= uint64(n.GPUs) && !wanted
}

// SameModel tells whether a device's name has the words of a wanted one, in
// their order and whatever their case: "rtx 4090" and "RTX4090" are in "NVIDIA
// GeForce RTX 4090", "A10" is not in "NVIDIA A100". Commas divide alternatives,
// of which one is enough; nothing wanted is in every name.
func SameModel(wanted, name string) bool {
	if wanted == "" || wanted == name {
		return true
	}
	has := words(name)
	for alternative := range strings.SplitSeq(wanted, ",") {
		if w := words(alternative); len(w) > 0 && within(w, has) {
			return true
		}
	}
	return len(words(wanted)) == 0
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// within tells whether each wanted word is one of has, or some of them written
// together, in their order.
func within(wanted, has []string) bool {
	for _, w := range wanted {
		end := find(w, has)
		if end == 0 {
			return false
		}
		has = has[end:]
	}
	return true
}

// find returns how many words there are up to the end of the first run of them
// that makes w; 0: there is none.
func find(w string, has []string) int {
	for i := range has {
		rest, ok := w, true
		for j := i; ok && j < len(has); j++ {
			if rest, ok = strings.CutPrefix(rest, has[j]); ok && rest == "" {
				return j + 1
			}
		}
	}
	return 0
}

// DriverNumber makes driver versions such as 535.104.05 comparable: three
// numbers of 20 bits each. What is no such version is 0, which is below all.
func DriverNumber(version string) (n uint64) {
	parts := strings.Split(version, ".")
	if len(parts) > 3 {
		return 0
	}
	for i := range 3 {
		var part uint64
		if i < len(parts) && version != "" {
			var err error
			if part, err = strconv.ParseUint(parts[i], 10, 20); err != nil {
				return 0
			}
		}
		n = n<<20 | part
	}
	return n
}

// HardwareClass names devices that give the same bits, by model and driver; an
// empty model is that of work without a GPU.
func HardwareClass(model, driver string) Hash {
	if model == "" {
		return Keccak256([]byte("cpu"))
	}
	return Keccak256([]byte(model + "\n" + driver))
}

// Class is the hardware class of a job of these needs on the machine when all
// of it is free: that of the smallest devices that will do.
func (m *Machine) Class(n *Needs) Hash {
	best := GPUs{VRAMMB: math.MaxUint32}
	for _, k := range m.Kinds {
		if n.GPUs > 0 && k.Suits(n) && (best.Model == "" || k.VRAMMB < best.VRAMMB) {
			best = k
		}
	}
	return HardwareClass(best.Model, best.Driver)
}
