package docker

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	cerrdefs "github.com/containerd/errdefs"
	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/events"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// watchPeriod is how often a running job's outputs are measured. The engine
// tells nobody when a volume grows, so this is a safety net against a full
// disk; the exact limit is kept when the outputs are copied out.
const watchPeriod = 5 * time.Second

// follow stays with a container until it has ended, and brings what it left
// into the job's folder.
func (e *Executor) follow(ctx context.Context, r *jobrun.Run, id string, began time.Time) (jobrun.Exit, error) {
	ctx, stop := r.Begin(ctx, began)
	defer stop()
	// The engine is asked outside of ctx, which ends with the job's time.
	free := context.WithoutCancel(ctx)
	logs := e.followLog(free, r, id)
	defer logs.leave()
	info, err := e.engine.ContainerInspect(free, id)
	if err != nil {
		return jobrun.Exit{}, lost(engineError("inspect container", err))
	}
	listening, hush := context.WithCancel(free)
	defer hush()
	heard := e.hear(listening, id, info.State.StartedAt)

	broken := e.await(ctx, r, id, info.State)
	if jobrun.Detached(ctx) || errors.Is(broken, jobrun.ErrLost) {
		return jobrun.Exit{}, cmp.Or(broken, context.Cause(ctx))
	}
	if broken != nil {
		grace := e.cfg.Grace
		if jobrun.Harmful(ctx) {
			grace = 0
		}
		if err := e.end(free, id, grace); err != nil {
			broken = errors.Join(broken, err)
		}
	}
	exit, ran, err := e.exit(free, id)
	if broken == nil {
		if err := e.lost(free, r.Job.ID, heard, err); err != nil {
			return exit, err
		}
	}
	err = errors.Join(err, logs.rest(free))
	if err == nil {
		err = e.collect(free, r, id)
	}
	switch {
	case broken == nil && unanswered(err):
		return exit, lost(err)
	case errors.Is(err, jobrun.ErrLost):
		e.tidy(free, r.Job.ID)
		return exit, err
	}
	r.After(func() { e.tidy(free, r.Job.ID) })
	switch {
	case broken != nil:
		return exit, broken
	case err == nil && ran > r.Limits.Time(r.Job.Spec):
		return exit, context.DeadlineExceeded // while no node was there to stop it
	}
	return exit, err
}

// tidy removes what a job that has ended left in the engine. Its result is worth
// more than that.
func (e *Executor) tidy(ctx context.Context, jobID string) {
	if err := e.remove(ctx, jobID); err != nil {
		e.cfg.Log.Warn("container not removed; Reap will try again", "job", jobID, "error", err)
	}
}

// await returns nil when the container has ended and was not told to by e. It
// watches the disk meanwhile.
func (e *Executor) await(ctx context.Context, r *jobrun.Run, id string, state *container.State) error {
	if !state.Running && state.Status != "created" {
		return nil
	}
	watching, stop := context.WithCancel(ctx)
	var watch sync.WaitGroup
	watch.Go(func() { e.watchDisk(watching, r) })
	defer watch.Wait()
	defer stop()
	ended, errs := e.engine.ContainerWait(ctx, id, container.WaitConditionNotRunning)
	select {
	case <-ended:
		return nil
	case err := <-errs:
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return lost(engineError("wait for container", err))
	}
}

func lost(err error) error { return fmt.Errorf("%w: %w", jobrun.ErrLost, err) }

// lost tells whether the end of a container, which an error hides, says nothing
// of its job: the engine ended it, or has forgotten. Such a container is removed,
// so that Recover finds none.
func (e *Executor) lost(ctx context.Context, jobID string, heard <-chan ending, err error) error {
	if unanswered(err) {
		return lost(err)
	}
	select {
	case end := <-heard:
		if end.alone || end.err != nil { // an engine without events is believed
			return nil
		}
	case <-time.After(lastLines):
	}
	e.tidy(ctx, jobID)
	return lost(errors.New("its container was ended from outside, or with the engine"))
}

// unanswered tells whether the engine went away before or while it answered.
func unanswered(err error) bool {
	return client.IsErrConnectionFailed(err) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// ending is how a container ended: alone, without a signal from the engine,
// which one that stops sends too. Podman never tells of a signal.
type ending struct {
	alone bool
	err   error
}

// hear sends the ending of a container that started then, by the engine's clock,
// once it comes, until ctx ends. Engines remember few events: they are heard as
// they happen.
func (e *Executor) hear(ctx context.Context, id, since string) <-chan ending {
	heard := make(chan ending, 1)
	go func() {
		for ctx.Err() == nil {
			end := e.listen(ctx, id, since)
			if !unanswered(end.err) {
				heard <- end
				return
			}
			select { // the connection broke off
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}()
	return heard
}

func (e *Executor) listen(ctx context.Context, id, since string) ending {
	happened, errs := e.engine.Events(ctx, events.ListOptions{Since: since, Filters: filters.NewArgs(
		filters.Arg("type", string(events.ContainerEventType)), filters.Arg("container", id),
	)})
	for {
		select {
		case m := <-happened:
			switch m.Action {
			case events.ActionKill, events.ActionStop:
				return ending{}
			case events.ActionDie:
				return ending{alone: true}
			}
		case err := <-errs:
			return ending{err: err}
		}
	}
}

// remembered is how many events an engine remembers, of all it has.
const remembered = 256

// outlived tells whether a container that started then is older than its engine,
// by what the engine has forgotten. One with much else to remember may have
// forgotten the start, too, and is believed to have lived then.
func (e *Executor) outlived(ctx context.Context, id, since string) (bool, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	happened, errs := e.engine.Events(ctx, events.ListOptions{Since: since})
	for range remembered {
		select {
		case m := <-happened:
			if m.Action == events.ActionStart && m.Actor.ID == id {
				return false, nil
			}
		case err := <-errs:
			if errors.Is(err, io.EOF) {
				return true, nil // it has told all
			}
			return false, err
		case <-time.After(lastLines):
			return true, nil
		}
	}
	return false, nil
}

// end stops a container, with force when the grace is over.
func (e *Executor) end(ctx context.Context, id string, grace time.Duration) error {
	seconds := int(grace.Seconds())
	if err := e.engine.ContainerStop(ctx, id, container.StopOptions{Timeout: &seconds}); err != nil {
		return engineError("stop container", err)
	}
	return nil
}

// exitKilled is the code of a program that got SIGKILL.
const exitKilled = 137

// exit tells how the container ended, and how long it ran.
func (e *Executor) exit(ctx context.Context, id string) (jobrun.Exit, time.Duration, error) {
	info, err := e.engine.ContainerInspect(ctx, id)
	if err != nil {
		return jobrun.Exit{}, 0, engineError("inspect container", err)
	}
	outOfMemory := info.State.OOMKilled || e.cfg.KilledIsOutOfMemory && info.State.ExitCode == exitKilled
	ran := instant(info.State.FinishedAt).Sub(instant(info.State.StartedAt))
	return jobrun.Exit{Code: info.State.ExitCode, OutOfMemory: outOfMemory}, ran, nil
}

// instant reads the engine's time; what it cannot read is the zero time.
func instant(s string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, s)
	return t
}

func (e *Executor) collect(ctx context.Context, r *jobrun.Run, id string) error {
	room := newRoom(r)
	for _, o := range r.Job.Spec.Outputs {
		content, _, err := e.engine.CopyFromContainer(ctx, id, o.Path)
		if err != nil {
			return engineError("copy output "+o.Name, err)
		}
		err = unpackOutput(content, r.Output(o), room)
		content.Close()
		switch lilypad.CodeOf(err) {
		case lilypad.Exhausted, lilypad.Invalid: // on every host alike
			return jobrun.Exceeded("output %s: %s", o.Name, err)
		}
		if err != nil {
			return fmt.Errorf("output %s: %w", o.Name, err)
		}
	}
	return nil
}

// watchDisk breaks off a job whose outputs have passed their limit. It refuses
// the job, since it sees what another host may look away from: one that has
// removed its files again by the end may have a result there.
func (e *Executor) watchDisk(ctx context.Context, r *jobrun.Run) {
	limit := r.Limits.Disk(r.Job.Spec)
	tick := time.NewTicker(watchPeriod)
	defer tick.Stop()
	for len(r.Job.Spec.Outputs) > 0 {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		usage, err := e.engine.DiskUsage(ctx, types.DiskUsageOptions{Types: []types.DiskUsageObject{types.VolumeObject}})
		if err != nil {
			continue // the engine answers one such question at a time
		}
		var used int64
		for _, v := range usage.Volumes {
			if v.Labels[labelHandle] == string(jobrun.HandleOf(r.Job)) && v.UsageData != nil && !strings.HasPrefix(v.Name, e.modelVolumes(r.Job.ID)) {
				used += v.UsageData.Size
			}
		}
		if used > limit+inputsSize(r.Job.Dir) {
			r.Refuse("outputs passed their limit of %d bytes", limit)
			return
		}
	}
}

// Recover implements [execution.Executor]. Of a job that has ended it removes
// what a node that was killed then has left in the engine.
func (e *Executor) Recover(ctx context.Context, h execution.Handle) error {
	id, dir := jobrun.Split(h)
	err := e.Table.Recover(h)
	if err == nil && !e.Runs(h) {
		e.tidy(ctx, id)
	}
	if err == nil || lilypad.CodeOf(err) != lilypad.NotFound {
		return err
	}
	info, inspectErr := e.engine.ContainerInspect(ctx, e.name(id))
	switch {
	case cerrdefs.IsNotFound(inspectErr):
		return err
	case inspectErr != nil:
		return engineError("inspect container", inspectErr)
	case info.Config.Labels[labelHandle] != string(h) || info.State.Status == "created":
		return err // it never ran; Start removes it
	}
	old, askErr := e.outlived(ctx, info.ID, info.State.StartedAt)
	switch {
	case unanswered(askErr):
		return engineError("ask for events", askErr)
	case old: // and the engine took with it what it held of the log
		e.tidy(ctx, id)
		return err
	}
	b, readErr := os.ReadFile(filepath.Join(dir, jobFile))
	if readErr != nil {
		return errors.Join(err, readErr)
	}
	var job execution.Job
	if err := json.Unmarshal(b, &job); err != nil {
		return fmt.Errorf("read %s: %w", jobFile, err)
	}
	_, err = e.Table.Start(job, func(ctx context.Context, r *jobrun.Run) (jobrun.Exit, error) {
		return e.follow(ctx, r, info.ID, instant(info.State.StartedAt))
	})
	return err
}

// Reap implements [execution.Executor]. It looks only at what carries the
// owner's label.
func (e *Executor) Reap(ctx context.Context, keep []execution.Handle) (int, error) {
	n, err := e.Table.Reap(ctx, keep)
	if err != nil {
		return n, err
	}
	kept := map[string]bool{}
	for _, h := range keep {
		kept[string(h)] = true
	}
	orphans := map[string]bool{}
	containers, err := e.engine.ContainerList(ctx, container.ListOptions{All: true, Filters: e.mine()})
	if err != nil {
		return n, engineError("list containers", err)
	}
	for _, c := range containers {
		if !kept[c.Labels[labelHandle]] {
			orphans[c.Labels[labelJob]] = true
		}
	}
	volumes, err := e.engine.VolumeList(ctx, volume.ListOptions{Filters: e.mine()})
	if err != nil {
		return n, engineError("list volumes", err)
	}
	for _, v := range volumes.Volumes {
		if !kept[v.Labels[labelHandle]] {
			orphans[v.Labels[labelJob]] = true
		}
	}
	for id := range orphans {
		if err := e.remove(ctx, id); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// mine selects what this owner made, and has these labels too.
func (e *Executor) mine(labels ...string) filters.Args {
	return withLabel(append(labels, labelOwner+"="+e.cfg.Owner)...)
}

func withLabel(labels ...string) filters.Args {
	f := filters.NewArgs()
	for _, l := range labels {
		f.Add("label", l)
	}
	return f
}
