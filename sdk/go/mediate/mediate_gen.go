// Code generated from hostapi/schema; DO NOT EDIT.

package mediate

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Param is an integer agreed in a deal, for a scheme or a comparator.
type Param = guest.Param

// Sameness is a comparator's answer.
type Sameness = guest.Sameness

const (
	SamenessEqual        = guest.SamenessEqual
	SamenessDifferent    = guest.SamenessDifferent
	SamenessIncomparable = guest.SamenessIncomparable
)

// Phase is the state of a deal in which a case is decided.
type Phase uint8

const (
	PhaseReview    Phase = 1 // the creator judges the result of its own deal
	PhaseMediation Phase = 2 // a drawn mediator judges a challenged one
)

// String is the name in the schema.
func (v Phase) String() string {
	switch v {
	case PhaseReview:
		return "review"
	case PhaseMediation:
		return "mediation"
	}
	return "unset"
}

// Standing is why a party is part of a case.
type Standing uint8

const (
	StandingProvider Standing = 1 // of the deal that is judged; exactly one
	StandingCreator  Standing = 2
	StandingReplica  Standing = 3 // a provider that was asked to run the same job
	StandingMediator Standing = 4 // the one that decides; its own run is under this party
)

// String is the name in the schema.
func (v Standing) String() string {
	switch v {
	case StandingProvider:
		return "provider"
	case StandingCreator:
		return "creator"
	case StandingReplica:
		return "replica"
	case StandingMediator:
		return "mediator"
	}
	return "unset"
}

// ActionKind is what a scheme asks its host to do.
type ActionKind uint8

const (
	ActionKindExecute ActionKind = 1
	ActionKindCompare ActionKind = 2
	ActionKindDraw    ActionKind = 3
	ActionKindWait    ActionKind = 4
	ActionKindVerdict ActionKind = 5
	ActionKindBisect  ActionKind = 6 // play two results against each other until one step is left
)

// String is the name in the schema.
func (v ActionKind) String() string {
	switch v {
	case ActionKindExecute:
		return "execute"
	case ActionKindCompare:
		return "compare"
	case ActionKindDraw:
		return "draw"
	case ActionKindWait:
		return "wait"
	case ActionKindVerdict:
		return "verdict"
	case ActionKindBisect:
		return "bisect"
	}
	return "unset"
}

// Place is where a replica may run.
type Place uint8

const (
	PlaceAny        Place = 0
	PlaceSameClass  Place = 1 // on the hardware class of the deal's provider
	PlaceOtherOwner Place = 2 // at an operator with no part in the case
)

// String is the name in the schema.
func (v Place) String() string {
	switch v {
	case PlaceAny:
		return "any"
	case PlaceSameClass:
		return "same_class"
	case PlaceOtherOwner:
		return "other_owner"
	}
	return "unset"
}

// Outcome is what a verdict says of the judged result.
type Outcome uint8

const (
	OutcomeNone   Outcome = 0
	OutcomeUpheld Outcome = 1
	OutcomeLate   Outcome = 2
	OutcomeRefund Outcome = 3
	OutcomeFraud  Outcome = 4
)

// String is the name in the schema.
func (v Outcome) String() string {
	switch v {
	case OutcomeNone:
		return "none"
	case OutcomeUpheld:
		return "upheld"
	case OutcomeLate:
		return "late"
	case OutcomeRefund:
		return "refund"
	case OutcomeFraud:
		return "fraud"
	}
	return "unset"
}

// Absence is why an order was not answered.
type Absence uint8

const (
	AbsenceDeclined Absence = 1
	AbsenceLate     Absence = 2
	AbsenceFault    Absence = 3
)

// String is the name in the schema.
func (v Absence) String() string {
	switch v {
	case AbsenceDeclined:
		return "declined"
	case AbsenceLate:
		return "late"
	case AbsenceFault:
		return "fault"
	}
	return "unset"
}

// RunStatus is how a job ended.
type RunStatus uint8

const (
	RunStatusSucceeded   RunStatus = 1
	RunStatusFailed      RunStatus = 2
	RunStatusOutOfMemory RunStatus = 3
	RunStatusTimedOut    RunStatus = 4
)

// String is the name in the schema.
func (v RunStatus) String() string {
	switch v {
	case RunStatusSucceeded:
		return "succeeded"
	case RunStatusFailed:
		return "failed"
	case RunStatusOutOfMemory:
		return "out_of_memory"
	case RunStatusTimedOut:
		return "timed_out"
	}
	return "unset"
}

// Case is one doubt, with all that is known of it.
type Case struct {
	it     guest.Item
	events []Event
}

func openCase(it guest.Item) Case { return Case{it, guest.Items(it, 176, viewEvent)} }

const (
	kindCase = 7
	sizeCase = 184
)

func (x Case) ID() [32]byte {
	return x.it.Bytes32(16)
}

// Seed: review: the audit coin, a big-endian number, audited when it modulo 10000 is below audit_rate; mediation: the draw seed; zero when there is none.
func (x Case) Seed() [32]byte {
	return x.it.Bytes32(48)
}

// HasSeed tells that there is one.
func (x Case) HasSeed() bool { return x.it.Has(0) }

// Opened: s, block time since the Unix epoch.
func (x Case) Opened() uint64 {
	return x.it.U64(80)
}

// Now: s, block time since the Unix epoch.
func (x Case) Now() uint64 {
	return x.it.U64(88)
}

// Deadline: s, block time since the Unix epoch; of the verdict.
func (x Case) Deadline() uint64 {
	return x.it.U64(96)
}

// Challenged: s, block time since the Unix epoch; zero when there is none.
func (x Case) Challenged() uint64 {
	return x.it.U64(104)
}

// HasChallenged tells that there is one.
func (x Case) HasChallenged() bool { return x.it.Has(1) }

// Price: micro-LILY.
func (x Case) Price() uint64 {
	return x.it.U64(112)
}

// ProviderStake: micro-LILY.
func (x Case) ProviderStake() uint64 {
	return x.it.U64(120)
}

// CreatorStake: micro-LILY.
func (x Case) CreatorStake() uint64 {
	return x.it.U64(128)
}

// MediationFee: micro-LILY.
func (x Case) MediationFee() uint64 {
	return x.it.U64(136)
}

// LatePenalty: micro-LILY.
func (x Case) LatePenalty() uint64 {
	return x.it.U64(144)
}

// MaxRuns: execute actions that the host will perform.
func (x Case) MaxRuns() uint64 {
	return x.it.U32(152)
}

// AuditRate: parts in ten thousand.
func (x Case) AuditRate() uint64 {
	return x.it.U32(156)
}

// Level: panels that decided before this one.
func (x Case) Level() uint64 {
	return x.it.U16(160)
}

func (x Case) Phase() Phase {
	return Phase(x.it.U8(162))
}

func (x Case) Params() []Param {
	return guest.List(x.it, 168, 16, guest.ReadParam)
}

// Events: ordered by time; an event that was seen never moves.
func (x Case) Events() []Event {
	return x.events
}

// Party is someone who takes part. Its position in the events is its name in all others.
type Party struct{ it guest.Item }

const (
	kindParty = 8
	sizeParty = 160
)

// At: s, block time since the Unix epoch.
func (x Party) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events; its own position.
func (x Party) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; none.
func (x Party) Re() uint64 {
	return x.it.U32(28)
}

func (x Party) HardwareClass() [32]byte {
	return x.it.Bytes32(32)
}

func (x Party) Address() [20]byte {
	return x.it.Bytes20(64)
}

func (x Party) Operator() [20]byte {
	return x.it.Bytes20(84)
}

// Stake: micro-LILY.
func (x Party) Stake() uint64 {
	return x.it.U64(104)
}

// Since: s, block time since the Unix epoch.
func (x Party) Since() uint64 {
	return x.it.U64(112)
}

func (x Party) JobsOk() uint64 {
	return x.it.U32(120)
}

func (x Party) JobsBad() uint64 {
	return x.it.U32(124)
}

// ChecksOk: runs of it that were checked and found good.
func (x Party) ChecksOk() uint64 {
	return x.it.U32(128)
}

func (x Party) ChecksBad() uint64 {
	return x.it.U32(132)
}

func (x Party) Standing() Standing {
	return Standing(x.it.U8(136))
}

// Region: zero when there is none.
func (x Party) Region() string {
	return x.it.Str(144)
}

// HasRegion tells that there is one.
func (x Party) HasRegion() bool { return x.it.Has(0) }

// Fee: micro-LILY; what a run of it costs.
func (x Party) Fee() uint64 {
	return x.it.U64(152)
}

// Ordered is the fact that an action was performed.
type Ordered struct{ it guest.Item }

const (
	kindOrdered = 9
	sizeOrdered = 40
)

// At: s, block time since the Unix epoch.
func (x Ordered) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events; asked: the replica or mediator of an execute, the party of b of a bisect, else none.
func (x Ordered) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; none.
func (x Ordered) Re() uint64 {
	return x.it.U32(28)
}

func (x Ordered) Key() uint64 {
	return x.it.U32(32)
}

func (x Ordered) Kind() ActionKind {
	return ActionKind(x.it.U8(36))
}

// Result is the fact that a run ended.
type Result struct{ it guest.Item }

const (
	kindResult = 10
	sizeResult = 96
)

// At: s, block time since the Unix epoch; when it was handed over; of the deal's own, by the provider.
func (x Result) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events.
func (x Result) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; the order; none for the deal's own result.
func (x Result) Re() uint64 {
	return x.it.U32(28)
}

// Content: content id of what is compared.
func (x Result) Content() [32]byte {
	return x.it.Bytes32(32)
}

// GPUTime: ms.
func (x Result) GPUTime() uint64 {
	return x.it.U64(64)
}

// WallTime: ms.
func (x Result) WallTime() uint64 {
	return x.it.U64(72)
}

// Size: bytes.
func (x Result) Size() uint64 {
	return x.it.U64(80)
}

func (x Result) Status() RunStatus {
	return RunStatus(x.it.U8(88))
}

// Compared is the fact that two results were compared.
type Compared struct{ it guest.Item }

const (
	kindCompared = 11
	sizeCompared = 64
)

// At: s, block time since the Unix epoch.
func (x Compared) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events; none.
func (x Compared) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; the order.
func (x Compared) Re() uint64 {
	return x.it.U32(28)
}

// A: the position of an event in its case's events.
func (x Compared) A() uint64 {
	return x.it.U32(32)
}

// B: the position of an event in its case's events.
func (x Compared) B() uint64 {
	return x.it.U32(36)
}

// Distance: ppm, as the comparator gave it.
func (x Compared) Distance() uint64 {
	return x.it.U64(40)
}

func (x Compared) Reason() uint64 {
	return x.it.U16(48)
}

func (x Compared) Sameness() Sameness {
	return Sameness(x.it.U8(50))
}

func (x Compared) Key() uint64 {
	return x.it.U32(56)
}

// Missing is the fact that an order was not answered.
type Missing struct{ it guest.Item }

const (
	kindMissing = 12
	sizeMissing = 40
)

// At: s, block time since the Unix epoch.
func (x Missing) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events.
func (x Missing) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; the order.
func (x Missing) Re() uint64 {
	return x.it.U32(28)
}

func (x Missing) Key() uint64 {
	return x.it.U32(32)
}

func (x Missing) Why() Absence {
	return Absence(x.it.U8(36))
}

// Appeal is the fact that someone pays for a further level. Simulation and shadow mode only.
type Appeal struct{ it guest.Item }

const (
	kindAppeal = 13
	sizeAppeal = 48
)

// At: s, block time since the Unix epoch.
func (x Appeal) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events.
func (x Appeal) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; none.
func (x Appeal) Re() uint64 {
	return x.it.U32(28)
}

// Paid: micro-LILY.
func (x Appeal) Paid() uint64 {
	return x.it.U64(32)
}

func (x Appeal) Reason() uint64 {
	return x.it.U16(40)
}

// Tick is the fact that time has passed.
type Tick struct{ it guest.Item }

const (
	kindTick = 14
	sizeTick = 32
)

// At: s, block time since the Unix epoch.
func (x Tick) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events; none.
func (x Tick) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; none.
func (x Tick) Re() uint64 {
	return x.it.U32(28)
}

// Commit is the fact that a party to a bisect stood by the trace of its run.
type Commit struct{ it guest.Item }

const (
	kindCommit = 17
	sizeCommit = 104
)

// At: s, block time since the Unix epoch.
func (x Commit) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events.
func (x Commit) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; the order.
func (x Commit) Re() uint64 {
	return x.it.U32(28)
}

// Steps: that the run took.
func (x Commit) Steps() uint64 {
	return x.it.U64(32)
}

// Trace: root over the states of all steps.
func (x Commit) Trace() [32]byte {
	return x.it.Bytes32(40)
}

// Last: the state that it ended in.
func (x Commit) Last() [32]byte {
	return x.it.Bytes32(72)
}

// Open is the fact that a party opened a node of its trace.
type Open struct{ it guest.Item }

const (
	kindOpen = 18
	sizeOpen = 80
)

// At: s, block time since the Unix epoch.
func (x Open) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events.
func (x Open) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; the order.
func (x Open) Re() uint64 {
	return x.it.U32(28)
}

// Index: of the node in its level.
func (x Open) Index() uint64 {
	return x.it.U64(32)
}

func (x Open) Node() [32]byte {
	return x.it.Bytes32(40)
}

// Level: 1 is above the states.
func (x Open) Level() uint64 {
	return x.it.U8(72)
}

// Child: the first in which the parties differ.
func (x Open) Child() uint64 {
	return x.it.U8(73)
}

// Segment is the fact that one step was run, which shows a party wrong.
type Segment struct{ it guest.Item }

const (
	kindSegment = 19
	sizeSegment = 176
)

// At: s, block time since the Unix epoch.
func (x Segment) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events; that is wrong; none: nobody was shown to be.
func (x Segment) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events; the order.
func (x Segment) Re() uint64 {
	return x.it.U32(28)
}

func (x Segment) Key() uint64 {
	return x.it.U32(32)
}

func (x Segment) Step() uint64 {
	return x.it.U64(40)
}

// Start: the state before it.
func (x Segment) Start() [32]byte {
	return x.it.Bytes32(48)
}

// Claimed: the state behind it, as the party has it.
func (x Segment) Claimed() [32]byte {
	return x.it.Bytes32(80)
}

// Ran: the state behind it, as it was run.
func (x Segment) Ran() [32]byte {
	return x.it.Bytes32(112)
}

// Proof: content id; zero when there is none.
func (x Segment) Proof() [32]byte {
	return x.it.Bytes32(144)
}

// Action is at least one per case; of a case with a verdict the only one.
type Action struct {
	Key        uint32 // an action is performed once per key
	Item       uint32 // position of the case in the batch
	A          uint32 // the position of an event in its case's events; compare: a result; bisect: the deal's own
	B          uint32 // the position of an event in its case's events; compare: another; bisect: another, or none: what was shown against a
	Until      uint64 // s, block time since the Unix epoch; execute, wait: when to stop waiting
	Arg0       uint64
	Arg1       uint64
	Confidence uint32 // parts in a million; verdict
	Reason     uint16
	Kind       ActionKind
	Place      Place   // execute
	Outcome    Outcome // verdict
}

const sizeAction = 56

func (x *Action) put(b guest.Item) {
	b.PutU32(0, x.Key)
	b.PutU32(4, x.Item)
	b.PutU32(8, x.A)
	b.PutU32(12, x.B)
	b.PutU64(16, x.Until)
	b.PutU64(24, x.Arg0)
	b.PutU64(32, x.Arg1)
	b.PutU32(40, x.Confidence)
	b.PutU16(44, x.Reason)
	b.PutU8(46, uint8(x.Kind))
	b.PutU8(47, uint8(x.Place))
	b.PutU8(48, uint8(x.Outcome))
}

// Event is a fact of a case.
type Event struct{ it guest.Item }

// At: s, block time since the Unix epoch.
func (x Event) At() uint64 {
	return x.it.U64(16)
}

// Who: the position of a party in its case's events.
func (x Event) Who() uint64 {
	return x.it.U32(24)
}

// Re: the position of an event in its case's events.
func (x Event) Re() uint64 {
	return x.it.U32(28)
}

// viewEvent checks what is known of the item's kind, and of one of later days
// what all kinds share.
func viewEvent(it guest.Item) Event {
	size := 32
	switch it.Kind() {
	case kindParty:
		size = sizeParty
	case kindOrdered:
		size = sizeOrdered
	case kindResult:
		size = sizeResult
	case kindCompared:
		size = sizeCompared
	case kindMissing:
		size = sizeMissing
	case kindAppeal:
		size = sizeAppeal
	case kindTick:
		size = sizeTick
	case kindCommit:
		size = sizeCommit
	case kindOpen:
		size = sizeOpen
	case kindSegment:
		size = sizeSegment
	}
	return Event{it.Least(size)}
}

// Party is the event as a party, and whether it is one.
func (x Event) Party() (Party, bool) { return Party{x.it}, x.it.Kind() == kindParty }

// Ordered is the event as a ordered, and whether it is one.
func (x Event) Ordered() (Ordered, bool) { return Ordered{x.it}, x.it.Kind() == kindOrdered }

// Result is the event as a result, and whether it is one.
func (x Event) Result() (Result, bool) { return Result{x.it}, x.it.Kind() == kindResult }

// Compared is the event as a compared, and whether it is one.
func (x Event) Compared() (Compared, bool) { return Compared{x.it}, x.it.Kind() == kindCompared }

// Missing is the event as a missing, and whether it is one.
func (x Event) Missing() (Missing, bool) { return Missing{x.it}, x.it.Kind() == kindMissing }

// Appeal is the event as a appeal, and whether it is one.
func (x Event) Appeal() (Appeal, bool) { return Appeal{x.it}, x.it.Kind() == kindAppeal }

// Tick is the event as a tick, and whether it is one.
func (x Event) Tick() (Tick, bool) { return Tick{x.it}, x.it.Kind() == kindTick }

// Commit is the event as a commit, and whether it is one.
func (x Event) Commit() (Commit, bool) { return Commit{x.it}, x.it.Kind() == kindCommit }

// Open is the event as a open, and whether it is one.
func (x Event) Open() (Open, bool) { return Open{x.it}, x.it.Kind() == kindOpen }

// Segment is the event as a segment, and whether it is one.
func (x Event) Segment() (Segment, bool) { return Segment{x.it}, x.it.Kind() == kindSegment }
