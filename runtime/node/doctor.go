package node

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// Check is one finding. What is not good has a remedy.
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
	Docker     DockerMode
	DockerHost string
	Key        lilypad.Address   // whose funds to look at; zero: nobody's
	Listen     map[string]string // by flag: addresses that a role will listen on
	MinDisk    uint32            // MB that the data folder should have free; zero: 2000
	Now        func() time.Time
	Logger     *slog.Logger
}

// Doctor checks what a role needs. It changes nothing but a test file.
func Doctor(ctx context.Context, c DoctorConfig) []Check {
	c.MinDisk = cmp.Or(c.MinDisk, 2000)
	checks := append([]Check{c.disk()}, c.docker(ctx)...)
	checks = append(append(checks, c.gpus(ctx)), c.ports()...)
	if Draining(c.Dir) {
		checks = append(checks, Check{"drain", Missing, "the provider of this data folder takes no new jobs", "lilypad provider drain --undo --data " + c.Dir})
	}
	if c.NoNetwork != nil {
		state := Missing
		if lilypad.CodeOf(c.NoNetwork) == lilypad.Invalid {
			state = Broken
		}
		return append(checks, Check{"network", state, c.NoNetwork.Error(), or(lilypad.RemedyOf(c.NoNetwork), "lilypad up")})
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
	if free < c.MinDisk {
		return Check{"disk", Broken, fmt.Sprintf("%d MB free", free), fmt.Sprintf("free at least %d MB, let --keep be shorter, or choose another folder with --data", c.MinDisk)}
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

func (c DoctorConfig) docker(ctx context.Context) []Check {
	if c.Docker == DockerOff {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	d, err := docker.New(docker.Config{Owner: "doctor", Host: c.DockerHost})
	if err != nil {
		return []Check{{"docker", Broken, err.Error(), "correct --docker-host or DOCKER_HOST"}}
	}
	defer d.Close()
	found, err := d.Fingerprint(ctx)
	if err != nil && c.Docker == DockerOn {
		return []Check{{"docker", Broken, "no engine answers, and docker is on: " + err.Error(), or(lilypad.RemedyOf(err), "install and start a Docker engine")}}
	}
	if err != nil {
		return []Check{{"docker", Missing, "no engine answers: modules run as wasm only", or(lilypad.RemedyOf(err), "install and start a Docker engine")}}
	}
	checks := []Check{{"docker", Good, "engine " + found.Version, ""}}
	lacks, err := d.Lacks(ctx)
	if err != nil {
		checks = append(checks, Check{"docker", Broken, err.Error(), or(lilypad.RemedyOf(err), "start the Docker engine again")})
	}
	for _, l := range lacks {
		checks = append(checks, Check{"docker", Broken, l.What, l.Remedy})
	}
	return checks
}

// ports tries to listen where roles will.
func (c DoctorConfig) ports() (checks []Check) {
	for _, flag := range slices.Sorted(maps.Keys(c.Listen)) {
		addr := c.Listen[flag]
		switch l, err := net.Listen("tcp", addr); {
		case err == nil:
			_ = l.Close() // nobody has spoken to it
			checks = append(checks, Check{"port", Good, addr + " is free", ""})
		case taken(c.Dir):
			checks = append(checks, Check{"port", Good, addr + " is in use, and a process with this data folder runs", ""})
		default:
			checks = append(checks, Check{"port", Broken, err.Error(), "stop the program that uses it, or choose another address with " + flag})
		}
	}
	return checks
}

func (c DoctorConfig) gpus(ctx context.Context) Check {
	gpus, err := hardware.GPUs(ctx, "nvidia-smi", "/")
	if err != nil {
		return Check{"gpu", Broken, err.Error(), "install the driver that fits the GPU, until nvidia-smi or rocm-smi lists it"}
	}
	if len(gpus) == 0 {
		return Check{"gpu", Missing, "no GPU of NVIDIA or AMD is seen", "needed only for modules that ask for one"}
	}
	var found []string
	for _, k := range hardware.Kinds(gpus) {
		found = append(found, fmt.Sprintf("%d × %s, %d MB", k.Count, k.Model, k.VRAMMB))
	}
	return Check{"gpu", Good, strings.Join(found, "; "), ""}
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
	if !c.Key.IsZero() {
		checks = append(checks, c.funds(ctx))
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

// funds tells whether an account can act: pay gas, and lock stakes.
func (c DoctorConfig) funds(ctx context.Context) Check {
	has, err := Balance(ctx, c.Network, c.Key, c.Logger)
	if err != nil {
		return Check{"funds", Broken, err.Error(), or(lilypad.RemedyOf(err), "check the contract's address in the network file")}
	}
	gas := fmt.Sprintf("send some ether of chain %d to %s", c.Network.ChainID, c.Key)
	lily := fmt.Sprintf("send LILY to %s: the role deposits it when it starts", c.Key)
	if c.Network.Local() {
		gas = fmt.Sprintf("lilypad wallet faucet %s --amount 600", c.Key)
		lily = gas
	}
	switch {
	case has.Gas == "0":
		return Check{"funds", Broken, fmt.Sprintf("%s has no ether for its transactions", c.Key), gas}
	case has.Free+has.Wallet == 0:
		return Check{"funds", Broken, fmt.Sprintf("%s has no LILY for its stakes", c.Key), lily}
	}
	return Check{"funds", Good, fmt.Sprintf("%s has %s LILY free in the contract, %s in its wallet, %s wei", c.Key, has.Free, has.Wallet, has.Gas), ""}
}
