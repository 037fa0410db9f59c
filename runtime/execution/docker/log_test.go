package docker_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/docker/docker/client"

	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// before stands in front of the engine, with what answers first: true, it has.
// It returns its address.
func before(t *testing.T, answers func(http.ResponseWriter, *http.Request) bool) string {
	t.Helper()
	u, err := url.Parse(client.DefaultDockerHost)
	if err != nil {
		t.Fatal(err)
	}
	engine := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: "docker"})
	engine.FlushInterval = -1
	engine.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, u.Scheme, u.Path)
	}}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !answers(w, r) {
			engine.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(front.Close)
	return strings.Replace(front.URL, "http", "tcp", 1)
}

// An engine may miss that a short job has ended, and then follows its log for
// ever.
func TestExecutor_Wait_outlivesALogWithoutEnd(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	host := before(t, func(w http.ResponseWriter, r *http.Request) bool {
		endless := strings.HasSuffix(r.URL.Path, "/logs") && r.URL.Query().Get("follow") == "1"
		if endless {
			w.WriteHeader(http.StatusOK)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}
		return endless
	})
	e := open(t, docker.Config{Images: guest, Host: host})
	job := executiontest.Job(t, guest.spec("print:moo", "warn:boo"))
	if o := executiontest.Wait(t, e, executiontest.Start(t, e, job)); o.End != execution.Succeeded {
		t.Errorf("ended %+v", o)
	}
	if out, errs := executiontest.Text(t, job, "stdout"), executiontest.Text(t, job, "stderr"); out != "moo\n" || errs != "boo\n" {
		t.Errorf("its log is %q, %q", out, errs)
	}
}

// An empty line takes more than 70 bytes in the engine's log. What a container
// printed while no node was there is all of it.
func TestExecutor_Recover_readsTheWholeLog(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	const lines = 60_000 // of the 65 536 bytes that a job may print
	first := open(t, docker.Config{Images: guest})
	job := executiontest.Job(t, guest.spec(fmt.Sprint("lines:", lines)))
	h := executiontest.Start(t, first, job)
	first.Close()
	for inspect(t, job.ID).State.Running {
		time.Sleep(20 * time.Millisecond)
	}
	e := open(t, docker.Config{Images: guest})
	if err := e.Recover(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	o := executiontest.Wait(t, e, h)
	if n := len(executiontest.Text(t, job, "stdout")); o.End != execution.Succeeded || n != lines {
		t.Errorf("it ended %+v with %d of %d lines", o, n, lines)
	}
}
