package docker_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/docker/docker/api/types/container"

	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// A provider that signed for how its engine was stopped would be a cheat: the
// job must be started again.
func TestExecutor_startsAgainWhatWasEndedFromOutside(t *testing.T) {
	s := subject(t)
	for name, away := range map[string]bool{"while the node looks": false, "while the node is away": true} {
		t.Run(name, func(t *testing.T) {
			e := s.New(t)
			job := executiontest.Job(t, outputs(s.Spec("wait")))
			h := executiontest.Start(t, e, job)
			if away {
				e.(io.Closer).Close()
				e = s.New(t)
			}
			soon := 0 // as an engine does that is stopped itself
			if err := engine(t).ContainerStop(t.Context(), inspect(t, job.ID).ID, container.StopOptions{Timeout: &soon}); err != nil {
				t.Fatal(err)
			}
			gone(t, e, h)
			if n, err := e.Reap(t.Context(), nil); n != 0 || err != nil {
				t.Errorf("%d jobs were left in the engine, %v", n, err)
			}
			job.Spec.Args = []string{"print:again"}
			if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
				t.Errorf("started again, it ended %+v", o)
			}
		})
	}
}

// An engine that was started again does not remember how a container ended, nor,
// after a crash, when.
func TestExecutor_startsAgainWhatNobodySawEnd(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	host := before(t, func(_ http.ResponseWriter, r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/events") })
	for name, steps := range map[string][]string{"failed": {"sleep:100ms", "exit:3"}, "after its time": {"sleep:1500ms"}} {
		t.Run(name, func(t *testing.T) {
			first := open(t, docker.Config{Images: guest, Host: host})
			job := executiontest.Job(t, guest.spec(steps...))
			job.Spec.Timeout = 1
			h := executiontest.Start(t, first, job)
			first.Close()
			for inspect(t, job.ID).State.Running {
				time.Sleep(20 * time.Millisecond)
			}
			gone(t, open(t, docker.Config{Images: guest, Host: host}), h)
		})
	}
}

// gone waits until a job may be started again, which has no outcome.
func gone(t *testing.T, e execution.Executor, h execution.Handle) {
	t.Helper()
	for {
		err := e.Recover(t.Context(), h)
		if lilypad.CodeOf(err) == lilypad.NotFound {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if o, err := e.Wait(t.Context(), h); err == nil {
			t.Fatalf("it has an outcome: %+v", o)
		}
	}
}

// A container may outlive its engine, which then knows it when it is started again.
func TestExecutor_Recover_followsWhatOutlivedItsEngine(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	var follows sync.Once
	var refuses atomic.Int32
	host := before(t, func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/wait") {
			follows.Do(func() { refuses.Store(10) })
		}
		if refuses.Add(-1) >= 0 {
			panic(http.ErrAbortHandler)
		}
		return false
	})
	e := open(t, docker.Config{Images: guest, Host: host})
	h := executiontest.Start(t, e, executiontest.Job(t, guest.spec("wait")))
	if o, err := e.Wait(t.Context(), h); err == nil {
		t.Fatalf("it ended with its engine: %+v", o)
	}
	for refuses.Load() >= 0 {
		if err := e.Recover(t.Context(), h); err != nil && lilypad.CodeOf(err) != lilypad.Unavailable {
			t.Fatal(err)
		}
	}
	if err := execution.Halt(t.Context(), e, h); err != nil {
		t.Fatal(err)
	}
	if o := executiontest.Wait(t, e, h); o.End != execution.Cancelled {
		t.Errorf("it ended %+v", o)
	}
}
