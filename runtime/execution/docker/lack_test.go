package docker_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
)

func TestExecutor_Lacks(t *testing.T) {
	smi := filepath.Join(t.TempDir(), "smi")
	if err := os.WriteFile(smi, []byte("#!/bin/sh\ncase \"$*\" in *driver_version*) echo 'GPU-1, NVIDIA L4, 23034, 570.1';; *) exit 2;; esac\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir()) // without a hook of NVIDIA
	with := func(more map[string]any) map[string]any {
		info := map[string]any{"MemoryLimit": true, "SwapLimit": true, "CpuCfsQuota": true, "PidsLimit": true, "SecurityOptions": []string{"name=seccomp,profile=default"}}
		for k, v := range more {
			info[k] = v
		}
		return info
	}
	cdi := []map[string]string{{"Source": "cdi", "ID": "nvidia.com/gpu=GPU-1"}}
	for name, c := range map[string]struct {
		info map[string]any
		smi  string
		want []string // words of each
	}{
		"nothing":              {with(nil), "", nil},
		"all":                  {nil, "", []string{"memory", "swapping", "cores", "processes", "system calls"}},
		"one":                  {with(map[string]any{"CpuCfsQuota": false}), "", []string{"cores"}},
		"GPUs that stay out":   {with(nil), smi, []string{"GPUs of NVIDIA"}},
		"GPUs by a runtime":    {with(map[string]any{"Runtimes": map[string]any{"nvidia": map[string]any{"path": "x"}}}), smi, nil},
		"GPUs by CDI":          {with(map[string]any{"DiscoveredDevices": cdi}), smi, nil},
		"another CDI's device": {with(map[string]any{"DiscoveredDevices": []map[string]string{{"Source": "cdi", "ID": "amd.com/gpu=0"}}}), smi, []string{"GPUs of NVIDIA"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := dockertest.Fake(t, "1.51", c.info, nil)
			d, err := docker.New(docker.Config{Owner: "test", Host: e.Host, NvidiaSMI: c.smi, Root: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			got, err := d.Lacks(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var words []string
			for i, l := range got {
				if l.Remedy == "" {
					t.Errorf("%q has no remedy", l.What)
				}
				if i < len(c.want) && strings.Contains(l.What, c.want[i]) {
					words = append(words, c.want[i])
				} else {
					words = append(words, l.What)
				}
			}
			if diff := cmp.Diff(c.want, words); diff != "" {
				t.Error(diff)
			}
		})
	}
}
