package node

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

// Found is what a provider would have on this machine.
type Found struct {
	Machine  lilypad.Machine `json:"machine"`             // without slots
	Docker   string          `json:"docker,omitempty"`    // version of the engine that answers
	NoDocker string          `json:"no_docker,omitempty"` // or why there is none
}

// Detect looks at this machine as a provider with a data folder does when it
// starts.
//
// # Errors
//
// Unavailable on a system that it cannot measure, Invalid for an address that
// is none of an engine.
func Detect(ctx context.Context, dir, dockerHost string) (f Found, err error) {
	if err := writable(dir); err != nil {
		return f, err
	}
	if f.Machine.Capacity, err = hardware.Capacity(dir); err != nil {
		return f, err
	}
	f.Machine.Engines = []lilypad.Engine{lilypad.EngineWasm}
	d, err := docker.New(docker.Config{Owner: "init", Host: dockerHost})
	if err != nil {
		return f, err
	}
	defer d.Close()
	found, err := d.Fingerprint(ctx)
	if err != nil {
		f.NoDocker = err.Error()
		return f, nil
	}
	f.Docker = found.Version
	f.Machine.Engines = append(f.Machine.Engines, found.Engine)
	f.Machine.Kinds = hardware.Kinds(found.GPUs)
	f.Machine.Capacity.GPUs, f.Machine.Capacity.VRAMMB = found.Capacity.GPUs, found.Capacity.VRAMMB
	return f, nil
}
