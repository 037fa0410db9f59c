package provider_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

// folders are those of jobs.
func (b *bench) folders() (names []string) {
	b.t.Helper()
	list, err := os.ReadDir(b.config.Dir)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, f := range list {
		names = append(names, f.Name())
	}
	return names
}

// A job's folder goes when its result is stored, and those that nobody knows go
// when the provider starts.
func TestProvider_removesFolders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		j := b.job()
		b.propose(j)
		b.open(j)
		if left := b.folders(); b.delivered(j) != 1 || len(left) > 0 {
			t.Errorf("delivered %d times, and %v are left", b.delivered(j), left)
		}
		if err := os.MkdirAll(filepath.Join(b.config.Dir, strings.Repeat("ab", 32), "inputs"), 0o700); err != nil {
			t.Fatal(err)
		}
		b.stop()
		b.start()
		if left := b.folders(); len(left) > 0 {
			t.Errorf("after a restart %v are left", left)
		}
	})
}

// Inputs are fetched only if they fit beside the outputs, both twice.
func TestProvider_declinesWhatTheDiskCannotHold(t *testing.T) {
	for name, c := range map[string]struct {
		free uint32 // MB
		want string
	}{
		"no room for outputs": {201, "no room for the job's outputs"},
		"no room for inputs":  {202, "inputs: "},
		"room":                {204, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, func(cfg *provider.Config) {
					cfg.Disk = func() (uint32, error) { return c.free, nil }
					cfg.Fleet = fleetOf(t, cfg.Fleet.Executor("", lilypad.EngineNoop), lilypad.Resources{CPUMilli: 1000, DiskMB: 1000})
				})
				inputs, err := bundle.PutInputs(t.Context(), b.market.Store, bytes.Repeat([]byte("template"), 1<<17), nil, lilypad.ContentID{})
				if err != nil {
					t.Fatal(err)
				}
				j := b.job(func(j *api.Job) { j.Posting.Work.Needs.DiskMB, j.Posting.Work.Inputs = 100, inputs })
				b.propose(j)
				if a := b.answer(j.ID); (a.Deal == nil) != (c.want != "") || !strings.Contains(a.Reason, c.want) {
					t.Errorf("answer %+v, want %q", a, c.want)
				}
			})
		})
	}
}
