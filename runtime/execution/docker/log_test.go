package docker_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

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
