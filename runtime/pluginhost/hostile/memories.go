package hostile

import (
	"bytes"

	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// memories are plugins with all the memory and all the fuel that a manifest
// can ask for. A page that is touched first, or written to first, costs the
// host more than the guest.
func memories() []Case {
	const most = hostapi.MaxMemory / pageSize
	// large has all memory from the beginning.
	large := func(attack ...any) asm.Module {
		m := plugin(attack...)
		m.Memory = asm.Limits(most, most)
		return m
	}
	rich := func(c Case) Case { return c.says(`"fuel":{"base":400000000}`) }
	all := asm.I32(hostapi.MaxMemory - 1)
	half := asm.I32(hostapi.MaxMemory / 2)
	fill := asm.Code(asm.I32(0), asm.I32(7), all, asm.Bulk(11, 0))
	// touch reads or writes a byte of each 4 KiB.
	touch := func(body ...any) []byte {
		return asm.Code(asm.I32(0), asm.Set(in), asm.Loop(asm.Code(body...),
			asm.Get(in), asm.I32(4096), asm.I32Add, asm.Tee(in), asm.I32(hostapi.MaxMemory), asm.I32LtU, asm.BrIf(0)))
	}
	write := touch(asm.Get(in), asm.I32(1), 0x3a, 0, 8)
	grow := func(n int32) []byte { return asm.Code(asm.I32(n), 0x40, 0, asm.Drop) }
	dirty := large()
	dirty.Funcs = append(dirty.Funcs, asm.Func{Export: hostapi.ExportInitialize, Type: ">", Body: fill})
	return []Case{
		rich(stopped("filling 64 MiB for ever", "fuel", large(asm.Loop(fill, asm.Br(0))))),
		rich(stopped("moving 32 MiB to and fro", "fuel", large(asm.Loop(half, asm.I32(0), half, asm.Bulk(10, 0, 0), asm.I32(0), half, half, asm.Bulk(10, 0, 0), asm.Br(0))))),
		rich(answered("filling 64 MiB once", large(asm.Get(out), asm.Set(1), fill, asm.Get(1), asm.Set(out)))),
		rich(answered("touching each page", large(touch(asm.Get(in), 0x2d, 0, 8, asm.Drop)))),
		rich(answered("writing to each page", large(write))),
		rich(stopped("writing to each page for ever", "fuel", large(asm.Loop(write, asm.Br(0))))),
		rich(answered("growing to 64 MiB and writing to each page", func() asm.Module {
			m := plugin(grow(most-pages), write)
			m.Memory = asm.Limits(pages, most)
			return m
		}())),
		rich(answered("growing by a page in each call", func() asm.Module {
			m := plugin(grow(1), asm.Get(out), 0x3f, 0, asm.Store(16))
			m.Memory = asm.Limits(pages, most)
			return m
		}())),
		answered("64 MiB before the first call", dirty),
		rich(stopped("growing in vain", "fuel", large(asm.Loop(grow(1), asm.Br(0))))),
		refused("64 MiB and a page", "memory", func() asm.Module {
			m := plugin()
			m.Memory = asm.Limits(most+1, most+1)
			return m
		}()),
		rich(stopped("straight code between two checks", "fuel", large(asm.Loop(bytes.Repeat(asm.Code(asm.Get(in), 0x2d, 0, asm.U(4096), asm.Drop), 1200), asm.Br(0))))),
	}
}
