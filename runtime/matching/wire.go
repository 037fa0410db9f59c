package matching

import (
	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// encode stores the offer as the scorer reads it, at a price and as if one of
// its machines were all there is.
func (o *Offer) encode(price lilypad.Amount, m *lilypad.Machine) ([]byte, error) {
	class := o.HardwareClass
	if len(o.Machines) > 0 {
		class = m.Class(&lilypad.Needs{Resources: lilypad.Resources{GPUs: 1}})
	}
	w := hostapi.Offer{
		ID: hostapi.Bytes32(lilypad.Keccak256(o.Provider[:])), HardwareClass: hostapi.Bytes32(class),
		Provider: hostapi.Bytes20(o.Provider), Operator: hostapi.Bytes20(o.Operator), Price: uint64(price), MaxStake: uint64(o.MaxStake),
		Since: uint64(o.Since), GPUs: m.Capacity.GPUs, VRAM: m.Capacity.VRAMMB, CPU: m.Capacity.CPUMilli, RAM: m.Capacity.RAMMB, Disk: m.Capacity.DiskMB,
		MaxTimeout: uint32(o.MaxTimeout), UpRate: 1_000_000, JobsOk: o.JobsOK, JobsFailed: o.JobsFailed, Disputes: o.Disputes, Slashes: o.Slashes,
		Slots: m.Slots, Queue: o.Queue, GPUModel: optional(models(m.Kinds)), Region: optional(o.Region), Labels: labels(o.Labels),
	}
	return w.Append(nil, hostapi.Minor)
}

// toWire is the job as the scorer reads it.
func (j *Job) toWire() (hostapi.Job, error) {
	t, n := &j.Terms, &j.Work.Needs
	w := hostapi.Job{
		ID: hostapi.Bytes32(j.ID), Module: hostapi.Bytes32(j.Work.Module), Creator: hostapi.Bytes20(t.Creator),
		GPUs: n.GPUs, VRAM: n.VRAMMB, CPU: n.CPUMilli, RAM: n.RAMMB, Disk: n.DiskMB,
		MaxPrice: uint64(t.MaxPrice), ProviderStake: uint64(t.ProviderStake), MediationFee: uint64(t.MediationFee), AuditRate: uint32(t.AuditBPS),
		Timeout: uint32(n.Timeout), Network: n.Network, ModuleName: j.ModuleName,
		GPUModel: optional(n.GPUModel), Region: optional(n.Region), Labels: labels(n.Labels),
	}
	err := w.Engine.UnmarshalText([]byte(n.Engine))
	return w, err
}

func optional(s string) hostapi.Opt[string] { return hostapi.Opt[string]{V: s, OK: s != ""} }

func labels(ls []lilypad.Label) []hostapi.Label {
	out := make([]hostapi.Label, len(ls))
	for i, l := range ls {
		out[i] = hostapi.Label(l)
	}
	return out
}

// splice appends the candidate's stored item to buf, with what is true of it
// for this job and at this moment.
func (c *candidate) splice(buf []byte, j *Job) ([]byte, error) {
	item, o := c.item, &c.offer
	if price := j.Price(&o.Offer); price != o.Price || c.machine > 0 {
		var err error
		if item, err = o.encode(price, &c.machines[c.machine]); err != nil {
			return buf, err
		}
	}
	start := len(buf)
	buf = append(buf, item...)
	item = buf[start:]
	k := j.Known[o.Provider]
	hostapi.PatchOfferPairOk(item, k.PairOK)
	hostapi.PatchOfferPairBad(item, k.PairFailed)
	hostapi.PatchOfferLoad(item, c.load)
	hostapi.PatchOfferRecentJobs(item, c.recent)
	hostapi.PatchOfferInputsHere(item, k.InputsHere)
	hostapi.PatchOfferModuleHere(item, k.ModuleHere)
	return buf, nil
}
