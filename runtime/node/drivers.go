package node

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
)

// DriverConfig is an engine that another program serves.
type DriverConfig struct {
	Engine lilypad.Engine
	Path   string // of the program
	SHA256 string // that the program must have, in hex; empty: any
}

// ParseDriver reads ENGINE=PATH, which @sha256:HEX may follow.
//
// # Errors
//
// Invalid when it has another form.
func ParseDriver(s string) (DriverConfig, error) {
	engine, path, ok := strings.Cut(s, "=")
	path, sum, pinned := strings.Cut(path, "@sha256:")
	if !ok || engine == "" || path == "" || pinned && len(sum) != 64 {
		return DriverConfig{}, lilypad.Errorf(lilypad.Invalid, "driver %.120q is not ENGINE=PATH or ENGINE=PATH@sha256:HEX", s).
			Try("--driver docker=/usr/local/bin/lilypad-driver-podman")
	}
	if engine != string(lilypad.EngineDocker) {
		return DriverConfig{}, lilypad.Errorf(lilypad.Invalid, "no driver can serve engine %.40q: wasm is built in, and modules know no other than docker", engine).
			Try("--driver docker=%s", path)
	}
	path, err := filepath.Abs(path)
	return DriverConfig{Engine: lilypad.Engine(engine), Path: path, SHA256: sum}, err
}

// dockerMode leaves the Docker engine alone where a driver takes its jobs.
func (c *ProviderConfig) dockerMode() DockerMode {
	if slices.ContainsFunc(c.Drivers, func(d DriverConfig) bool { return d.Engine == lilypad.EngineDocker }) {
		return DockerOff
	}
	return c.Docker
}

// addDrivers starts the provider's drivers and puts their engines on its machine.
func (n *Node) addDrivers(ctx context.Context, owner string, m *fleet.Machine, c *ProviderConfig) error {
	for _, d := range c.Drivers {
		if m.Executors[d.Engine] != nil {
			return lilypad.Errorf(lilypad.Conflict, "engine %s is served already, before driver %s", d.Engine, d.Path).
				Try("name one driver for an engine")
		}
		x, err := driver.New(driver.Config{
			Engine: d.Engine, Path: d.Path, SHA256: d.SHA256, Log: n.Logger,
			Settings: driver.Settings{Owner: owner, AllowNetwork: c.Offer.Network, Pull: c.Pull},
		})
		if err != nil {
			return err
		}
		n.onClose(x.Close)
		found, err := x.Fingerprint(ctx)
		if err != nil {
			return err
		}
		addEngine(m, x, found)
	}
	return nil
}
