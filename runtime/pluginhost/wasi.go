package pluginhost

import (
	"context"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/sys"
)

// errno values of WASI preview 1.
const (
	errnoOK    = 0
	errnoBadf  = 8
	errnoFault = 21
)

// wasiSignatures are the functions that Go's runtime, syscall and os packages
// import, and no others. There is no clock, no randomness, no file and no
// environment behind them, and no state: each call answers like the last one.
var wasiSignatures = map[string]string{
	"args_get":            "(i32 i32) (i32)",
	"args_sizes_get":      "(i32 i32) (i32)",
	"environ_get":         "(i32 i32) (i32)",
	"environ_sizes_get":   "(i32 i32) (i32)",
	"clock_time_get":      "(i32 i64 i32) (i32)",
	"random_get":          "(i32 i32) (i32)",
	"sched_yield":         "() (i32)",
	"poll_oneoff":         "(i32 i32 i32 i32) (i32)",
	"proc_exit":           "(i32) ()",
	"fd_read":             "(i32 i32 i32 i32) (i32)",
	"fd_write":            "(i32 i32 i32 i32) (i32)",
	"fd_close":            "(i32) (i32)",
	"fd_fdstat_get":       "(i32 i32) (i32)",
	"fd_fdstat_set_flags": "(i32 i32) (i32)",
	"fd_prestat_get":      "(i32 i32) (i32)",
	"fd_prestat_dir_name": "(i32 i32 i32) (i32)",
}

const wasiModule = "wasi_snapshot_preview1"

type stack = []uint64

func wasi(mod api.Module, name string, s stack) uint64 {
	mem := mod.Memory()
	ok := func(done bool) uint64 {
		if done {
			return errnoOK
		}
		return errnoFault
	}
	switch name {
	case "args_get", "environ_get", "sched_yield":
		return errnoOK
	case "args_sizes_get", "environ_sizes_get":
		return ok(mem.WriteUint32Le(uint32(s[0]), 0) && mem.WriteUint32Le(uint32(s[1]), 0))
	case "clock_time_get":
		return ok(mem.WriteUint64Le(uint32(s[2]), frozenClock))
	case "random_get":
		b, in := mem.Read(uint32(s[0]), uint32(s[1]))
		for i := range b {
			b[i] = byte(i*167 + 13)
		}
		return ok(in)
	case "fd_write":
		return discard(mem, s)
	case "poll_oneoff":
		return poll(mem, s)
	case "proc_exit":
		panic(sys.NewExitError(uint32(s[0])))
	}
	return errnoBadf
}

// frozenClock is the time in nanoseconds that a guest sees, wall clock and
// monotonic: 2020-01-01, not zero because Go's runtime takes zero for unset.
const frozenClock = 1_577_836_800_000_000_000

// discard accepts what is written to stdout and stderr, and drops it.
func discard(mem api.Memory, s stack) uint64 {
	if fd := uint32(s[0]); fd != 1 && fd != 2 {
		return errnoBadf
	}
	var total uint32
	for i := range min(uint32(s[2]), maxBuffers) {
		n, ok := mem.ReadUint32Le(uint32(s[1]) + 8*i + 4)
		if !ok {
			return errnoFault
		}
		total += n
	}
	if !mem.WriteUint32Le(uint32(s[3]), total) {
		return errnoFault
	}
	return errnoOK
}

// poll fires every clock at once: time stands still, so nobody can wait.
// Subscriptions are 48 bytes {u64 userdata, u8 tag…}, events 32 {u64 userdata,
// u16 errno, u8 type…}; clocks have tag and type 0.
func poll(mem api.Memory, s stack) uint64 {
	in, out, n, fired := uint32(s[0]), uint32(s[1]), min(uint32(s[2]), maxSubscriptions), uint32(0)
	for i := range n {
		sub, ok := mem.Read(in+48*i, 48)
		if !ok {
			return errnoFault
		}
		if sub[8] != 0 {
			continue
		}
		event := append(slices.Clone(sub[:8]), make([]byte, 24)...)
		if !mem.Write(out+32*fired, event) {
			return errnoFault
		}
		fired++
	}
	if !mem.WriteUint32Le(uint32(s[3]), fired) {
		return errnoFault
	}
	return errnoOK
}

// export defines a host function with a signature such as "(i32 i64) (i32)".
func export(b wazero.HostModuleBuilder, name, sig string, f func(context.Context, api.Module, stack)) {
	params, results, _ := strings.Cut(sig, ") (")
	b.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(f), valueTypes(params), valueTypes(results)).Export(name)
}

func valueTypes(names string) (types []api.ValueType) {
	for _, name := range strings.Fields(strings.Trim(names, "()")) {
		t := api.ValueTypeI32
		if name == "i64" {
			t = api.ValueTypeI64
		}
		types = append(types, t)
	}
	return types
}

func exportWASI(ctx context.Context, r wazero.Runtime) error {
	b := r.NewHostModuleBuilder(wasiModule)
	for name, sig := range wasiSignatures {
		export(b, name, sig, func(ctx context.Context, mod api.Module, s stack) {
			callOf(ctx).charge(hostCall + wasiBytes(mod.Memory(), name, s))
			if v := wasi(mod, name, s); len(s) > 0 {
				s[0] = v
			}
		})
	}
	_, err := b.Instantiate(ctx)
	return err
}

// wasiBytes is how much a call reads or writes, or more.
func wasiBytes(mem api.Memory, name string, s stack) uint64 {
	switch name {
	case "random_get":
		return uint64(min(uint32(s[1]), mem.Size()))
	case "fd_write":
		return 8 * uint64(min(uint32(s[2]), maxBuffers))
	case "poll_oneoff":
		return 80 * uint64(min(uint32(s[2]), maxSubscriptions))
	}
	return 0
}

const (
	maxBuffers       = 1024 // of one write
	maxSubscriptions = 64   // of one poll
)
