package docker

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/runtime/execution/docker"
)

// Need skips the test when no Docker engine answers. When LILYPAD_REQUIRE
// names docker, the test fails instead.
func Need(t testing.TB) {
	t.Helper()
	e, err := docker.New(docker.Config{Owner: "testkit"})
	if err == nil {
		_, err = e.Fingerprint(t.Context())
		e.Close()
	}
	if err != nil {
		lack(t, "needs docker: "+err.Error())
	}
}

func lack(t testing.TB, reason string) {
	t.Helper()
	if slices.Contains(strings.Split(os.Getenv("LILYPAD_REQUIRE"), ","), "docker") {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// Records is where the hook writes what it was asked for (setup.sh tells
// the engine so).
const Records = "/tmp/lilypad-gpu-records"

// Record is what the hook saw of one container.
type Record struct {
	ID  string   `json:"id"`
	Env []string `json:"env"` // of the container's program
}

// NeedHook skips the test, like Need, when the engine was started without the
// recording hook. It returns a function that finds the record of the container
// whose environment holds an entry.
func NeedHook(t testing.TB) func(entry string) (Record, bool) {
	t.Helper()
	Need(t)
	if _, err := os.Stat(Records); err != nil {
		lack(t, "needs docker: the engine was not started by internal/testkit/docker/setup.sh, so it has no nvidia driver")
	}
	return func(entry string) (Record, bool) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(Records, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			var r Record
			b, err := os.ReadFile(file)
			if err == nil {
				err = json.Unmarshal(b, &r)
			}
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if slices.Contains(r.Env, entry) {
				return r, true
			}
		}
		return Record{}, false
	}
}
