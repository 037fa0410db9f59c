package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
)

func main() { driver.Serve(open) }

// podman is the executor with the service that it stands on.
type podman struct {
	*docker.Executor
	service *service
}

func open(s driver.Settings) (execution.Executor, error) {
	running, err := startService()
	if err != nil {
		return nil, err
	}
	e, err := docker.New(docker.Config{
		Owner: s.Owner, Host: running.host(), Images: image.Source{}, Pull: s.Pull, AllowNetwork: s.AllowNetwork,
		Limits: s.Limits, UserProcesses: userProcesses(), KilledIsOutOfMemory: running.cgroups == cgroupsV1,
		Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		running.stop()
		return nil, err
	}
	return &podman{e, running}, nil
}

// Fingerprint leaves the GPUs out, which containers would not get.
func (p *podman) Fingerprint(ctx context.Context) (execution.Fingerprint, error) {
	f, err := p.Executor.Fingerprint(ctx)
	f.GPUs, f.Capacity.GPUs, f.Capacity.VRAMMB = nil, 0, 0
	return f, err
}

// Close lets go of the containers, which run on, and ends the service.
func (p *podman) Close() error {
	defer p.service.stop()
	return p.Executor.Close()
}
