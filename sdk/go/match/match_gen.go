// Code generated from hostapi/schema; DO NOT EDIT.

package match

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Engine is what runs a job.
type Engine = guest.Engine

const (
	EngineWasm   = guest.EngineWasm
	EngineDocker = guest.EngineDocker
	EngineNoop   = guest.EngineNoop
)

// Label is what a provider declares about itself, or a job demands.
type Label = guest.Label

// Decision is what a match plugin makes of an offer.
type Decision uint8

const (
	DecisionRank    Decision = 1
	DecisionRefuse  Decision = 2
	DecisionAbstain Decision = 3 // no opinion: the solver's own order holds
)

// String is the name in the schema.
func (v Decision) String() string {
	switch v {
	case DecisionRank:
		return "rank"
	case DecisionRefuse:
		return "refuse"
	case DecisionAbstain:
		return "abstain"
	}
	return "unset"
}

// Job is a job as the solver sees it.
type Job struct{ it guest.Item }

const (
	kindJob = 2
	sizeJob = 192
)

func (x Job) ID() [32]byte {
	return x.it.Bytes32(16)
}

func (x Job) Module() [32]byte {
	return x.it.Bytes32(48)
}

func (x Job) Creator() [20]byte {
	return x.it.Bytes20(80)
}

func (x Job) GPUs() uint64 {
	return x.it.U32(100)
}

// VRAM: 10⁶ bytes; per GPU.
func (x Job) VRAM() uint64 {
	return x.it.U32(104)
}

// CPU: thousandths of a core.
func (x Job) CPU() uint64 {
	return x.it.U32(108)
}

// RAM: 10⁶ bytes.
func (x Job) RAM() uint64 {
	return x.it.U32(112)
}

// Disk: 10⁶ bytes.
func (x Job) Disk() uint64 {
	return x.it.U32(116)
}

// MaxPrice: micro-LILY.
func (x Job) MaxPrice() uint64 {
	return x.it.U64(120)
}

// ProviderStake: micro-LILY; what the provider must risk.
func (x Job) ProviderStake() uint64 {
	return x.it.U64(128)
}

// MediationFee: micro-LILY.
func (x Job) MediationFee() uint64 {
	return x.it.U64(136)
}

// AuditRate: parts in ten thousand.
func (x Job) AuditRate() uint64 {
	return x.it.U32(144)
}

// Timeout: s.
func (x Job) Timeout() uint64 {
	return x.it.U32(148)
}

func (x Job) Engine() Engine {
	return Engine(x.it.U8(152))
}

// Network: it asks for the network.
func (x Job) Network() bool {
	return x.it.Bool(153)
}

func (x Job) ModuleName() string {
	return x.it.Str(160)
}

// GPUModel: zero when there is none.
func (x Job) GPUModel() string {
	return x.it.Str(168)
}

// HasGPUModel tells that there is one.
func (x Job) HasGPUModel() bool { return x.it.Has(0) }

// Region: zero when there is none.
func (x Job) Region() string {
	return x.it.Str(176)
}

// HasRegion tells that there is one.
func (x Job) HasRegion() bool { return x.it.Has(1) }

// Labels: all are on every offer of the batch.
func (x Job) Labels() []Label {
	return guest.List(x.it, 184, 16, guest.ReadLabel)
}

// Offer is a provider's standing offer. Every offer of a batch can run the job.
type Offer struct{ it guest.Item }

const (
	kindOffer = 3
	sizeOffer = 264
)

func (x Offer) ID() [32]byte {
	return x.it.Bytes32(16)
}

func (x Offer) HardwareClass() [32]byte {
	return x.it.Bytes32(48)
}

func (x Offer) Provider() [20]byte {
	return x.it.Bytes20(80)
}

// Operator: the paying address behind several providers.
func (x Offer) Operator() [20]byte {
	return x.it.Bytes20(100)
}

// Price: micro-LILY; per job.
func (x Offer) Price() uint64 {
	return x.it.U64(120)
}

// MaxStake: micro-LILY; the largest stake it locks in one deal.
func (x Offer) MaxStake() uint64 {
	return x.it.U64(128)
}

// Deposit: micro-LILY; free in its account.
func (x Offer) Deposit() uint64 {
	return x.it.U64(136)
}

// Since: s, block time since the Unix epoch; first seen.
func (x Offer) Since() uint64 {
	return x.it.U64(144)
}

func (x Offer) GPUs() uint64 {
	return x.it.U32(152)
}

// VRAM: 10⁶ bytes; per GPU.
func (x Offer) VRAM() uint64 {
	return x.it.U32(156)
}

// CPU: thousandths of a core.
func (x Offer) CPU() uint64 {
	return x.it.U32(160)
}

// RAM: 10⁶ bytes.
func (x Offer) RAM() uint64 {
	return x.it.U32(164)
}

// Disk: 10⁶ bytes.
func (x Offer) Disk() uint64 {
	return x.it.U32(168)
}

// MaxTimeout: s.
func (x Offer) MaxTimeout() uint64 {
	return x.it.U32(172)
}

// UpRate: parts in a million; share of the time it was reachable.
func (x Offer) UpRate() uint64 {
	return x.it.U32(176)
}

func (x Offer) JobsOk() uint64 {
	return x.it.U32(180)
}

func (x Offer) JobsFailed() uint64 {
	return x.it.U32(184)
}

// Disputes: deals that were challenged.
func (x Offer) Disputes() uint64 {
	return x.it.U32(188)
}

// Slashes: deals that ended in fraud.
func (x Offer) Slashes() uint64 {
	return x.it.U32(192)
}

// Slots: jobs it runs at once.
func (x Offer) Slots() uint64 {
	return x.it.U32(196)
}

// PairOk: good deals with this job's creator.
func (x Offer) PairOk() uint64 {
	return x.it.U32(200)
}

// PairBad: bad ones.
func (x Offer) PairBad() uint64 {
	return x.it.U32(204)
}

// Load: parts in a million; share of its slots in use.
func (x Offer) Load() uint64 {
	return x.it.U32(208)
}

// GPUModel: zero when there is none.
func (x Offer) GPUModel() string {
	return x.it.Str(216)
}

// HasGPUModel tells that there is one.
func (x Offer) HasGPUModel() bool { return x.it.Has(0) }

// Region: zero when there is none.
func (x Offer) Region() string {
	return x.it.Str(224)
}

// HasRegion tells that there is one.
func (x Offer) HasRegion() bool { return x.it.Has(1) }

func (x Offer) Labels() []Label {
	return guest.List(x.it, 232, 16, guest.ReadLabel)
}

// Queue: jobs it lets wait beyond its slots.
func (x Offer) Queue() uint64 {
	return x.it.U32(240)
}

// RecentJobs: deals of the last hour that this solver gave it.
func (x Offer) RecentJobs() uint64 {
	return x.it.U32(244)
}

// InputsHere: bytes; of the job's inputs that it already has.
func (x Offer) InputsHere() uint64 {
	return x.it.U64(248)
}

// ModuleHere: it ran the job's module in the last day.
func (x Offer) ModuleHere() bool {
	return x.it.Bool(256)
}

// Score is one per offer. A higher score is better; ties go to the solver's own order.
type Score struct {
	Score    int64
	Arg0     uint64
	Arg1     uint64
	Decision Decision
	Reason   uint16
}

const sizeScore = 32

func (x *Score) put(b guest.Item) {
	b.PutU64(0, uint64(x.Score))
	b.PutU64(8, x.Arg0)
	b.PutU64(16, x.Arg1)
	b.PutU8(24, uint8(x.Decision))
	b.PutU16(26, x.Reason)
}
