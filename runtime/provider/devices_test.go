package provider_test

import (
	"encoding/binary"
	"strconv"
	"sync"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/provider"
)

func gpus(n int) (all []execution.GPU) {
	for i := range n {
		all = append(all, execution.GPU{UUID: strconv.Itoa(i), Model: "NVIDIA H100", VRAMMB: 80_000})
	}
	return all
}

func wants(n uint32) lilypad.Needs { return lilypad.Needs{Resources: lilypad.Resources{GPUs: n}} }

func TestDevices_neverGivesOneTwice(t *testing.T) {
	d := provider.NewDevices(gpus(5))
	var mu sync.Mutex // guards holder
	holder := map[string]lilypad.JobID{}
	var workers sync.WaitGroup
	for w := range 8 {
		workers.Go(func() {
			for i := range 500 {
				var job lilypad.JobID
				binary.BigEndian.PutUint32(job[:], uint32(w*1000+i+1))
				got, err := d.Take(job, wants(uint32(1+(w+i)%3)))
				if err != nil {
					continue
				}
				mu.Lock()
				for _, id := range got {
					if other, busy := holder[id]; busy {
						t.Errorf("GPU %s of job %s was given to %s", id, other, job)
					}
					holder[id] = job
				}
				for _, id := range got {
					delete(holder, id)
				}
				mu.Unlock()
				d.Free(job)
				d.Free(job) // twice is once: it must not free another's
			}
		})
	}
	workers.Wait()
}

// A job that ended frees what it held and nothing else, however often.
func TestDevices_freeIsTheHoldersOwn(t *testing.T) {
	d := provider.NewDevices(gpus(1))
	first, second := lilypad.JobID{1}, lilypad.JobID{2}
	if _, err := d.Take(first, wants(1)); err != nil {
		t.Fatal(err)
	}
	d.Free(first)
	if _, err := d.Take(second, wants(1)); err != nil {
		t.Fatal(err)
	}
	d.Free(first)
	if got, err := d.Take(lilypad.JobID{3}, wants(1)); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("got %v, %v, though the only GPU is busy", got, err)
	}
	d.Free(second)
	d.Keep(first, []string{"0", "gone"})
	if _, err := d.Take(second, wants(1)); lilypad.CodeOf(err) != lilypad.Unavailable {
		t.Errorf("a recovered job's GPU was given away: %v", err)
	}
}

func TestDevices_take_matchesTheNeeds(t *testing.T) {
	d := provider.NewDevices([]execution.GPU{{UUID: "small", Model: "NVIDIA L4", VRAMMB: 24_000}, {UUID: "large", Model: "NVIDIA H100", VRAMMB: 80_000}})
	for name, c := range map[string]struct {
		needs lilypad.Needs
		want  string
	}{
		"model":    {lilypad.Needs{Resources: lilypad.Resources{GPUs: 1}, GPUModel: "h100"}, "large"},
		"memory":   {lilypad.Needs{Resources: lilypad.Resources{GPUs: 1, VRAMMB: 30_000}}, "large"},
		"too many": {wants(3), ""},
		"none":     {wants(0), ""},
	} {
		got, err := d.Take(lilypad.JobID{1}, c.needs)
		if c.want == "" && len(got) != 0 || c.want != "" && (err != nil || len(got) != 1 || got[0] != c.want) {
			t.Errorf("%s: %v, %v, want %q", name, got, err, c.want)
		}
		d.Free(lilypad.JobID{1})
	}
}
