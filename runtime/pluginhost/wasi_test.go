package pluginhost_test

import (
	"context"
	"slices"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// Every answer of WASI is the same in every call and every instance.
func TestWASI_hasNoState(t *testing.T) {
	const (
		badf  = 8
		fault = 21
	)
	type args = [][]byte
	at := i32(scratchAt)
	store32 := func(address, v int32) []byte { return slices.Concat(i32(address), i32(v), []byte{0x36, 2, 0}) }
	for _, tc := range []struct {
		function string
		typ      byte
		before   []byte
		args     args
		errno    uint64
		wrote    uint64 // at scratch, afterwards
	}{
		{"clock_time_get", funcClock, nil, args{i32(0), i64(0), at}, 0, 1_577_836_800_000_000_000},
		{"clock_time_get", funcClock, nil, args{i32(1), i64(0), i32(-1)}, fault, 0},
		{"random_get", funcPair, nil, args{at, i32(8)}, 0, 0x9ef750a9025bb40d},
		{"random_get", funcPair, nil, args{at, i32(-1)}, fault, 0},
		{"args_sizes_get", funcPair, store32(scratchAt, 9), args{at, i32(scratchAt + 4)}, 0, 0},
		{"environ_sizes_get", funcPair, store32(scratchAt, 9), args{at, i32(scratchAt + 4)}, 0, 0},
		{"args_get", funcPair, nil, args{at, at}, 0, 0},
		{"environ_get", funcPair, nil, args{at, at}, 0, 0},
		{"sched_yield", funcRecurse, nil, nil, 0, 0},
		{"fd_write", funcCall, store32(scratchAt+12, 100), args{i32(2), i32(scratchAt + 8), i32(1), at}, 0, 100},
		{"fd_write", funcCall, nil, args{i32(3), at, i32(1), at}, badf, 0},
		{"fd_write", funcCall, nil, args{i32(1), i32(-8), i32(2), at}, fault, 0},
		{"fd_read", funcCall, nil, args{i32(0), at, i32(1), at}, badf, 0},
		{"fd_prestat_get", funcPair, nil, args{i32(3), at}, badf, 0},
		{"poll_oneoff", funcCall, store32(scratchAt+64, 77), args{i32(scratchAt + 64), at, i32(1), i32(scratchAt + 32)}, 0, 77},
		{"poll_oneoff", funcCall, nil, args{i32(-8), at, i32(1), at}, fault, 0},
	} {
		t.Run(tc.function, func(t *testing.T) {
			t.Parallel()
			hook := slices.Concat(tc.before,
				get(2), slices.Concat(tc.args...), callFunc(0), []byte{0x36, 2, 16}, // arg0 = errno
				get(2), at, []byte{0x29, 3, 0}, []byte{0x37, 3, 24}, // arg1 = what was written
			)
			g := honest(hook...)
			g.imports = []guestImport{{"wasi_snapshot_preview1", tc.function, tc.typ}}
			p, _ := load(t, source(g))
			for range 3 {
				got, err := p.Allow(context.Background(), 7, []hostapi.Module{module})
				if err != nil {
					t.Fatal(err)
				}
				if got[0].Arg0 != tc.errno || got[0].Arg1 != tc.wrote {
					t.Errorf("errno %d and %#x, want %d and %#x", got[0].Arg0, got[0].Arg1, tc.errno, tc.wrote)
				}
			}
		})
	}
}

// What a host function does for a guest is paid by the guest.
func TestWASI_costsFuel(t *testing.T) {
	g := honest(slices.Concat([]byte{0x03, 0x40}, i32(0), i32(32<<16), callFunc(0), drop, []byte{0x0c, 0, 0x0b})...)
	g.imports = []guestImport{{"wasi_snapshot_preview1", "random_get", funcPair}}
	p, kept := load(t, source(g))
	_, err := p.Allow(context.Background(), 7, []hostapi.Module{module})
	wantRefusal(t, err, pluginhost.RuleFuel, "")
	if d := (*kept)[0]; d.Record.Fuel > 2*d.Record.Budget {
		t.Errorf("spent %d of %d", d.Record.Fuel, d.Record.Budget)
	}
}
