// Code generated from hostapi/schema; DO NOT EDIT.

package plugintest

import "fmt"

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

func (v Weekday) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Weekday) UnmarshalText(b []byte) error {
	switch string(b) {
	case "monday":
		*v = WeekdayMonday
	case "tuesday":
		*v = WeekdayTuesday
	case "wednesday":
		*v = WeekdayWednesday
	case "thursday":
		*v = WeekdayThursday
	case "friday":
		*v = WeekdayFriday
	case "saturday":
		*v = WeekdaySaturday
	case "sunday":
		*v = WeekdaySunday
	default:
		return fmt.Errorf("weekday: there is no %q", b)
	}
	return nil
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

func (v Answer) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Answer) UnmarshalText(b []byte) error {
	switch string(b) {
	case "take":
		*v = AnswerTake
	case "decline":
		*v = AnswerDecline
	default:
		return fmt.Errorf("answer: there is no %q", b)
	}
	return nil
}

// Node is the provider's own state.
type Node struct {
	Address     Bytes20     `json:"address"`
	Running     uint32      `json:"running"` // jobs
	Queued      uint32      `json:"queued"`
	Slots       uint32      `json:"slots"` // jobs at once
	Queue       uint32      `json:"queue"` // jobs that may wait
	GPUs        uint32      `json:"gpus"`
	GPUsFree    uint32      `json:"gpus_free"`
	VRAMFree    uint32      `json:"vram_free"`     // 10⁶ bytes; of the emptiest free GPU
	CPUFree     uint32      `json:"cpu_free"`      // thousandths of a core
	RAMFree     uint32      `json:"ram_free"`      // 10⁶ bytes
	DiskFree    uint32      `json:"disk_free"`     // 10⁶ bytes
	MinuteOfDay uint16      `json:"minute_of_day"` // 0 to 1439, block time in the zone of the provider's configuration
	Weekday     Weekday     `json:"weekday"`       // in the same zone
	Deposit     uint64      `json:"deposit"`       // micro-LILY; free in its account
	Region      Opt[string] `json:"region,omitzero"`
}

func (x *Node) put(w *writer, at int) {
	b := (*[96]byte)(w.b[w.start+at:])
	*(*Bytes20)(b[16:]) = x.Address
	le.PutUint32(b[36:], x.Running)
	le.PutUint32(b[40:], x.Queued)
	le.PutUint32(b[44:], x.Slots)
	le.PutUint32(b[48:], x.Queue)
	le.PutUint32(b[52:], x.GPUs)
	le.PutUint32(b[56:], x.GPUsFree)
	le.PutUint32(b[60:], x.VRAMFree)
	le.PutUint32(b[64:], x.CPUFree)
	le.PutUint32(b[68:], x.RAMFree)
	le.PutUint32(b[72:], x.DiskFree)
	le.PutUint16(b[76:], x.MinuteOfDay)
	le.PutUint64(b[80:], x.Deposit)
	w.enum(at+78, uint8(x.Weekday), 1, 7, "node.weekday")
	if x.Region.OK {
		w.has(0)
		w.str(at+88, x.Region.V, "node.region")
	}
}

func (x *Node) get(r *reader, at int) {
	copy(x.Address[:], r.at(at+16, 20))
	x.Running = r.u32(at + 36)
	x.Queued = r.u32(at + 40)
	x.Slots = r.u32(at + 44)
	x.Queue = r.u32(at + 48)
	x.GPUs = r.u32(at + 52)
	x.GPUsFree = r.u32(at + 56)
	x.VRAMFree = r.u32(at + 60)
	x.CPUFree = r.u32(at + 64)
	x.RAMFree = r.u32(at + 68)
	x.DiskFree = r.u32(at + 72)
	x.MinuteOfDay = r.u16(at + 76)
	x.Weekday = Weekday(r.enum(at+78, 1, 7, "node.weekday"))
	x.Deposit = r.u64(at + 80)
	if x.Region.OK = r.has(0); x.Region.OK {
		x.Region.V = r.str(at+88, "node.region")
	}
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Node) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 96
	w := beginItem(dst, minor, 4, size)
	x.put(w, 0)
	return w.end()
}

// DecodeNode reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeNode(b []byte) (Node, error) {
	var x Node
	r, err := openItem(b, 4, 96, "node")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Request is a job that the solver offers to this provider.
type Request struct {
	ID              Bytes32     `json:"id"`
	Module          Bytes32     `json:"module"`
	Creator         Bytes20     `json:"creator"`
	GPUs            uint32      `json:"gpus"`
	VRAM            uint32      `json:"vram"`           // 10⁶ bytes; per GPU
	CPU             uint32      `json:"cpu"`            // thousandths of a core
	RAM             uint32      `json:"ram"`            // 10⁶ bytes
	Disk            uint32      `json:"disk"`           // 10⁶ bytes
	MaxPrice        uint64      `json:"max_price"`      // micro-LILY
	StandingPrice   uint64      `json:"standing_price"` // micro-LILY; of the offer that was ranked
	ProviderStake   uint64      `json:"provider_stake"` // micro-LILY
	MediationFee    uint64      `json:"mediation_fee"`  // micro-LILY
	AuditRate       uint32      `json:"audit_rate"`     // parts in ten thousand
	Timeout         uint32      `json:"timeout"`        // s
	Engine          Engine      `json:"engine"`
	Network         bool        `json:"network"`
	InputSize       uint64      `json:"input_size"`       // bytes
	CreatorOk       uint32      `json:"creator_ok"`       // good deals of this provider with the creator
	CreatorBad      uint32      `json:"creator_bad"`      // bad ones
	CreatorDisputes uint32      `json:"creator_disputes"` // that the creator challenged
	ModuleOk        uint32      `json:"module_ok"`        // good runs of the module here
	ModuleFailed    uint32      `json:"module_failed"`
	CreatorSince    Opt[uint64] `json:"creator_since,omitzero"` // s, block time since the Unix epoch; the first deal with the creator
	ModuleName      string      `json:"module_name"`
	Publisher       Opt[string] `json:"publisher,omitzero"`
	GPUModel        Opt[string] `json:"gpu_model,omitzero"`
	Region          Opt[string] `json:"region,omitzero"`
	Labels          []Label     `json:"labels,omitempty"`
	Repository      Opt[string] `json:"repository,omitzero"`
	Signers         []Signer    `json:"signers,omitempty"` // identities that signed the module
	CreatorTimeouts uint32      `json:"creator_timeouts"`  // deals of this provider that the creator let run out
	ImagePinned     bool        `json:"image_pinned"`      // its image is named by digest, or it is a WASI command
}

func (x *Request) put(w *writer, at int) {
	b := (*[272]byte)(w.b[w.start+at:])
	*(*Bytes32)(b[16:]) = x.ID
	*(*Bytes32)(b[48:]) = x.Module
	*(*Bytes20)(b[80:]) = x.Creator
	le.PutUint32(b[100:], x.GPUs)
	le.PutUint32(b[104:], x.VRAM)
	le.PutUint32(b[108:], x.CPU)
	le.PutUint32(b[112:], x.RAM)
	le.PutUint32(b[116:], x.Disk)
	le.PutUint64(b[120:], x.MaxPrice)
	le.PutUint64(b[128:], x.StandingPrice)
	le.PutUint64(b[136:], x.ProviderStake)
	le.PutUint64(b[144:], x.MediationFee)
	le.PutUint32(b[152:], x.AuditRate)
	le.PutUint32(b[156:], x.Timeout)
	le.PutUint64(b[168:], x.InputSize)
	le.PutUint32(b[176:], x.CreatorOk)
	le.PutUint32(b[180:], x.CreatorBad)
	le.PutUint32(b[184:], x.CreatorDisputes)
	le.PutUint32(b[188:], x.ModuleOk)
	le.PutUint32(b[192:], x.ModuleFailed)
	le.PutUint32(b[264:], x.CreatorTimeouts)
	w.enum(at+160, uint8(x.Engine), 1, 3, "request.engine")
	w.bool(at+161, x.Network)
	if x.CreatorSince.OK {
		w.has(0)
		w.u64(at+200, x.CreatorSince.V)
	}
	w.str(at+208, x.ModuleName, "request.module_name")
	if x.Publisher.OK {
		w.has(1)
		w.str(at+216, x.Publisher.V, "request.publisher")
	}
	if x.GPUModel.OK {
		w.has(2)
		w.str(at+224, x.GPUModel.V, "request.gpu_model")
	}
	if x.Region.OK {
		w.has(3)
		w.str(at+232, x.Region.V, "request.region")
	}
	for i, at := 0, w.reserve(at+240, len(x.Labels), 16, "request.labels"); i < len(x.Labels); i++ {
		x.Labels[i].put(w, at+16*i)
	}
	if x.Repository.OK {
		w.has(4)
		w.str(at+248, x.Repository.V, "request.repository")
	}
	for i, at := 0, w.reserve(at+256, len(x.Signers), 16, "request.signers"); i < len(x.Signers); i++ {
		x.Signers[i].put(w, at+16*i)
	}
	w.bool(at+268, x.ImagePinned)
}

func (x *Request) get(r *reader, at int) {
	copy(x.ID[:], r.at(at+16, 32))
	copy(x.Module[:], r.at(at+48, 32))
	copy(x.Creator[:], r.at(at+80, 20))
	x.GPUs = r.u32(at + 100)
	x.VRAM = r.u32(at + 104)
	x.CPU = r.u32(at + 108)
	x.RAM = r.u32(at + 112)
	x.Disk = r.u32(at + 116)
	x.MaxPrice = r.u64(at + 120)
	x.StandingPrice = r.u64(at + 128)
	x.ProviderStake = r.u64(at + 136)
	x.MediationFee = r.u64(at + 144)
	x.AuditRate = r.u32(at + 152)
	x.Timeout = r.u32(at + 156)
	x.Engine = Engine(r.enum(at+160, 1, 3, "request.engine"))
	x.Network = r.bool(at+161, "request.network")
	x.InputSize = r.u64(at + 168)
	x.CreatorOk = r.u32(at + 176)
	x.CreatorBad = r.u32(at + 180)
	x.CreatorDisputes = r.u32(at + 184)
	x.ModuleOk = r.u32(at + 188)
	x.ModuleFailed = r.u32(at + 192)
	if x.CreatorSince.OK = r.has(0); x.CreatorSince.OK {
		x.CreatorSince.V = r.u64(at + 200)
	}
	x.ModuleName = r.str(at+208, "request.module_name")
	if x.Publisher.OK = r.has(1); x.Publisher.OK {
		x.Publisher.V = r.str(at+216, "request.publisher")
	}
	if x.GPUModel.OK = r.has(2); x.GPUModel.OK {
		x.GPUModel.V = r.str(at+224, "request.gpu_model")
	}
	if x.Region.OK = r.has(3); x.Region.OK {
		x.Region.V = r.str(at+232, "request.region")
	}
	x.Labels = readList(r, at+240, 16, "request.labels", (*Label).get)
	if x.Repository.OK = r.has(4); x.Repository.OK {
		x.Repository.V = r.str(at+248, "request.repository")
	}
	x.Signers = readList(r, at+256, 16, "request.signers", (*Signer).get)
	x.CreatorTimeouts = r.u32(at + 264)
	x.ImagePinned = r.bool(at+268, "request.image_pinned")
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Request) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 272
	w := beginItem(dst, minor, 5, size)
	x.put(w, 0)
	return w.end()
}

// DecodeRequest reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeRequest(b []byte) (Request, error) {
	var x Request
	r, err := openItem(b, 5, 272, "request")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Admission is one per request. A price of 0 is the standing price; a quote to take may only be lower; a decline with a higher price asks the solver to rank again.
type Admission struct {
	Price  uint64 `json:"price"` // micro-LILY
	Arg0   uint64 `json:"arg0"`
	Arg1   uint64 `json:"arg1"`
	Answer Answer `json:"answer"`
	Reason uint16 `json:"reason"`
}

func (x *Admission) put(w *writer, at int) {
	b := (*[32]byte)(w.b[w.start+at:])
	le.PutUint64(b[0:], x.Price)
	le.PutUint64(b[8:], x.Arg0)
	le.PutUint64(b[16:], x.Arg1)
	le.PutUint16(b[26:], x.Reason)
	w.enum(at+24, uint8(x.Answer), 1, 2, "admission.answer")
}

func (x *Admission) get(r *reader, at int) {
	x.Price = r.u64(at + 0)
	x.Arg0 = r.u64(at + 8)
	x.Arg1 = r.u64(at + 16)
	x.Answer = Answer(r.enum(at+24, 1, 2, "admission.answer"))
	x.Reason = r.u16(at + 26)
}

// AppendAdmissions appends an output message.
//
// # Errors
//
// A value that a record cannot hold.
func AppendAdmissions(dst []byte, minor uint16, list []Admission) ([]byte, error) {
	return appendOutput(dst, minor, len(list), 32, func(w *writer, i, at int) { list[i].put(w, at) })
}

// DecodeAdmissions reads an output message, which must be b and nothing more.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeAdmissions(b []byte) ([]Admission, error) {
	n, stride, err := openOutput(b, 32)
	if n == 0 {
		return nil, err
	}
	list, r := make([]Admission, n), reader{b: b, fixed: outputHeader}
	for i := range list {
		at := r.fixed
		r.fixed += stride
		if list[i].get(&r, at); r.err != nil {
			return nil, fmt.Errorf("record %d: %w", i, r.err)
		}
	}
	return list, nil
}

// AdmitInput is one call of the hook.
type AdmitInput struct {
	Now      uint64    `json:"now"` // block time in seconds
	Node     Node      `json:"node"`
	Requests []Request `json:"requests,omitempty"`
}

// Append appends the input message.
//
// # Errors
//
// A value that a record cannot hold, or a message above MaxMessage.
func (in *AdmitInput) Append(dst []byte, minor uint16) ([]byte, error) {
	context, err := in.Node.Append(nil, minor)
	if err != nil {
		return dst, err
	}
	items := make([][]byte, len(in.Requests))
	for i := range items {
		b, err := in.Requests[i].Append(nil, minor)
		if err != nil {
			return dst, fmt.Errorf("request %d: %w", i, err)
		}
		items[i] = b
	}
	return AppendMessage(dst, Header{HookAdmit, minor, in.Now}, context, items...)
}

// DecodeAdmitInput reads an input message.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeAdmitInput(b []byte) (AdmitInput, error) {
	var in AdmitInput
	h, context, items, err := SplitMessage(b)
	if err != nil {
		return in, err
	}
	if h.Hook != HookAdmit {
		return in, fmt.Errorf("a message for %s, want admit", h.Hook)
	}
	in.Now = h.Now
	if in.Node, err = DecodeNode(context); err != nil {
		return in, err
	}
	in.Requests = make([]Request, len(items))
	for i := range items {
		if in.Requests[i], err = DecodeRequest(items[i]); err != nil {
			return in, fmt.Errorf("request %d: %w", i, err)
		}
	}
	return in, nil
}
