package wasm_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/lilypad-network/lilypad"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
)

// cache keeps compiled modules for all tests: to compile takes the longest.
var cache string

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "compile" {
		if err := wasm.Compile(context.Background(), os.Args[2], os.Stdin, os.Stdout); err != nil {
			panic(err)
		}
		return
	}
	var err error
	if cache, err = os.MkdirTemp("", "wasm"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(cache)
	os.Exit(code)
}

// shelf is a fake source of modules.
type shelf map[lilypad.Hash][]byte

func (s shelf) Wasm(_ context.Context, digest lilypad.Hash) ([]byte, error) {
	if b, ok := s[digest]; ok {
		return b, nil
	}
	return nil, lilypad.Errorf(lilypad.NotFound, "no such module")
}

func (s shelf) add(b []byte) lilypad.Hash {
	digest := lilypad.Hash(sha256.Sum256(b))
	s[digest] = b
	return digest
}

func subject(t *testing.T) executiontest.Subject {
	modules := shelf{}
	digest := modules.add(executiontest.BuildGuest(t, "wasip1", "wasm"))
	var compileOnce sync.Mutex
	return executiontest.Subject{
		New: func(t *testing.T) execution.Executor {
			e, err := wasm.New(t.Context(), wasm.Config{Modules: modules, CacheDir: cache, Limits: executiontest.Limits})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { e.Close() })
			compileOnce.Lock()
			defer compileOnce.Unlock()
			if err := e.Prepare(t.Context(), digest); err != nil {
				t.Fatal(err)
			}
			return e
		},
		Spec: func(steps ...string) lilypad.Spec {
			return lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: digest, Args: steps}
		},
	}
}

func TestExecutor(t *testing.T) { executiontest.Run(t, subject(t)) }

func TestExecutor_hostile(t *testing.T) { executiontest.RunHostile(t, subject(t)) }

func TestExecutor_boundsTheFileSystem(t *testing.T) {
	s := subject(t)
	for name, c := range map[string]struct {
		steps []string
		end   execution.End
		text  string // in stdout or the reason
	}{
		"removed files count": {[]string{"refill:/outputs/f"}, execution.Failed, "limit of 2000000 bytes"},
		"sparse files count":  {[]string{"write:/outputs/f=x", "stretch:/outputs/f"}, execution.Failed, "limit of 2000000 bytes"},
		"open files":          {[]string{"write:/outputs/f=x", "hold:/outputs/f"}, execution.Succeeded, "held 25"},
		"climbing":            {[]string{"copy:/inputs/../../../../etc/passwd=/outputs/f"}, execution.Failed, ""},
		"link in the inputs":  {[]string{"copy:/inputs/link=/outputs/f"}, execution.Failed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			spec := s.Spec(c.steps...)
			spec.Outputs = []lilypad.Output{{Name: "o", Path: "/outputs"}}
			e, job := s.New(t), executiontest.Job(t, spec)
			if err := os.Symlink("/etc/passwd", filepath.Join(job.Dir, "inputs", "link")); err != nil {
				t.Fatal(err)
			}
			o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
			text := o.Reason + executiontest.Text(t, job, "stdout")
			if o.End != c.end || !strings.Contains(text, c.text) {
				t.Errorf("ended %s with %q, want %s with %q", o.End, text, c.end, c.text)
			}
		})
	}
}

func TestExecutor_isDeterministicBySeed(t *testing.T) {
	s := subject(t)
	run := func(seed string) string {
		job := executiontest.Job(t, s.Spec("now", "random"))
		job.Seed = lilypad.Keccak256([]byte(seed))
		e := s.New(t)
		executiontest.Wait(t, e, executiontest.Start(t, e, job))
		return executiontest.Text(t, job, "stdout")
	}
	first := run("a")
	if again := run("a"); again != first {
		t.Errorf("the same seed printed %q, then %q", first, again)
	}
	if other := run("b"); other == first {
		t.Errorf("another seed printed the same %q", other)
	}
}

func TestExecutor_Start_refusesWhatIsNoCommand(t *testing.T) {
	modules := shelf{}
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	header := "\x00asm\x01\x00\x00\x00"
	swapped := lilypad.Hash{1}
	modules[swapped] = []byte(header)
	for name, c := range map[string]struct {
		digest lilypad.Hash
		code   lilypad.Code
		change func(*lilypad.Spec)
	}{
		"absent":       {digest: lilypad.Hash{2}, code: lilypad.NotFound},
		"other digest": {digest: swapped, code: lilypad.Invalid},
		"not wasm":     {digest: modules.add([]byte("#!/bin/sh")), code: lilypad.Invalid},
		"no _start":    {digest: modules.add([]byte(header)), code: lilypad.Invalid},
		"foreign import": {code: lilypad.Invalid, digest: modules.add([]byte(header +
			"\x01\x04\x01\x60\x00\x00" + // type: func()
			"\x02\x09\x01\x03env\x01f\x00\x00" + // import env.f
			"\x07\x0a\x01\x06_start\x00\x00"))}, // export it as _start
		"huge table": {code: lilypad.Invalid, digest: modules.add([]byte(header +
			"\x01\x04\x01\x60\x00\x00" + // type: func()
			"\x03\x02\x01\x00" + // one function
			"\x04\x07\x01\x70\x00\x80\x80\x80\x01" + // table of 2 Mi functions
			"\x07\x0a\x01\x06_start\x00\x00" +
			"\x0a\x04\x01\x02\x00\x0b"))},
		"network": {code: lilypad.Invalid, change: func(s *lilypad.Spec) { s.Network = true }},
		"gpu":     {code: lilypad.Invalid, change: func(s *lilypad.Spec) { s.Resources.GPUs = 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			spec := lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: c.digest}
			if c.change != nil {
				c.change(&spec)
			}
			_, err := e.Start(t.Context(), executiontest.Job(t, spec))
			if lilypad.CodeOf(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
			t.Log(err)
		})
	}
}

// A start that was broken off says nothing of the module: whoever starts the job
// again must not take it for one that cannot run.
func TestExecutor_Start_brokenOffIsNoRefusal(t *testing.T) {
	file := command("\x01\x00\x01", "")
	ctx, stop := context.WithCancel(t.Context())
	source := wasm.ModulesFunc(func(context.Context, lilypad.Hash) ([]byte, error) {
		stop() // when it has the file, and compiles
		return file, nil
	})
	e, err := wasm.New(t.Context(), wasm.Config{Modules: source})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	job := executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: sha256.Sum256(file)})
	if _, err := e.Start(ctx, job); !errors.Is(err, context.Canceled) || lilypad.CodeOf(err) == lilypad.Invalid {
		t.Errorf("a broken off start: %v (%s), want that it was cancelled", err, lilypad.CodeOf(err))
	}
	if _, err := e.Start(t.Context(), job); err != nil {
		t.Errorf("and again: %v", err)
	}
}

// command returns a WASI command with that memory section, which does body.
func command(memory, body string) []byte {
	return []byte("\x00asm\x01\x00\x00\x00" +
		"\x01\x08\x02\x60\x00\x00\x60\x01\x7f\x00" + // types: func(), func(i32)
		"\x02\x24\x01\x16wasi_snapshot_preview1\x09proc_exit\x00\x01" +
		"\x03\x02\x01\x00" +
		"\x05" + string(rune(len(memory))) + memory +
		"\x07\x13\x02\x06_start\x00\x01\x06memory\x02\x00" +
		"\x0a" + string(rune(len(body)+4)) + "\x01" + string(rune(len(body)+2)) + "\x00" + body + "\x0b")
}

func TestExecutor_smallGuests(t *testing.T) {
	const onePage = "\x01\x00\x01"
	modules := shelf{}
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for name, c := range map[string]struct {
		file []byte
		end  execution.End
		code int
	}{
		"returns":           {command(onePage, ""), execution.Succeeded, 0},
		"traps":             {command(onePage, "\x00"), execution.Failed, 134},
		"exits with 7":      {command(onePage, "\x41\x07\x10\x00"), execution.Failed, 7},
		"exits with -1":     {command(onePage, "\x41\x7f\x10\x00"), execution.Failed, 255},
		"exits with 256":    {command(onePage, "\x41\x80\x02\x10\x00"), execution.Failed, 255},
		"begins with 4 GiB": {command("\x01\x00\x80\x80\x04", ""), execution.OutOfMemory, 137},
	} {
		t.Run(name, func(t *testing.T) {
			spec := lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(c.file), Resources: lilypad.Resources{RAMMB: 64}}
			o := executiontest.Wait(t, e, executiontest.Start(t, e, executiontest.Job(t, spec)))
			if o.End != c.end || o.ExitCode != c.code {
				t.Errorf("ended %s with %d (%s), want %s with %d", o.End, o.ExitCode, o.Reason, c.end, c.code)
			}
		})
	}
}

// renumbers is a command that opens a file, moves it to each of the numbers, and
// exits with what the last move returned.
func renumbers(to ...int32) []byte {
	const wasi, fd, name = "wasi_snapshot_preview1", 0, 8
	from := asm.Code(asm.I32(fd), asm.Load(0))
	code := asm.Code(asm.I32(4), asm.I32(0), asm.I32(name), asm.I32(1), asm.I32(1), asm.I64(-1), asm.I64(-1), asm.I32(0), asm.I32(fd), asm.Call(0))
	for _, n := range to {
		code = asm.Code(code, asm.Drop, from, asm.I32(n), asm.Call(1))
		from = asm.I32(n)
	}
	return asm.Module{
		Imports: []asm.Import{{Module: wasi, Name: "path_open", Type: "iiiiillii>i"}, {Module: wasi, Name: "fd_renumber", Type: "ii>i"}, {Module: wasi, Name: "proc_exit", Type: "i>"}},
		Funcs:   []asm.Func{{Export: "_start", Type: ">", Body: asm.Code(code, asm.Call(2))}},
		Memory:  asm.Limits(1, 1),
		Data:    []asm.Data{{At: name, Bytes: []byte("x")}},
	}.Bytes()
}

// What a guest calls its files takes the host's memory up to the largest number.
func TestExecutor_boundsFileNumbers(t *testing.T) {
	modules := shelf{}
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	const badFile = 8
	for name, c := range map[string]struct {
		to   []int32
		want int
	}{
		"the next":              {[]int32{5}, 0},
		"the last and back":     {[]int32{1023, 7}, 0},
		"one too many":          {[]int32{1024}, badFile},
		"as many as a GB takes": {[]int32{1 << 27}, badFile},
		"a negative one":        {[]int32{-1}, badFile},
		"of no file":            {[]int32{1024, 7}, badFile},
	} {
		t.Run(name, func(t *testing.T) {
			job := executiontest.Job(t, lilypad.Spec{
				Engine: lilypad.EngineWasm, Wasm: modules.add(renumbers(c.to...)), Resources: lilypad.Resources{RAMMB: 1, DiskMB: 1},
				Outputs: []lilypad.Output{{Name: "o", Path: "/o"}},
			})
			o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
			if o.ExitCode != c.want {
				t.Errorf("fd_renumber to %d returns %d, want %d: %s", c.to, o.ExitCode, c.want, executiontest.Text(t, job, "stderr"))
			}
		})
	}
}

// What only this host does to a file must not come to be how its job ends.
func TestExecutor_refusesWhatTheHostCannotServe(t *testing.T) {
	table := jobrun.NewTable(jobrun.Limits{})
	defer table.Close()
	for errno, want := range map[syscall.Errno]execution.End{
		syscall.ENOSPC: execution.Refused,
		syscall.EDQUOT: execution.Refused,
		syscall.EIO:    execution.Refused,
		syscall.EMFILE: execution.Refused,
		syscall.ENOENT: execution.Failed,
		syscall.EEXIST: execution.Failed,
	} {
		h, err := table.Start(executiontest.Job(t, lilypad.Spec{}), func(_ context.Context, r *jobrun.Run) (jobrun.Exit, error) {
			if wasm.Errno(r, &os.PathError{Op: "write", Path: "x", Err: errno}) == 0 {
				t.Errorf("the guest does not hear of %v", errno)
			}
			return jobrun.Exit{Code: 1}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if o, err := table.Wait(t.Context(), h); err != nil || o.End != want {
			t.Errorf("a job whose file has the error %q ended %+v, %v; want %s", errno, o, err, want)
		}
	}
}

func FuzzInitial(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x04\x04\x01\x70\x00\x05"))
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x04\x08\x02\x70\x01\x05\x06\x70\x00\x07"))
	f.Fuzz(func(t *testing.T, file []byte) {
		wasm.TableEntries(file)
		wasm.MemoryPages(file)
	})
}

func TestInitial_tables(t *testing.T) {
	for file, want := range map[string]uint64{
		"":                        0,
		"\x00asm\x01\x00\x00\x00": 0,
		"\x00asm\x01\x00\x00\x00\x04\x04\x01\x70\x00\x05":                 5,
		"\x00asm\x01\x00\x00\x00\x04\x08\x02\x70\x01\x05\x06\x70\x00\x07": 12,
		"\x00asm\x01\x00\x00\x00\x01\x01\x00\x04\x05\x01\x70\x00\x80\x01": 128,
	} {
		if got := wasm.TableEntries([]byte(file)); got != want {
			t.Errorf("%q has %d entries, want %d", file, got, want)
		}
	}
}
