package matching

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Unmet is a constraint of a job that an offer breaks.
type Unmet struct {
	Rule, Needs, Has string
	// Short is how far off it is, in millionths of what is needed.
	Short uint64
}

// What counts as short that is no matter of degree.
const (
	Whole = 1_000_000  // the job could do without
	Fixed = 10 * Whole // it is not the job's to change
)

// short is how much less has is than needs, in millionths of needs.
func short(needs, has uint64) uint64 {
	if has >= needs {
		return 0
	}
	return max(1, uint64(float64(needs-has)/float64(needs)*Whole))
}

// Unmet lists the constraints that keep the offer from the job, whoever else
// it works for. The book's index answers the same question for all offers.
func (j *Job) Unmet(o *lilypad.Offer) (out []Unmet) {
	refuse := func(rule, needs, has string, short uint64) {
		out = append(out, Unmet{rule, needs, has, short})
	}
	t, n := &j.Terms, &j.Work.Needs
	if !t.Target.IsZero() && t.Target != o.Provider {
		refuse("target", t.Target.String(), o.Provider.String(), Fixed)
	}
	if o.Provider == t.Creator {
		refuse("provider is the creator", "", "", Fixed)
	}
	if slices.Contains(j.Exclude, o.Operator) || slices.Contains(j.Exclude, o.Provider) {
		refuse("excluded operator", "", o.Operator.String(), Fixed)
	}
	out = append(out, j.nearest(o)...)
	if n.Network && !o.Network {
		refuse("network", "yes", "no", Whole)
	}
	if n.Region != "" && n.Region != o.Region {
		refuse("region", n.Region, o.Region, Whole)
	}
	for _, l := range n.Labels {
		if l.Key != lilypad.LabelDriver && !slices.Contains(o.Labels, l) {
			refuse("label "+l.Key, l.Value, "", Whole)
		}
	}
	if price := j.Price(o); price > t.MaxPrice {
		refuse("price", "at most "+t.MaxPrice.String(), price.String(), short(uint64(price), uint64(t.MaxPrice)))
	}
	if t.ProviderStake > o.MaxStake {
		refuse("provider_stake", t.ProviderStake.String(), "at most "+o.MaxStake.String(), short(uint64(t.ProviderStake), uint64(o.MaxStake)))
	}
	if slices.ContainsFunc(j.Mediators, func(m lilypad.Address) bool {
		return m == o.Provider || len(o.Mediators) > 0 && !slices.Contains(o.Mediators, m)
	}) {
		refuse("mediators", "", "", Fixed)
	}
	return out
}

// nearest lists what the one of the offer's machines lacks that lacks least.
func (j *Job) nearest(o *lilypad.Offer) (best []Unmet) {
	var least uint64
	for i, m := range o.Fleet() {
		lacks, far := lacking(&m, &j.Work.Needs, o.MaxTimeout), uint64(0)
		for _, u := range lacks {
			far += u.Short
		}
		if i == 0 || far < least {
			best, least = lacks, far
		}
	}
	return best
}

// lacking lists the needs that a machine cannot meet.
func lacking(m *lilypad.Machine, n *lilypad.Needs, longest lilypad.Seconds) (out []Unmet) {
	refuse := func(rule, needs, has string, short uint64) { out = append(out, Unmet{rule, needs, has, short}) }
	if !slices.Contains(m.Engines, n.Engine) {
		refuse("engine", string(n.Engine), joinEngines(m.Engines), Whole)
	}
	// A device must be right in everything: each question is asked of those
	// that passed the last, unless none did.
	kinds := m.Kinds
	pass := func(good func(lilypad.GPUs) bool) bool {
		left := slices.DeleteFunc(slices.Clone(kinds), func(k lilypad.GPUs) bool { return !good(k) })
		if len(left) > 0 {
			kinds = left
		}
		return len(left) > 0
	}
	model := n.GPUModel == "" || pass(func(k lilypad.GPUs) bool { return lilypad.SameModel(n.GPUModel, k.Model) })
	driver := n.Driver() == "" || pass(func(k lilypad.GPUs) bool { return lilypad.DriverNumber(k.Driver) >= lilypad.DriverNumber(n.Driver()) })
	has := [len(numbers)]uint32{uint32(count(kinds)), vram(kinds, n.GPUs), m.Capacity.CPUMilli, m.Capacity.RAMMB, m.Capacity.DiskMB, uint32(longest)}
	for i, needs := range needed(n) {
		if needs > has[i] {
			refuse(numbers[i], decimal(needs), decimal(has[i]), short(uint64(needs), uint64(has[i])))
		}
	}
	if !model {
		refuse("gpu_model", n.GPUModel, models(m.Kinds), Whole)
	}
	if !driver {
		refuse("gpu_driver", n.Driver(), newest(kinds), Whole)
	}
	return out
}

func count(kinds []lilypad.GPUs) (n uint64) {
	for _, k := range kinds {
		n += uint64(k.Count)
	}
	return n
}

// vram is the most memory that as many devices have, or, if there are fewer,
// that one has.
func vram(kinds []lilypad.GPUs, devices uint32) uint32 {
	sorted := slices.SortedFunc(slices.Values(kinds), func(a, b lilypad.GPUs) int { return cmp.Compare(b.VRAMMB, a.VRAMMB) })
	if len(sorted) == 0 {
		return 0
	}
	for i := range sorted {
		if count(sorted[:i+1]) >= uint64(devices) {
			return sorted[i].VRAMMB
		}
	}
	return sorted[0].VRAMMB
}

// models lists the names of devices, each once.
func models(kinds []lilypad.GPUs) string {
	var names []string
	for _, k := range kinds {
		if !slices.Contains(names, k.Model) {
			names = append(names, k.Model)
		}
	}
	return strings.Join(names, ", ")
}

func newest(kinds []lilypad.GPUs) (version string) {
	for _, k := range kinds {
		if lilypad.DriverNumber(k.Driver) > lilypad.DriverNumber(version) {
			version = k.Driver
		}
	}
	return version
}

// numbers name what needed lists: a machine must have as much.
var numbers = [...]string{"gpus", "vram_mb", "cpu_milli", "ram_mb", "disk_mb", "timeout_s"}

func needed(n *lilypad.Needs) [len(numbers)]uint32 {
	return [...]uint32{n.GPUs, n.VRAMMB, n.CPUMilli, n.RAMMB, n.DiskMB, uint32(n.Timeout)}
}

// offered are the most that one of the machines has of each.
func offered(machines []lilypad.Machine, longest lilypad.Seconds) (most [len(numbers)]uint32) {
	for i := range machines {
		c := &machines[i].Capacity
		for k, v := range [...]uint32{c.GPUs, c.VRAMMB, c.CPUMilli, c.RAMMB, c.DiskMB, uint32(longest)} {
			most[k] = max(most[k], v)
		}
	}
	return most
}

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

func joinEngines(es []lilypad.Engine) string {
	names := make([]string, len(es))
	for i, e := range es {
		names[i] = string(e)
	}
	return strings.Join(names, ", ")
}
