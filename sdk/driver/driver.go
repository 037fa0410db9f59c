package driver

import (
	"context"
	"io"
)

// Driver runs jobs of one engine. Its methods are called concurrently. When it
// has Close() error, that is called at the end; jobs may then run on.
//
// An error that is an [*Error] keeps its code and remedy; any other is Internal.
type Driver interface {
	// Fingerprint tells what can be run. Unavailable when the engine does not answer.
	Fingerprint(ctx context.Context) (Fingerprint, error)
	// Start begins the job and returns once it runs, with a handle that can be
	// stored: one line of at most 8 KiB. First it removes what an earlier run of
	// the job left. Invalid for a job that it will not run, Conflict for one
	// that runs.
	Start(ctx context.Context, job Job) (handle string, err error)
	// Wait blocks until the job has ended and its files are in Job.Dir. A
	// cancelled ctx ends the waiting, not the job. It may be called again.
	// Unavailable for a job that somebody else ended, or whose end nobody saw:
	// Recover is then asked whether it runs on or may be started again.
	Wait(ctx context.Context, handle string) (Outcome, error)
	// Stop tells the job to end, gently first, and does not wait for it. To
	// stop an ended job is no error.
	Stop(ctx context.Context, handle string) error
	// Logs copies what the job prints to the writers, from its beginning until
	// it ends.
	Logs(ctx context.Context, handle string, stdout, stderr io.Writer) error
	// Recover takes a job back after a restart, also one that ended meanwhile.
	// NotFound when it is gone.
	Recover(ctx context.Context, handle string) error
	// Reap ends and removes the jobs of Settings.Owner whose handle is not in
	// keep, and returns how many those were.
	Reap(ctx context.Context, keep []string) (int, error)
}

// Checker is a driver that can tell beforehand whether it would run a spec.
type Checker interface {
	// Check returns Invalid or NotFound for a spec that Start would refuse.
	Check(ctx context.Context, spec Spec) error
}

// Settings are the provider's rules for all jobs. A zero limit is the driver's
// to choose.
type Settings struct {
	Owner   string // marks what belongs to this node; 1 to 63 of a-z, 0-9 and -
	Network bool   // jobs that ask for the network may have it
	Pull    bool   // images may be fetched

	LogBytes int64  // of stdout, and of stderr; a job that passes a limit has Failed, with code 153 and a reason
	Files    int    // in all outputs together
	Depth    int    // folders inside one another
	DiskMB   uint32 // of all outputs together, when a spec names none
	RAMMB    uint32 // when a spec names none
	Timeout  uint32 // in seconds, when a spec names none
}

// Fingerprint is what a driver found.
type Fingerprint struct {
	Engine   string // whose specs it runs, such as docker: the name that --driver gives it
	Version  string // of what is behind the driver, on one line
	Capacity Resources
	GPUs     []GPU // as many as Capacity says
	Models   bool  // its jobs get the models of their specs; without it such jobs are not sent
}

// Resources is an amount of hardware. MB are 10⁶ bytes, CPU is in thousandths
// of a core, VRAM is per GPU.
type Resources struct{ GPUs, VRAMMB, CPUMilli, RAMMB, DiskMB uint32 }

// GPU is one device.
type GPU struct {
	UUID, Model, Driver string
	VRAMMB              uint32
}

// Spec is what a job runs.
type Spec struct {
	Engine     string
	Image      string // pinned by a digest
	Wasm       []byte // SHA-256 of a WASI command
	Entrypoint []string
	Args       []string
	Env        []string // KEY=value
	WorkDir    string
	Resources  Resources
	GPUModel   string
	GPUDriver  string // the lowest version that will do
	Network    bool
	Outputs    []Output
	Models     []Model
	Timeout    uint32 // seconds
}

// Model is a large file that the job can read and not change. The node has
// fetched it: it lies at models/<Path> in Job.Dir. Its folder holds models
// alone.
type Model struct {
	URL    string
	SHA256 []byte
	Bytes  uint64
	Path   string // absolute, in the job
}

// Output is a folder that the job fills.
type Output struct {
	Name string // the folder's name in the results
	Path string // where the job writes it
}

// Job is one run of a spec. Dir holds inputs/; the driver fills
// outputs/<name>/, stdout, stderr and exitCode.
type Job struct {
	ID      string // [a-z0-9-], unique on this machine
	Spec    Spec
	Dir     string
	Devices []string // UUIDs of the GPUs it may use
	Seed    []byte   // 32 bytes, of a deterministic clock and random source, where the engine has them
}

// Outcome tells how a job ended. Succeeded goes with exit code 0 and nothing
// else does; Refused needs a reason, for people.
type Outcome struct {
	End      End
	ExitCode int
	WallMS   uint64
	Reason   string
}

// End is the way a job ended.
type End string

// Ends, with the exit codes of those that did not end by themselves.
const (
	Succeeded   End = "succeeded"
	Failed      End = "failed"
	OutOfMemory End = "out of memory" // 137
	TimedOut    End = "timed out"     // 124
	Cancelled   End = "cancelled"     // stopped by Stop; 130
	Refused     End = "refused"       // broken off for a fault of the driver's, which another machine would not have; 130
)

// Code says what kind of failure an error is.
type Code string

// Codes of errors.
const (
	Invalid      Code = "invalid"      // the job is wrong and stays wrong
	NotFound     Code = "not_found"    // what was named does not exist
	Conflict     Code = "conflict"     // the state of things forbids it now
	Unauthorized Code = "unauthorized" // the engine does not let the driver do it
	Unavailable  Code = "unavailable"  // the engine does not answer; try again
	Exhausted    Code = "exhausted"    // a quota is used up
	Timeout      Code = "timeout"      // it took longer than was allowed
	Internal     Code = "internal"     // a bug or a broken machine
)

// Error is an error with a code, and what to do about it.
type Error struct {
	Code        Code
	Msg, Remedy string
}

func (e *Error) Error() string { return e.Msg }
