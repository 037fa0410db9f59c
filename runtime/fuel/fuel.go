package fuel

import (
	"cmp"
	"fmt"
)

// Version changes whenever the same module is rewritten to other bytes.
const Version = 3

// Names of what a rewritten module has more than its original.
const (
	Prefix       = "__lilypad" // names that begin so are refused in an original
	ImportModule = "__lilypad"
	ImportRefill = "refill"
	ExportFuel   = "__lilypad_fuel"
	ExportDepth  = "__lilypad_depth"
	ExportGlobal = "__lilypad_g" // and a number from 0
)

// DepthBudget is what all frames of a call may weigh together, in bytes: at
// most 1899 frames, since wazero's interpreter ends at 2000.
const DepthBudget = 1 << 20

// Limits are caps on what a module may contain. They bound what reading,
// compiling and stopping it costs. A zero field has the default behind it.
type Limits struct {
	Size        int    // bytes of the module: 8 MiB
	Functions   int    // imported and defined: 50 000
	Segments    int    // of data: 100 000, which is the most that Go's linker makes
	Items       int    // entries of any other section: 5000
	Globals     int    // that may change: 32; Go has 8
	Name        int    // bytes of one name: 256
	Body        int    // bytes of one function: 128 KiB
	Locals      int    // of one function, parameters included: 4096
	Operands    int    // on the stack of one function at once: 1024
	Nesting     int    // blocks in one another: 2048
	Targets     int    // of one br_table: 8192
	Effort      int    // of compiling one function, see effort: 1280 Ki; all may take 16 times as much
	Params      int    // of one type, and as many results: 64
	Table       uint32 // elements of the table, and of all element segments: 100 000
	MemoryPages uint32 // of 64 KiB; a memory that says no less may grow to this: 1024
}

func (l Limits) orDefault() Limits {
	return Limits{
		Size:        cmp.Or(l.Size, 8<<20),
		Functions:   cmp.Or(l.Functions, 50_000),
		Segments:    cmp.Or(l.Segments, 100_000),
		Items:       cmp.Or(l.Items, 5000),
		Globals:     cmp.Or(l.Globals, 32),
		Name:        cmp.Or(l.Name, 256),
		Body:        cmp.Or(l.Body, 128<<10),
		Locals:      cmp.Or(l.Locals, 4096),
		Operands:    cmp.Or(l.Operands, 1024),
		Nesting:     cmp.Or(l.Nesting, 2048),
		Targets:     cmp.Or(l.Targets, 8192),
		Effort:      cmp.Or(l.Effort, 1280<<10),
		Params:      cmp.Or(l.Params, 64),
		Table:       cmp.Or(l.Table, 100_000),
		MemoryPages: cmp.Or(l.MemoryPages, 1024),
	}
}

// Rule names the one requirement that a module broke.
type Rule string

const (
	RuleWasm     Rule = "wasm"     // not a valid module
	RuleSize     Rule = "size"     // too large, or too many of something
	RuleFeature  Rule = "feature"  // vectors, threads, exceptions and the like
	RuleState    Rule = "state"    // state that a host cannot restore: tables that change, dropped segments
	RuleStart    Rule = "start"    // a start function
	RuleImport   Rule = "import"   // an import that is no function
	RuleMemory   Rule = "memory"   // more than one, or larger than allowed
	RuleGlobal   Rule = "global"   // a mutable reference
	RuleReserved Rule = "reserved" // a name that belongs to the host
)

// Error is why a module was refused.
type Error struct {
	Rule     Rule
	Function int // its index, imported functions first; -1 outside of code
	Offset   int // in the module, or in the body of the function, in bytes
	Msg      string
}

func (e *Error) Error() string {
	if e.Function >= 0 {
		return fmt.Sprintf("%s: function %d at byte %d: %s", e.Rule, e.Function, e.Offset, e.Msg)
	}
	return fmt.Sprintf("%s: byte %d: %s", e.Rule, e.Offset, e.Msg)
}

// Module is a rewritten module.
type Module struct {
	Wasm    []byte
	Globals []ValueType // the mutable globals, exported as ExportGlobal with a number
	Memory  Range       // pages, as the rewritten module declares them; zero without a memory
}

// Rewrite is [Parse] and then [Source.Rewrite].
//
// # Errors
//
// An [Error].
func Rewrite(wasm []byte, limits Limits) (*Module, error) {
	src, err := Parse(wasm, limits)
	if err != nil {
		return nil, err
	}
	return src.Rewrite()
}
