package noop

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// Config sets up an Executor. The zero value works.
type Config struct {
	Limits   jobrun.Limits
	Capacity lilypad.Resources // what Fingerprint reports
}

// Executor carries out steps. Close ends it.
type Executor struct {
	*jobrun.Table
	capacity lilypad.Resources
}

var _ execution.Executor = (*Executor)(nil)

// New returns an executor.
func New(cfg Config) *Executor {
	return &Executor{Table: jobrun.NewTable(cfg.Limits), capacity: cfg.Capacity}
}

// Fingerprint reports the configured capacity.
func (e *Executor) Fingerprint(context.Context) (execution.Fingerprint, error) {
	return execution.Fingerprint{Engine: lilypad.EngineNoop, Version: "1", Capacity: e.capacity}, nil
}

// Start implements [execution.Executor].
func (e *Executor) Start(_ context.Context, job execution.Job) (execution.Handle, error) {
	if err := jobrun.Check(job, lilypad.EngineNoop); err != nil {
		return "", err
	}
	for _, step := range job.Spec.Args {
		if verb, _, _ := strings.Cut(step, ":"); steps[verb] == nil {
			return "", lilypad.Errorf(lilypad.Invalid, "step %.40q is none of print, warn, write, copy, wait, exit", step)
		}
	}
	return e.Table.Start(job, run)
}

// Stop implements [execution.Executor].
func (e *Executor) Stop(_ context.Context, h execution.Handle) error { return e.Table.Stop(h) }

// Recover implements [execution.Executor]: a job dies with its node.
func (e *Executor) Recover(_ context.Context, h execution.Handle) error { return e.Table.Recover(h) }

func run(ctx context.Context, r *jobrun.Run) (jobrun.Exit, error) {
	ctx, stop := r.Begin(ctx, time.Now())
	defer stop()
	for _, step := range r.Job.Spec.Args {
		verb, arg, _ := strings.Cut(step, ":")
		if verb == "exit" {
			code, err := strconv.ParseUint(arg, 10, 8)
			return jobrun.Exit{Code: int(code)}, err
		}
		if err := steps[verb](ctx, r, arg); err != nil {
			return jobrun.Exit{}, err
		}
	}
	return jobrun.Exit{}, nil
}

var steps = map[string]func(ctx context.Context, r *jobrun.Run, arg string) error{
	"print": func(_ context.Context, r *jobrun.Run, arg string) error { return line(r.Stdout, arg) },
	"warn":  func(_ context.Context, r *jobrun.Run, arg string) error { return line(r.Stderr, arg) },
	"write": func(_ context.Context, r *jobrun.Run, arg string) error {
		to, text, _ := strings.Cut(arg, "=")
		return write(r, to, []byte(text))
	},
	"copy": func(_ context.Context, r *jobrun.Run, arg string) error {
		from, to, _ := strings.Cut(arg, "=")
		b, err := read(r, from)
		if err != nil {
			return err
		}
		return write(r, to, b)
	},
	"wait": func(ctx context.Context, _ *jobrun.Run, _ string) error {
		<-ctx.Done()
		return context.Cause(ctx)
	},
	"exit": func(context.Context, *jobrun.Run, string) error { return nil }, // run reads the code
}

func line(w io.Writer, text string) error {
	_, err := fmt.Fprintln(w, text)
	return err
}

// read reads an input or a model.
func read(r *jobrun.Run, from string) ([]byte, error) {
	for _, m := range r.Job.Spec.Models {
		if m.Path == from {
			return os.ReadFile(execution.ModelFile(r.Job.Dir, from))
		}
	}
	root, err := os.OpenRoot(path.Join(r.Job.Dir, "inputs"))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(strings.TrimPrefix(from, "/inputs/"))
}

func write(r *jobrun.Run, to string, b []byte) error {
	for _, o := range r.Job.Spec.Outputs {
		name, ok := strings.CutPrefix(to, o.Path+"/")
		if !ok {
			continue
		}
		root, err := os.OpenRoot(r.Output(o))
		if err != nil {
			return err
		}
		defer root.Close()
		if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
			return err
		}
		return root.WriteFile(name, b, 0o644)
	}
	return fmt.Errorf("%s is in no output", to)
}
