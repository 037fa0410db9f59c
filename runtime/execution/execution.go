package execution

import (
	"context"
	"io"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/bisection"
)

// Executor runs jobs of one engine. Safe for concurrent use. Whoever opened it
// closes it; jobs that can outlive the node then run on.
type Executor interface {
	// Fingerprint tells what this machine can run with the engine.
	// Unavailable, with a remedy, when the engine does not answer.
	Fingerprint(ctx context.Context) (Fingerprint, error)
	// Start begins the job and returns once it runs. Job.Dir must hold inputs/,
	// and the job's models where ModelFile says, which it can only read; the
	// executor fills outputs/<name>/, stdout, stderr and exitCode in it, and
	// first removes what an earlier run of the job left there. To fetch or
	// compile the module takes no part of the job's time.
	// Invalid for a spec that it will not run, naming the rule; Conflict when
	// the job runs already.
	Start(ctx context.Context, job Job) (Handle, error)
	// Wait blocks until the job has ended and its files are in Job.Dir. A
	// cancelled ctx stops the waiting, not the job. May be called again.
	// Unavailable for a job that the engine lost, or that somebody else ended in
	// it: Recover tells whether it runs on or may be started again.
	Wait(ctx context.Context, h Handle) (Outcome, error)
	// Stop tells the job to end, gently first, and does not wait for it; Wait
	// then reports Cancelled. To stop an ended job is no error.
	Stop(ctx context.Context, h Handle) error
	// Logs copies what the job prints to the two writers until it ends.
	Logs(ctx context.Context, h Handle, stdout, stderr io.Writer) error
	// Recover takes a job back after a restart of the node, also one that ended
	// meanwhile. NotFound when it is gone: the job may be started again.
	Recover(ctx context.Context, h Handle) error
	// Reap ends and removes whatever this executor has on the machine for jobs
	// whose handle is not in keep. It returns how many those were. No Start may
	// run meanwhile: its job would be an orphan.
	Reap(ctx context.Context, keep []Handle) (int, error)
}

// haltWithin is how long Halt waits: more than an engine's grace.
const haltWithin = 30 * time.Second

// Halt stops a job whose files nobody wants and waits until it runs no more, so
// that its folder and devices can be another's. The end of ctx does not keep it
// from that, nor does a job that is gone. The error of the executor, or
// context.DeadlineExceeded when the job does not end within 30 s.
func Halt(ctx context.Context, x Executor, h Handle) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), haltWithin)
	defer stop()
	err := x.Recover(ctx, h) // it may not have been taken back yet
	if err == nil {
		err = x.Stop(ctx, h)
	}
	if err == nil {
		_, err = x.Wait(ctx, h)
	}
	if lilypad.CodeOf(err) == lilypad.NotFound {
		return nil
	}
	return err
}

// Checker is an executor that can tell beforehand whether it would run a spec,
// so that a provider need not risk its stake to find out.
type Checker interface {
	// Check returns Invalid or NotFound, naming the rule, for a spec that Start
	// would refuse on this machine.
	Check(ctx context.Context, spec lilypad.Spec) error
}

// Stepper is an executor whose jobs may run in steps, so that a doubt about a
// result is settled by one of them.
type Stepper interface {
	// Steps calls use with the steps of a job, whose folder it fills and empties
	// as Start does. Invalid for a module that does not run in steps, Exhausted
	// for a job that passes its limits; else what Start and use return.
	Steps(ctx context.Context, job Job, use func(context.Context, bisection.Program) error) error
}

// Fetcher is an executor that can have an image brought to its machine before a
// job needs it.
type Fetcher interface {
	// Fetch returns when the image is there. Its owner asked for it, so it is
	// brought even where strangers' jobs may have none brought.
	Fetch(ctx context.Context, image string) error
}

// Job is one run of a spec.
type Job struct {
	ID      string // unique on this machine, such as a deal id; [a-z0-9-]
	Spec    lilypad.Spec
	Dir     string       // the job's own folder on the host
	Devices []string     // GPU UUIDs given to it, exclusively
	Seed    lilypad.Hash // of the deterministic clock and random source, where the engine has them
}

// Handle finds a job again; it is stored as text.
type Handle string

// Fingerprint is what an executor found on the machine.
type Fingerprint struct {
	Engine   lilypad.Engine    `json:"engine"`
	Version  string            `json:"version"`
	Capacity lilypad.Resources `json:"capacity"`
	GPUs     []GPU             `json:"gpus,omitempty"`
	ID       string            `json:"id,omitempty"` // which engine it is; empty: it does not tell
}

// GPU is one device.
type GPU struct {
	UUID   string `json:"uuid"`
	Model  string `json:"model"`
	VRAMMB uint32 `json:"vram_mb"`
	Driver string `json:"driver"`
	// Nodes are the files by which a container gets it; none: the engine knows.
	Nodes []string `json:"nodes,omitempty"`
}

// Outcome tells how a job ended.
type Outcome struct {
	End      End    `json:"end"`
	ExitCode int    `json:"exit_code"`
	WallMS   uint64 `json:"wall_ms"`
	Reason   string `json:"reason,omitempty"` // for people; set for Refused, and for a Failed job that passed a limit
}

// End is the way a job ended.
type End string

const (
	Succeeded   End = "succeeded"     // exit code 0
	Failed      End = "failed"        // another exit code; 153: it passed a limit on its log or outputs, and keeps only stderr
	OutOfMemory End = "out of memory" // hit its memory limit
	TimedOut    End = "timed out"     // hit Spec.Timeout
	Cancelled   End = "cancelled"     // stopped by Stop
	Refused     End = "refused"       // the executor broke it off for the host's sake or by its fault
)
