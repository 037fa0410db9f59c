package pluginhost

import (
	"context"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// The prices below belong to the table whose version is fuel.PriceTable.
const (
	// slice is the fuel that a guest gets at once: some 25 µs, or some
	// milliseconds if it does nothing but touch new pages. Then the garbage
	// collector may stop it, and a caller may have given up. Guests with more
	// memory than fits get less: a new page takes 4 µs, and a load of one fuel
	// touches two.
	slice      = 50_000
	smallSlice = 600
	fits       = 8 << 20 // bytes

	// startBudget is for everything from _initialize to the warm-up.
	startBudget = 1_000_000_000

	// hostCall is what a host function costs, beside 1 per byte.
	hostCall = 200

	// hostFile is what it costs to compare a file's entry in two trees.
	hostFile = 50
)

// meter is the host's part of the protocol that package fuel describes.
type meter struct {
	fuel, depth     api.MutableGlobal
	memory          api.Memory
	budget, granted uint64
}

func meterOf(mod api.Module) (m meter, ok bool) {
	m.memory = mod.Memory()
	m.fuel, ok = mod.ExportedGlobal(fuel.ExportFuel).(api.MutableGlobal)
	if ok {
		m.depth, ok = mod.ExportedGlobal(fuel.ExportDepth).(api.MutableGlobal)
	}
	return m, ok
}

func (m *meter) start(budget uint64) {
	m.budget, m.granted = budget, min(budget, m.slice())
	m.fuel.Set(m.granted)
	m.depth.Set(fuel.DepthBudget)
}

func (m *meter) slice() uint64 {
	if m.memory.Size() > fits {
		return smallSlice
	}
	return slice
}

// spent may be more than the budget: see package fuel.
func (m *meter) spent() uint64 { return m.granted - m.fuel.Get() }

// charge has the guest pay for a host function.
func (c *call) charge(n uint64) {
	m := c.meter
	m.fuel.Set(m.fuel.Get() - n)
	if m.spent() > m.budget {
		c.abort(c.overspent())
	}
}

// refill is called by a guest that has used its slice, or its stack, or
// has another size now.
func (c *call) refill() {
	m := c.meter
	if int64(m.depth.Get()) < 0 {
		c.abort(refusef(RuleDepth, "calls in one another used up the stack"))
	}
	spent := m.spent()
	if spent > m.budget {
		c.abort(c.overspent())
	}
	if c.ctx.Err() != nil {
		c.abort(cancelled(c.ctx))
	}
	more := min(m.budget-spent, m.slice())
	m.fuel.Set(more)
	m.granted = spent + more
}

func (c *call) overspent() *Refusal {
	return refusef(RuleFuel, "it spent its budget of %d", c.meter.budget)
}

func exportRefill(ctx context.Context, r wazero.Runtime) error {
	b := r.NewHostModuleBuilder(fuel.ImportModule)
	export(b, fuel.ImportRefill, "() ()", func(ctx context.Context, _ api.Module, _ stack) { callOf(ctx).refill() })
	_, err := b.Instantiate(ctx)
	return err
}
