package driver_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/driver"
)

func TestFolder(t *testing.T) {
	job := driver.Job{Dir: t.TempDir(), Spec: driver.Spec{Outputs: []driver.Output{{Name: "side", Path: "/side"}}}}
	if _, err := driver.Ended(job.Dir); !isNotFound(err) {
		t.Errorf("a job that never ran: %v, want NotFound", err)
	}
	if err := driver.Prepare(job); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(job.Dir, "outputs", "side", "left")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := driver.Outcome{End: driver.Failed, ExitCode: 3, WallMS: 7}
	if err := driver.Finish(job, want); err != nil {
		t.Fatal(err)
	}
	if got, err := driver.Ended(job.Dir); err != nil || got != want {
		t.Errorf("ended = %+v, %v; want %+v", got, err, want)
	}
	if code, _ := os.ReadFile(filepath.Join(job.Dir, "exitCode")); string(code) != "3" {
		t.Errorf("exitCode holds %q", code)
	}
	if err := driver.Prepare(job); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("a file of the first run is left")
	}
	if _, err := driver.Ended(job.Dir); !isNotFound(err) {
		t.Errorf("a job made ready again: %v, want NotFound", err)
	}
}

func isNotFound(err error) bool {
	e, ok := errors.AsType[*driver.Error](err)
	return ok && e.Code == driver.NotFound
}
