// Code generated from hostapi/schema; DO NOT EDIT.

package allow

import "github.com/lilypad-network/lilypad/sdk/go/internal/guest"

// Engine is what runs a job.
type Engine = guest.Engine

const (
	EngineWasm   = guest.EngineWasm
	EngineDocker = guest.EngineDocker
	EngineNoop   = guest.EngineNoop
)

// Signer is an identity that signed the module.
type Signer = guest.Signer

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

// Module is a module that someone wants to run.
type Module struct{ it guest.Item }

const (
	kindModule = 6
	sizeModule = 208
)

func (x Module) ID() [32]byte {
	return x.it.Bytes32(16)
}

// Digest: of the image or the WASI command.
func (x Module) Digest() [32]byte {
	return x.it.Bytes32(48)
}

// Template: SHA-256 of the template file.
func (x Module) Template() [32]byte {
	return x.it.Bytes32(80)
}

func (x Module) GPUs() uint64 {
	return x.it.U32(112)
}

// VRAM: 10⁶ bytes; per GPU.
func (x Module) VRAM() uint64 {
	return x.it.U32(116)
}

// CPU: thousandths of a core.
func (x Module) CPU() uint64 {
	return x.it.U32(120)
}

// RAM: 10⁶ bytes.
func (x Module) RAM() uint64 {
	return x.it.U32(124)
}

// Disk: 10⁶ bytes.
func (x Module) Disk() uint64 {
	return x.it.U32(128)
}

// Timeout: s.
func (x Module) Timeout() uint64 {
	return x.it.U32(132)
}

func (x Module) Role() Role {
	return Role(x.it.U8(136))
}

func (x Module) Engine() Engine {
	return Engine(x.it.U8(137))
}

func (x Module) Listing() Listing {
	return Listing(x.it.U8(138))
}

// Network: it asks for the network.
func (x Module) Network() bool {
	return x.it.Bool(139)
}

// Name: with its tag, such as cowsay:v0.0.4.
func (x Module) Name() string {
	return x.it.Str(144)
}

// Repository: such as github.com/owner/name.
func (x Module) Repository() string {
	return x.it.Str(152)
}

func (x Module) Commit() string {
	return x.it.Str(160)
}

func (x Module) Publisher() string {
	return x.it.Str(168)
}

// Image: reference with digest; empty for a WASI command.
func (x Module) Image() string {
	return x.it.Str(176)
}

// GPUModel: zero when there is none.
func (x Module) GPUModel() string {
	return x.it.Str(184)
}

// HasGPUModel tells that there is one.
func (x Module) HasGPUModel() bool { return x.it.Has(0) }

// BlockReason: the uri that the chain's list gives; zero when there is none.
func (x Module) BlockReason() string {
	return x.it.Str(192)
}

// HasBlockReason tells that there is one.
func (x Module) HasBlockReason() bool { return x.it.Has(1) }

func (x Module) Signers() []Signer {
	return guest.List(x.it, 200, 16, guest.ReadSigner)
}

// Ruling is one per module.
type Ruling struct {
	Arg0       uint64
	Arg1       uint64
	Rule       uint32 // the position in the settings of the rule that decided, from 1; 0: none
	Reason     uint16
	Permission Permission
}

const sizeRuling = 24

func (x *Ruling) put(b guest.Item) {
	b.PutU64(0, x.Arg0)
	b.PutU64(8, x.Arg1)
	b.PutU32(16, x.Rule)
	b.PutU16(20, x.Reason)
	b.PutU8(22, uint8(x.Permission))
}
