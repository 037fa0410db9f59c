package matching_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/matching"
)

// gpuNeeds are of a job for a container.
func gpuNeeds(gpus, vram uint32, model string) lilypad.Needs {
	return lilypad.Needs{Engine: lilypad.EngineDocker, GPUModel: model, Timeout: 60, Resources: lilypad.Resources{GPUs: gpus, VRAMMB: vram}}
}

// fleetOf is an offer of machines with these devices.
func fleetOf(n int, machines ...[]lilypad.GPUs) matching.Offer {
	o := offerOf(n, 100)
	o.Capacity, o.Slots = lilypad.Resources{}, 0
	for _, kinds := range machines {
		m := lilypad.Machine{Kinds: kinds, Slots: 4, Engines: []lilypad.Engine{lilypad.EngineDocker}, Capacity: lilypad.Resources{CPUMilli: 8000, RAMMB: 8000, DiskMB: 8000}}
		for _, k := range kinds {
			m.Capacity.GPUs, m.Capacity.VRAMMB = m.Capacity.GPUs+k.Count, max(m.Capacity.VRAMMB, k.VRAMMB)
		}
		o.Machines, o.Slots = append(o.Machines, m), o.Slots+m.Slots
	}
	return o
}

// drawFleets draws offers of several machines, and jobs for GPUs.
func drawFleets(rt *rapid.T) (offers []matching.Offer, jobs []matching.Job) {
	model := rapid.SampledFrom([]string{"NVIDIA H100", "NVIDIA L4", "AMD MI300X"})
	vram := rapid.SampledFrom([]uint32{24_000, 40_000, 80_000})
	driver := rapid.SampledFrom([]string{"", "535.1", "570.86.15"})
	kinds := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) lilypad.GPUs {
		return lilypad.GPUs{Count: rapid.Uint32Range(1, 3).Draw(rt, "count"), Model: model.Draw(rt, "model"), VRAMMB: vram.Draw(rt, "vram"), Driver: driver.Draw(rt, "driver")}
	}), 0, 3)
	for i := range rapid.IntRange(1, 6).Draw(rt, "offers") {
		o := fleetOf(i, rapid.SliceOfN(kinds, 1, 3).Draw(rt, "machines")...)
		for k := range o.Machines {
			m := &o.Machines[k]
			o.Slots -= m.Slots
			m.Slots = rapid.Uint32Range(1, 3).Draw(rt, "slots")
			m.Capacity.CPUMilli = rapid.SampledFrom([]uint32{1000, 2000, 4000}).Draw(rt, "cpu")
			o.Slots += m.Slots
		}
		offers = append(offers, o)
	}
	for i := range rapid.IntRange(0, 30).Draw(rt, "jobs") {
		j := jobOf(i)
		j.Work.Needs = gpuNeeds(rapid.Uint32Range(0, 4).Draw(rt, "gpus"), rapid.SampledFrom([]uint32{0, 24_000, 24_001, 80_000}).Draw(rt, "memory"),
			rapid.SampledFrom([]string{"", "h100", "l4, h100", "mi300x"}).Draw(rt, "wanted"))
		j.Work.Needs.CPUMilli = rapid.SampledFrom([]uint32{0, 1000, 3000}).Draw(rt, "cores")
		if v := driver.Draw(rt, "least"); v != "" {
			j.Work.Needs.Labels = []lilypad.Label{{Key: lilypad.LabelDriver, Value: v}}
		}
		jobs = append(jobs, j)
	}
	return offers, jobs
}

// The index, the words of Unmet and a machine's own answer are one.
func TestBook_index_findsOneMachineThatHasAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offers, jobs := drawFleets(rt)
		b := fill(rt, offers)
		for _, j := range jobs {
			var said, ran []lilypad.Address
			for _, o := range offers {
				if len(j.Unmet(&o.Offer)) == 0 {
					said = append(said, o.Provider)
				}
				if slices.ContainsFunc(o.Machines, func(m lilypad.Machine) bool { return m.Runs(&j.Work.Needs) }) {
					ran = append(ran, o.Provider)
				}
			}
			got := b.Fitting(&j)
			slices.SortFunc(got, func(a, b lilypad.Address) int { return slices.Compare(a[:], b[:]) })
			if diff := gocmp.Diff(ran, got) + gocmp.Diff(ran, said); diff != "" {
				rt.Fatalf("%+v:\n%s", j.Work.Needs, diff)
			}
		}
	})
}

// What is sold without a queue can be run at once, each job on one machine.
func TestMatcher_Match_sellsNoDeviceTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		offers, jobs := drawFleets(rt)
		m := matching.Matcher{Book: fill(rt, offers), Scorer: scorer(func(_ hostapi.Job, o hostapi.Offer) hostapi.Score {
			return hostapi.Score{Decision: hostapi.DecisionRank, Score: int64(o.Provider[19] % 2)}
		})}
		found, err := m.Match(t.Context(), 0, jobs)
		if err != nil {
			rt.Fatal(err)
		}
		sold := map[lilypad.Address][]lilypad.Needs{}
		for _, f := range found {
			if !f.Provider.IsZero() {
				i := slices.IndexFunc(jobs, func(j matching.Job) bool { return j.ID == f.Job })
				sold[f.Provider] = append(sold[f.Provider], jobs[i].Work.Needs)
			}
		}
		for _, o := range offers {
			if !possible(sold[o.Provider], explode(o.Machines)) {
				rt.Fatalf("%+v cannot run %+v at once", o.Machines, sold[o.Provider])
			}
		}
	})
}

// bench is a machine with its devices one by one.
type bench struct {
	lilypad.Machine
	devices []lilypad.GPUs
}

func explode(machines []lilypad.Machine) (out []bench) {
	for _, m := range machines {
		b := bench{Machine: m}
		for _, k := range m.Kinds {
			b.devices = append(b.devices, slices.Repeat([]lilypad.GPUs{k}, int(k.Count))...)
		}
		out = append(out, b)
	}
	return out
}

// possible tries every way to run the jobs at once.
func possible(jobs []lilypad.Needs, on []bench) bool {
	if len(jobs) == 0 {
		return true
	}
	n := jobs[0]
	for i, b := range on {
		if b.Slots == 0 || b.Capacity.CPUMilli < n.CPUMilli {
			continue
		}
		for _, rest := range without(b.devices, int(n.GPUs), &n) {
			next := slices.Clone(on)
			next[i].Slots, next[i].Capacity.CPUMilli, next[i].devices = b.Slots-1, b.Capacity.CPUMilli-n.CPUMilli, rest
			if possible(jobs[1:], next) {
				return true
			}
		}
	}
	return false
}

// without lists what can be left of devices when a job has taken its own.
func without(devices []lilypad.GPUs, wanted int, n *lilypad.Needs) (out [][]lilypad.GPUs) {
	if wanted == 0 {
		return [][]lilypad.GPUs{devices}
	}
	for i, d := range devices {
		if d.Suits(n) && (i == 0 || d != devices[i-1]) {
			for _, rest := range without(devices[i+1:], wanted-1, n) {
				out = append(out, slices.Concat(devices[:i], rest))
			}
		}
	}
	return out
}

// A job that one machine alone could run is told to the scorer as of that one.
func TestMatcher_Match_showsTheScorerTheMachine(t *testing.T) {
	o := fleetOf(1, nil, []lilypad.GPUs{{Count: 2, Model: "NVIDIA L4", VRAMMB: 24_000}}, []lilypad.GPUs{{Count: 1, Model: "NVIDIA H100", VRAMMB: 80_000, Driver: "570"}})
	b := matching.NewBook()
	if err := b.Put(o); err != nil {
		t.Fatal(err)
	}
	j := jobOf(1)
	j.Work.Needs = gpuNeeds(1, 40_000, "")
	var saw []hostapi.Offer
	m := matching.Matcher{Book: b, Workers: 1, Scorer: scorer(func(_ hostapi.Job, o hostapi.Offer) hostapi.Score {
		saw = append(saw, o)
		return hostapi.Score{Decision: hostapi.DecisionRank}
	})}
	if _, err := m.Match(t.Context(), 0, []matching.Job{j}); err != nil || len(saw) != 1 {
		t.Fatal(saw, err)
	}
	if got := saw[0]; got.GPUs != 1 || got.VRAM != 80_000 || got.GPUModel.V != "NVIDIA H100" || got.HardwareClass != hostapi.Bytes32(lilypad.HardwareClass("NVIDIA H100", "570")) {
		t.Errorf("the scorer saw %+v", got)
	}
}

// What is short is said of the machine that lacks least, each thing by itself.
func TestJob_Unmet_isOfTheNearestMachine(t *testing.T) {
	o := fleetOf(1,
		[]lilypad.GPUs{{Count: 8, Model: "NVIDIA L4", VRAMMB: 24_000, Driver: "535"}},
		[]lilypad.GPUs{{Count: 1, Model: "NVIDIA H100", VRAMMB: 80_000, Driver: "535"}, {Count: 2, Model: "NVIDIA A100", VRAMMB: 40_000, Driver: "535"}})
	for name, c := range map[string]struct {
		needs lilypad.Needs
		want  []matching.Unmet
	}{
		"nothing":              {gpuNeeds(3, 40_000, ""), nil},
		"devices":              {gpuNeeds(10, 0, ""), []matching.Unmet{{Rule: "gpus", Needs: "10", Has: "8", Short: 200_000}}},
		"memory of the second": {gpuNeeds(2, 80_000, ""), []matching.Unmet{{Rule: "vram_mb", Needs: "80000", Has: "40000", Short: 500_000}}},
		"memory of the model":  {gpuNeeds(1, 60_000, "A100"), []matching.Unmet{{Rule: "vram_mb", Needs: "60000", Has: "40000", Short: 333_333}}},
		"devices of the model": {gpuNeeds(2, 0, "H100"), []matching.Unmet{{Rule: "gpus", Needs: "2", Has: "1", Short: 500_000}}},
		"another model":        {gpuNeeds(1, 0, "B200"), []matching.Unmet{{Rule: "gpu_model", Needs: "B200", Has: "NVIDIA L4", Short: 1_000_000}}},
	} {
		t.Run(name, func(t *testing.T) {
			j := jobOf(1)
			j.Work.Needs = c.needs
			if diff := gocmp.Diff(c.want, j.Unmet(&o.Offer)); diff != "" {
				t.Error(diff)
			}
		})
	}
	j := jobOf(1)
	j.Work.Needs = gpuNeeds(1, 0, "")
	j.Work.Needs.Labels = []lilypad.Label{{Key: lilypad.LabelDriver, Value: "550.1"}}
	want := []matching.Unmet{{Rule: "gpu_driver", Needs: "550.1", Has: "535", Short: 1_000_000}}
	if diff := gocmp.Diff(want, j.Unmet(&o.Offer)); diff != "" {
		t.Error(diff)
	}
}

// An offer costs the book about what it says, however many machines share it.
func TestBook_Put_keepsALargeOfferOnce(t *testing.T) {
	o := fleetOf(1, slices.Repeat([][]lilypad.GPUs{nil}, 64)...)
	for i := range 64 {
		o.Labels = append(o.Labels, lilypad.Label{Key: fmt.Sprint(i), Value: strings.Repeat("x", 100)})
	}
	const offers = 100
	b, heap := matching.NewBook(), func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for i := range offers {
		o.Provider = provider(i)
		if err := b.Put(o); err != nil {
			t.Fatal(err)
		}
	}
	if each := (heap() - before) / offers; each > 100_000 {
		t.Errorf("an offer takes %d bytes", each)
	}
	runtime.KeepAlive(b)
}

// Jobs held from before an offer keep their devices under the next one too.
func TestBook_Put_countsWhatIsHeldAlready(t *testing.T) {
	b, l4 := matching.NewBook(), []lilypad.GPUs{{Count: 1, Model: "NVIDIA L4", VRAMMB: 24_000}}
	needs := gpuNeeds(1, 0, "l4")
	b.Hold(jobID(1), provider(1), needs)
	for range 2 {
		if err := b.Put(fleetOf(1, l4)); err != nil {
			t.Fatal(err)
		}
		if !b.Busy(provider(1), needs) {
			t.Error("the device is sold twice")
		}
		if err := b.Put(fleetOf(1, []lilypad.GPUs{{Count: 1, Model: "NVIDIA H100", VRAMMB: 80_000}}, l4, l4)); err != nil {
			t.Fatal(err)
		}
		if b.Busy(provider(1), needs) {
			t.Error("the other device is not sold")
		}
	}
}

func TestBook_Put_refusesTooManyKinds(t *testing.T) {
	var kinds []lilypad.GPUs
	for i := range lilypad.MaxKinds + 1 {
		kinds = append(kinds, lilypad.GPUs{Count: 1, Model: fmt.Sprint(i)})
	}
	if err := matching.NewBook().Put(fleetOf(1, kinds)); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
		t.Errorf("got %v, want invalid", err)
	}
}

// A provider with all its jobs on many machines: how long the book is locked
// for one look.
func BenchmarkBook_Busy(bm *testing.B) {
	var machines [][]lilypad.GPUs
	for i := range 64 {
		machines = append(machines, []lilypad.GPUs{{Count: 4, Model: fmt.Sprintf("NVIDIA GeForce RTX %d", i), VRAMMB: 24_000}})
	}
	b, needs := matching.NewBook(), gpuNeeds(1, 0, "rtx 63, rtx 62")
	if err := b.Put(fleetOf(1, machines...)); err != nil {
		bm.Fatal(err)
	}
	for i := range 250 {
		b.Hold(jobID(i), provider(1), needs)
	}
	for bm.Loop() {
		b.Busy(provider(1), needs)
	}
}
