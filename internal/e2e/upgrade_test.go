package e2e_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// hosted is a local network for a provider of its own, provider-2.
type hosted struct {
	t       *testing.T
	network string // its file
	creator *api.CreatorClient
}

func newHosted(t *testing.T) hosted {
	t.Helper()
	cfg, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 1, Mediators: node.MinMediators, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	n := nodes.Start(t, cfg)
	return hosted{t, filepath.Join(n.Dir, node.NetworkFile), api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))}
}

func (h hosted) order(o api.Order) lilypad.JobID {
	h.t.Helper()
	o.Target, o.Scheme = node.LocalKey("provider-2").Address(), "optimistic"
	r, err := h.creator.Order(h.t.Context(), o)
	if err != nil {
		h.t.Fatal(err)
	}
	return r.Job
}

func (h hosted) await(job lilypad.JobID, state string) {
	h.t.Helper()
	nodes.Until(h.t, "the job is not "+state, func() bool {
		r, err := h.creator.Report(h.t.Context(), job)
		if err != nil {
			h.t.Fatal(err)
		}
		if r.Done && r.State != state {
			h.t.Fatalf("the job ended as %s: %s", r.State, r.Reason)
		}
		return r.State == state
	})
}

// dockerSays runs a command of the engine's own client.
func dockerSays(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "docker", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("docker %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// An operator puts a new program into the place of the old one, stops the
// provider and starts it again, while a job runs: the job is paid. A container
// runs on meanwhile and is taken back. If the whole machine is started again,
// its engine ends the container, and the job runs anew.
func TestUpgrade(t *testing.T) {
	old := program(t)
	image, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		engine  lilypad.Engine
		mode    string
		scene   string
		samples int // so that it takes some seconds
	}{
		{"wasm", lilypad.EngineWasm, "off", "spheres", 8},
		{"docker", lilypad.EngineDocker, "on", "box", 128},
		{"reboot", lilypad.EngineDocker, "on", "box", 128},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.engine == lilypad.EngineDocker {
				dockertest.Need(t)
				if _, err := exec.LookPath("docker"); err != nil {
					t.Skip("needs docker: " + err.Error())
				}
			}
			h, dir := newHosted(t), t.TempDir()
			installed := filepath.Join(dir, "lilypad")
			install := func() {
				if err := os.WriteFile(installed+".new", image, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.Rename(installed+".new", installed); err != nil {
					t.Fatal(err)
				}
			}
			install()
			p := &process{
				name: "provider", program: installed, log: filepath.Join(dir, "log"), out: filepath.Join(dir, "out"),
				args: []string{"provider", "--network", h.network, "--key", "provider-2", "--docker", c.mode, "--data", dir},
			}
			p.start(t)
			defer func() { p.stop(t) }()
			job := h.order(api.Order{Module: "render:v0.1.0", Engine: c.engine, Inputs: map[string]string{
				"Scene": c.scene, "Width": "320", "Height": "200", "Samples": fmt.Sprint(c.samples),
			}})
			h.await(job, "running")
			address := node.LocalKey("provider-2").Address()
			containers := func() string {
				if c.engine != lilypad.EngineDocker {
					return ""
				}
				return dockerSays(t, "ps", "--no-trunc", "--quiet", "--filter", fmt.Sprintf("label=network.lilypad.owner=provider-%x", address[:4]))
			}
			var runs string
			if c.engine == lilypad.EngineDocker {
				nodes.Until(t, "no container runs", func() bool { runs = containers(); return runs != "" })
			}
			install() // under the running program
			p.stop(t)
			if left := containers(); left != runs {
				t.Errorf("containers while it is stopped: %q, before: %q", left, runs)
			}
			if c.name == "reboot" {
				dockerSays(t, "stop", "--time", "1", runs)
				runs = ""
			}
			p.start(t)
			if left := containers(); left != "" && runs != "" && left != runs {
				t.Errorf("containers when it is back: %q, before: %q", left, runs)
			}
			h.await(job, "paid")
			if r, err := h.creator.Report(t.Context(), job); err != nil || r.ExitCode == nil || *r.ExitCode != 0 {
				t.Errorf("the job ended as %+v, %v", r, err)
			}
		})
	}
}
