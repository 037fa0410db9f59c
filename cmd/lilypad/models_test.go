package main

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
)

// An author sees the models of a module, and runs it with them.
func TestModule_Run_bringsModels(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a module")
	}
	var asked atomic.Int32
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, "weights")
	}))
	defer host.Close()
	o, dir := operator{t, t.TempDir()}, t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tool.wasm"), executiontest.BuildGuest(t, "wasip1", "wasm"), 0o600); err != nil {
		t.Fatal(err)
	}
	describe := func(pins string) {
		write(t, filepath.Join(dir, modules.TemplateFile), `{"wasm": {"path": "tool.wasm", "entrypoint": ["guest"], "args": ["copy:/models/w=/outputs/w"]},
			"models": [{"url": "`+host.URL+`/w", `+pins+` "path": "/models/w"}],
			"job": {"Spec": {"Outputs": [{"Name": "outputs", "Path": "/outputs"}]}}}`)
	}
	describe(fmt.Sprintf(`"sha256": "%x", "bytes": 7,`, sha256.Sum256([]byte("weights"))))
	var job normalised
	if err := o.module(&job, "render", dir); err != nil || len(job.Models) != 1 || job.Models[0].Bytes != 7 || job.Models[0].Path != "/models/w" {
		t.Errorf("rendered %+v, %v", job, err)
	}
	if p := o.refusal("run", dir); p.Error.Code != string(lilypad.Unauthorized) || !strings.Contains(p.Error.Fix, "--allow-private-models") {
		t.Errorf("a model of this machine: %+v", p)
	}
	for range 2 {
		results := filepath.Join(t.TempDir(), "results")
		var ran tried
		if err := o.module(&ran, "run", dir, "--allow-private-models", "--output", results); err != nil || ran.ExitCode != 0 {
			t.Fatalf("%+v %v", ran, err)
		}
		if text, err := os.ReadFile(filepath.Join(results, "outputs", "outputs", "w")); err != nil || string(text) != "weights" {
			t.Errorf("the job read %q, %v", text, err)
		}
		if left, err := os.ReadDir(results); err != nil || len(left) != 4 {
			t.Errorf("results folder has %v, %v", left, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("the model was fetched %d times", asked.Load())
	}

	describe("")
	if err := o.module(nil, "lint", dir); cli.ExitCode(err) != 1 {
		t.Errorf("lint of a model that is not pinned: %v", err)
	}
	if p := o.refusal("run", dir); p.Error.Code != string(lilypad.Invalid) || !strings.Contains(p.Error.Message, "not pinned") {
		t.Errorf("a run with it: %+v", p)
	}
}
