package docker_test

import (
	"fmt"
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

// What a container prints goes through its engine: one that was started again
// has lost some, and does not remember the container's start, nor its end.
func TestExecutor_Recover_leavesWhatOutlivedItsEngine(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	for name, c := range map[string]struct {
		events int // of others, which are all that the engine remembers
		steps  []string
		lost   bool
	}{
		"it runs":              {3, []string{"wait"}, true},
		"it has failed":        {0, []string{"sleep:100ms", "exit:3"}, true},
		"its time is over":     {0, []string{"sleep:1500ms"}, true},
		"the engine was busy":  {256, []string{"print:hi"}, false},
		"the engine was, less": {255, []string{"print:hi"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			host := before(t, func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasSuffix(r.URL.Path, "/events") || r.FormValue("filters") != "" {
					return false
				}
				for range c.events {
					_, _ = io.WriteString(w, `{"Type": "volume", "Action": "mount"}`+"\n")
				}
				return true
			})
			first := open(t, docker.Config{Images: guest, Host: host})
			job := executiontest.Job(t, guest.spec(c.steps...))
			job.Spec.Timeout = 1
			h := executiontest.Start(t, first, job)
			first.Close()
			for c.steps[0] != "wait" && inspect(t, job.ID).State.Running {
				time.Sleep(20 * time.Millisecond)
			}
			e := open(t, docker.Config{Images: guest, Host: host})
			if c.lost {
				gone(t, e, h)
			} else if err := e.Recover(t.Context(), h); err != nil {
				t.Error(err)
			} else if o := executiontest.Wait(t, e, h); o.End != execution.Succeeded {
				t.Errorf("it ended %+v", o)
			}
		})
	}
}

// The connection over which the end is heard may have broken off by then.
func TestExecutor_hearsTheEndAgain(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	var asked atomic.Int32
	host := before(t, func(_ http.ResponseWriter, r *http.Request) bool {
		return strings.HasSuffix(r.URL.Path, "/events") && asked.Add(1) < 3
	})
	e := open(t, docker.Config{Images: guest, Host: host})
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, executiontest.Job(t, guest.spec("print:hi")))); o.End != execution.Succeeded {
		t.Errorf("it ended %+v", o)
	}
}

// An engine remembers 256 events, and copying outputs makes many.
func TestExecutor_knowsTheEndOfAJobWithManyOutputs(t *testing.T) {
	s := subject(t)
	e, job := s.New(t), executiontest.Job(t, s.Spec("print:hi"))
	for i := range 16 {
		job.Spec.Outputs = append(job.Spec.Outputs, lilypad.Output{Name: fmt.Sprint("o", i), Path: fmt.Sprint("/o", i)})
	}
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("it ended %+v", o)
	}
}

// A job that could not be started again, because the engine was away, has not
// failed for good.
func TestExecutor_Start_leavesNoOutcomeWhenItFails(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	var down atomic.Bool
	host := before(t, func(_ http.ResponseWriter, r *http.Request) bool {
		if down.Load() && strings.HasSuffix(r.URL.Path, "/containers/create") {
			panic(http.ErrAbortHandler)
		}
		return false
	})
	e := open(t, docker.Config{Images: guest, Host: host})
	job := executiontest.Job(t, guest.spec("wait"))
	h := executiontest.Start(t, e, job)
	soon := 0
	if err := engine(t).ContainerStop(t.Context(), inspect(t, job.ID).ID, container.StopOptions{Timeout: &soon}); err != nil {
		t.Fatal(err)
	}
	gone(t, e, h)
	down.Store(true)
	if _, err := e.Start(t.Context(), job); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Fatalf("started without an engine: %v", err)
	}
	down.Store(false)
	gone(t, e, h)
	job.Spec.Args = []string{"print:again"}
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("started again, it ended %+v", o)
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

// An engine that does not answer for a while may have lived on.
func TestExecutor_Recover_followsWhatTheEngineKnows(t *testing.T) {
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
