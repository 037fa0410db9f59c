package lilypad_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
)

func fleetOffer(edit func(*lilypad.Offer)) *lilypad.Offer {
	o := &lilypad.Offer{}
	for _, name := range []string{"", "rack"} {
		o.Add(lilypad.Machine{
			Name: name, Slots: 2, Engines: []lilypad.Engine{lilypad.EngineDocker}, Capacity: lilypad.Resources{GPUs: 1, VRAMMB: 24_000},
			Kinds: []lilypad.GPUs{{Count: 1, Model: "NVIDIA L4", Driver: "570.1", VRAMMB: 24_000}},
		})
	}
	edit(o)
	return o
}

func TestOffer_CheckMachines(t *testing.T) {
	long := strings.Repeat("x", 101)
	for name, edit := range map[string]func(*lilypad.Offer){
		"no slot":           func(o *lilypad.Offer) { o.Machines[1].Slots, o.Slots = 0, 2 },
		"no engine":         func(o *lilypad.Offer) { o.Machines[1].Engines = nil },
		"none of a kind":    func(o *lilypad.Offer) { o.Machines[1].Kinds = append(o.Machines[1].Kinds, lilypad.GPUs{Model: "B200"}) },
		"a name twice":      func(o *lilypad.Offer) { o.Machines[1].Name = "" },
		"a long name":       func(o *lilypad.Offer) { o.Machines[1].Name = long },
		"a control code":    func(o *lilypad.Offer) { o.Machines[1].Kinds[0].Model = "L4\x1b[2J" },
		"a long driver":     func(o *lilypad.Offer) { o.Machines[1].Kinds[0].Driver = long },
		"no UTF-8":          func(o *lilypad.Offer) { o.Machines[1].Engines[0] = "\xff" },
		"other slots":       func(o *lilypad.Offer) { o.Slots++ },
		"other devices":     func(o *lilypad.Offer) { o.Machines[0].Capacity.GPUs++ },
		"too many machines": func(o *lilypad.Offer) { many(o, 63, 0) },
		"too many kinds":    func(o *lilypad.Offer) { many(o, 60, 2) },
	} {
		if err := fleetOffer(edit).CheckMachines(); lilypad.CodeOf(err) != lilypad.Invalid || err == nil {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	for name, edit := range map[string]func(*lilypad.Offer){
		"two machines":  func(*lilypad.Offer) {},
		"none":          func(o *lilypad.Offer) { *o = lilypad.Offer{Slots: 9} },
		"many machines": func(o *lilypad.Offer) { many(o, 62, 0) },
		"many kinds":    func(o *lilypad.Offer) { many(o, 62, 1) },
	} {
		if err := fleetOffer(edit).CheckMachines(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// many adds machines with so many kinds of GPUs that no other has.
func many(o *lilypad.Offer, machines, kinds int) {
	for i := range machines {
		m := lilypad.Machine{Name: fmt.Sprint(i), Slots: 1, Engines: []lilypad.Engine{lilypad.EngineDocker}, Capacity: lilypad.Resources{GPUs: uint32(kinds)}}
		for k := range kinds {
			m.Kinds = append(m.Kinds, lilypad.GPUs{Count: 1, Model: fmt.Sprintf("GPU %d.%d", i, k)})
		}
		o.Add(m)
	}
}

func TestOffer_Add_doesNotWrap(t *testing.T) {
	var o lilypad.Offer
	for range 2 {
		o.Add(lilypad.Machine{Slots: 3 << 30, Capacity: lilypad.Resources{GPUs: 3 << 30, CPUMilli: 3 << 30, RAMMB: 3 << 30, DiskMB: 3 << 30}})
	}
	if all := uint32(math.MaxUint32); o.Slots != all || o.Capacity != (lilypad.Resources{GPUs: all, CPUMilli: all, RAMMB: all, DiskMB: all}) {
		t.Errorf("%d slots of %+v", o.Slots, o.Capacity)
	}
}
