package hostile

import (
	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// most is all memory, in pages.
const most = hostapi.MaxMemory / pageSize

// large has all memory from the beginning.
func large(attack ...any) asm.Module {
	m := plugin(attack...)
	m.Memory = asm.Limits(most, most)
	return m
}

// rich gives a case all fuel.
func rich(c Case) Case { return c.says(`"fuel":{"base":400000000}`) }

func grow(n int32) []byte { return asm.Code(asm.I32(n), 0x40, 0, asm.Drop) }

// memories are plugins with all the memory and all the fuel that a manifest
// can ask for. A page that is touched first, or written to first, costs the
// host more than the guest.
func memories() []Case {
	all := asm.I32(hostapi.MaxMemory - 1)
	half := asm.I32(hostapi.MaxMemory / 2)
	fill := asm.Code(asm.I32(0), asm.I32(7), all, asm.Bulk(11, 0))
	// touch reads or writes a byte of each 4 KiB.
	touch := func(body ...any) []byte {
		return asm.Code(asm.I32(0), asm.Set(in), asm.Loop(asm.Code(body...),
			asm.Get(in), asm.I32(4096), asm.I32Add, asm.Tee(in), asm.I32(hostapi.MaxMemory), asm.I32LtU, asm.BrIf(0)))
	}
	write := touch(asm.Get(in), asm.I32(1), 0x3a, 0, 8)
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
	}
}

// straight are plugins that touch new pages, two at once, in code without
// loops, where nothing stops them but what the rewriter adds.
func straight() []Case {
	// stores are to the boundary behind every other page, from the address in
	// local 0; chain loads from there, by addresses that are the zeros it finds.
	stores := func(from, to int) (b []byte) {
		for at := from; at < to; at += 2 {
			b = append(b, asm.Code(asm.Get(0), asm.I32(1), 0x3b, 0, asm.U(uint64(4096*at+4095)))...)
		}
		return b
	}
	chain := asm.Get(0)
	for at := 65; at < hostapi.MaxMemory/4096-1; at += 2 {
		chain = append(chain, asm.Code(0x28, 0, asm.U(uint64(4096*at+4093)))...)
	}
	thirds := func(calls ...any) asm.Module {
		const last = hostapi.MaxMemory/4096 - 1
		code := asm.Code(calls...)
		return with(large(asm.Get(out), asm.Set(1), code, asm.Get(1), asm.Set(out)),
			asm.Func{Type: "i>", Body: stores(65, 5401)}, asm.Func{Type: "i>", Body: stores(5401, 10901)},
			asm.Func{Type: "i>", Body: stores(10901, last)}, asm.Func{Type: "i>i", Body: chain})
	}
	// unwind stores to 2 x 64 pages of its own in each of 120 frames, on the way back.
	unwind := with(large(asm.I32(120), asm.Call(3)), asm.Func{Type: "i>", Body: asm.Code(
		asm.Get(0), asm.If(asm.Get(0), asm.I32(1), asm.I32Sub, asm.Call(3)),
		asm.Get(0), asm.I32(1<<19), asm.I32Mul, asm.Set(0), stores(65, 193))})
	return []Case{
		rich(answered("straight stores, two pages each", thirds(asm.I32(0), asm.Call(3), asm.I32(0), asm.Call(4), asm.I32(0), asm.Call(5)))),
		rich(answered("loads of loads, two pages each", thirds(asm.I32(0), asm.Call(6), asm.Drop))),
		rich(answered("stores in each frame on the way back", unwind)),
		rich(answered("growing to 64 MiB and straight stores", func() asm.Module {
			m := with(plugin(asm.Get(out), asm.Set(1), grow(most-pages), asm.I32(0), asm.Call(3), asm.Get(1), asm.Set(out)), asm.Func{Type: "i>", Body: stores(pages*16, pages*16+12000)})
			m.Memory = asm.Limits(pages, most)
			return m
		}())),
	}
}
