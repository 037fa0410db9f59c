package docker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	cerrdefs "github.com/containerd/errdefs"
	"github.com/docker/docker/client"
	"golang.org/x/sync/singleflight"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// Config sets up an Executor.
type Config struct {
	// Owner marks what belongs to this executor, such as a provider's name, so
	// that several can share an engine: 1 to 63 of a-z, 0-9 and -. Required.
	Owner string
	// Host is the engine's address; DOCKER_HOST or the usual socket when empty.
	Host string
	// Images has images that no registry knows; nil: there are none.
	Images Images
	// Pull lets images come from their registries. Without it only those that
	// the engine has, or Images, are run: a stranger must not fill the disk.
	Pull bool
	// Login pulls with what docker login stored for a registry. Whoever may order
	// a job may then run the images that it opens.
	Login bool
	// AllowNetwork lets jobs that ask for it reach the network.
	AllowNetwork bool
	// Runtime is an OCI runtime, such as runsc; the engine's own choice when
	// empty. Fingerprint refuses one that the engine does not know.
	Runtime string
	// NvidiaSMI is the program that lists the NVIDIA GPUs of the engine's
	// machine; when empty nvidia-smi, or none for an engine on another machine.
	NvidiaSMI string
	// Root is the file system that tells of AMD's; / when empty.
	Root string
	// Grace is what a job gets between SIGTERM and SIGKILL; 5 s when zero.
	Grace time.Duration
	// Processes is how many a job may have; 256 when zero.
	Processes int64
	// UserProcesses is the limit on all processes of a job's user, those outside
	// of the job too; the engine's choice when zero.
	UserProcesses int64
	// KilledIsOutOfMemory takes a job that was killed, and not by the executor,
	// for one out of memory: Podman does not tell under cgroups v1.
	KilledIsOutOfMemory bool
	Limits              jobrun.Limits
	Log                 *slog.Logger // nil: silent
}

// Executor runs containers. Close lets go of them; they run on.
type Executor struct {
	*jobrun.Table
	cfg     Config
	engine  *client.Client
	loading singleflight.Group

	mu   sync.Mutex      // guards gpus
	gpus []execution.GPU // as last discovered; nil: not yet
}

var (
	_ execution.Executor = (*Executor)(nil)
	_ execution.Checker  = (*Executor)(nil)
	_ execution.Fetcher  = (*Executor)(nil)
)

// launchTime bounds how long the engine may take to make and start a container,
// inputs included.
const launchTime = 5 * time.Minute

var ownerForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// New returns an executor. It does not talk to the engine yet.
//
// # Errors
//
// Invalid for a Config that breaks its rules.
func New(cfg Config) (*Executor, error) {
	if !ownerForm.MatchString(cfg.Owner) {
		return nil, lilypad.Errorf(lilypad.Invalid, "docker owner %.70q must be 1 to 63 of a-z, 0-9 and -", cfg.Owner)
	}
	cfg.Root = cmp.Or(cfg.Root, "/")
	cfg.Grace = cmp.Or(cfg.Grace, 5*time.Second)
	cfg.Processes = cmp.Or(cfg.Processes, 256)
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	opts := []client.Opt{client.FromEnv, client.WithAPIVersionNegotiation()}
	if cfg.Host != "" {
		opts = append(opts, client.WithHost(cfg.Host))
	}
	engine, err := client.NewClientWithOpts(opts...)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "docker engine address", Err: err}
	}
	return &Executor{Table: jobrun.NewTable(cfg.Limits), cfg: cfg, engine: engine}, nil
}

// Close stops following the containers, which run on, and forgets the engine.
func (e *Executor) Close() error { return errors.Join(e.Table.Close(), e.engine.Close()) }

// answerTime is how long the engine may take to say what it is.
const answerTime = 5 * time.Second

// Fingerprint implements [execution.Executor]. Of an engine on another machine
// it cannot tell the free disk: that is 0.
func (e *Executor) Fingerprint(ctx context.Context) (execution.Fingerprint, error) {
	asking, stop := context.WithTimeout(ctx, answerTime)
	defer stop()
	info, err := e.engine.Info(asking)
	if err != nil {
		return execution.Fingerprint{}, engineError("ask docker engine", err)
	}
	if info.OSType != "linux" {
		return execution.Fingerprint{}, lilypad.Errorf(lilypad.Unavailable, "the docker engine runs %s containers, not linux", info.OSType)
	}
	if _, known := info.Runtimes[e.cfg.Runtime]; e.cfg.Runtime != "" && !known {
		return execution.Fingerprint{}, lilypad.Errorf(lilypad.Invalid, "the docker engine has no runtime %.60q", e.cfg.Runtime).
			Try("add it to the engine's daemon.json, or choose one of: %s", strings.Join(slices.Sorted(maps.Keys(info.Runtimes)), ", "))
	}
	gpus := e.discover(ctx)
	e.mu.Lock()
	e.gpus = append([]execution.GPU{}, gpus...)
	e.mu.Unlock()
	disk := uint32(0)
	if !e.remote() {
		dir := info.DockerRootDir
		if _, err := os.Stat(dir); err != nil {
			dir = os.TempDir() // the engine is in a virtual machine of its own
		}
		if disk, err = hardware.Disk(dir); err != nil {
			return execution.Fingerprint{}, err
		}
	}
	capacity := lilypad.Resources{
		GPUs: uint32(len(gpus)), CPUMilli: uint32(info.NCPU) * 1000,
		RAMMB: hardware.InMB(uint64(info.MemTotal)), DiskMB: disk,
	}
	for _, g := range gpus {
		capacity.VRAMMB = max(capacity.VRAMMB, g.VRAMMB)
	}
	return execution.Fingerprint{Engine: lilypad.EngineDocker, Version: info.ServerVersion, Capacity: capacity, GPUs: gpus, ID: info.ID}, nil
}

// Check refuses a spec that breaks a rule, or whose image would have to be
// pulled where that is not allowed.
func (e *Executor) Check(ctx context.Context, spec lilypad.Spec) error {
	if err := jobrun.CheckSpec(spec, lilypad.EngineDocker); err != nil {
		return err
	}
	if spec.Network && !e.cfg.AllowNetwork {
		return lilypad.Errorf(lilypad.Invalid, "jobs get no network here")
	}
	return e.warm(ctx, spec.Image)
}

// Start implements [execution.Executor]. It fetches the image first when it is
// not there; that takes no part of the job's time.
func (e *Executor) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	if err := e.check(job); err != nil {
		return "", err
	}
	img, err := e.image(ctx, job.Spec.Image, e.cfg.Pull)
	if err != nil {
		return "", err
	}
	started := make(chan error, 1)
	h, err := e.Table.Start(job, func(ctx context.Context, r *jobrun.Run) (jobrun.Exit, error) {
		launching, stop := context.WithTimeout(ctx, launchLimit(job.Spec.Models))
		id, err := e.launch(launching, r, img)
		stop()
		started <- err
		if err != nil {
			return jobrun.Exit{}, lost(err) // Start tells; another may do better
		}
		return e.follow(ctx, r, id, time.Now())
	})
	if err != nil {
		return "", err
	}
	if err := <-started; err != nil {
		_, _ = e.Wait(ctx, h) // so that the caller may have the folder back
		return "", err
	}
	return h, nil
}

func (e *Executor) check(job execution.Job) error {
	if err := jobrun.Check(job, lilypad.EngineDocker); err != nil {
		return err
	}
	switch s := job.Spec; {
	case s.Network && !e.cfg.AllowNetwork:
		return lilypad.Errorf(lilypad.Invalid, "the job asks for the network, which this provider does not allow")
	case int(s.Resources.GPUs) != len(job.Devices):
		return lilypad.Errorf(lilypad.Invalid, "the job asks for %d GPUs and was given %d", s.Resources.GPUs, len(job.Devices))
	}
	return nil
}

// Stop implements [execution.Executor].
func (e *Executor) Stop(_ context.Context, h execution.Handle) error { return e.Table.Stop(h) }

// engineError gives an engine's error its code.
func engineError(what string, err error) error {
	if unanswered(err) {
		return &lilypad.Error{
			Code: lilypad.Unavailable, Msg: "the docker engine does not answer", Err: err,
			Remedy: "start Docker, or use the wasm executor",
		}
	}
	if cerrdefs.IsInvalidArgument(err) {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: what, Err: err}
	}
	return fmt.Errorf("%s: %w", what, err)
}
