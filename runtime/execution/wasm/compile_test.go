package wasm_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
)

// compiling is an executor that has another process compile.
func compiling(t *testing.T, modules wasm.Modules) *wasm.Executor {
	t.Helper()
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules, CacheDir: t.TempDir(), Compiler: []string{os.Args[0], "compile"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// What the engine makes of a module may end the process that compiles it, and
// says no more than that the module is refused.
func TestExecutor_Prepare_outlivesHostileModules(t *testing.T) {
	const header, many = "\x00asm\x01\x00\x00\x00", "\xff\xff\xff\xff\x0f"
	modules := shelf{}
	e := compiling(t, modules)
	e.Patience(10 * time.Second)
	for name, file := range map[string]string{
		"imports without end":   header + "\x02\x05" + many,
		"functions without end": header + "\x03\x05" + many,
		"code without end":      header + "\x0a\x05" + many,
		"data without end":      header + "\x0b\x05" + many,
		"names without end":     header + "\x00\x10\x04name\x01\x06" + many + "\x00",
		"locals without end":    header + "\x01\x04\x01\x60\x00\x00\x03\x02\x01\x00\x0a\x0a\x01\x08\x01" + many + "\x7f\x0b",
		"a type that is none":   header + "\x01\x04\x01\x60\x00\x00\x03\x02\x01\x09\x0a\x04\x01\x02\x00\x0b",
		"too large":             header + strings.Repeat("\x00\x02\x01x", 16<<20),
	} {
		t.Run(name, func(t *testing.T) {
			err := e.Prepare(t.Context(), modules.add([]byte(file)))
			if lilypad.CodeOf(err) != lilypad.Invalid {
				t.Errorf("%v, want a refusal", err)
			}
			t.Log(err)
		})
	}
	job := executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(command("\x01\x00\x01", ""))})
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("an honest module ended %v: %s", o.End, o.Reason)
	}
}

// A module that takes hours to compile is given up, and so is the compiler of
// a start that is broken off.
func TestExecutor_Prepare_givesUp(t *testing.T) {
	const ways = 200_000 // out of one block: the engine takes the square of it
	body := wasmasm.Block(bytes.Repeat(wasmasm.Code(wasmasm.Get(0), wasmasm.BrIf(0)), ways))
	file := wasmasm.Module{Funcs: []wasmasm.Func{{Export: "_start", Type: ">", Locals: "i", Body: body}}}.Bytes()
	modules := shelf{}
	digest := modules.add(file)

	e := compiling(t, modules)
	e.Patience(time.Second)
	if err := e.Prepare(t.Context(), digest); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "could not do it in 1s") {
		t.Errorf("%v, want that it took too long", err)
	}

	e = compiling(t, modules)
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	if err := e.Prepare(ctx, digest); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want that it was broken off", err)
	}
}

// A compiler that cannot work says nothing of the module.
func TestExecutor_Prepare_withoutRoomIsNoRefusal(t *testing.T) {
	modules := shelf{}
	digest := modules.add(command("\x01\x00\x01", ""))
	for name, compiler := range map[string][]string{"is not there": {"/nonexistent"}, "fails": {"/bin/false"}} {
		t.Run(name, func(t *testing.T) {
			e, err := wasm.New(t.Context(), wasm.Config{Modules: modules, CacheDir: t.TempDir(), Compiler: compiler})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			if err := e.Prepare(t.Context(), digest); err == nil || lilypad.CodeOf(err) == lilypad.Invalid {
				t.Errorf("%v, want a failure of this side", err)
			}
		})
	}
}

// Without a compiler of its own an executor refuses what it can.
func TestExecutor_Prepare_refusesWhatTheEnginePanicsOn(t *testing.T) {
	file := []byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x03\x02\x01\x09\x0a\x04\x01\x02\x00\x0b")
	e, err := wasm.New(t.Context(), wasm.Config{Modules: shelf{sha256.Sum256(file): file}})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.Prepare(t.Context(), sha256.Sum256(file)); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("%v, want a refusal", err)
	}
}

// Strangers' modules do not fill the disk: the oldest go first.
func TestTrim(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	for i, name := range []string{"old", "older", "new"} {
		path := filepath.Join(dir, "engine", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, make([]byte, 100), 0o600),
			os.Chtimes(path, now, now.Add([]time.Duration{-time.Hour, -2 * time.Hour, 0}[i]))); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		most int64
		want string
	}{{300, "new old older"}, {299, "new old"}, {100, "new"}, {99, ""}} {
		wasm.Trim(dir, tt.most)
		var got []string
		entries, err := os.ReadDir(filepath.Join(dir, "engine"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			got = append(got, e.Name())
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%d bytes: %v, want %s", tt.most, got, tt.want)
		}
	}
}
