package pluginhost

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/sys"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/fuel"
	"github.com/lilypad-network/lilypad/runtime/snapshot"
)

// guest is one instance of a plugin. One goroutine uses it.
type guest struct {
	program *program
	mod     api.Module
	memory  *snapshot.Memory
	mem     api.Memory
	hook    api.Function
	globals []api.MutableGlobal
	meter   meter
	arena   uint32 // address
	call    call
	ctx     context.Context // leads host functions to call; made once, since each call pays for it
	stack   [4]uint64
}

// state is what a guest is given back after each batch.
type state struct {
	image   *snapshot.Image
	globals []uint64
	arena   uint32
	hash    lilypad.Hash // SHA-256 of the memory, and then of each global as 8 bytes, little-endian
}

// instantiate makes an instance whose code has not run yet. The engine may
// panic on a module that asks for what it cannot have.
func (p *program) instantiate(ctx context.Context, r wazero.Runtime, code wazero.CompiledModule) (g *guest, refusal *Refusal) {
	g = &guest{program: p}
	g.call = call{program: p, ctx: ctx}
	g.ctx = context.WithValue(context.Background(), callKey{}, &g.call)
	defer func() {
		if v := recover(); v != nil {
			refusal = refusef(RuleTrap, "instantiate: %s", plain(fmt.Sprint(v), maxText))
		}
		if refusal != nil {
			g.close()
			g = nil
		}
	}()
	reserve := experimental.MemoryAllocatorFunc(func(_, limit uint64) experimental.LinearMemory {
		g.memory = snapshot.Reserve(limit)
		return g.memory
	})
	var err error
	g.mod, err = r.InstantiateModule(experimental.WithMemoryAllocator(g.ctx, reserve), code,
		wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return g, g.call.explain("instantiate", err)
	}
	var metered bool
	if g.meter, metered = meterOf(g.mod); !metered {
		return g, refusef(RuleWasm, "it was compiled without fuel")
	}
	g.call.meter = &g.meter
	g.mem = g.mod.Memory()
	g.hook = g.mod.ExportedFunction(p.hook.Export())
	for {
		global, ok := g.mod.ExportedGlobal(fuel.ExportGlobal + strconv.Itoa(len(g.globals))).(api.MutableGlobal)
		if !ok {
			return g, nil
		}
		g.globals = append(g.globals, global)
	}
}

// close ends the guest. Nobody may be inside it.
func (g *guest) close() {
	if g.mod != nil {
		_ = g.mod.Close(context.Background()) // it holds memory only
	}
	if g.memory != nil {
		g.memory.Free() // the engine does it too, but not when it failed
	}
}

// start runs what a new instance runs once: initialization, arena, settings,
// warm-up.
func (g *guest) start() *Refusal {
	p := g.program
	g.meter.start(startBudget)
	if f := g.mod.ExportedFunction(hostapi.ExportInitialize); f != nil {
		if _, r := g.enter(f); r != nil {
			return r
		}
	}
	g.stack[0] = uint64(p.manifest.Arena)
	ptr, r := g.enter(g.mod.ExportedFunction(hostapi.ExportArena))
	if r != nil {
		return r
	}
	g.arena = uint32(ptr)
	size := g.mem.Size()
	if end := uint64(g.arena) + uint64(p.manifest.Arena); g.arena == 0 || g.arena%16 != 0 || end > uint64(size) {
		return refusef(RuleArena, "%d bytes at %d: want them aligned to 16 and inside its memory of %d", p.manifest.Arena, g.arena, size)
	}
	if _, r := g.run(g.mod.ExportedFunction(hostapi.ExportConfigure), g.place(p.settings)); r != nil {
		if r.Rule == RuleStatus {
			r.Rule = RuleSettings
		}
		return r
	}
	out, r := g.run(g.hook, g.place(p.warmUp))
	if r != nil {
		return r
	}
	if len(out) != outputHeader || binary.LittleEndian.Uint32(out) != outputHeader || binary.LittleEndian.Uint32(out[4:]) != 0 {
		return refusef(RuleOutput, "an empty batch got an answer of %d bytes; want a header", len(out))
	}
	return nil
}

// digest hashes what a state consists of.
func (g *guest) digest() lilypad.Hash {
	h := sha256.New()
	content, _ := g.mem.Read(0, g.mem.Size())
	for part := range slices.Chunk(content, 1<<20) { // the collector cannot interrupt the hashing of one
		h.Write(part)
	}
	for _, global := range g.globals {
		h.Write(binary.LittleEndian.AppendUint64(nil, global.Get()))
	}
	return lilypad.Hash(h.Sum(nil))
}

// freeze makes the guest's present state the one to go back to.
func (g *guest) freeze(o snapshot.Options) (*state, error) {
	s := &state{arena: g.arena, hash: g.digest()}
	for _, global := range g.globals {
		s.globals = append(s.globals, global.Get())
	}
	var err error
	s.image, err = g.memory.Freeze(o)
	return s, err
}

// adopt gives a new instance the state.
func (g *guest) adopt(s *state) error {
	if missing := s.image.Size() - int(g.mem.Size()); missing > 0 {
		if _, ok := g.mem.Grow(uint32(missing / pageSize)); !ok {
			return errors.New("no memory")
		}
	}
	g.arena = s.arena
	g.setGlobals(s)
	return g.memory.Attach(s.image)
}

func (g *guest) setGlobals(s *state) {
	for i, v := range s.globals {
		g.globals[i].Set(v)
	}
}

// restore gives the guest its first state back, but for the arena, which the
// next call does once it knows its message; fuel and depth are set then too.
func (g *guest) restore(s *state) (pages int, err error) {
	pages, err = g.memory.RestoreExcept(g.bounds())
	g.setGlobals(s)
	return pages, err
}

// place writes a message to the arena. It was seen to fit.
func (g *guest) place(message []byte) int {
	g.mem.Write(g.arena, message)
	return len(message)
}

// bounds are where the arena begins and ends.
func (g *guest) bounds() (start, end int) {
	return int(g.arena), int(g.arena) + int(g.program.manifest.Arena)
}

// space is the arena as one slice.
func (g *guest) space() []byte {
	b, _ := g.mem.Read(g.arena, g.program.manifest.Arena)
	return b
}

// run calls a function about the first n bytes of the arena, which answers
// into the rest of it. The answer is the guest's memory: it is to be read
// before the guest goes back to the pool.
func (g *guest) run(f api.Function, n int) ([]byte, *Refusal) {
	at, size := align16(n), int(g.program.manifest.Arena)
	if at+minAnswer > size {
		return nil, refusef(RuleInput, "%d bytes leave no room in an arena of %d", n, size)
	}
	g.stack = [4]uint64{uint64(g.arena), uint64(n), uint64(g.arena) + uint64(at), uint64(size - at)}
	written, r := g.enter(f)
	if r != nil {
		return nil, r
	}
	answer := g.space()[at:]
	if written < 0 {
		text := plain(hostapi.ErrorText(answer), hostapi.MaxErrorText)
		return nil, refusef(RuleStatus, "%s: %v: %q", exportName(f), hostapi.Status(written), text)
	}
	if int(written) > len(answer) {
		return nil, refusef(RuleOutput, "%s says it wrote %d bytes into %d", exportName(f), written, len(answer))
	}
	return answer[:written:written], nil
}

// enter calls a function with what is on the stack, and tells a refusal from
// a result.
func (g *guest) enter(f api.Function) (int32, *Refusal) {
	if err := f.CallWithStack(g.ctx, g.stack[:]); err != nil {
		return 0, g.call.explain(exportName(f), err)
	}
	return int32(uint32(g.stack[0])), nil
}

// explain says why a call ended before its end.
func (c *call) explain(function string, err error) *Refusal {
	exit, exited := errors.AsType[*sys.ExitError](err)
	var r *Refusal
	switch {
	case c.ended != nil:
		r = c.ended
		r.Msg = function + ": " + r.Msg
		return r
	case exited:
		r = refusef(RuleExit, "%s ended itself with code %d", function, exit.ExitCode())
	default:
		first, _, _ := strings.Cut(err.Error(), "\n")
		r = refusef(RuleTrap, "%s: %s", function, plain(first, maxText))
	}
	r.Err = err
	return r
}

func exportName(f api.Function) string { return f.Definition().ExportNames()[0] }

func cancelled(ctx context.Context) *Refusal {
	r := refusef(RuleCancelled, "the caller gave up")
	r.Err = ctx.Err()
	return r
}

const (
	// outputHeader is the length of an answer without records, in bytes.
	outputHeader = 16

	// minAnswer is the room that an error text needs.
	minAnswer = 4 + hostapi.MaxErrorText

	pageSize = 1 << 16
)

func align16(n int) int { return (n + 15) &^ 15 }
