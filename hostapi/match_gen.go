// Code generated from hostapi/schema; DO NOT EDIT.

package hostapi

import "fmt"

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

func (v Decision) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Decision) UnmarshalText(b []byte) error {
	switch string(b) {
	case "rank":
		*v = DecisionRank
	case "refuse":
		*v = DecisionRefuse
	case "abstain":
		*v = DecisionAbstain
	default:
		return fmt.Errorf("decision: there is no %q", b)
	}
	return nil
}

// Job is a job as the solver sees it.
type Job struct {
	ID            Bytes32     `json:"id"`
	Module        Bytes32     `json:"module"`
	Creator       Bytes20     `json:"creator"`
	GPUs          uint32      `json:"gpus"`
	VRAM          uint32      `json:"vram"`           // 10⁶ bytes; per GPU
	CPU           uint32      `json:"cpu"`            // thousandths of a core
	RAM           uint32      `json:"ram"`            // 10⁶ bytes
	Disk          uint32      `json:"disk"`           // 10⁶ bytes
	MaxPrice      uint64      `json:"max_price"`      // micro-LILY
	ProviderStake uint64      `json:"provider_stake"` // micro-LILY; what the provider must risk
	MediationFee  uint64      `json:"mediation_fee"`  // micro-LILY
	AuditRate     uint32      `json:"audit_rate"`     // parts in ten thousand
	Timeout       uint32      `json:"timeout"`        // s
	Engine        Engine      `json:"engine"`
	Network       bool        `json:"network"` // it asks for the network
	ModuleName    string      `json:"module_name"`
	GPUModel      Opt[string] `json:"gpu_model,omitzero"`
	Region        Opt[string] `json:"region,omitzero"`
	Labels        []Label     `json:"labels,omitempty"` // all are on every offer of the batch
}

func (x *Job) put(w *writer, at int) {
	b := (*[192]byte)(w.b[w.start+at:])
	*(*Bytes32)(b[16:]) = x.ID
	*(*Bytes32)(b[48:]) = x.Module
	*(*Bytes20)(b[80:]) = x.Creator
	le.PutUint32(b[100:], x.GPUs)
	le.PutUint32(b[104:], x.VRAM)
	le.PutUint32(b[108:], x.CPU)
	le.PutUint32(b[112:], x.RAM)
	le.PutUint32(b[116:], x.Disk)
	le.PutUint64(b[120:], x.MaxPrice)
	le.PutUint64(b[128:], x.ProviderStake)
	le.PutUint64(b[136:], x.MediationFee)
	le.PutUint32(b[144:], x.AuditRate)
	le.PutUint32(b[148:], x.Timeout)
	w.enum(at+152, uint8(x.Engine), 1, 3, "job.engine")
	w.bool(at+153, x.Network)
	w.str(at+160, x.ModuleName, "job.module_name")
	if x.GPUModel.OK {
		w.has(0)
		w.str(at+168, x.GPUModel.V, "job.gpu_model")
	}
	if x.Region.OK {
		w.has(1)
		w.str(at+176, x.Region.V, "job.region")
	}
	for i, at := 0, w.reserve(at+184, len(x.Labels), 16, "job.labels"); i < len(x.Labels); i++ {
		x.Labels[i].put(w, at+16*i)
	}
}

func (x *Job) get(r *reader, at int) {
	copy(x.ID[:], r.at(at+16, 32))
	copy(x.Module[:], r.at(at+48, 32))
	copy(x.Creator[:], r.at(at+80, 20))
	x.GPUs = r.u32(at + 100)
	x.VRAM = r.u32(at + 104)
	x.CPU = r.u32(at + 108)
	x.RAM = r.u32(at + 112)
	x.Disk = r.u32(at + 116)
	x.MaxPrice = r.u64(at + 120)
	x.ProviderStake = r.u64(at + 128)
	x.MediationFee = r.u64(at + 136)
	x.AuditRate = r.u32(at + 144)
	x.Timeout = r.u32(at + 148)
	x.Engine = Engine(r.enum(at+152, 1, 3, "job.engine"))
	x.Network = r.bool(at+153, "job.network")
	x.ModuleName = r.str(at+160, "job.module_name")
	if x.GPUModel.OK = r.has(0); x.GPUModel.OK {
		x.GPUModel.V = r.str(at+168, "job.gpu_model")
	}
	if x.Region.OK = r.has(1); x.Region.OK {
		x.Region.V = r.str(at+176, "job.region")
	}
	x.Labels = readList(r, at+184, 16, "job.labels", (*Label).get)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Job) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 192
	w := beginItem(dst, minor, 2, size)
	x.put(w, 0)
	return w.end()
}

// DecodeJob reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeJob(b []byte) (Job, error) {
	var x Job
	r, err := openItem(b, 2, 192, "job")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Offer is a provider's standing offer. Every offer of a batch can run the job.
type Offer struct {
	ID            Bytes32     `json:"id"`
	HardwareClass Bytes32     `json:"hardware_class"`
	Provider      Bytes20     `json:"provider"`
	Operator      Bytes20     `json:"operator"`  // the paying address behind several providers
	Price         uint64      `json:"price"`     // micro-LILY; per job
	MaxStake      uint64      `json:"max_stake"` // micro-LILY; the largest stake it locks in one deal
	Deposit       uint64      `json:"deposit"`   // micro-LILY; free in its account
	Since         uint64      `json:"since"`     // s, block time since the Unix epoch; first seen
	GPUs          uint32      `json:"gpus"`
	VRAM          uint32      `json:"vram"`        // 10⁶ bytes; per GPU
	CPU           uint32      `json:"cpu"`         // thousandths of a core
	RAM           uint32      `json:"ram"`         // 10⁶ bytes
	Disk          uint32      `json:"disk"`        // 10⁶ bytes
	MaxTimeout    uint32      `json:"max_timeout"` // s
	UpRate        uint32      `json:"up_rate"`     // parts in a million; share of the time it was reachable
	JobsOk        uint32      `json:"jobs_ok"`
	JobsFailed    uint32      `json:"jobs_failed"`
	Disputes      uint32      `json:"disputes"` // deals that were challenged
	Slashes       uint32      `json:"slashes"`  // deals that ended in fraud
	Slots         uint32      `json:"slots"`    // jobs it runs at once
	PairOk        uint32      `json:"pair_ok"`  // good deals with this job's creator
	PairBad       uint32      `json:"pair_bad"` // bad ones
	Load          uint32      `json:"load"`     // parts in a million; share of its slots in use
	GPUModel      Opt[string] `json:"gpu_model,omitzero"`
	Region        Opt[string] `json:"region,omitzero"`
	Labels        []Label     `json:"labels,omitempty"`
	Queue         uint32      `json:"queue"`       // jobs it lets wait beyond its slots
	RecentJobs    uint32      `json:"recent_jobs"` // deals of the last hour that this solver gave it
	InputsHere    uint64      `json:"inputs_here"` // bytes; of the job's inputs that it already has
	ModuleHere    bool        `json:"module_here"` // it ran the job's module in the last day
}

func (x *Offer) put(w *writer, at int) {
	b := (*[264]byte)(w.b[w.start+at:])
	*(*Bytes32)(b[16:]) = x.ID
	*(*Bytes32)(b[48:]) = x.HardwareClass
	*(*Bytes20)(b[80:]) = x.Provider
	*(*Bytes20)(b[100:]) = x.Operator
	le.PutUint64(b[120:], x.Price)
	le.PutUint64(b[128:], x.MaxStake)
	le.PutUint64(b[136:], x.Deposit)
	le.PutUint64(b[144:], x.Since)
	le.PutUint32(b[152:], x.GPUs)
	le.PutUint32(b[156:], x.VRAM)
	le.PutUint32(b[160:], x.CPU)
	le.PutUint32(b[164:], x.RAM)
	le.PutUint32(b[168:], x.Disk)
	le.PutUint32(b[172:], x.MaxTimeout)
	le.PutUint32(b[176:], x.UpRate)
	le.PutUint32(b[180:], x.JobsOk)
	le.PutUint32(b[184:], x.JobsFailed)
	le.PutUint32(b[188:], x.Disputes)
	le.PutUint32(b[192:], x.Slashes)
	le.PutUint32(b[196:], x.Slots)
	le.PutUint32(b[200:], x.PairOk)
	le.PutUint32(b[204:], x.PairBad)
	le.PutUint32(b[208:], x.Load)
	le.PutUint32(b[240:], x.Queue)
	le.PutUint32(b[244:], x.RecentJobs)
	le.PutUint64(b[248:], x.InputsHere)
	if x.GPUModel.OK {
		w.has(0)
		w.str(at+216, x.GPUModel.V, "offer.gpu_model")
	}
	if x.Region.OK {
		w.has(1)
		w.str(at+224, x.Region.V, "offer.region")
	}
	for i, at := 0, w.reserve(at+232, len(x.Labels), 16, "offer.labels"); i < len(x.Labels); i++ {
		x.Labels[i].put(w, at+16*i)
	}
	w.bool(at+256, x.ModuleHere)
}

func (x *Offer) get(r *reader, at int) {
	copy(x.ID[:], r.at(at+16, 32))
	copy(x.HardwareClass[:], r.at(at+48, 32))
	copy(x.Provider[:], r.at(at+80, 20))
	copy(x.Operator[:], r.at(at+100, 20))
	x.Price = r.u64(at + 120)
	x.MaxStake = r.u64(at + 128)
	x.Deposit = r.u64(at + 136)
	x.Since = r.u64(at + 144)
	x.GPUs = r.u32(at + 152)
	x.VRAM = r.u32(at + 156)
	x.CPU = r.u32(at + 160)
	x.RAM = r.u32(at + 164)
	x.Disk = r.u32(at + 168)
	x.MaxTimeout = r.u32(at + 172)
	x.UpRate = r.u32(at + 176)
	x.JobsOk = r.u32(at + 180)
	x.JobsFailed = r.u32(at + 184)
	x.Disputes = r.u32(at + 188)
	x.Slashes = r.u32(at + 192)
	x.Slots = r.u32(at + 196)
	x.PairOk = r.u32(at + 200)
	x.PairBad = r.u32(at + 204)
	x.Load = r.u32(at + 208)
	if x.GPUModel.OK = r.has(0); x.GPUModel.OK {
		x.GPUModel.V = r.str(at+216, "offer.gpu_model")
	}
	if x.Region.OK = r.has(1); x.Region.OK {
		x.Region.V = r.str(at+224, "offer.region")
	}
	x.Labels = readList(r, at+232, 16, "offer.labels", (*Label).get)
	x.Queue = r.u32(at + 240)
	x.RecentJobs = r.u32(at + 244)
	x.InputsHere = r.u64(at + 248)
	x.ModuleHere = r.bool(at+256, "offer.module_here")
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Offer) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 264
	w := beginItem(dst, minor, 3, size)
	x.put(w, 0)
	return w.end()
}

// DecodeOffer reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeOffer(b []byte) (Offer, error) {
	var x Offer
	r, err := openItem(b, 3, 264, "offer")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// OfferAsStored tells that an item of a minor version is as one of Minor.
func OfferAsStored(minor uint16) bool { return true }

// PatchOfferPairOk overwrites the field in a stored item, which must be an
// undamaged offer.
func PatchOfferPairOk(item []byte, v uint32) {
	(&writer{b: item}).u32(200, v)
}

// PatchOfferPairBad overwrites the field in a stored item, which must be an
// undamaged offer.
func PatchOfferPairBad(item []byte, v uint32) {
	(&writer{b: item}).u32(204, v)
}

// PatchOfferLoad overwrites the field in a stored item, which must be an
// undamaged offer.
func PatchOfferLoad(item []byte, v uint32) {
	(&writer{b: item}).u32(208, v)
}

// PatchOfferRecentJobs overwrites the field in a stored item, which must be an
// undamaged offer.
func PatchOfferRecentJobs(item []byte, v uint32) {
	(&writer{b: item}).u32(244, v)
}

// PatchOfferInputsHere overwrites the field in a stored item, which must be an
// undamaged offer.
func PatchOfferInputsHere(item []byte, v uint64) {
	(&writer{b: item}).u64(248, v)
}

// PatchOfferModuleHere overwrites the field in a stored item, which must be an
// undamaged offer.
func PatchOfferModuleHere(item []byte, v bool) {
	(&writer{b: item}).bool(256, v)
}

// Score is one per offer. A higher score is better; ties go to the solver's own order.
type Score struct {
	Score    int64    `json:"score"`
	Arg0     uint64   `json:"arg0"`
	Arg1     uint64   `json:"arg1"`
	Decision Decision `json:"decision"`
	Reason   uint16   `json:"reason"`
}

func (x *Score) put(w *writer, at int) {
	b := (*[32]byte)(w.b[w.start+at:])
	le.PutUint64(b[0:], uint64(x.Score))
	le.PutUint64(b[8:], x.Arg0)
	le.PutUint64(b[16:], x.Arg1)
	le.PutUint16(b[26:], x.Reason)
	w.enum(at+24, uint8(x.Decision), 1, 3, "score.decision")
}

func (x *Score) get(r *reader, at int) {
	x.Score = r.i64(at + 0)
	x.Arg0 = r.u64(at + 8)
	x.Arg1 = r.u64(at + 16)
	x.Decision = Decision(r.enum(at+24, 1, 3, "score.decision"))
	x.Reason = r.u16(at + 26)
}

// AppendScores appends an output message.
//
// # Errors
//
// A value that a record cannot hold.
func AppendScores(dst []byte, minor uint16, list []Score) ([]byte, error) {
	return appendOutput(dst, minor, len(list), 32, func(w *writer, i, at int) { list[i].put(w, at) })
}

// DecodeScores reads an output message, which must be b and nothing more.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeScores(b []byte) ([]Score, error) {
	n, stride, err := openOutput(b, 32)
	if n == 0 {
		return nil, err
	}
	list, r := make([]Score, n), reader{b: b, fixed: outputHeader}
	for i := range list {
		at := r.fixed
		r.fixed += stride
		if list[i].get(&r, at); r.err != nil {
			return nil, fmt.Errorf("record %d: %w", i, r.err)
		}
	}
	return list, nil
}

// MatchInput is one call of the hook.
type MatchInput struct {
	Now    uint64  `json:"now"` // block time in seconds
	Job    Job     `json:"job"`
	Offers []Offer `json:"offers,omitempty"`
}

// Append appends the input message.
//
// # Errors
//
// A value that a record cannot hold, or a message above MaxMessage.
func (in *MatchInput) Append(dst []byte, minor uint16) ([]byte, error) {
	context, err := in.Job.Append(nil, minor)
	if err != nil {
		return dst, err
	}
	items := make([][]byte, len(in.Offers))
	for i := range items {
		b, err := in.Offers[i].Append(nil, minor)
		if err != nil {
			return dst, fmt.Errorf("offer %d: %w", i, err)
		}
		items[i] = b
	}
	return AppendMessage(dst, Header{HookMatch, minor, in.Now}, context, items...)
}

// DecodeMatchInput reads an input message.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeMatchInput(b []byte) (MatchInput, error) {
	var in MatchInput
	h, context, items, err := SplitMessage(b)
	if err != nil {
		return in, err
	}
	if h.Hook != HookMatch {
		return in, fmt.Errorf("a message for %s, want match", h.Hook)
	}
	in.Now = h.Now
	if in.Job, err = DecodeJob(context); err != nil {
		return in, err
	}
	in.Offers = make([]Offer, len(items))
	for i := range items {
		if in.Offers[i], err = DecodeOffer(items[i]); err != nil {
			return in, fmt.Errorf("offer %d: %w", i, err)
		}
	}
	return in, nil
}
