package decisions

import (
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// load is by how much a provider would be busier, or less busy, than it was,
// had another plugin decided.
type load struct {
	more, less []hold // more: jobs that only the other took; less: that only the first took
}

// hold is a job in its slot.
type hold struct {
	job   hostapi.Bytes32
	until lilypad.Time
	gpus  uint32
	stake uint64
}

// at forgets the jobs that have ended.
func (l *load) at(now lilypad.Time) {
	over := func(h hold) bool { return h.until <= now }
	l.more, l.less = slices.DeleteFunc(l.more, over), slices.DeleteFunc(l.less, over)
}

// apply turns the state that was recorded into the one that would have been.
// It is the recorded one, to the bit, while both plugins did the same.
func (l *load) apply(n hostapi.Node) hostapi.Node {
	if len(l.more) == 0 && len(l.less) == 0 {
		return n
	}
	jobs, gpus, deposit := int64(n.Running)+int64(n.Queued), int64(n.GPUsFree), int64(n.Deposit)
	for _, h := range l.more {
		jobs, gpus, deposit = jobs+1, gpus-int64(h.gpus), deposit-int64(h.stake)
	}
	for _, h := range l.less {
		jobs, gpus, deposit = jobs-1, gpus+int64(h.gpus), deposit+int64(h.stake)
	}
	n.Running = uint32(min(max(jobs, 0), int64(n.Slots)))
	n.Queued = uint32(max(jobs, 0)) - n.Running
	n.GPUsFree = uint32(min(max(gpus, 0), int64(n.GPUs)))
	n.Deposit = uint64(max(deposit, 0))
	return n
}

// room tells whether a provider in that state would ask its plugin at all: it
// declines by itself what finds every slot and place in the queue taken, or a
// stake that is not there. What it was asked, it had room for.
func (l *load) room(n hostapi.Node, r hostapi.Request) bool {
	return len(l.more) == 0 || uint64(n.Running)+uint64(n.Queued) < uint64(n.Slots)+uint64(n.Queue) && r.ProviderStake <= n.Deposit
}

// took tells whether the other plugin has taken a job that the first has not.
func (l *load) took(job hostapi.Bytes32) bool { return index(l.more, job) >= 0 }

// differ notes what the two did about a job. One that was declined by the
// first may come again, at another price.
func (l *load) differ(first, other bool, h hold) {
	at := index(l.more, h.job)
	switch {
	case first && at >= 0:
		l.more = slices.Delete(l.more, at, at+1)
	case other && !first && at < 0:
		l.more = append(l.more, h)
	case first && !other:
		l.less = append(l.less, h)
	}
}

func index(list []hold, job hostapi.Bytes32) int {
	return slices.IndexFunc(list, func(h hold) bool { return h.job == job })
}
