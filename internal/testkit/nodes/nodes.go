package nodes

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// Within is when something that has not happened is given up.
const Within = 2 * time.Minute

// Until waits for something that must come.
func Until(t testing.TB, what string, come func() bool) {
	t.Helper()
	for end := time.Now().Add(Within); !come(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within %v", what, Within)
		}
	}
}

// cache has the compiled modules of all nodes of the process, once Main made it.
var cache string

// Main runs a package's tests with one cache of compiled modules for all their
// nodes: under the race detector compiling takes most of their time.
//
//	func TestMain(m *testing.M) { os.Exit(nodes.Main(m)) }
func Main(m *testing.M) int {
	dir, err := os.MkdirTemp("", "nodes-cache-")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	cache = dir
	return m.Run()
}

// Start runs a node until the test ends. Without a folder it gets a new one;
// without a logger its log is printed if the test fails.
func Start(t testing.TB, c node.Config) *node.Node {
	t.Helper()
	if c.Dir == "" {
		c.Dir = t.TempDir()
	}
	if cache != "" {
		share(t, c.Dir)
	}
	var log bytes.Buffer
	if c.Logger == nil {
		c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	n, err := node.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(log.String())
		}
	})
	return n
}

// Refusal orders a job and returns why nobody runs it, in the words of who is
// the first to refuse; empty when it was run and paid. A job that is refused is
// withdrawn.
func Refusal(t testing.TB, c *api.CreatorClient, o api.Order) (why string) {
	t.Helper()
	report, err := c.Order(t.Context(), o)
	if lilypad.CodeOf(err) == lilypad.Unauthorized {
		return err.Error()
	}
	if err != nil {
		t.Fatal(err)
	}
	Until(t, "the job is neither run nor refused", func() bool {
		if report, err = c.Report(t.Context(), report.Job); err != nil {
			t.Fatal(err)
		}
		if report.Done {
			why = report.Reason
			return true
		}
		match, err := c.Why(t.Context(), report.Job)
		if err != nil || len(match.Refusals) == 0 {
			return false // the solver does not have it yet, or nobody has answered
		}
		why = match.Refusals[0].Rule
		if _, err := c.Cancel(t.Context(), report.Job); err != nil {
			t.Error(err)
		}
		return true
	})
	return why
}

// share makes the cache of a data folder the common one.
func share(t testing.TB, dir string) {
	t.Helper()
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = os.Symlink(cache, filepath.Join(dir, "cache"))
	}
	if err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
}
