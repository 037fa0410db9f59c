package node

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

// Health is what a check found.
type Health string

const (
	Good    Health = "good"
	Missing Health = "missing" // something that not everybody needs
	Broken  Health = "broken"
)

// Check is one finding, and how to mend it.
type Check struct {
	Name    string `json:"name"`
	State   Health `json:"state"`
	Finding string `json:"finding"`
	Remedy  string `json:"remedy,omitempty"`
}

// DoctorConfig says what to check.
type DoctorConfig struct {
	Dir        string
	Network    Network
	NoNetwork  error // why Network is not known
	DockerHost string
	Now        func() time.Time
	Logger     *slog.Logger
}

// minDisk is what a data folder should have free, in MB.
const minDisk = 2000

// Doctor checks what a role needs. It changes nothing but a test file.
func Doctor(ctx context.Context, c DoctorConfig) []Check {
	checks := []Check{c.disk(), c.docker(ctx), c.gpus(ctx)}
	if c.NoNetwork != nil {
		return append(checks, Check{"network", Missing, c.NoNetwork.Error(), or(lilypad.RemedyOf(c.NoNetwork), "lilypad up")})
	}
	return append(checks, c.chain(ctx)...)
}

func (c DoctorConfig) disk() Check {
	if err := writable(c.Dir); err != nil {
		return Check{"disk", Broken, err.Error(), lilypad.RemedyOf(err)}
	}
	free, err := hardware.Disk(c.Dir)
	if err != nil {
		return Check{"disk", Broken, err.Error(), "choose another folder with --data"}
	}
	if free < minDisk {
		return Check{"disk", Broken, fmt.Sprintf("%d MB free", free), fmt.Sprintf("free at least %d MB, or choose another folder with --data", minDisk)}
	}
	return Check{"disk", Good, fmt.Sprintf("%d MB free in %s", free, c.Dir), ""}
}

// writable makes a data folder, if it must, and tries to write there.
func writable(dir string) error {
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		probe := filepath.Join(dir, "probe")
		err = os.WriteFile(probe, nil, 0o600)
		_ = os.Remove(probe) // an empty file harms nobody
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "data folder", Remedy: "choose one that can be written to with --data", Err: err}
	}
	return nil
}

func (c DoctorConfig) docker(ctx context.Context) Check {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	d, err := docker.New(docker.Config{Owner: "doctor", Host: c.DockerHost})
	if err != nil {
		return Check{"docker", Broken, err.Error(), "correct --docker-host or DOCKER_HOST"}
	}
	defer d.Close()
	found, err := d.Fingerprint(ctx)
	if err != nil {
		return Check{"docker", Missing, "no engine answers: modules run as wasm only", or(lilypad.RemedyOf(err), "install and start a Docker engine")}
	}
	return Check{"docker", Good, "engine " + found.Version, ""}
}

func (c DoctorConfig) gpus(ctx context.Context) Check {
	gpus, err := hardware.GPUs(ctx, "nvidia-smi")
	if err != nil {
		return Check{"gpu", Broken, err.Error(), "install the driver that fits the GPU, until nvidia-smi lists it"}
	}
	if len(gpus) == 0 {
		return Check{"gpu", Missing, "no NVIDIA GPU is seen", "needed only for modules that ask for one"}
	}
	return Check{"gpu", Good, fmt.Sprintf("%d × %s, %d MB", len(gpus), gpus[0].Model, gpus[0].VRAMMB), ""}
}

// maxClockSkew is how far this machine's clock may be from block time.
const maxClockSkew = 2 * time.Minute

func (c DoctorConfig) chain(ctx context.Context) []Check {
	n := c.Network
	cfg := n.chain(c.Logger)
	cfg.Patience = 3 * time.Second
	client, err := chain.New(ctx, cfg)
	if err != nil {
		return []Check{{"chain", Broken, err.Error(), or(lilypad.RemedyOf(err), "start the network with lilypad up, or correct its file")}}
	}
	defer client.Close()
	head, err := client.Head(ctx)
	if err != nil {
		return []Check{{"chain", Broken, err.Error(), "check the chain's address in the network file"}}
	}
	final, err := client.Final(ctx)
	if err != nil {
		return []Check{{"chain", Broken, err.Error(), "use a node that tells which block is final"}}
	}
	checks := []Check{{"chain", Good, fmt.Sprintf("chain %d, block %d, final %d", n.ChainID, head.Number, final.Number), ""}}
	if !n.Steered() {
		checks = append(checks, c.clock(time.Unix(int64(head.Time), 0)))
	}
	if _, err := api.NewSolverClient(n.SolverURL, n.Solver, nil).Network(ctx); err != nil {
		return append(checks, Check{"solver", Broken, err.Error(), "start it, or correct its address in the network file"})
	}
	return append(checks, Check{"solver", Good, n.SolverURL, ""})
}

func (c DoctorConfig) clock(block time.Time) Check {
	if skew := c.Now().Sub(block); skew > maxClockSkew || skew < -maxClockSkew {
		return Check{"clock", Broken, fmt.Sprintf("differs by %s from block time", skew.Round(time.Second)), "set this machine's clock, for example with an NTP service"}
	}
	return Check{"clock", Good, "agrees with block time", ""}
}
