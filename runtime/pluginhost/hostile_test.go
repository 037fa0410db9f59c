package pluginhost_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
)

// answer is a hook that writes a header and returns n.
func answer(total, count, stride, n int32) []byte {
	return slices.Concat(store(0, total), store(4, count), store(8, stride), i32(n))
}

// growMemory takes pages until there are none.
var growMemory = slices.Concat([]byte{0x03, 0x40}, i32(1), []byte{0x40, 0}, i32(-1), []byte{0x47, 0x0d, 0, 0x0b}, unreachable)

// recursion is a plugin with a function that calls itself for ever.
func recursion(locals []byte) guestModule {
	return honest(slices.Concat(callFunc(3), drop)...).
		with(guestFunc{typ: funcRecurse, locals: locals, body: slices.Concat(callFunc(3), i32(1), []byte{0x6a})})
}

func TestPlugin_survivesHostileGuests(t *testing.T) {
	exit := guest("lilypad_allow_1", 24, slices.Concat(i32(3), callFunc(0), unreachable))
	exit.imports = []guestImport{{"wasi_snapshot_preview1", "proc_exit", funcExit}}
	fill := slices.Concat(bytes.Repeat(slices.Concat(i32(0), i32(7), i32(40<<16), []byte{0xfc, 11, 0}), 200), unreachable)

	for _, tc := range []struct {
		name  string
		hook  []byte
		guest *guestModule // in place of one with hook
		rule  pluginhost.Rule
		about string
	}{
		{name: "endless loop", hook: append(slices.Clone(endless), 0), rule: pluginhost.RuleFuel, about: "lilypad_allow_1"},
		{name: "deep recursion", guest: new(recursion(nil)), rule: pluginhost.RuleDepth, about: "stack"},
		{name: "recursion with 200 locals", guest: new(recursion([]byte{1, 0xc8, 1, 0x7e})), rule: pluginhost.RuleDepth, about: "stack"},
		{name: "memory to the limit", hook: growMemory, rule: pluginhost.RuleTrap, about: "unreachable"},
		{name: "all memory 200 times", hook: fill, rule: pluginhost.RuleFuel, about: "budget"},
		{name: "division by zero", hook: slices.Concat(i32(1), i32(0), []byte{0x6d}), rule: pluginhost.RuleTrap, about: "divide by zero"},
		{name: "pointer outside memory", hook: slices.Concat(i32(-8), []byte{0x28, 2, 0}), rule: pluginhost.RuleTrap, about: "out of bounds"},
		{name: "exit", guest: &exit, rule: pluginhost.RuleExit, about: "code 3"},
		{name: "bad input", hook: i32(-1), rule: pluginhost.RuleStatus, about: "bad input"},
		{name: "unknown minor", hook: i32(-2), rule: pluginhost.RuleStatus, about: "unknown minor"},
		{name: "output full", hook: i32(-3), rule: pluginhost.RuleStatus, about: "output full"},
		{name: "author's error with text", hook: slices.Concat(store(0, 4), store(4, 'a'|'\x1b'<<8|'b'<<16|'c'<<24), i32(-5)), rule: pluginhost.RuleStatus, about: `author's error: "a?bc"`},
		{name: "author's error of 4 GiB", hook: slices.Concat(store(0, -1), i32(-5)), rule: pluginhost.RuleStatus, about: "author's error"},
		{name: "status that does not exist", hook: i32(-1 << 31), rule: pluginhost.RuleStatus, about: "status -2147483648"},
		{name: "more bytes than there is room", hook: i32(1<<31 - 1), rule: pluginhost.RuleOutput, about: "into"},
		{name: "no bytes", hook: i32(0), rule: pluginhost.RuleOutput, about: "header"},
		{name: "fewer bytes than declared", hook: answer(64, 2, 24, 40), rule: pluginhost.RuleOutput, about: "declares 64"},
		{name: "records too small", hook: answer(32, 1, 16, 32), rule: pluginhost.RuleOutput, about: "records of 16"},
		{name: "records of nothing", hook: answer(16, -1, 0, 16), rule: pluginhost.RuleOutput, about: "records of 0"},
		{name: "too few records", hook: answer(16, 0, 24, 16), rule: pluginhost.RuleOutput, about: "0 records for 1"},
		{name: "too many records", hook: slices.Concat(store(36, 1<<16), store(60, 1<<16), answer(64, 2, 24, 64)), rule: pluginhost.RuleOutput, about: "2 records for 1"},
		{name: "value outside its enum", hook: slices.Concat(store(36, 9<<16), answer(40, 1, 24, 40)), rule: pluginhost.RuleOutput, about: "ruling.permission"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			g := guest("lilypad_allow_1", 24, tc.hook)
			if tc.guest != nil {
				g = *tc.guest
			}
			h := newHost(t, pluginhost.Config{})
			ctx := context.Background()
			hostile, err := h.Load(ctx, source(g))
			if err != nil {
				t.Fatal(err)
			}
			good, err := h.Load(ctx, source(honest()))
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the pool replaces what was lost
				_, err = hostile.Allow(ctx, 7, []hostapi.Module{module})
				wantRefusal(t, err, tc.rule, tc.about)
				if r, _ := errors.AsType[*pluginhost.Refusal](err); r != nil && r.Hook != "allow" {
					t.Errorf("%v does not name the hook", err)
				}
				wantAllowed(t, good)
			}
		})
	}
}

func TestHost_Load_endsEndlessStart(t *testing.T) {
	h := newHost(t, pluginhost.Config{})
	_, err := h.Load(context.Background(), source(honest().with(guestFunc{export: "_initialize", body: endless})))
	wantRefusal(t, err, pluginhost.RuleFuel, "_initialize")
	if lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("code %s, want exhausted", lilypad.CodeOf(err))
	}
}

// Memory that guests took must be free again. 256 MiB is twice the stack that
// the engine gives a recursion.
func TestPlugin_boundsHostMemory(t *testing.T) {
	h := newHost(t, pluginhost.Config{Breaker: pluginhost.Breaker{Faults: -1}})
	ctx := context.Background()
	for _, g := range []guestModule{honest(growMemory...), recursion(nil)} {
		p, err := h.Load(ctx, source(g))
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			if _, err := p.Allow(ctx, 7, []hostapi.Module{module}); err == nil {
				t.Fatal("it answered")
			}
		}
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 256<<20 {
		t.Errorf("%d MiB are in use after 40 hostile calls", m.HeapAlloc>>20)
	}
	// Guests' memories are not on the heap. Each plugin has one image and, called
	// by one caller, one guest.
	maps, err := os.ReadFile("/proc/self/maps")
	if errors.Is(err, fs.ErrNotExist) {
		return // not Linux
	}
	if n := bytes.Count(maps, []byte("lilypad-snapshot")); err != nil || n == 0 || n > 2*2 {
		t.Errorf("%d memories are mapped after 40 hostile calls of 2 plugins, %v", n, err)
	}
}

func TestPlugin_boundsLog(t *testing.T) {
	// The hook logs 1000 bytes 1000 times, then answers.
	loop := slices.Concat(
		[]byte{0x03, 0x40}, i32(arenaAt), i32(1000), callFunc(0),
		i32(scratchAt), i32(scratchAt), []byte{0x28, 2, 0}, i32(1), []byte{0x6a, 0x36, 2, 0},
		i32(scratchAt), []byte{0x28, 2, 0}, i32(1000), []byte{0x48, 0x0d, 0, 0x0b},
	)
	g := honest(loop...)
	g.imports = []guestImport{{"lilypad", "log", funcLog}}
	var out bytes.Buffer
	h := newHost(t, pluginhost.Config{Log: slog.New(slog.NewTextHandler(&out, nil))})
	src := source(g, `"capabilities":["log"]`)
	src.Grants = []string{hostapi.CapLog}
	p, err := h.Load(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	wantAllowed(t, p)
	lines := strings.Count(out.String(), "\n")
	if lines == 0 || lines > 32 || out.Len() > 32*1100 {
		t.Errorf("%d lines of %d bytes in all", lines, out.Len())
	}
	if first, _, _ := strings.Cut(out.String(), "\n"); !strings.Contains(first, "plugin=guest@1.0.0 hook=allow batch=") {
		t.Errorf("%q does not name plugin, hook and batch", first)
	}
}

// Many callers, some of whom give up, while the plugin is closed.
func TestPlugin_hammer(t *testing.T) {
	h := newHost(t, pluginhost.Config{Calls: 3})
	slow := honest(slices.Concat([]byte{0x03, 0x40},
		i32(scratchAt), i32(scratchAt), []byte{0x28, 2, 0}, i32(1), []byte{0x6a, 0x36, 2, 0},
		i32(scratchAt), []byte{0x28, 2, 0}, i32(10_000), []byte{0x48, 0x0d, 0, 0x0b})...)
	p, err := h.Load(context.Background(), source(slow))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var answers atomic.Int32
	var closed atomic.Bool
	enough := make(chan struct{})
	for i := range 8 {
		wg.Go(func() {
			for !closed.Load() {
				ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i+1)*time.Millisecond)
				_, err := p.Allow(ctx, 7, []hostapi.Module{module})
				cancel()
				if err != nil && !errors.Is(err, context.DeadlineExceeded) && lilypad.CodeOf(err) != lilypad.Unavailable {
					t.Errorf("got %v, want an answer, cancelled or closed", err)
				}
				if err == nil && answers.Add(1) == 100 {
					close(enough)
				}
			}
		})
	}
	<-enough
	p.Close() // while they call
	closed.Store(true)
	wg.Wait()
}
