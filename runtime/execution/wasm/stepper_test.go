package wasm_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	asm "github.com/lilypad-network/lilypad/internal/wasmasm"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// big is a job of more than a thousand steps and a billion units of fuel.
func big(t *testing.T) execution.Job {
	t.Helper()
	return executiontest.Job(t, lilypad.Spec{
		Engine: lilypad.EngineWasm, Wasm: catalogWasm(t, "render"), Resources: lilypad.Resources{RAMMB: 256},
		Entrypoint: []string{"/render", "-width", "12", "-height", "1024", "-samples", "4", "-scene", "spheres"},
		Outputs:    []lilypad.Output{{Name: "outputs", Path: "/outputs"}},
	})
}

func catalogWasm(t *testing.T, name string) lilypad.Hash {
	t.Helper()
	entry, err := catalog.Lookup(name, "")
	if err != nil {
		t.Fatal(err)
	}
	return entry.Wasm
}

func open(t *testing.T) *wasm.Executor {
	t.Helper()
	e, err := wasm.New(t.Context(), wasm.Config{Modules: wasm.ModulesFunc(catalog.Wasm), CacheDir: cache})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// liar is a fake program that goes wrong in one step and honestly on from there.
type liar struct {
	bisection.Program
	step uint64
}

func (l liar) Step(ctx context.Context, s *bisection.State) error {
	err := l.Program.Step(ctx, s)
	if s.Step == l.step && err == nil && !s.Ended {
		s.Bytes[len(s.Bytes)/2] ^= 1
	}
	return err
}

// programs opens one program of the same job for each of three: two parties
// and the referee, none of whom sees another's folder.
func programs(t *testing.T, use func(ctx context.Context, m [3]bisection.Program) error) {
	t.Helper()
	e := open(t)
	var list [3]bisection.Program
	var next func(ctx context.Context, i int) error
	next = func(ctx context.Context, i int) error {
		if i == len(list) {
			return use(ctx, list)
		}
		job := big(t)
		job.ID = string(rune('a' + i))
		return e.Steps(ctx, job, func(ctx context.Context, m bisection.Program) error {
			list[i] = m
			return next(ctx, i+1)
		})
	}
	if err := next(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
}

// One step of a job of a thousand steps and a billion units of fuel shows who
// is wrong. The log has what docs/bisection.md says it costs.
func TestStepper_refutesAResultByOneStep(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs billions of units of fuel")
	}
	programs(t, func(ctx context.Context, m [3]bisection.Program) error {
		began := time.Now()
		honest, last, err := bisection.Run(ctx, m[0])
		if err != nil {
			return err
		}
		whole := time.Since(began)
		if last.Step < 1000 || last.Fuel < 1_000_000_000 {
			t.Errorf("%d steps and %d fuel: the job is too small", last.Step, last.Fuel)
		}
		const at = 777
		cheat := liar{m[1], at}
		lied, _, err := bisection.Run(ctx, cheat)
		if err != nil {
			return err
		}
		game, sent := bisection.NewGame([2]bisection.Claim{}, bisection.Limits{}), 0
		var judging time.Duration
		parties := [2]bisection.Player{{Program: m[0], Trace: honest}, {Program: cheat, Trace: lied}}
		for !game.Over() {
			q := game.Ask()
			for _, p := range q.Of {
				b, err := parties[p].Answer(ctx, q)
				if err != nil {
					return err
				}
				sent += len(b)
				game.Hear(p, b)
			}
			began := time.Now()
			if err := game.Judge(ctx, m[2]); err != nil {
				return err
			}
			judging = max(judging, time.Since(began))
		}
		if wrong := game.Wrong(); wrong[0] != nil || wrong[1] == nil || game.Step() != at || game.Rounds() > 12 {
			t.Errorf("led to step %d in %d rounds, wrong are %v; want step %d, at most 12 rounds, the second", game.Step(), game.Rounds(), wrong, at)
		}
		proof, found := game.Proof(1)
		proof, err = bisection.ParseProof(proof.Bytes(), bisection.Limits{})
		if err != nil {
			return err
		}
		if f, err := proof.Check(ctx, m[2], bisection.Claim{Trace: lied.Commit().Trace}); err != nil || f != found || f.Steps != last.Step {
			t.Errorf("the proof shows %+v, the game found %+v: %v", f, found, err)
		}
		t.Logf("%d steps, %d fuel: a proof of %d bytes", last.Step, last.Fuel, len(proof.Bytes()))
		t.Logf("%d steps, %d fuel: %d rounds, %d bytes; run and recorded in %v, judged in %v",
			last.Step, last.Fuel, game.Rounds(), sent, whole, judging)
		return nil
	})
}

// reactor returns a stepper whose step does body, with "hi" to write.
func reactor(body string) []byte {
	section := func(id byte, content string) string { return string([]byte{id, byte(len(content))}) + content }
	const data = "\x41\x08\x0b\x0a\x10\x00\x00\x00\x02\x00\x00\x00hi" // at 8: where and how long it is, and it
	return []byte("\x00asm\x01\x00\x00\x00" +
		section(1, "\x03\x60\x01\x7f\x00\x60\x04\x7f\x7f\x7f\x7f\x01\x7f\x60\x00\x01\x7f") +
		section(2, "\x02\x16wasi_snapshot_preview1\x09proc_exit\x00\x00\x16wasi_snapshot_preview1\x08fd_write\x00\x01") +
		section(3, "\x01\x02") +
		section(5, "\x01\x00\x01") +
		section(7, "\x02\x0clilypad_step\x00\x02\x06memory\x02\x00") +
		section(10, "\x01"+string([]byte{byte(len(body) + 2)})+"\x00"+body+"\x0b") +
		section(11, "\x01\x00"+data))
}

func TestExecutor_smallSteppers(t *testing.T) {
	const hi = "\x41\x01\x41\x08\x41\x01\x41\x00\x10\x01\x1a" // fd_write(1, 8, 1, 0)
	modules := shelf{}
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for name, c := range map[string]struct {
		body           string
		end            execution.End
		code           int
		stdout, stderr string
	}{
		"ends":                {"\x41\x01", execution.Succeeded, 0, "", ""},
		"writes last":         {hi + "\x41\x01", execution.Succeeded, 0, "hi", ""},
		"writes early":        {hi + "\x41\x00", execution.Failed, 134, "hi", "step 2: it wrote, and was not the last"},
		"returns 2":           {"\x41\x02", execution.Failed, 134, "", "lilypad_step returned 2"},
		"traps":               {"\x00", execution.Failed, 134, "", "step 2"},
		"exits with 7":        {"\x41\x07\x10\x00\x00", execution.Failed, 7, "", ""},
		"calls itself":        {"\x10\x02", execution.Failed, 134, "", "used up the stack"},
		"asks for too much":   {"\x03\x40\x41\x80\x80\x02\x40\x00\x1a\x0c\x00\x0b\x41\x00", execution.Failed, 134, "", "spent the fuel of one step"},
		"counts what is left": {"\x41\x00\x41\x00\x28\x02\x00\x41\x01\x6a\x36\x02\x00\x41\x00\x28\x02\x00\x41\x05\x46", execution.Succeeded, 0, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var traces [2]string
			for i := range traces {
				job := executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(reactor(c.body)), Resources: lilypad.Resources{RAMMB: 64}})
				o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
				stdout, stderr := executiontest.Text(t, job, "stdout"), executiontest.Text(t, job, "stderr")
				if o.End != c.end || o.ExitCode != c.code || stdout != c.stdout || !strings.Contains(stderr, c.stderr) {
					t.Errorf("ended %s with %d, %q, %q (%s); want %s with %d, %q, %q", o.End, o.ExitCode, stdout, stderr, o.Reason, c.end, c.code, c.stdout, c.stderr)
				}
				traces[i] = executiontest.Text(t, job, "trace")
			}
			if len(traces[0]) != 66 || traces[0] != traces[1] {
				t.Errorf("the same job left traces %q", traces)
			}
		})
	}
}

// training is a job of a few steps with files.
func training(t *testing.T) execution.Job {
	t.Helper()
	job := executiontest.Job(t, lilypad.Spec{
		Engine: lilypad.EngineWasm, Wasm: catalogWasm(t, "train"), Entrypoint: []string{"/train", "-epochs", "2"},
		Outputs: []lilypad.Output{{Name: "outputs", Path: "/outputs"}},
	})
	rows := []byte("x,c\n" + strings.Repeat("1,a\n2,b\n", 10))
	if err := os.WriteFile(filepath.Join(job.Dir, "inputs", "a.csv"), rows, 0o644); err != nil {
		t.Fatal(err)
	}
	return job
}

// Who runs the last step again finds the same end, though it has written before.
func TestStepper_runsAgain(t *testing.T) {
	e, job := open(t), training(t)
	err := e.Steps(t.Context(), job, func(ctx context.Context, m bisection.Program) error {
		first, last, err := bisection.Run(ctx, m)
		if err != nil {
			return err
		}
		again, _, err := bisection.Run(ctx, m)
		if err != nil {
			return err
		}
		a, b := first.Commit(), again.Commit()
		if a.Trace != b.Trace || !last.Ended {
			t.Errorf("%d steps led to %s, then to %s", last.Step, a.Trace, b.Trace)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What an honest result claims is what its trace ends in, however the job ended.
func TestStepper_resultsClaimWhatTheirTraceEndsIn(t *testing.T) {
	modules, store := shelf{}, memory.New()
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	const hi = "\x41\x01\x41\x08\x41\x01\x41\x00\x10\x01\x1a" // fd_write(1, 8, 1, 0)
	for name, job := range map[string]execution.Job{
		"files":         training(t),
		"prints":        executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(reactor(hi + "\x41\x01")), Resources: lilypad.Resources{RAMMB: 64}}),
		"exits with 7":  executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(reactor("\x41\x07\x10\x00\x00")), Resources: lilypad.Resources{RAMMB: 64}}),
		"traps":         executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(reactor("\x00")), Resources: lilypad.Resources{RAMMB: 64}}),
		"out of memory": executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(reactor("\x41\x80\x10\x40\x00\x41\x7f\x46\x04\x40\x00\x0b\x41\x01")), Resources: lilypad.Resources{RAMMB: 1}}),
	} {
		t.Run(name, func(t *testing.T) {
			x := e
			if name == "files" {
				x = open(t)
			}
			o := executiontest.Wait(t, x, executiontest.Start(t, x, job))
			out, err := bundle.PutOutputs(t.Context(), store, job.Dir, o, lilypad.Hash{})
			if err != nil || (o.End == execution.OutOfMemory) != (name == "out of memory") {
				t.Fatalf("it %s: %v", o.End, err)
			}
			claim, err := bundle.ReadClaim(t.Context(), store, out)
			if err != nil {
				t.Fatal(err)
			}
			err = x.Steps(t.Context(), job, func(ctx context.Context, m bisection.Program) error {
				trace, last, err := bisection.Run(ctx, m)
				if err != nil {
					return err
				}
				if c := trace.Commit(); claim != (bisection.Claim{Trace: c.Trace, Output: last.Output}) {
					t.Errorf("a job that %s claims %+v, its trace is %s and ends in %s", o.End, claim, c.Trace, last.Output)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestExecutor_Steps_refusesWhatHasNoSteps(t *testing.T) {
	e := open(t)
	job := executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: catalogWasm(t, "cowsay"), Entrypoint: []string{"/cowsay"}})
	err := e.Steps(t.Context(), job, func(context.Context, bisection.Program) error { return nil })
	if lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("got %v, want invalid", err)
	}
}

// Such a job ends out of memory and leaves no trace; a dispute that is made up
// about it must not end the node.
func TestExecutor_Steps_refusesWhatBeginsWithTooMuchMemory(t *testing.T) {
	modules := shelf{}
	e, err := wasm.New(t.Context(), wasm.Config{Modules: modules})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	file := asm.Module{
		Funcs:  []asm.Func{{Export: "lilypad_step", Type: ">i", Body: asm.I32(1)}},
		Memory: asm.Limits(4096, 4096), // 256 MiB
	}.Bytes()
	job := executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineWasm, Wasm: modules.add(file), Resources: lilypad.Resources{RAMMB: 64}})
	o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
	if _, err := os.Stat(filepath.Join(job.Dir, "trace")); o.End != execution.OutOfMemory || !os.IsNotExist(err) {
		t.Errorf("it %s, its trace: %v; want out of memory and none", o.End, err)
	}
	err = e.Steps(t.Context(), job, func(ctx context.Context, m bisection.Program) error {
		_, _, err := bisection.Run(ctx, m)
		return err
	})
	if lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("got %v, want exhausted", err)
	}
}

// A guest makes a file of all its disk by one call: to hash it takes none of the
// host's memory, and no longer than the job has.
func TestStepper_hashesFilesPieceByPiece(t *testing.T) {
	const size = 64 << 20
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "x")
	if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("moo"), 0o644), os.Truncate(path, size)); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := wasm.HashFiles(t.Context(), dir, "o")
	if runtime.ReadMemStats(&after); err != nil || after.TotalAlloc-before.TotalAlloc > size/8 {
		t.Errorf("took %d bytes of memory for a file of %d: %v", after.TotalAlloc-before.TotalAlloc, size, err)
	}
	whole := make([]byte, size)
	copy(whole, "moo")
	if diff := cmp.Diff([]bisection.File{{Path: "o/a/x", Sum: sha256.Sum256(whole)}}, got); diff != "" {
		t.Error(diff)
	}
	ended, stop := context.WithCancel(t.Context())
	stop()
	if _, err := wasm.HashFiles(ended, dir, "o"); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v, want that it was cancelled", err)
	}
}

// BenchmarkStepper is what recording costs: hashing the pages that each step
// changed, beside running the steps.
func BenchmarkStepper(b *testing.B) {
	e, err := wasm.New(b.Context(), wasm.Config{Modules: wasm.ModulesFunc(catalog.Wasm), CacheDir: cache})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	entry, err := catalog.Lookup("render", "")
	if err != nil {
		b.Fatal(err)
	}
	if err := e.Prepare(b.Context(), entry.Wasm); err != nil {
		b.Fatal(err)
	}
	run := func(use func(context.Context, bisection.Program) error) func(*testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				job := execution.Job{ID: "bench", Dir: b.TempDir(), Spec: lilypad.Spec{
					Engine: lilypad.EngineWasm, Wasm: entry.Wasm, Entrypoint: []string{"/render", "-width", "64", "-height", "100"},
					Outputs: []lilypad.Output{{Name: "outputs", Path: "/outputs"}},
				}}
				if err := os.Mkdir(filepath.Join(job.Dir, "inputs"), 0o755); err != nil {
					b.Fatal(err)
				}
				if err := e.Steps(b.Context(), job, use); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	b.Run("plain", run(func(ctx context.Context, m bisection.Program) error {
		s, err := m.Genesis(ctx)
		for err == nil && !s.Ended {
			err = m.Step(ctx, s)
		}
		return err
	}))
	b.Run("recorded", run(func(ctx context.Context, m bisection.Program) error {
		_, _, err := bisection.Run(ctx, m)
		return err
	}))
}

func FuzzEmptyData(f *testing.F) {
	f.Add(reactor("\x41\x01"))
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x05\x01\x01\x02hi"))
	f.Fuzz(func(t *testing.T, file []byte) {
		once, _, err := wasm.EmptyData(file)
		if err != nil {
			return
		}
		again, _, err := wasm.EmptyData(once)
		if err != nil || string(again) != string(once) {
			t.Errorf("%x is emptied to %x, that to %x: %v", file, once, again, err)
		}
	})
}
