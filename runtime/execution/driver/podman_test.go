//go:build podman

package driver_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// needPodman builds the driver.
func needPodman(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("podman"); err != nil {
		t.Fatal("needs podman: apt-get install podman runc")
	}
	path := filepath.Join(t.TempDir(), "lilypad-driver-podman")
	if out, err := exec.Command("go", "build", "-o", path, "github.com/lilypad-network/lilypad/cmd/lilypad-driver-podman").CombinedOutput(); err != nil {
		t.Fatalf("build driver: %v\n%s", err, out)
	}
	return path
}

// loadGuest puts the guest's image into podman's store.
func loadGuest(t *testing.T) string {
	t.Helper()
	p := image.Program{Name: "guest", Tag: "test", Binary: executiontest.BuildGuest(t, "linux", "amd64")}
	var file bytes.Buffer
	if err := image.Write(&file, p); err != nil {
		t.Fatal(err)
	}
	id, err := image.ID(p)
	if err != nil {
		t.Fatal(err)
	}
	load := exec.Command("podman", "load")
	load.Stdin = &file
	if out, err := load.CombinedOutput(); err != nil {
		t.Fatalf("podman load: %v\n%s", err, out)
	}
	return id
}

// podman has an owner for each test, so that one test's Reap does not end the
// jobs of another.
func podman(t *testing.T) executiontest.Subject {
	path, guest := needPodman(t), loadGuest(t)
	return executiontest.Subject{
		New: func(t *testing.T) execution.Executor {
			e, err := driver.New(driver.Config{
				Engine: lilypad.EngineDocker, Path: path,
				Settings: driver.Settings{Owner: "test-" + lilypad.Keccak256([]byte(t.Name())).String()[2:18], Limits: executiontest.Limits},
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if _, err := e.Reap(context.Background(), nil); err != nil && lilypad.CodeOf(err) != lilypad.Unavailable {
					t.Error(err)
				}
				e.Close()
			})
			return e
		},
		Spec: func(steps ...string) lilypad.Spec {
			return lilypad.Spec{Engine: lilypad.EngineDocker, Image: guest, Entrypoint: []string{"/guest"}, Args: steps}
		},
		Survives: true,
	}
}

func TestPodman(t *testing.T) { executiontest.Run(t, podman(t)) }

func TestPodman_hostile(t *testing.T) { executiontest.RunHostile(t, podman(t)) }

func TestPodman_aJobOutlivesItsDriver(t *testing.T) {
	s := podman(t)
	e := s.New(t).(*driver.Executor)
	job := executiontest.Job(t, s.Spec("print:begun", "wait"))
	h := executiontest.Start(t, e, job)
	ended := make(chan execution.Outcome, 1)
	go func() {
		o, err := e.Wait(context.Background(), h)
		if err != nil {
			o.Reason = err.Error()
		}
		ended <- o
	}()
	time.Sleep(100 * time.Millisecond) // so that the wait is under way, mostly
	if err := e.KillDriver(); err != nil {
		t.Fatal(err)
	}
	select {
	case o := <-ended:
		t.Fatalf("the job ended with its driver: %+v", o)
	case <-time.After(time.Second):
	}
	if err := e.Stop(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if o := <-ended; o.End != execution.Cancelled {
		t.Errorf("ended %+v, want cancelled", o)
	}
	if text := executiontest.Text(t, job, "stdout"); text != "begun\n" {
		t.Errorf("stdout is %q", text)
	}
}

func TestPodman_hardensTheContainer(t *testing.T) {
	s := podman(t)
	e, job := s.New(t), executiontest.Job(t, s.Spec("wait"))
	executiontest.Start(t, e, job)
	names, err := exec.Command("podman", "ps", "--format", "{{.Names}} {{.Pid}}").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(names)) {
		name, pid, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasSuffix(name, "-"+job.ID) {
			continue
		}
		status, err := os.ReadFile(fmt.Sprintf("/proc/%s/status", pid))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"} {
			if !strings.Contains(string(status), want) {
				t.Errorf("the job's process lacks %q:\n%s", want, status)
			}
		}
		return
	}
	t.Fatalf("no container of job %s among\n%s", job.ID, names)
}
