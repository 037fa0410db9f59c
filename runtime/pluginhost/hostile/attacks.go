package hostile

import (
	"bytes"
	"math"

	"github.com/lilypad-network/lilypad/hostapi"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
)

// slow are plugins that would not end, or not soon.
func slow() []Case {
	many := func(n int, code []byte) []byte { return bytes.Repeat(code, n) }
	// recurse is function 3, and what is there before and behind its call of
	// itself.
	recurse := func(locals int, before, behind []byte) asm.Module {
		return with(plugin(asm.I32(64), asm.Call(3), asm.Drop), asm.Func{
			Type: "i>i", Groups: asm.Code(1, asm.U(uint64(locals)), 0x7e),
			Body: asm.Code(before, asm.Get(0), asm.Call(3), behind),
		})
	}
	exponential := with(plugin(asm.I32(64), asm.Call(3), asm.Drop), asm.Func{Type: "i>i", Body: asm.Code(
		asm.Get(0), asm.I32Eqz, asm.If(asm.I32(1), asm.Return),
		asm.Get(0), asm.I32(1), asm.I32Sub, asm.Call(3), asm.Get(0), asm.I32(1), asm.I32Sub, asm.Call(3), asm.I32Add)})
	indirect := with(plugin(asm.I32(0), 0x11, 3, 0), asm.Func{Type: ">", Body: asm.Code(asm.I32(0), 0x11, 3, 0)})
	indirect.Types = []string{"i>i", "iiii>i", "i>", ">"}
	indirect.Table, indirect.Elements = asm.Limits(1, 1), []uint32{3}
	fill := asm.Code(asm.I32(0), asm.I32(7), asm.I32(pages*pageSize), asm.Bulk(11, 0))
	move := asm.Code(asm.I32(0), asm.I32(1), asm.I32(pages*pageSize-1), asm.Bulk(10, 0, 0))
	grow := asm.Code(asm.I32(1), 0x40, 0)
	// chase goes from address to address, each in another page.
	chase := asm.Code(asm.Loop(
		asm.I32(scratchAt), asm.I32(scratchAt), asm.Load(0), asm.I32(1103515245), asm.I32Mul, asm.I32(12345), asm.I32Add, asm.Store(0),
		asm.I32(scratchAt), asm.Load(0), asm.I32(2<<20-4), 0x71, asm.Load(0), asm.Drop, asm.Br(0)))
	initialize := func(body ...any) asm.Module {
		return with(plugin(), asm.Func{Export: hostapi.ExportInitialize, Type: ">", Body: asm.Code(body...)})
	}
	replace := func(i int, body ...any) asm.Module {
		m := plugin()
		m.Funcs[i].Body = asm.Code(body...)
		return m
	}
	return []Case{
		stopped("endless loop", "fuel", plugin(forever)),
		stopped("endless loop of nothing", "fuel", plugin(3, 0x40, asm.Block(asm.Br(1)), asm.End)),
		stopped("exponential recursion without loops", "fuel", exponential),
		stopped("deep recursion", "depth", recurse(0, nil, nil)),
		stopped("deep recursion through a table", "depth", indirect),
		stopped("recursion with 200 locals", "depth", recurse(200, nil, nil)),
		stopped("recursion with 4000 locals", "depth", recurse(4000, nil, nil)),
		stopped("recursion with 1000 operands", "depth", recurse(0, many(1000, asm.Get(0)), many(1000, []byte{asm.I32Add}))),
		stopped("straight code after each return", "fuel", with(plugin(asm.I32(1500), asm.Call(3), asm.Drop), asm.Func{Type: "i>i", Body: asm.Code(
			asm.Get(0), asm.If(asm.Get(0), asm.I32(1), asm.I32Sub, asm.Call(3), asm.Drop),
			asm.I32(1), many(4000, asm.Code(asm.I32(7), asm.I32DivS)))})),
		stopped("all memory filled 200 times", "fuel", plugin(many(200, fill))),
		stopped("all memory moved 200 times", "fuel", plugin(many(200, move))),
		stopped("memory that grows", "trap", plugin(times(maxPages, grow, asm.I32(-1), asm.I32Ne, asm.I32Eqz, asm.If(asm.Unreachable)))),
		stopped("memory that grows for ever", "fuel", plugin(asm.Loop(grow, asm.Drop, asm.Br(0)))),
		stopped("memory of 4 GiB at once", "fuel", plugin(asm.I32(65535), 0x40, 0, asm.Drop)),
		stopped("pointer chasing", "fuel", plugin(chase)),
		stopped("division", "fuel", plugin(asm.Loop(many(1000, asm.Code(asm.I64(math.MaxInt64), asm.I64(3), 0x7f, asm.Drop)), asm.Br(0)))),
		refused("trap in _initialize", "trap", initialize(asm.Unreachable)),
		refused("endless _initialize", "fuel", initialize(forever)),
		refused("endless arena", "fuel", replace(0, forever, asm.I32(arenaAt))),
		refused("endless configure", "fuel", replace(1, forever, asm.I32(0))),
		refused("settings that are refused", "settings", replace(1, asm.I32(-4))),
		refused("endless for an empty batch", "fuel", replace(2, forever, asm.I32(0))),
	}
}

// state are plugins that try to answer by what an earlier call left, or by what
// differs between machines.
func state() []Case {
	// tell writes the number on top into the record.
	tell := func(number ...any) []byte { return asm.Code(asm.Get(out), asm.Code(number...), asm.Store(16)) }
	count := plugin(asm.GetGlobal(0), asm.I32(1), asm.I32Add, asm.SetGlobal(0), tell(asm.GetGlobal(0)))
	count.Globals = []asm.Global{{Type: 'i', Mutable: true, Init: asm.I32(0)}}
	memory := func(at int32) asm.Module {
		return plugin(asm.I32(at), asm.I32(at), asm.Load(0), asm.I32(1), asm.I32Add, asm.Store(0), tell(asm.I32(at), asm.Load(0)))
	}
	nan := asm.Code(asm.F64(0), asm.F64(0), asm.F64Div)
	return []Case{
		answered("counting in a global", count),
		answered("counting in memory", memory(pageSize-4)),
		answered("counting in the last page", memory(pages*pageSize-4)),
		answered("reading the arena after the call", plugin(tell(asm.Get(out), asm.Load(1024)), asm.Get(out), asm.I32(77), asm.Store(1024))),
		answered("bits of a NaN", plugin(tell(nan, 0x9a, 0xbd, asm.I64(51), 0x88, 0xa7))),
		answered("bits of a NaN in memory", plugin(asm.I32(scratchAt), nan, 0x39, 3, 0, tell(asm.I32(scratchAt), asm.Load(4)))),
		answered("sign of a NaN", plugin(tell(asm.F64(1), nan, 0xa6, 0xbd, asm.I64(63), 0x88, 0xa7))),
		answered("time", importing("wasi_snapshot_preview1", "clock_time_get", "ili>i",
			asm.I32(1), asm.I64(1), asm.I32(scratchAt), asm.Call(0), asm.Drop, tell(asm.I32(scratchAt), asm.Load(0)))),
		answered("randomness", importing("wasi_snapshot_preview1", "random_get", "ii>i",
			asm.I32(scratchAt), asm.I32(8), asm.Call(0), asm.Drop, tell(asm.I32(scratchAt), asm.Load(0)))),
	}
}

// pointers are plugins with addresses that are not theirs.
func pointers() []Case {
	arena := func(at int32) asm.Module {
		m := plugin()
		m.Funcs[0].Body = asm.I32(at)
		return m
	}
	return []Case{
		refused("arena at nothing", "arena", arena(0)),
		refused("arena outside of memory", "arena", arena(pages*pageSize-16)),
		refused("arena around the end of the address space", "arena", arena(-16)),
		refused("arena that is not aligned", "arena", arena(arenaAt+8)),
		stopped("reading outside of memory", "trap", plugin(asm.I32(-8), asm.Load(0), asm.Drop)),
		stopped("reading far outside of memory", "trap", plugin(asm.I32(-1), 0x28, 0, asm.U(math.MaxUint32), asm.Drop)),
		stopped("filling past the end", "trap", plugin(asm.I32(pages*pageSize-1), asm.I32(0), asm.I32(2), asm.Bulk(11, 0))),
		stopped("calling what is not in the table", "trap", func() asm.Module {
			m := plugin(asm.I32(5), 0x11, 0, 0)
			m.Types, m.Table = []string{">"}, asm.Limits(1, 1)
			return m
		}()),
		stopped("calling what has another type", "trap", func() asm.Module {
			m := plugin(asm.I32(0), 0x11, 0, 0)
			m.Types, m.Table, m.Elements = []string{">"}, asm.Limits(1, 1), []uint32{0}
			return m
		}()),
		stopped("division by zero", "trap", plugin(asm.I32(1), asm.I32(0), asm.I32DivS, asm.Drop)),
		answered("writing over its input", plugin(asm.Get(in), asm.I32(0), asm.I32(1024), asm.Bulk(11, 0))),
		answered("writing all over its arena", plugin(asm.Get(out), asm.I32(0xff), asm.Get(space), asm.Bulk(11, 0))),
	}
}

// answers are plugins whose answers are not what the hook has.
func answers() []Case {
	// record writes a header and returns n.
	record := func(total, count, stride, n int32) asm.Module {
		return bare(write(0, total), write(4, count), write(8, stride), asm.I32(n))
	}
	return []Case{
		stopped("no bytes", "output", bare(asm.I32(0))),
		stopped("more bytes than there is room", "output", bare(asm.I32(math.MaxInt32))),
		stopped("fewer bytes than declared", "output", record(64, 2, 24, 40)),
		stopped("total of 4 GiB", "output", record(-1, 1, 24, 40)),
		stopped("records of nothing", "output", record(16, -1, 0, 16)),
		stopped("records that overlap", "output", record(40, 2, 8, 40)),
		stopped("records whose size overflows", "output", record(16, 1<<30, 1<<2, 16)),
		stopped("records whose size is 4 GiB", "output", record(16, 1<<28, 16, 16)),
		stopped("records of 64 KiB", "output", record(16, 0, -1, 16)),
		stopped("answer in another order", "output", record(1<<24, 1<<24, 24, 40)),
		stopped("one byte", "output", bare(asm.I32(1))),
		stopped("all of the arena and a byte", "output", bare(permit(), asm.Get(space), asm.I32(1), asm.I32Add)),
		stopped("status with a text that is not UTF-8", "status", bare(write(0, 4), write(4, -1), asm.I32(-5))),
		stopped("too few records", "output", record(16, 0, 24, 16)),
		stopped("too many records", "output", bare(permit(), write(0, 64), write(4, 2), write(60, 1<<16), asm.I32(64))),
		stopped("value outside of its enum", "output", bare(permit(), write(36, 99<<16), asm.I32(40))),
		stopped("status that does not exist", "status", bare(asm.I32(math.MinInt32))),
		stopped("error text of 4 GiB", "status", bare(write(0, -1), asm.I32(-5))),
		stopped("error text that commands a terminal", "status", bare(write(0, 4), write(4, '\x1b'|'['<<8|'2'<<16|'J'<<24), asm.I32(-5))),
	}
}

// hostCalls are plugins that attack through the functions of the host.
func hostCalls() []Case {
	const wasi = "wasi_snapshot_preview1"
	everything := asm.I32(pages * pageSize)
	handle := asm.Code(asm.I32(1), asm.I64(0))
	return []Case{
		stopped("log flood", "fuel", importing(hostapi.ImportModule, hostapi.CapLog, "ii>", asm.Loop(asm.I32(0), asm.I32(1000), asm.Call(0), asm.Br(0)))).may(hostapi.CapLog),
		answered("log of all memory", importing(hostapi.ImportModule, hostapi.CapLog, "ii>", asm.I32(0), everything, asm.Call(0))).may(hostapi.CapLog),
		answered("log from outside of memory", importing(hostapi.ImportModule, hostapi.CapLog, "ii>", asm.I32(-9), asm.I32(-1), asm.Call(0))).may(hostapi.CapLog),
		answered("log that commands a terminal", importing(hostapi.ImportModule, hostapi.CapLog, "ii>",
			asm.I32(scratchAt), asm.I32('\x1b'|'['<<8|'2'<<16|'J'<<24), asm.Store(0), asm.I32(scratchAt), asm.I32(4), asm.Call(0))).may(hostapi.CapLog),
		answered("log that is not UTF-8", importing(hostapi.ImportModule, hostapi.CapLog, "ii>",
			asm.I32(scratchAt), asm.I32(-1), asm.Store(0), asm.I32(scratchAt), asm.I32(400), asm.Call(0))).may(hostapi.CapLog),
		answered("log across the end of memory", importing(hostapi.ImportModule, hostapi.CapLog, "ii>", asm.I32(pages*pageSize-1), asm.I32(-1), asm.Call(0))).may(hostapi.CapLog),
		answered("log of nothing", importing(hostapi.ImportModule, hostapi.CapLog, "ii>", asm.I32(-1), asm.I32(0), asm.Call(0))).may(hostapi.CapLog),
		stopped("blob of a negative handle, for ever", "fuel", importing(hostapi.ImportModule, hostapi.CapBlobRead, "ilii>i",
			asm.Loop(asm.I32(-1), asm.I64(-1), asm.I32(0), everything, asm.Call(0), asm.Drop, asm.Br(0)))).may(hostapi.CapBlobRead),
		stopped("trees of no handle, for ever", "fuel", importing(hostapi.ImportModule, hostapi.CapTreeDiff, "iiiii>i",
			asm.Loop(asm.I32(0), asm.I32(-1), asm.I32(-1), asm.I32(0), everything, asm.Call(0), asm.Drop, asm.Br(0)))).may(hostapi.CapTreeDiff),
		stopped("exit", "exit", importing(wasi, "proc_exit", "i>", asm.I32(0), asm.Call(0))),
		stopped("randomness over all memory, for ever", "fuel", importing(wasi, "random_get", "ii>i", asm.Loop(asm.I32(0), everything, asm.Call(0), asm.Drop, asm.Br(0)))),
		stopped("yielding for ever", "fuel", importing(wasi, "sched_yield", ">i", asm.Loop(asm.Call(0), asm.Drop, asm.Br(0)))),
		stopped("writing 1024 buffers, for ever", "fuel", importing(wasi, "fd_write", "iiii>i",
			asm.Loop(asm.I32(1), asm.I32(0), asm.I32(-1), asm.I32(scratchAt), asm.Call(0), asm.Drop, asm.Br(0)))),
		stopped("polling for ever", "fuel", importing(wasi, "poll_oneoff", "iiii>i",
			asm.Loop(asm.I32(0), asm.I32(4096), asm.I32(-1), asm.I32(scratchAt), asm.Call(0), asm.Drop, asm.Br(0)))),
		answered("polling over its own events", importing(wasi, "poll_oneoff", "iiii>i",
			asm.I32(0), asm.I32(16), asm.I32(64), asm.I32(scratchAt), asm.Call(0), asm.Drop)),
		answered("writing from outside of memory", importing(wasi, "fd_write", "iiii>i",
			asm.I32(1), asm.I32(-8), asm.I32(9), asm.I32(-4), asm.Call(0), asm.Drop)),
		answered("blob that was not given", importing(hostapi.ImportModule, hostapi.CapBlobRead, "ilii>i", handle, asm.I32(scratchAt), asm.I32(64), asm.Call(0), asm.Drop)).may(hostapi.CapBlobRead),
		answered("blob into 4 GiB", importing(hostapi.ImportModule, hostapi.CapBlobRead, "ilii>i", handle, asm.I32(0), asm.I32(-1), asm.Call(0), asm.Drop)).may(hostapi.CapBlobRead),
		answered("trees that were not given", importing(hostapi.ImportModule, hostapi.CapTreeDiff, "iiiii>i",
			asm.I32(1), asm.I32(-1), asm.I32(0), asm.I32(-4), asm.I32(-1), asm.Call(0), asm.Drop)).may(hostapi.CapTreeDiff),
	}
}
