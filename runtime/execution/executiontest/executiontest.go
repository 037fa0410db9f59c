package executiontest

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// Subject is an engine under test.
type Subject struct {
	// New opens the executor with Limits. A second one in the same test is the
	// same engine after a restart of the node. It closes itself with the test.
	New func(t *testing.T) execution.Executor
	// Spec is a spec that takes these steps; see noop for their words.
	Spec func(steps ...string) lilypad.Spec
	// Survives tells that a running job outlives its node.
	Survives bool
	// NoModels tells that jobs with models are refused.
	NoModels bool
}

// Limits are small enough to be hit in a test.
var Limits = jobrun.Limits{LogBytes: 64 << 10, Files: 100, DiskMB: 2, RAMMB: 128, Timeout: 60}

// Run tests the contract.
func Run(t *testing.T, s Subject) {
	for name, test := range map[string]func(*testing.T, Subject){
		"succeeds":                       succeeds,
		"reports the exit code":          fails,
		"hands inputs in, outputs out":   filesInAndOut,
		"starts in a clean folder":       startsClean,
		"ends at its time limit":         timesOut,
		"is stopped":                     stops,
		"streams its log":                streams,
		"outlasts an impatient waiter":   waitCancelled,
		"is found after a restart":       recovers,
		"is reaped when nobody keeps it": reaps,
		"refuses bad jobs":               refuses,
		"reads its models":               models,
		"cannot change its models":       modelsStay,
		"refuses bad models":             refusesModels,
		"runs many at once":              concurrent,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

var serial atomic.Uint64

// Job returns a job with an id of its own and an empty inputs folder.
func Job(t *testing.T, spec lilypad.Spec) execution.Job {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "inputs"), 0o755); err != nil {
		t.Fatal(err)
	}
	id := "test-" + strconv.Itoa(os.Getpid()) + "-" + strconv.FormatUint(serial.Add(1), 10)
	return execution.Job{ID: id, Spec: spec, Dir: dir, Seed: lilypad.Keccak256([]byte("seed"))}
}

// Start starts a job, or ends the test.
func Start(t *testing.T, e execution.Executor, job execution.Job) execution.Handle {
	t.Helper()
	h, err := e.Start(t.Context(), job)
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	return h
}

// Wait waits for a job's end, or ends the test after a minute.
func Wait(t *testing.T, e execution.Executor, h execution.Handle) execution.Outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	o, err := e.Wait(ctx, h)
	if err != nil {
		t.Fatalf("wait: %v", err)
	}
	return o
}

// Text reads a file of the job's folder.
func Text(t *testing.T, job execution.Job, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(job.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func check[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func succeeds(t *testing.T, s Subject) {
	e, job := s.New(t), Job(t, s.Spec("print:moo", "warn:careful"))
	h := Start(t, e, job)
	o := Wait(t, e, h)
	check(t, "end", o.End, execution.Succeeded)
	check(t, "stdout", Text(t, job, "stdout"), "moo\n")
	check(t, "stderr", Text(t, job, "stderr"), "careful\n")
	check(t, "exitCode", Text(t, job, "exitCode"), "0")
	check(t, "second wait", Wait(t, e, h), o)
}

func fails(t *testing.T, s Subject) {
	e, job := s.New(t), Job(t, s.Spec("print:before", "exit:3", "print:after"))
	o := Wait(t, e, Start(t, e, job))
	check(t, "end", o.End, execution.Failed)
	check(t, "exit code", o.ExitCode, 3)
	check(t, "exitCode", Text(t, job, "exitCode"), "3")
	check(t, "stdout", Text(t, job, "stdout"), "before\n")
}

func outputs(spec lilypad.Spec) lilypad.Spec {
	spec.Outputs = []lilypad.Output{{Name: "outputs", Path: "/outputs"}, {Name: "side", Path: "/side/results"}}
	return spec
}

func filesInAndOut(t *testing.T, s Subject) {
	e := s.New(t)
	job := Job(t, outputs(s.Spec("copy:/inputs/deep/in.txt=/outputs/sub/out.txt", "write:/side/results/b=bee")))
	in := filepath.Join(job.Dir, "inputs", "deep")
	if err := os.MkdirAll(in, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(in, "in.txt"), []byte("carried"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := Wait(t, e, Start(t, e, job))
	check(t, "end", o.End, execution.Succeeded)
	check(t, "stderr", Text(t, job, "stderr"), "")
	check(t, "outputs", Text(t, job, "outputs/outputs/sub/out.txt"), "carried")
	check(t, "side", Text(t, job, "outputs/side/b"), "bee")
}

func startsClean(t *testing.T, s Subject) {
	e, job := s.New(t), Job(t, outputs(s.Spec("write:/outputs/old=1", "exit:1")))
	Wait(t, e, Start(t, e, job))
	job.Spec = outputs(s.Spec("print:again"))
	o := Wait(t, e, Start(t, e, job))
	check(t, "end", o.End, execution.Succeeded)
	check(t, "stdout", Text(t, job, "stdout"), "again\n")
	if _, err := os.Stat(filepath.Join(job.Dir, "outputs/outputs/old")); err == nil {
		t.Error("a file of the first run is still there")
	}
}

func timesOut(t *testing.T, s Subject) {
	spec := s.Spec("print:begun", "wait")
	spec.Timeout = 1
	e, job := s.New(t), Job(t, spec)
	o := Wait(t, e, Start(t, e, job))
	check(t, "end", o.End, execution.TimedOut)
	check(t, "exitCode", Text(t, job, "exitCode"), "124")
	check(t, "stdout", Text(t, job, "stdout"), "begun\n")
}

func stops(t *testing.T, s Subject) {
	e, job := s.New(t), Job(t, s.Spec("wait"))
	h := Start(t, e, job)
	for range 2 {
		if err := e.Stop(t.Context(), h); err != nil {
			t.Fatalf("stop: %v", err)
		}
	}
	check(t, "end", Wait(t, e, h).End, execution.Cancelled)
	if err := e.Stop(t.Context(), h); err != nil {
		t.Errorf("stop after the end: %v", err)
	}
}

func streams(t *testing.T, s Subject) {
	e, job := s.New(t), Job(t, s.Spec("print:early", "warn:bird", "wait"))
	h := Start(t, e, job)
	stdout, stderr := newWatch("early\n"), newWatch("bird\n")
	logs := make(chan error, 1)
	go func() { logs <- e.Logs(t.Context(), h, stdout, stderr) }()
	for _, w := range []*watch{stdout, stderr} {
		select {
		case <-w.seen:
		case <-time.After(20 * time.Second):
			t.Fatalf("log never showed %q", w.want)
		}
	}
	if err := e.Stop(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if err := <-logs; err != nil {
		t.Errorf("logs: %v", err)
	}
	Wait(t, e, h)
	var after strings.Builder
	if err := e.Logs(t.Context(), h, &after, &strings.Builder{}); err != nil {
		t.Fatal(err)
	}
	check(t, "log after the end", after.String(), "early\n")
}

// watch closes seen when what was written begins with want.
type watch struct {
	want string
	seen chan struct{}
	once sync.Once
	text strings.Builder
}

func newWatch(want string) *watch { return &watch{want: want, seen: make(chan struct{})} }

func (w *watch) Write(p []byte) (int, error) {
	w.text.Write(p)
	if strings.HasPrefix(w.text.String(), w.want) {
		w.once.Do(func() { close(w.seen) })
	}
	return len(p), nil
}

func waitCancelled(t *testing.T, s Subject) {
	e, job := s.New(t), Job(t, s.Spec("wait"))
	h := Start(t, e, job)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := e.Wait(ctx, h); ctx.Err() == nil || err == nil {
		t.Fatalf("wait ended before its context: %v", err)
	}
	if err := e.Recover(t.Context(), h); err != nil {
		t.Errorf("the job ended with its waiter: %v", err)
	}
	if err := e.Stop(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	Wait(t, e, h)
}

func recovers(t *testing.T, s Subject) {
	first, second := s.New(t), s.New(t)
	ended := Job(t, s.Spec("print:done"))
	h := Start(t, first, ended)
	want := Wait(t, first, h)
	if err := second.Recover(t.Context(), h); err != nil {
		t.Fatalf("recover an ended job: %v", err)
	}
	check(t, "outcome", Wait(t, second, h), want)

	absent := jobrun.HandleOf(Job(t, s.Spec()))
	check(t, "never started", lilypad.CodeOf(second.Recover(t.Context(), absent)), lilypad.NotFound)
	_, err := second.Wait(t.Context(), absent)
	check(t, "never started, wait", lilypad.CodeOf(err), lilypad.NotFound)

	running := Job(t, s.Spec("print:begun", "wait"))
	h = Start(t, first, running)
	if closer, ok := first.(interface{ Close() error }); ok {
		if err := closer.Close(); err != nil {
			t.Fatal(err)
		}
	} else {
		t.Fatal("an executor must have Close() error")
	}
	err = second.Recover(t.Context(), h)
	if !s.Survives {
		check(t, "died with its node", lilypad.CodeOf(err), lilypad.NotFound)
		return
	}
	if err != nil {
		t.Fatalf("recover a running job: %v", err)
	}
	begun, logs := newWatch("begun\n"), make(chan error, 1)
	go func() { logs <- second.Logs(t.Context(), h, begun, io.Discard) }()
	select {
	case <-begun.seen:
	case <-time.After(20 * time.Second):
		t.Fatalf("log never showed %q", begun.want)
	}
	if err := second.Stop(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if err := <-logs; err != nil {
		t.Errorf("logs: %v", err)
	}
	check(t, "end", Wait(t, second, h).End, execution.Cancelled)
	check(t, "stdout", Text(t, running, "stdout"), "begun\n")
}

func reaps(t *testing.T, s Subject) {
	e := s.New(t)
	kept, lost := Start(t, e, Job(t, s.Spec("wait"))), Start(t, e, Job(t, s.Spec("wait")))
	n, err := e.Reap(t.Context(), []execution.Handle{kept})
	if err != nil || n != 1 {
		t.Fatalf("reap = %d, %v; want 1", n, err)
	}
	if _, err := e.Wait(t.Context(), lost); err != nil && lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("wait for the reaped job: %v", err)
	}
	if err := e.Recover(t.Context(), kept); err != nil {
		t.Errorf("the kept job is gone: %v", err)
	}
	if n, err := e.Reap(t.Context(), nil); err != nil || n != 1 {
		t.Errorf("second reap = %d, %v; want 1", n, err)
	}
}

func refuses(t *testing.T, s Subject) {
	e := s.New(t)
	for name, spoil := range map[string]func(*execution.Job){
		"engine":             func(j *execution.Job) { j.Spec.Engine = "cobol" },
		"job id":             func(j *execution.Job) { j.ID = "../up" },
		"relative folder":    func(j *execution.Job) { j.Dir = "here" },
		"no inputs folder":   func(j *execution.Job) { j.Dir = filepath.Join(j.Dir, "inputs") },
		"environment":        func(j *execution.Job) { j.Spec.Env = []string{"=x"} },
		"zero byte":          func(j *execution.Job) { j.Spec.Args = []string{"a\x00b"} },
		"long arguments":     func(j *execution.Job) { j.Spec.Args = []string{strings.Repeat("a", 200_000)} },
		"output name":        func(j *execution.Job) { j.Spec.Outputs = []lilypad.Output{{Name: "..", Path: "/o"}} },
		"control in name":    func(j *execution.Job) { j.Spec.Outputs = []lilypad.Output{{Name: "a\n", Path: "/o"}} },
		"output at root":     func(j *execution.Job) { j.Spec.Outputs = []lilypad.Output{{Name: "o", Path: "/"}} },
		"output climbs":      func(j *execution.Job) { j.Spec.Outputs = []lilypad.Output{{Name: "o", Path: "/o/../etc"}} },
		"output over system": func(j *execution.Job) { j.Spec.Outputs = []lilypad.Output{{Name: "o", Path: "/proc/x"}} },
		"nested outputs": func(j *execution.Job) {
			j.Spec.Outputs = []lilypad.Output{{Name: "a", Path: "/o"}, {Name: "b", Path: "/o/b"}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			job := Job(t, s.Spec("print:no"))
			spoil(&job)
			_, err := e.Start(t.Context(), job)
			check(t, "code", lilypad.CodeOf(err), lilypad.Invalid)
		})
	}
	t.Run("twice", func(t *testing.T) {
		job := Job(t, s.Spec("wait"))
		h := Start(t, e, job)
		_, err := e.Start(t.Context(), job)
		check(t, "code", lilypad.CodeOf(err), lilypad.Conflict)
		if err := e.Stop(t.Context(), h); err != nil {
			t.Fatal(err)
		}
		Wait(t, e, h)
	})
}

func concurrent(t *testing.T, s Subject) {
	e := s.New(t)
	var all sync.WaitGroup
	for i := range 8 {
		job := Job(t, outputs(s.Spec("write:/outputs/n="+strconv.Itoa(i), "exit:"+strconv.Itoa(i))))
		all.Go(func() {
			h, err := e.Start(t.Context(), job)
			if err != nil {
				t.Error(err)
				return
			}
			o, err := e.Wait(t.Context(), h)
			if err != nil || o.ExitCode != i {
				t.Errorf("job %d ended with %d, %v", i, o.ExitCode, err)
			}
			b, err := os.ReadFile(filepath.Join(job.Dir, "outputs/outputs/n"))
			if string(b) != strconv.Itoa(i) {
				t.Errorf("job %d left %q, %v", i, b, err)
			}
		})
	}
	all.Wait()
}
