package docker_test

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"

	"github.com/lilypad-network/lilypad"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// An engine that does not see the job's folder, as that of the host of a node in
// a container, gets copies of the models, which go with the job.
func TestExecutor_Start_copiesModelsToAnEngineElsewhere(t *testing.T) {
	dockertest.Need(t)
	guest := guest(t)
	var refused atomic.Int32
	host := before(t, func(w http.ResponseWriter, r *http.Request) bool {
		if path.Base(r.URL.Path) != "create" {
			return false
		}
		asked, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(asked))
		bound := strings.Contains(string(asked), `"Type":"bind"`)
		if bound {
			refused.Add(1)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"message": "invalid mount config for type \"bind\": bind source path does not exist: /elsewhere"}`) //nolint:errcheck // the test fails then
		}
		return bound
	})
	e := open(t, docker.Config{Images: guest, Host: host})
	job := executiontest.Job(t, lilypad.Spec{
		Engine: lilypad.EngineDocker, Image: guest.id, Entrypoint: []string{"/guest"},
		Args:    []string{"copy:/models/w=/outputs/w", "copy:/more/v=/outputs/v", "write:/models/w=changed"},
		Outputs: []lilypad.Output{{Name: "outputs", Path: "/outputs"}},
	})
	executiontest.AddModel(t, &job, "/models/w", "weights")
	executiontest.AddModel(t, &job, "/more/v", "words")
	o := executiontest.Wait(t, e, executiontest.Start(t, e, job))
	if o.End != execution.Failed || !strings.Contains(executiontest.Text(t, job, "stderr"), "read-only") {
		t.Errorf("ended %+v, want a failure to write; stderr %s", o, executiontest.Text(t, job, "stderr"))
	}
	if w, v := executiontest.Text(t, job, "outputs/outputs/w"), executiontest.Text(t, job, "outputs/outputs/v"); w != "weights" || v != "words" {
		t.Errorf("it read %q and %q", w, v)
	}
	if refused.Load() != 1 {
		t.Errorf("the engine was asked %d times for what it does not see", refused.Load())
	}
	engine, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	left, err := engine.VolumeList(t.Context(), volume.ListOptions{Filters: filters.NewArgs(filters.Arg("label", "network.lilypad.job="+job.ID))})
	if err != nil || len(left.Volumes) > 0 {
		t.Errorf("%d volumes are left, %v", len(left.Volumes), err)
	}
}
