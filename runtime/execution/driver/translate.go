package driver

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// Bounds on what a driver says.
const (
	maxText   = 1 << 10 // bytes of a message, reason, remedy or model
	maxHandle = 8 << 10
	maxGPUs   = 256
)

func settingsToWire(s Settings) *wire.Settings {
	return &wire.Settings{
		Owner: s.Owner, Network: s.AllowNetwork, Pull: s.Pull,
		LogBytes: s.Limits.LogBytes, Files: int32(s.Limits.Files), Depth: int32(s.Limits.Depth),
		DiskMb: s.Limits.DiskMB, RamMb: s.Limits.RAMMB, TimeoutS: uint32(s.Limits.Timeout),
	}
}

func settingsFromWire(s *wire.Settings) Settings {
	return Settings{Owner: s.GetOwner(), AllowNetwork: s.GetNetwork(), Pull: s.GetPull(), Limits: jobrun.Limits{
		LogBytes: s.GetLogBytes(), Files: int(s.GetFiles()), Depth: int(s.GetDepth()),
		DiskMB: s.GetDiskMb(), RAMMB: s.GetRamMb(), Timeout: lilypad.Seconds(s.GetTimeoutS()),
	}}
}

func specToWire(s lilypad.Spec) *wire.Spec {
	w := &wire.Spec{
		Engine: string(s.Engine), Image: s.Image, Entrypoint: s.Entrypoint, Args: s.Args, Env: s.Env, WorkDir: s.WorkDir,
		Resources: resourcesToWire(s.Resources), GpuModel: s.GPUModel, GpuDriver: s.GPUDriver,
		Network: s.Network, TimeoutS: uint32(s.Timeout),
	}
	if s.Wasm != (lilypad.Hash{}) {
		w.Wasm = s.Wasm[:]
	}
	for _, o := range s.Outputs {
		w.Outputs = append(w.Outputs, &wire.Output{Name: o.Name, Path: o.Path})
	}
	for _, m := range s.Models {
		w.Models = append(w.Models, &wire.Model{Url: m.URL, Sha256: m.SHA256[:], Bytes: m.Bytes, Path: m.Path})
	}
	return w
}

func specFromWire(w *wire.Spec) lilypad.Spec {
	s := lilypad.Spec{
		Engine: lilypad.Engine(w.GetEngine()), Image: w.GetImage(), Wasm: hashFromWire(w.GetWasm()),
		Entrypoint: w.GetEntrypoint(), Args: w.GetArgs(), Env: w.GetEnv(), WorkDir: w.GetWorkDir(),
		Resources: resourcesFromWire(w.GetResources()), GPUModel: w.GetGpuModel(), GPUDriver: w.GetGpuDriver(),
		Network: w.GetNetwork(), Timeout: lilypad.Seconds(w.GetTimeoutS()),
	}
	for _, o := range w.GetOutputs() {
		s.Outputs = append(s.Outputs, lilypad.Output{Name: o.GetName(), Path: o.GetPath()})
	}
	for _, m := range w.GetModels() {
		s.Models = append(s.Models, lilypad.Model{URL: m.GetUrl(), SHA256: hashFromWire(m.GetSha256()), Bytes: m.GetBytes(), Path: m.GetPath()})
	}
	return s
}

func hashFromWire(b []byte) (h lilypad.Hash) {
	copy(h[:], b)
	return h
}

func resourcesToWire(r lilypad.Resources) *wire.Resources {
	return &wire.Resources{Gpus: r.GPUs, VramMb: r.VRAMMB, CpuMilli: r.CPUMilli, RamMb: r.RAMMB, DiskMb: r.DiskMB}
}

func resourcesFromWire(r *wire.Resources) lilypad.Resources {
	return lilypad.Resources{GPUs: r.GetGpus(), VRAMMB: r.GetVramMb(), CPUMilli: r.GetCpuMilli(), RAMMB: r.GetRamMb(), DiskMB: r.GetDiskMb()}
}

func jobToWire(j execution.Job) *wire.Job {
	return &wire.Job{Id: j.ID, Spec: specToWire(j.Spec), Dir: j.Dir, Devices: j.Devices, Seed: j.Seed[:]}
}

func jobFromWire(w *wire.Job) execution.Job {
	return execution.Job{ID: w.GetId(), Spec: specFromWire(w.GetSpec()), Dir: w.GetDir(), Devices: w.GetDevices(), Seed: hashFromWire(w.GetSeed())}
}

func foundToWire(f execution.Fingerprint) *wire.Found {
	w := &wire.Found{Engine: string(f.Engine), Version: f.Version, Capacity: resourcesToWire(f.Capacity), Models: true}
	for _, g := range f.GPUs {
		w.Gpus = append(w.Gpus, &wire.GPU{Uuid: g.UUID, Model: g.Model, VramMb: g.VRAMMB, Driver: g.Driver})
	}
	return w
}

// foundFromWire reads a fingerprint and refuses one that makes no sense.
func foundFromWire(w *wire.Found, engine lilypad.Engine) (f execution.Fingerprint, err error) {
	if w.GetEngine() != string(engine) {
		return f, nonsense("that it serves engine %.40q, not %s", w.GetEngine(), engine).
			Try("name the engine that it serves: --driver ENGINE=PATH")
	}
	f = execution.Fingerprint{Engine: engine, Version: w.GetVersion(), Capacity: resourcesFromWire(w.GetCapacity())}
	if !plain(f.Version, maxText) || len(w.GetGpus()) > maxGPUs || int(f.Capacity.GPUs) != len(w.GetGpus()) {
		return f, nonsense("version %.40q, and %d GPUs of which it lists %d", f.Version, f.Capacity.GPUs, len(w.GetGpus()))
	}
	seen := map[string]bool{}
	for _, g := range w.GetGpus() {
		if g.GetUuid() == "" || seen[g.GetUuid()] || !plain(g.GetUuid(), 128) || !plain(g.GetModel(), maxText) || !plain(g.GetDriver(), maxText) {
			return f, nonsense("GPU %.80q, %.80q", g.GetUuid(), g.GetModel())
		}
		seen[g.GetUuid()] = true
		f.GPUs = append(f.GPUs, execution.GPU{UUID: g.GetUuid(), Model: g.GetModel(), VRAMMB: g.GetVramMb(), Driver: g.GetDriver()})
	}
	return f, nil
}

func outcomeToWire(o execution.Outcome) *wire.Outcome {
	return &wire.Outcome{End: string(o.End), ExitCode: int32(o.ExitCode), WallMs: o.WallMS, Reason: cut(o.Reason)}
}

var ends = map[execution.End]bool{
	execution.Succeeded: true, execution.Failed: true, execution.OutOfMemory: true,
	execution.TimedOut: true, execution.Cancelled: true, execution.Refused: true,
}

func outcomeFromWire(w *wire.Outcome) (execution.Outcome, error) {
	o := execution.Outcome{End: execution.End(w.GetEnd()), ExitCode: int(w.GetExitCode()), WallMS: w.GetWallMs(), Reason: cut(w.GetReason())}
	if !ends[o.End] || (o.End == execution.Succeeded) != (o.ExitCode == 0) {
		return execution.Outcome{}, nonsense("that a job ended as %.40q with code %d", o.End, o.ExitCode)
	}
	if o.End == execution.Refused && o.Reason == "" {
		o.Reason = "the driver gave no reason"
	}
	return o, nil
}

func handleFromWire(w *wire.Handle) (execution.Handle, error) {
	h := w.GetHandle()
	if h == "" || !plain(h, maxHandle) {
		return "", nonsense("the handle %.80q", h)
	}
	return execution.Handle(h), nil
}

func handleToWire(h execution.Handle) *wire.Handle { return &wire.Handle{Handle: string(h)} }

// nonsense is an answer that cannot be used.
func nonsense(format string, args ...any) *lilypad.Error {
	return lilypad.Errorf(lilypad.Unavailable, "the driver tells "+format, args...).Try("update the driver, or run without it")
}

// plain tells whether s is one line of text of at most so many bytes.
func plain(s string, limit int) bool {
	return len(s) <= limit && utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// cut makes a text of a driver fit for a message.
func cut(s string) string {
	if len(s) > maxText {
		s = s[:maxText] + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}
