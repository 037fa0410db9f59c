// Code generated from hostapi/schema; DO NOT EDIT.

package hostapi

import "fmt"

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

func (v Phase) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Phase) UnmarshalText(b []byte) error {
	switch string(b) {
	case "review":
		*v = PhaseReview
	case "mediation":
		*v = PhaseMediation
	default:
		return fmt.Errorf("phase: there is no %q", b)
	}
	return nil
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

func (v Standing) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Standing) UnmarshalText(b []byte) error {
	switch string(b) {
	case "provider":
		*v = StandingProvider
	case "creator":
		*v = StandingCreator
	case "replica":
		*v = StandingReplica
	case "mediator":
		*v = StandingMediator
	default:
		return fmt.Errorf("standing: there is no %q", b)
	}
	return nil
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

func (v ActionKind) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *ActionKind) UnmarshalText(b []byte) error {
	switch string(b) {
	case "execute":
		*v = ActionKindExecute
	case "compare":
		*v = ActionKindCompare
	case "draw":
		*v = ActionKindDraw
	case "wait":
		*v = ActionKindWait
	case "verdict":
		*v = ActionKindVerdict
	case "bisect":
		*v = ActionKindBisect
	default:
		return fmt.Errorf("action kind: there is no %q", b)
	}
	return nil
}

// lastActionKind is the last value of a minor version.
func lastActionKind(minor uint16) uint8 {
	switch {
	case minor >= 1:
		return 6
	}
	return 5
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

func (v Place) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Place) UnmarshalText(b []byte) error {
	switch string(b) {
	case "any":
		*v = PlaceAny
	case "same_class":
		*v = PlaceSameClass
	case "other_owner":
		*v = PlaceOtherOwner
	default:
		return fmt.Errorf("place: there is no %q", b)
	}
	return nil
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

func (v Outcome) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Outcome) UnmarshalText(b []byte) error {
	switch string(b) {
	case "none":
		*v = OutcomeNone
	case "upheld":
		*v = OutcomeUpheld
	case "late":
		*v = OutcomeLate
	case "refund":
		*v = OutcomeRefund
	case "fraud":
		*v = OutcomeFraud
	default:
		return fmt.Errorf("outcome: there is no %q", b)
	}
	return nil
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

func (v Absence) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Absence) UnmarshalText(b []byte) error {
	switch string(b) {
	case "declined":
		*v = AbsenceDeclined
	case "late":
		*v = AbsenceLate
	case "fault":
		*v = AbsenceFault
	default:
		return fmt.Errorf("absence: there is no %q", b)
	}
	return nil
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

func (v RunStatus) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *RunStatus) UnmarshalText(b []byte) error {
	switch string(b) {
	case "succeeded":
		*v = RunStatusSucceeded
	case "failed":
		*v = RunStatusFailed
	case "out_of_memory":
		*v = RunStatusOutOfMemory
	case "timed_out":
		*v = RunStatusTimedOut
	default:
		return fmt.Errorf("run status: there is no %q", b)
	}
	return nil
}

// Case is one doubt, with all that is known of it.
type Case struct {
	ID            Bytes32      `json:"id"`
	Seed          Opt[Bytes32] `json:"seed,omitzero"`       // review: the audit coin, a big-endian number, audited when it modulo 10000 is below audit_rate; mediation: the draw seed
	Opened        uint64       `json:"opened"`              // s, block time since the Unix epoch
	Now           uint64       `json:"now"`                 // s, block time since the Unix epoch
	Deadline      uint64       `json:"deadline"`            // s, block time since the Unix epoch; of the verdict
	Challenged    Opt[uint64]  `json:"challenged,omitzero"` // s, block time since the Unix epoch
	Price         uint64       `json:"price"`               // micro-LILY
	ProviderStake uint64       `json:"provider_stake"`      // micro-LILY
	CreatorStake  uint64       `json:"creator_stake"`       // micro-LILY
	MediationFee  uint64       `json:"mediation_fee"`       // micro-LILY
	LatePenalty   uint64       `json:"late_penalty"`        // micro-LILY
	MaxRuns       uint32       `json:"max_runs"`            // execute actions that the host will perform
	AuditRate     uint32       `json:"audit_rate"`          // parts in ten thousand
	Level         uint16       `json:"level"`               // panels that decided before this one
	Phase         Phase        `json:"phase"`
	Params        []Param      `json:"params,omitempty"`
	Events        []Event      `json:"events,omitempty"` // ordered by time; an event that was seen never moves
}

func (x *Case) put(w *writer, at int) {
	b := (*[184]byte)(w.b[w.start+at:])
	*(*Bytes32)(b[16:]) = x.ID
	le.PutUint64(b[80:], x.Opened)
	le.PutUint64(b[88:], x.Now)
	le.PutUint64(b[96:], x.Deadline)
	le.PutUint64(b[112:], x.Price)
	le.PutUint64(b[120:], x.ProviderStake)
	le.PutUint64(b[128:], x.CreatorStake)
	le.PutUint64(b[136:], x.MediationFee)
	le.PutUint64(b[144:], x.LatePenalty)
	le.PutUint32(b[152:], x.MaxRuns)
	le.PutUint32(b[156:], x.AuditRate)
	le.PutUint16(b[160:], x.Level)
	if x.Seed.OK {
		w.has(0)
		w.bytes(at+48, x.Seed.V[:])
	}
	if x.Challenged.OK {
		w.has(1)
		w.u64(at+104, x.Challenged.V)
	}
	w.enum(at+162, uint8(x.Phase), 1, 2, "case.phase")
	for i, at := 0, w.reserve(at+168, len(x.Params), 16, "case.params"); i < len(x.Params); i++ {
		x.Params[i].put(w, at+16*i)
	}
	writeItems(w, at+176, "case.events", x.Events, (*Event).append)
}

func (x *Case) get(r *reader, at int) {
	copy(x.ID[:], r.at(at+16, 32))
	if x.Seed.OK = r.has(0); x.Seed.OK {
		copy(x.Seed.V[:], r.at(at+48, 32))
	}
	x.Opened = r.u64(at + 80)
	x.Now = r.u64(at + 88)
	x.Deadline = r.u64(at + 96)
	if x.Challenged.OK = r.has(1); x.Challenged.OK {
		x.Challenged.V = r.u64(at + 104)
	}
	x.Price = r.u64(at + 112)
	x.ProviderStake = r.u64(at + 120)
	x.CreatorStake = r.u64(at + 128)
	x.MediationFee = r.u64(at + 136)
	x.LatePenalty = r.u64(at + 144)
	x.MaxRuns = r.u32(at + 152)
	x.AuditRate = r.u32(at + 156)
	x.Level = r.u16(at + 160)
	x.Phase = Phase(r.enum(at+162, 1, 2, "case.phase"))
	x.Params = readList(r, at+168, 16, "case.params", (*Param).get)
	x.Events = readItems(r, at+176, "case.events", decodeEvent)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Case) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 184
	w := beginItem(dst, minor, 7, size)
	x.put(w, 0)
	return w.end()
}

// DecodeCase reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeCase(b []byte) (Case, error) {
	var x Case
	r, err := openItem(b, 7, 184, "case")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Party is someone who takes part. Its position in the events is its name in all others.
type Party struct {
	At            uint64      `json:"at"`  // s, block time since the Unix epoch
	Who           uint32      `json:"who"` // the position of a party in its case's events; its own position
	Re            uint32      `json:"re"`  // the position of an event in its case's events; none
	HardwareClass Bytes32     `json:"hardware_class"`
	Address       Bytes20     `json:"address"`
	Operator      Bytes20     `json:"operator"`
	Stake         uint64      `json:"stake"` // micro-LILY
	Since         uint64      `json:"since"` // s, block time since the Unix epoch
	JobsOk        uint32      `json:"jobs_ok"`
	JobsBad       uint32      `json:"jobs_bad"`
	ChecksOk      uint32      `json:"checks_ok"` // runs of it that were checked and found good
	ChecksBad     uint32      `json:"checks_bad"`
	Standing      Standing    `json:"standing"`
	Region        Opt[string] `json:"region,omitzero"`
	Fee           uint64      `json:"fee"` // micro-LILY; what a run of it costs
}

func (x *Party) put(w *writer, at int) {
	b := (*[160]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	*(*Bytes32)(b[32:]) = x.HardwareClass
	*(*Bytes20)(b[64:]) = x.Address
	*(*Bytes20)(b[84:]) = x.Operator
	le.PutUint64(b[104:], x.Stake)
	le.PutUint64(b[112:], x.Since)
	le.PutUint32(b[120:], x.JobsOk)
	le.PutUint32(b[124:], x.JobsBad)
	le.PutUint32(b[128:], x.ChecksOk)
	le.PutUint32(b[132:], x.ChecksBad)
	le.PutUint64(b[152:], x.Fee)
	w.enum(at+136, uint8(x.Standing), 1, 4, "party.standing")
	if x.Region.OK {
		w.has(0)
		w.str(at+144, x.Region.V, "party.region")
	}
}

func (x *Party) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	copy(x.HardwareClass[:], r.at(at+32, 32))
	copy(x.Address[:], r.at(at+64, 20))
	copy(x.Operator[:], r.at(at+84, 20))
	x.Stake = r.u64(at + 104)
	x.Since = r.u64(at + 112)
	x.JobsOk = r.u32(at + 120)
	x.JobsBad = r.u32(at + 124)
	x.ChecksOk = r.u32(at + 128)
	x.ChecksBad = r.u32(at + 132)
	x.Standing = Standing(r.enum(at+136, 1, 4, "party.standing"))
	if x.Region.OK = r.has(0); x.Region.OK {
		x.Region.V = r.str(at+144, "party.region")
	}
	x.Fee = r.u64(at + 152)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Party) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 160
	w := beginItem(dst, minor, 8, size)
	x.put(w, 0)
	return w.end()
}

// DecodeParty reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeParty(b []byte) (Party, error) {
	var x Party
	r, err := openItem(b, 8, 160, "party")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Ordered is the fact that an action was performed.
type Ordered struct {
	At   uint64     `json:"at"`  // s, block time since the Unix epoch
	Who  uint32     `json:"who"` // the position of a party in its case's events; asked: the replica or mediator of an execute, the party of b of a bisect, else none
	Re   uint32     `json:"re"`  // the position of an event in its case's events; none
	Key  uint32     `json:"key"`
	Kind ActionKind `json:"kind"`
}

func (x *Ordered) put(w *writer, at int) {
	b := (*[40]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint32(b[32:], x.Key)
	w.enum(at+36, uint8(x.Kind), 1, lastActionKind(w.minor), "ordered.kind")
}

func (x *Ordered) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.Key = r.u32(at + 32)
	x.Kind = ActionKind(r.enum(at+36, 1, 6, "ordered.kind"))
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Ordered) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 40
	w := beginItem(dst, minor, 9, size)
	x.put(w, 0)
	return w.end()
}

// DecodeOrdered reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeOrdered(b []byte) (Ordered, error) {
	var x Ordered
	r, err := openItem(b, 9, 40, "ordered")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Result is the fact that a run ended.
type Result struct {
	At       uint64    `json:"at"`        // s, block time since the Unix epoch; when it was handed over; of the deal's own, by the provider
	Who      uint32    `json:"who"`       // the position of a party in its case's events
	Re       uint32    `json:"re"`        // the position of an event in its case's events; the order; none for the deal's own result
	Content  Bytes32   `json:"content"`   // content id of what is compared
	GPUTime  uint64    `json:"gpu_time"`  // ms
	WallTime uint64    `json:"wall_time"` // ms
	Size     uint64    `json:"size"`      // bytes
	Status   RunStatus `json:"status"`
}

func (x *Result) put(w *writer, at int) {
	b := (*[96]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	*(*Bytes32)(b[32:]) = x.Content
	le.PutUint64(b[64:], x.GPUTime)
	le.PutUint64(b[72:], x.WallTime)
	le.PutUint64(b[80:], x.Size)
	w.enum(at+88, uint8(x.Status), 1, 4, "result.status")
}

func (x *Result) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	copy(x.Content[:], r.at(at+32, 32))
	x.GPUTime = r.u64(at + 64)
	x.WallTime = r.u64(at + 72)
	x.Size = r.u64(at + 80)
	x.Status = RunStatus(r.enum(at+88, 1, 4, "result.status"))
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Result) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 96
	w := beginItem(dst, minor, 10, size)
	x.put(w, 0)
	return w.end()
}

// DecodeResult reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeResult(b []byte) (Result, error) {
	var x Result
	r, err := openItem(b, 10, 96, "result")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Compared is the fact that two results were compared.
type Compared struct {
	At       uint64   `json:"at"`       // s, block time since the Unix epoch
	Who      uint32   `json:"who"`      // the position of a party in its case's events; none
	Re       uint32   `json:"re"`       // the position of an event in its case's events; the order
	A        uint32   `json:"a"`        // the position of an event in its case's events
	B        uint32   `json:"b"`        // the position of an event in its case's events
	Distance uint64   `json:"distance"` // ppm, as the comparator gave it
	Reason   uint16   `json:"reason"`
	Sameness Sameness `json:"sameness"`
	Key      uint32   `json:"key"`
}

func (x *Compared) put(w *writer, at int) {
	b := (*[64]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint32(b[32:], x.A)
	le.PutUint32(b[36:], x.B)
	le.PutUint64(b[40:], x.Distance)
	le.PutUint16(b[48:], x.Reason)
	le.PutUint32(b[56:], x.Key)
	w.enum(at+50, uint8(x.Sameness), 1, 3, "compared.sameness")
}

func (x *Compared) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.A = r.u32(at + 32)
	x.B = r.u32(at + 36)
	x.Distance = r.u64(at + 40)
	x.Reason = r.u16(at + 48)
	x.Sameness = Sameness(r.enum(at+50, 1, 3, "compared.sameness"))
	x.Key = r.u32(at + 56)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Compared) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 64
	w := beginItem(dst, minor, 11, size)
	x.put(w, 0)
	return w.end()
}

// DecodeCompared reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeCompared(b []byte) (Compared, error) {
	var x Compared
	r, err := openItem(b, 11, 64, "compared")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Missing is the fact that an order was not answered.
type Missing struct {
	At  uint64  `json:"at"`  // s, block time since the Unix epoch
	Who uint32  `json:"who"` // the position of a party in its case's events
	Re  uint32  `json:"re"`  // the position of an event in its case's events; the order
	Key uint32  `json:"key"`
	Why Absence `json:"why"`
}

func (x *Missing) put(w *writer, at int) {
	b := (*[40]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint32(b[32:], x.Key)
	w.enum(at+36, uint8(x.Why), 1, 3, "missing.why")
}

func (x *Missing) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.Key = r.u32(at + 32)
	x.Why = Absence(r.enum(at+36, 1, 3, "missing.why"))
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Missing) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 40
	w := beginItem(dst, minor, 12, size)
	x.put(w, 0)
	return w.end()
}

// DecodeMissing reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeMissing(b []byte) (Missing, error) {
	var x Missing
	r, err := openItem(b, 12, 40, "missing")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Appeal is the fact that someone pays for a further level. Simulation and shadow mode only.
type Appeal struct {
	At     uint64 `json:"at"`   // s, block time since the Unix epoch
	Who    uint32 `json:"who"`  // the position of a party in its case's events
	Re     uint32 `json:"re"`   // the position of an event in its case's events; none
	Paid   uint64 `json:"paid"` // micro-LILY
	Reason uint16 `json:"reason"`
}

func (x *Appeal) put(w *writer, at int) {
	b := (*[48]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint64(b[32:], x.Paid)
	le.PutUint16(b[40:], x.Reason)
}

func (x *Appeal) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.Paid = r.u64(at + 32)
	x.Reason = r.u16(at + 40)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Appeal) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 48
	w := beginItem(dst, minor, 13, size)
	x.put(w, 0)
	return w.end()
}

// DecodeAppeal reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeAppeal(b []byte) (Appeal, error) {
	var x Appeal
	r, err := openItem(b, 13, 48, "appeal")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Tick is the fact that time has passed.
type Tick struct {
	At  uint64 `json:"at"`  // s, block time since the Unix epoch
	Who uint32 `json:"who"` // the position of a party in its case's events; none
	Re  uint32 `json:"re"`  // the position of an event in its case's events; none
}

func (x *Tick) put(w *writer, at int) {
	b := (*[32]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
}

func (x *Tick) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Tick) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 32
	w := beginItem(dst, minor, 14, size)
	x.put(w, 0)
	return w.end()
}

// DecodeTick reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeTick(b []byte) (Tick, error) {
	var x Tick
	r, err := openItem(b, 14, 32, "tick")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Commit is the fact that a party to a bisect stood by the trace of its run.
type Commit struct {
	At    uint64  `json:"at"`    // s, block time since the Unix epoch
	Who   uint32  `json:"who"`   // the position of a party in its case's events
	Re    uint32  `json:"re"`    // the position of an event in its case's events; the order
	Steps uint64  `json:"steps"` // that the run took
	Trace Bytes32 `json:"trace"` // root over the states of all steps
	Last  Bytes32 `json:"last"`  // the state that it ended in
}

func (x *Commit) put(w *writer, at int) {
	b := (*[104]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint64(b[32:], x.Steps)
	*(*Bytes32)(b[40:]) = x.Trace
	*(*Bytes32)(b[72:]) = x.Last
}

func (x *Commit) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.Steps = r.u64(at + 32)
	copy(x.Trace[:], r.at(at+40, 32))
	copy(x.Last[:], r.at(at+72, 32))
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Commit) Append(dst []byte, minor uint16) ([]byte, error) {
	if minor < 1 {
		return dst, fmt.Errorf("commit: minor version %d does not have it", minor)
	}
	size := 104
	w := beginItem(dst, minor, 17, size)
	x.put(w, 0)
	return w.end()
}

// DecodeCommit reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeCommit(b []byte) (Commit, error) {
	var x Commit
	r, err := openItem(b, 17, 104, "commit")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Open is the fact that a party opened a node of its trace.
type Open struct {
	At    uint64  `json:"at"`    // s, block time since the Unix epoch
	Who   uint32  `json:"who"`   // the position of a party in its case's events
	Re    uint32  `json:"re"`    // the position of an event in its case's events; the order
	Index uint64  `json:"index"` // of the node in its level
	Node  Bytes32 `json:"node"`
	Level uint8   `json:"level"` // 1 is above the states
	Child uint8   `json:"child"` // the first in which the parties differ
}

func (x *Open) put(w *writer, at int) {
	b := (*[80]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint64(b[32:], x.Index)
	*(*Bytes32)(b[40:]) = x.Node
	b[72] = x.Level
	b[73] = x.Child
}

func (x *Open) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.Index = r.u64(at + 32)
	copy(x.Node[:], r.at(at+40, 32))
	x.Level = r.u8(at + 72)
	x.Child = r.u8(at + 73)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Open) Append(dst []byte, minor uint16) ([]byte, error) {
	if minor < 1 {
		return dst, fmt.Errorf("open: minor version %d does not have it", minor)
	}
	size := 80
	w := beginItem(dst, minor, 18, size)
	x.put(w, 0)
	return w.end()
}

// DecodeOpen reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeOpen(b []byte) (Open, error) {
	var x Open
	r, err := openItem(b, 18, 80, "open")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Segment is the fact that one step was run, which shows a party wrong.
type Segment struct {
	At      uint64  `json:"at"`  // s, block time since the Unix epoch
	Who     uint32  `json:"who"` // the position of a party in its case's events; that is wrong; none: nobody was shown to be
	Re      uint32  `json:"re"`  // the position of an event in its case's events; the order
	Key     uint32  `json:"key"`
	Step    uint64  `json:"step"`
	Start   Bytes32 `json:"start"`   // the state before it
	Claimed Bytes32 `json:"claimed"` // the state behind it, as the party has it
	Ran     Bytes32 `json:"ran"`     // the state behind it, as it was run
	Proof   Bytes32 `json:"proof"`   // content id; zero when there is none
}

func (x *Segment) put(w *writer, at int) {
	b := (*[176]byte)(w.b[w.start+at:])
	le.PutUint64(b[16:], x.At)
	le.PutUint32(b[24:], x.Who)
	le.PutUint32(b[28:], x.Re)
	le.PutUint32(b[32:], x.Key)
	le.PutUint64(b[40:], x.Step)
	*(*Bytes32)(b[48:]) = x.Start
	*(*Bytes32)(b[80:]) = x.Claimed
	*(*Bytes32)(b[112:]) = x.Ran
	*(*Bytes32)(b[144:]) = x.Proof
}

func (x *Segment) get(r *reader, at int) {
	x.At = r.u64(at + 16)
	x.Who = r.u32(at + 24)
	x.Re = r.u32(at + 28)
	x.Key = r.u32(at + 32)
	x.Step = r.u64(at + 40)
	copy(x.Start[:], r.at(at+48, 32))
	copy(x.Claimed[:], r.at(at+80, 32))
	copy(x.Ran[:], r.at(at+112, 32))
	copy(x.Proof[:], r.at(at+144, 32))
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Segment) Append(dst []byte, minor uint16) ([]byte, error) {
	if minor < 1 {
		return dst, fmt.Errorf("segment: minor version %d does not have it", minor)
	}
	size := 176
	w := beginItem(dst, minor, 19, size)
	x.put(w, 0)
	return w.end()
}

// DecodeSegment reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeSegment(b []byte) (Segment, error) {
	var x Segment
	r, err := openItem(b, 19, 176, "segment")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Action is at least one per case; of a case with a verdict the only one.
type Action struct {
	Key        uint32     `json:"key"`   // an action is performed once per key
	Item       uint32     `json:"item"`  // position of the case in the batch
	A          uint32     `json:"a"`     // the position of an event in its case's events; compare: a result; bisect: the deal's own
	B          uint32     `json:"b"`     // the position of an event in its case's events; compare: another; bisect: another, or none: what was shown against a
	Until      uint64     `json:"until"` // s, block time since the Unix epoch; execute, wait: when to stop waiting
	Arg0       uint64     `json:"arg0"`
	Arg1       uint64     `json:"arg1"`
	Confidence uint32     `json:"confidence"` // parts in a million; verdict
	Reason     uint16     `json:"reason"`
	Kind       ActionKind `json:"kind"`
	Place      Place      `json:"place"`   // execute
	Outcome    Outcome    `json:"outcome"` // verdict
}

func (x *Action) put(w *writer, at int) {
	b := (*[56]byte)(w.b[w.start+at:])
	le.PutUint32(b[0:], x.Key)
	le.PutUint32(b[4:], x.Item)
	le.PutUint32(b[8:], x.A)
	le.PutUint32(b[12:], x.B)
	le.PutUint64(b[16:], x.Until)
	le.PutUint64(b[24:], x.Arg0)
	le.PutUint64(b[32:], x.Arg1)
	le.PutUint32(b[40:], x.Confidence)
	le.PutUint16(b[44:], x.Reason)
	w.enum(at+46, uint8(x.Kind), 1, lastActionKind(w.minor), "action.kind")
	w.enum(at+47, uint8(x.Place), 0, 2, "action.place")
	w.enum(at+48, uint8(x.Outcome), 0, 4, "action.outcome")
}

func (x *Action) get(r *reader, at int) {
	x.Key = r.u32(at + 0)
	x.Item = r.u32(at + 4)
	x.A = r.u32(at + 8)
	x.B = r.u32(at + 12)
	x.Until = r.u64(at + 16)
	x.Arg0 = r.u64(at + 24)
	x.Arg1 = r.u64(at + 32)
	x.Confidence = r.u32(at + 40)
	x.Reason = r.u16(at + 44)
	x.Kind = ActionKind(r.enum(at+46, 1, 6, "action.kind"))
	x.Place = Place(r.enum(at+47, 0, 2, "action.place"))
	x.Outcome = Outcome(r.enum(at+48, 0, 4, "action.outcome"))
}

// AppendActions appends an output message.
//
// # Errors
//
// A value that a record cannot hold.
func AppendActions(dst []byte, minor uint16, list []Action) ([]byte, error) {
	return appendOutput(dst, minor, len(list), 56, func(w *writer, i, at int) { list[i].put(w, at) })
}

// DecodeActions reads an output message, which must be b and nothing more.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeActions(b []byte) ([]Action, error) {
	n, stride, err := openOutput(b, 56)
	if n == 0 {
		return nil, err
	}
	list, r := make([]Action, n), reader{b: b, fixed: outputHeader}
	for i := range list {
		at := r.fixed
		r.fixed += stride
		if list[i].get(&r, at); r.err != nil {
			return nil, fmt.Errorf("record %d: %w", i, r.err)
		}
	}
	return list, nil
}

// Event is a fact of a case.
// Exactly one field is set.
type Event struct {
	Party    *Party    `json:"party,omitempty"`
	Ordered  *Ordered  `json:"ordered,omitempty"`
	Result   *Result   `json:"result,omitempty"`
	Compared *Compared `json:"compared,omitempty"`
	Missing  *Missing  `json:"missing,omitempty"`
	Appeal   *Appeal   `json:"appeal,omitempty"`
	Tick     *Tick     `json:"tick,omitempty"`
	Commit   *Commit   `json:"commit,omitempty"`
	Open     *Open     `json:"open,omitempty"`
	Segment  *Segment  `json:"segment,omitempty"`
}

func (x *Event) append(dst []byte, minor uint16) ([]byte, error) {
	switch {
	case x.Party != nil:
		return x.Party.Append(dst, minor)
	case x.Ordered != nil:
		return x.Ordered.Append(dst, minor)
	case x.Result != nil:
		return x.Result.Append(dst, minor)
	case x.Compared != nil:
		return x.Compared.Append(dst, minor)
	case x.Missing != nil:
		return x.Missing.Append(dst, minor)
	case x.Appeal != nil:
		return x.Appeal.Append(dst, minor)
	case x.Tick != nil:
		return x.Tick.Append(dst, minor)
	case x.Commit != nil:
		return x.Commit.Append(dst, minor)
	case x.Open != nil:
		return x.Open.Append(dst, minor)
	case x.Segment != nil:
		return x.Segment.Append(dst, minor)
	}
	return dst, fmt.Errorf("event: none of its fields is set")
}

func decodeEvent(b []byte) (Event, error) {
	var x Event
	var err error
	switch kind := (&reader{b: b, fixed: len(b)}).u16(6); kind {
	case 8:
		var m Party
		m, err = DecodeParty(b)
		x.Party = &m
	case 9:
		var m Ordered
		m, err = DecodeOrdered(b)
		x.Ordered = &m
	case 10:
		var m Result
		m, err = DecodeResult(b)
		x.Result = &m
	case 11:
		var m Compared
		m, err = DecodeCompared(b)
		x.Compared = &m
	case 12:
		var m Missing
		m, err = DecodeMissing(b)
		x.Missing = &m
	case 13:
		var m Appeal
		m, err = DecodeAppeal(b)
		x.Appeal = &m
	case 14:
		var m Tick
		m, err = DecodeTick(b)
		x.Tick = &m
	case 17:
		var m Commit
		m, err = DecodeCommit(b)
		x.Commit = &m
	case 18:
		var m Open
		m, err = DecodeOpen(b)
		x.Open = &m
	case 19:
		var m Segment
		m, err = DecodeSegment(b)
		x.Segment = &m
	default:
		err = fmt.Errorf("event: there is no kind %d", kind)
	}
	return x, err
}

// MediateInput is one call of the hook.
type MediateInput struct {
	Now   uint64 `json:"now"` // block time in seconds
	Cases []Case `json:"cases,omitempty"`
}

// Append appends the input message.
//
// # Errors
//
// A value that a record cannot hold, or a message above MaxMessage.
func (in *MediateInput) Append(dst []byte, minor uint16) ([]byte, error) {
	items := make([][]byte, len(in.Cases))
	for i := range items {
		b, err := in.Cases[i].Append(nil, minor)
		if err != nil {
			return dst, fmt.Errorf("case %d: %w", i, err)
		}
		items[i] = b
	}
	return AppendMessage(dst, Header{HookMediate, minor, in.Now}, nil, items...)
}

// DecodeMediateInput reads an input message.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeMediateInput(b []byte) (MediateInput, error) {
	var in MediateInput
	h, _, items, err := SplitMessage(b)
	if err != nil {
		return in, err
	}
	if h.Hook != HookMediate {
		return in, fmt.Errorf("a message for %s, want mediate", h.Hook)
	}
	in.Now = h.Now
	in.Cases = make([]Case, len(items))
	for i := range items {
		if in.Cases[i], err = DecodeCase(items[i]); err != nil {
			return in, fmt.Errorf("case %d: %w", i, err)
		}
	}
	return in, nil
}
