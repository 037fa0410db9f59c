package docker

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/api/types/system"
	"github.com/docker/docker/api/types/versions"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

// labelGPUs lists the devices of a container, whoever owns it.
const labelGPUs = "network.lilypad.gpus"

// discover lists the GPUs of the engine's machine. A driver that is broken or
// hangs must not take the rest of the machine with it.
func (e *Executor) discover(ctx context.Context) []execution.GPU {
	smi, root := e.cfg.NvidiaSMI, e.cfg.Root
	switch {
	case e.remote() && smi == "":
		return nil // what is here is not there
	case e.remote():
		root = "" // nor are its files
	case smi == "":
		smi = "nvidia-smi"
	}
	gpus, err := hardware.NVIDIA(ctx, smi)
	if err != nil {
		e.cfg.Log.Warn("NVIDIA GPUs are left out", "error", err, "try", lilypad.RemedyOf(err))
	}
	if root == "" {
		return gpus
	}
	amd, err := hardware.AMD(root)
	if err != nil {
		e.cfg.Log.Warn("AMD GPUs are left out", "error", err, "try", lilypad.RemedyOf(err))
	}
	return append(gpus, amd...)
}

// remote tells whether the engine is on another machine.
func (e *Executor) remote() bool {
	u, err := url.Parse(e.engine.DaemonHost())
	if err != nil || u.Scheme != "tcp" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback())
}

// hardwareOf finds what was discovered of a job's devices.
func (e *Executor) hardwareOf(ctx context.Context, ids []string) (gpus []execution.GPU, err error) {
	e.mu.Lock()
	known := e.gpus
	e.mu.Unlock()
	if known == nil && slices.ContainsFunc(ids, func(id string) bool { return !isNVIDIA(id) }) {
		known = e.discover(ctx) // after a restart
	}
	for _, id := range ids {
		i := slices.IndexFunc(known, func(g execution.GPU) bool { return g.UUID == id })
		switch {
		case i >= 0:
			gpus = append(gpus, known[i])
		case isNVIDIA(id):
			gpus = append(gpus, execution.GPU{UUID: id})
		default:
			return nil, lilypad.Errorf(lilypad.Invalid, "GPU %.90q is not on this machine", id)
		}
	}
	return gpus, nil
}

func isNVIDIA(id string) bool { return strings.HasPrefix(id, "GPU-") || strings.HasPrefix(id, "MIG-") }

// grant is how a container gets its GPUs.
type grant struct {
	requests []container.DeviceRequest
	files    []container.DeviceMapping
}

// grant asks for a job's devices in the way that the engine knows: by CDI name,
// else from its nvidia driver, or by the files of a device.
func (e *Executor) grant(ctx context.Context, ids []string) (g grant, err error) {
	if len(ids) == 0 {
		return g, nil
	}
	gpus, err := e.hardwareOf(ctx, ids)
	if err != nil {
		return g, err
	}
	info, err := e.engine.Info(ctx)
	if err != nil {
		return g, engineError("ask docker engine", err)
	}
	if err := e.unused(ctx, ids, ""); err != nil {
		return g, err
	}
	lists := versions.GreaterThanOrEqualTo(e.engine.ClientVersion(), "1.50")
	var named, byDriver []string
	for _, gpu := range gpus {
		name := cdiName(gpu)
		switch {
		case listed(info, name) || len(info.CDISpecDirs) > 0 && !lists && len(gpu.Nodes) == 0:
			named = append(named, name)
		case len(gpu.Nodes) == 0:
			byDriver = append(byDriver, gpu.UUID)
		default:
			g.open(gpu.Nodes)
		}
	}
	if len(named) > 0 {
		g.requests = append(g.requests, container.DeviceRequest{Driver: "cdi", DeviceIDs: named})
	}
	if len(byDriver) > 0 {
		g.requests = append(g.requests, container.DeviceRequest{Driver: "nvidia", DeviceIDs: byDriver, Capabilities: [][]string{{"gpu"}}})
	}
	return g, nil
}

// cdiName is what the generators of NVIDIA and AMD call a device by its id.
func cdiName(g execution.GPU) string {
	if id, ok := strings.CutPrefix(g.UUID, "AMD-"); ok {
		return "amd.com/gpu=" + id
	}
	return "nvidia.com/gpu=" + g.UUID
}

// listed tells whether the engine, version 28.2 or later, knows a CDI name.
func listed(info system.Info, name string) bool {
	return slices.ContainsFunc(info.DiscoveredDevices, func(d system.DeviceInfo) bool { return d.Source == "cdi" && d.ID == name })
}

func (g *grant) open(files []string) {
	for _, f := range files {
		if !slices.ContainsFunc(g.files, func(d container.DeviceMapping) bool { return d.PathOnHost == f }) {
			g.files = append(g.files, container.DeviceMapping{PathOnHost: f, PathInContainer: f, CgroupPermissions: "rw"})
		}
	}
}

// unused refuses devices that another container still has: of another process,
// or of a job that has not come to its end yet. When the job's own container
// has been made, those count too that have been made and not started: of two
// users' nodes that make theirs at once, at least one sees the other's.
func (e *Executor) unused(ctx context.Context, ids []string, own string) error {
	if len(ids) == 0 {
		return nil
	}
	all, err := e.engine.ContainerList(ctx, container.ListOptions{All: own != "", Filters: withLabel(labelGPUs)})
	if err != nil {
		return engineError("list containers", err)
	}
	made := int64(0) // by the engine's clock
	for _, c := range all {
		if c.ID == own {
			made = c.Created
		}
	}
	for _, c := range all {
		abandoned := c.State == container.StateCreated && made-c.Created > int64(launchTime.Seconds())
		if own != "" && c.ID == own || abandoned || c.State == container.StateExited || c.State == container.StateDead {
			continue
		}
		for id := range strings.SplitSeq(c.Labels[labelGPUs], ",") {
			if slices.Contains(ids, id) {
				return lilypad.Errorf(lilypad.Unavailable, "GPU %s is still in use by job %.140s", id, c.Labels[labelJob])
			}
		}
	}
	return nil
}

// visible are the variables by which container runtimes of NVIDIA and AMD
// choose devices, with the value for none. A job may not choose.
var visible = map[string]string{"NVIDIA_VISIBLE_DEVICES": "NVIDIA_VISIBLE_DEVICES=void", "AMD_VISIBLE_DEVICES": "AMD_VISIBLE_DEVICES"}

// environment is the job's, without a say in which devices it sees. An image
// for CUDA sees all where NVIDIA's runtime is the default, unless it is told.
func environment(job execution.Job, img image.InspectResponse) (env []string) {
	theirs := job.Spec.Env
	if img.Config != nil {
		theirs = slices.Concat(img.Config.Env, theirs)
	}
	asks := map[string]bool{}
	for _, kv := range theirs {
		key, _, _ := strings.Cut(kv, "=")
		asks[key] = true
	}
	for _, kv := range job.Spec.Env {
		if key, _, _ := strings.Cut(kv, "="); visible[key] == "" {
			env = append(env, kv)
		}
	}
	nvidia := slices.DeleteFunc(slices.Clone(job.Devices), func(id string) bool { return !isNVIDIA(id) })
	switch {
	case len(nvidia) > 0:
		env = append(env, "NVIDIA_VISIBLE_DEVICES="+strings.Join(nvidia, ","))
	case asks["NVIDIA_VISIBLE_DEVICES"] || asks["CUDA_VERSION"]:
		env = append(env, visible["NVIDIA_VISIBLE_DEVICES"])
	}
	if asks["AMD_VISIBLE_DEVICES"] {
		env = append(env, visible["AMD_VISIBLE_DEVICES"])
	}
	return env
}
