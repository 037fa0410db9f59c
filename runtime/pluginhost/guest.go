package pluginhost

import (
	"context"
	"encoding/binary"
	"errors"
	"strings"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"

	"github.com/lilypad-network/lilypad/hostapi"
)

// guest is one instance of a plugin: configured, warmed up, and used for one
// batch. One goroutine uses it.
type guest struct {
	mod    api.Module
	memory linear
	hook   api.Function
	arena  uint32 // address
	size   uint32 // of the arena
}

// inside runs a function of a guest and tells a refusal from an answer.
func inside(ctx context.Context, c *call, f api.Function, args ...uint64) (int32, *Refusal) {
	out, err := f.Call(c.in(ctx), args...)
	if err != nil {
		return 0, c.explain(ctx, exportName(f), err)
	}
	if len(out) == 0 {
		return 0, nil
	}
	return int32(uint32(out[0])), nil
}

func (c *call) explain(ctx context.Context, function string, err error) *Refusal {
	exit, exited := errors.AsType[*sys.ExitError](err)
	var r *Refusal
	switch {
	case c.fault != nil:
		r, err = refusef(RuleBlob, "the host has no content for it: %v", c.fault), c.fault
	case errors.Is(context.Cause(ctx), errTimeLimit):
		r = refusef(RuleTime, "%s ran into its time limit", function)
	case ctx.Err() != nil:
		return cancelled(ctx)
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

var errTimeLimit = errors.New("time limit")

// close ends the guest. Nobody may be inside it.
func (g *guest) close() {
	_ = g.mod.Close(context.Background()) // it holds memory only
	g.memory.Free()
}

// start makes a guest of a fresh module instance: arena, settings, warm-up.
func (g *guest) start(ctx context.Context, c *call, p *program) *Refusal {
	if f := g.mod.ExportedFunction(hostapi.ExportInitialize); f != nil {
		if _, r := inside(ctx, c, f); r != nil {
			return r
		}
	}
	g.hook = g.mod.ExportedFunction(p.hook.Export())
	ptr, r := inside(ctx, c, g.mod.ExportedFunction(hostapi.ExportArena), uint64(g.size))
	if r != nil {
		return r
	}
	g.arena = uint32(ptr)
	size := g.mod.Memory().Size()
	if end := uint64(g.arena) + uint64(g.size); g.arena == 0 || g.arena%16 != 0 || end > uint64(size) {
		return refusef(RuleArena, "%d bytes at %d: want them aligned to 16 and inside its memory of %d", g.size, g.arena, size)
	}
	if _, r := g.run(ctx, c, g.mod.ExportedFunction(hostapi.ExportConfigure), p.settings); r != nil {
		if r.Rule == RuleStatus {
			r.Rule = RuleSettings
		}
		return r
	}
	out, r := g.run(ctx, c, g.hook, p.warmUp)
	if r != nil {
		return r
	}
	if len(out) != outputHeader || binary.LittleEndian.Uint32(out) != outputHeader || binary.LittleEndian.Uint32(out[4:]) != 0 {
		return refusef(RuleOutput, "an empty batch got an answer of %d bytes; want a header", len(out))
	}
	return nil
}

// run writes a message to the start of the arena, calls a function that
// answers into the rest of it, and returns a copy of the answer.
func (g *guest) run(ctx context.Context, c *call, f api.Function, in []byte) ([]byte, *Refusal) {
	at := align16(len(in))
	if at+minAnswer > int(g.size) {
		return nil, refusef(RuleArena, "a message of %d bytes leaves no room in an arena of %d", len(in), g.size)
	}
	space := g.size - uint32(at)
	out := g.arena + uint32(at)
	mem := g.mod.Memory()
	mem.Write(g.arena, in)
	n, r := inside(ctx, c, f, uint64(g.arena), uint64(len(in)), uint64(out), uint64(space))
	if r != nil {
		return nil, r
	}
	answer, _ := mem.Read(out, space)
	if n < 0 {
		text := plain(hostapi.ErrorText(answer), hostapi.MaxErrorText)
		return nil, refusef(RuleStatus, "%s: %v: %q", exportName(f), hostapi.Status(n), text)
	}
	if uint32(n) > space {
		return nil, refusef(RuleOutput, "%s says it wrote %d bytes into %d", exportName(f), n, space)
	}
	return append([]byte{}, answer[:n]...), nil
}

// outputHeader is the length of an answer without records, in bytes.
const outputHeader = 16

// minAnswer is the room that an error text needs.
const minAnswer = 4 + hostapi.MaxErrorText

func align16(n int) int { return (n + 15) &^ 15 }
