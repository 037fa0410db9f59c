// Code generated from hostapi/schema; DO NOT EDIT.

package hostapi

import "fmt"

// Role is who asks.
type Role uint8

const (
	RoleCreator  Role = 1
	RoleSolver   Role = 2
	RoleProvider Role = 3
)

// String is the name in the schema.
func (v Role) String() string {
	switch v {
	case RoleCreator:
		return "creator"
	case RoleSolver:
		return "solver"
	case RoleProvider:
		return "provider"
	}
	return "unset"
}

func (v Role) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Role) UnmarshalText(b []byte) error {
	switch string(b) {
	case "creator":
		*v = RoleCreator
	case "solver":
		*v = RoleSolver
	case "provider":
		*v = RoleProvider
	default:
		return fmt.Errorf("role: there is no %q", b)
	}
	return nil
}

// Listing is what the chain's module list says of a module.
type Listing uint8

const (
	ListingUnlisted Listing = 1
	ListingListed   Listing = 2
	ListingBlocked  Listing = 3
)

// String is the name in the schema.
func (v Listing) String() string {
	switch v {
	case ListingUnlisted:
		return "unlisted"
	case ListingListed:
		return "listed"
	case ListingBlocked:
		return "blocked"
	}
	return "unset"
}

func (v Listing) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Listing) UnmarshalText(b []byte) error {
	switch string(b) {
	case "unlisted":
		*v = ListingUnlisted
	case "listed":
		*v = ListingListed
	case "blocked":
		*v = ListingBlocked
	default:
		return fmt.Errorf("listing: there is no %q", b)
	}
	return nil
}

// Permission is what an allow plugin says of a module.
type Permission uint8

const (
	PermissionAllow   Permission = 1
	PermissionDeny    Permission = 2
	PermissionAbstain Permission = 3 // no rule speaks of it: other plugins decide
)

// String is the name in the schema.
func (v Permission) String() string {
	switch v {
	case PermissionAllow:
		return "allow"
	case PermissionDeny:
		return "deny"
	case PermissionAbstain:
		return "abstain"
	}
	return "unset"
}

func (v Permission) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

func (v *Permission) UnmarshalText(b []byte) error {
	switch string(b) {
	case "allow":
		*v = PermissionAllow
	case "deny":
		*v = PermissionDeny
	case "abstain":
		*v = PermissionAbstain
	default:
		return fmt.Errorf("permission: there is no %q", b)
	}
	return nil
}

// Module is a module that someone wants to run.
type Module struct {
	ID          Bytes32     `json:"id"`
	Digest      Bytes32     `json:"digest"`   // of the image or the WASI command
	Template    Bytes32     `json:"template"` // SHA-256 of the template file
	GPUs        uint32      `json:"gpus"`
	VRAM        uint32      `json:"vram"`    // 10⁶ bytes; per GPU
	CPU         uint32      `json:"cpu"`     // thousandths of a core
	RAM         uint32      `json:"ram"`     // 10⁶ bytes
	Disk        uint32      `json:"disk"`    // 10⁶ bytes
	Timeout     uint32      `json:"timeout"` // s
	Role        Role        `json:"role"`
	Engine      Engine      `json:"engine"`
	Listing     Listing     `json:"listing"`
	Network     bool        `json:"network"`    // it asks for the network
	Name        string      `json:"name"`       // with its tag, such as cowsay:v0.0.4
	Repository  string      `json:"repository"` // such as github.com/owner/name
	Commit      string      `json:"commit"`
	Publisher   string      `json:"publisher"`
	Image       string      `json:"image"` // reference with digest; empty for a WASI command
	GPUModel    Opt[string] `json:"gpu_model,omitzero"`
	BlockReason Opt[string] `json:"block_reason,omitzero"` // the uri that the chain's list gives
	Signers     []Signer    `json:"signers,omitempty"`
}

func (x *Module) put(w *writer, at int) {
	b := (*[208]byte)(w.b[w.start+at:])
	*(*Bytes32)(b[16:]) = x.ID
	*(*Bytes32)(b[48:]) = x.Digest
	*(*Bytes32)(b[80:]) = x.Template
	le.PutUint32(b[112:], x.GPUs)
	le.PutUint32(b[116:], x.VRAM)
	le.PutUint32(b[120:], x.CPU)
	le.PutUint32(b[124:], x.RAM)
	le.PutUint32(b[128:], x.Disk)
	le.PutUint32(b[132:], x.Timeout)
	w.enum(at+136, uint8(x.Role), 1, 3, "module.role")
	w.enum(at+137, uint8(x.Engine), 1, 3, "module.engine")
	w.enum(at+138, uint8(x.Listing), 1, 3, "module.listing")
	w.bool(at+139, x.Network)
	w.str(at+144, x.Name, "module.name")
	w.str(at+152, x.Repository, "module.repository")
	w.str(at+160, x.Commit, "module.commit")
	w.str(at+168, x.Publisher, "module.publisher")
	w.str(at+176, x.Image, "module.image")
	if x.GPUModel.OK {
		w.has(0)
		w.str(at+184, x.GPUModel.V, "module.gpu_model")
	}
	if x.BlockReason.OK {
		w.has(1)
		w.str(at+192, x.BlockReason.V, "module.block_reason")
	}
	for i, at := 0, w.reserve(at+200, len(x.Signers), 16, "module.signers"); i < len(x.Signers); i++ {
		x.Signers[i].put(w, at+16*i)
	}
}

func (x *Module) get(r *reader, at int) {
	copy(x.ID[:], r.at(at+16, 32))
	copy(x.Digest[:], r.at(at+48, 32))
	copy(x.Template[:], r.at(at+80, 32))
	x.GPUs = r.u32(at + 112)
	x.VRAM = r.u32(at + 116)
	x.CPU = r.u32(at + 120)
	x.RAM = r.u32(at + 124)
	x.Disk = r.u32(at + 128)
	x.Timeout = r.u32(at + 132)
	x.Role = Role(r.enum(at+136, 1, 3, "module.role"))
	x.Engine = Engine(r.enum(at+137, 1, 3, "module.engine"))
	x.Listing = Listing(r.enum(at+138, 1, 3, "module.listing"))
	x.Network = r.bool(at+139, "module.network")
	x.Name = r.str(at+144, "module.name")
	x.Repository = r.str(at+152, "module.repository")
	x.Commit = r.str(at+160, "module.commit")
	x.Publisher = r.str(at+168, "module.publisher")
	x.Image = r.str(at+176, "module.image")
	if x.GPUModel.OK = r.has(0); x.GPUModel.OK {
		x.GPUModel.V = r.str(at+184, "module.gpu_model")
	}
	if x.BlockReason.OK = r.has(1); x.BlockReason.OK {
		x.BlockReason.V = r.str(at+192, "module.block_reason")
	}
	x.Signers = readList(r, at+200, 16, "module.signers", (*Signer).get)
}

// Append appends the record as an item of a minor version, to be stored
// or put into a message.
//
// # Errors
//
// A value that the record cannot hold.
func (x *Module) Append(dst []byte, minor uint16) ([]byte, error) {
	size := 208
	w := beginItem(dst, minor, 6, size)
	x.put(w, 0)
	return w.end()
}

// DecodeModule reads a stored item of any minor version.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeModule(b []byte) (Module, error) {
	var x Module
	r, err := openItem(b, 6, 208, "module")
	if err != nil {
		return x, err
	}
	x.get(r, 0)
	return x, r.err
}

// Ruling is one per module.
type Ruling struct {
	Arg0       uint64     `json:"arg0"`
	Arg1       uint64     `json:"arg1"`
	Rule       uint32     `json:"rule"` // the position in the settings of the rule that decided, from 1; 0: none
	Reason     uint16     `json:"reason"`
	Permission Permission `json:"permission"`
}

func (x *Ruling) put(w *writer, at int) {
	b := (*[24]byte)(w.b[w.start+at:])
	le.PutUint64(b[0:], x.Arg0)
	le.PutUint64(b[8:], x.Arg1)
	le.PutUint32(b[16:], x.Rule)
	le.PutUint16(b[20:], x.Reason)
	w.enum(at+22, uint8(x.Permission), 1, 3, "ruling.permission")
}

func (x *Ruling) get(r *reader, at int) {
	x.Arg0 = r.u64(at + 0)
	x.Arg1 = r.u64(at + 8)
	x.Rule = r.u32(at + 16)
	x.Reason = r.u16(at + 20)
	x.Permission = Permission(r.enum(at+22, 1, 3, "ruling.permission"))
}

// AppendRulings appends an output message.
//
// # Errors
//
// A value that a record cannot hold.
func AppendRulings(dst []byte, minor uint16, list []Ruling) ([]byte, error) {
	return appendOutput(dst, minor, len(list), 24, func(w *writer, i, at int) { list[i].put(w, at) })
}

// DecodeRulings reads an output message, which must be b and nothing more.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeRulings(b []byte) ([]Ruling, error) {
	n, stride, err := openOutput(b, 24)
	if n == 0 {
		return nil, err
	}
	list, r := make([]Ruling, n), reader{b: b, fixed: outputHeader}
	for i := range list {
		at := r.fixed
		r.fixed += stride
		if list[i].get(&r, at); r.err != nil {
			return nil, fmt.Errorf("record %d: %w", i, r.err)
		}
	}
	return list, nil
}

// AllowInput is one call of the hook.
type AllowInput struct {
	Now     uint64   `json:"now"` // block time in seconds
	Modules []Module `json:"modules,omitempty"`
}

// Append appends the input message.
//
// # Errors
//
// A value that a record cannot hold, or a message above MaxMessage.
func (in *AllowInput) Append(dst []byte, minor uint16) ([]byte, error) {
	items := make([][]byte, len(in.Modules))
	for i := range items {
		b, err := in.Modules[i].Append(nil, minor)
		if err != nil {
			return dst, fmt.Errorf("module %d: %w", i, err)
		}
		items[i] = b
	}
	return AppendMessage(dst, Header{HookAllow, minor, in.Now}, nil, items...)
}

// DecodeAllowInput reads an input message.
//
// # Errors
//
// The first rule of SPEC.md that b breaks.
func DecodeAllowInput(b []byte) (AllowInput, error) {
	var in AllowInput
	h, _, items, err := SplitMessage(b)
	if err != nil {
		return in, err
	}
	if h.Hook != HookAllow {
		return in, fmt.Errorf("a message for %s, want allow", h.Hook)
	}
	in.Now = h.Now
	in.Modules = make([]Module, len(items))
	for i := range items {
		if in.Modules[i], err = DecodeModule(items[i]); err != nil {
			return in, fmt.Errorf("module %d: %w", i, err)
		}
	}
	return in, nil
}
