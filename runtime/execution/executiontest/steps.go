package executiontest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// FakeStepper takes every job for the same small program, which prints and
// stirs its memory a thousand times.
type FakeStepper struct {
	execution.Executor        // for what is not run in steps; may be nil
	Lie                uint64 // the step that it runs wrongly; zero: none
	Ran                func() // called for each step; may be nil
}

// FakeSteps is how many steps the program has.
const FakeSteps = 1000

const fakeStdout = "moo\n"

var _ execution.Stepper = (*FakeStepper)(nil)

// Steps implements [execution.Stepper].
func (f *FakeStepper) Steps(ctx context.Context, job execution.Job, use func(context.Context, bisection.Program) error) error {
	return use(ctx, fakeProgram{f, job.Seed})
}

// Result stores what a job with that seed leaves behind, as it was run here.
func (f *FakeStepper) Result(t testing.TB, store storage.Store, seed lilypad.Hash) lilypad.Outputs {
	t.Helper()
	trace, _, err := bisection.Run(t.Context(), fakeProgram{f, seed})
	if err != nil {
		t.Fatal(err)
	}
	return FakeResult(t, store, trace.Commit().Trace, fakeStdout)
}

// FakeResult stores the result of a job that printed stdout, with a trace that
// need not fit.
func FakeResult(t testing.TB, store storage.Store, trace lilypad.Hash, stdout string) lilypad.Outputs {
	t.Helper()
	files := []storage.Entry{
		storage.Bytes("stdout", []byte(stdout)), storage.Bytes("exitCode", []byte("0")), storage.Bytes("trace", []byte(trace.String())),
	}
	plain, size, err := storage.PutFiles(t.Context(), store, files)
	if err != nil {
		t.Fatal(err)
	}
	return lilypad.Outputs{Plain: plain, Blob: plain, Size: size, Status: lilypad.StatusSucceeded}
}

type fakeProgram struct {
	*FakeStepper
	seed lilypad.Hash
}

func (p fakeProgram) Genesis(context.Context) (*bisection.State, error) {
	s := &bisection.State{Bytes: make([]byte, bisection.WasmPage)}
	s.Pages = 1
	copy(s.Bytes, p.seed[:])
	return s, nil
}

func (p fakeProgram) Step(_ context.Context, s *bisection.State) error {
	if p.Ran != nil {
		p.Ran()
	}
	s.Step++
	s.Fuel += 10
	if s.Step == FakeSteps {
		s.Ended, s.Bytes, s.Pages = true, nil, 0
		s.Output = bisection.Result{Stdout: sha256.Sum256([]byte(fakeStdout))}.Hash()
		return nil
	}
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(s.Bytes[:32:32], s.Step))
	copy(s.Bytes, sum[:])
	if s.Step == p.Lie {
		s.Bytes[4096]++
	}
	return nil
}
