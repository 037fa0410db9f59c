package e2e_test

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// A module without a network has weights outside of its repository: its provider
// and the mediators of an audit run it on the same bytes, which their machine
// fetches once.
func TestModels(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a market: left out by -short")
	}
	var asked atomic.Int32
	weights := strings.Repeat("weights ", 1000)
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		fmt.Fprint(w, weights)
	}))
	defer host.Close()
	git := gittest.Serve(t)
	git.Commit("owner/lilypad-module-weights", map[string]string{
		"tool.wasm": string(executiontest.BuildGuest(t, "wasip1", "wasm")),
		modules.TemplateFile: fmt.Sprintf(`{
			"wasm": {"path": "tool.wasm", "entrypoint": ["guest"], "args": ["copy:/models/w=/outputs/w"]},
			"models": [{"url": "%s/w", "sha256": "%x", "bytes": %d, "path": "/models/w"}],
			"job": {"Spec": {"Outputs": [{"Name": "outputs", "Path": "/outputs"}]}}}`, host.URL, sha256.Sum256([]byte(weights)), len(weights)),
	})
	git.Git("owner/lilypad-module-weights", "tag", "v1")

	dir := t.TempDir()
	cfg, err := node.Local(filepath.Join(dir, "local"), node.LocalOptions{Providers: 1, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.LockDir, cfg.Mirrors, cfg.Models = filepath.Join(dir, "locks"), map[string]string{"github.com": git.URL}, node.ModelsConfig{AllowPrivate: true}
	n := nodes.Start(t, cfg)
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	report, err := creator.Order(t.Context(), api.Order{Module: "github.com/owner/lilypad-module-weights:v1", Scheme: "audit", AuditBPS: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	nodes.Until(t, "the job does not end", func() bool {
		if report, err = creator.Report(t.Context(), report.Job); err != nil {
			t.Fatal(err)
		}
		return report.Done
	})
	if report.State != "upheld" || report.ExitCode == nil || *report.ExitCode != 0 {
		t.Errorf("job ended %s: %s", report.State, report.Reason)
	}
	if asked.Load() != 1 {
		t.Errorf("the model was fetched %d times", asked.Load())
	}
}
