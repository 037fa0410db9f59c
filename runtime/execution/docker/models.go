package docker

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	cerrdefs "github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/api/types/mount"
	"github.com/docker/docker/api/types/volume"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// create makes the job's container. An engine that sees the job's folder gives
// the container the models that are in it; for another one, on its own machine
// or beside a node in a container, they are copied into volumes of the job.
func (e *Executor) create(ctx context.Context, r *jobrun.Run, img image.InspectResponse, mounts []mount.Mount, gpus grant) (id string, err error) {
	try := func(models []mount.Mount) (string, error) {
		all := slices.Concat(mounts, models)
		c, err := e.engine.ContainerCreate(ctx, e.program(r.Job, img), e.cage(r, img, all, gpus), nil, nil, e.name(r.Job.ID))
		return c.ID, err
	}
	if !e.remote() {
		id, err = try(linkedModels(r.Job))
	}
	if e.remote() || unseen(err) {
		copies, copyErr := e.copiedModels(ctx, r.Job)
		if copyErr != nil {
			return "", copyErr
		}
		id, err = try(copies)
	}
	if err != nil {
		return "", engineError("create container", err)
	}
	return id, nil
}

// unseen tells whether the engine does not find the job's folder.
func unseen(err error) bool {
	return cerrdefs.IsInvalidArgument(err) && strings.Contains(err.Error(), "bind source path does not exist")
}

func linkedModels(job execution.Job) (mounts []mount.Mount) {
	for _, folder := range jobrun.ModelFolders(job.Spec.Models) {
		mounts = append(mounts, mount.Mount{
			Type: mount.TypeBind, Source: execution.ModelFile(job.Dir, folder), Target: folder, ReadOnly: true,
			BindOptions: &mount.BindOptions{Propagation: mount.PropagationRPrivate},
		})
	}
	return mounts
}

// copiedModels fills a volume for each folder of models, through a container
// that never runs.
func (e *Executor) copiedModels(ctx context.Context, job execution.Job) (mounts []mount.Mount, err error) {
	for i, folder := range jobrun.ModelFolders(job.Spec.Models) {
		m := mount.Mount{
			Type: mount.TypeVolume, Source: fmt.Sprintf("%s%d", e.modelVolumes(job.ID), i), Target: folder,
			VolumeOptions: &mount.VolumeOptions{NoCopy: true},
		}
		if _, err := e.engine.VolumeCreate(ctx, volume.CreateOptions{Name: m.Source, Labels: e.labels(job)}); err != nil {
			return nil, engineError("create volume", err)
		}
		if err := e.fillWith(ctx, job, []mount.Mount{m}, func(container string) error {
			return e.copyIn(ctx, container, folder, packInputs(execution.ModelFile(job.Dir, folder)))
		}); err != nil {
			return nil, err
		}
		m.ReadOnly = true
		mounts = append(mounts, m)
	}
	return mounts, nil
}

// modelVolumes is what the names of volumes with a job's models begin with.
func (e *Executor) modelVolumes(jobID string) string { return e.name(jobID) + ".m" }

// copyRate is what an engine that gets copies of models takes at least, in
// bytes a second.
const copyRate = 10_000_000

// launchLimit bounds how long the engine may take to make and start a container.
func launchLimit(models []lilypad.Model) time.Duration {
	var bytes uint64
	for _, m := range models {
		bytes += m.Bytes
	}
	return launchTime + time.Duration(bytes/copyRate)*time.Second
}
