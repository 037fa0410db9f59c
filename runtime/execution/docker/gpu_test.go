package docker_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// gpuJob is a job with devices, in an image that nobody has to have.
func gpuJob(t *testing.T, devices ...string) execution.Job {
	t.Helper()
	job := executiontest.Job(t, lilypad.Spec{
		Engine: lilypad.EngineDocker, Image: "sha256:" + strings.Repeat("a", 64), Resources: lilypad.Resources{GPUs: uint32(len(devices))},
	})
	job.Devices = devices
	return job
}

// asked starts a job at a fake engine and returns what that was asked for.
func asked(t *testing.T, e *dockertest.Engine, cfg docker.Config, job execution.Job) dockertest.Created {
	t.Helper()
	cfg.Host = e.Host
	x := open(t, cfg)
	if _, err := x.Fingerprint(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Start(t.Context(), job); err == nil {
		t.Fatal("the fake engine started a container")
	} else if len(e.Created()) != 1 {
		t.Fatalf("%d containers were asked for: %v", len(e.Created()), err)
	}
	return e.Created()[0]
}

// amdRoot is the file system of a machine with two AMD GPUs.
func amdRoot(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{
		"0000:03:00.0/unique_id": "aa01", "0000:03:00.0/mem_info_vram_total": "64000000000", "0000:03:00.0/product_name": "Instinct MI210", "0000:03:00.0/drm/renderD128/dev": "",
		"0000:04:00.0/unique_id": "aa02", "0000:04:00.0/mem_info_vram_total": "64000000000", "0000:04:00.0/product_name": "Instinct MI210", "0000:04:00.0/drm/renderD129/dev": "",
	} {
		path := filepath.Join(root, "sys/bus/pci/drivers/amdgpu", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestExecutor_Start_asksForDevicesAsTheEngineKnowsThem(t *testing.T) {
	cdi := map[string]any{"CDISpecDirs": []string{"/etc/cdi", "/var/run/cdi"}}
	lists := func(names ...string) map[string]any {
		var devices []map[string]string
		for _, n := range names {
			devices = append(devices, map[string]string{"Source": "cdi", "ID": n})
		}
		info := maps.Clone(cdi)
		info["DiscoveredDevices"] = devices
		return info
	}
	for name, c := range map[string]struct {
		api      string
		info     map[string]any
		devices  []string
		requests []string // driver, count, ids, capabilities
		files    []string
	}{
		"none":                           {"1.47", cdi, nil, nil, nil},
		"an engine without CDI":          {"1.43", nil, []string{"GPU-1", "GPU-2"}, []string{"nvidia 0 GPU-1,GPU-2 gpu"}, nil},
		"CDI switched off":               {"1.47", map[string]any{"CDISpecDirs": []string{}}, []string{"GPU-1"}, []string{"nvidia 0 GPU-1 gpu"}, nil},
		"CDI, devices not told":          {"1.47", cdi, []string{"GPU-1", "MIG-2"}, []string{"cdi 0 nvidia.com/gpu=GPU-1,nvidia.com/gpu=MIG-2 "}, nil},
		"CDI, device told":               {"1.51", lists("nvidia.com/gpu=GPU-1"), []string{"GPU-1"}, []string{"cdi 0 nvidia.com/gpu=GPU-1 "}, nil},
		"CDI, only numbers told":         {"1.51", lists("nvidia.com/gpu=0", "nvidia.com/gpu=all"), []string{"GPU-1"}, []string{"nvidia 0 GPU-1 gpu"}, nil},
		"AMD by its files":               {"1.43", nil, []string{"AMD-aa02"}, nil, []string{"/dev/kfd", "/dev/dri/renderD129"}},
		"two of AMD":                     {"1.47", cdi, []string{"AMD-aa01", "AMD-aa02"}, nil, []string{"/dev/kfd", "/dev/dri/renderD128", "/dev/dri/renderD129"}},
		"AMD by a name that is told":     {"1.51", lists("amd.com/gpu=aa01"), []string{"AMD-aa01"}, []string{"cdi 0 amd.com/gpu=aa01 "}, nil},
		"AMD, only numbers told":         {"1.51", lists("amd.com/gpu=0"), []string{"AMD-aa01"}, nil, []string{"/dev/kfd", "/dev/dri/renderD128"}},
		"one of each, one by its driver": {"1.51", lists("amd.com/gpu=aa01"), []string{"AMD-aa01", "GPU-1"}, []string{"cdi 0 amd.com/gpu=aa01 ", "nvidia 0 GPU-1 gpu"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			job := gpuJob(t, c.devices...)
			got := asked(t, dockertest.Fake(t, c.api, c.info, nil), docker.Config{Root: amdRoot(t)}, job)
			var requests, files []string
			for _, r := range got.HostConfig.DeviceRequests {
				var capabilities []string
				for _, all := range r.Capabilities {
					capabilities = append(capabilities, strings.Join(all, "+"))
				}
				requests = append(requests, strings.Join([]string{r.Driver, string(rune('0' + r.Count)), strings.Join(r.DeviceIDs, ","), strings.Join(capabilities, ",")}, " "))
			}
			for _, d := range got.HostConfig.Devices {
				if d.PathInContainer != d.PathOnHost || d.CgroupPermissions != "rw" {
					t.Errorf("device %+v", d)
				}
				files = append(files, d.PathOnHost)
			}
			if diff := cmp.Diff(c.requests, requests) + cmp.Diff(c.files, files); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got, want := got.Labels["network.lilypad.gpus"], strings.Join(c.devices, ","); got != want {
				t.Errorf("labelled %q, want %q", got, want)
			}
		})
	}
}

// Runtimes of NVIDIA and AMD give devices by variables, which image and job
// could set: nobody gets more than was given to him.
func TestExecutor_Start_letsNoJobChooseDevices(t *testing.T) {
	for name, c := range map[string]struct {
		devices []string
		job     []string
		image   []string
		want    []string
	}{
		"an innocent job":    {nil, []string{"A=1"}, []string{"B=2"}, []string{"A=1"}},
		"a greedy job":       {nil, []string{"A=1", "NVIDIA_VISIBLE_DEVICES=all"}, nil, []string{"A=1", "NVIDIA_VISIBLE_DEVICES=void"}},
		"a greedy image":     {nil, nil, []string{"NVIDIA_VISIBLE_DEVICES=all"}, []string{"NVIDIA_VISIBLE_DEVICES=void"}},
		"an old CUDA image":  {nil, nil, []string{"CUDA_VERSION=11.0"}, []string{"NVIDIA_VISIBLE_DEVICES=void"}},
		"greedy with a GPU":  {[]string{"GPU-1"}, []string{"NVIDIA_VISIBLE_DEVICES=all"}, []string{"NVIDIA_VISIBLE_DEVICES=all"}, []string{"NVIDIA_VISIBLE_DEVICES=GPU-1"}},
		"greedy for AMD's":   {nil, []string{"AMD_VISIBLE_DEVICES=all"}, nil, []string{"AMD_VISIBLE_DEVICES"}},
		"AMD's with another": {[]string{"AMD-aa01"}, nil, []string{"AMD_VISIBLE_DEVICES=all"}, []string{"AMD_VISIBLE_DEVICES"}},
	} {
		t.Run(name, func(t *testing.T) {
			job := gpuJob(t, c.devices...)
			job.Spec.Env = c.job
			got := asked(t, dockertest.Fake(t, "1.47", nil, map[string]any{"Env": c.image}), docker.Config{Root: amdRoot(t)}, job)
			if diff := cmp.Diff(c.want, got.Env); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestExecutor_Start_refusesDevices(t *testing.T) {
	for name, c := range map[string]struct {
		device  string
		running []map[string]any
		want    lilypad.Code
	}{
		"in use by another": {"GPU-1", []map[string]any{{"Labels": map[string]string{"network.lilypad.gpus": "GPU-7,GPU-1", "network.lilypad.job": "other"}}}, lilypad.Unavailable},
		"not there":         {"AMD-ffff", nil, lilypad.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			e := dockertest.Fake(t, "1.47", nil, nil, c.running...)
			_, err := open(t, docker.Config{Host: e.Host, Root: amdRoot(t)}).Start(t.Context(), gpuJob(t, c.device))
			if lilypad.CodeOf(err) != c.want || len(e.Created()) > 0 {
				t.Errorf("got %v and %d containers, want %s", err, len(e.Created()), c.want)
			}
		})
	}
}

// A driver that is broken takes its own GPUs off the market and nothing else.
func TestExecutor_Fingerprint_survivesABrokenDriver(t *testing.T) {
	smi := filepath.Join(t.TempDir(), "nvidia-smi")
	if err := os.WriteFile(smi, []byte("#!/bin/sh\nexit 9\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	e := dockertest.Fake(t, "1.47", nil, nil)
	got, err := open(t, docker.Config{Host: e.Host, NvidiaSMI: smi, Root: amdRoot(t)}).Fingerprint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, g := range got.GPUs {
		ids = append(ids, g.UUID)
	}
	if !slices.Equal(ids, []string{"AMD-aa01", "AMD-aa02"}) || got.Capacity.GPUs != 2 || got.Capacity.VRAMMB != 64_000 || got.Capacity.CPUMilli != 8000 {
		t.Errorf("got %+v of %v", got.Capacity, ids)
	}
}

// Nodes of two users have no lock in common: when both make a container for a
// device at once, it is not started.
func TestExecutor_Start_yieldsToAContainerMadeMeanwhile(t *testing.T) {
	other := func(state, gpus string, created int64) map[string]any {
		return map[string]any{"Id": "theirs", "State": state, "Created": created, "Labels": map[string]string{"network.lilypad.gpus": gpus, "network.lilypad.job": "other"}}
	}
	const now = 1_000_000
	for name, c := range map[string]struct {
		other  map[string]any
		yields bool
	}{
		"made at once":   {other("created", "GPU-1", now), true},
		"made just then": {other("created", "GPU-7,GPU-1", now+1), true},
		"another device": {other("created", "GPU-7", now), false},
		"ended":          {other("exited", "GPU-1", now), false},
		"abandoned":      {other("created", "GPU-1", now-3600), false},
	} {
		t.Run(name, func(t *testing.T) {
			own := map[string]any{"Id": "made", "State": "created", "Created": now, "Labels": map[string]string{"network.lilypad.gpus": "GPU-1"}}
			e := dockertest.Fake(t, "1.47", nil, nil, own, c.other)
			_, err := open(t, docker.Config{Host: e.Host, Root: amdRoot(t)}).Start(t.Context(), gpuJob(t, "GPU-1"))
			if yields := lilypad.CodeOf(err) == lilypad.Unavailable && strings.Contains(err.Error(), "job other"); yields != c.yields || len(e.Created()) != 1 {
				t.Errorf("%d containers, then %v", len(e.Created()), err)
			}
		})
	}
}
