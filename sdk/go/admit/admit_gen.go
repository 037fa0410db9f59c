// Code generated from hostapi/schema; DO NOT EDIT.

package admit

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

// Signer is an identity that signed the module.
type Signer = guest.Signer

// Weekday is a day by ISO 8601.
type Weekday uint8

const (
	WeekdayMonday    Weekday = 1
	WeekdayTuesday   Weekday = 2
	WeekdayWednesday Weekday = 3
	WeekdayThursday  Weekday = 4
	WeekdayFriday    Weekday = 5
	WeekdaySaturday  Weekday = 6
	WeekdaySunday    Weekday = 7
)

// String is the name in the schema.
func (v Weekday) String() string {
	switch v {
	case WeekdayMonday:
		return "monday"
	case WeekdayTuesday:
		return "tuesday"
	case WeekdayWednesday:
		return "wednesday"
	case WeekdayThursday:
		return "thursday"
	case WeekdayFriday:
		return "friday"
	case WeekdaySaturday:
		return "saturday"
	case WeekdaySunday:
		return "sunday"
	}
	return "unset"
}

// Answer is what a provider says to a job.
type Answer uint8

const (
	AnswerTake    Answer = 1
	AnswerDecline Answer = 2
)

// String is the name in the schema.
func (v Answer) String() string {
	switch v {
	case AnswerTake:
		return "take"
	case AnswerDecline:
		return "decline"
	}
	return "unset"
}

// Node is the provider's own state.
type Node struct{ it guest.Item }

const (
	kindNode = 4
	sizeNode = 96
)

func (x Node) Address() [20]byte {
	return x.it.Bytes20(16)
}

// Running: jobs.
func (x Node) Running() uint64 {
	return x.it.U32(36)
}

func (x Node) Queued() uint64 {
	return x.it.U32(40)
}

// Slots: jobs at once.
func (x Node) Slots() uint64 {
	return x.it.U32(44)
}

// Queue: jobs that may wait.
func (x Node) Queue() uint64 {
	return x.it.U32(48)
}

func (x Node) GPUs() uint64 {
	return x.it.U32(52)
}

func (x Node) GPUsFree() uint64 {
	return x.it.U32(56)
}

// VRAMFree: 10⁶ bytes; of the emptiest free GPU.
func (x Node) VRAMFree() uint64 {
	return x.it.U32(60)
}

// CPUFree: thousandths of a core.
func (x Node) CPUFree() uint64 {
	return x.it.U32(64)
}

// RAMFree: 10⁶ bytes.
func (x Node) RAMFree() uint64 {
	return x.it.U32(68)
}

// DiskFree: 10⁶ bytes.
func (x Node) DiskFree() uint64 {
	return x.it.U32(72)
}

// MinuteOfDay: 0 to 1439, block time in the zone of the provider's configuration.
func (x Node) MinuteOfDay() uint64 {
	return x.it.U16(76)
}

// Weekday: in the same zone.
func (x Node) Weekday() Weekday {
	return Weekday(x.it.U8(78))
}

// Deposit: micro-LILY; free in its account.
func (x Node) Deposit() uint64 {
	return x.it.U64(80)
}

// Region: zero when there is none.
func (x Node) Region() string {
	return x.it.Str(88)
}

// HasRegion tells that there is one.
func (x Node) HasRegion() bool { return x.it.Has(0) }

// Request is a job that the solver offers to this provider.
type Request struct{ it guest.Item }

const (
	kindRequest = 5
	sizeRequest = 272
)

func (x Request) ID() [32]byte {
	return x.it.Bytes32(16)
}

func (x Request) Module() [32]byte {
	return x.it.Bytes32(48)
}

func (x Request) Creator() [20]byte {
	return x.it.Bytes20(80)
}

func (x Request) GPUs() uint64 {
	return x.it.U32(100)
}

// VRAM: 10⁶ bytes; per GPU.
func (x Request) VRAM() uint64 {
	return x.it.U32(104)
}

// CPU: thousandths of a core.
func (x Request) CPU() uint64 {
	return x.it.U32(108)
}

// RAM: 10⁶ bytes.
func (x Request) RAM() uint64 {
	return x.it.U32(112)
}

// Disk: 10⁶ bytes.
func (x Request) Disk() uint64 {
	return x.it.U32(116)
}

// MaxPrice: micro-LILY.
func (x Request) MaxPrice() uint64 {
	return x.it.U64(120)
}

// StandingPrice: micro-LILY; of the offer that was ranked.
func (x Request) StandingPrice() uint64 {
	return x.it.U64(128)
}

// ProviderStake: micro-LILY.
func (x Request) ProviderStake() uint64 {
	return x.it.U64(136)
}

// MediationFee: micro-LILY.
func (x Request) MediationFee() uint64 {
	return x.it.U64(144)
}

// AuditRate: parts in ten thousand.
func (x Request) AuditRate() uint64 {
	return x.it.U32(152)
}

// Timeout: s.
func (x Request) Timeout() uint64 {
	return x.it.U32(156)
}

func (x Request) Engine() Engine {
	return Engine(x.it.U8(160))
}

func (x Request) Network() bool {
	return x.it.Bool(161)
}

// InputSize: bytes.
func (x Request) InputSize() uint64 {
	return x.it.U64(168)
}

// CreatorOk: good deals of this provider with the creator.
func (x Request) CreatorOk() uint64 {
	return x.it.U32(176)
}

// CreatorBad: bad ones.
func (x Request) CreatorBad() uint64 {
	return x.it.U32(180)
}

// CreatorDisputes: that the creator challenged.
func (x Request) CreatorDisputes() uint64 {
	return x.it.U32(184)
}

// ModuleOk: good runs of the module here.
func (x Request) ModuleOk() uint64 {
	return x.it.U32(188)
}

func (x Request) ModuleFailed() uint64 {
	return x.it.U32(192)
}

// CreatorSince: s, block time since the Unix epoch; the first deal with the creator; zero when there is none.
func (x Request) CreatorSince() uint64 {
	return x.it.U64(200)
}

// HasCreatorSince tells that there is one.
func (x Request) HasCreatorSince() bool { return x.it.Has(0) }

func (x Request) ModuleName() string {
	return x.it.Str(208)
}

// Publisher: zero when there is none.
func (x Request) Publisher() string {
	return x.it.Str(216)
}

// HasPublisher tells that there is one.
func (x Request) HasPublisher() bool { return x.it.Has(1) }

// GPUModel: zero when there is none.
func (x Request) GPUModel() string {
	return x.it.Str(224)
}

// HasGPUModel tells that there is one.
func (x Request) HasGPUModel() bool { return x.it.Has(2) }

// Region: zero when there is none.
func (x Request) Region() string {
	return x.it.Str(232)
}

// HasRegion tells that there is one.
func (x Request) HasRegion() bool { return x.it.Has(3) }

func (x Request) Labels() []Label {
	return guest.List(x.it, 240, 16, guest.ReadLabel)
}

// Repository: zero when there is none.
func (x Request) Repository() string {
	return x.it.Str(248)
}

// HasRepository tells that there is one.
func (x Request) HasRepository() bool { return x.it.Has(4) }

// Signers: identities that signed the module.
func (x Request) Signers() []Signer {
	return guest.List(x.it, 256, 16, guest.ReadSigner)
}

// CreatorTimeouts: deals of this provider that the creator let run out.
func (x Request) CreatorTimeouts() uint64 {
	return x.it.U32(264)
}

// ImagePinned: its image is named by digest, or it is a WASI command.
func (x Request) ImagePinned() bool {
	return x.it.Bool(268)
}

// Admission is one per request. A price of 0 is the standing price; a quote to take may only be lower; a decline with a higher price asks the solver to rank again.
type Admission struct {
	Price  uint64 // micro-LILY
	Arg0   uint64
	Arg1   uint64
	Answer Answer
	Reason uint16
}

const sizeAdmission = 32

func (x *Admission) put(b guest.Item) {
	b.PutU64(0, x.Price)
	b.PutU64(8, x.Arg0)
	b.PutU64(16, x.Arg1)
	b.PutU8(24, uint8(x.Answer))
	b.PutU16(26, x.Reason)
}
