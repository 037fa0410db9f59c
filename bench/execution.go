package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// The module that next to nothing is to be done for, and the image of its
// Docker form.
const (
	module = "cowsay:v0.0.4"
	image  = "lilypad/cowsay:v0.0.4"
)

// exchange is a local network of one provider with eight slots.
type exchange struct {
	*node.Node
	creator *api.CreatorClient
	dir     string
}

func openExchange(ctx context.Context, docker node.DockerMode) (*exchange, error) {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, err
	}
	cfg, err := node.Local(dir, node.LocalOptions{Providers: 1, Mediators: node.MinMediators, Docker: docker})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	cfg.Logger = slog.New(slog.DiscardHandler)
	n, err := node.Start(ctx, cfg)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &exchange{n, api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator")), dir}, nil
}

func (x *exchange) close() error { return errors.Join(x.Close(), os.RemoveAll(x.dir)) }

// job orders one, and returns when its provider is paid and the result is here.
func (x *exchange) job(ctx context.Context, engine lilypad.Engine) error {
	r, err := x.creator.Order(ctx, api.Order{Module: module, Engine: engine, Inputs: map[string]string{"Message": "moo"}})
	for err == nil && !r.Done {
		for e, broken := range x.creator.Watch(ctx, r.Job) {
			if broken != nil {
				err = ctx.Err()
				break // the stream ends with the job, or is begun again
			}
			if e.Kind == api.EventChanged {
				r = api.Report{}
				if err = json.Unmarshal(e.Data, &r); err != nil {
					break
				}
			}
		}
	}
	if err == nil && r.State != "paid" {
		err = fmt.Errorf("job %s ended as %s: %s", r.Job, r.State, r.Reason)
	}
	return err
}

// jobs is how many are timed one after the other.
const jobs = 31

// middle is the median of the milliseconds that something takes, after two in
// which caches fill.
func middle(ctx context.Context, do func(context.Context) error) (float64, error) {
	var took []time.Duration
	for i := range jobs + 2 {
		began := time.Now()
		if err := do(ctx); err != nil {
			return 0, err
		}
		if i > 1 {
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	return float64(took[jobs/2]) / 1e6, nil
}

// overhead times a job that does nothing, from its order to paid: as wasm, and
// with Docker beside the engine's own run of the same image.
func overhead(ctx context.Context) (lines []Line, err error) {
	lacks := exec.CommandContext(ctx, "docker", "version").Run()
	mode := node.DockerOn
	if lacks != nil {
		mode = node.DockerOff
		fmt.Fprintln(os.Stderr, "no Docker engine answers: only wasm is measured")
	}
	x, err := openExchange(ctx, mode)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	wasm, err := middle(ctx, func(ctx context.Context) error { return x.job(ctx, lilypad.EngineWasm) })
	if err != nil {
		return nil, err
	}
	lines = append(lines, Line{Name: "execution/wasm", Value: wasm, Unit: "ms"})
	if lacks != nil {
		return lines, nil
	}
	job, err := middle(ctx, func(ctx context.Context) error { return x.job(ctx, lilypad.EngineDocker) })
	if err != nil {
		return nil, err
	}
	bare, err := middle(ctx, func(ctx context.Context) error {
		cmd := exec.CommandContext(ctx, "docker", "run", "--rm", "--network=none", image, "/cowsay", "moo")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err == nil && !strings.Contains(string(out), "moo") {
			err = io.ErrUnexpectedEOF
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return append(lines,
		Line{Name: "execution/docker-run", Value: bare, Unit: "ms"},
		Line{Name: "execution/docker", Value: job, Unit: "ms", Baseline: "execution/docker-run", Ratio: bare / job},
		Line{Name: "execution/docker-more", Value: job - bare, Unit: "ms"},
	), nil
}

// rush orders 200 jobs at once of one provider with eight slots.
func rush(ctx context.Context) (lines []Line, err error) {
	const jobs = 200
	x, err := openExchange(ctx, node.DockerOff)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	if err := x.job(ctx, lilypad.EngineWasm); err != nil { // which compiles it
		return nil, err
	}
	failed := make([]bool, jobs)
	var g errgroup.Group
	began := time.Now()
	for i := range jobs {
		g.Go(func() error {
			if err := x.job(ctx, lilypad.EngineWasm); err != nil {
				failed[i] = true
				fmt.Fprintln(os.Stderr, err)
			}
			return nil
		})
	}
	_ = g.Wait() // nobody fails
	took, failures := time.Since(began), 0
	for _, f := range failed {
		if f {
			failures++
		}
	}
	return []Line{
		{Name: "execution/rush", Value: jobs / took.Seconds(), Unit: "jobs/s"},
		{Name: "execution/rush/failures", Value: float64(failures), Unit: "jobs"},
	}, ctx.Err()
}
