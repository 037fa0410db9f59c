package docker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	cerrdefs "github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/api/types/mount"
	"github.com/docker/docker/api/types/volume"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

const (
	labelOwner  = "network.lilypad.owner"
	labelHandle = "network.lilypad.handle"
	labelJob    = "network.lilypad.job"

	// jobFile keeps the job in its folder, for Recover.
	jobFile = "job.json"

	openFiles = 4096
	mb        = 1_000_000
)

func (e *Executor) name(jobID string) string { return "lilypad-" + e.cfg.Owner + "-" + jobID }

func (e *Executor) labels(job execution.Job) map[string]string {
	return map[string]string{
		labelOwner: e.cfg.Owner, labelJob: job.ID, labelHandle: string(jobrun.HandleOf(job)),
	}
}

// withDevices are the labels of the container that runs the job.
func (e *Executor) withDevices(job execution.Job) map[string]string {
	labels := e.labels(job)
	if len(job.Devices) > 0 {
		labels[labelGPUs] = strings.Join(job.Devices, ",")
	}
	return labels
}

// launch makes and starts the job's container and returns its id. What a
// crashed start of the same job left is removed first.
func (e *Executor) launch(ctx context.Context, r *jobrun.Run, img image.InspectResponse) (id string, err error) {
	job := r.Job
	if err := e.remove(ctx, job.ID); err != nil {
		return "", err
	}
	b, err := json.Marshal(job)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(job.Dir, jobFile), b, 0o600); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.remove(context.WithoutCancel(ctx), job.ID))
		}
	}()
	gpus, err := e.grant(ctx, job.Devices)
	if err != nil {
		return "", err
	}
	mounts, err := e.volumes(ctx, job)
	if err != nil {
		return "", err
	}
	if err := e.fill(ctx, r, img, mounts); err != nil {
		return "", err
	}
	if id, err = e.create(ctx, r, img, mounts, gpus); err != nil {
		return "", err
	}
	if err := e.unused(ctx, job.Devices, id); err != nil {
		return "", err
	}
	if err := e.engine.ContainerStart(ctx, id, container.StartOptions{}); err != nil {
		return "", startError(err)
	}
	return id, nil
}

func startError(err error) error {
	for _, theirs := range []string{"executable file not found", "no such file or directory", "permission denied", "exec format error", "is a directory"} {
		if strings.Contains(err.Error(), theirs) {
			return &lilypad.Error{Code: lilypad.Invalid, Msg: "the image cannot run its entrypoint", Err: err}
		}
	}
	return engineError("start container", err)
}

// program is what runs in the container.
func (e *Executor) program(job execution.Job, img image.InspectResponse) *container.Config {
	grace := int(e.cfg.Grace.Seconds())
	return &container.Config{
		Hostname:        "job",
		Image:           job.Spec.Image,
		Entrypoint:      job.Spec.Entrypoint,
		Cmd:             job.Spec.Args,
		Env:             environment(job, img),
		WorkingDir:      job.Spec.WorkDir,
		Labels:          e.withDevices(job),
		NetworkDisabled: !job.Spec.Network,
		StopTimeout:     &grace,
		Healthcheck:     &container.HealthConfig{Test: []string{"NONE"}},
	}
}

// cage is all that keeps the container in bounds.
func (e *Executor) cage(r *jobrun.Run, img image.InspectResponse, mounts []mount.Mount, gpus grant) *container.HostConfig {
	spec, ram := r.Job.Spec, r.Limits.RAM(r.Job.Spec)
	network := container.NetworkMode("none")
	if spec.Network {
		network = "bridge"
	}
	scratch := fmt.Sprintf("rw,nosuid,nodev,mode=1777,size=%d", ram/2) // counts as the job's memory
	tmpfs := map[string]string{"/tmp": scratch}
	if img.Config != nil {
		for path := range img.Config.Volumes { // else the engine makes them on disk, without a limit
			tmpfs[path] = scratch
		}
	}
	for _, m := range mounts {
		delete(tmpfs, m.Target)
	}
	// The limits on outputs are checked when they are copied out; that one file
	// may pass them a little tells the job's fault from the engine's.
	file := r.Limits.Disk(spec) + mb
	return &container.HostConfig{
		NetworkMode:    network,
		ReadonlyRootfs: true,
		Tmpfs:          tmpfs,
		Mounts:         mounts,
		CapDrop:        []string{"ALL"},
		SecurityOpt:    []string{"no-new-privileges:true"},
		IpcMode:        container.IPCModePrivate,
		Runtime:        e.cfg.Runtime,
		// An engine that writes the log as JSON takes more than 70 bytes for an empty
		// line, and one that passes its limit forgets the beginning: a job that prints
		// too much is ended long before.
		LogConfig: container.LogConfig{Type: "json-file", Config: map[string]string{
			"max-file": "1", "max-size": strconv.FormatInt(1024*r.Limits.LogBytes, 10),
		}},
		Resources: container.Resources{
			Memory: ram, MemorySwap: ram,
			NanoCPUs:       int64(spec.Resources.CPUMilli) * 1_000_000,
			PidsLimit:      &e.cfg.Processes,
			Ulimits:        e.ulimits(file),
			Devices:        gpus.files,
			DeviceRequests: gpus.requests,
		},
	}
}

// ulimits bounds what one process of a job may have.
func (e *Executor) ulimits(fileSize int64) []*container.Ulimit {
	limits := []*container.Ulimit{
		{Name: "core"},
		{Name: "nofile", Soft: openFiles, Hard: openFiles},
		{Name: "fsize", Soft: fileSize, Hard: fileSize},
	}
	if n := e.cfg.UserProcesses; n > 0 {
		limits = append(limits, &container.Ulimit{Name: "nproc", Soft: n, Hard: n})
	}
	return limits
}

// volumes makes the job's volumes: one to read, and one for each output.
func (e *Executor) volumes(ctx context.Context, job execution.Job) ([]mount.Mount, error) {
	mounts := []mount.Mount{{Target: "/inputs", ReadOnly: true}}
	for _, o := range job.Spec.Outputs {
		mounts = append(mounts, mount.Mount{Target: o.Path})
	}
	for i := range mounts {
		m := &mounts[i]
		m.Type, m.VolumeOptions = mount.TypeVolume, &mount.VolumeOptions{NoCopy: true}
		m.Source = fmt.Sprintf("%s.%d", e.name(job.ID), i)
		if _, err := e.engine.VolumeCreate(ctx, volume.CreateOptions{Name: m.Source, Labels: e.labels(job)}); err != nil {
			return nil, engineError("create volume", err)
		}
	}
	return mounts, nil
}

// fill copies the inputs into their volume, and opens the outputs to an image
// whose user is not root: the job's own container has a read-only root, into
// which the engine copies nothing.
func (e *Executor) fill(ctx context.Context, r *jobrun.Run, img image.InspectResponse, mounts []mount.Mount) error {
	inputs := filepath.Join(r.Job.Dir, "inputs")
	entries, err := os.ReadDir(inputs)
	if err != nil {
		return err
	}
	foreign := img.Config != nil && !isRoot(img.Config.User)
	if len(entries) == 0 && !foreign {
		return nil
	}
	writable := append([]mount.Mount(nil), mounts...)
	writable[0].ReadOnly = false
	return e.fillWith(ctx, r.Job, writable, func(container string) error {
		err := e.copyIn(ctx, container, "/inputs", packInputs(inputs))
		for _, m := range mounts[1:] {
			if err == nil && foreign {
				err = e.copyIn(ctx, container, m.Target, packOpenFolder())
			}
		}
		return err
	})
}

// fillWith has content copied into volumes, through a container that never runs.
func (e *Executor) fillWith(ctx context.Context, job execution.Job, volumes []mount.Mount, content func(container string) error) error {
	c, err := e.engine.ContainerCreate(ctx,
		&container.Config{Image: job.Spec.Image, Entrypoint: []string{"/none"}, Labels: e.labels(job), NetworkDisabled: true},
		&container.HostConfig{Mounts: volumes, NetworkMode: "none"}, nil, nil, e.name(job.ID)+".fill")
	if err != nil {
		return engineError("create container to copy files", err)
	}
	return errors.Join(content(c.ID), e.engine.ContainerRemove(context.WithoutCancel(ctx), c.ID, container.RemoveOptions{Force: true}))
}

// copyIn copies to a volume by its own path: an engine of Podman, asked to copy
// to what is above it, copies beside it.
func (e *Executor) copyIn(ctx context.Context, id, to string, content io.ReadCloser) error {
	defer content.Close()
	if err := e.engine.CopyToContainer(ctx, id, to, content, container.CopyToContainerOptions{}); err != nil {
		return engineError("copy to "+to, err)
	}
	return nil
}

func isRoot(user string) bool {
	user, _, _ = strings.Cut(user, ":")
	return user == "" || user == "0" || user == "root"
}

// remove takes the job's containers and volumes away, running or not.
func (e *Executor) remove(ctx context.Context, jobID string) error {
	var errs []error
	for _, suffix := range []string{"", ".fill"} {
		err := e.engine.ContainerRemove(ctx, e.name(jobID)+suffix, container.RemoveOptions{Force: true, RemoveVolumes: true})
		if err != nil && !cerrdefs.IsNotFound(err) {
			errs = append(errs, engineError("remove container", err))
		}
	}
	volumes, err := e.engine.VolumeList(ctx, volume.ListOptions{Filters: e.mine(labelJob + "=" + jobID)})
	if err != nil {
		return errors.Join(append(errs, engineError("list volumes", err))...)
	}
	for _, v := range volumes.Volumes {
		if v.Labels[labelOwner] != e.cfg.Owner || v.Labels[labelJob] != jobID {
			continue // an engine of Podman 4 answers with what has any of the labels
		}
		if err := e.engine.VolumeRemove(ctx, v.Name, true); err != nil && !cerrdefs.IsNotFound(err) {
			errs = append(errs, engineError("remove volume", err))
		}
	}
	return errors.Join(errs...)
}
