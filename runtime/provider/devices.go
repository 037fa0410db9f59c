package provider

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// devices gives GPUs to jobs, each to one at a time.
type devices struct {
	mu   sync.Mutex // guards busy
	all  []execution.GPU
	busy map[string]lilypad.JobID // by UUID
}

func newDevices(all []execution.GPU) *devices {
	return &devices{all: all, busy: map[string]lilypad.JobID{}}
}

// take returns the UUIDs of free GPUs that meet the needs and are the job's
// from then on. Unavailable when there are too few now.
func (d *devices) take(job lilypad.JobID, n lilypad.Needs) ([]string, error) {
	if n.GPUs == 0 {
		return nil, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var got []string
	for _, g := range d.all {
		fits := g.VRAMMB >= n.VRAMMB && strings.Contains(strings.ToLower(g.Model), strings.ToLower(n.GPUModel))
		if _, busy := d.busy[g.UUID]; fits && !busy && len(got) < int(n.GPUs) {
			got = append(got, g.UUID)
		}
	}
	if len(got) < int(n.GPUs) {
		return nil, lilypad.Errorf(lilypad.Unavailable, "%d of %d GPUs are free", len(got), n.GPUs)
	}
	for _, id := range got {
		d.busy[id] = job
	}
	return got, nil
}

// free takes back what the job holds, if anything.
func (d *devices) free(job lilypad.JobID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	maps.DeleteFunc(d.busy, func(_ string, holder lilypad.JobID) bool { return holder == job })
}

// keep marks what a recovered job holds.
func (d *devices) keep(job lilypad.JobID, ids []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range ids {
		if slices.ContainsFunc(d.all, func(g execution.GPU) bool { return g.UUID == id }) {
			d.busy[id] = job
		}
	}
}
