package node_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad/runtime/decisions"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// logsDecisions checks that a job left behind who decided what about it.
func logsDecisions(t *testing.T, dir string) {
	t.Helper()
	want := map[string]bool{"creator allow": true, "solver allow": true, "solver match": true, "provider allow": true, "provider admit": true, "creator mediate": true}
	var got map[string]bool
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) { // it is written behind
		got = map[string]bool{}
		for e, err := range decisions.Read(filepath.Join(dir, node.DecisionsDir)) {
			if err != nil {
				t.Fatal(err)
			}
			role, _, _ := strings.Cut(e.Role, "-")
			got[role+" "+e.Record.Hook] = true
		}
		if cmp.Equal(want, got) {
			return
		}
	}
	t.Errorf("decisions in the log, -want +got:\n%s", cmp.Diff(want, got))
}
