package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	root "github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// What the fake nvidia-smi lists: two small devices and two large ones.
const (
	smallGPUs = "GPU-l4-1, NVIDIA L4, 23034, 570.86.15\nGPU-l4-2, NVIDIA L4, 23034, 570.86.15\n"
	largeGPUs = "GPU-h100-1, NVIDIA H100 80GB HBM3, 81559, 570.86.15\nGPU-h100-2, NVIDIA H100 80GB HBM3, 81559, 570.86.15\n"
)

// gpuMarket is a local network on a machine with four GPUs, and a module that
// tells what it sees of them. Two providers offer all four, the second as if
// they were of two machines.
type gpuMarket struct {
	*testing.T
	creator *api.CreatorClient
	hook    func(entry string) (docker.Record, bool)
	began   time.Time
}

func startGPUMarket(t *testing.T) gpuMarket {
	t.Helper()
	hook := docker.NeedHook(t)
	dir := t.TempDir()
	for name, gpus := range map[string]string{"nvidia-smi": largeGPUs + smallGPUs, "small": smallGPUs, "large": largeGPUs} {
		smi := "#!/bin/sh\ncase \"$*\" in *driver_version*) cat <<'.'\n" + gpus + ".\n;; *) exit 2;; esac\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(smi), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))

	var file bytes.Buffer
	if err := image.Write(&file, image.Program{Name: "guest", Tag: "test", Binary: executiontest.BuildGuest(t, "linux", "amd64")}); err != nil {
		t.Fatal(err)
	}
	git := gittest.Serve(t)
	job := `"job": {"Spec": {"Docker": {
		"Image": "` + docker.Publish(t, file.Bytes()) + `",
		"Entrypoint": ["/guest", "sleep:300ms", "env:NVIDIA_VISIBLE_DEVICES"],
		"EnvironmentVariables": [{{ subst "JOB=%s" .Name }}]
	}, "Timeout": 60}}}`
	git.Commit("owner/lilypad-module-devices", map[string]string{modules.TemplateFile: `{"machine": {"cpu": 100}, ` + job})
	git.Git("owner/lilypad-module-devices", "tag", "none")
	git.Commit("owner/lilypad-module-devices", map[string]string{modules.TemplateFile: `{
		"machine": {"cpu": 100, "gpu": {{.Count}}, "gpus": [{"model": {{.Model}}, "vram": {{.VRAM}}, "driver": {{.Driver}}}]}, ` + job})
	git.Git("owner/lilypad-module-devices", "tag", "gpus")

	cfg, err := node.Local(filepath.Join(dir, "local"), node.LocalOptions{Providers: 2, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.LockDir, cfg.Mirrors = filepath.Join(dir, "locks"), map[string]string{"github.com": git.URL}
	cfg.Providers[0].Docker, cfg.Providers[0].Pull, cfg.Providers[1].Pull = node.DockerOn, true, true
	for _, name := range []string{"small", "large"} {
		cfg.Providers[1].Machines = append(cfg.Providers[1].Machines, node.MachineConfig{
			Name: name, DockerHost: "unix:///var/run/docker.sock", NvidiaSMI: filepath.Join(dir, name), Slots: 2,
			CPUMilli: 1000, RAMMB: 8000, DiskMB: 20_000, // its share of the one engine
		})
	}
	n := nodes.Start(t, cfg)
	return gpuMarket{t, api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator")), hook, time.Now()}
}

// asks is what a job wants; zero fields: anything will do.
type asks struct {
	count  int
	model  string
	vram   int // MB
	driver string
	target root.Address
}

func (m gpuMarket) order(name string, a asks) root.JobID {
	m.Helper()
	order := api.Order{Module: "github.com/owner/lilypad-module-devices:none", Inputs: map[string]string{"Name": m.name(name)}}
	if a.count > 0 {
		order = api.Order{Module: "github.com/owner/lilypad-module-devices:gpus", Inputs: map[string]string{
			"Name": m.name(name), "Count": fmt.Sprint(a.count), "Model": a.model, "VRAM": fmt.Sprint(a.vram), "Driver": a.driver,
		}}
	}
	order.Target = a.target
	report, err := m.creator.Order(m.Context(), order)
	if err != nil {
		m.Fatal(err)
	}
	return report.Job
}

// name tells the jobs of this test from those of others: the hook's records stay.
func (m gpuMarket) name(job string) string { return fmt.Sprintf("%s-%d", job, m.began.UnixNano()) }

func (m gpuMarket) paid(id root.JobID) {
	m.Helper()
	var report api.Report
	nodes.Until(m, "the job does not end", func() (done bool) {
		var err error
		if report, err = m.creator.Report(m.Context(), id); err != nil {
			m.Fatal(err)
		}
		return report.Done
	})
	if report.State != "paid" || report.ExitCode == nil || *report.ExitCode != 0 {
		m.Errorf("job ended %s: %s", report.State, report.Reason)
	}
}

// devices are those that the container runtime was asked for; nil: it was not.
func (m gpuMarket) devices(name string) []string {
	m.Helper()
	record, ok := m.hook("JOB=" + m.name(name))
	if !ok {
		return nil
	}
	asked := slices.DeleteFunc(slices.Clone(record.Env), func(kv string) bool { return !strings.HasPrefix(kv, "NVIDIA_VISIBLE_DEVICES=") })
	if asked = slices.Compact(asked); len(asked) != 1 {
		m.Fatalf("job %s sees %q", name, asked)
	}
	return strings.Split(strings.TrimPrefix(asked[0], "NVIDIA_VISIBLE_DEVICES="), ",")
}

// on is the market for a part of the test.
func (m gpuMarket) on(t *testing.T) gpuMarket {
	m.T = t
	return m
}

func TestGPUs(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a market and containers: left out by -short")
	}
	m := startGPUMarket(t)
	t.Run("exactly", func(t *testing.T) { m.on(t).exactly(t) })
	t.Run("several machines", func(t *testing.T) { m.on(t).machines(t) })
	t.Run("too many", func(t *testing.T) { m.on(t).tooMany(t) })
	t.Run("never twice", func(t *testing.T) { m.on(t).neverTwice() })
}

// From an order to the runtime's hook: the devices that a job gets are those
// that it asked for, no more, and nobody's else.
func (m gpuMarket) exactly(t *testing.T) {
	for name, c := range map[string]struct {
		asks
		want []string
	}{
		"none":       {asks{}, nil},
		"one":        {asks{count: 1}, []string{"GPU-l4-1"}},
		"two":        {asks{count: 2}, []string{"GPU-l4-1", "GPU-l4-2"}},
		"model":      {asks{count: 2, model: "H100"}, []string{"GPU-h100-1", "GPU-h100-2"}},
		"of-two":     {asks{count: 1, model: "A100, h100"}, []string{"GPU-h100-1"}},
		"memory":     {asks{count: 1, vram: 40_000}, []string{"GPU-h100-1"}},
		"all":        {asks{count: 4, driver: "570.86"}, []string{"GPU-l4-1", "GPU-l4-2", "GPU-h100-1", "GPU-h100-2"}},
		"small-size": {asks{count: 3, vram: 24_000}, []string{"GPU-l4-1", "GPU-l4-2", "GPU-h100-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := m.on(t)
			m.paid(m.order(name, c.asks))
			if diff := cmp.Diff(c.want, m.devices(name)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A job lands on the one of a provider's machines that has all it asks for.
func (m gpuMarket) machines(t *testing.T) {
	for name, c := range map[string]struct {
		asks
		want string // in the container's name
	}{
		"both-small": {asks{count: 2}, "-small-"},
		"one-large":  {asks{count: 1, vram: 40_000}, "-large-"},
	} {
		t.Run(name, func(t *testing.T) {
			m, began := m.on(t), time.Now()
			c.target = node.LocalKey("provider-2").Address()
			c.want = fmt.Sprintf("lilypad-provider-2-%x%s", c.target[:4], c.want)
			m.paid(m.order(name, c.asks))
			uses := m.uses(began)
			if len(uses) != 1 || !strings.HasPrefix(uses[0].Container, c.want) || !slices.Equal(uses[0].GPUs, m.devices(name)) {
				t.Errorf("it ran as %+v, want %s", uses, c.want)
			}
		})
	}
}

// uses are of containers that started since a time.
func (m gpuMarket) uses(since time.Time) []docker.Use {
	m.Helper()
	return slices.DeleteFunc(docker.Uses(m, since), func(u docker.Use) bool { return u.From.Before(since) }) // the engine rounds
}

// A job that no machine could ever run is told what the nearest one lacks.
func (m gpuMarket) tooMany(t *testing.T) {
	for name, c := range map[string]struct {
		asks
		want string
	}{
		"five":      {asks{count: 5}, "4 GPUs instead of 5 would match provider "},
		"of-model":  {asks{count: 3, model: "L4"}, "2 GPUs instead of 3 would match provider "},
		"unknown":   {asks{count: 1, model: "B200"}, "GPU model NVIDIA "},
		"machines":  {asks{count: 3, target: node.LocalKey("provider-2").Address()}, "2 GPUs instead of 3 would match provider "},
		"memory":    {asks{count: 4, vram: 40_000}, "4 GPUs with 24.1 GB instead of 40 GB would match provider "},
		"newer":     {asks{count: 1, driver: "999"}, "GPU driver 570.86.15 instead of 999 would match provider "},
		"too-large": {asks{count: 1, vram: 90_000}, "1 GPU with 85.5 GB instead of 90 GB would match provider "},
	} {
		t.Run(name, func(t *testing.T) {
			m := m.on(t)
			id := m.order(name, c.asks)
			var why api.Why
			nodes.Until(t, "the solver does not know the job", func() bool {
				var err error
				why, err = m.creator.Why(t.Context(), id)
				return err == nil
			})
			if !strings.HasPrefix(why.Nearest, c.want) {
				t.Errorf("nearest is %q, want %q", why.Nearest, c.want)
			}
			nodes.Until(t, "the job cannot be withdrawn", func() bool {
				_, err := m.creator.Cancel(t.Context(), id)
				return err == nil
			})
		})
	}
}

// More jobs than devices, at two providers that share the machine: each gets
// its own in turn, and the engine saw no device in two containers at once.
func (m gpuMarket) neverTwice() {
	began := time.Now()
	var ids []root.JobID
	wants := []asks{{count: 3}, {count: 3}, {count: 1, model: "h100"}, {count: 2}, {count: 4}, {count: 1}, {count: 2, vram: 40_000}, {count: 1}}
	for i, a := range wants {
		ids = append(ids, m.order(fmt.Sprint("rush-", i), a))
	}
	for _, id := range ids {
		m.paid(id)
	}
	for i, a := range wants {
		if got := m.devices(fmt.Sprint("rush-", i)); len(got) != a.count {
			m.Errorf("job %d asked for %d and got %v", i, a.count, got)
		}
	}
	uses := m.uses(began)
	if len(uses) != len(wants) {
		m.Errorf("the engine ran %d containers with GPUs, want %d", len(uses), len(wants))
	}
	for i, a := range uses {
		for _, b := range uses[:i] {
			both := slices.ContainsFunc(a.GPUs, func(id string) bool { return slices.Contains(b.GPUs, id) })
			if both && a.From.Before(b.Until) && b.From.Before(a.Until) {
				m.Errorf("%s and %s had %v and %v at once", a.Container, b.Container, a.GPUs, b.GPUs)
			}
		}
	}
}
