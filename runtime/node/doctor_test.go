package node_test

import (
	"log/slog"
	"math"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// Whatever the doctor finds, it says how to mend it.
func TestDoctor_hasARemedyForEveryFinding(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a chain")
	}
	network, dev := node.LocalChain(node.MinMediators, "", 0)
	n := nodes.Start(t, node.Config{Network: network, DevChain: dev, Solver: &node.SolverConfig{Key: node.LocalKey("solver")}})
	bare := dockertest.Fake(t, "1.47", nil, nil)
	used, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer used.Close()
	free := "127.0.0.1:" + ports.Reserve(t, 1)[0]
	unsteered := n.Network
	unsteered.Name = "far"
	for name, c := range map[string]struct {
		edit          func(*node.DoctorConfig)
		check         string
		state         node.Health
		finds, remedy string
	}{
		"a folder":           {nil, "disk", node.Good, "MB free", ""},
		"no folder":          {func(c *node.DoctorConfig) { c.Dir = "/dev/null/x" }, "disk", node.Broken, "data folder", "--data"},
		"a full disk":        {func(c *node.DoctorConfig) { c.MinDisk = math.MaxUint32 }, "disk", node.Broken, "MB free", "free at least"},
		"no engine":          {nil, "docker", node.Missing, "no engine answers", "Docker"},
		"no engine, but on":  {func(c *node.DoctorConfig) { c.Docker = node.DockerOn }, "docker", node.Broken, "docker is on", "Docker"},
		"a wrong engine":     {func(c *node.DoctorConfig) { c.DockerHost = "nonsense" }, "docker", node.Broken, "docker engine address", "--docker-host"},
		"an engine":          {func(c *node.DoctorConfig) { c.DockerHost = bare.Host }, "docker", node.Good, "engine", ""},
		"no memory limit":    {func(c *node.DoctorConfig) { c.DockerHost = bare.Host }, "docker", node.Broken, "memory of jobs", "cgroup"},
		"no quota of cores":  {func(c *node.DoctorConfig) { c.DockerHost = bare.Host }, "docker", node.Broken, "cores of jobs", "cgroups"},
		"GPUs stay out":      {func(c *node.DoctorConfig) { c.DockerHost = bare.Host; smi(t, "echo 'GPU-1, NVIDIA L4, 23034, 570.1'") }, "docker", node.Broken, "GPUs of NVIDIA", "nvidia-ctk"},
		"a broken driver":    {func(*node.DoctorConfig) { smi(t, "exit 9") }, "gpu", node.Broken, "nvidia", "driver"},
		"no GPU":             {func(*node.DoctorConfig) { t.Setenv("PATH", t.TempDir()) }, "gpu", node.Missing, "no GPU", "only for modules"},
		"a GPU":              {func(*node.DoctorConfig) { smi(t, "echo 'GPU-1, NVIDIA L4, 23034, 570.1'") }, "gpu", node.Good, "1 × NVIDIA L4", ""},
		"a port in use":      {func(c *node.DoctorConfig) { c.Listen = map[string]string{"--listen": used.Addr().String()} }, "port", node.Broken, "in use", "--listen"},
		"a free port":        {func(c *node.DoctorConfig) { c.Listen = map[string]string{"--metrics": free} }, "port", node.Good, "is free", ""},
		"drained":            {func(c *node.DoctorConfig) { drained(t, c.Dir) }, "drain", node.Missing, "no new jobs", "--undo"},
		"a bad network":      {func(c *node.DoctorConfig) { c.NoNetwork = lilypad.Errorf(lilypad.Invalid, "not JSON").Try("mend it") }, "network", node.Broken, "not JSON", "mend it"},
		"no network":         {func(c *node.DoctorConfig) { c.NoNetwork = lilypad.Errorf(lilypad.NotFound, "no such file") }, "network", node.Missing, "no such file", "lilypad up"},
		"a chain":            {nil, "chain", node.Good, "block", ""},
		"no chain":           {func(c *node.DoctorConfig) { c.Network.RPC = "http://127.0.0.1:1" }, "chain", node.Broken, "127.0.0.1:1", "network"},
		"a right clock":      {func(c *node.DoctorConfig) { c.Network = unsteered }, "clock", node.Good, "agrees", ""},
		"a wrong clock":      {func(c *node.DoctorConfig) { c.Network, c.Now = unsteered, func() time.Time { return time.Unix(0, 0) } }, "clock", node.Broken, "differs", "NTP"},
		"a rich account":     {func(c *node.DoctorConfig) { c.Key = node.LocalKey("provider-1").Address() }, "funds", node.Good, "10000 in its wallet", ""},
		"no ether":           {func(c *node.DoctorConfig) { c.Key = lilypad.Address{7} }, "funds", node.Broken, "no ether", "faucet"},
		"no ether elsewhere": {func(c *node.DoctorConfig) { c.Network, c.Key = unsteered, lilypad.Address{7} }, "funds", node.Broken, "no ether", "send some ether"},
		"no LILY":            {func(c *node.DoctorConfig) { c.Key = node.LocalKey("mediator-1").Address() }, "funds", node.Broken, "no LILY", "faucet"},
		"no contract":        {func(c *node.DoctorConfig) { c.Network.Settlement, c.Key = lilypad.Address{9}, lilypad.Address{7} }, "funds", node.Broken, "", "contract"},
		"a solver":           {nil, "solver", node.Good, "http://", ""},
		"no solver":          {func(c *node.DoctorConfig) { c.Network.SolverURL = "http://127.0.0.1:1" }, "solver", node.Broken, "127.0.0.1:1", "start it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATH", os.Getenv("PATH")) // edits may set it
			cfg := node.DoctorConfig{Dir: t.TempDir(), Network: n.Network, DockerHost: "unix:///nonexistent/docker.sock", Now: time.Now, Logger: slog.New(slog.DiscardHandler)}
			if c.edit != nil {
				c.edit(&cfg)
			}
			found := false
			for _, got := range node.Doctor(t.Context(), cfg) {
				if (got.State == node.Good) != (got.Remedy == "") {
					t.Errorf("%+v: what is not good has a remedy", got)
				}
				found = found || got.Name == c.check && got.State == c.state && strings.Contains(got.Finding, c.finds) && strings.Contains(got.Remedy, c.remedy)
			}
			if !found {
				t.Errorf("%+v, want %s %s: %q, try %q", node.Doctor(t.Context(), cfg), c.check, c.state, c.finds, c.remedy)
			}
		})
	}
}

// A role that uses no engine is not told to mend one.
func TestDoctor_leavesAloneWhatIsOff(t *testing.T) {
	cfg := node.DoctorConfig{Dir: t.TempDir(), NoNetwork: lilypad.Errorf(lilypad.NotFound, "none"), Docker: node.DockerOff, DockerHost: "nonsense", Now: time.Now}
	for _, got := range node.Doctor(t.Context(), cfg) {
		if got.Name == "docker" {
			t.Errorf("it finds %+v", got)
		}
	}
}

// smi puts a program in the place of nvidia-smi.
func smi(t *testing.T, does string) {
	t.Helper()
	dir := t.TempDir()
	script := "#!/bin/sh\ncase \"$*\" in *driver_version*) " + does + ";; *) exit 2;; esac\n"
	if err := os.WriteFile(filepath.Join(dir, "nvidia-smi"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir) // no hook of NVIDIA is there either
}

// drained makes a data folder that of a drained provider.
func drained(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "provider"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "provider", "journal.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := node.SetDrain(dir, true); err != nil {
		t.Fatal(err)
	}
}
