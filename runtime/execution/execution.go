package execution

import (
	"context"
	"io"

	"github.com/lilypad-network/lilypad"
)

// Executor runs jobs of one engine. Safe for concurrent use. Whoever opened it
// closes it; jobs that can outlive the node then run on.
type Executor interface {
	// Fingerprint tells what this machine can run with the engine.
	// Unavailable, with a remedy, when the engine does not answer.
	Fingerprint(ctx context.Context) (Fingerprint, error)
	// Start begins the job and returns once it runs. Job.Dir must hold inputs/;
	// the executor fills outputs/<name>/, stdout, stderr and exitCode in it, and
	// first removes what an earlier run of the job left there. To fetch or
	// compile the module takes no part of the job's time.
	// Invalid for a spec that it will not run, naming the rule; Conflict when
	// the job runs already.
	Start(ctx context.Context, job Job) (Handle, error)
	// Wait blocks until the job has ended and its files are in Job.Dir. A
	// cancelled ctx stops the waiting, not the job. May be called again.
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

// Checker is an executor that can tell beforehand whether it would run a spec,
// so that a provider need not risk its stake to find out.
type Checker interface {
	// Check returns Invalid or NotFound, naming the rule, for a spec that Start
	// would refuse on this machine.
	Check(ctx context.Context, spec lilypad.Spec) error
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
}

// GPU is one device.
type GPU struct {
	UUID   string `json:"uuid"`
	Model  string `json:"model"`
	VRAMMB uint32 `json:"vram_mb"`
	Driver string `json:"driver"`
}

// Outcome tells how a job ended.
type Outcome struct {
	End      End    `json:"end"`
	ExitCode int    `json:"exit_code"`
	WallMS   uint64 `json:"wall_ms"`
	Reason   string `json:"reason,omitempty"` // for people; for Refused always set
}

// End is the way a job ended.
type End string

const (
	Succeeded   End = "succeeded"     // exit code 0
	Failed      End = "failed"        // another exit code
	OutOfMemory End = "out of memory" // hit its memory limit
	TimedOut    End = "timed out"     // hit Spec.Timeout
	Cancelled   End = "cancelled"     // stopped by Stop
	Refused     End = "refused"       // the executor broke it off: a limit on output, the host's own fault
)
