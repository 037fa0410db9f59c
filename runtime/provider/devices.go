package provider

import (
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
	busy map[string]bool // by UUID
}

func newDevices(all []execution.GPU) *devices {
	return &devices{all: all, busy: map[string]bool{}}
}

// take returns the UUIDs of free GPUs that meet the needs. Unavailable when
// there are too few now.
func (d *devices) take(n lilypad.Needs) ([]string, error) {
	if n.GPUs == 0 {
		return nil, nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var got []string
	for _, g := range d.all {
		fits := g.VRAMMB >= n.VRAMMB && strings.Contains(strings.ToLower(g.Model), strings.ToLower(n.GPUModel))
		if fits && !d.busy[g.UUID] && len(got) < int(n.GPUs) {
			got = append(got, g.UUID)
		}
	}
	if len(got) < int(n.GPUs) {
		return nil, lilypad.Errorf(lilypad.Unavailable, "%d of %d GPUs are free", len(got), n.GPUs)
	}
	for _, id := range got {
		d.busy[id] = true
	}
	return got, nil
}

func (d *devices) free(ids []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range ids {
		delete(d.busy, id)
	}
}

// keep marks what a recovered job holds.
func (d *devices) keep(ids []string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range ids {
		if slices.ContainsFunc(d.all, func(g execution.GPU) bool { return g.UUID == id }) {
			d.busy[id] = true
		}
	}
}
