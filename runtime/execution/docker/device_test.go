package docker_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
)

// squares adds up i² on the device: 332833500 for the first thousand.
const squares = `#include <cstdio>
__global__ void add(unsigned long long *sum) { unsigned long long i = blockIdx.x * blockDim.x + threadIdx.x; if (i < 1000) atomicAdd(sum, i * i); }
int main() {
	unsigned long long *sum;
	if (cudaMallocManaged(&sum, sizeof *sum) != cudaSuccess) { printf("no device\n"); return 1; }
	*sum = 0;
	add<<<8, 128>>>(sum);
	if (cudaDeviceSynchronize() != cudaSuccess) { printf("no kernel\n"); return 1; }
	printf("%llu\n", *sum);
}
`

// A real GPU, on a machine that has one: it is found, a container sees that one
// and no other, and computes on it. make test-gpu runs this.
func TestDevice(t *testing.T) {
	gpus, err := hardware.NVIDIA(t.Context(), "nvidia-smi")
	if err != nil {
		t.Fatal(err)
	}
	if len(gpus) == 0 {
		t.Skip("needs gpu: nvidia-smi lists none here")
	}
	for _, g := range gpus {
		t.Logf("found %s: %s, %d MB, driver %s", g.UUID, g.Model, g.VRAMMB, g.Driver)
		if g.VRAMMB == 0 || lilypad.DriverNumber(g.Driver) == 0 {
			t.Errorf("%+v has no memory or no driver", g)
		}
	}
	dockertest.Need(t)
	if _, err := exec.LookPath("nvidia-container-cli"); err != nil {
		t.Skip("needs gpu: the engine cannot give it to a container without the NVIDIA container toolkit")
	}
	t.Run("is seen alone", func(t *testing.T) {
		smi, err := exec.LookPath("nvidia-smi")
		if err != nil {
			t.Fatal(err)
		}
		// The runtime brings nvidia-smi along; what it is linked with is the image's.
		text := onDevice(t, imageOf(t, libraries(t, smi)...), gpus[0], "/usr/bin/nvidia-smi", "-L")
		for i, g := range gpus {
			if strings.Contains(text, g.UUID) != (i == 0) {
				t.Errorf("the container of %s sees\n%s", gpus[0].UUID, text)
			}
		}
	})
	t.Run("computes", func(t *testing.T) {
		nvcc, err := exec.LookPath("nvcc")
		if err != nil {
			t.Skip("needs gpu: no nvcc here to build a program for it")
		}
		dir := t.TempDir()
		source, program := filepath.Join(dir, "squares.cu"), filepath.Join(dir, "squares")
		if err := os.WriteFile(source, []byte(squares), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.CommandContext(t.Context(), nvcc, "-cudart", "static", "-o", program, source).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if text := onDevice(t, imageOf(t, append(libraries(t, program), program)...), gpus[0], program); text != "332833500\n" {
			t.Errorf("the device computed %q", text)
		}
	})
}

// onDevice runs a program of an image with a GPU and returns what it prints.
func onDevice(t *testing.T, image string, g execution.GPU, command ...string) string {
	t.Helper()
	job := executiontest.Job(t, lilypad.Spec{
		Engine: lilypad.EngineDocker, Image: image, Entrypoint: command,
		Env:       []string{"NVIDIA_DRIVER_CAPABILITIES=compute,utility"},
		Resources: lilypad.Resources{GPUs: 1, RAMMB: 4000}, Timeout: 60,
	})
	job.Devices = []string{g.UUID}
	e := open(t, docker.Config{})
	if _, err := e.Fingerprint(t.Context()); err != nil {
		t.Fatal(err)
	}
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Fatalf("ended %s (%s): %s%s", o.End, o.Reason, executiontest.Text(t, job, "stdout"), executiontest.Text(t, job, "stderr"))
	}
	return executiontest.Text(t, job, "stdout")
}

var linked = regexp.MustCompile(`(?m)(/\S+) \(0x`)

// libraries are those that a program of this machine is linked with.
func libraries(t *testing.T, program string) (files []string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ldd", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range linked.FindAllStringSubmatch(string(out), -1) {
		files = append(files, m[1])
	}
	return files
}

// imageOf makes an image of nothing but files of this machine, for the time of
// the test, and returns its id.
func imageOf(t *testing.T, files ...string) string {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "tar", append([]string{"-chPf", "-", "--transform", "s,^/,,"}, files...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	load := exec.CommandContext(t.Context(), "docker", "import", "-")
	load.Stdin = bytes.NewReader(root)
	id, err := load.Output()
	if err != nil {
		t.Fatal(err)
	}
	image := strings.TrimSpace(string(id))
	t.Cleanup(func() { _ = exec.Command("docker", "rmi", "--force", image).Run() })
	return image
}

// The way into the container, with a program that every machine has.
func TestDevice_imageOfThisMachine(t *testing.T) {
	dockertest.Need(t)
	for _, program := range []string{"docker", "ldd", "tar"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs docker: " + err.Error())
		}
	}
	ls, err := filepath.EvalSymlinks("/bin/ls")
	if err != nil {
		t.Fatal(err)
	}
	image := imageOf(t, append(libraries(t, ls), ls)...)
	e, job := open(t, docker.Config{}), executiontest.Job(t, lilypad.Spec{Engine: lilypad.EngineDocker, Image: image, Entrypoint: []string{ls, ls}})
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded || executiontest.Text(t, job, "stdout") != ls+"\n" {
		t.Errorf("ended %s: %s", o.End, executiontest.Text(t, job, "stderr"))
	}
}
