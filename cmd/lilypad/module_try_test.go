package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A trial takes no GPU that a provider on this machine has given to a job, and
// none with an older driver than the module asks for.
func TestModule_Run_takesDevicesAsAProvider(t *testing.T) {
	o, dir, bin, state := operator{t, t.TempDir()}, t.TempDir(), t.TempDir(), t.TempDir()
	smi := "#!/bin/sh\ncase \"$*\" in *driver_version*) printf 'GPU-1, NVIDIA L4, 23034, 570.1\\nGPU-2, NVIDIA L4, 23034, 570.1\\n';; *) exit 2;; esac\n"
	if err := os.WriteFile(filepath.Join(bin, "nvidia-smi"), []byte(smi), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	t.Setenv("XDG_STATE_HOME", state)
	locks := node.GPULocks(filepath.Join(state, "lilypad", "locks"))
	if err := os.MkdirAll(locks, 0o700); err != nil {
		t.Fatal(err)
	}
	held := flock.New(filepath.Join(locks, "gpu-GPU-1"))
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	t.Cleanup(func() { _ = held.Unlock() })
	e := dockertest.Fake(t, "1.47", nil, nil)
	template := func(driver string) {
		write(t, filepath.Join(dir, modules.TemplateFile), `{"machine": {"gpu": 1, "gpus": [{"driver": "`+driver+`"}]},
			"job": {"Spec": {"Docker": {"Image": "sha256:`+lilypad.Hash{1}.String()[2:]+`", "Entrypoint": ["tool"]}}}}`)
	}
	template("999")
	if p := o.refusal("run", dir, "--docker-host", e.Host).Error; p.Code != string(lilypad.Unavailable) || !strings.Contains(p.Message, "999") {
		t.Errorf("got %+v, want unavailable and the driver", p)
	}
	template("570")
	_ = o.module(nil, "run", dir, "--docker-host", e.Host) // it is only written down
	if made := e.Created(); len(made) != 1 || made[0].Labels["network.lilypad.gpus"] != "GPU-2" {
		t.Errorf("asked for %+v, want one with GPU-2", made)
	}
}

// JSON shows the first of a long file, and it is told that there is more.
func TestHead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stdout")
	write(t, path, strings.Repeat("x", shownStdout+5))
	text, size, err := head(path)
	if len(text) != shownStdout || size != shownStdout+5 || err != nil {
		t.Errorf("%d of %d bytes, %v", len(text), size, err)
	}
}
