package docker_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/google/go-cmp/cmp"

	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/modules/catalog/image"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

const owner = "execution-test"

// images is a fake source of one image.
type images struct {
	id   string
	file []byte
}

func (i images) Open(_ context.Context, id string) (io.ReadCloser, error) {
	if id != i.id {
		return nil, lilypad.Errorf(lilypad.NotFound, "no such image")
	}
	return io.NopCloser(bytes.NewReader(i.file)), nil
}

// spec runs the guest.
func (i images) spec(steps ...string) lilypad.Spec {
	return lilypad.Spec{Engine: lilypad.EngineDocker, Image: i.id, Entrypoint: []string{"/guest"}, Args: steps}
}

func guest(t *testing.T) images {
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
	return images{id, file.Bytes()}
}

func open(t *testing.T, cfg docker.Config) *docker.Executor {
	t.Helper()
	cfg.Owner, cfg.Limits, cfg.Grace = owner, executiontest.Limits, time.Second
	e, err := docker.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// subject has an owner for each test, so that one test's Reap does not end
// the jobs of another.
func subject(t *testing.T) executiontest.Subject {
	dockertest.Need(t)
	img := guest(t)
	return executiontest.Subject{
		New: func(t *testing.T) execution.Executor {
			name := "test-" + lilypad.Keccak256([]byte(t.Name())).String()[2:18]
			e, err := docker.New(docker.Config{Owner: name, Images: img, Limits: executiontest.Limits, Grace: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if _, err := e.Reap(context.Background(), nil); err != nil && lilypad.CodeOf(err) == lilypad.Unavailable {
					t.Error(err)
				}
				e.Close()
			})
			return e
		},
		Spec:     img.spec,
		Survives: true,
	}
}

func TestExecutor(t *testing.T) { executiontest.Run(t, subject(t)) }

func TestExecutor_hostile(t *testing.T) { executiontest.RunHostile(t, subject(t)) }

func TestExecutor_Start_hardensTheContainer(t *testing.T) {
	s := subject(t)
	e, spec := s.New(t), s.Spec("wait")
	spec.Resources = lilypad.Resources{CPUMilli: 500, RAMMB: 64, DiskMB: 10}
	spec.Outputs = []lilypad.Output{{Name: "outputs", Path: "/outputs"}}
	job := executiontest.Job(t, spec)
	executiontest.Start(t, e, job)

	got := inspect(t, job.ID)
	h := got.HostConfig
	type facts struct {
		Network                           string
		ReadOnly, Privileged, NoPrivilege bool
		CapDrop                           []string
		Binds                             []string
		Memory, Swap, CPU, Processes      int64
		Tmp                               string
		Inputs, Outputs                   string
	}
	mounts := map[string]string{}
	for _, m := range got.Mounts {
		mounts[m.Destination] = string(m.Type)
		if !m.RW {
			mounts[m.Destination] += " read-only"
		}
	}
	want := facts{
		Network: "none", ReadOnly: true, NoPrivilege: true, CapDrop: []string{"ALL"},
		Memory: 64e6 / 4096 * 4096, Swap: 64e6 / 4096 * 4096, CPU: 500e6, Processes: 256,
		Tmp: "rw,nosuid,nodev,mode=1777,size=32000000", Inputs: "volume read-only", Outputs: "volume",
	}
	if diff := cmp.Diff(want, facts{
		Network: string(h.NetworkMode), ReadOnly: h.ReadonlyRootfs, Privileged: h.Privileged,
		NoPrivilege: slices.Contains(h.SecurityOpt, "no-new-privileges:true"), CapDrop: h.CapDrop, Binds: h.Binds,
		Memory: h.Memory / 4096 * 4096, Swap: h.MemorySwap / 4096 * 4096, CPU: h.NanoCPUs, Processes: *h.PidsLimit,
		Tmp: h.Tmpfs["/tmp"], Inputs: mounts["/inputs"], Outputs: mounts["/outputs"],
	}); diff != "" {
		t.Errorf("container (-want +got):\n%s", diff)
	}
}

// inspect finds the one container of a job.
func inspect(t *testing.T, jobID string) container.InspectResponse {
	t.Helper()
	for _, c := range containers(t) {
		if strings.HasSuffix(c, "-"+jobID) {
			engine := engine(t)
			info, err := engine.ContainerInspect(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			return info
		}
	}
	t.Fatalf("job %s has no container", jobID)
	return container.InspectResponse{}
}

func containers(t *testing.T) (names []string) {
	t.Helper()
	list, err := engine(t).ContainerList(t.Context(), container.ListOptions{All: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		names = append(names, strings.TrimPrefix(c.Names[0], "/"))
	}
	return names
}

func engine(t *testing.T) *client.Client {
	t.Helper()
	c, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestExecutor_leavesNothingBehind(t *testing.T) {
	s := subject(t)
	e, job := s.New(t), executiontest.Job(t, s.Spec("print:moo"))
	executiontest.Wait(t, e, executiontest.Start(t, e, job))
	for _, name := range containers(t) {
		if strings.Contains(name, job.ID) {
			t.Errorf("container %s is left", name)
		}
	}
	if n, err := e.Reap(t.Context(), nil); n != 0 || err != nil {
		t.Errorf("reap found %d, %v", n, err)
	}
}

func TestExecutor_survivesForkBomb(t *testing.T) {
	s := subject(t)
	e, job := s.New(t), executiontest.Job(t, s.Spec("fork"))
	o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
	if text := executiontest.Text(t, job, "stdout"); o.End == execution.TimedOut || strings.Contains(text, "no limit") {
		t.Errorf("ended %s with %q", o.End, text)
	}
}

func TestExecutor_Stop_killsTheDeaf(t *testing.T) {
	s := subject(t)
	e, job := s.New(t), executiontest.Job(t, s.Spec("deaf"))
	h := executiontest.Start(t, e, job)
	began := time.Now()
	if err := e.Stop(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if o := executiontest.Wait(t, e, h); o.End != execution.Cancelled {
		t.Errorf("ended %s, want cancelled", o.End)
	}
	if took := time.Since(began); took > 15*time.Second {
		t.Errorf("took %s with a grace of 1 s", took)
	}
}

func TestExecutor_Recover_takesBackWhatEndedMeanwhile(t *testing.T) {
	s := subject(t)
	first, second := s.New(t), s.New(t)
	job := executiontest.Job(t, outputs(s.Spec("write:/outputs/f=kept", "exit:5")))
	h := executiontest.Start(t, first, job)
	first.(io.Closer).Close()
	time.Sleep(time.Second) // for the container to end with nobody there
	if err := second.Recover(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if o := executiontest.Wait(t, second, h); o.ExitCode != 5 {
		t.Errorf("exit code %d, want 5", o.ExitCode)
	}
	if text := executiontest.Text(t, job, "outputs/outputs/f"); text != "kept" {
		t.Errorf("output is %q", text)
	}
}

// A node can be killed when it has stored an outcome and has not yet removed
// what the job had in the engine.
func TestExecutor_Recover_clearsUpAfterTheEnded(t *testing.T) {
	s := subject(t)
	first, second := s.New(t), s.New(t)
	job := executiontest.Job(t, outputs(s.Spec("wait")))
	h := executiontest.Start(t, first, job)
	first.(io.Closer).Close()
	if err := os.WriteFile(filepath.Join(job.Dir, "outcome.json"), []byte(`{"end": "failed", "exit_code": 5}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := second.Recover(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if o := executiontest.Wait(t, second, h); o.ExitCode != 5 {
		t.Errorf("exit code %d, want 5", o.ExitCode)
	}
	if n, err := second.Reap(t.Context(), nil); n != 0 || err != nil {
		t.Errorf("%d jobs were left in the engine, %v", n, err)
	}
}

func outputs(spec lilypad.Spec) lilypad.Spec {
	spec.Outputs = []lilypad.Output{{Name: "outputs", Path: "/outputs"}}
	return spec
}

func TestExecutor_Start_refuses(t *testing.T) {
	s := subject(t)
	e := s.New(t)
	for name, c := range map[string]struct {
		code   lilypad.Code
		change func(*execution.Job)
	}{
		"network":        {lilypad.Invalid, func(j *execution.Job) { j.Spec.Network = true }},
		"image by tag":   {lilypad.Invalid, func(j *execution.Job) { j.Spec.Image = "busybox:latest" }},
		"image as flag":  {lilypad.Invalid, func(j *execution.Job) { j.Spec.Image = "--privileged@sha256:" + strings.Repeat("0", 64) }},
		"unknown image":  {lilypad.NotFound, func(j *execution.Job) { j.Spec.Image = "sha256:" + strings.Repeat("0", 64) }},
		"devices":        {lilypad.Invalid, func(j *execution.Job) { j.Spec.Resources.GPUs = 2; j.Devices = []string{"GPU-1"} }},
		"tiny memory":    {lilypad.Invalid, func(j *execution.Job) { j.Spec.Resources.RAMMB = 1 }},
		"many cores":     {lilypad.Invalid, func(j *execution.Job) { j.Spec.Resources.CPUMilli = 4_000_000_000 }},
		"no such binary": {lilypad.Invalid, func(j *execution.Job) { j.Spec.Entrypoint = []string{"/absent"} }},
	} {
		t.Run(name, func(t *testing.T) {
			job := executiontest.Job(t, s.Spec("print:no"))
			c.change(&job)
			if _, err := e.Start(t.Context(), job); lilypad.CodeOf(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
		})
	}
}

func TestExecutor_watchesTheDisk(t *testing.T) {
	s := subject(t)
	// Three files, each within the limit on one.
	spec := outputs(s.Spec("grow:/outputs/a=1", "grow:/outputs/b=1", "grow:/outputs/c=1", "wait"))
	e, job := s.New(t), executiontest.Job(t, spec)
	o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
	if o.End != execution.Refused || !strings.Contains(o.Reason, "limit of 2000000 bytes") {
		t.Errorf("ended %s (%s), want refused", o.End, o.Reason)
	}
}

func TestExecutor_Reap_leavesOtherOwnersAlone(t *testing.T) {
	s := subject(t)
	mine, job := s.New(t), executiontest.Job(t, s.Spec("wait"))
	executiontest.Start(t, mine, job)
	if n, err := open(t, docker.Config{}).Reap(t.Context(), nil); n != 0 || err != nil {
		t.Errorf("another owner reaped %d, %v", n, err)
	}
	if !inspect(t, job.ID).State.Running {
		t.Error("the job was ended")
	}
}

func TestExecutor_Start_pullsByDigest(t *testing.T) {
	s := subject(t)
	ref := dockertest.Publish(t, guest(t).file)
	repository, _, _ := strings.Cut(ref, "@")
	job := executiontest.Job(t, s.Spec("print:pulled"))
	job.Spec.Image = ref
	frugal := open(t, docker.Config{})
	if err := frugal.Check(t.Context(), job.Spec); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("without Pull a cold image gives %v, want NotFound", err)
	}
	if _, err := frugal.Start(t.Context(), job); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("without Pull a cold image is started: %v", err)
	}
	e := open(t, docker.Config{Pull: true})
	if err := e.Check(t.Context(), job.Spec); err != nil {
		t.Error(err)
	}
	if err := frugal.Fetch(t.Context(), ref); err != nil {
		t.Errorf("its owner fetches it: %v", err)
	}
	if err := frugal.Check(t.Context(), job.Spec); err != nil {
		t.Errorf("fetched before, but %v", err)
	}
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("ended %s: %s", o.End, o.Reason)
	}
	job = executiontest.Job(t, s.Spec("print:no"))
	job.Spec.Image = repository + "@sha256:" + strings.Repeat("0", 64)
	if _, err := e.Start(t.Context(), job); err == nil {
		t.Error("an image that the registry does not have was started")
	}
}

func TestExecutor_Start_pullsPrivateImagesIfTold(t *testing.T) {
	s := subject(t)
	job := executiontest.Job(t, s.Spec("print:pulled"))
	job.Spec.Image = dockertest.PublishPrivately(t, guest(t).file, "ann", "secret")
	if _, err := open(t, docker.Config{Pull: true}).Start(t.Context(), job); err == nil {
		t.Error("a private image came without credentials")
	}
	e := open(t, docker.Config{Pull: true, Login: true})
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("ended %s: %s", o.End, o.Reason)
	}
	if err := os.WriteFile(filepath.Join(os.Getenv("DOCKER_CONFIG"), "config.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	job.Spec.Image = strings.Split(job.Spec.Image, "@")[0] + "@sha256:" + strings.Repeat("0", 64)
	if _, err := e.Start(t.Context(), job); lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" {
		t.Errorf("with a broken config.json: %v", err)
	}
}

func TestExecutor_Fingerprint_knowsItsRuntime(t *testing.T) {
	dockertest.Need(t)
	if _, err := open(t, docker.Config{Runtime: "runc"}).Fingerprint(t.Context()); err != nil {
		t.Error(err)
	}
	_, err := open(t, docker.Config{Runtime: "no-such"}).Fingerprint(t.Context())
	if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(lilypad.RemedyOf(err), "runc") {
		t.Errorf("unknown runtime: %v, remedy %q", err, lilypad.RemedyOf(err))
	}
}

func TestExecutor_Start_asksForGPUs(t *testing.T) {
	find := dockertest.NeedHook(t)
	s := subject(t)
	spec := s.Spec("env:NVIDIA_VISIBLE_DEVICES")
	spec.Resources.GPUs = 2
	job := executiontest.Job(t, spec)
	job.Devices = []string{"GPU-aaaa", "GPU-bbbb"}
	job.Spec.Env = []string{"JOB=" + job.ID + time.Now().String()}
	e := s.New(t)
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Fatalf("ended %s: %s", o.End, o.Reason)
	}
	record, ok := find(job.Spec.Env[0])
	if !ok {
		t.Fatal("the engine did not call the hook")
	}
	if want := "NVIDIA_VISIBLE_DEVICES=GPU-aaaa,GPU-bbbb"; !slices.Contains(record.Env, want) {
		t.Errorf("hook saw %q, want %s", record.Env, want)
	}
}

func TestExecutor_unavailableEngine(t *testing.T) {
	e := open(t, docker.Config{Host: "unix:///nowhere/docker.sock"})
	_, err := e.Fingerprint(t.Context())
	if lilypad.CodeOf(err) != lilypad.Unavailable || lilypad.RemedyOf(err) == "" {
		t.Errorf("fingerprint: %v, want unavailable with a remedy", err)
	}
	spec := lilypad.Spec{Engine: lilypad.EngineDocker, Image: "sha256:" + strings.Repeat("0", 64)}
	if _, err := e.Start(t.Context(), executiontest.Job(t, spec)); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("start: %v, want unavailable", err)
	}
	absent := jobrun.HandleOf(executiontest.Job(t, spec))
	if err := e.Recover(t.Context(), absent); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("recover: %v, want unavailable: the job may still run", err)
	}
}

func TestNew_refusesBadOwner(t *testing.T) {
	for _, owner := range []string{"", "Upper", "a b", strings.Repeat("a", 64)} {
		if _, err := docker.New(docker.Config{Owner: owner}); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("owner %q: got %v", owner, err)
		}
	}
}

func TestCatalog(t *testing.T) {
	dockertest.Need(t)
	executiontest.RunCatalog(t, func(t *testing.T) execution.Executor {
		return open(t, docker.Config{Images: image.Source{}})
	}, lilypad.EngineDocker)
}

func BenchmarkCowsay(b *testing.B) {
	dockertest.Need(b)
	e, err := docker.New(docker.Config{Owner: owner, Images: image.Source{}})
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	executiontest.Benchmark(b, e, lilypad.EngineDocker)
}
