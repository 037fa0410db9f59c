package lilypad

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
	GPUModel string  `json:"gpu_model,omitempty"` // empty: any
	Network  bool    `json:"network,omitempty"`
	Timeout  Seconds `json:"timeout"` // wall time of the job itself
	Region   string  `json:"region,omitempty"`
	Labels   []Label `json:"labels,omitempty"` // all must be on the offer
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
}
