package docker

import (
	"context"
	"os/exec"
	"slices"
	"strings"

	"github.com/docker/docker/api/types/system"
)

// Lack is something by which jobs are bounded, or served, that an engine does
// not have, and how it gets it.
type Lack struct{ What, Remedy string }

const cgroupRemedy = "boot with cgroup_enable=memory swapaccount=1, or with cgroup v2; a rootless engine needs systemd to delegate its controllers"

// lacks tells what an engine should have.
var lacks = []struct {
	has func(system.Info) bool
	Lack
}{
	{func(i system.Info) bool { return i.MemoryLimit }, Lack{"it cannot bound the memory of jobs", cgroupRemedy}},
	{func(i system.Info) bool { return i.SwapLimit }, Lack{"it cannot keep jobs from swapping", cgroupRemedy}},
	{func(i system.Info) bool { return i.CPUCfsQuota }, Lack{"it cannot bound the cores of jobs", "use a kernel with CONFIG_CFS_BANDWIDTH, and the cpu controller of cgroups"}},
	{func(i system.Info) bool { return i.PidsLimit }, Lack{"it cannot bound the processes of jobs", "enable the pids controller of cgroups"}},
	{func(i system.Info) bool {
		return slices.ContainsFunc(i.SecurityOptions, func(s string) bool { return strings.HasPrefix(s, "name=seccomp") })
	}, Lack{"it filters no system calls of jobs", "use a kernel with CONFIG_SECCOMP_FILTER, and a Docker that is built with seccomp"}},
}

// nvidiaHook gives an engine of version 19.03 or later the nvidia driver when it
// is on the engine's path; the engine does not tell.
const nvidiaHook = "nvidia-container-runtime-hook"

// Lacks tells what the engine lacks.
//
// # Errors
//
// Unavailable, with a remedy, when it does not answer.
func (e *Executor) Lacks(ctx context.Context) (out []Lack, err error) {
	ctx, stop := context.WithTimeout(ctx, answerTime)
	defer stop()
	info, err := e.engine.Info(ctx)
	if err != nil {
		return nil, engineError("ask docker engine", err)
	}
	for _, l := range lacks {
		if !l.has(info) {
			out = append(out, l.Lack)
		}
	}
	nvidia := false
	for _, g := range e.discover(ctx) {
		nvidia = nvidia || len(g.Nodes) == 0
	}
	if nvidia && !passesNVIDIA(info, e.remote()) {
		out = append(out, Lack{
			"nothing tells that it can give GPUs of NVIDIA to containers",
			"install the NVIDIA container toolkit, run nvidia-ctk runtime configure --runtime=docker, and restart Docker",
		})
	}
	return out, nil
}

func passesNVIDIA(info system.Info, remote bool) bool {
	_, configured := info.Runtimes["nvidia"]
	_, err := exec.LookPath(nvidiaHook)
	return configured || !remote && err == nil || slices.ContainsFunc(info.DiscoveredDevices, func(d system.DeviceInfo) bool {
		return d.Source == "cdi" && strings.HasPrefix(d.ID, "nvidia.com/gpu=")
	})
}
