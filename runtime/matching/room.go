package matching

import "github.com/lilypad-network/lilypad"

// room tells whether the offer can take needs on top of what it holds: at most
// as many jobs at once as the slots of machines on which they fit, and Queue
// jobs beyond.
func (e *entry) room(needs *lilypad.Needs) bool {
	o, held := &e.offer.Offer, e.duty.held
	switch n := uint64(len(held)); {
	case n < uint64(o.Queue):
		return true
	case n >= uint64(o.Slots)+uint64(o.Queue):
		return false
	}
	p := newPlan(e)
	queued := uint32(0)
	for i := range held {
		if !p.place(&held[i].needs, held[i].suits) {
			queued++
		}
	}
	if !p.place(needs, e.suits(needs)) {
		queued++
	}
	return queued <= o.Queue
}

// plan is what is left of machines on which jobs were placed, each on the
// first that has all it needs. The provider may place them otherwise: a plan
// only bounds what can be sold.
type plan struct {
	*entry
	left []left
}

type left struct {
	slots, cpu, ram, disk uint32
	devices               []uint32 // of each kind
}

func newPlan(e *entry) plan {
	p := plan{e, make([]left, len(e.machines))}
	for i := range e.machines {
		m := &e.machines[i]
		p.left[i] = left{slots: m.Slots, cpu: m.Capacity.CPUMilli, ram: m.Capacity.RAMMB, disk: m.Capacity.DiskMB, devices: make([]uint32, len(m.Kinds))}
		for k := range m.Kinds {
			p.left[i].devices[k] = m.Kinds[k].Count
		}
	}
	return p
}

func (p plan) place(n *lilypad.Needs, suits kinds) bool {
	for i := range p.left {
		if l := &p.left[i]; l.slots > 0 && n.CPUMilli <= l.cpu && n.RAMMB <= l.ram && n.DiskMB <= l.disk && l.take(p.entry, i, n.GPUs, suits) {
			l.slots, l.cpu, l.ram, l.disk = l.slots-1, l.cpu-n.CPUMilli, l.ram-n.RAMMB, l.disk-n.DiskMB
			return true
		}
	}
	return false
}

// take gives as many devices of a machine to a job, the smallest that will do
// first, or none.
func (l *left) take(e *entry, machine int, many uint32, suits kinds) bool {
	if many == 0 {
		return true
	}
	at, wanted := e.kindAt[machine], many
	for i, k := range at {
		if suits.has(k) {
			wanted -= min(wanted, l.devices[i])
		}
	}
	if wanted > 0 {
		return false
	}
	for wanted = many; wanted > 0; {
		best := -1
		for i, k := range at {
			if l.devices[i] > 0 && suits.has(k) && (best < 0 || e.kinds[k].VRAMMB < e.kinds[at[best]].VRAMMB) {
				best = i
			}
		}
		got := min(wanted, l.devices[best])
		l.devices[best], wanted = l.devices[best]-got, wanted-got
	}
	return true
}

// kinds are some of an entry's kinds of GPUs, one bit each: names are compared
// once for each kind, not once for each machine and look.
type kinds uint64

func (s kinds) has(kind int) bool { return s>>kind&1 == 1 }

func (e *entry) suits(n *lilypad.Needs) (s kinds) {
	for k := range e.kinds {
		if n.GPUs > 0 && e.kinds[k].Suits(n) {
			s |= 1 << k
		}
	}
	return s
}

// sortKinds lists the kinds of the machines.
func (e *entry) sortKinds() {
	known := map[lilypad.GPUs]int{}
	for _, m := range e.machines {
		at := make([]int, len(m.Kinds))
		for i, k := range m.Kinds {
			k.Count = 0
			if _, ok := known[k]; !ok {
				known[k] = len(e.kinds)
				e.kinds = append(e.kinds, k)
			}
			at[i] = known[k]
		}
		e.kindAt = append(e.kindAt, at)
	}
}
