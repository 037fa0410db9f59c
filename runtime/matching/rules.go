package matching

import (
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Unmet is a constraint of a job that an offer breaks, in words.
type Unmet struct{ Rule, Needs, Has string }

// Unmet lists the constraints that keep the offer from the job, whoever else
// it works for. The book's index answers the same question for all offers.
func (j *Job) Unmet(o *lilypad.Offer) (out []Unmet) {
	refuse := func(rule, needs, has string) { out = append(out, Unmet{rule, needs, has}) }
	t, n := &j.Terms, &j.Work.Needs
	if !t.Target.IsZero() && t.Target != o.Provider {
		refuse("target", t.Target.String(), o.Provider.String())
	}
	if o.Provider == t.Creator {
		refuse("provider is the creator", "", "")
	}
	if slices.Contains(j.Exclude, o.Operator) || slices.Contains(j.Exclude, o.Provider) {
		refuse("excluded operator", "", o.Operator.String())
	}
	if !slices.Contains(o.Engines, n.Engine) {
		refuse("engine", string(n.Engine), joinEngines(o.Engines))
	}
	for i, needs := range needed(n) {
		if has := offered(o)[i]; needs > has {
			refuse(numbers[i], decimal(needs), decimal(has))
		}
	}
	if !sameModel(n.GPUModel, o.GPUModel) {
		refuse("gpu_model", n.GPUModel, o.GPUModel)
	}
	if n.Network && !o.Network {
		refuse("network", "yes", "no")
	}
	if n.Region != "" && n.Region != o.Region {
		refuse("region", n.Region, o.Region)
	}
	for _, l := range n.Labels {
		if !slices.Contains(o.Labels, l) {
			refuse("label "+l.Key, l.Value, "")
		}
	}
	if price := j.Price(o); price > t.MaxPrice {
		refuse("price", "at most "+t.MaxPrice.String(), price.String())
	}
	if t.ProviderStake > o.MaxStake {
		refuse("provider_stake", t.ProviderStake.String(), "at most "+o.MaxStake.String())
	}
	if slices.ContainsFunc(j.Mediators, func(m lilypad.Address) bool {
		return m == o.Provider || len(o.Mediators) > 0 && !slices.Contains(o.Mediators, m)
	}) {
		refuse("mediators", "", "")
	}
	return out
}

// numbers name what needed and offered list: an offer must have as much.
var numbers = [...]string{"gpus", "vram_mb", "cpu_milli", "ram_mb", "disk_mb", "timeout_s"}

func needed(n *lilypad.Needs) [len(numbers)]uint32 {
	return [...]uint32{n.GPUs, n.VRAMMB, n.CPUMilli, n.RAMMB, n.DiskMB, uint32(n.Timeout)}
}

func offered(o *lilypad.Offer) [len(numbers)]uint32 {
	c := &o.Capacity
	return [...]uint32{c.GPUs, c.VRAMMB, c.CPUMilli, c.RAMMB, c.DiskMB, uint32(o.MaxTimeout)}
}

func sameModel(wanted, has string) bool {
	return strings.Contains(strings.ToLower(has), strings.ToLower(wanted))
}

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

func joinEngines(es []lilypad.Engine) string {
	names := make([]string, len(es))
	for i, e := range es {
		names[i] = string(e)
	}
	return strings.Join(names, ", ")
}

// room tells whether the offer can take needs on top of what it holds: at most
// Slots jobs whose resources fit together, and Queue jobs beyond.
func room(o *lilypad.Offer, held []holding, needs lilypad.Resources) bool {
	switch n := uint64(len(held)); {
	case n < uint64(o.Queue):
		return true
	case n >= uint64(o.Slots)+uint64(o.Queue):
		return false
	}
	left, running, queued := o.Capacity, uint32(0), uint32(0)
	place := func(r lilypad.Resources) {
		if running == o.Slots || r.GPUs > left.GPUs || r.CPUMilli > left.CPUMilli || r.RAMMB > left.RAMMB || r.DiskMB > left.DiskMB {
			queued++
			return
		}
		running++
		left.GPUs, left.CPUMilli, left.RAMMB, left.DiskMB = left.GPUs-r.GPUs, left.CPUMilli-r.CPUMilli, left.RAMMB-r.RAMMB, left.DiskMB-r.DiskMB
	}
	for _, h := range held {
		place(h.needs)
	}
	place(needs)
	return queued <= o.Queue
}
