package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/modules/registry"
	"github.com/lilypad-network/lilypad/modules/skeleton"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// moduleTrials are the commands that begin a module and try it.
func (a *app) moduleTrials() []*cobra.Command {
	begin := &cobra.Command{
		Use: "init DIR", Short: "Begin a module in a new folder", Args: oneArg("DIR", "lilypad module init my-module"),
		Long: `Init writes the folder of a small working module: a program in Go, its template,
a README with the commands and, for a container, a Dockerfile. The last part of
DIR is the module's name. It asks nothing, fetches nothing and overwrites nothing.
If there is a Go compiler here, the program is built as well.`,
		Example: "  lilypad module init my-module\n  lilypad module init my-module --docker",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.moduleInit(cmd.Context(), args[0]) },
	}
	begin.Flags().Bool("wasm", false, "a WASI command, which every provider can run (the default)")
	begin.Flags().Bool("docker", false, "a container, for what needs a GPU or other programs")
	run := &cobra.Command{
		Use: "run FILE | DIR | MODULE[:TAG]", Short: "Run a module on this machine, without a market", Args: oneArg("FILE, DIR or MODULE", "lilypad module run ./my-module -i Who=Ada"),
		Long: `Run renders a module and runs it here as a provider would, with the same bounds,
prints what it prints and tells where its files are. Nobody is paid. It exits
with the job's own exit code; 124 when its time was up, 137 when it was out of
memory, 153 when it wrote more than it may, and 64 when its results were refused.
An image that is on this machine is run as it is here; another is pulled.`,
		Example: `  lilypad module run ./my-module -i Who=Ada
  lilypad module run ./my-module --inputs-path ./pictures --output ./results
  lilypad module run cowsay:v0.0.4 -i Message=moo`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.told(a.moduleRun(cmd, args[0]))
		},
	}
	inputFlag(run)
	mirrorFlag(run)
	modelFlags(run)
	f := run.Flags()
	f.String("inputs-path", "", "folder of input files")
	f.StringP("output", "o", "", "results folder, new or empty; empty: one in the data folder")
	f.String("executor", "", "wasm or docker; empty: wasm if the module has that form")
	f.String("docker-host", "", "address of the Docker engine")
	f.Bool("allow-network", false, "let a module that asks for the network reach it")
	f.Bool("allow-file", false, "accept file:///PATH[:TAG], a git repository of this machine")
	return []*cobra.Command{begin, run}
}

func (a *app) moduleInit(ctx context.Context, dir string) error {
	engine := lilypad.EngineWasm
	if a.v.GetBool("docker") {
		if engine = lilypad.EngineDocker; a.v.GetBool("wasm") {
			return lilypad.Errorf(lilypad.Invalid, "a module begins in one form").Try("choose --wasm or --docker; the template can name both later")
		}
	}
	written, err := skeleton.Write(dir, engine)
	if err != nil {
		return err
	}
	built, err := buildModule(ctx, dir, engine)
	if err != nil {
		return err
	}
	out := struct {
		Dir   string   `json:"dir"`
		Files []string `json:"files"`
		Built bool     `json:"built"`
		Next  string   `json:"next"`
	}{dir, written, built, "lilypad module run " + local(dir)}
	switch {
	case !built:
		out.Next = "install Go, then build as " + filepath.Join(dir, "README.md") + " says"
	case engine == lilypad.EngineDocker:
		out.Next = "docker build -t " + filepath.Base(dir) + ":v0.1.0 " + dir
	}
	return a.Result(out, func() {
		for _, file := range written {
			a.Line("file", "%s", filepath.Join(dir, file))
		}
		a.Line("next", "%s", out.Next)
	})
}

// buildModule compiles what skeleton wrote; false: there is no compiler.
func buildModule(ctx context.Context, dir string, engine lilypad.Engine) (bool, error) {
	compiler, err := exec.LookPath("go")
	if err != nil {
		return false, nil
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return false, err
	}
	to, env := filepath.Base(abs)+".wasm", []string{"GOOS=wasip1", "GOARCH=wasm"}
	if engine == lilypad.EngineDocker {
		to, env = filepath.Base(abs), []string{"GOOS=linux", "CGO_ENABLED=0"}
	}
	cmd := exec.CommandContext(ctx, compiler, "build", "-trimpath", "-ldflags=-s -w", "-o", to, ".")
	cmd.Dir, cmd.Env = abs, append(os.Environ(), append(env, "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local")...)
	if text, err := cmd.CombinedOutput(); err != nil {
		return false, lilypad.Errorf(lilypad.Unavailable, "the Go compiler: %v: %.500s", err, text).Try("mend it, then build as %s says", filepath.Join(dir, "README.md"))
	}
	return true, nil
}

// local writes the path of a file or folder as a reference to a module.
func local(path string) string {
	if _, err := os.Stat(path); err == nil && !modules.IsFolder(path) {
		return "./" + path
	}
	return path
}

// tried is how a module ran here.
type tried struct {
	Module   string         `json:"module"`
	Engine   lilypad.Engine `json:"engine"`
	End      execution.End  `json:"end"`
	ExitCode int            `json:"exit_code"`
	WallMS   uint64         `json:"wall_ms"`
	Reason   string         `json:"reason,omitempty"`
	Stdout   string         `json:"stdout"`
	Stderr   string         `json:"stderr"`
	Content  string         `json:"content,omitempty"` // id of what schemes compare: stdout, exit code and outputs
	Results  string         `json:"results_dir"`
	Warnings []string       `json:"warnings,omitempty"`
}

func (a *app) moduleRun(cmd *cobra.Command, ref string) error {
	ctx := cmd.Context()
	params, err := inputs(cmd)
	if err != nil {
		return err
	}
	found, err := a.resolve(ctx, local(ref), nil)
	if err != nil {
		return err
	}
	r, err := modules.Render(found.Module, found.Template, params)
	if err != nil {
		return err
	}
	job := execution.Job{ID: trialID()}
	if job.Spec, err = formOf(r, lilypad.Engine(a.v.GetString("executor"))); err != nil {
		return err
	}
	x, err := a.trialExecutor(ctx, found, &job)
	if err != nil {
		return err
	}
	defer x.Close()
	if job.Dir, err = a.trialFolder(job); err != nil {
		return err
	}
	for _, note := range r.Notes() {
		a.Step("note: %s", note)
	}
	var stdout io.Writer = &cli.Terminal{W: a.Out}
	if a.JSON {
		stdout = io.Discard
	}
	out, err := a.try(ctx, x, job, stdout)
	if err != nil {
		return err
	}
	out.Module, out.Engine, out.Warnings = moduleName(found.Module), job.Spec.Engine, r.Notes()
	if err := a.Result(out, func() {
		code := fmt.Sprintf(", exit code %d", out.ExitCode)
		if out.End == execution.Refused { // it is not the job's
			code = ""
		}
		a.Line("end", "%s%s, %d ms%s", out.End, code, out.WallMS, suffix(out.Reason))
		if out.Content != "" {
			a.Line("content", "%s", out.Content)
		}
		a.Line("results", "%s", out.Results)
	}); err != nil {
		return err
	}
	switch out.End {
	case execution.Succeeded:
		return nil
	case execution.Refused:
		return cli.Exit(cli.ExitCode(lilypad.Errorf(lilypad.Invalid, "%s", out.Reason)))
	}
	return cli.Exit(max(1, out.ExitCode&0xff))
}

// trialID names a job of this command alone.
func trialID() string { return strings.ToLower("run-" + rand.Text()[:12]) }

// closingExecutor is an executor of this command alone.
type closingExecutor interface {
	execution.Executor
	Close() error
}

// trialExecutor opens what runs the job, and gives the job its image's digest
// and its GPUs.
func (a *app) trialExecutor(ctx context.Context, found modules.Resolved, job *execution.Job) (closingExecutor, error) {
	if job.Spec.Engine == lilypad.EngineWasm {
		source := wasm.ModulesFunc(func(context.Context, lilypad.Hash) ([]byte, error) { return found.Wasm, nil })
		return wasm.New(ctx, wasm.Config{Modules: source, CacheDir: filepath.Join(a.v.GetString("data"), "cache", "wasm"), Compiler: a.compiler})
	}
	if job.Spec.Network && !a.v.GetBool("allow-network") {
		return nil, lilypad.Errorf(lilypad.Unauthorized, "the module asks for the network").Try("read what it does, then add --allow-network")
	}
	d, err := docker.New(docker.Config{
		Owner: job.ID, Host: a.v.GetString("docker-host"), Images: image.Source{}, Pull: true, AllowNetwork: a.v.GetBool("allow-network"),
	})
	if err != nil {
		return nil, err
	}
	if err = pin(ctx, d, &job.Spec); err == nil {
		var free func()
		if free, err = a.devices(ctx, d, job); err == nil {
			return lent{d, free}, nil
		}
	}
	return nil, errors.Join(err, d.Close())
}

// lent is an executor with GPUs that are given back when it is closed.
type lent struct {
	*docker.Executor
	free func()
}

func (l lent) Close() error {
	l.free()
	return l.Executor.Close()
}

// pin replaces the name of the job's image by a digest.
func pin(ctx context.Context, d *docker.Executor, spec *lilypad.Spec) error {
	if !strings.Contains(spec.Image, "sha256:") {
		id, err := d.ImageID(ctx, spec.Image)
		if lilypad.CodeOf(err) == lilypad.NotFound && err != nil {
			var elsewhere error
			if id, elsewhere = registry.New(registry.Config{}).Pin(ctx, spec.Image); elsewhere != nil {
				return &lilypad.Error{Code: lilypad.NotFound, Msg: err.Error(), Err: elsewhere, Remedy: lilypad.RemedyOf(err)}
			}
			err = nil
		}
		if err != nil {
			return err
		}
		spec.Image = id
	}
	return nil
}

// devices waits for the job's GPUs as a provider here would, so that no device
// is given to both.
func (a *app) devices(ctx context.Context, d *docker.Executor, job *execution.Job) (free func(), err error) {
	s := &job.Spec
	if s.Resources.GPUs == 0 {
		return func() {}, nil
	}
	found, err := d.Fingerprint(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := lockDir()
	if err != nil {
		return nil, err
	}
	f, err := fleet.New([]fleet.Machine{{
		Offer: lilypad.Machine{Capacity: found.Capacity, Kinds: hardware.Kinds(found.GPUs), Engines: []lilypad.Engine{lilypad.EngineDocker}, Slots: 1},
		GPUs:  found.GPUs,
	}}, node.GPULocks(dir))
	if err != nil {
		return nil, err
	}
	n := lilypad.Needs{Engine: lilypad.EngineDocker, GPUModel: s.GPUModel, Resources: lilypad.Resources{GPUs: s.Resources.GPUs, VRAMMB: s.Resources.VRAMMB}}
	if s.GPUDriver != "" {
		n.Labels = []lilypad.Label{{Key: lilypad.LabelDriver, Value: s.GPUDriver}}
	}
	if f.Check(n) != nil {
		return nil, lilypad.Errorf(lilypad.Unavailable, "the module asks for %d GPUs of %d MB%s%s, and this machine has not as many", n.GPUs, n.VRAMMB, suffix(n.GPUModel), suffix(s.GPUDriver)).
			Try("order it with lilypad run, from a provider that has them")
	}
	a.Step("it gets %d GPUs as soon as they are free", n.GPUs)
	place, err := f.Take(ctx, job.ID, n)
	job.Devices = place.Devices
	return func() { f.Free(job.ID) }, err
}

// workFolder is the job's folder while it runs, within that of its results.
const workFolder = ".work"

// trialFolder makes the job's folder with its input files.
func (a *app) trialFolder(job execution.Job) (string, error) {
	dir, err := filepath.Abs(or(a.v.GetString("output"), filepath.Join(a.v.GetString("data"), "results", job.ID)))
	if err != nil {
		return "", err
	}
	from := a.v.GetString("inputs-path")
	for _, f := range job.Spec.Inputs {
		if _, err := os.Stat(filepath.Join(from, f.Path)); f.Required && (from == "" || err != nil) {
			return "", lilypad.Errorf(lilypad.Invalid, "the module needs the input file %q", f.Path).Try("put it into a folder and add --inputs-path FOLDER")
		}
	}
	if err := ensureDir(dir); err != nil {
		return "", err
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		return "", lilypad.Errorf(lilypad.Conflict, "results folder %.200q is not empty", dir).Try("choose another --output")
	}
	dir = filepath.Join(dir, workFolder)
	in := filepath.Join(dir, "inputs")
	if err := os.MkdirAll(in, 0o755); err != nil {
		return "", err
	}
	if from != "" {
		if err := copyInputs(in, from, maxTrialInputs); err != nil {
			return "", errors.Join(&lilypad.Error{Code: lilypad.Invalid, Msg: "input files", Err: err, Remedy: or(lilypad.RemedyOf(err), "name a folder of plain files")}, os.RemoveAll(dir))
		}
	}
	return dir, nil
}

// forgetful is a store that names blocks and keeps none.
type forgetful struct{}

func (forgetful) Put(_ context.Context, block []byte) (lilypad.Hash, error) {
	return sha256.Sum256(block), nil
}

// try runs a job and shows what it prints meanwhile. Nothing of it is left when
// it returns but its results.
func (a *app) try(ctx context.Context, x execution.Executor, job execution.Job, stdout io.Writer) (out tried, err error) {
	last := context.WithoutCancel(ctx)
	defer func() {
		_, reaped := x.Reap(last, nil)
		if err = errors.Join(err, reaped, os.RemoveAll(job.Dir)); err != nil {
			_ = os.Remove(filepath.Dir(job.Dir)) // which stays if there are results in it
		}
	}()
	if err := a.placeModels(ctx, job); err != nil {
		return out, err
	}
	handle, err := x.Start(ctx, job)
	if err != nil {
		return out, err
	}
	shown := make(chan error, 1)
	go func() { shown <- x.Logs(ctx, handle, stdout, &cli.Terminal{W: a.Err}) }()
	outcome, err := x.Wait(ctx, handle)
	if ctx.Err() != nil { // Ctrl-C: the job ends with the command
		stopped := x.Stop(last, handle)
		_, waited := x.Wait(last, handle)
		return out, errors.Join(ctx.Err(), stopped, waited, <-shown)
	}
	if err := errors.Join(err, <-shown); err != nil {
		return out, err
	}
	out = tried{End: outcome.End, ExitCode: outcome.ExitCode, WallMS: outcome.WallMS, Reason: outcome.Reason, Results: filepath.Dir(job.Dir)}
	if got, err := bundle.PutOutputs(ctx, forgetful{}, job.Dir, outcome, lilypad.Hash{}); err == nil {
		out.Content = got.Plain.String()
	}
	for name, to := range map[string]*string{bundle.Stdout: &out.Stdout, bundle.Stderr: &out.Stderr} {
		var size int64
		if *to, size, err = head(filepath.Join(job.Dir, name)); err != nil {
			return out, err
		}
		if a.JSON && size > shownStdout {
			a.Step("%s has %d bytes, these are the first %d: see %s", name, size, shownStdout, filepath.Join(out.Results, name))
		}
	}
	for _, name := range []string{bundle.Stdout, bundle.Stderr, bundle.ExitCode, bundle.Outputs} {
		if err := os.Rename(filepath.Join(job.Dir, name), filepath.Join(out.Results, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return out, err
		}
	}
	return out, nil
}

// head is what JSON shows of a file, and the file's size.
func head(path string) (string, int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", 0, err
	}
	text, err := io.ReadAll(io.LimitReader(file, shownStdout))
	return string(text), info.Size(), err
}
