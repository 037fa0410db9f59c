package hostile

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"

	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// Case is one hostile plugin.
type Case struct {
	Name     string
	Wasm     []byte
	Manifest []byte
	Grants   []string
	Loads    bool   // it must load; what follows is about its answers
	Rule     string // a rule of runtime/pluginhost; empty: it answers, and the same each time
}

// Cases are all of them.
func Cases() []Case {
	return slices.Concat(invalid(), forbidden(), tooLarge(), structure(), manyGlobals(), segments(), control(), unreached(), bulk(), slow(), memories(), straight(), state(), numbers(), pointers(), answers(), hostCalls())
}

// Honest is a plugin that does what it should, made like the others.
func Honest() Case { return answered("honest", plugin()) }

// refused is a plugin that must not load.
func refused(name, rule string, m asm.Module) Case { return raw(name, rule, m.Bytes()) }

// stopped is a plugin that loads, and whose answer must be refused.
func stopped(name, rule string, m asm.Module) Case {
	c := raw(name, rule, m.Bytes())
	c.Loads = true
	return c
}

// answered is a plugin that must answer.
func answered(name string, m asm.Module) Case { return stopped(name, "", m) }

func raw(name, rule string, wasm []byte, more ...string) Case {
	manifest := fmt.Sprintf(`{"name":"hostile","version":"1.0.0","hook":"allow","api":"1.0","license":"Apache-2.0","source":"none","sha256":"%x"`, sha256.Sum256(wasm))
	for _, m := range more {
		manifest += "," + m
	}
	return Case{Name: name, Wasm: wasm, Manifest: []byte(manifest + "}"), Rule: rule}
}

// may gives a case a capability.
func (c Case) may(capability string) Case {
	c = c.says(`"capabilities":[` + strconv.Quote(capability) + `]`)
	c.Grants = []string{capability}
	return c
}

// says puts more into the manifest.
func (c Case) says(more ...string) Case {
	with := raw(c.Name, c.Rule, c.Wasm, more...)
	with.Loads, with.Grants = c.Loads, c.Grants
	return with
}

const (
	arenaAt   = 1 << 16
	scratchAt = 1024
	pages     = 40
	maxPages  = 256
	pageSize  = 1 << 16
)

// Parameters of the hook: where its input is, and where its answer goes.
const (
	in    = 0
	out   = 2
	space = 3
)

// plugin does what it is given before it permits one module.
func plugin(attack ...any) asm.Module {
	return bare(asm.Code(attack...), permit(), asm.I32(40))
}

// permit writes a ruling that allows.
func permit() []byte {
	return asm.Code(write(0, 40), write(4, 1), write(8, 24), write(36, 1<<16))
}

// bare does what it is given, and no more.
func bare(hook ...any) asm.Module {
	body := asm.Code(
		asm.Get(in), asm.Load(12), asm.I32Eqz, asm.If( // an empty batch
			write(0, 16), write(4, 0), write(8, 24), asm.I32(16), asm.Return),
		asm.Get(in), asm.Load(24), asm.I32(1), asm.I32Add, asm.I32(3), asm.I32LtU, asm.If( // a vector
			asm.I32(-1), asm.Return),
		asm.Code(hook...),
	)
	return asm.Module{
		Memory: asm.Limits(pages, maxPages),
		Funcs: []asm.Func{
			{Export: hostapi.ExportArena, Type: "i>i", Body: asm.I32(arenaAt)},
			{Export: hostapi.ExportConfigure, Type: "iiii>i", Body: asm.I32(0)},
			{Export: hostapi.HookAllow.Export(), Type: "iiii>i", Body: body},
		},
	}
}

// with adds functions; the first has the index 3 in a module without imports.
func with(m asm.Module, funcs ...asm.Func) asm.Module {
	m.Funcs = append(m.Funcs, funcs...)
	return m
}

// importing has one imported function, of index 0; the attack may call it.
func importing(module, name, typ string, attack ...any) asm.Module {
	m := plugin(attack...)
	m.Imports = []asm.Import{{Module: module, Name: name, Type: typ}}
	return m
}

// write puts a number at an offset of the answer.
func write(offset int, v int32) []byte {
	return asm.Code(asm.Get(out), asm.I32(v), asm.Store(offset))
}

// times repeats code, counting in memory.
func times(n int32, body ...any) []byte {
	return asm.Code(asm.I32(scratchAt), asm.I32(0), asm.Store(0), asm.Loop(asm.Code(body...),
		asm.I32(scratchAt), asm.I32(scratchAt), asm.Load(0), asm.I32(1), asm.I32Add, asm.Store(0),
		asm.I32(scratchAt), asm.Load(0), asm.I32(n), asm.I32LtU, asm.BrIf(0)))
}

var forever = asm.Loop(asm.Br(0))
