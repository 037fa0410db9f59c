package fleet

import (
	"cmp"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Machine is a computer and what runs jobs on it.
type Machine struct {
	Offer     lilypad.Machine // what it has; its Kinds sum up GPUs
	GPUs      []execution.GPU
	Executors map[lilypad.Engine]execution.Executor
	ID        string // which one it is, as its engine tells; empty: unknown
}

// Place is where a job runs.
type Place struct {
	Machine  string
	Devices  []string     // UUIDs of its GPUs
	Class    lilypad.Hash // of the hardware that it has there
	Executor execution.Executor
}

// Fleet is machines and the jobs on them. Safe for concurrent use.
type Fleet struct {
	machines []*machine
	locks    string // folder of the devices' locks; empty: none

	mu      sync.Mutex // guards what follows, and the machines
	places  map[string]*place
	waiting []*waiter // in the order of their coming
}

type machine struct {
	Machine
	slots, cpu, ram, disk int64             // left; below zero after Keep on a machine that has shrunk
	busy                  map[string]string // jobs by device
}

type place struct {
	Place
	on    *machine
	needs lilypad.Needs
	locks []*flock.Flock
	takes int // how many asked for it
}

type waiter struct {
	job   string
	needs lilypad.Needs
	ready chan Place
}

// lookAgain is how often a waiting job looks for devices that another process
// has given back: nobody tells of those.
const lookAgain = time.Second

// New returns an empty fleet. The folder locks is made when it is missing;
// without one devices are exclusive in this fleet alone.
//
// # Errors
//
// Invalid when two machines have the same name or the same device.
func New(machines []Machine, locks string) (*Fleet, error) {
	f := &Fleet{locks: locks, places: map[string]*place{}}
	names, devices := map[string]bool{}, map[string]bool{}
	for _, m := range machines {
		c := m.Offer.Capacity
		if names[m.Offer.Name] {
			return nil, lilypad.Errorf(lilypad.Invalid, "two machines are called %q", m.Offer.Name)
		}
		names[m.Offer.Name] = true
		for _, g := range m.GPUs {
			if devices[g.UUID] {
				return nil, lilypad.Errorf(lilypad.Invalid, "GPU %s is in two machines", g.UUID).
					Try("let each machine of the configuration be another one, or name an nvidia_smi that lists its own GPUs")
			}
			devices[g.UUID] = true
		}
		f.machines = append(f.machines, &machine{
			Machine: m, busy: map[string]string{},
			slots: int64(m.Offer.Slots), cpu: int64(c.CPUMilli), ram: int64(c.RAMMB), disk: int64(c.DiskMB),
		})
	}
	if locks != "" {
		if err := os.MkdirAll(locks, 0o700); err != nil {
			return nil, &lilypad.Error{Code: lilypad.Conflict, Msg: "folder of GPU locks", Err: err, Remedy: "make it writable"}
		}
	}
	return f, nil
}

// Check tells whether some machine, with nothing else to do, could run a job of
// these needs.
//
// # Errors
//
// Invalid when there is none.
func (f *Fleet) Check(n lilypad.Needs) error {
	has := false
	for _, m := range f.machines {
		if m.Offer.Runs(&n) {
			return nil
		}
		has = has || slices.Contains(m.Offer.Engines, n.Engine)
	}
	if !has {
		return lilypad.Errorf(lilypad.Invalid, "there is no engine %.20s here", n.Engine)
	}
	return lilypad.Errorf(lilypad.Invalid, "the job needs more than a machine here has")
}

// Executors yields every executor with the name of its machine.
func (f *Fleet) Executors(yield func(machine string, x execution.Executor) bool) {
	for _, m := range f.machines {
		for _, engine := range slices.Sorted(maps.Keys(m.Executors)) {
			if !yield(m.Offer.Name, m.Executors[engine]) {
				return
			}
		}
	}
}

// Executor finds one; nil when it is not there.
func (f *Fleet) Executor(machine string, engine lilypad.Engine) execution.Executor {
	if m := f.find(machine); m != nil {
		return m.Executors[engine]
	}
	return nil
}

// For lists the executors of the machines that could run a job of these needs.
func (f *Fleet) For(n lilypad.Needs) (xs []execution.Executor) {
	for _, m := range f.machines {
		if m.Offer.Runs(&n) {
			xs = append(xs, m.Executors[n.Engine])
		}
	}
	return xs
}

func (f *Fleet) find(name string) *machine {
	if i := slices.IndexFunc(f.machines, func(m *machine) bool { return m.Offer.Name == name }); i >= 0 {
		return f.machines[i]
	}
	return nil
}

// Take waits for room and gives it to the job until Free; a job that has a
// place gets it again. Jobs are served as they come; one that waits for GPUs
// lets those pass that need none.
//
// # Errors
//
// Invalid when no machine can run the job, the error of ctx when that ends.
func (f *Fleet) Take(ctx context.Context, job string, n lilypad.Needs) (Place, error) {
	if err := f.Check(n); err != nil {
		return Place{}, err
	}
	f.mu.Lock()
	if p := f.places[job]; p != nil {
		p.takes++
		f.mu.Unlock()
		return p.Place, nil
	}
	w := &waiter{job: job, needs: n, ready: make(chan Place, 1)}
	f.waiting = append(f.waiting, w)
	f.serve()
	f.mu.Unlock()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		select {
		case p := <-w.ready:
			return p, nil
		case <-tick.C:
			f.mu.Lock()
			f.serve()
			f.mu.Unlock()
		case <-ctx.Done():
			f.leave(w)
			return Place{}, ctx.Err()
		}
	}
}

// leave takes back what was asked for.
func (f *Fleet) leave(w *waiter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = slices.DeleteFunc(f.waiting, func(o *waiter) bool { return o == w })
	select {
	case <-w.ready:
		if p := f.places[w.job]; p != nil {
			if p.takes--; p.takes == 0 {
				f.free(w.job)
			}
		}
	default:
	}
	f.serve()
}

// Keep gives a job that runs already its place back, whether there is room or
// not. Of its devices it gets those that no other job has.
func (f *Fleet) Keep(job string, n lilypad.Needs, on string, devices []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := f.find(on)
	if m == nil || f.places[job] != nil {
		return
	}
	p := &place{Place: f.describe(m, n, devices), on: m, needs: n, takes: 1}
	for _, id := range devices {
		known := slices.ContainsFunc(m.GPUs, func(g execution.GPU) bool { return g.UUID == id })
		if _, busy := m.busy[id]; !known || busy {
			continue
		}
		if lock, ok := f.claim(id); ok { // else another process has it; the executor sees to that
			p.locks = append(p.locks, lock...)
		}
		m.busy[id] = job
	}
	m.use(&n, 1)
	f.places[job] = p
}

// Free takes back what the job has, if anything.
func (f *Fleet) Free(job string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.free(job)
	f.serve()
}

func (f *Fleet) free(job string) {
	p := f.places[job]
	if p == nil {
		return
	}
	delete(f.places, job)
	maps.DeleteFunc(p.on.busy, func(_, holder string) bool { return holder == job })
	p.on.use(&p.needs, -1)
	release(p.locks)
}

func release(locks []*flock.Flock) {
	for _, l := range locks {
		_ = l.Unlock() // a file that cannot be unlocked is unlocked with the process
	}
}

// use counts a job in, or out by -1.
func (m *machine) use(n *lilypad.Needs, jobs int64) {
	m.slots -= jobs
	m.cpu -= jobs * int64(n.CPUMilli)
	m.ram -= jobs * int64(n.RAMMB)
	m.disk -= jobs * int64(n.DiskMB)
}

// serve gives places to those who wait. Who waits for a machine keeps later
// ones from what it still lacks there, so that small jobs do not starve it: from
// all of it, or from the GPUs that would do.
func (f *Fleet) serve() {
	full, barred := map[*machine]bool{}, map[string]bool{}
	f.waiting = slices.DeleteFunc(f.waiting, func(w *waiter) bool {
		n := &w.needs
		if p := f.places[w.job]; p != nil { // it was asked for twice
			p.takes++
			w.ready <- p.Place
			return true
		}
		for _, m := range f.machines {
			if full[m] || !m.Offer.Runs(n) {
				continue
			}
			if m.slots < 1 || m.cpu < int64(n.CPUMilli) || m.ram < int64(n.RAMMB) || m.disk < int64(n.DiskMB) {
				full[m] = true
				continue
			}
			devices, locks, ok := f.devices(m, n, barred)
			if !ok {
				for _, g := range m.suiting(n) {
					barred[g.UUID] = true
				}
				continue
			}
			for _, id := range devices {
				m.busy[id] = w.job
			}
			m.use(n, 1)
			p := &place{Place: f.describe(m, *n, devices), on: m, needs: *n, locks: locks, takes: 1}
			f.places[w.job] = p
			w.ready <- p.Place
			return true
		}
		return false
	})
}

func (f *Fleet) describe(m *machine, n lilypad.Needs, devices []string) Place {
	p := Place{Machine: m.Offer.Name, Devices: devices, Class: lilypad.HardwareClass("", ""), Executor: m.Executors[n.Engine]}
	for _, g := range m.GPUs {
		if len(devices) > 0 && devices[0] == g.UUID {
			p.Class = lilypad.HardwareClass(g.Model, g.Driver)
		}
	}
	return p
}

// suiting lists the GPUs that will do, the smallest first, so that the large
// ones are there for who needs them.
func (m *machine) suiting(n *lilypad.Needs) []execution.GPU {
	fit := slices.DeleteFunc(slices.Clone(m.GPUs), func(g execution.GPU) bool {
		kind := lilypad.GPUs{Model: g.Model, Driver: g.Driver, VRAMMB: g.VRAMMB}
		return !kind.Suits(n)
	})
	slices.SortStableFunc(fit, func(a, b execution.GPU) int { return cmp.Compare(a.VRAMMB, b.VRAMMB) })
	return fit
}

// devices picks and claims GPUs that are free and not barred.
func (f *Fleet) devices(m *machine, n *lilypad.Needs, barred map[string]bool) (ids []string, locks []*flock.Flock, ok bool) {
	if n.GPUs == 0 {
		return nil, nil, true
	}
	for _, g := range m.suiting(n) {
		if _, busy := m.busy[g.UUID]; busy || barred[g.UUID] {
			continue
		}
		if lock, ok := f.claim(g.UUID); ok {
			ids, locks = append(ids, g.UUID), append(locks, lock...)
		}
		if len(ids) == int(n.GPUs) {
			return ids, locks, true
		}
	}
	release(locks)
	return nil, nil, false
}

// claim locks a device against other processes and fleets.
func (f *Fleet) claim(id string) ([]*flock.Flock, bool) {
	if f.locks == "" {
		return nil, true
	}
	name := strings.Map(func(r rune) rune {
		if r == '/' || r == os.PathSeparator {
			return '_'
		}
		return r
	}, id)
	lock := flock.New(filepath.Join(f.locks, "gpu-"+name))
	held, err := lock.TryLock()
	return []*flock.Flock{lock}, err == nil && held
}

// Class is the hardware class of a job of these needs on the first machine
// that could run it; that of work without GPUs when there is none.
func (f *Fleet) Class(n lilypad.Needs) lilypad.Hash {
	for _, m := range f.machines {
		if m.Offer.Runs(&n) {
			return m.Offer.Class(&n)
		}
	}
	return lilypad.HardwareClass("", "")
}
