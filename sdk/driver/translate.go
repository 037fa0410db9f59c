package driver

import (
	"context"
	"errors"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/lilypad-network/lilypad/sdk/driver/internal/wire"
)

func settingsOf(w *wire.Settings) Settings {
	return Settings{
		Owner: w.GetOwner(), Network: w.GetNetwork(), Pull: w.GetPull(),
		LogBytes: w.GetLogBytes(), Files: int(w.GetFiles()), Depth: int(w.GetDepth()),
		DiskMB: w.GetDiskMb(), RAMMB: w.GetRamMb(), Timeout: w.GetTimeoutS(),
	}
}

func specOf(w *wire.Spec) Spec {
	r := w.GetResources()
	s := Spec{
		Engine: w.GetEngine(), Image: w.GetImage(), Wasm: w.GetWasm(),
		Entrypoint: w.GetEntrypoint(), Args: w.GetArgs(), Env: w.GetEnv(), WorkDir: w.GetWorkDir(),
		Resources: Resources{GPUs: r.GetGpus(), VRAMMB: r.GetVramMb(), CPUMilli: r.GetCpuMilli(), RAMMB: r.GetRamMb(), DiskMB: r.GetDiskMb()},
		GPUModel:  w.GetGpuModel(), GPUDriver: w.GetGpuDriver(), Network: w.GetNetwork(), Timeout: w.GetTimeoutS(),
	}
	for _, o := range w.GetOutputs() {
		s.Outputs = append(s.Outputs, Output{Name: o.GetName(), Path: o.GetPath()})
	}
	for _, m := range w.GetModels() {
		s.Models = append(s.Models, Model{URL: m.GetUrl(), SHA256: m.GetSha256(), Bytes: m.GetBytes(), Path: m.GetPath()})
	}
	return s
}

func jobOf(w *wire.Job) Job {
	return Job{ID: w.GetId(), Spec: specOf(w.GetSpec()), Dir: w.GetDir(), Devices: w.GetDevices(), Seed: w.GetSeed()}
}

func found(f Fingerprint) *wire.Found {
	c := f.Capacity
	w := &wire.Found{
		Engine: f.Engine, Version: f.Version,
		Capacity: &wire.Resources{Gpus: c.GPUs, VramMb: c.VRAMMB, CpuMilli: c.CPUMilli, RamMb: c.RAMMB, DiskMb: c.DiskMB},
		Models:   f.Models,
	}
	for _, g := range f.GPUs {
		w.Gpus = append(w.Gpus, &wire.GPU{Uuid: g.UUID, Model: g.Model, VramMb: g.VRAMMB, Driver: g.Driver})
	}
	return w
}

func outcome(o Outcome) *wire.Outcome {
	return &wire.Outcome{End: string(o.End), ExitCode: int32(o.ExitCode), WallMs: o.WallMS, Reason: o.Reason}
}

// fault makes an error one that crosses the border.
func fault(err error) error {
	f := &wire.Fault{Code: string(Internal)}
	e, known := errors.AsType[*Error](err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return status.FromContextError(context.Canceled).Err()
	case known:
		f.Code, f.Remedy = string(e.Code), e.Remedy
	case errors.Is(err, context.DeadlineExceeded):
		f.Code = string(Timeout)
	}
	f.Message = strings.ToValidUTF8(err.Error(), "?")
	s, err := status.New(codes.Unknown, "fault").WithDetails(f)
	if err != nil {
		return err
	}
	return s.Err()
}
