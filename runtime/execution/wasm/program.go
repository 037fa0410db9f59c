package wasm

import (
	"context"
	"encoding/binary"
	"errors"
	"strconv"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/fuel"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// stepLimits allow what the catalog's compilers make of whole programs.
var stepLimits = fuel.Limits{Size: maxModule, MemoryPages: 1 << 15}

// program is a stepper's module, metered, and without the data that a new
// instance would put into its memory: each step begins with the memory of the
// one before.
type program struct {
	compiled wazero.CompiledModule
	data     []data
	mutable  int    // globals
	least    uint32 // pages of memory
}

// data is what memory begins with.
type data struct {
	at    uint32
	bytes []byte
}

func globalName(i int) string { return fuel.ExportGlobal + strconv.Itoa(i) }

// makeProgram returns nil for what is no stepper.
func (s *shelf) makeProgram(ctx context.Context, original wazero.CompiledModule, file []byte) (*program, error) {
	f, ok := original.ExportedFunctions()[stepExport]
	if !ok {
		return nil, nil
	}
	if len(f.ParamTypes()) > 0 || len(f.ResultTypes()) != 1 || f.ResultTypes()[0] != api.ValueTypeI32 {
		return nil, lilypad.Errorf(lilypad.Invalid, "wasm: %s takes nothing and returns an i32", stepExport)
	}
	if _, ok := original.ExportedFunctions()["_start"]; ok {
		return nil, lilypad.Errorf(lilypad.Invalid, "wasm has both _start and %s: a stepper is a reactor", stepExport)
	}
	if f, ok := original.ExportedFunctions()[initializeExport]; ok && len(f.ParamTypes())+len(f.ResultTypes()) > 0 {
		return nil, lilypad.Errorf(lilypad.Invalid, "wasm: %s takes and returns nothing", initializeExport)
	}
	metered, err := fuel.Rewrite(file, stepLimits)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "meter a stepper", Err: err}
	}
	code, list, err := emptyData(metered.Wasm)
	if err != nil {
		return nil, err
	}
	p := &program{data: list, mutable: len(metered.Globals), least: metered.Memory.Min}
	for _, d := range list {
		if end := uint64(d.at) + uint64(len(d.bytes)); end > uint64(p.least)*pageSize {
			return nil, lilypad.Errorf(lilypad.Invalid, "wasm puts data up to byte %d of its memory, which begins with %d pages", end, p.least)
		}
	}
	if p.compiled, err = s.translate(ctx, code); err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "compile a stepper", Err: err}
	}
	return p, nil
}

const dataSection = 11

// emptyData takes the bytes out of the data segments that a valid module puts
// into its memory when it begins. What it copies later, it keeps.
func emptyData(file []byte) (emptied []byte, list []data, err error) {
	const header = 8
	if len(file) < header {
		return nil, nil, errData
	}
	emptied = append(emptied, file[:header]...)
	for b := file[header:]; len(b) > 0; {
		id := b[0]
		size, rest := number(b[1:])
		if size > uint64(len(rest)) {
			return nil, nil, lilypad.Errorf(lilypad.Invalid, "wasm: a section is cut off")
		}
		section := rest[:size]
		b = rest[size:]
		if id == dataSection {
			if section, list, err = emptySegments(section); err != nil {
				return nil, nil, err
			}
		}
		emptied = append(binary.AppendUvarint(append(emptied, id), uint64(len(section))), section...)
	}
	return emptied, list, nil
}

// Data segments: what their first number says, and the opcodes of their place.
const (
	active, passive = 0, 1
	opConst, opEnd  = 0x41, 0x0b
)

func emptySegments(b []byte) (out []byte, list []data, err error) {
	count, b := number(b)
	out = binary.AppendUvarint(nil, count)
	for range count {
		if len(b) == 0 {
			return nil, nil, errData
		}
		start := b
		kind, rest := number(b)
		var at int64
		switch {
		case kind == active && len(rest) > 0 && rest[0] == opConst:
			at, rest = signed(rest[1:])
			if len(rest) == 0 || rest[0] != opEnd {
				return nil, nil, errData
			}
			rest = rest[1:]
		case kind != passive:
			return nil, nil, errData
		}
		place := start[:len(start)-len(rest)]
		size, rest := number(rest)
		if size > uint64(len(rest)) {
			return nil, nil, errData
		}
		out = append(out, place...)
		if kind == active {
			list = append(list, data{at: uint32(at), bytes: rest[:size]})
			out = append(out, 0)
		} else {
			out = append(binary.AppendUvarint(out, size), rest[:size]...)
		}
		b = rest[size:]
	}
	return out, list, nil
}

var errData = lilypad.Errorf(lilypad.Invalid, "wasm: a stepper's data is put at a constant place in its only memory")

// signed reads a signed LEB128 of at most 32 bits; where there is none, it
// reads all.
func signed(b []byte) (v int64, rest []byte) {
	for i, c := range b[:min(5, len(b))] {
		v |= int64(c&0x7f) << (7 * i)
		if c < 0x80 {
			if c&0x40 != 0 {
				v |= -1 << (7 * (i + 1))
			}
			return v, b[i+1:]
		}
	}
	return 0, nil
}

// meter is the host's part of the protocol that package fuel describes.
type meter struct {
	fuel, depth api.MutableGlobal
	granted     uint64
}

type meterKey struct{}

func withMeter(ctx context.Context) (context.Context, *meter) {
	m := &meter{}
	return context.WithValue(ctx, meterKey{}, m), m
}

func (m *meter) start(instance api.Module) {
	m.fuel = instance.ExportedGlobal(fuel.ExportFuel).(api.MutableGlobal)
	m.depth = instance.ExportedGlobal(fuel.ExportDepth).(api.MutableGlobal)
	m.granted = stepSlice
	m.fuel.Set(m.granted)
	m.depth.Set(fuel.DepthBudget)
}

func (m *meter) spent() uint64 { return m.granted - m.fuel.Get() }

var (
	errDepth = errors.New("calls in one another used up the stack")
	errFuel  = errors.New("it spent the fuel of one step, " + strconv.Itoa(stepBudget))
)

// refill is called by a guest that used its slice or its stack.
func refill(ctx context.Context) {
	m := ctx.Value(meterKey{}).(*meter)
	spent := m.spent()
	switch {
	case int64(m.depth.Get()) < 0:
		panic(errDepth)
	case spent > stepBudget:
		panic(errFuel)
	case ctx.Err() != nil:
		panic(ctx.Err())
	}
	more := min(stepBudget-spent, stepSlice)
	m.fuel.Set(more)
	m.granted = spent + more
}

func exportRefill(ctx context.Context, r wazero.Runtime) error {
	_, err := r.NewHostModuleBuilder(fuel.ImportModule).NewFunctionBuilder().
		WithFunc(refill).Export(fuel.ImportRefill).Instantiate(ctx)
	return err
}
