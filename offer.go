package lilypad

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Engine names what runs a job.
type Engine string

const (
	EngineWasm   Engine = "wasm"
	EngineDocker Engine = "docker"
	EngineNoop   Engine = "noop"
)

// Resources is an amount of hardware. MB are 10⁶ bytes, CPU is in thousandths
// of a core, VRAM is per GPU.
type Resources struct {
	GPUs     uint32 `json:"gpus"`
	VRAMMB   uint32 `json:"vram_mb"`
	CPUMilli uint32 `json:"cpu_milli"`
	RAMMB    uint32 `json:"ram_mb"`
	DiskMB   uint32 `json:"disk_mb"`
}

// Within tells whether r is no more of anything than limit.
func (r Resources) Within(limit Resources) bool {
	return r.GPUs <= limit.GPUs && r.VRAMMB <= limit.VRAMMB && r.CPUMilli <= limit.CPUMilli && r.RAMMB <= limit.RAMMB && r.DiskMB <= limit.DiskMB
}

// Needs is what a job asks of the machine that runs it.
type Needs struct {
	Resources
	Engine   Engine  `json:"engine"`
	GPUModel string  `json:"gpu_model,omitempty"` // words of its name, as SameModel reads them; empty: any
	Network  bool    `json:"network,omitempty"`
	Timeout  Seconds `json:"timeout"` // wall time of the job itself
	Region   string  `json:"region,omitempty"`
	Labels   []Label `json:"labels,omitempty"` // all must be on the offer, save LabelDriver
}

// LabelDriver is the key of the one label that is not compared with those of
// an offer: its value is the lowest version of the GPU driver that will do.
const LabelDriver = "gpu-driver-min"

// Driver is the lowest driver version that will do; empty: any.
func (n *Needs) Driver() string {
	for _, l := range n.Labels {
		if l.Key == LabelDriver {
			return l.Value
		}
	}
	return ""
}

// Hash is the EIP-712 struct hash of the needs.
func (n Needs) Hash() Hash {
	e := newStruct("Needs(uint32 gpus,uint32 vramMb,uint32 cpuMilli,uint32 ramMb,uint32 diskMb,string engine,string gpuModel,bool network,uint32 timeout,string region,bytes32 labels)").
		uint(uint64(n.GPUs)).uint(uint64(n.VRAMMB)).uint(uint64(n.CPUMilli)).uint(uint64(n.RAMMB)).uint(uint64(n.DiskMB)).
		text(string(n.Engine)).text(n.GPUModel).bool(n.Network).uint(uint64(n.Timeout)).text(n.Region)
	labels := encoder{}
	for _, l := range n.Labels {
		labels.text(l.Key).text(l.Value)
	}
	return e.word(Keccak256(labels.buf)).hash()
}

// Label is a key and value that a provider declares about itself.
type Label struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// GPUs are the devices of one kind in a machine.
type GPUs struct {
	Count  uint32 `json:"count"`
	Model  string `json:"model"`
	Driver string `json:"driver,omitempty"` // version
	VRAMMB uint32 `json:"vram_mb"`          // of each
}

// Machine is one computer behind an offer. A job runs on one of them.
type Machine struct {
	Name     string    `json:"name,omitempty"`
	Capacity Resources `json:"capacity"` // GPUs and VRAMMB sum up Kinds: all devices, and the most that one has
	Kinds    []GPUs    `json:"gpus,omitempty"`
	Engines  []Engine  `json:"engines"`
	Slots    uint32    `json:"slots"` // jobs at once
}

// Offer is a provider's standing capacity: how much it has, for how much it
// works, what it accepts. It binds nobody; only a signed Deal does.
type Offer struct {
	Provider      Address   `json:"provider"`
	Operator      Address   `json:"operator"` // the paying address behind several providers
	Capacity      Resources `json:"capacity"`
	GPUModel      string    `json:"gpu_model,omitempty"`
	HardwareClass Hash      `json:"hardware_class"`
	Engines       []Engine  `json:"engines"`
	Network       bool      `json:"network"`     // runs jobs that need the network
	Slots         uint32    `json:"slots"`       // jobs at once
	Queue         uint32    `json:"queue"`       // jobs it lets wait beyond Slots
	Price         Amount    `json:"price"`       // per job
	MaxStake      Amount    `json:"max_stake"`   // the largest provider's stake it will lock
	MaxTimeout    Seconds   `json:"max_timeout"` // the longest job it takes
	Region        string    `json:"region,omitempty"`
	Labels        []Label   `json:"labels,omitempty"`
	Mediators     []Address `json:"mediators"` // those it accepts; empty: any
	Since         Time      `json:"since"`
	Faulty        string    `json:"faulty,omitempty"` // local network only: how it misbehaves
	// Machines are what it is made of; Capacity, Slots and Engines then sum them
	// up. Empty: those fields and GPUModel describe the one machine there is.
	Machines []Machine `json:"machines,omitempty"`
}

// Add puts a machine into the offer, which sums its machines up. A sum that is
// too large stays at the most that there can be.
func (o *Offer) Add(m Machine) {
	o.Machines = append(o.Machines, m)
	sum, c := &o.Capacity, m.Capacity
	o.Slots, sum.GPUs, sum.VRAMMB = plus(o.Slots, m.Slots), plus(sum.GPUs, c.GPUs), max(sum.VRAMMB, c.VRAMMB)
	sum.CPUMilli, sum.RAMMB, sum.DiskMB = plus(sum.CPUMilli, c.CPUMilli), plus(sum.RAMMB, c.RAMMB), plus(sum.DiskMB, c.DiskMB)
	for _, e := range m.Engines {
		if !slices.Contains(o.Engines, e) {
			o.Engines = append(o.Engines, e)
		}
	}
}

func plus(a, b uint32) uint32 { return uint32(min(uint64(a)+uint64(b), math.MaxUint32)) }

// CheckMachines reports machines that do not add up, too many, devices that
// are not as many as Capacity says, slots that are not the offer's, and those
// that nobody can use: without a slot, an engine or a name of their own.
//
// # Errors
//
// Invalid, naming the first.
func (o *Offer) CheckMachines() error {
	if len(o.Machines) == 0 {
		return nil
	}
	if len(o.Machines) > maxMachines {
		return Errorf(Invalid, "an offer has at most %d machines", maxMachines)
	}
	slots, names, kinds := uint64(0), map[string]bool{}, map[GPUs]bool{}
	for _, m := range o.Machines {
		if err := m.check(); err != nil {
			return err
		}
		if names[m.Name] {
			return Errorf(Invalid, "two machines of the offer are called %q", m.Name)
		}
		names[m.Name] = true
		devices, vram := uint64(0), uint32(0)
		for _, k := range m.Kinds {
			devices, vram = devices+uint64(k.Count), max(vram, k.VRAMMB)
			k.Count = 0
			kinds[k] = true
		}
		if len(m.Kinds) > maxKinds || len(m.Engines) > maxKinds || devices != uint64(m.Capacity.GPUs) || vram != m.Capacity.VRAMMB {
			return Errorf(Invalid, "machine %.40q has %d GPUs of at most %d MB, in %d kinds, and says otherwise or has more than %d kinds", m.Name, devices, vram, len(m.Kinds), maxKinds)
		}
		slots += uint64(m.Slots)
	}
	if len(kinds) > MaxKinds {
		return Errorf(Invalid, "an offer has GPUs of at most %d kinds", MaxKinds)
	}
	if slots != uint64(o.Slots) {
		return Errorf(Invalid, "the machines of the offer have %d slots, the offer says %d", slots, o.Slots)
	}
	return nil
}

// check refuses a machine that runs no job, and what would not do as a line of
// text about it.
func (m *Machine) check() error {
	if m.Slots == 0 || len(m.Engines) == 0 {
		return Errorf(Invalid, "machine %.40q runs no job: it has %d slots and %d engines", m.Name, m.Slots, len(m.Engines))
	}
	texts := []string{m.Name}
	for _, e := range m.Engines {
		texts = append(texts, string(e))
	}
	for _, k := range m.Kinds {
		if texts = append(texts, k.Model, k.Driver); k.Count == 0 {
			return Errorf(Invalid, "machine %.40q has a kind of GPU and none of it", m.Name)
		}
	}
	for _, s := range texts {
		if len(s) > maxText || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
			return Errorf(Invalid, "machine %.40q tells %.40q, which is longer than %d bytes or not plain text", m.Name, s, maxText)
		}
	}
	return nil
}

// MaxKinds is how many kinds of GPUs all machines of an offer have together.
const MaxKinds = 64

const (
	maxMachines = 64
	maxKinds    = 16  // of GPUs in a machine
	maxText     = 100 // bytes
)

// Fleet returns the machines of the offer, or the one that it describes itself.
func (o *Offer) Fleet() []Machine {
	if len(o.Machines) > 0 {
		return o.Machines
	}
	return []Machine{{
		Capacity: o.Capacity, Engines: o.Engines, Slots: o.Slots,
		Kinds: []GPUs{{Count: o.Capacity.GPUs, Model: o.GPUModel, VRAMMB: o.Capacity.VRAMMB}},
	}}
}
