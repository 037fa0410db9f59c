package fleet_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
)

func cards(model string, vram uint32, ids ...string) (gpus []execution.GPU) {
	for _, id := range ids {
		gpus = append(gpus, execution.GPU{UUID: id, Model: model, VRAMMB: vram, Driver: "570.1"})
	}
	return gpus
}

// machine has four cores, as many slots, and the GPUs.
func machine(name string, gpus ...execution.GPU) fleet.Machine {
	return fleet.Machine{
		Offer: lilypad.Machine{
			Name: name, Kinds: hardware.Kinds(gpus), Slots: 4, Engines: []lilypad.Engine{lilypad.EngineNoop},
			Capacity: lilypad.Resources{GPUs: uint32(len(gpus)), CPUMilli: 4000, RAMMB: 4000, DiskMB: 4000},
		},
		GPUs: gpus, Executors: map[lilypad.Engine]execution.Executor{lilypad.EngineNoop: noop.New(noop.Config{})},
	}
}

func fleetOf(t *testing.T, locks string, machines ...fleet.Machine) *fleet.Fleet {
	t.Helper()
	f, err := fleet.New(machines, locks)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func wants(gpus, cpu uint32) lilypad.Needs {
	return lilypad.Needs{Engine: lilypad.EngineNoop, Resources: lilypad.Resources{GPUs: gpus, CPUMilli: cpu}}
}

func take(t *testing.T, f *fleet.Fleet, job string, n lilypad.Needs) fleet.Place {
	t.Helper()
	p, err := f.Take(t.Context(), job, n)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// waits tells, in a synctest bubble, whether the job has to wait. What it
// returns tells later whether it has got its place.
func waits(t *testing.T, f *fleet.Fleet, job string, n lilypad.Needs) (done func() bool) {
	t.Helper()
	got := make(chan struct{})
	go func() {
		if _, err := f.Take(t.Context(), job, n); err == nil {
			close(got)
		}
	}()
	synctest.Wait()
	done = func() bool {
		synctest.Wait()
		select {
		case <-got:
			return true
		default:
			return false
		}
	}
	if done() {
		t.Fatalf("%s did not wait", job)
	}
	return done
}

// Two processes of a user, each with two roles on the same five GPUs, and jobs
// that come, change their mind and end.
func TestFleet_neverGivesADeviceTwice(t *testing.T) {
	locks := t.TempDir()
	gpus := append(cards("NVIDIA L4", 24_000, "GPU-1", "GPU-2", "MIG-GPU-3/1/0"), cards("NVIDIA H100", 80_000, "GPU-4", "GPU-5")...)
	var mu sync.Mutex // guards holder
	holder := map[string]string{}
	var workers sync.WaitGroup
	for role := range 4 {
		f := fleetOf(t, locks, machine("a", gpus[:3]...), machine("b", gpus[3:]...))
		for w := range 3 {
			workers.Go(func() {
				for i := range 40 {
					job, n := fmt.Sprintf("%d/%d/%d", role, w, i), wants(uint32(1+(w+i)%2), 100)
					ctx, stop := context.WithCancel(t.Context())
					if i%5 == 0 {
						time.AfterFunc(time.Millisecond, stop)
					}
					p, err := f.Take(ctx, job, n)
					stop()
					if err != nil {
						continue
					}
					mu.Lock()
					if len(p.Devices) != int(n.GPUs) {
						t.Errorf("job %s got %v", job, p.Devices)
					}
					for _, id := range p.Devices {
						if other, busy := holder[id]; busy {
							t.Errorf("GPU %s of job %s was given to %s", id, other, job)
						}
						holder[id] = job
					}
					mu.Unlock()
					time.Sleep(time.Millisecond)
					mu.Lock()
					for _, id := range p.Devices {
						delete(holder, id)
					}
					mu.Unlock()
					f.Free(job)
					f.Free(job) // twice is once: it must not free another's
				}
			})
		}
	}
	workers.Wait()
}

func TestFleet_Take_choosesOneMachineThatHasAll(t *testing.T) {
	small, large := cards("NVIDIA L4", 24_000, "GPU-1", "GPU-2"), cards("NVIDIA H100", 80_000, "GPU-3", "GPU-4", "GPU-5")
	mixed := append(slices.Clone(large[2:]), cards("NVIDIA L4", 24_000, "GPU-6")...)
	f := fleetOf(t, t.TempDir(), machine("small", small...), machine("large", large[:2]...), machine("mixed", mixed...), machine("none"))
	l4, h100 := lilypad.HardwareClass("NVIDIA L4", "570.1"), lilypad.HardwareClass("NVIDIA H100", "570.1")
	asks := func(gpus, vram uint32, model string) lilypad.Needs {
		n := wants(gpus, 0)
		n.VRAMMB, n.GPUModel = vram, model
		return n
	}
	for name, c := range map[string]struct {
		needs   lilypad.Needs
		machine string
		devices []string
		class   lilypad.Hash
	}{
		"one of the mixed":    {asks(1, 0, "l4, a10"), "small", []string{"GPU-1"}, l4},
		"no GPU":              {asks(0, 0, ""), "small", nil, lilypad.HardwareClass("", "")},
		"one":                 {asks(1, 0, ""), "small", []string{"GPU-1"}, l4},
		"two":                 {asks(2, 0, ""), "small", []string{"GPU-1", "GPU-2"}, l4},
		"memory":              {asks(1, 40_000, ""), "large", []string{"GPU-3"}, h100},
		"two with memory":     {asks(2, 40_000, ""), "large", []string{"GPU-3", "GPU-4"}, h100},
		"model":               {asks(1, 0, "h100"), "large", []string{"GPU-3"}, h100},
		"more than any has":   {asks(3, 0, ""), "", nil, lilypad.Hash{}},
		"two of them too big": {asks(2, 80_001, ""), "", nil, lilypad.Hash{}},
		"an unknown model":    {asks(1, 0, "A100"), "", nil, lilypad.Hash{}},
		"an unknown engine":   {lilypad.Needs{Engine: lilypad.EngineDocker}, "", nil, lilypad.Hash{}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := f.Take(t.Context(), name, c.needs)
			defer f.Free(name)
			if c.machine == "" {
				if lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
					t.Errorf("got %v, %v, want invalid", p, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := fleet.Place{Machine: c.machine, Devices: c.devices, Class: c.class}
			if p.Executor == nil {
				t.Error("there is nothing to run it")
			}
			if p.Executor = nil; !cmp.Equal(want, p) {
				t.Error(cmp.Diff(want, p))
			}
		})
	}
	take(t, f, "first", wants(2, 0))
	take(t, f, "second", wants(2, 0))
	if p := take(t, f, "third", wants(1, 0)); !slices.Equal(p.Devices, []string{"GPU-6"}) {
		t.Errorf("of two devices it got %v, want the smaller", p.Devices)
	}
	if p := take(t, f, "third", wants(1, 0)); !slices.Equal(p.Devices, []string{"GPU-6"}) {
		t.Errorf("asked again it got %v", p.Devices)
	}
}

func TestFleet_Take_waitsForRoom(t *testing.T) {
	slots, ram := wants(0, 0), wants(0, 0)
	ram.RAMMB = 2500
	for name, c := range map[string]struct {
		holds lilypad.Needs
		many  int
		then  lilypad.Needs
	}{
		"GPUs":  {wants(1, 0), 1, wants(1, 0)},
		"slots": {slots, 4, slots},
		"cores": {wants(0, 3000), 1, wants(0, 2000)},
		"RAM":   {ram, 1, ram},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := fleetOf(t, "", machine("", cards("NVIDIA L4", 24_000, "GPU-1")...))
				for i := range c.many {
					take(t, f, fmt.Sprint(i), c.holds)
				}
				done := waits(t, f, "next", c.then)
				if f.Free("0"); !done() {
					t.Error("room does not end the waiting")
				}
			})
		})
	}
}

// The first in the queue is not starved by small jobs, and those that want
// nothing of what it waits for pass.
func TestFleet_Take_servesInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fleetOf(t, "", machine("", cards("NVIDIA L4", 24_000, "GPU-1", "GPU-2")...))
		take(t, f, "one", wants(1, 0))
		both := waits(t, f, "both", wants(2, 0))
		late := waits(t, f, "late", wants(1, 0))
		take(t, f, "none", wants(0, 100))
		f.Free("one")
		if !both() || late() {
			t.Errorf("first served %v, second %v", both(), late())
		}
		if f.Free("both"); !late() {
			t.Error("the last was forgotten")
		}
	})
}

func TestFleet_Take_canBeGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fleetOf(t, "", machine("", cards("NVIDIA L4", 24_000, "GPU-1")...))
		take(t, f, "first", wants(1, 0))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { _, err := f.Take(ctx, "second", wants(1, 0)); ended <- err }()
		synctest.Wait()
		third := waits(t, f, "third", wants(1, 0))
		stop()
		if err := <-ended; err == nil {
			t.Error("it got a place")
		}
		if f.Free("first"); !third() {
			t.Error("the place went to one that is gone")
		}
	})
}

// Another process that gives a device back tells nobody.
func TestFleet_Take_findsWhatAnotherProcessFreed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		locks, gpus := t.TempDir(), cards("NVIDIA L4", 24_000, "GPU-1")
		mine, theirs := fleetOf(t, locks, machine("", gpus...)), fleetOf(t, locks, machine("", gpus...))
		take(t, theirs, "theirs", wants(1, 0))
		done := waits(t, mine, "mine", wants(1, 0))
		theirs.Free("theirs")
		time.Sleep(2 * time.Second) // of the bubble
		if !done() {
			t.Error("it was not looked for again")
		}
	})
}

// Who waits for large devices keeps nobody from the small ones beside them.
func TestFleet_Take_barsOnlyWhatItWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		large := wants(1, 0)
		large.VRAMMB = 40_000
		f := fleetOf(t, "", machine("", append(cards("NVIDIA H100", 80_000, "GPU-1"), cards("NVIDIA L4", 24_000, "GPU-2")...)...))
		take(t, f, "first", large)
		second := waits(t, f, "second", large)
		if p := take(t, f, "small", wants(1, 0)); !slices.Equal(p.Devices, []string{"GPU-2"}) {
			t.Errorf("got %v", p.Devices)
		}
		third := waits(t, f, "third", wants(1, 0))
		if f.Free("first"); !second() || third() {
			t.Error("the large device went to a job that came later")
		}
	})
}

// A job that is asked for twice at once has one place.
func TestFleet_Take_twiceIsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fleetOf(t, "", machine("", cards("NVIDIA L4", 24_000, "GPU-1", "GPU-2")...))
		take(t, f, "first", wants(2, 0))
		one, again := waits(t, f, "job", wants(1, 0)), waits(t, f, "job", wants(1, 0))
		if f.Free("first"); !one() || !again() {
			t.Fatal("one of them was forgotten")
		}
		other := take(t, f, "other", wants(1, 0))
		if f.Free("job"); len(other.Devices) != 1 {
			t.Error("there was no device for another")
		}
		f.Free("other")
		take(t, f, "all", wants(2, 4000)) // all cores too
	})
}

func TestFleet_Keep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fleetOf(t, "", machine("", cards("NVIDIA L4", 24_000, "GPU-1", "GPU-2")...))
		f.Keep("kept", wants(1, 9000), "", []string{"GPU-1", "gone"}) // from before the machine shrank
		f.Keep("kept", wants(1, 9000), "", []string{"GPU-1"})
		f.Keep("moved", wants(1, 0), "no such machine", []string{"GPU-2"})
		done := waits(t, f, "next", wants(2, 1000))
		if f.Free("kept"); !done() {
			t.Error("what was kept is not freed")
		}
	})
}

func TestNew_refuses(t *testing.T) {
	for name, machines := range map[string][]fleet.Machine{
		"a name twice":   {machine("a"), machine("a")},
		"a device twice": {machine("a", cards("L4", 1, "GPU-1")...), machine("b", cards("L4", 1, "GPU-1")...)},
	} {
		if _, err := fleet.New(machines, ""); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
