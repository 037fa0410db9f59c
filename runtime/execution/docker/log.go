package docker

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/pkg/stdcopy"

	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// lastLines is how long the log of a container that has ended may take to end
// too. It costs no line when that is too short.
const lastLines = 5 * time.Second

// follower copies a container's log to the job's.
type follower struct {
	e           *Executor
	id          string
	stdout, err *partly
	stop        context.CancelFunc
	done        chan error
}

func (e *Executor) followLog(ctx context.Context, r *jobrun.Run, id string) *follower {
	ctx, stop := context.WithCancel(ctx)
	f := &follower{e: e, id: id, stdout: &partly{w: r.Stdout}, err: &partly{w: r.Stderr}, stop: stop, done: make(chan error, 1)}
	go func() { defer close(f.done); f.done <- f.copy(ctx, true) }()
	return f
}

// leave ends it, wherever it is: whoever takes the job over reads the log again.
func (f *follower) leave() {
	f.stop()
	for range f.done { // what it says is nobody's now
	}
}

// rest waits for the log of a container that has ended. Podman may miss the end
// of one that is short, and then goes on waiting for its lines: what has not
// come by then is asked for again.
func (f *follower) rest(ctx context.Context) error {
	defer f.stop()
	select {
	case err := <-f.done:
		return err
	case <-time.After(lastLines):
	}
	f.stop()
	if err := <-f.done; err != nil {
		return err
	}
	f.stdout.skip, f.err.skip = f.stdout.written, f.err.written
	if err := f.copy(ctx, false); err != nil {
		return err
	}
	if f.stdout.skip+f.err.skip > 0 {
		return lost(errors.New("the engine has lost a part of its log"))
	}
	return nil
}

func (f *follower) copy(ctx context.Context, follow bool) error {
	lines, err := f.e.engine.ContainerLogs(ctx, f.id, container.LogsOptions{ShowStdout: true, ShowStderr: true, Follow: follow})
	if err == nil {
		defer lines.Close()
		_, err = stdcopy.StdCopy(f.stdout, f.err, lines)
	}
	if err != nil && ctx.Err() == nil {
		return engineError("read log", err)
	}
	return nil
}

// partly is a stream of which w has a part already.
type partly struct {
	w             io.Writer
	skip, written int64
}

func (p *partly) Write(b []byte) (int, error) {
	known := min(p.skip, int64(len(b)))
	p.skip -= known
	n, err := p.w.Write(b[known:])
	p.written += int64(n)
	return int(known) + n, err
}
